import { assign, type CellFormula, type Domain, eachTest, type Part } from "./cell-formula.ts";
import type { CellProblem } from "./cells.ts";
import { type Severity, type Weighable, type Weight, weigh, weighRule } from "./weigh.ts";

/** What all completions of the missing facts come to together. */
export interface Extent {
  readonly atLeast: Severity;
  readonly atMost: Severity;
  /** Whether some completion is within the regime's reach. */
  readonly reached: boolean;
}

/** Cells that may still be looked at; what is left is shared by the searches that use it. */
export interface Budget {
  cells: number;
}

/** Cells that are looked at unless told otherwise. */
export const CELL_BUDGET = 20_000;

/** How far a part is known: it is open as long as it is neither true nor false. */
export const truth = (f: CellFormula): boolean | null => (typeof f === "boolean" ? f : null);

/**
 * The exact range of severities over all completions that keep the constraints: `impossible` where there is none,
 * `undefined` past the budget. Depth first; a branch falls as soon as its range lies within what was already found.
 */
export function extentOf(problem: CellProblem, budget: Budget): Extent | "impossible" | undefined {
  let found: { atLeast: Severity; atMost: Severity; reached: boolean } | undefined;
  const visit = (p: CellProblem): boolean => {
    if (--budget.cells < 0) return false;
    const w = weigh(p.parts, truth);
    if (found && w.atLeast >= found.atLeast && w.atMost <= found.atMost && (found.reached || w.subject === false)) {
      return true;
    }
    const next = choose(openTests(p.parts, w));
    if (next === undefined) {
      const possible = isPossible(p, budget);
      if (possible === undefined) return false;
      if (!possible) return true;
      found = {
        atLeast: found && found.atLeast < w.atLeast ? found.atLeast : w.atLeast,
        atMost: found && found.atMost > w.atMost ? found.atMost : w.atMost,
        reached: found?.reached === true || w.subject !== false,
      };
      return true;
    }
    return distinctValues(p, next).every((value) => {
      const child = given(p, next, value);
      return child === undefined || visit(child);
    });
  };
  return visit(problem) ? (found ?? "impossible") : undefined;
}

/**
 * Whether two completions that keep the constraints can differ in these unknowns, agree in all others that matter, and come
 * to different severities; undefined past the budget.
 */
export function matters(problem: CellProblem, unknowns: ReadonlySet<number>, budget: Budget): boolean | undefined {
  if (--budget.cells < 0) return undefined;
  const w = weigh(problem.parts, truth);
  const tests = openTests(problem.parts, w);
  const numbers = new Set(tests.keys());
  if (![...unknowns].some((u) => numbers.has(u))) return false;
  const other = choose(new Map([...tests].filter(([u]) => !unknowns.has(u))));
  if (other === undefined) return differs(problem, budget);
  for (const value of distinctValues(problem, other)) {
    const child = given(problem, other, value);
    const found = child ? matters(child, unknowns, budget) : false;
    if (found !== false) return found;
  }
  return false;
}

/** Whether the completions of a problem come to more than one range. */
function differs(problem: CellProblem, budget: Budget): boolean | undefined {
  let first: string | undefined;
  const visit = (p: CellProblem): boolean | undefined => {
    if (--budget.cells < 0) return undefined;
    const w = weigh(p.parts, truth);
    const next = choose(openTests(p.parts, w));
    if (next === undefined) {
      const possible = isPossible(p, budget);
      if (!possible) return possible;
      const range = `${w.atLeast}-${w.atMost}`;
      first ??= range;
      return range !== first;
    }
    for (const value of distinctValues(p, next)) {
      const child = given(p, next, value);
      const found = child ? visit(child) : false;
      if (found !== false) return found;
    }
    return false;
  };
  return visit(problem);
}

/**
 * Whether some completion that keeps the constraints makes the only rule of the problem apply for certain; undefined past the
 * budget.
 */
export function canHold(problem: CellProblem, budget: Budget): boolean | undefined {
  if (--budget.cells < 0) return undefined;
  const left = problem.parts.rules[0]?.left ?? false;
  if (left === false) return false;
  if (left === true) return isPossible(problem, budget);
  const next = choose(narrowestTests(left));
  if (next === undefined) return false;
  for (const value of distinctValues(problem, next)) {
    const child = given(problem, next, value);
    const found = child ? canHold(child, budget) : false;
    if (found !== false) return found;
  }
  return false;
}

