import { parseState, type State, stateNames } from "../../domain/states.ts";
import type { Condition, Facts } from "../condition.ts";
import { evaluate, type Scene } from "../kleene.ts";
import type { Residual } from "../specialise.ts";
import { type AxisValue, factsOf, type Leaf } from "./axes.ts";
import { eachLeaf } from "./settle.ts";
import type { ScopeAxis } from "./space.ts";

/** A dimension of the transaction that is to be left open. */
export interface Dimension {
  readonly id: string;
  readonly candidates: readonly string[];
  /** The facts of each side when the dimension has that value. */
  readonly facts: (side: number, value: string) => Facts;
  /** Values that are kept apart from all others. */
  readonly apart: readonly string[];
}

/** Every state that is known, by code. */
export function allStates(): State[] {
  return [...new Set(stateNames().flatMap((n) => parseState(n) ?? []))].sort();
}

/** The facts that follow a dimension: those that are not the same for all of its values. */
export function followingFacts(dimension: Dimension, sides: number): Set<string> {
  const following = new Set<string>();
  for (let side = 0; side < sides; side++) {
    const first = dimension.facts(side, dimension.candidates[0]!);
    for (const value of dimension.candidates.slice(1)) {
      const facts = dimension.facts(side, value);
      for (const name of Object.keys(facts)) if (!isSame(facts[name], first[name])) following.add(name);
    }
  }
  return following;
}

function isSame(a: Facts[string] | undefined, b: Facts[string] | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The dimension as an axis: values that no condition of any side tells apart stand together. */
export function scopeAxis(
  dimension: Dimension,
  following: ReadonlySet<string>,
  scenes: readonly Scene[],
  residuals: readonly (readonly Residual[])[],
): ScopeAxis {
  const leaves = residuals.map((list) => leavesOn(list, following));
  // Most leaves ask about the transaction alone.
  const asksMore = scenes.map((_, side) => {
    const transaction = dimension.facts(side, dimension.candidates[0]!);
    return leaves[side]!.some((leaf) => factsOf(leaf).some((f) => !(f in transaction)));
  });
  const kinds = new Map<string, string[]>();
  for (const value of dimension.candidates) {
    const truths = scenes.map((scene, side) => {
      const transaction = dimension.facts(side, value);
      const given = { ...scene, facts: asksMore[side] ? { ...scene.facts, ...transaction } : transaction };
      return leaves[side]!.map((leaf) => evaluate(leaf, given));
    });
    const key = dimension.apart.includes(value) ? value : JSON.stringify(truths);
    kinds.set(key, [...(kinds.get(key) ?? []), value]);
  }
  const values = [...kinds.values()].map((standsFor): AxisValue => {
    const facts = scenes.map((_, side) => only(dimension.facts(side, standsFor[0]!), following));
    return { kind: "scope", value: standsFor[0]!, standsFor, facts };
  });
  return { axis: { id: dimension.id, ordered: false, values }, facts: following };
}

function leavesOn(residuals: readonly Residual[], following: ReadonlySet<string>): Leaf[] {
  const found = new Map<string, Leaf>();
  const seen = new Set<Condition>();
  for (const r of residuals) {
    eachLeaf(r, seen, (leaf) => {
      if (factsOf(leaf).some((f) => following.has(f))) found.set(JSON.stringify(leaf), leaf);
    });
  }
  return [...found.values()];
}

function only(facts: Facts, names: ReadonlySet<string>): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.has(name)));
}
