import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inventedTrade } from "../../test/invented-trade.ts";
import type { InputCut } from "./inventories.ts";
import { firstLoss, runShortRun, type ShortRunCut, type ShortRunSettings, shortRunRange } from "./rationing.ts";
import { ghoshBound, leontiefBound, noStockBound } from "./rationing-bounds.ts";
import { type ShortRunTable, shortRunTable } from "./rationing-table.ts";
import { solveBase } from "./solve.ts";

/** One country: 10 of a material a week go into 20 of a good, which final buyers take. */
const CHAIN: ShortRunTable = {
  countries: ["A"],
  sectors: ["material", "good"],
  output: Float64Array.of(10, 20),
  use: Float64Array.of(0, 0, 10, 0),
  final: Float64Array.of(0, 20),
  source: Float64Array.of(1, 1),
};

/** Country A makes the material, country B the good, 6 of the material come from B itself. */
const PAIR: ShortRunTable = {
  countries: ["A", "B"],
  sectors: ["material", "good"],
  output: Float64Array.of(4, 0, 6, 20),
  use: Float64Array.of(0, 0, 0, 0, 0, 0, 10, 0),
  final: Float64Array.of(0, 0, 0, 20),
  // Rows: material bought by A, by B; good bought by A, by B.
  source: Float64Array.of(0, 0, 0.4, 0.6, 0, 0, 0, 1),
};

const SETTINGS: ShortRunSettings = { weeks: 10, stockWeeks: [2, 2], refill: 1, capacity: 1 };

function gallium(missing: readonly number[], needs: number, weeks: number): InputCut {
  return { id: "gallium", missing, users: [{ industry: 0, needs, weeks, use: 3 }] };
}

const always = (part: number) => Array.from({ length: 60 }, () => part);
const outputOf = (table: ShortRunTable, cut: ShortRunCut, settings: ShortRunSettings, f: number) =>
  runShortRun(table, cut, settings).map((w) => w.output[f]!);