/** Tests of the part of a conjunction that the fewest unknowns decide: where it cannot hold, nothing else needs a look. */
function narrowestTests(f: CellFormula): Map<number, number> {
  const parts = typeof f !== "boolean" && f.op === "all" ? f.of : [f];
  const counted = parts.map((part) => {
    const tests = new Map<number, number>();
    eachTest(part, (_, u) => tests.set(u, (tests.get(u) ?? 0) + 1));
    return tests;
  });
  return counted.filter((t) => t.size > 0).sort((a, b) => a.size - b.size)[0] ?? new Map<number, number>();
}

/** How often each unknown is tested where it can still change the range. */
export function openTests(parts: Weighable<CellFormula>, w: Weight): Map<number, number> {
  const tests = new Map<number, number>();
  const count = (f: CellFormula): void => eachTest(f, (_, u) => tests.set(u, (tests.get(u) ?? 0) + 1));
  if (w.subject === false) return tests;
  count(parts.subject);
  for (const open of parts.rules) {
    // What is certain already outweighs a rule that cannot require more.
    if (weighRule(open, w.subject, truth).atMost <= w.atLeast) continue;
    count(open.left);
    for (const e of open.exceptions) count(e.left);
  }
  if (w.atLeast < 5 && !parts.holes.includes(true)) for (const h of parts.holes) count(h);
  return tests;
}

/** The unknown that is tested most often, the first of them on a tie. */
function choose(tests: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const [unknown, count] of tests) {
    if (count > most || (count === most && best !== undefined && unknown < best)) {
      best = unknown;
      most = count;
    }
  }
  return best;
}

/** One value of each kind that what is left of the problem can still tell apart. */
function distinctValues(problem: CellProblem, unknown: number): number[] {
  return valueKinds(problem, unknown).map((kind) => kind[0]!);
}

/** The values of an unknown by what is left of the problem: those that no test tells apart stand together. */
export function valueKinds({ domains, parts, constraints }: CellProblem, unknown: number): number[][] {
  const tests: Part[] = [];
  const collect = (f: CellFormula): void =>
    eachTest(f, (part, u) => {
      if (u === unknown) tests.push(part);
    });
  collect(parts.subject);
  for (const open of parts.rules) {
    collect(open.left);
    for (const e of open.exceptions) collect(e.left);
  }
  for (const f of [...parts.holes, ...constraints]) collect(f);
  const kinds = new Map<string, number[]>();
  domains[unknown]!.values.forEach((_, value) => {
    const kind = tests.map((t) => (t.op === "leaf" ? String(t.holds[value]) : String(value))).join();
    kinds.set(kind, [...(kinds.get(kind) ?? []), value]);
  });
  return [...kinds.values()];
}

/** The problem with one unknown given a value; undefined where a constraint forbids it. */
export function given(problem: CellProblem, unknown: number, value: number): CellProblem | undefined {
  const { domains, parts } = problem;
  const put = (f: CellFormula): CellFormula => assign(f, unknown, value, domains);
  const constraints: CellFormula[] = [];
  for (const c of problem.constraints) {
    const left = put(c);
    if (left === false) return undefined;
    if (left !== true) constraints.push(left);
  }
  const subject = put(parts.subject);
  const rules = parts.rules.flatMap((r) => {
    const left = put(r.left);
    if (left === false) return [];
    const exceptions = r.exceptions.flatMap((e) => {
      const applies = put(e.left);
      return applies === false ? [] : [{ exception: e.exception, left: applies }];
    });
    return [{ rule: r.rule, version: r.version, left, exceptions }];
  });
  const holes = parts.holes.map(put).filter((h) => h !== false);
  return { domains, parts: { date: parts.date, subject, rules, holes }, constraints };
}

/** Whether the constraints that are left can be kept; undefined past the budget. */
function isPossible(problem: CellProblem, budget: Budget): boolean | undefined {
  return canKeep(problem.constraints, problem.domains, budget);
}

function canKeep(constraints: readonly CellFormula[], domains: readonly Domain[], budget: Budget): boolean | undefined {
  const first = constraints[0];
  if (first === undefined) return true;
  if (--budget.cells < 0) return undefined;
  const unknown = firstUnknown(first);
  if (unknown === undefined) return canKeep(constraints.slice(1), domains, budget);
  for (let value = 0; value < domains[unknown]!.values.length; value++) {
    const left = constraints.map((c) => assign(c, unknown, value, domains));
    if (left.includes(false)) continue;
    const found = canKeep(
      left.filter((c) => c !== true),
      domains,
      budget,
    );
    if (found !== false) return found;
  }
  return false;
}

function firstUnknown(f: CellFormula): number | undefined {
  let first: number | undefined;
  eachTest(f, (_, u) => {
    first ??= u;
  });
  return first;
}
