import { InputError } from "../domain/errors.ts";
import { createInputStocks, type InputCut, type InputStocks } from "./inventories.ts";
import type { ShortRunTable } from "./rationing-table.ts";

/** Deliveries of a product between two countries that are held down for some weeks. */
export interface FlowCut {
  readonly importer: number;
  readonly exporter: number;
  readonly sector: number;
  /** Part of the normal deliveries that is not let through, from 0 to 1, week by week; after the last week all of it is. */
  readonly missing: readonly number[];
}

/** What falls short: inputs finer than a sector, deliveries between countries, or both. */
export interface ShortRunCut {
  readonly inputs?: readonly InputCut[];
  readonly flows?: readonly FlowCut[];
}

/** How industries keep stocks; figures of the reader, not of the table. */
export interface ShortRunSettings {
  /** Weeks to go through. */
  readonly weeks: number;
  /** Stock of each product at its users, in weeks of normal use, the first week's own included; at least 1. */
  readonly stockWeeks: ArrayLike<number>;
  /** Weeks in which a gap in a stock is filled; at least 1. */
  readonly refill: number;
  /** Most output, as a multiple of normal; at least 1. */
  readonly capacity: number;
  /** Whether sector `j` stops without product `k`, at `k * J + j`: 1 or 0; all do where left out. */
  readonly essential?: Uint8Array;
}

/** One week: amounts as in the table. */
export interface ShortRunWeek {
  /** By industry. */
  readonly output: Float64Array;
  /** What final buyers in `n` got of `k`; at `n * J + k`. */
  readonly final: Float64Array;
  /** All users' stocks of each product when the week is over. */
  readonly stock: Float64Array;
  /** Stocks of each cut input when the week is over, in weeks of normal use of each user. */
  readonly inputStock: readonly Float64Array[];
}

/**
 * Goes week by week through a shortage: each industry plans what is ordered of it, up to its capacity; makes as much of that as its stocks
 * of every essential input allow; shares it among all who ordered, final buyers too, in proportion to their orders; then
 * orders `what it used + (normal stock - stock) / refill`, from the same countries as ever. What final buyers do not get is lost.
 * The adaptive regional input-output model with inventories (Hallegatte, Risk Analysis 28(3), 2008 and 34(1), 2014) with output
 * limited by what stocks hold, as in Henriet, Hallegatte and Tabourier (Journal of Economic Dynamics and Control 36(1), 2012) and
 * Inoue and Todo (Nature Sustainability 2, 2019); no prices, no rebuilding, capacity constant, normal stocks the aim. Throws
 * InputError with every setting that is out of bounds.
 */
export function runShortRun(table: ShortRunTable, cut: ShortRunCut, settings: ShortRunSettings): ShortRunWeek[] {
  checkShortRun(cut, settings);
  const world = createShortRun(table, cut, settings);
  return Array.from({ length: settings.weeks }, (_, t) => world(t));
}

function checkShortRun({ inputs = [], flows = [] }: ShortRunCut, settings: ShortRunSettings): void {
  const { stockWeeks, refill, capacity, weeks } = settings;
  const problems: string[] = [];
  const check = (what: string, value: number, low: number, high = Infinity) => {
    if (!(value >= low && value <= high)) problems.push(`${what} is \`${value}\``);
  };
  check("the number of weeks", weeks, 0);
  check("the time to refill a stock", refill, 1);
  check("capacity", capacity, 1);
  for (let k = 0; k < stockWeeks.length; k++) check(`the stock of product ${k + 1} in weeks`, stockWeeks[k]!, 1);
  for (const { id, missing, users } of inputs) {
    for (const part of missing) check(`what is missing of ${id}`, part, 0, 1);
    for (const u of users) {
      check(`the stock of ${id} in weeks`, u.weeks, 1);
      check(`the part of output that needs ${id}`, u.needs, 0, 1);
      check(`the use of ${id}`, u.use, 0);
    }
  }
  for (const { missing } of flows) for (const part of missing) check("what is missing of a delivery", part, 0, 1);
  if (problems.length > 0)
    throw new InputError(
      problems.map((message) => ({ code: "bad-value", message, hint: "stocks hold at least the week's own use" })),
    );
}

/** The same shortage with no product but the cut inputs essential, and with all: what lies between is not known from the table. */
export function shortRunRange(
  table: ShortRunTable,
  cut: ShortRunCut,
  settings: Omit<ShortRunSettings, "essential">,
): { readonly onlyCutInputs: readonly ShortRunWeek[]; readonly allProducts: readonly ShortRunWeek[] } {
  const none = new Uint8Array(table.sectors.length ** 2);
  return {
    onlyCutInputs: runShortRun(table, cut, { ...settings, essential: none }),
    allProducts: runShortRun(table, cut, settings),
  };
}

/** The first week, from 0, in which an industry makes less than `1 - by` of normal; undefined where it never does. */
export function firstLoss(
  { output }: ShortRunTable,
  weeks: readonly ShortRunWeek[],
  industry: number,
  by: number,
): number | undefined {
  const found = weeks.findIndex((w) => w.output[industry]! < (1 - by) * output[industry]!);
  return found < 0 ? undefined : found;
}

