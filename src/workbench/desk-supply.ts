import { outsideTarget } from "../closure/coverage.ts";
import { hull, type Range, sum, ZERO } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import type { Dependence, WorldSupply } from "../economy/exposure.ts";
import { importReliance, yearsToBuild } from "../supply/dependence.ts";
import type { Figure, Pack, TechnologyClass } from "../supply/pack.ts";
import { type SharesAt, sharesAt, targetOwn, yearsAround } from "../supply/shares-at.ts";

/** `figures.csv` rows with this metric say in words what can stand in for a class. */
const SUBSTITUTES = "substitutes";

export interface SupplyQuestion {
  readonly state: State;
  readonly target: State;
  readonly members: readonly State[];
  readonly year: number;
}

/** The packs' leaf classes that have shares, with those of the target, the state and the members; each year apart, then the envelope. */
export function worldSupplies(pack: Pack, q: SupplyQuestion): WorldSupply[] {
  return pack.classes.flatMap((cls) => {
    const vintages = yearsAround(pack, cls.id, q.year).map((year) => sharesAt(pack, cls.id, year));
    return cls.leaf && vintages.some((v) => v.suppliers.length > 0) ? [supplyOf(cls, vintages, q)] : [];
  });
}

function supplyOf(cls: TechnologyClass, vintages: readonly SharesAt[], q: SupplyQuestion): WorldSupply {
  const over = (of: (v: SharesAt) => Range) => vintages.map(of).reduce(hull);
  const outside = (states: readonly State[]) => (v: SharesAt) =>
    outsideTarget(heldBy(v, states), targetOwn(v, q.target));
  const target = over((v) => targetOwn(v, q.target));
  const isAll = target.low >= 1;
  return {
    id: cls.id,
    name: cls.name,
    stage: cls.stage,
    basis: cls.basis,
    period: vintages.map((v) => v.period).join(".."),
    target,
    state: over((v) => targetOwn(v, q.state)),
    membersOutside: isAll ? null : over(outside(q.members)),
    withState: isAll ? null : over(outside([...new Set([...q.members, q.state])])),
    sources: [...new Set(vintages.flatMap((v) => v.sources))].sort(),
  };
}

/** What the states hold of the world; supply of unknown origin may be theirs. */
function heldBy(v: SharesAt, states: readonly State[]): Range {
  const own = sum(v.suppliers.filter((s) => states.includes(s.supplier as State)).map((s) => s.share));
  const spare = states.length === 0 ? ZERO : v.unallocated;
  return { low: Math.min(1, own.low), high: Math.min(1, own.high + spare.high) };
}

/** What is known of doing without the target in a class. */
export function dependenceOf(supply: WorldSupply, pack: Pack, state: State): Dependence {
  const reliance = importReliance(pack, supply.id, [state]);
  return {
    ...supply,
    importReliance: reliance && { value: reliance.value, period: reliance.period, source: reliance.source },
    yearsToBuild: yearsToBuild(pack, supply.id),
    substitutes: substitutesOf(pack.figures, supply.id),
  };
}

function substitutesOf(figures: readonly Figure[], id: string): Dependence["substitutes"] {
  const found = figures.find((f) => f.metric === SUBSTITUTES && f.class === id && f.text !== undefined);
  return found ? { text: found.text!, period: found.period, source: found.source } : null;
}
