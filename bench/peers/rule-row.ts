import type { GroupVersion } from "../../src/law/book.ts";
import type { Condition, Facts, NumberRange } from "../../src/law/condition.ts";
import { judgePrepared, type Severity } from "../../src/law/judge.ts";
import { versionAt } from "../../src/law/kleene.ts";
import type { OpenRule, Prepared, Residual } from "../../src/law/specialise.ts";

/** A condition that every peer can express: states of groups are listed, and nothing is named that is not given. */
export type PlainCondition =
  | { readonly op: "all" | "any"; readonly of: readonly PlainCondition[] }
  | { readonly op: "not"; readonly of: PlainCondition }
  | PlainTest;

type PlainTest = Extract<Condition, { readonly op: "is" | "in" | "includes" | "number" | "same" | "formula" }>;

/** One row of the rule set: what it requires when its condition holds, or that text which is not held may matter. */
export interface RuleRow {
  readonly id: string;
  readonly severity: Severity | "hole";
  readonly when: PlainCondition;
}

/** What a rule set says of a transaction: the strictest requirement, and whether text that is not held may matter. */
export interface RowAnswer {
  readonly severity: number;
  readonly hole: boolean;
}

/** One engine with the rule set loaded. Inputs are in the engine's own form before the clock starts. */
export interface LoadedPeer {
  readonly input: (facts: Facts) => unknown;
  readonly verdict: (input: unknown) => RowAnswer | Promise<RowAnswer>;
  /** With the rules that hold, and whatever else the engine tells of them. */
  readonly trace: (input: unknown) => unknown;
  /** Rules that hold, out of what `trace` gives. */
  readonly rulesOf: (trace: unknown) => readonly string[];
}

export interface Peer {
  readonly name: string;
  /** How the rules were put, and what its trace tells. */
  readonly note: string;
  /** Null where the package is not installed. */
  readonly load: (rows: readonly RuleRow[]) => Promise<LoadedPeer | null>;
}

/** The module of that name, or null where it is not installed. */
export async function loadPackage<T>(load: () => Promise<T>): Promise<T | null> {
  return await load().catch((e: NodeJS.ErrnoException) => {
    if (e.code === "ERR_MODULE_NOT_FOUND" || e.code === "MODULE_NOT_FOUND") return null;
    throw e;
  });
}

/**
 * A prepared regime as rows. An exception becomes a row of its own, and what it overrides holds only without it; a rule
 * over several list paragraphs becomes a row for each. With every fact given, the strictest row that holds is the answer.
 */
export function rowsOf(prepared: Prepared): { readonly rows: RuleRow[]; readonly leftOut: string[] } {
  const leftOut: string[] = [];
  const rows: RuleRow[] = [];
  const add = (id: string, severity: RuleRow["severity"], parts: readonly Residual[]): void => {
    const subject = plain(prepared.subject, prepared);
    const whole = parts.map((p) => plain(p, prepared));
    if (severity === 0) return;
    if (subject === null || whole.includes(null)) leftOut.push(id);
    else
      for (const [i, when] of split([subject, ...(whole as PlainCondition[])]).entries()) {
        rows.push({ id: `${id}#${i}`, severity, when });
      }
  };
  for (const open of prepared.rules) addRule(open, prepared, add);
  for (const { hole, left } of prepared.holes) add(hole.id, "hole", [left]);
  return { rows, leftOut };
}

type Add = (id: string, severity: RuleRow["severity"], parts: readonly Residual[]) => void;

function addRule(open: OpenRule, prepared: Prepared, add: Add): void {
  const name = open.rule.id.slice(open.rule.id.lastIndexOf("/") + 1);
  const severityOf = (ids: readonly string[]): Severity | undefined => {
    const exceptions = open.exceptions.filter((e) => ids.includes(e.exception.id)).map((e) => ({ ...e, left: true }));
    const alone = { ...prepared, subject: true, holes: [], rules: [{ ...open, left: true, exceptions }] };
    const { atLeast, suspended } = judgePrepared(alone, {});
    return suspended.length > 0 ? undefined : atLeast;
  };
  const walk = (id: string, path: readonly string[], parts: readonly Residual[]): void => {
    const severity = severityOf(path);
    const children = open.exceptions.filter((e) => e.exception.overrides === id);
    if (severity === undefined) return;
    add([open.rule.id, ...path].join("/"), severity, [...parts, ...children.map(({ left }) => negated(left))]);
    for (const { exception, left } of children) walk(exception.id, [...path, exception.id], [...parts, left]);
  };
  walk(name, [], [open.left]);
}

