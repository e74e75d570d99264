import type { NextMember } from "../closure/assessment.ts";
import type { TradeLookup } from "../closure/leaks.ts";
import type { IsoDate } from "../domain/dates.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import type { Pack, TradeFlow } from "../supply/pack.ts";

const BY_PAIR = new WeakMap<readonly TradeFlow[], Map<string, TradeFlow[]>>();

function byPair(trade: readonly TradeFlow[]): Map<string, TradeFlow[]> {
  return remember(BY_PAIR, trade, () => {
    const pairs = new Map<string, TradeFlow[]>();
    for (const t of trade) remember(pairs, `${t.exporter} ${t.importer}`, () => []).push(t);
    return pairs;
  });
}

/** Flows of a state to the target in the last year on record that had begun by `asOf`; else the first on record. */
function flowsTo(
  pack: Pick<Pack, "trade">,
  state: State,
  target: State,
  hs6: readonly string[],
  asOf: IsoDate,
): readonly TradeFlow[] {
  const all = (byPair(pack.trade).get(`${state} ${target}`) ?? []).filter((t) => hs6.includes(t.hs6));
  const years = [...new Set(all.map((t) => t.period))].sort();
  const year = years.findLast((y) => y <= asOf.slice(0, 4)) ?? years[0];
  return all.filter((t) => t.period === year);
}

/** What a state sells to the target in the product codes of a leak: a code holds more than the class, so zero to all of it. */
export function tradeLookup(pack: Pick<Pack, "trade">, target: State, asOf: IsoDate): TradeLookup {
  return (state, hs6) => {
    const sales = salesOf(pack, state, target, hs6, asOf);
    return sales && { value: sales.usd, period: sales.period, what: sales.what, source: sales.source };
  };
}

/** What a candidate sells to the target in the product codes of the classes that it supplies. */
export function salesLookup(
  pack: Pick<Pack, "trade">,
  target: State,
  asOf: IsoDate,
): (state: State, hs6: readonly string[]) => NextMember["salesToTarget"] {
  return (state, hs6) => salesOf(pack, state, target, hs6, asOf);
}

function salesOf(
  pack: Pick<Pack, "trade">,
  state: State,
  target: State,
  hs6: readonly string[],
  asOf: IsoDate,
): NextMember["salesToTarget"] {
  const flows = flowsTo(pack, state, target, hs6, asOf);
  const [first] = flows;
  if (!first) return undefined;
  const usd = flows.reduce((sum, t) => sum + t.usd, 0);
  return { usd: { low: 0, high: usd }, period: first.period, source: first.source, what: codesOf(flows, hs6) };
}

/** The codes that the figure covers; a code without a figure is named, since it is not known to be nothing. */
function codesOf(flows: readonly TradeFlow[], hs6: readonly string[]): string {
  const codes = [...new Set(flows.map((f) => f.hs6))].sort();
  const unknown = hs6.filter((c) => !codes.includes(c)).sort();
  const rest = unknown.length > 0 ? `; no figure for ${unknown.join(", ")}` : "";
  return `HS ${codes.join(", ")}: more than the class, so at most${rest}`;
}
