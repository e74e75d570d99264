import { InputError, nearest, type Problem } from "../domain/errors.ts";
import type { State } from "../domain/states.ts";
import type { Goal } from "../supply/pack.ts";

/** What must close, as a monotone formula over the positions of classes in the problem. */
export type Need =
  | { readonly class: number }
  | { readonly all: readonly Need[] }
  | { readonly any: readonly Need[] }
  | { readonly atLeast: number; readonly of: readonly Need[] };

/** A class and what each state supplies of it. */
export interface CoverClass {
  readonly id: string;
  /** Part of the supply outside the target, 0 to 1. States that are not candidates count for nobody. */
  readonly shares: ReadonlyMap<State, number>;
}

/** Which states must join so that enough supply is in the coalition. */
export interface CoverProblem {
  /** Candidates: never the target, the unallocated rest or "various". */
  readonly states: readonly State[];
  readonly classes: readonly CoverClass[];
  /** A class closes when its members' shares reach this; above 0, at most 1. */
  readonly threshold: number;
  readonly need: Need;
  /** In every coalition, needed or not. */
  readonly required?: readonly State[];
  /** In no coalition. */
  readonly forbidden?: readonly State[];
}

/** The need that every one of `count` classes closes. */
export function everyClass(count: number): { readonly all: readonly Need[] } {
  return { all: positions(count) };
}

/** The need that at least `n` of `count` classes close. */
export function atLeastClasses(n: number, count: number): Need {
  return { atLeast: n, of: positions(count) };
}

function positions(count: number): Need[] {
  return Array.from({ length: count }, (_, i) => ({ class: i }));
}

/**
 * The need that a product goal closes: for some step every alternative closes, and an alternative closes when one of its
 * classes does. Throws InputError when a class of the goal is not among `classIds`; a class without known shares belongs
 * there too, with an empty map.
 */
export function goalNeed(goal: Pick<Goal, "id" | "needs">, classIds: readonly string[]): Need {
  const at = new Map(classIds.map((id, i) => [id, i]));
  const problems: Problem[] = [];
  const position = (id: string): Need => {
    const i = at.get(id);
    if (i === undefined) problems.push(unknownClass(goal.id, id, classIds));
    return { class: i ?? 0 };
  };
  const need: Need = {
    any: goal.needs.map((step) => ({ all: step.any.map((a) => ({ any: a.classes.map(position) })) })),
  };
  if (problems.length > 0) throw new InputError(problems);
  return need;
}

function unknownClass(goal: string, id: string, classIds: readonly string[]): Problem {
  const guess = nearest(id, classIds);
  return {
    code: "unknown-class",
    message: `goal \`${goal}\` needs the class \`${id}\`, which the problem does not have`,
    hint: guess ? `did you mean \`${guess}\`?` : "add the class, with an empty map when its shares are unknown",
  };
}

/** Refuses a problem that means nothing, with every fault at once (InputError). */
export function checkCoverProblem(problem: CoverProblem): void {
  const problems = [
    ...stateFaults(problem),
    ...classFaults(problem),
    ...needFaults(problem.need, problem.classes.length),
  ];
  if (!(problem.threshold > 0 && problem.threshold <= 1)) {
    problems.push({
      code: "bad-value",
      message: `threshold \`${problem.threshold}\` is not a share of supply`,
      hint: "give a number above 0 and at most 1, such as 0.9",
    });
  }
  if (problems.length > 0) throw new InputError(problems);
}

function stateFaults({ states, required = [], forbidden = [] }: CoverProblem): Problem[] {
  const problems: Problem[] = [];
  for (const s of repeated(states)) problems.push({ code: "duplicate-id", message: `candidate \`${s}\` stands twice` });
  const known = new Set(states);
  for (const s of [...required, ...forbidden]) {
    if (!known.has(s)) problems.push({ code: "unknown-state", message: `\`${s}\` is not among the candidates` });
  }
  for (const s of required) {
    if (forbidden.includes(s)) problems.push({ code: "bad-value", message: `\`${s}\` is both required and forbidden` });
  }
  return problems;
}

function classFaults({ classes }: CoverProblem): Problem[] {
  const problems: Problem[] = [];
  for (const id of repeated(classes.map((c) => c.id))) {
    problems.push({ code: "duplicate-id", message: `class \`${id}\` stands twice` });
  }
  for (const { id, shares } of classes) {
    for (const [s, share] of shares) {
      if (share >= 0 && share <= 1) continue;
      problems.push({
        code: "bad-value",
        message: `share \`${share}\` of \`${s}\` in \`${id}\` is not a part of supply`,
        hint: "shares run from 0 to 1",
      });
    }
  }
  return problems;
}

/** An empty list would close, or never close, without a single figure: it is refused. */
function needFaults(need: Need, classes: number): Problem[] {
  if ("class" in need) {
    if (Number.isInteger(need.class) && need.class >= 0 && need.class < classes) return [];
    return [{ code: "bad-value", message: `the need names class number \`${need.class}\` of ${classes}` }];
  }
  const of = partsOf(need);
  const problems = of.flatMap((part) => needFaults(part, classes));
  if (of.length === 0) problems.push({ code: "bad-shape", message: "a part of the need lists nothing" });
  if ("atLeast" in need && !(Number.isInteger(need.atLeast) && need.atLeast >= 1)) {
    problems.push({ code: "bad-value", message: `\`${need.atLeast}\` is not a count of at least 1` });
  }
  return problems;
}

/** The parts of a compound need. */
export function partsOf(need: Exclude<Need, { readonly class: number }>): readonly Need[] {
  return "all" in need ? need.all : "any" in need ? need.any : need.of;
}

function repeated<T>(items: readonly T[]): Set<T> {
  return new Set(items.filter((x, i) => items.indexOf(x) !== i));
}
