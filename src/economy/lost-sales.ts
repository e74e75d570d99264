import { type Range, ZERO } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import { sourcesOf, type TradeRow, tradeByCode, usdOf } from "./trade-rows.ts";

/** How hard a sale is controlled: 0 open, 1 licence, 2 closed in practice, 3 closed by law; certain and possible. */
export interface Control {
  readonly low: number;
  readonly high: number;
}

/** A world market with its year. */
export interface Market {
  /** US dollars a year. */
  readonly value: Range;
  readonly period: string;
  readonly source: string;
}

export interface FirmShareRow {
  readonly name: string;
  /** Part of the world market, from 0 to 1. */
  readonly share: Range;
  readonly source: string;
}

/** A class of goods as one state's desk sees it. */
export interface DeskClass {
  readonly id: string;
  readonly name: string;
  readonly basis: string;
  readonly hs6: readonly string[];
  /** The state's goods under the coalition as it is, and once the state has joined it. */
  readonly now: Control;
  readonly joined: Control;
  /** The hardest control of any other member's own goods under the coalition as it is. */
  readonly others: Control;
  /** The state's part of world supply; null where no row names it. */
  readonly share: Range | null;
  readonly period: string;
  readonly market: Market | null;
  readonly firms: readonly FirmShareRow[];
  readonly sources: readonly string[];
}

/** Sales of one class that a control reaches. */
export interface ClassSales {
  readonly id: string;
  readonly name: string;
  readonly control: Control;
  readonly hs6: readonly string[];
  /** The state's sales of the class to the whole world, by headquarters or plant: share times market; null where one is unknown. */
  readonly worldSales: Range | null;
  readonly sources: readonly string[];
}

/** Sales to the target in one product code. */
export interface CodeSales {
  readonly code: string;
  readonly period: string;
  /** All that customs count in the code; the classes are a part of it. */
  readonly usd: number;
  /** The hardest control of the classes that share the code. */
  readonly control: Control;
  readonly classes: readonly string[];
  readonly sources: readonly string[];
}

/** Sales to the target that the law takes or puts under licence, in US dollars a year. */
export interface LostSales {
  readonly classes: readonly ClassSales[];
  readonly codes: readonly CodeSales[];
  /** Codes of controlled classes for which no trade is held: unknown, not nothing. */
  readonly codesUnknown: readonly string[];
  /** Classes that no product code is known of: what is sold of them is not known either. */
  readonly classesUncoded: readonly string[];
  /**
   * In the codes that are held, from nothing to all that customs count: a code holds more than its classes. Null where classes
   * are controlled and no code is held.
   */
  readonly closed: Range | null;
  readonly controlled: Range | null;
}

/** Rank from which a sale counts as closed. */
const CLOSED = 2;

/** What `state` stands to lose of its sales to `target` in classes that `control` may reach. */
export function lostSales(
  classes: readonly DeskClass[],
  trade: readonly TradeRow[],
  q: { readonly state: State; readonly target: State; readonly year: number },
  control: (c: DeskClass) => Control,
): LostSales {
  const reached = classes.filter((c) => control(c).high > 0 && c.share !== null);
  return {
    classes: reached.map((c) => classSales(c, control(c))),
    ...codeSales(reached, trade, q, [q.state], control),
  };
}

/** The market that others leave, and that of their own which the target would leave. */
export interface Openings {
  /** What other members sell to the target in classes that the state supplies and their law may take. */
  readonly withdrawn: Omit<LostSales, "classes">;
  /** What other members buy from the target in the same codes: open to others where they keep its goods out. */
  readonly replaced: Omit<LostSales, "classes">;
}

/** Sales that open to `state` when the other `members` withdraw from the target, and when they keep the target's goods out. */
export function openings(
  classes: readonly DeskClass[],
  trade: readonly TradeRow[],
  q: { readonly state: State; readonly target: State; readonly year: number; readonly members: readonly State[] },
): Openings {
  const supplied = classes.filter((c) => c.share !== null && c.share.high > 0);
  const others = q.members.filter((m) => m !== q.state);
  const left = supplied.filter((c) => c.others.high > 0);
  return {
    withdrawn: codeSales(left, trade, q, others, (c) => c.others),
    replaced: replaced(supplied, trade, q, others),
  };
}

function replaced(
  supplied: readonly DeskClass[],
  trade: readonly TradeRow[],
  q: { readonly target: State; readonly year: number },
  buyers: readonly State[],
): Omit<LostSales, "classes"> {
  const codes = codesOf(supplied);
  const found = tradeByCode(trade, "exporter", q.target, q.year).flatMap(({ hs6, period, rows }): CodeSales[] => {
    const bought = rows.filter((r) => buyers.includes(r.importer));
    if (!codes.has(hs6) || bought.length === 0) return [];
    const names = codes.get(hs6)!.map((c) => c.name);
    const control = { low: 0, high: 0 };
    return [{ code: hs6, period, usd: usdOf(bought), control, classes: names, sources: sourcesOf(bought) }];
  });
  const usd = found.reduce((sum, c) => sum + c.usd, 0);
  return {
    codes: found.sort(largestFirst),
    codesUnknown: buyers.length === 0 ? [] : [...codes.keys()].filter((c) => !found.some((f) => f.code === c)).sort(),
    classesUncoded: uncoded(supplied),
    closed: null,
    controlled: supplied.length > 0 && buyers.length > 0 && found.length === 0 ? null : { low: 0, high: usd },
  };
}

