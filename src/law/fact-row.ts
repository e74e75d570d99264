import { remember } from "../domain/remember.ts";
import type { Facts, FactValue } from "./condition.ts";
import type { FactDeclarations } from "./facts.ts";

/** The facts of one transaction in the order of their declarations, so that a test reads a place instead of looking up a name. */
export interface FactRow {
  readonly facts: Facts;
  readonly values: readonly (FactValue | undefined)[];
}

const PLACES = new WeakMap<FactDeclarations, ReadonlyMap<string, number>>();

/** The place of each declared fact in a row. */
export function factPlaces(declared: FactDeclarations): ReadonlyMap<string, number> {
  return remember(PLACES, declared, () => new Map([...declared.keys()].map((name, place) => [name, place])));
}

/** The facts as a row; one that nobody declared has no place and is left out of `values`. */
export function factRow(declared: FactDeclarations, facts: Facts): FactRow {
  const places = factPlaces(declared);
  const values: (FactValue | undefined)[] = Array.from({ length: places.size });
  for (const name in facts) {
    const place = places.get(name);
    if (place !== undefined) values[place] = facts[name];
  }
  return { facts, values };
}
