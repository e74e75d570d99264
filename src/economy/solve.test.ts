import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inventedTrade } from "../../test/invented-trade.ts";
import { type Equilibrium, solveEquilibrium } from "./equilibrium.ts";
import { solveBase, solveScenario } from "./solve.ts";
import { noShock, type Shock, type TradeBase } from "./trade-base.ts";

const N = 5;
const J = 6;
const worlds = fc.record({ countries: fc.constant(N), sectors: fc.constant(J), seed: fc.nat(1e6), gaps: fc.boolean() });
const RUNS = { seed: 20_261_122, numRuns: 25 };

const at = (base: TradeBase, j: number, n: number, i: number) =>
  (j * base.countries.length + n) * base.countries.length + i;

/** Costs multiplied where `hit` says so, tariffs changed a little everywhere. */
function shocked(base: TradeBase, factor: number, hit: (n: number, i: number) => boolean): Shock {
  const tariffs = base.tariffs.slice();
  const { costs } = noShock(base);
  const M = base.countries.length;
  for (let j = 0; j < base.sectors.length; j++)
    for (let n = 0; n < M; n++)
      for (let i = 0; i < M; i++) {
        if (n === i) continue;
        tariffs[at(base, j, n, i)]! += 0.03 * ((j + n) % 3);
        if (hit(n, i)) costs[at(base, j, n, i)]! *= factor;
      }
  return { tariffs, costs };
}

/** Value added that output pays, by country: by Walras' law it is what wages are, though only trade was balanced. */
function paidByOutput(base: TradeBase, e: Equilibrium): number[] {
  const M = base.countries.length;
  const paid = base.countries.map(() => 0);
  for (let j = 0; j < base.sectors.length; j++)
    for (let n = 0; n < M; n++)
      for (let i = 0; i < M; i++) {
        const flow =
          (e.spending[n * base.sectors.length + j]! * e.shares[at(base, j, n, i)]!) /
          (1 + e.tariffs[at(base, j, n, i)]!);
        paid[i]! += base.valueAddedShare[i * base.sectors.length + j]! * flow;
      }
  return paid;
}