describe("the short run", () => {
  it("lets stocks run down one after the other before output stops", () => {
    // Three weeks of gallium, then two weeks of material.
    const cut = { inputs: [gallium(always(1), 1, 3)] };
    expect(outputOf(CHAIN, cut, SETTINGS, 0)).toEqual([10, 10, 10, 0, 0, 0, 0, 0, 0, 0]);
    expect(outputOf(CHAIN, cut, SETTINGS, 1)).toEqual([20, 20, 20, 20, 20, 0, 0, 0, 0, 0]);
    const weeks = runShortRun(CHAIN, cut, SETTINGS);
    expect(weeks.map((w) => w.inputStock[0]![0])).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(weeks.map((w) => w.stock[0])).toEqual([20, 20, 20, 10, 0, 0, 0, 0, 0, 0]);
    expect(firstLoss(CHAIN, weeks, 1, 0.05)).toBe(5);
    expect(firstLoss(CHAIN, weeks.slice(0, 5), 1, 0.05)).toBeUndefined();
  });

  it("settles at what is still supplied when half is missing", () => {
    // Stock 2, then 1.5, 1, 0.5: from the fourth week on half. Two weeks of material last three weeks more.
    const cut = { inputs: [gallium(always(0.5), 1, 2)] };
    expect(outputOf(CHAIN, cut, SETTINGS, 0)).toEqual([10, 10, 10, 5, 5, 5, 5, 5, 5, 5]);
    expect(outputOf(CHAIN, cut, SETTINGS, 1)).toEqual([20, 20, 20, 20, 20, 20, 10, 10, 10, 10]);
  });

  it("goes on with what does not need the input", () => {
    expect(outputOf(CHAIN, { inputs: [gallium(always(1), 0.3, 1)] }, SETTINGS, 0).slice(0, 3)).toEqual([10, 7, 7]);
  });

  it("recovers when the supply does, above normal where capacity allows", () => {
    const cut = { inputs: [gallium([1, 1, 1, 1], 1, 1)] };
    // Gone after the first week; supplied from the fifth on, in hand from the sixth. The good's stock of one week is gone too.
    const settings = { ...SETTINGS, stockWeeks: [1, 1], capacity: 1.5, weeks: 9 };
    const [material, good] = [0, 1].map((f) => outputOf(CHAIN, cut, settings, f));
    expect(material!.slice(0, 6)).toEqual([10, 0, 0, 0, 0, 10]);
    expect(good!.slice(0, 7)).toEqual([20, 20, 0, 0, 0, 0, 20]);
  });

  it("holds down deliveries between two countries and what the seller makes for them", () => {
    // All 4 from A are stopped: B gets 6 of 10 a week, has one week, and makes 12 of 20.
    const cut = { flows: [{ importer: 1, exporter: 0, sector: 0, missing: always(1) }] };
    const settings = { ...SETTINGS, stockWeeks: [1, 1] };
    expect(outputOf(PAIR, cut, settings, 0)).toEqual(Array(10).fill(0));
    expect(outputOf(PAIR, cut, settings, 2)).toEqual(Array(10).fill(6));
    const good = outputOf(PAIR, cut, settings, 3);
    expect(good[0]).toBe(20);
    for (const x of good.slice(1)) expect(Math.abs(x - 12)).toBeLessThan(1e-9);
  });

  it("shares a short input among its users in proportion to their orders", () => {
    const users = [
      { industry: 0, needs: 1, weeks: 1, use: 1 },
      { industry: 2, needs: 1, weeks: 1, use: 3 },
    ];
    const [, second] = runShortRun(PAIR, { inputs: [{ id: "x", missing: always(0.75), users }] }, SETTINGS);
    expect([...second!.output]).toEqual([1, 0, 1.5, 20]);
  });

  it("refuses settings that are out of bounds, all at once", () => {
    const cut = { inputs: [gallium([1.5], 1.2, 0.5)] };
    const run = () => runShortRun(CHAIN, cut, { ...SETTINGS, stockWeeks: [2, 0], refill: 0.5, capacity: Number.NaN });
    for (const wrong of [
      "the time to refill a stock is `0.5`",
      "capacity is `NaN`",
      "the stock of product 2 in weeks is `0`",
      "what is missing of gallium is `1.5`",
      "the stock of gallium in weeks is `0.5`",
      "the part of output that needs gallium is `1.2`",
    ])
      expect(run).toThrow(wrong);
  });

  it("ranges from the cut input alone to every product being essential", () => {
    const { onlyCutInputs, allProducts } = shortRunRange(CHAIN, { inputs: [gallium(always(1), 1, 1)] }, SETTINGS);
    expect(onlyCutInputs.at(-1)!.output).toEqual(Float64Array.of(0, 20));
    expect(allProducts.at(-1)!.output).toEqual(Float64Array.of(0, 0));
  });
});

const worlds = fc.record({ countries: fc.constant(3), sectors: fc.constant(5), seed: fc.nat(1e6), gaps: fc.boolean() });
const RUNS = { seed: 20_261_122, numRuns: 25 };
const table = (world: Parameters<typeof inventedTrade>[0]) => shortRunTable(solveBase(inventedTrade(world)));

