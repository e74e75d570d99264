import { clampShare, hull, type Range, round } from "../domain/ranges.ts";
import type { Coverage, CoverageBothWays } from "./assessment.ts";
import type { Cell, Rank } from "./cell.ts";

/** A supplier state's part of world supply and its cell; variants of known size come as parts of it. */
export interface SupplierCell {
  readonly share: Range;
  /** Cells of the item's variants with the part of the class that each is; without a known split one hull cell of size 1. */
  readonly parts: readonly { readonly size: Range; readonly cell: Cell }[];
}

export interface ClassSupply {
  readonly suppliers: readonly SupplierCell[];
  readonly targetOwn: Range;
  readonly unallocated: Range;
  /** The hardest control that a member's law could put on supply of unknown origin. */
  readonly unallocatedHigh: Rank;
}

/** A measure counts a cell from its low rank when certain and from its high rank when possible. */
interface Measure {
  readonly certain: (c: Cell) => boolean;
  readonly possible: (c: Cell) => boolean;
  readonly rank: Rank;
}

const CLOSED: Measure = { certain: (c) => c.low >= 3, possible: (c) => c.high >= 3, rank: 3 };
/** Without practice on record a required licence may be refused: unknown practice is not leniency. */
const CLOSED_OR_PRACTICE: Measure = {
  certain: (c) => c.low >= 2,
  possible: (c) => c.high >= 2 || (c.high >= 1 && c.practiceUnknown),
  rank: 1,
};
const CONTROLLED: Measure = { certain: (c) => c.low >= 1, possible: (c) => c.high >= 1, rank: 1 };

/** `sum over s of share(s) x [grade]`, as part of world supply and of the supply outside the target. */
export function calcCoverage(supply: ClassSupply): CoverageBothWays {
  const world = (m: Measure): Range => measure(supply, m);
  const outside = (m: Measure): Range => outsideTarget(measure(supply, m), supply.targetOwn);
  return {
    closed: world(CLOSED),
    closedOrPractice: world(CLOSED_OR_PRACTICE),
    controlled: world(CONTROLLED),
    outsideTarget: {
      closed: outside(CLOSED),
      closedOrPractice: outside(CLOSED_OR_PRACTICE),
      controlled: outside(CONTROLLED),
    },
  };
}

function measure(supply: ClassSupply, m: Measure): Range {
  let low = 0;
  let high = 0;
  for (const s of supply.suppliers) {
    for (const { size, cell } of s.parts) {
      if (m.certain(cell)) low += s.share.low * size.low;
      if (m.possible(cell)) high += s.share.high * size.high;
    }
  }
  // Supply of unknown origin may be a member's: it counts in the high bound, where some member's law could reach it.
  if (supply.unallocatedHigh >= m.rank) high += supply.unallocated.high;
  return clampShare({ low: round(low), high: round(Math.max(low, high)) });
}

/** Share `a` of world supply as part of the supply outside the target: `a / (1 - target)`, at its ends. */
export function outsideTarget(a: Range, target: Range): Range {
  const rest = 1 - target.low;
  // With no supply outside the target there is nothing to turn to.
  if (rest <= 1e-9) return { low: 0, high: 0 };
  return clampShare({ low: round(a.low / rest), high: round(a.high / rest) });
}

/** The envelope of two coverages, measure by measure. */
export function hullOfCoverage(a: CoverageBothWays, b: CoverageBothWays): CoverageBothWays {
  const each = (x: Coverage, y: Coverage): Coverage => ({
    closed: hull(x.closed, y.closed),
    closedOrPractice: hull(x.closedOrPractice, y.closedOrPractice),
    controlled: hull(x.controlled, y.controlled),
  });
  return { ...each(a, b), outsideTarget: each(a.outsideTarget, b.outsideTarget) };
}
