import type { ShortRunTable } from "./rationing-table.ts";

/** A bound on what a loss of output does to others, without time, stocks or prices: never a forecast. */
export interface LossBound {
  readonly kind: "bound";
  readonly method: "ghosh" | "no-stocks" | "leontief";
  /** What it bounds, for the reader. */
  readonly label: string;
  /** Part of output lost, by industry. */
  readonly loss: Float64Array;
}

const MOST_SWEEPS = 10_000;
const RESTS = 1e-13;

/**
 * Losses downstream if every user could stretch each input: output falls by the cost share of what is missing. Ghosh's model with the
 * output of the industries hit given (Miller and Blair, Input-Output Analysis, 2nd edition 2009, chapters 12 and 13). `direct` is the part
 * of output lost, by industry. Never above `noStockBound`; the low end only where every input counts by its cost, and stocks are gone.
 */
export function ghoshBound(table: ShortRunTable, direct: Float64Array): LossBound {
  const J = table.sectors.length;
  const loss = settle(
    direct,
    (f, short) => {
      let lost = 0;
      for (let k = 0; k < J; k++) lost += table.use[f * J + k]! * short[Math.floor(f / J) * J + k]!;
      return table.output[f]! > 0 ? lost / table.output[f]! : 0;
    },
    table,
  );
  return {
    kind: "bound",
    method: "ghosh",
    label: "downstream, low end once stocks are gone: inputs stand in for one another by their cost",
    loss,
  };
}

/**
 * Losses downstream if nothing stood in for anything and nobody had stocks: output falls by the largest part of an input that is missing,
 * which each source rations in proportion. No industry loses more for want of inputs; for want of orders it may.
 */
export function noStockBound(table: ShortRunTable, direct: Float64Array): LossBound {
  const J = table.sectors.length;
  const loss = settle(
    direct,
    (f, short) => {
      let most = 0;
      for (let k = 0; k < J; k++)
        if (table.use[f * J + k]! > 0) most = Math.max(most, short[Math.floor(f / J) * J + k]!);
      return Math.max(most, direct[f]!);
    },
    table,
    true,
  );
  return {
    kind: "bound",
    method: "no-stocks",
    label: "downstream, high end: fixed proportions, every input essential, no stocks",
    loss,
  };
}

/** Missing parts of each product in each country are worked out from losses, and losses from them, until they rest. */
function settle(
  direct: Float64Array,
  next: (f: number, short: Float64Array) => number,
  { countries, sectors, source }: ShortRunTable,
  hitToo = false,
): Float64Array {
  const N = countries.length;
  const J = sectors.length;
  const loss = direct.slice();
  const short = new Float64Array(N * J);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    short.fill(0);
    for (let k = 0; k < J; k++)
      for (let n = 0; n < N; n++)
        for (let i = 0; i < N; i++) short[n * J + k]! += source[(k * N + n) * N + i]! * loss[i * J + k]!;
    let moved = 0;
    for (let f = 0; f < loss.length; f++) {
      if (direct[f]! > 0 && !hitToo) continue;
      const value = next(f, short);
      moved = Math.max(moved, Math.abs(value - loss[f]!));
      loss[f] = value;
    }
    if (moved <= RESTS) break;
  }
  return loss;
}

/**
 * Losses upstream while final buyers keep buying all else: what the industries hit no longer order, and what their suppliers no longer
 * order for that. Leontief's model with the output of the industries hit given (Miller and Blair 2009, chapter 13).
 */
export function leontiefBound(table: ShortRunTable, direct: Float64Array): LossBound {
  const { output, use, source } = table;
  const N = table.countries.length;
  const J = table.sectors.length;
  const loss = direct.slice();
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const missing = new Float64Array(N * J);
    for (let f = 0; f < loss.length; f++)
      for (let k = 0; k < J; k++) missing[Math.floor(f / J) * J + k]! += use[f * J + k]! * loss[f]!;
    const orders = new Float64Array(N * J);
    for (let k = 0; k < J; k++)
      for (let n = 0; n < N; n++)
        for (let i = 0; i < N; i++) orders[i * J + k]! += source[(k * N + n) * N + i]! * missing[n * J + k]!;
    let moved = 0;
    for (let f = 0; f < loss.length; f++) {
      if (direct[f]! > 0 || !(output[f]! > 0)) continue;
      const value = orders[f]! / output[f]!;
      moved = Math.max(moved, Math.abs(value - loss[f]!));
      loss[f] = value;
    }
    if (moved <= RESTS) break;
  }
  return {
    kind: "bound",
    method: "leontief",
    label: "upstream: orders lost while final demand holds, no stocks",
    loss,
  };
}
