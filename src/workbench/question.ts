import type { Case } from "../closure/case.ts";
import { unknownState } from "../closure/parse-case.ts";
import { parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Place, type Problem } from "../domain/errors.ts";
import { parseState, type State } from "../domain/states.ts";
import { findRule, type RuleBook } from "../law/book.ts";
import { resolveClasses } from "../supply/class-tree.ts";
import { badDay, unknownLaw } from "./known-library.ts";
import type { Library } from "./store.ts";

/** What a command line, a request or a caller changes in a case. Texts are checked together, so all problems come at once. */
export interface Overrides {
  readonly asOf?: string;
  /** Only law that could be known by that day counts. */
  readonly knownOn?: string;
  readonly members?: readonly string[];
  readonly target?: string;
  readonly classes?: readonly string[];
  readonly probe?: string;
  readonly threshold?: number;
  /** `RULE=STATE`. */
  readonly adopt?: readonly string[];
  readonly candidates?: readonly string[];
}

/** The case with the overrides in place. Throws InputError with every problem. */
export function overrideCase(c: Case, o: Overrides, book: RuleBook): Case {
  const problems: Problem[] = [];
  const state = (text: string, option: string): State => {
    const s = parseState(text);
    if (!s) problems.push({ ...unknownState(text), at: { file: option } });
    return s ?? (text as State);
  };
  const asOf = o.asOf === undefined ? c.asOf : parseDate(o.asOf);
  if (!asOf)
    problems.push({
      code: "bad-date",
      message: `\`${o.asOf}\` is no calendar day`,
      hint: "write YYYY-MM-DD",
      at: { file: "--as-of" },
    });
  if (o.knownOn !== undefined && !parseDate(o.knownOn)) problems.push(badDay(o.knownOn, "--known-on"));
  if (o.threshold !== undefined && !(o.threshold > 0 && o.threshold <= 1)) {
    problems.push({
      code: "bad-value",
      message: `\`${o.threshold}\` is no threshold`,
      hint: "give a share above 0, up to 1, such as 0.9",
      at: { file: "--threshold" },
    });
  }
  const adopt = (o.adopt ?? []).map((text) => {
    const [rule = "", who = ""] = text.split("=");
    return { rule, state: state(who, "--adopt") };
  });
  const result: Case = {
    ...c,
    asOf: asOf ?? c.asOf,
    ...(o.members && { members: o.members.map((m) => state(m, "--members")) }),
    ...(o.target !== undefined && { target: state(o.target, "--target") }),
    ...(o.classes && { classes: o.classes }),
    ...(o.probe !== undefined && { probe: o.probe, beside: c.beside.filter((p) => p !== o.probe) }),
    ...(o.threshold !== undefined && { threshold: o.threshold }),
    ...(o.candidates && { candidates: o.candidates.map((m) => state(m, "--candidates")) }),
    adopt: [...c.adopt, ...adopt],
    notModelled: [...unknownLaw(o.knownOn), ...c.notModelled],
  };
  problems.push(...checkNames(result, book));
  if (problems.length > 0) throw new InputError(problems);
  return result;
}

/** Refuses packs that cannot be read, and classes that the caller names and no pack of the case has. */
export function checkClasses(c: Case, { classes }: Overrides, library: Library): undefined {
  const merged = library.merged(c.packs);
  if (merged && classes) resolveClasses(merged.pack, classes);
  return undefined;
}

function checkNames(c: Case, book: RuleBook): Problem[] {
  const problems: Problem[] = [];
  const placeOf = (path: readonly (string | number)[]): Place => c.place?.(path) ?? { file: c.file };
  for (const [i, probe] of [c.probe, ...c.beside].entries()) {
    if (book.probes.has(probe)) continue;
    const guess = nearest(probe, book.probes.keys());
    problems.push({
      code: "unknown-probe",
      message: `no probe is called \`${probe}\``,
      hint: guess ? `did you mean \`${guess}\`?` : `probes: ${[...book.probes.keys()].join(", ")}`,
      at: placeOf(i === 0 ? ["probe"] : ["beside", i - 1]),
    });
  }
  for (const rule of [...c.adopt.map((a) => a.rule), ...c.candidatesAdopt]) {
    if (findRule(book, rule)) continue;
    const ids = [...book.regimes.values()].flatMap((r) => r.rules.map((x) => x.id));
    const guess = nearest(rule, ids);
    problems.push({
      code: "unknown-rule",
      message: `no rule is called \`${rule}\``,
      hint: guess ? `did you mean \`${guess}\`?` : "`entente data list` names all rules",
      at: placeOf(["adopt"]),
    });
  }
  if (c.members.includes(c.target)) {
    problems.push({
      code: "bad-value",
      message: `\`${c.target}\` is a member and the target`,
      hint: "a state cannot close a choke point against itself",
      at: placeOf(["target"]),
    });
  }
  return problems;
}
