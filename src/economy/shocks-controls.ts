import type { Range } from "../domain/ranges.ts";
import type { Grade } from "../domain/verdicts.ts";
import type { TradeTable } from "./base-pack.ts";

/** What was sold of one product code from one country to another in a year. */
export interface ProductFlow {
  readonly hs6: string;
  readonly exporter: string;
  readonly importer: string;
  readonly usd: number;
}

/** How the law of the exporter, or of another that reaches it, treats a product code for an importer. */
export interface ProductControl {
  readonly hs6: string;
  readonly exporter: string;
  readonly importer: string;
  readonly grade: Grade;
  /** Part of the code's trade that the control reaches: a code is wider than what is controlled in it. */
  readonly reach: Range;
}

/** The controlled part of a sector's trade between a pair. */
export interface ControlledFraction {
  readonly exporter: string;
  readonly importer: string;
  readonly sector: string;
  /** Of the sector's trade: controlled goods that are not sold any more. */
  readonly fraction: Range;
  readonly controlledUsd: Range;
  /** The sector's trade of the pair in the base. */
  readonly sectorUsd: number;
  readonly products: readonly string[];
  /** Controlled codes for whose trade there is no figure; they are not in the fraction. */
  readonly unmeasured: readonly string[];
  /** Whether the products' trade exceeds the sector's, so that the sources contradict each other: the fraction is then 0 to 1. */
  readonly exceeds: boolean;
}

/** Fractions by pair and sector, and what could not be placed. */
export interface ControlledFractions {
  readonly fractions: readonly ControlledFraction[];
  /** Controlled codes for which the concordance has no sector. */
  readonly unplaced: readonly string[];
}

type Lost = ProductControl & { readonly lost: Range };

const USD_PER_MILLION = 1e6;

/**
 * The controlled value of each pair as a fraction of the sector's trade. Closed and closed in practice take away what the control
 * reaches; gated and undetermined take away from nothing to all of it; open takes nothing. Of several controls of one code on one
 * pair the stronger counts. A pair without a figure for a code is named, never taken as 0.
 */
export function controlledFractions(
  controls: readonly ProductControl[],
  flows: readonly ProductFlow[],
  sectorOf: ReadonlyMap<string, string>,
  table: TradeTable,
): ControlledFractions {
  const usd = new Map<string, number>();
  for (const f of flows) usd.set(keyOf(f), (usd.get(keyOf(f)) ?? 0) + f.usd);
  const lost = new Map<string, Lost>();
  for (const control of controls.filter((c) => c.grade !== "open")) {
    const key = keyOf(control);
    const range = lostPart(control);
    const before = lost.get(key)?.lost ?? range;
    const stronger = { low: Math.max(before.low, range.low), high: Math.max(before.high, range.high) };
    lost.set(key, { ...control, lost: stronger });
  }
  const unplaced = new Set<string>();
  const groups = new Map<string, { readonly sector: string; readonly controls: Lost[] }>();
  for (const control of lost.values()) {
    const sector = sectorOf.get(control.hs6);
    if (sector === undefined || !table.sectors.includes(sector)) {
      unplaced.add(control.hs6);
      continue;
    }
    const key = `${control.exporter} ${control.importer} ${sector}`;
    const group = groups.get(key) ?? { sector, controls: [] };
    group.controls.push(control);
    groups.set(key, group);
  }
  const fractions = [...groups.values()].map(({ sector, controls: of }): ControlledFraction => {
    const { exporter, importer } = of[0]!;
    const measured = of.filter((c) => usd.has(keyOf(c)));
    const total = (end: "low" | "high") => measured.reduce((sum, c) => sum + c.lost[end] * usd.get(keyOf(c))!, 0);
    const controlledUsd = { low: total("low"), high: total("high") };
    const sectorUsd = sectorTrade(table, { exporter, importer, sector });
    const exceeds = controlledUsd.high > sectorUsd;
    return {
      ...{ exporter, importer, sector, controlledUsd, sectorUsd, exceeds },
      fraction: fractionOf(controlledUsd, sectorUsd),
      products: measured.map((c) => c.hs6).sort(),
      unmeasured: of
        .filter((c) => !usd.has(keyOf(c)))
        .map((c) => c.hs6)
        .sort(),
    };
  });
  return { fractions, unplaced: [...unplaced].sort() };
}

/** Part of the code's trade that is lost. */
function lostPart({ grade, reach }: ProductControl): Range {
  if (grade === "closed" || grade === "closed-in-practice") return reach;
  return { low: 0, high: grade === "open" ? 0 : reach.high };
}

function fractionOf(usd: Range, sectorUsd: number): Range {
  if (usd.high === 0) return { low: 0, high: 0 };
  if (usd.high > sectorUsd) return { low: 0, high: 1 };
  return { low: usd.low / sectorUsd, high: usd.high / sectorUsd };
}

/** What the base has of a sector's trade between a pair, in dollars. Throws RangeError for an id that it does not have. */
export function sectorTrade(
  { countries, sectors, trade }: TradeTable,
  { exporter, importer, sector }: { readonly exporter: string; readonly importer: string; readonly sector: string },
): number {
  const [i, n, j] = [countries.indexOf(exporter), countries.indexOf(importer), sectors.indexOf(sector)];
  if (i < 0 || n < 0 || j < 0)
    throw new RangeError(`the base has no flow of ${sector} from ${exporter} to ${importer}`);
  return trade[(j * countries.length + n) * countries.length + i]! * USD_PER_MILLION;
}

function keyOf({ hs6, exporter, importer }: Pick<ProductFlow, "hs6" | "exporter" | "importer">): string {
  return `${hs6} ${exporter} ${importer}`;
}
