import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inventedTrade } from "../../test/invented-trade.ts";
import { solveEquilibrium } from "./equilibrium.ts";
import { banCost, type Measure, shocksOf } from "./shocks.ts";
import { solveBase, solveScenario } from "./solve.ts";
import type { TradeBase } from "./trade-base.ts";

const N = 4;
const base = solveBase(inventedTrade({ countries: N, sectors: 3, seed: 11 })).base;
const at = (j: number, n: number, i: number) => (j * N + n) * N + i;
const flow = { exporter: "C2", importer: "C1", sector: "S1" };
const ban = (low: number, high: number, kind: Exclude<Measure["kind"], "tariff"> = "export-ban"): Measure => ({
  ...{ ...flow, kind, fraction: { low, high } },
});

describe("measures as shocks", () => {
  it("leave 1 - f of a flow at unchanged prices: 3/4 of it at an elasticity of 2 costs (4/3)^(1/2)", () => {
    expect(Math.abs(banCost(0.25, 2) - Math.sqrt(4 / 3))).toBeLessThan(1e-15);
    expect(banCost(0, 5)).toBe(1);
    expect(banCost(1, 5)).toBe(Infinity);
  });

  it("take away the fraction of what was sold, before others answer", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (f) => {
        const { least } = shocksOf(base, [ban(f, f)]);
        const left = least.costs[at(0, 0, 1)]! ** -base.theta[0]!;
        expect(Math.abs(left - (1 - f))).toBeLessThan(1e-9);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it("hit nothing else, and nothing at all without measures", () => {
    const { least, most } = shocksOf(base, [ban(0.2, 0.4)]);
    for (const shock of [least, most]) {
      expect(shock.tariffs).toEqual(base.tariffs);
      expect(shock.costs.filter((c) => c !== 1).length).toBe(1);
    }
    const none = shocksOf(base, []);
    expect(none.least).toEqual(none.most);
    const { countries } = solveScenario({ base, equilibrium: solveBase(base).equilibrium }, none.most);
    for (const c of countries) expect(Math.abs(c.realWage - 1)).toBeLessThan(1e-10);
  });

  it("count bans of one flow from the largest of them to their sum, up to all of it", () => {
    const { least, most } = shocksOf(base, [
      ban(0.2, 0.3),
      ban(0.1, 0.4, "import-ban"),
      ban(0, 0.2, "procurement-exclusion"),
    ]);
    expect(least.costs[at(0, 0, 1)]).toBe(banCost(0.2, base.theta[0]!));
    expect(Math.abs(most.costs[at(0, 0, 1)]! / banCost(0.9, base.theta[0]!) - 1)).toBeLessThan(1e-9);
    expect(shocksOf(base, [ban(0.7, 0.7), ban(0.7, 0.7)]).most.costs[at(0, 0, 1)]).toBe(Infinity);
  });

  it("add a tariff on a part of the trade as that part of the rate, list upon list", () => {
    const tariff = (rate: number, low: number, high: number): Measure => ({
      ...{ ...flow, kind: "tariff", rate: { low: rate, high: rate }, part: { low, high } },
    });
    const { least, most } = shocksOf(base, [tariff(0.25, 0.4, 0.6), tariff(0.1, 0.5, 1)]);
    const before = base.tariffs[at(0, 0, 1)]!;
    expect(Math.abs(least.tariffs[at(0, 0, 1)]! - before - 0.15)).toBeLessThan(1e-12);
    expect(Math.abs(most.tariffs[at(0, 0, 1)]! - before - 0.25)).toBeLessThan(1e-12);
    expect(least.costs.every((c) => c === 1)).toBe(true);
  });

  it("drive a wholly banned flow to zero", () => {
    const { most } = shocksOf(base, [ban(1, 1)]);
    const after = solveEquilibrium(base, most);
    expect(after.termination).toBe("converged");
    expect(after.shares[at(0, 0, 1)]).toBe(0);
    expect(most.cutOff).toEqual([]);
  });

  it("name who can buy a sector nowhere any more", () => {
    const shares = base.shares.map((s, place) => (place === at(0, 0, 1) ? 1 : place < N ? 0 * s : s));
    const only: TradeBase = { ...base, shares };
    expect(shocksOf(only, [ban(1, 1)]).most.cutOff).toEqual([{ importer: "C1", sector: "S1" }]);
    expect(shocksOf(only, [ban(0.9, 0.9)]).most.cutOff).toEqual([]);
  });

  it("hurt more the more is banned: the low end never lies beyond the high end in the flow", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (f, more) => {
          const { least, most } = shocksOf(base, [ban(f, f + more)]);
          const [low, high] = [least, most].map((shock) => solveEquilibrium(base, shock).shares[at(0, 0, 1)]!);
          expect(high).toBeLessThanOrEqual(low! + 1e-12);
        },
      ),
      { seed: 2, numRuns: 20 },
    );
  });

  it("refuse flows that the base does not have and parts that are none", () => {
    expect(() => shocksOf(base, [{ ...ban(0, 1), importer: "C9" }])).toThrow(RangeError);
    expect(() => shocksOf(base, [{ ...ban(0, 1), importer: "C2" }])).toThrow("itself");
    expect(() => shocksOf(base, [ban(0.2, 1.2)])).toThrow("0.2 to 1.2");
    expect(() => shocksOf(base, [ban(0.4, 0.2)])).toThrow(RangeError);
  });
});
