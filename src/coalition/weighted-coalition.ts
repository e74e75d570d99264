import { InputError, type Problem } from "../domain/errors.ts";
import type { State } from "../domain/states.ts";
import { type Cover, layOut } from "./cover-board.ts";
import { type CoverProblem, type Need, partsOf } from "./cover-problem.ts";
import { meetsNeed } from "./meets-need.ts";
import { minimalWinningSets } from "./winning-sets.ts";

/** A problem in which members do not all count the same. */
export interface WeightedProblem extends CoverProblem {
  /** What each candidate costs, 0 or more; 1 for one that is not named. */
  readonly weights: ReadonlyMap<State, number>;
}

/** Solves a mixed integer programme in LP format. `values` are those of the named columns, at an optimum. */
export type SolveProgramme = (
  programme: string,
  columns: readonly string[],
) => Promise<{ readonly status: "optimal" | "infeasible" | "limit"; readonly values: readonly number[] }>;

/** The cheapest coalition, or why there is none. `limit`: the solver was stopped before it could prove one. */
export type WeightedCoalition =
  | { readonly status: "proven"; readonly coalition: readonly State[]; readonly cost: number; readonly met: number }
  | { readonly status: "infeasible" | "limit"; readonly coalition: null; readonly cost: null; readonly met: null };

/**
 * A coalition that meets the need at the least total weight. Throws InputError on a problem that means nothing; so does
 * `mostWithin`. The solver counts up to a small tolerance: what it finds is checked in whole numbers, and where it does not
 * hold the solver is asked again with that coalition cut off.
 */
export function cheapestCoalition(problem: WeightedProblem, solve: SolveProgramme): Promise<WeightedCoalition> {
  checkWeights(problem);
  const programme = new Programme(problem);
  programme.rows.push(`${programme.part(problem.need)} >= 1`);
  const objective = `Minimize\n weight: ${weightOf(problem)}`;
  return untilItHolds(problem, [problem.need], { programme, objective, least: () => 1 }, solve);
}

/** A coalition of at most `budget` total weight that meets as many of `parts` as such a one can. */
export function mostWithin(
  problem: Omit<WeightedProblem, "need">,
  parts: readonly Need[],
  budget: number,
  solve: SolveProgramme,
): Promise<WeightedCoalition> {
  const whole: WeightedProblem = { ...problem, need: { all: parts } };
  checkWeights(whole);
  const programme = new Programme(whole);
  const names = parts.map((part) => programme.part(part));
  programme.rows.push(`${weightOf(whole)} <= ${budget}`);
  const objective = `Maximize\n met: ${names.map((n) => `1 ${n}`).join(" + ")}`;
  const least = (values: readonly number[]) => values.filter((v) => v > 0.5).length;
  return untilItHolds(whole, parts, { programme, objective, least, counted: names }, solve);
}

interface Asked {
  readonly programme: Programme;
  readonly objective: string;
  /** How many parts the solver claims to be met, from the values of the counted columns. */
  readonly least: (values: readonly number[]) => number;
  readonly counted?: readonly string[];
}

async function untilItHolds(
  problem: WeightedProblem,
  parts: readonly Need[],
  { programme, objective, least, counted = [] }: Asked,
  solve: SolveProgramme,
): Promise<WeightedCoalition> {
  const states = [...problem.states];
  for (;;) {
    const answer = await solve(programme.text(objective), [...states.map(columnOf), ...counted]);
    if (answer.status !== "optimal") {
      return { status: answer.status, coalition: null, cost: null, met: null };
    }
    const coalition = states.filter((_, i) => answer.values[i]! > 0.5).sort();
    const met = parts.filter((part) => meetsNeed({ ...problem, need: part }, coalition)).length;
    if (met >= least(answer.values.slice(states.length))) {
      const cost = coalition.reduce((sum, s) => sum + (problem.weights.get(s) ?? 1), 0);
      return { status: "proven", coalition, cost, met };
    }
    programme.refuse(coalition);
  }
}

function columnOf(s: State): string {
  return `x_${s}`;
}

function weightOf({ states, weights }: WeightedProblem): string {
  return states.map((s) => `${weights.get(s) ?? 1} ${columnOf(s)}`).join(" + ");
}

/** More minimal winning sets of a class than this, and its row stays one sum. */
const MOST_SETS = 300;

