/**
 * A world in a base year: who buys what from whom, how production is put together, and what it pays. Countries and sectors are
 * numbered; arrays are flat, `n` the importer or the country itself, `i` the exporter, `j` and `k` sectors.
 */
export interface TradeBase {
  readonly countries: readonly string[];
  readonly sectors: readonly string[];
  /** Dispersion of productivity and with it the trade elasticity of each sector, above 0 (`theta`). */
  readonly theta: Float64Array;
  /** Share of supplier `i` in what `n` spends on `j`, tariffs included; at `(j * N + n) * N + i`; rows sum to 1, or to 0 where nothing is bought. */
  readonly shares: Float64Array;
  /** Ad valorem tariff of `n` on `j` from `i`, 0.25 for 25 per cent; laid out as `shares`. */
  readonly tariffs: Float64Array;
  /** Share of value added in the output of `j` in `n`; at `n * J + j`. */
  readonly valueAddedShare: Float64Array;
  /** Share of `k` in the material costs of `j` in `n`; at `(n * J + j) * J + k`; sums to 1 over `k`, or to 0 where nothing is used. */
  readonly inputs: Float64Array;
  /** Share of `j` in final spending of `n`; at `n * J + j`; sums to 1 over `j`. */
  readonly finalShare: Float64Array;
  /** Value added of `n`, in the money of the base. */
  readonly valueAdded: Float64Array;
  /** Trade surplus of `n` in the same money: what it sends out beyond what it takes in; sums to 0. */
  readonly surplus: Float64Array;
}

/** Tariffs and iceberg costs that a scenario changes. */
export interface Shock {
  /** Tariffs of the scenario, laid out as `TradeBase.shares`. */
  readonly tariffs: Float64Array;
  /** Factor on the iceberg cost of each flow, 1 for no change; laid out as `TradeBase.shares`. */
  readonly costs: Float64Array;
}

/** The shock that changes nothing. */
export function noShock({ tariffs }: TradeBase): Shock {
  return { tariffs, costs: new Float64Array(tariffs.length).fill(1) };
}
