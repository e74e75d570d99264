import type { Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import { sourcesOf, type TradeRow, tradeByCode, usdOf } from "./trade-rows.ts";

/** What a state buys from a partner in one product code, or sells to it. */
export interface PartnerTrade {
  /** A product code of six digits, or a heading of four. */
  readonly code: string;
  readonly period: string;
  /** US dollars of trade with the partner, by customs. */
  readonly usd: number;
  /** The same with every economy whose trade is held, the partner's with it. */
  readonly usdAll: number;
  /** `usd / usdAll`: part of the trade with the economies that are held, so no less than the part of all trade. */
  readonly share: number;
  /** Economies that are held with trade in the code. */
  readonly partners: number;
  /** The largest other one. */
  readonly next: { readonly state: State; readonly share: number } | null;
  readonly sources: readonly string[];
}

/** Imports of `state` from `partner`, product by product, the largest first; codes that it does not buy from it are left out. */
export function importsFrom(trade: readonly TradeRow[], state: State, partner: State, year: number): PartnerTrade[] {
  return tradeByCode(trade, "importer", state, year)
    .flatMap(({ hs6, period, rows }) => partnerTrade(hs6, period, rows, "exporter", partner) ?? [])
    .sort(largestFirst);
}

/** Exports of `state` to `partner` by heading of four digits, the largest first: of each heading the last year up to `year`. */
export function exportsByHeading(
  trade: readonly TradeRow[],
  state: State,
  partner: State,
  year: number,
): PartnerTrade[] {
  const headings = new Map<string, TradeRow[]>();
  for (const { hs6, period, rows } of tradeByCode(trade, "exporter", state, year)) {
    const heading = hs6.slice(0, 4);
    const found = headings.get(heading);
    // A code whose last year is an older one would mix years.
    if (!found || found[0]!.period < period) headings.set(heading, [...rows]);
    else if (found[0]!.period === period) found.push(...rows);
  }
  return [...headings]
    .flatMap(([heading, rows]) => partnerTrade(heading, rows[0]!.period, rows, "importer", partner) ?? [])
    .sort(largestFirst);
}

function partnerTrade(
  code: string,
  period: string,
  rows: readonly TradeRow[],
  side: "exporter" | "importer",
  partner: State,
): PartnerTrade | undefined {
  const byState = new Map<State, number>();
  for (const r of rows) byState.set(r[side], (byState.get(r[side]) ?? 0) + r.usd);
  const usd = byState.get(partner) ?? 0;
  const usdAll = usdOf(rows);
  if (usd === 0) return undefined;
  const [next] = [...byState].filter(([s]) => s !== partner).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    code,
    period,
    usd,
    usdAll,
    share: usd / usdAll,
    partners: byState.size,
    next: next ? { state: next[0], share: next[1] / usdAll } : null,
    sources: sourcesOf(rows),
  };
}

function largestFirst(a: PartnerTrade, b: PartnerTrade): number {
  return b.usd - a.usd || (a.code < b.code ? -1 : 1);
}

/** A product in the world: who has how much of it, and what is known of doing without the target. */
export interface WorldSupply {
  readonly id: string;
  readonly name: string;
  /** `mine`, `refinery`, `plant`, `making`, ... */
  readonly stage: string;
  readonly basis: string;
  readonly period: string;
  /** Shares of world supply, from 0 to 1. */
  readonly target: Range;
  readonly state: Range;
  /** What members supply of all that is supplied outside the target; `null` where nothing is. */
  readonly membersOutside: Range | null;
  /** The same with the state that is asked about. */
  readonly withState: Range | null;
  readonly sources: readonly string[];
}

/** A product of which the target has much, with what is known of replacing it; what no source gives is null. */
export interface Dependence extends WorldSupply {
  /** Imports less exports of the state as part of its use. */
  readonly importReliance: { readonly value: Range; readonly period: string; readonly source: string } | null;
  readonly yearsToBuild: { readonly value: Range; readonly source: string } | null;
  readonly substitutes: { readonly text: string; readonly period: string; readonly source: string } | null;
}

/** Products in the order of the target's certain share of the world, those of which it certainly has `least` or more. */
export function dependences<T extends WorldSupply>(supplies: readonly T[], least: number): T[] {
  return supplies
    .filter((s) => s.target.low >= least)
    .sort((a, b) => b.target.low - a.target.low || b.target.high - a.target.high || (a.id < b.id ? -1 : 1));
}
