import type { SolvedBase } from "./solve.ts";

/**
 * Who delivers what to whom in a normal week, at producers' prices. An industry is a sector in a country, at `n * J + j`; `k` is a product,
 * numbered as the sector that makes it.
 */
export interface ShortRunTable {
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  /** Output of each industry. */
  readonly output: Float64Array;
  /** What industry `f` uses of product `k`, from wherever; at `f * J + k`. */
  readonly use: Float64Array;
  /** What final buyers in `n` take of product `k`; at `n * J + k`. */
  readonly final: Float64Array;
  /** Part of what `n` takes of `k` that comes from `i`; at `(k * N + n) * N + i`; rows sum to 1, or to 0 where nothing is bought. */
  readonly source: Float64Array;
}

const WEEKS_A_YEAR = 52;

/** The table of a normal week of a solved base: yearly flows by 52, before tariffs. */
export function shortRunTable({ base, equilibrium }: SolvedBase): ShortRunTable {
  const N = base.countries.length;
  const J = base.sectors.length;
  const { shares, tariffs, spending } = equilibrium;
  const source = new Float64Array(J * N * N);
  const taken = new Float64Array(N * J);
  const output = new Float64Array(N * J);
  for (let k = 0; k < J; k++) {
    for (let n = 0; n < N; n++) {
      const row = (k * N + n) * N;
      let paid = 0;
      for (let i = 0; i < N; i++) paid += shares[row + i]! / (1 + tariffs[row + i]!);
      taken[n * J + k] = (paid * spending[n * J + k]!) / WEEKS_A_YEAR;
      if (!(paid > 0)) continue;
      for (let i = 0; i < N; i++) {
        const part = shares[row + i]! / (1 + tariffs[row + i]!) / paid;
        source[row + i] = part;
        output[i * J + k]! += part * taken[n * J + k]!;
      }
    }
  }
  const use = new Float64Array(N * J * J);
  const final = taken.slice();
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < J; j++) {
      const f = n * J + j;
      const materials = (1 - base.valueAddedShare[f]!) * output[f]!;
      for (let k = 0; k < J; k++) {
        const at = n * J + k;
        // What tariffs take of the money for materials buys nothing.
        const bought = spending[at]! > 0 ? (taken[at]! * WEEKS_A_YEAR) / spending[at]! : 0;
        use[f * J + k] = base.inputs[f * J + k]! * materials * bought;
        final[at]! -= use[f * J + k]!;
      }
    }
  }
  // Where industries take all of a product, the rest is nothing but rounding.
  for (let at = 0; at < final.length; at++) final[at] = Math.max(0, final[at]!);
  return { countries: base.countries, sectors: base.sectors, output, use, final, source };
}