/**
 * The rows of a problem: x a state joins, y a class closes, z a part of the need holds. A class with few minimal winning sets
 * has one row for each minimal set of suppliers without whom it cannot close (one of them must join): the exact condition in
 * whole numbers, and the strongest. Others have the sum of their shares, none counted above the threshold.
 */
class Programme {
  readonly rows: string[] = [];
  private readonly binaries: string[];
  private readonly cover: Cover;
  private readonly classes = new Map<number, string>();
  /** Rows that hold only while a coalition that falls short is not taken. */
  private readonly problem: WeightedProblem;

  constructor(problem: WeightedProblem) {
    this.problem = problem;
    this.cover = layOut(problem);
    this.binaries = problem.states.map(columnOf);
    for (const s of problem.required ?? []) this.rows.push(`${columnOf(s)} >= 1`);
    for (const s of problem.forbidden ?? []) this.rows.push(`${columnOf(s)} <= 0`);
  }

  /** The column that is 1 only where the part holds. */
  part(need: Need): string {
    if ("class" in need) return this.closes(need.class);
    const of = partsOf(need);
    const count = "all" in need ? of.length : "any" in need ? 1 : need.atLeast;
    const times = new Map<string, number>();
    for (const name of of.map((x) => this.part(x))) times.set(name, (times.get(name) ?? 0) + 1);
    const name = this.column("z");
    // Where every input must hold, each on its own is the stronger form.
    if (count === of.length) for (const input of times.keys()) this.rows.push(`${input} - ${name} >= 0`);
    else this.rows.push(`${[...times].map(([input, n]) => `${n} ${input}`).join(" + ")} - ${count} ${name} >= 0`);
    return name;
  }

  /** A coalition that falls short is never enough, nor is any part of it. */
  refuse(coalition: readonly State[]): void {
    const others = this.problem.states.filter((s) => !coalition.includes(s));
    this.rows.push(`${others.map(columnOf).join(" + ")} >= 1`);
  }

  text(objective: string): string {
    // Binaries get no bounds of their own: the solver would then read them as continuous.
    const rows = this.rows.map((row, i) => ` r${i}: ${row}`).join("\n");
    return `${objective}\nSubject To\n${rows}\nBinary\n ${this.binaries.join(" ")}\nEnd\n`;
  }

  private column(kind: string): string {
    const name = `${kind}${this.binaries.length}`;
    this.binaries.push(name);
    return name;
  }

  private closes(c: number): string {
    const known = this.classes.get(c);
    if (known) return known;
    const name = this.column("y");
    this.classes.set(c, name);
    for (const row of this.rowsOf(c)) this.rows.push(`${row} ${name} >= 0`);
    return name;
  }

  private rowsOf(c: number): string[] {
    const { suppliers, states, units, goal } = this.cover;
    const at = (i: number) => columnOf(states[suppliers[c]![i]!]!);
    const reach = suppliers[c]!.reduce((sum, s) => sum + units[s]![c]!, 0);
    if (reach < goal) return ["-1"];
    const sets = minimalBlockingSets(this.cover, c, MOST_SETS);
    if (sets) return sets.map((set) => `${set.map(at).join(" + ")} - 1`);
    const terms = Array.from(suppliers[c]!, (s, i) => `${Math.min(1, units[s]![c]! / goal)} ${at(i)}`);
    return [`${terms.join(" + ")} - 1`];
  }
}

/** The minimal sets of suppliers of which one must join for the class to close, as positions in its list; null where many. */
function minimalBlockingSets(cover: Cover, c: number, limit: number): readonly (readonly number[])[] | null {
  const reach = cover.suppliers[c]!.reduce((sum, s) => sum + cover.units[s]![c]!, 0);
  // Without them, less than the goal is left: they hold more than the reach less the goal.
  return minimalWinningSets({ ...cover, goal: reach - cover.goal + 1 }, c, limit);
}

function checkWeights({ weights, states }: WeightedProblem): void {
  const problems: Problem[] = [];
  for (const [s, weight] of weights) {
    if (!states.includes(s)) problems.push({ code: "unknown-state", message: `\`${s}\` is not among the candidates` });
    if (weight >= 0 && Number.isFinite(weight)) continue;
    problems.push({ code: "bad-value", message: `weight \`${weight}\` of \`${s}\` is not a number of 0 or more` });
  }
  if (problems.length > 0) throw new InputError(problems);
}
