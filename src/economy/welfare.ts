import type { Equilibrium } from "./equilibrium.ts";
import type { TradeBase } from "./trade-base.ts";

/** What a scenario does to one country. Wage, price, real wage and exact welfare are hats (1 = no change); the linear parts are fractions. */
export interface CountryOutcome {
  readonly id: string;
  readonly wage: number;
  /** Hat of the price index of final spending. */
  readonly price: number;
  /** Wage over price. */
  readonly realWage: number;
  /** Income, with tariff revenue and deficit, over price. */
  readonly welfareExact: number;
  /** First-order effect of what the country's exports and imports cost at their source, as a fraction of income. */
  readonly termsOfTrade: number;
  /** First-order effect of tariff revenue on what is traded, as a fraction of income. */
  readonly volumeOfTrade: number;
  /** Terms and volume of trade together: the measure that Caliendo and Parro publish. */
  readonly welfareLinear: number;
}

/**
 * Welfare of each country after a shock, against the base equilibrium `before`: real wage and exact welfare from equations 14
 * and 15 of Caliendo and Parro (2015), and the linear decomposition of equation 16 at base flows,
 * with changes taken as hats less one, which is how the published table is computed.
 */
export function countryOutcomes(base: TradeBase, before: Equilibrium, after: Equilibrium): CountryOutcome[] {
  const N = base.countries.length;
  const J = base.sectors.length;
  const terms = new Float64Array(N);
  const volume = new Float64Array(N);
  for (let j = 0; j < J; j++) {
    for (let n = 0; n < N; n++) {
      for (let i = 0; i < N; i++) {
        const at = (j * N + n) * N + i;
        const flow = flowAt(before, base, { j, n, i, at });
        if (flow === 0) continue;
        const cost = after.cost[i * J + j]! - 1;
        terms[i]! += flow * cost;
        terms[n]! -= flow * cost;
        const tariff = before.tariffs[at]!;
        if (tariff !== 0) {
          const change = flowAt(after, base, { j, n, i, at }) / flow - 1;
          volume[n]! += tariff * flow * (change - cost);
        }
      }
    }
  }
  return base.countries.map((id, n) => {
    let logPrice = 0;
    for (let j = 0; j < J; j++) {
      const share = base.finalShare[n * J + j]!;
      if (share > 0) logPrice += share * Math.log(after.price[n * J + j]!);
    }
    const wage = after.wage[n]!;
    const price = Math.exp(logPrice);
    const income = before.income[n]!;
    const termsOfTrade = terms[n]! / income;
    const volumeOfTrade = volume[n]! / income;
    return {
      id,
      wage,
      price,
      realWage: wage / price,
      welfareExact: after.income[n]! / income / price,
      termsOfTrade,
      volumeOfTrade,
      welfareLinear: termsOfTrade + volumeOfTrade,
    };
  });
}

interface Flow {
  readonly j: number;
  readonly n: number;
  readonly i: number;
  readonly at: number;
}

/** What `n` buys of `j` from `i`, before tariffs. */
function flowAt(of: Equilibrium, { sectors }: TradeBase, { j, n, at }: Flow): number {
  return (of.shares[at]! * of.spending[n * sectors.length + j]!) / (1 + of.tariffs[at]!);
}
