import type { Range } from "../domain/ranges.ts";
import type { Shock, TradeBase } from "./trade-base.ts";

interface Pair {
  readonly exporter: string;
  readonly importer: string;
  readonly sector: string;
}

/**
 * What a state does to one flow. A ban of exports, a ban of imports and the exclusion from public orders each take away a fraction of
 * what is sold (of a procurement exclusion: what the buyers bound by it had bought); a tariff adds points to the rate on a part of it.
 */
export type Measure =
  | (Pair & {
      readonly kind: "export-ban" | "import-ban" | "procurement-exclusion";
      /** Part of the sector's trade between the pair, 0 to 1. */
      readonly fraction: Range;
    })
  | (Pair & {
      readonly kind: "tariff";
      /** Ad valorem, on top of what the base has. */
      readonly rate: Range;
      /** Part of the sector's trade between the pair that pays it. */
      readonly part: Range;
    });

/** A shock of which everything is known but whether all can still be bought. */
export interface BoundedShock extends Shock {
  /** Who can buy a sector nowhere any more, home included: the model has no answer there. */
  readonly cutOff: readonly { readonly importer: string; readonly sector: string }[];
}

/** The shocks at the low ends of all ranges and at the high ends. */
export interface ShockRange {
  readonly least: BoundedShock;
  readonly most: BoundedShock;
}

/**
 * Measures as shocks on the sectors of the base. A ban of a fraction `f` sets the trade cost so that at unchanged prices `1 - f` of the
 * flow is left, `cost^(-theta) = 1 - f`: the lower bound, since what is left of the sector can stand in for what is banned; `f = 1`
 * is a cost without end. Bans of one flow may mean the same goods or different ones: from the largest of them to their sum. A tariff on a
 * part of a sector is that part of the rate. Trade at home is never hit. Throws RangeError for an id that the base does not
 * have and for a fraction outside 0 to 1.
 */
export function shocksOf(base: TradeBase, measures: readonly Measure[]): ShockRange {
  const size = base.shares.length;
  const banned = { least: new Float64Array(size), most: new Float64Array(size) };
  const tariffs = { least: base.tariffs.slice(), most: base.tariffs.slice() };
  for (const measure of measures) {
    const at = placeOf(base, measure);
    if (measure.kind === "tariff") {
      checkPart(measure.part, measure);
      tariffs.least[at]! += measure.rate.low * measure.part.low;
      tariffs.most[at]! += measure.rate.high * measure.part.high;
    } else {
      checkPart(measure.fraction, measure);
      banned.least[at] = Math.max(banned.least[at]!, measure.fraction.low);
      banned.most[at] = Math.min(1, banned.most[at]! + measure.fraction.high);
    }
  }
  return {
    least: shockFrom(base, banned.least, tariffs.least),
    most: shockFrom(base, banned.most, tariffs.most),
  };
}

/** The factor on the cost of a flow that leaves `1 - fraction` of it at unchanged prices; Infinity for a whole ban. */
export function banCost(fraction: number, theta: number): number {
  return (1 - fraction) ** (-1 / theta);
}

function placeOf({ countries, sectors }: TradeBase, { exporter, importer, sector }: Pair): number {
  const [i, n, j] = [countries.indexOf(exporter), countries.indexOf(importer), sectors.indexOf(sector)];
  if (i < 0 || n < 0 || j < 0)
    throw new RangeError(`the base has no flow of ${sector} from ${exporter} to ${importer}`);
  if (i === n) throw new RangeError(`${exporter} cannot be cut off from itself`);
  return (j * countries.length + n) * countries.length + i;
}

function checkPart({ low, high }: Range, { exporter, importer, sector }: Pair): void {
  if (0 <= low && low <= high && high <= 1) return;
  throw new RangeError(
    `a part of ${sector} from ${exporter} to ${importer} that is not within 0 and 1: ${low} to ${high}`,
  );
}

function shockFrom(base: TradeBase, banned: Float64Array, tariffs: Float64Array): BoundedShock {
  const N = base.countries.length;
  const costs = banned.map((f, at) => banCost(f, base.theta[Math.floor(at / (N * N))]!));
  const cutOff: { importer: string; sector: string }[] = [];
  for (const [j, sector] of base.sectors.entries())
    for (const [n, importer] of base.countries.entries()) {
      const row = (j * N + n) * N;
      let bought = 0;
      let left = 0;
      for (let i = 0; i < N; i++) {
        bought += base.shares[row + i]!;
        if (costs[row + i]! < Infinity) left += base.shares[row + i]!;
      }
      if (bought > 0 && left === 0) cutOff.push({ importer, sector });
    }
  return { tariffs, costs, cutOff };
}
