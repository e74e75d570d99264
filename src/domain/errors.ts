/** Where in a user's file a problem stands; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** The registry of faults: code -> HTTP status and what the code means. `docs/errors.md` lists the same. */
export const ERRORS = {
  "unknown-state": { status: 400, means: "a state code or name that ISO 3166-1 does not know" },
  "unknown-class": { status: 400, means: "a technology class or group that no loaded pack has" },
  "unknown-rule": { status: 400, means: "a rule id that no rule book has" },
  "unknown-fact": { status: 400, means: "a fact that rules/facts.yaml does not declare" },
  "unknown-probe": { status: 400, means: "a probe that rules/probes.yaml does not define" },
  "unknown-source": { status: 400, means: "a source id that the manifest does not list" },
  "unknown-name": { status: 400, means: "a pack, goal, case, group or term that does not exist" },
  "bad-date": { status: 400, means: "not a calendar day of the form YYYY-MM-DD" },
  "bad-value": { status: 400, means: "a value of the wrong type, unit or bounds" },
  "contradicting-values": { status: 400, means: "a total that its parts contradict" },
  "bad-syntax": { status: 400, means: "a file that is not well-formed YAML, JSON or CSV" },
  "bad-shape": { status: 400, means: "a field that is missing, unknown or of the wrong shape" },
  "bad-sum": { status: 400, means: "shares of one class and period that exceed 100%" },
  "missing-source": { status: 400, means: "a figure without a source" },
  "missing-cite": { status: 400, means: "a rule without a citation" },
  "missing-unit": { status: 400, means: "a threshold without a unit" },
  "missing-regime": { status: 400, means: "a list code without its regime" },
  "dangling-exception": { status: 400, means: "an exception that overrides a rule which is not there" },
  "colliding-exceptions": { status: 400, means: "two exceptions that both apply without an order between them" },
  "overlapping-versions": { status: 400, means: "two versions of one rule in force on the same day" },
  "cyclic-definition": { status: 400, means: "a definition or list paragraph that leads back to itself" },
  "duplicate-id": { status: 400, means: "an id used twice" },
  "missing-file": { status: 400, means: "a file that cannot be read" },
  "bad-usage": { status: 400, means: "command-line arguments that do not fit" },
  fault: { status: 500, means: "a fault in Entente" },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** One thing wrong with the input: the offending text in backticks, the hint apart. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Place;
}

/** Wrong input: every problem at once. The process exits with 2. */
export class InputError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "InputError";
    this.problems = problems;
  }
}

/** `file:line:column`, as far as it is known. */
export function formatPlace(p: Place): string {
  return [p.file, p.line, p.column].filter((x) => x !== undefined).join(":");
}

/** `file:line:column: message`, then the hint on a line of its own. */
export function formatProblem(p: Problem): string {
  return `${p.at ? `${formatPlace(p.at)}: ` : ""}${p.message} [${p.code}]${p.hint ? `\n  hint: ${p.hint}` : ""}`;
}

/** The candidate nearest to `word` by edit distance, for "did you mean"; one that keeps no letter in place is none. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const c of candidates) {
    const d = editDistance(word.toLowerCase(), c.toLowerCase());
    if (d < bestDistance && d < Math.max(word.length, c.length)) {
      best = c;
      bestDistance = d;
    }
  }
  return best;
}

/** Letters to put in, take out or change to turn one word into the other (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length]!;
}
