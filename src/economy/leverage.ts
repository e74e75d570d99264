import type { State } from "../domain/states.ts";
import type { WorldSupply } from "./exposure.ts";
import { sourcesOf, type TradeRow, tradeByCode, usdOf } from "./trade-rows.ts";

/** What the target buys from members in one product code. */
export interface MemberPurchases {
  readonly code: string;
  readonly period: string;
  /** US dollars from members, from the state that is asked about, and from all economies that are held. */
  readonly usd: number;
  readonly usdState: number;
  readonly usdAll: number;
  readonly share: number;
  /** With the state, where it is no member. */
  readonly shareWithState: number;
  readonly sources: readonly string[];
}

/** The target's imports from `members`, product by product, the largest first. */
export function purchasesFrom(
  trade: readonly TradeRow[],
  target: State,
  members: readonly State[],
  state: State,
  year: number,
): MemberPurchases[] {
  return tradeByCode(trade, "importer", target, year)
    .map(({ hs6, period, rows }) => {
      const usdAll = usdOf(rows);
      const usd = usdOf(rows.filter((r) => members.includes(r.exporter)));
      const usdState = usdOf(rows.filter((r) => r.exporter === state));
      const both = members.includes(state) ? usd : usd + usdState;
      return {
        code: hs6,
        period,
        usd,
        usdState,
        usdAll,
        share: usd / usdAll,
        shareWithState: both / usdAll,
        sources: sourcesOf(rows),
      };
    })
    .filter((p) => p.usd > 0 || p.usdState > 0)
    .sort((a, b) => b.usd - a.usd || b.usdState - a.usdState || (a.code < b.code ? -1 : 1));
}

/**
 * Products of which the target must buy most: it makes less than `own` of the world's, and members (the state with them)
 * certainly hold `least` or more of the rest. The strongest first.
 */
export function leverageOver<T extends WorldSupply>(supplies: readonly T[], own: number, least: number): T[] {
  return supplies
    .filter((s) => s.target.high < own && s.withState !== null && s.withState.low >= least)
    .sort((a, b) => b.withState!.low - a.withState!.low || a.target.high - b.target.high || (a.id < b.id ? -1 : 1));
}
