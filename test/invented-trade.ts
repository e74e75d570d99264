import type { TradeBase } from "../src/economy/trade-base.ts";
import { mulberry32 } from "./random.ts";

/** What an invented world is made of. */
export interface InventedTrade {
  readonly countries: number;
  readonly sectors: number;
  readonly seed: number;
  /** Whether some sectors are not traded, some flows are zero and some sectors use no materials. */
  readonly gaps?: boolean;
}

/** A world of random shares, tariffs and elasticities. Its trade does not balance before it is solved. */
export function inventedTrade({ countries, sectors, seed, gaps = false }: InventedTrade): TradeBase {
  const random = mulberry32(seed);
  const N = countries;
  const J = sectors;
  const shares = new Float64Array(J * N * N);
  const tariffs = new Float64Array(J * N * N);
  for (let j = 0; j < J; j++) {
    const isHome = gaps && j % 4 === 3;
    for (let n = 0; n < N; n++) {
      const row = (j * N + n) * N;
      let sum = 0;
      for (let i = 0; i < N; i++) {
        const isZero = i !== n && (isHome || (gaps && random() < 0.2));
        const share = isZero ? 0 : (i === n ? 3 : 1) * (0.1 + random() ** 3) * (1 + i);
        shares[row + i] = share;
        sum += share;
        tariffs[row + i] = i === n ? 0 : Math.round(random() * 20) / 100;
      }
      for (let i = 0; i < N; i++) shares[row + i]! /= sum;
    }
  }
  const valueAddedShare = Float64Array.from({ length: N * J }, (_, at) =>
    gaps && at % 7 === 0 ? 1 : 0.3 + 0.5 * random(),
  );
  const parts = (groups: number, whole: (group: number) => number) => {
    const values = new Float64Array(groups * J);
    for (let g = 0; g < groups; g++) {
      let sum = 0;
      for (let j = 0; j < J; j++) sum += values[g * J + j] = 0.05 + random();
      for (let j = 0; j < J; j++) values[g * J + j]! *= whole(g) / sum;
    }
    return values;
  };
  return {
    countries: Array.from({ length: N }, (_, n) => `C${n + 1}`),
    sectors: Array.from({ length: J }, (_, j) => `S${j + 1}`),
    theta: Float64Array.from({ length: J }, () => 1.5 + 8 * random()),
    shares,
    tariffs,
    valueAddedShare,
    inputs: parts(N * J, (g) => (valueAddedShare[g]! < 1 ? 1 : 0)),
    finalShare: parts(N, () => 1),
    valueAdded: Float64Array.from({ length: N }, (_, n) => (1 + n) * (0.5 + random())),
    surplus: new Float64Array(N),
  };
}