describe("the short run of an invented world", () => {
  const settings = { weeks: 30, stockWeeks: [1, 2, 3, 4, 5], refill: 4, capacity: 1.1 };
  const cuts = fc.record({
    part: fc.double({ min: 0.1, max: 1, noNaN: true }),
    weeks: fc.integer({ min: 1, max: 8 }),
    needs: fc.double({ min: 0.1, max: 1, noNaN: true }),
  });

  it("stays what it is where nothing is cut: what is made is what is bought", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const t = table(world);
        for (const week of runShortRun(t, {}, settings))
          for (const [f, x] of week.output.entries()) {
            expect(Math.abs(x - t.output[f]!)).toBeLessThanOrEqual(1e-8 * t.output[f]!);
            expect(Math.abs(week.final[f]! - t.final[f]!)).toBeLessThanOrEqual(1e-8 * t.final[f]!);
          }
      }),
      RUNS,
    );
  });

  it("loses nothing: of every product what is made is bought, used or put in stock, and nothing goes below 0", () => {
    fc.assert(
      fc.property(worlds, cuts, (world, { part, weeks, needs }) => {
        const t = table(world);
        const J = 5;
        const missing = always(part);
        const cut = {
          inputs: [{ id: "x", missing, users: [0, 7].map((industry) => ({ industry, needs, weeks, use: 1 })) }],
          flows: [{ importer: 1, exporter: 2, sector: 1, missing }],
        };
        let before = settings.stockWeeks.map((w, k) => {
          let sum = 0;
          for (let f = 0; f < t.output.length; f++) sum += w * t.use[f * J + k]!;
          return sum;
        });
        for (const week of runShortRun(t, cut, settings)) {
          for (let k = 0; k < J; k++) {
            let made = 0;
            let gone = week.stock[k]! - before[k]!;
            for (let n = 0; n < 3; n++) {
              made += week.output[n * J + k]!;
              gone += week.final[n * J + k]!;
            }
            for (let f = 0; f < t.output.length; f++)
              if (t.output[f]! > 0) gone += (t.use[f * J + k]! * week.output[f]!) / t.output[f]!;
            expect(Math.abs(made - gone)).toBeLessThan(1e-12);
          }
          for (const [f, x] of week.output.entries()) {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x).toBeLessThanOrEqual(settings.capacity * t.output[f]! * (1 + 1e-12));
          }
          before = [...week.stock];
        }
      }),
      RUNS,
    );
  });

  it("is not held down by an input before its stock is gone, and is in the week after", () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 8 }), (world, weeks) => {
        const t = table(world);
        const cut = { inputs: [{ id: "x", missing: always(1), users: [{ industry: 2, needs: 1, weeks, use: 1 }] }] };
        expect(firstLoss(t, runShortRun(t, cut, settings), 2, 1e-6)).toBe(weeks);
      }),
      RUNS,
    );
  });
});

describe("the bounds", () => {
  it("are those of the hand for a chain", () => {
    // Half the material: the good loses half for want of it, a quarter by its cost share. Half the good: the material loses half.
    const material = Float64Array.of(0.5, 0);
    expect([...noStockBound(CHAIN, material).loss]).toEqual([0.5, 0.5]);
    expect([...ghoshBound(CHAIN, material).loss]).toEqual([0.5, 0.25]);
    expect([...leontiefBound(CHAIN, material).loss]).toEqual([0.5, 0]);
    expect([...leontiefBound(CHAIN, Float64Array.of(0, 0.5)).loss]).toEqual([0.5, 0.5]);
    expect([...noStockBound(PAIR, Float64Array.of(1, 0, 0, 0)).loss]).toEqual([1, 0, 0, 0.4]);
  });

  it("say that they are bounds, and of what", () => {
    for (const bound of [ghoshBound, noStockBound, leontiefBound]) {
      const { kind, label } = bound(CHAIN, Float64Array.of(0.5, 0));
      expect(kind).toBe("bound");
      expect(label).toMatch(/^(downstream|upstream)/);
    }
  });

  it("lie in their order, between nothing and all, and hold the industries hit to their loss or more", () => {
    fc.assert(
      fc.property(worlds, fc.nat(14), fc.double({ min: 0.05, max: 1, noNaN: true }), (world, hit, part) => {
        const t = table(world);
        const direct = new Float64Array(15);
        direct[hit] = part;
        const low = ghoshBound(t, direct).loss;
        const high = noStockBound(t, direct).loss;
        const upstream = leontiefBound(t, direct).loss;
        for (let f = 0; f < 15; f++) {
          expect(low[f]!).toBeLessThanOrEqual(high[f]! + 1e-9);
          expect(high[f]!).toBeLessThanOrEqual(1 + 1e-9);
          for (const loss of [low, high, upstream]) expect(loss[f]!).toBeGreaterThanOrEqual(direct[f]!);
        }
        expect(low[hit]).toBe(part);
      }),
      RUNS,
    );
  });
});
