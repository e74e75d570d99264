import type { State } from "../domain/states.ts";

/** Annual trade in one product code of six digits. */
export interface TradeRow {
  readonly hs6: string;
  readonly exporter: State;
  readonly importer: State;
  readonly period: string;
  /** US dollars. */
  readonly usd: number;
  readonly source: string;
}

/** Rows of one code into or out of one state, all of one year. */
export interface CodeYear {
  readonly hs6: string;
  readonly period: string;
  readonly rows: readonly TradeRow[];
}

/**
 * The trade of `state` as `side`, code by code: of each code the last year on record that had begun by `year`, else the first.
 * Codes in their order.
 */
export function tradeByCode(
  trade: readonly TradeRow[],
  side: "exporter" | "importer",
  state: State,
  year: number,
): CodeYear[] {
  const codes = new Map<string, TradeRow[]>();
  for (const row of trade) {
    if (row[side] !== state) continue;
    const rows = codes.get(row.hs6);
    if (rows) rows.push(row);
    else codes.set(row.hs6, [row]);
  }
  return [...codes].sort(byText).map(([hs6, rows]) => {
    const years = [...new Set(rows.map((r) => r.period))].sort();
    const period = years.findLast((y) => Number(y.slice(0, 4)) <= year) ?? years[0]!;
    return { hs6, period, rows: rows.filter((r) => r.period === period) };
  });
}

function byText(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

/** US dollars of the rows. */
export function usdOf(rows: readonly TradeRow[]): number {
  return rows.reduce((sum, r) => sum + r.usd, 0);
}

/** Where the rows come from, each source once, in order. */
export function sourcesOf(rows: readonly { readonly source: string }[]): string[] {
  return [...new Set(rows.map((r) => r.source))].sort();
}