describe("the trade model", () => {
  it("changes nothing without a shock", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const solved = solveBase(inventedTrade(world));
        const { countries, termination } = solveScenario(solved, noShock(solved.base));
        expect(termination).toBe("converged");
        for (const c of countries) {
          for (const hat of [c.wage, c.price, c.realWage, c.welfareExact])
            expect(Math.abs(hat - 1)).toBeLessThan(1e-10);
          for (const part of [c.termsOfTrade, c.volumeOfTrade]) expect(Math.abs(part)).toBeLessThan(1e-10);
        }
      }),
      RUNS,
    );
  });

  it("pays in wages what output pays to labour, the market that was not solved", () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 1, max: 3, noNaN: true }), (world, factor) => {
        const { base } = solveBase(inventedTrade(world));
        const e = solveEquilibrium(
          base,
          shocked(base, factor, (n, i) => (n + i) % 2 === 0),
        );
        expect(e.termination).toBe("converged");
        for (const [n, paid] of paidByOutput(base, e).entries()) {
          const wages = e.wage[n]! * base.valueAdded[n]!;
          expect(Math.abs(paid / wages - 1)).toBeLessThan(1e-8);
        }
      }),
      RUNS,
    );
  });

  it("does not care how countries are numbered, nor in what money the base is counted", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const given = inventedTrade(world);
        const hit = (n: number, i: number) => n === 0 || i === 3;
        const one = solveBase(given);
        const plain = solveScenario(one, shocked(one.base, 2, hit)).countries;
        const order = [3, 0, 4, 1, 2];
        const other = solveBase(renumbered({ ...given, valueAdded: given.valueAdded.map((v) => v * 1e6) }, order));
        const shock = renumberedShock(one.base, shocked(one.base, 2, hit), order);
        const again = solveScenario(other, shock).countries;
        for (const [place, n] of order.entries()) {
          expect(again[place]!.id).toBe(plain[n]!.id);
          for (const key of ["wage", "realWage", "welfareExact", "welfareLinear"] as const)
            expect(Math.abs(again[place]![key] - plain[n]![key])).toBeLessThan(1e-9);
        }
      }),
      RUNS,
    );
  });

  it("gives the gains from trade of one sector in closed form when a country leaves (Arkolakis et al. 2012)", () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const given = inventedTrade({ countries: 4, sectors: 1, seed });
        const { base, equilibrium } = solveBase({ ...given, tariffs: given.tariffs.map(() => 0) });
        const out = solveScenario(
          { base, equilibrium },
          { ...noShock(base), costs: banned(base, (n, i) => n === 0 || i === 0) },
        );
        const home = base.shares[0]!;
        const expected = home ** (1 / (base.theta[0]! * base.valueAddedShare[0]!));
        expect(Math.abs(out.countries[0]!.realWage / expected - 1)).toBeLessThan(1e-9);
      }),
      RUNS,
    );
  });

  it("drives what is banned to zero and balances trade within 1e-10 whatever is cut off", () => {
    const cuts: Record<string, (n: number, i: number) => boolean> = {
      "one flow": (n, i) => n === 0 && i === N - 1,
      "the largest country": (n, i) => n === N - 1 || i === N - 1,
      "two blocs": (n, i) => n < 2 !== i < 2,
    };
    for (const [what, hit] of Object.entries(cuts)) {
      for (const factor of [10, 1000, 1e12]) {
        for (const seed of [1, 2, 3]) {
          const { base } = solveBase(inventedTrade({ countries: N, sectors: J, seed, gaps: true }));
          const e = solveEquilibrium(base, shocked(base, factor, hit));
          expect(e.termination, `${what} x ${factor}`).toBe("converged");
          expect(e.residual).toBeLessThanOrEqual(1e-10);
          if (factor < 1e12) continue;
          const banned = e.shares.filter(
            (_, place) => hit(Math.floor(place / N) % N, place % N) && Math.floor(place / N) % N !== place % N,
          );
          expect(Math.max(...banned)).toBeLessThan(1e-10);
        }
      }
    }
  });

  it("gives no figures where it found no equilibrium", () => {
    const solved = solveBase(inventedTrade({ countries: N, sectors: J, seed: 5 }));
    const { termination, countries } = solveScenario(
      solved,
      shocked(solved.base, 50, () => true),
      { mostIterations: 2 },
    );
    expect(termination).toBe("iteration-limit");
    expect(countries).toEqual([]);
  });
});

/** A cost at which nothing is bought from there. */
function banned(base: TradeBase, hit: (n: number, i: number) => boolean): Float64Array {
  return shocked(base, 1e9, hit).costs;
}

function renumbered(base: TradeBase, order: readonly number[]): TradeBase {
  const flows = (of: Float64Array) => renumberedFlows(of, order, base.sectors.length);
  const rows = (of: Float64Array) => {
    const size = of.length / order.length;
    return Float64Array.from(
      { length: of.length },
      (_, place) => of[order[Math.floor(place / size)]! * size + (place % size)]!,
    );
  };
  return {
    ...base,
    countries: order.map((n) => base.countries[n]!),
    shares: flows(base.shares),
    tariffs: flows(base.tariffs),
    valueAddedShare: rows(base.valueAddedShare),
    inputs: rows(base.inputs),
    finalShare: rows(base.finalShare),
    valueAdded: rows(base.valueAdded),
    surplus: rows(base.surplus),
  };
}

function renumberedShock({ sectors }: TradeBase, { tariffs, costs }: Shock, order: readonly number[]): Shock {
  return {
    tariffs: renumberedFlows(tariffs, order, sectors.length),
    costs: renumberedFlows(costs, order, sectors.length),
  };
}

function renumberedFlows(of: Float64Array, order: readonly number[], sectors: number): Float64Array {
  const M = order.length;
  const moved = new Float64Array(of.length);
  for (let j = 0; j < sectors; j++)
    for (let n = 0; n < M; n++)
      for (let i = 0; i < M; i++) moved[(j * M + n) * M + i] = of[(j * M + order[n]!) * M + order[i]!]!;
  return moved;
}
