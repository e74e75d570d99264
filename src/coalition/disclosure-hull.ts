/**
 * What holds whoever of a class of memberships is the true one. Each function takes one result for each membership, in the order of
 * the class, and gives a result of the same shape: figures become hulls, and what differs becomes undetermined.
 */
import type {
  AnswerVerdict,
  CellResult,
  ClassResult,
  ClassRow,
  Coverage,
  CoverageBothWays,
  GoalResult,
  SelfSupply,
} from "../closure/assessment.ts";
import { hull, type Range } from "../domain/ranges.ts";
import { GRADES, weakest } from "../domain/verdicts.ts";

/** Stands beside what is missing where a grade depends on who is a member. */
const NOT_DISCLOSED = "who the undisclosed members are";

export function hullOf(ranges: readonly Range[]): Range {
  return ranges.reduce(hull);
}

/** Whether all values are the same in JSON. */
export function agree(values: readonly unknown[]): boolean {
  const first = JSON.stringify(values[0]);
  return values.every((v) => JSON.stringify(v) === first);
}

/** The values of the first list that every list has, by key. */
export function inAll<T>(lists: readonly (readonly T[])[], key: (x: T) => string): T[] {
  const [first = [], ...rest] = lists;
  const keys = rest.map((list) => new Set(list.map(key)));
  return first.filter((x) => keys.every((k) => k.has(key(x))));
}

/** The values of all lists, each key once, in the order in which they come. */
export function inAny<T>(lists: readonly (readonly T[])[], key: (x: T) => string): T[] {
  const found = new Map<string, T>();
  for (const x of lists.flat()) if (!found.has(key(x))) found.set(key(x), x);
  return [...found.values()];
}

const same = (x: string): string => x;

/** One verdict where all say it; closed in practice where some add "by law"; else it depends on who is a member. */
export function agreedVerdict(verdicts: readonly AnswerVerdict[]): AnswerVerdict {
  const kinds = new Set(verdicts);
  if (kinds.size === 1) return verdicts[0]!;
  return [...kinds].every((v) => v === "closed" || v === "closed-in-practice") ? "closed-in-practice" : "undetermined";
}

function hullOfCoverages(all: readonly Coverage[]): Coverage {
  return {
    closed: hullOf(all.map((c) => c.closed)),
    closedOrPractice: hullOf(all.map((c) => c.closedOrPractice)),
    controlled: hullOf(all.map((c) => c.controlled)),
  };
}

function hullBothWays(all: readonly CoverageBothWays[]): CoverageBothWays {
  return { ...hullOfCoverages(all), outsideTarget: hullOfCoverages(all.map((c) => c.outsideTarget)) };
}

/** A class under every membership. Its figures of supply are the same in all; what members supply and close is not. */
export function hullOfClasses(all: readonly ClassResult[]): ClassResult {
  const first = all[0]!;
  return {
    ...first,
    potential: hullOf(all.map((c) => c.potential)),
    potentialOutsideTarget: hullOf(all.map((c) => c.potentialOutsideTarget)),
    coverage: Object.fromEntries(
      Object.keys(first.coverage).map((probe) => [probe, hullBothWays(all.map((c) => c.coverage[probe]!))]),
    ),
    rows: hullOfRows(all.map((c) => c.rows)),
    suppliers: first.suppliers.map((s, i) => ({
      ...s,
      cells: Object.fromEntries(
        Object.keys(s.cells).map((probe) => [probe, hullOfCells(all.map((c) => c.suppliers[i]!.cells[probe]!))]),
      ),
    })),
  };
}

/** Where only some memberships tell variants apart, the others' bar of the whole class stands for each variant. */
function hullOfRows(all: readonly (readonly ClassRow[])[]): ClassRow[] {
  const split = all.find((rows) => rows[0]?.variant !== undefined) ?? all[0]!;
  return split.map(({ leak: _leak, ...row }) => {
    const rows = all.map((list) => list.find((r) => r.variant === row.variant) ?? list[0]!);
    return {
      ...row,
      coverage: hullOfCoverages(rows.map((r) => r.coverage)),
      members: hullOf(rows.map((r) => r.members)),
      splitUnknown: rows.some((r) => r.splitUnknown),
    };
  });
}

/** A cell under every membership. */
function hullOfCells(all: readonly CellResult[]): CellResult {
  const first = all[0]!;
  if (agree(all)) return first;
  const { policy, variants, ...rest } = first;
  const settled = agree(all.map((c) => [c.grade, c.possible]));
  const evidence = weakest(all.flatMap((c) => c.evidence ?? [])) ?? null;
  const rank = (c: CellResult) => GRADES.indexOf(c.possible);
  return {
    ...rest,
    grade: agree(all.map((c) => c.grade)) ? first.grade : "undetermined",
    possible: [...all].sort((a, b) => rank(a) - rank(b))[0]!.possible,
    ...(policy !== undefined && agree(all.map((c) => c.policy)) && { policy }),
    rules: inAny(
      all.map((c) => c.rules),
      same,
    ),
    practice: inAny(
      all.map((c) => c.practice),
      same,
    ),
    reach: agree(all.map((c) => c.reach)) ? first.reach : null,
    evidence,
    cites: inAny(
      all.map((c) => c.cites),
      (x) => x.rule,
    ),
    missing: inAny(
      all.map((c) => c.missing),
      same,
    ),
    holes: [
      ...inAny(
        all.map((c) => c.holes),
        same,
      ),
      ...(settled ? [] : [NOT_DISCLOSED]),
    ],
    ...(variants && {
      variants: variants.map((v, i) => ({ ...v, cell: hullOfCells(all.map((c) => c.variants![i]!.cell)) })),
    }),
  };
}

/** A goal under every membership; its steps are the same in all. */
export function hullOfGoals(all: readonly GoalResult[]): GoalResult {
  const first = all[0]!;
  return {
    ...first,
    verdict: agreedVerdict(all.map((g) => g.verdict)),
    steps: first.steps.map((step, i) => ({
      ...step,
      alternatives: step.alternatives.map((a, j) => ({
        ...a,
        coverage: hullOfCoverages(all.map((g) => g.steps[i]!.alternatives[j]!.coverage)),
      })),
      coverage: hullOfCoverages(all.map((g) => g.steps[i]!.coverage)),
    })),
  };
}

/** What members have of a class under every membership; a gap that one membership leaves unknown is unknown. */
export function hullOfSelfSupply(all: readonly SelfSupply[]): SelfSupply {
  const first = all[0]!;
  const known = (pick: (s: SelfSupply) => Range | null): Range | null => {
    const ranges = all.flatMap((s) => pick(s) ?? []);
    return ranges.length === all.length ? hullOf(ranges) : null;
  };
  return {
    ...first,
    members: hullOf(all.map((s) => s.members)),
    others: hullOf(all.map((s) => s.others)),
    demand: known((s) => s.demand),
    gap: known((s) => s.gap),
    couldFill: inAll(
      all.map((s) => s.couldFill),
      (x) => x.state,
    ),
    importReliance: agree(all.map((s) => s.importReliance)) ? first.importReliance : null,
    sources: inAny(
      all.map((s) => s.sources),
      same,
    ),
  };
}