function classSales(c: DeskClass, control: Control): ClassSales {
  const worldSales =
    c.market && c.share ? { low: c.share.low * c.market.value.low, high: c.share.high * c.market.value.high } : null;
  const sources = [...new Set([...c.sources, ...(worldSales ? [c.market!.source] : [])])].sort();
  return { id: c.id, name: c.name, control, hs6: c.hs6, worldSales, sources };
}

function codeSales(
  reached: readonly DeskClass[],
  trade: readonly TradeRow[],
  q: { readonly target: State; readonly year: number },
  sellers: readonly State[],
  control: (c: DeskClass) => Control,
): Omit<LostSales, "classes"> {
  const codes = codesOf(reached);
  const found = tradeByCode(trade, "importer", q.target, q.year).flatMap(({ hs6, period, rows }): CodeSales[] => {
    const sold = rows.filter((r) => sellers.includes(r.exporter));
    const sharing = codes.get(hs6);
    if (!sharing || sold.length === 0) return [];
    const hardest = {
      low: Math.max(...sharing.map((c) => control(c).low)),
      high: Math.max(...sharing.map((c) => control(c).high)),
    };
    const names = sharing.map((c) => c.name);
    return [{ code: hs6, period, usd: usdOf(sold), control: hardest, classes: names, sources: sourcesOf(sold) }];
  });
  const upTo = (rank: number): Range | null => {
    if (found.length === 0) return reached.length === 0 ? ZERO : null;
    return { low: 0, high: found.filter((c) => c.control.high >= rank).reduce((sum, c) => sum + c.usd, 0) };
  };
  return {
    codes: found.sort(largestFirst),
    codesUnknown: [...codes.keys()].filter((c) => !found.some((f) => f.code === c)).sort(),
    classesUncoded: uncoded(reached),
    closed: upTo(CLOSED),
    controlled: upTo(1),
  };
}

function uncoded(classes: readonly DeskClass[]): string[] {
  return classes.filter((c) => c.hs6.length === 0).map((c) => c.name);
}

/** Classes by the codes that they share, so that no code is counted twice. */
function codesOf(classes: readonly DeskClass[]): Map<string, DeskClass[]> {
  const codes = new Map<string, DeskClass[]>();
  for (const c of classes) {
    for (const code of c.hs6) {
      const found = codes.get(code);
      if (found) found.push(c);
      else codes.set(code, [c]);
    }
  }
  return codes;
}

function largestFirst(a: CodeSales, b: CodeSales): number {
  return b.usd - a.usd || (a.code < b.code ? -1 : 1);
}

/** What of a firm's revenue comes from the target, as reported. */
export interface FirmExposure {
  readonly name: string;
  /** Part of revenue, from 0 to 1. */
  readonly value: Range;
  readonly period: string;
  readonly sources: readonly string[];
}

/** A firm's sales of controlled classes. */
export interface FirmSales {
  readonly name: string;
  readonly classes: readonly string[];
  /**
   * To the whole world, US dollars a year: shares times markets. From the largest class to the sum of all: some classes of the
   * packs are parts of others.
   */
  readonly worldSales: Range;
  readonly exposure: FirmExposure | null;
  /** To the target if it buys of these classes what it buys of all that the firm sells: an assumption. */
  readonly toTarget: Range | null;
  readonly sources: readonly string[];
}

/** Sales of the firms of the state in classes that `control` may reach, the largest first; classes without a market size are left out. */
export function firmSales(
  classes: readonly DeskClass[],
  exposures: readonly FirmExposure[],
  control: (c: DeskClass) => Control,
): FirmSales[] {
  const firms = new Map<string, { classes: string[]; low: number; high: number; sources: Set<string> }>();
  for (const c of classes) {
    if (!c.market || control(c).high === 0) continue;
    for (const f of c.firms) {
      const found = firms.get(f.name) ?? { classes: [], low: 0, high: 0, sources: new Set<string>() };
      found.classes.push(c.name);
      found.low = Math.max(found.low, f.share.low * c.market.value.low);
      found.high += f.share.high * c.market.value.high;
      for (const s of [f.source, c.market.source]) found.sources.add(s);
      firms.set(f.name, found);
    }
  }
  return [...firms]
    .map(([name, f]): FirmSales => {
      const exposure = exposures.find((e) => e.name === name) ?? null;
      const worldSales = { low: f.low, high: f.high };
      return {
        name,
        classes: f.classes,
        worldSales,
        exposure,
        toTarget: exposure && { low: f.low * exposure.value.low, high: f.high * exposure.value.high },
        sources: [...f.sources].sort(),
      };
    })
    .sort((a, b) => b.worldSales.high - a.worldSales.high || (a.name < b.name ? -1 : 1));
}
