import type { MinimumResult } from "../closure/assessment.ts";
import type { Case, MinimumQuestion } from "../closure/case.ts";
import type { ClassContext } from "../closure/class-context.ts";
import { outsideTarget } from "../closure/coverage.ts";
import { atLeastClasses, type CoverProblem, goalNeed, type Need } from "../coalition/cover-problem.ts";
import { minimalCoalitions } from "../coalition/minimal-coalitions.ts";
import type { State } from "../domain/states.ts";
import type { Goal } from "../supply/pack.ts";
import { type SharesAt, targetOwn } from "../supply/shares-at.ts";

/** Results name at most this many coalitions; the count says how many there are. */
const SHOWN = 50;

/** Inclusion-minimal coalitions by potential, at the low bound of every share. */
export function minimumResults(
  c: Case,
  leaf: readonly ClassContext[],
  goals: readonly Goal[],
  all: readonly ClassContext[],
): MinimumResult[] {
  return c.minimum.map((m) => {
    const goal = "goal" in m.need ? goals.find((g) => g.id === (m.need as { goal: string }).goal) : undefined;
    const classes = goal ? all : leaf;
    return minimumOf(m.scope, m.threshold, needOf(m, goal, classes), classes, c.target);
  });
}

/** A class counts when it closes in every year that stands for the asked one. */
function needOf(m: MinimumQuestion, goal: Goal | undefined, classes: readonly ClassContext[]): Need {
  const inEveryYear = (i: number): Need => ({
    all: vintagesOf(classes).flatMap((v, n) => (v.index === i ? [{ class: n }] : [])),
  });
  if (goal)
    return everyYear(
      goalNeed(
        goal,
        classes.map((x) => x.cls.id),
      ),
      inEveryYear,
    );
  const n =
    "fraction" in m.need
      ? Math.ceil(m.need.fraction * classes.length)
      : "atLeast" in m.need
        ? m.need.atLeast
        : classes.length;
  return everyYear(atLeastClasses(n, classes.length), inEveryYear);
}

function everyYear(need: Need, inEveryYear: (i: number) => Need): Need {
  if ("class" in need) return inEveryYear(need.class);
  if ("all" in need) return { all: need.all.map((x) => everyYear(x, inEveryYear)) };
  if ("any" in need) return { any: need.any.map((x) => everyYear(x, inEveryYear)) };
  return { atLeast: need.atLeast, of: need.of.map((x) => everyYear(x, inEveryYear)) };
}

/** Years of all classes in one row; `index` says whose they are. */
function vintagesOf(
  classes: readonly ClassContext[],
): { readonly index: number; readonly id: string; readonly shares: SharesAt }[] {
  return classes.flatMap((x, index) =>
    x.vintages.map((shares) => ({ index, id: `${x.cls.id} ${shares.year}`, shares })),
  );
}

/** One problem, solved and described. */
function minimumOf(
  scope: string,
  threshold: number,
  need: Need,
  classes: readonly ClassContext[],
  target: State,
): MinimumResult {
  const problem: CoverProblem = {
    states: suppliersOf(classes, target),
    classes: vintagesOf(classes).map((v) => ({ id: v.id, shares: outsideShares(v.shares, target) })),
    threshold,
    need,
  };
  const found = minimalCoalitions(problem);
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

/** The target, the unallocated rest and "various" are never candidates. */
function suppliersOf(classes: readonly ClassContext[], target: State): State[] {
  const all = new Set(classes.flatMap((x) => x.shares.suppliers.map((s) => s.supplier)));
  return [...all].filter((s): s is State => s !== "various" && s !== target).sort();
}

/** Low bounds of the shares outside the target. */
function outsideShares(shares: SharesAt, target: State): ReadonlyMap<State, number> {
  const own = targetOwn(shares, target);
  const states = shares.suppliers.filter((s) => s.supplier !== "various" && s.supplier !== target);
  return new Map(states.map((s): [State, number] => [s.supplier as State, outsideTarget(s.share, own).low]));
}
