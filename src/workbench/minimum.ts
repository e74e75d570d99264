import type { MinimumResult } from "../closure/assessment.ts";
import type { Case, MinimumQuestion } from "../closure/case.ts";
import type { ClassContext } from "../closure/class-context.ts";
import { outsideTarget } from "../closure/coverage.ts";
import { atLeastClasses, goalNeed, type Need } from "../coalition/cover-problem.ts";
import {
  atBound,
  type CoverSolution,
  minimalCoalitions,
  type RangedCoverProblem,
} from "../coalition/minimal-coalitions.ts";
import type { Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import type { Goal } from "../supply/pack.ts";
import { type SharesAt, targetOwn } from "../supply/shares-at.ts";

/** Results name at most this many coalitions; the count says how many there are. */
const SHOWN = 50;

/** A class in one of the years that stand for the asked one. */
export interface CoverRow {
  readonly id: string;
  readonly ctx: ClassContext;
  readonly shares: SharesAt;
}

/** What must close, laid over classes in years. */
export interface MinimumScope {
  readonly scope: string;
  readonly threshold: number;
  readonly rows: readonly CoverRow[];
  /** A class counts for certain when it closes in every year that stands for the asked one, and possibly when in any. */
  readonly need: { readonly certain: Need; readonly possible: Need };
}

/** Inclusion-minimal coalitions by potential, at the low bound of every share. */
export function minimumResults(
  c: Case,
  leaf: readonly ClassContext[],
  goals: readonly Goal[],
  all: readonly ClassContext[],
): MinimumResult[] {
  return c.minimum.map((m) => {
    const goal = "goal" in m.need ? goals.find((g) => g.id === (m.need as { goal: string }).goal) : undefined;
    const scope = minimumScope(m, goal, goal ? all : leaf);
    return describeSolution(scope, minimalCoalitions(atBound(potentialProblem(scope, c.target), "low")));
  });
}

/** A solution as results show it. */
export function describeSolution({ scope, threshold }: MinimumScope, found: CoverSolution): MinimumResult {
  return {
    scope,
    threshold,
    status: found.status,
    complete: found.complete,
    count: found.coalitions.length,
    coalitions: found.coalitions.slice(0, SHOWN),
    indispensable: found.indispensable,
    irrelevant: found.irrelevant,
  };
}

/** A question over these classes, or over a goal that needs them. */
export function minimumScope(
  m: MinimumQuestion,
  goal: Goal | undefined,
  classes: readonly ClassContext[],
): MinimumScope {
  const rows = classes.flatMap((ctx) =>
    ctx.vintages.map((shares) => ({ id: `${ctx.cls.id} ${shares.year}`, ctx, shares })),
  );
  const yearsOf = (i: number): Need[] => rows.flatMap((row, n) => (row.ctx === classes[i] ? [{ class: n }] : []));
  const need = goal ? needOfGoal(goal, classes) : atLeastClasses(countOf(m, classes.length), classes.length);
  return {
    scope: m.scope,
    threshold: m.threshold,
    rows,
    need: {
      certain: overYears(need, (i) => ({ all: yearsOf(i) })),
      possible: overYears(need, (i) => ({ any: yearsOf(i) })),
    },
  };
}

function needOfGoal(goal: Goal, classes: readonly ClassContext[]): Need {
  return goalNeed(
    goal,
    classes.map((x) => x.cls.id),
  );
}

function countOf({ need }: MinimumQuestion, classes: number): number {
  if ("fraction" in need) return Math.ceil(need.fraction * classes);
  return "atLeast" in need ? need.atLeast : classes;
}

function overYears(need: Need, years: (i: number) => Need): Need {
  if ("class" in need) return years(need.class);
  if ("all" in need) return { all: need.all.map((x) => overYears(x, years)) };
  if ("any" in need) return { any: need.any.map((x) => overYears(x, years)) };
  return { atLeast: need.atLeast, of: need.of.map((x) => overYears(x, years)) };
}

/** What states supply of the scope, in ranges. */
export function potentialProblem(scope: MinimumScope, target: State): RangedCoverProblem {
  return {
    states: suppliersOf(scope, target),
    classes: scope.rows.map(({ id, shares }) => ({ id, shares: outsideShares(shares, target) })),
    threshold: scope.threshold,
    need: scope.need.certain,
    possibleNeed: scope.need.possible,
  };
}

/** The target, the unallocated rest and "various" are never candidates. */
export function suppliersOf({ rows }: MinimumScope, target: State): State[] {
  const all = new Set(rows.flatMap((x) => x.shares.suppliers.map((s) => s.supplier)));
  return [...all].filter((s): s is State => s !== "various" && s !== target).sort();
}

/** Shares of the supply outside the target. */
function outsideShares(shares: SharesAt, target: State): ReadonlyMap<State, Range> {
  const own = targetOwn(shares, target);
  const states = shares.suppliers.filter((s) => s.supplier !== "various" && s.supplier !== target);
  return new Map(states.map((s): [State, Range] => [s.supplier as State, outsideTarget(s.share, own)]));
}