function negated(left: Residual): Residual {
  return typeof left === "boolean" ? !left : { op: "not", of: left };
}

/** Null where a part names what no transaction can give. */
function plain(c: Residual, prepared: Prepared): PlainCondition | null {
  if (typeof c === "boolean") return { op: c ? "all" : "any", of: [] };
  switch (c.op) {
    case "all":
    case "any": {
      const parts = c.of.map((x) => plain(x, prepared));
      return parts.includes(null) ? null : { op: c.op, of: parts as PlainCondition[] };
    }
    case "not": {
      const inner = plain(c.of, prepared);
      return inner && { op: "not", of: inner };
    }
    case "in-group": {
      const held = c.groups.map((id) => versionAt(prepared.book.groups.get(id)?.versions ?? [], prepared.date));
      if (held.includes(undefined)) return null;
      const members = new Set((held as GroupVersion[]).flatMap((version) => [...version.members]));
      return { op: "in", fact: c.fact, values: [...members].sort() };
    }
    case "term":
    case "matches":
      return null;
    case "is":
      return prepared.book.facts.has(c.fact) ? c : null;
    default:
      return c;
  }
}

/** The disjuncts of the last of several joined conditions that is an *or*, each with the others; flat where it can be. */
function split(parts: readonly PlainCondition[]): PlainCondition[] {
  const flat = parts.flatMap(function flatten(c): readonly PlainCondition[] {
    return c.op === "all" ? c.of.flatMap(flatten) : [c];
  });
  if (flat.some((c) => c.op === "any" && c.of.length === 0)) return [];
  const at = flat.findLastIndex((c) => c.op === "any");
  if (at < 0) return [{ op: "all", of: flat }];
  const choice = flat[at] as Extract<PlainCondition, { readonly op: "all" | "any" }>;
  return choice.of.flatMap((one) => split([...flat.slice(0, at), ...flat.slice(at + 1), one]));
}

/** Names of the facts that the rows test. */
export function factsIn(rows: readonly RuleRow[]): Set<string> {
  const names = new Set<string>();
  const walk = (c: PlainCondition): void => {
    if (c.op === "not") walk(c.of);
    else if ("of" in c) for (const x of c.of) walk(x);
    else for (const fact of factsOf(c)) names.add(fact);
  };
  for (const { when } of rows) walk(when);
  return names;
}

function factsOf(c: PlainTest): readonly string[] {
  if (c.op === "formula") return ["litho.wavelength", "litho.na"];
  return c.op === "same" ? [c.fact, c.other] : [c.fact];
}

/** The bounds as comparisons, with the operators of most languages. */
export function comparisonsOf({
  low,
  high,
  lowIncluded,
  highIncluded,
}: NumberRange): readonly (readonly [string, number])[] {
  return [
    ...(low === -Infinity ? [] : [[lowIncluded ? ">=" : ">", low] as const]),
    ...(high === Infinity ? [] : [[highIncluded ? "<=" : "<", high] as const]),
  ];
}

/** The transaction with plain numbers for exact quantities, and names that every language reads as one word. */
export function plainFacts(
  facts: Facts,
  factorOf: (fact: string) => number = () => 1,
): Record<string, boolean | string | number | readonly string[]> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (typeof value === "object" && "known" in value) throw new Error(`${name} is known in part`);
      const isNumber = typeof value === "object" && "low" in value;
      return [wordOf(name), isNumber ? Math.round(value.low * factorOf(name) * 1e6) / 1e6 : value];
    }),
  );
}

export function wordOf(fact: string): string {
  return fact.replaceAll(".", "_");
}

/** The answer of the rows that hold. */
export function answerOfRows(held: Iterable<RuleRow>): RowAnswer {
  let severity = 0;
  let hole = false;
  for (const row of held) {
    if (row.severity === "hole") hole = true;
    else severity = Math.max(severity, row.severity);
  }
  return { severity, hole };
}

/** Rows by severity, strictest first; holes apart. */
export function bySeverity(rows: readonly RuleRow[]): readonly (readonly [number, readonly RuleRow[]])[] {
  return [5, 4, 3, 2, 1]
    .map((s) => [s, rows.filter((row) => row.severity === s)] as const)
    .filter(([, list]) => list.length > 0);
}