function createShortRun(
  table: ShortRunTable,
  { inputs = [], flows = [] }: ShortRunCut,
  { stockWeeks, refill, capacity, essential }: ShortRunSettings,
): (t: number) => ShortRunWeek {
  const { output: normal, use, final, source } = table;
  const N = table.countries.length;
  const J = table.sectors.length;
  const F = N * J;
  const stock = use.map((amount, at) => amount * stockWeeks[at % J]!);
  const order = use.slice();
  const usualTaken = takenBy(use);
  const cuts = inputs.map((c) => ({ users: c.users, stocks: createInputStocks(c, refill) }));
  const limited = usersOf(cuts);

  /** What each country takes of each product when its industries order `orders`; at `n * J + k`. */
  function takenBy(orders: Float64Array): Float64Array {
    const taken = final.slice();
    for (let f = 0; f < F; f++) for (let k = 0; k < J; k++) taken[Math.floor(f / J) * J + k]! += orders[f * J + k]!;
    return taken;
  }

  /** Orders that reach each industry; those that a cut holds back are taken off. */
  const demand = (taken: Float64Array, held: Float64Array): Float64Array => {
    const asked = new Float64Array(F);
    for (let k = 0; k < J; k++)
      for (let n = 0; n < N; n++)
        for (let i = 0; i < N; i++) asked[i * J + k]! += source[(k * N + n) * N + i]! * taken[n * J + k]!;
    for (const [c, { exporter, sector }] of flows.entries()) asked[exporter * J + sector]! -= held[c]!;
    return asked.map((x) => Math.max(0, x));
  };

  const heldBack = (taken: Float64Array, t: number): Float64Array =>
    Float64Array.from(flows, ({ importer, exporter, sector, missing }) => {
      const part = source[(sector * N + importer) * N + exporter]!;
      const most = (1 - (missing[t] ?? 0)) * usualTaken[importer * J + sector]! * part;
      return missing[t] ? Math.max(0, part * taken[importer * J + sector]! - most) : 0;
    });

  const make = (asked: Float64Array): Float64Array => {
    const made = new Float64Array(F);
    for (let f = 0; f < F; f++) {
      const usual = normal[f]!;
      if (!(usual > 0)) continue;
      const plan = Math.min(asked[f]! / usual, capacity);
      let most = plan;
      for (let k = 0; k < J; k++) {
        const need = use[f * J + k]!;
        if (need > 0 && (essential === undefined || essential[k * J + (f % J)] === 1))
          most = Math.min(most, stock[f * J + k]! / need);
      }
      const mine = limited.get(f) ?? [];
      for (const { stocks, u } of mine) most = Math.min(most, stocks.limit(u, plan));
      for (const { stocks, u } of mine) stocks.take(u, plan, most);
      made[f] = most * usual;
    }
    return made;
  };

  return (t) => {
    const taken = takenBy(order);
    const held = heldBack(taken, t);
    const asked = demand(taken, held);
    const made = make(asked);
    const filled = made.map((x, f) => (asked[f]! > 0 ? x / asked[f]! : 0));
    /** Part of its orders that each country gets of each product. */
    const got = new Float64Array(F);
    for (let k = 0; k < J; k++)
      for (let n = 0; n < N; n++)
        for (let i = 0; i < N; i++) got[n * J + k]! += source[(k * N + n) * N + i]! * filled[i * J + k]!;
    for (const [c, { importer, exporter, sector }] of flows.entries()) {
      const at = importer * J + sector;
      if (held[c]! > 0) got[at]! -= (held[c]! / taken[at]!) * filled[exporter * J + sector]!;
    }
    const left = new Float64Array(J);
    for (let f = 0; f < F; f++) {
      const share = normal[f]! > 0 ? made[f]! / normal[f]! : 0;
      for (let k = 0; k < J; k++) {
        const at = f * J + k;
        const need = use[at]! * share;
        const delivered = order[at]! * got[Math.floor(f / J) * J + k]!;
        stock[at] = stock[at]! - Math.min(need, stock[at]!) + delivered;
        order[at] = Math.max(0, need + (use[at]! * stockWeeks[k]! - stock[at]!) / refill);
        left[k]! += stock[at]!;
      }
    }
    for (const { stocks } of cuts) stocks.deliver(t);
    return {
      output: made,
      final: final.map((x, at) => x * got[at]!),
      stock: left,
      inputStock: cuts.map(({ stocks }) => stocks.weeks()),
    };
  };
}

/** The stocks that hold down each industry, and its place among their users. */
function usersOf(
  cuts: readonly { readonly users: InputCut["users"]; readonly stocks: InputStocks }[],
): ReadonlyMap<number, readonly { readonly stocks: InputStocks; readonly u: number }[]> {
  const found = new Map<number, { readonly stocks: InputStocks; readonly u: number }[]>();
  for (const { users, stocks } of cuts)
    for (const [u, { industry }] of users.entries())
      found.set(industry, [...(found.get(industry) ?? []), { stocks, u }]);
  return found;
}
