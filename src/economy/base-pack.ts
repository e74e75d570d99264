import type { ElasticitySet } from "./elasticities.ts";
import type { TradeBase } from "./trade-base.ts";

/** Trade of a year, as published: what each country buys of each sector from each, before and with tariffs. */
export interface TradeTable {
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  /** Millions of dollars before tariffs, laid out as `TradeBase.shares`; sales at home among them. */
  readonly trade: Float64Array;
  /** Ad valorem tariffs, laid out the same. */
  readonly tariffs: Float64Array;
}

/** How production and final spending are put together; laid out as in `TradeBase`. */
export interface Accounts {
  readonly valueAddedShare: Float64Array;
  readonly inputs: Float64Array;
  readonly finalShare: Float64Array;
}

/** A base as its folder `bases/<id>/` holds it: trade as published, accounts, and the elasticity sets to choose from. */
export interface BasePack extends TradeTable, Accounts {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly licence: string;
  readonly notice?: string;
  readonly sectorNames: readonly string[];
  /** What is taken for granted where no source says it; printed with every answer. */
  readonly assumptions: readonly string[];
  readonly elasticities: readonly ElasticitySet[];
  /** The sector that holds a product code (HS, six digits). */
  readonly sectorOfProduct: ReadonlyMap<string, string>;
}

/** Totals of a trade table by country and sector, at `n * J + j`, and by country. */
export interface TradeTotals {
  /** What a sector sells at home and abroad, before tariffs. */
  readonly output: Float64Array;
  /** What a country spends on a sector, tariffs included. */
  readonly spending: Float64Array;
  /** Tariffs that a country takes in. */
  readonly revenue: Float64Array;
  /** What a country sends out beyond what it takes in. */
  readonly surplus: Float64Array;
}

/** Adds up a trade table. */
export function tradeTotals({ countries, sectors, trade, tariffs }: TradeTable): TradeTotals {
  const N = countries.length;
  const J = sectors.length;
  const output = new Float64Array(N * J);
  const spending = new Float64Array(N * J);
  const revenue = new Float64Array(N);
  const surplus = new Float64Array(N);
  for (let j = 0; j < J; j++)
    for (let n = 0; n < N; n++)
      for (let i = 0; i < N; i++) {
        const at = (j * N + n) * N + i;
        const value = trade[at]!;
        if (value === 0) continue;
        output[i * J + j]! += value;
        spending[n * J + j]! += value * (1 + tariffs[at]!);
        revenue[n]! += value * tariffs[at]!;
        surplus[i]! += value;
        surplus[n]! -= value;
      }
  return { output, spending, revenue, surplus };
}

/** The base for the model, with the trade elasticities of one set. Money in millions of dollars. */
export function tradeBaseOf(pack: TradeTable & Accounts, { theta }: Pick<ElasticitySet, "theta">): TradeBase {
  const { countries, sectors, trade, tariffs, valueAddedShare, inputs, finalShare } = pack;
  const N = countries.length;
  const J = sectors.length;
  const { output, spending, surplus } = tradeTotals(pack);
  const valueAdded = new Float64Array(N);
  for (let at = 0; at < N * J; at++) valueAdded[Math.floor(at / J)]! += valueAddedShare[at]! * output[at]!;
  const shares = trade.map((value, at) => {
    const row = Math.floor(at / N);
    const spent = spending[(row % N) * J + Math.floor(row / N)]!;
    return spent > 0 ? (value * (1 + tariffs[at]!)) / spent : 0;
  });
  return {
    ...{ countries, sectors, theta: Float64Array.from(theta), shares, tariffs: tariffs.slice() },
    ...{ valueAddedShare, inputs, finalShare, valueAdded, surplus },
  };
}
