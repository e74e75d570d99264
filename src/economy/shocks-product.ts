import { type Accounts, type TradeTable, tradeTotals } from "./base-pack.ts";
import { type ProductFlow, sectorTrade } from "./shocks-controls.ts";

/** The part of each flow of a sector that is one product; at `n * N + i`, home sales at `n * N + n`. */
export interface ProductParts {
  readonly part: Float64Array;
  /** Pairs whose trade in the product exceeds the sector's: the whole sector is taken. */
  readonly exceeding: readonly { readonly exporter: string; readonly importer: string }[];
  /** Pairs that trade the sector and for which there is no figure of the product: taken as none. */
  readonly unmeasured: number;
}

/**
 * The part of a sector's flows that products make up, from their trade. What a country sells at home is unknown: it is assumed to
 * hold as much of the products as what it sells abroad.
 */
export function productParts(table: TradeTable, sector: string, flows: readonly ProductFlow[]): ProductParts {
  const { countries } = table;
  const N = countries.length;
  const usd = new Float64Array(N * N);
  const isMeasured = new Uint8Array(N * N);
  for (const f of flows) {
    const [i, n] = [countries.indexOf(f.exporter), countries.indexOf(f.importer)];
    if (i < 0 || n < 0 || i === n) continue;
    usd[n * N + i]! += f.usd;
    isMeasured[n * N + i] = 1;
  }
  const part = new Float64Array(N * N);
  const exceeding: { exporter: string; importer: string }[] = [];
  let unmeasured = 0;
  for (const [i, exporter] of countries.entries()) {
    let sold = 0;
    let abroad = 0;
    for (const [n, importer] of countries.entries()) {
      if (n === i) continue;
      const at = n * N + i;
      const whole = sectorTrade(table, { exporter, importer, sector });
      if (whole === 0) continue;
      if (!isMeasured[at]) unmeasured += 1;
      if (usd[at]! > whole) exceeding.push({ exporter, importer });
      part[at] = Math.min(1, usd[at]! / whole);
      sold += part[at]! * whole;
      abroad += whole;
    }
    part[i * N + i] = abroad > 0 ? sold / abroad : 0;
  }
  return { part, exceeding, unmeasured };
}

/**
 * The same world with a product as a sector of its own, last in the list: the upper bound of a ban, since nothing else of the sector can
 * then stand in for it. The product is made as the sector is, and every user of the sector and final spending buy it in the proportion
 * in which the country buys it within the sector. All totals stay what they were. Throws RangeError for a sector that is not there, an
 * id that is, and parts outside 0 to 1.
 */
export function splitProduct(
  base: TradeTable & Accounts,
  { sector, id, part }: { readonly sector: string; readonly id: string; readonly part: Float64Array },
): TradeTable & Accounts {
  const { countries, sectors } = base;
  const N = countries.length;
  const J = sectors.length;
  const j = sectors.indexOf(sector);
  if (j < 0) throw new RangeError(`the base has no sector ${sector}`);
  if (sectors.includes(id)) throw new RangeError(`the base has a sector ${id}`);
  if (part.length !== N * N || part.some((p) => !(p >= 0 && p <= 1)))
    throw new RangeError(`parts of ${sector} that are not ${N * N} numbers from 0 to 1`);
  const trade = new Float64Array((J + 1) * N * N);
  const tariffs = new Float64Array((J + 1) * N * N);
  trade.set(base.trade);
  tariffs.set(base.tariffs);
  tariffs.set(base.tariffs.subarray(j * N * N, (j + 1) * N * N), J * N * N);
  for (let at = 0; at < N * N; at++) {
    const whole = base.trade[j * N * N + at]!;
    trade[J * N * N + at] = whole * part[at]!;
    trade[j * N * N + at] = whole * (1 - part[at]!);
  }
  const split: TradeTable = { countries, sectors: [...sectors, id], trade, tariffs };
  const { spending } = tradeTotals(split);
  const bought = countries.map((_, n) => {
    const own = spending[n * (J + 1) + J]!;
    const whole = own + spending[n * (J + 1) + j]!;
    return whole > 0 ? own / whole : 0;
  });
  return {
    ...split,
    valueAddedShare: widened(base.valueAddedShare, J, (n, k, old) => old(n, k < J ? k : j)),
    finalShare: widened(base.finalShare, J, (n, k, old) => apart(n, k, (of) => old(n, of))),
    inputs: inputsWith(),
  };

  /** What was spent on the sector goes to the product and to the rest of the sector. */
  function apart(n: number, k: number, old: (k: number) => number): number {
    if (k === J) return old(j) * bought[n]!;
    return k === j ? old(j) * (1 - bought[n]!) : old(k);
  }

  function inputsWith(): Float64Array {
    const wide = new Float64Array(N * (J + 1) * (J + 1));
    for (let n = 0; n < N; n++)
      for (let user = 0; user <= J; user++) {
        const from = (n * J + (user < J ? user : j)) * J;
        for (let k = 0; k <= J; k++)
          wide[(n * (J + 1) + user) * (J + 1) + k] = apart(n, k, (of) => base.inputs[from + of]!);
      }
    return wide;
  }
}

/** An array of `J` numbers a country with one more each. */
function widened(
  values: Float64Array,
  J: number,
  value: (n: number, k: number, old: (n: number, k: number) => number) => number,
): Float64Array {
  const old = (n: number, k: number) => values[n * J + k]!;
  return Float64Array.from({ length: (values.length / J) * (J + 1) }, (_, at) =>
    value(Math.floor(at / (J + 1)), at % (J + 1), old),
  );
}
