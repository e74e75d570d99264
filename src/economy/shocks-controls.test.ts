import { describe, expect, it } from "vitest";
import type { TradeTable } from "./base-pack.ts";
import { controlledFractions, type ProductControl, sectorTrade } from "./shocks-controls.ts";

// Two countries, two sectors, millions of dollars: importer XAA (home, from XBB), then XBB (from XAA, home).
const table: TradeTable = {
  countries: ["XAA", "XBB"],
  sectors: ["tools", "rest"],
  trade: Float64Array.of(50, 20, 10, 80, 5, 5, 5, 5),
  tariffs: new Float64Array(8),
};
const sectorOf = new Map([
  ["111111", "tools"],
  ["222222", "tools"],
  ["333333", "elsewhere"],
]);
const control = (hs6: string, grade: ProductControl["grade"], low = 1, high = low): ProductControl => ({
  ...{ hs6, grade, exporter: "XBB", importer: "XAA", reach: { low, high } },
});
const flow = (hs6: string, usd: number) => ({ hs6, usd, exporter: "XBB", importer: "XAA" });
const fractionsOf = (controls: readonly ProductControl[], flows = [flow("111111", 4e6), flow("222222", 1e6)]) =>
  controlledFractions(controls, flows, sectorOf, table);

describe("the controlled part of a sector's trade", () => {
  it("is the controlled value over the sector's: 4 of 20 million closed, 1 of 20 gated", () => {
    const { fractions, unplaced } = fractionsOf([control("111111", "closed"), control("222222", "gated")]);
    expect(fractions).toEqual([
      {
        ...{ exporter: "XBB", importer: "XAA", sector: "tools", sectorUsd: 20e6, exceeds: false },
        fraction: { low: 0.2, high: 0.25 },
        controlledUsd: { low: 4e6, high: 5e6 },
        ...{ products: ["111111", "222222"], unmeasured: [] },
      },
    ]);
    expect(unplaced).toEqual([]);
  });

  it("counts closed in practice as closed, undetermined from nothing to all, open not at all", () => {
    const fraction = (grade: ProductControl["grade"]) => fractionsOf([control("111111", grade)]).fractions[0]?.fraction;
    expect(fraction("closed-in-practice")).toEqual({ low: 0.2, high: 0.2 });
    expect(fraction("undetermined")).toEqual({ low: 0, high: 0.2 });
    expect(fraction("open")).toBeUndefined();
  });

  it("takes the part of a code that the control reaches", () => {
    const [closed] = fractionsOf([control("111111", "closed", 0.25, 0.5)]).fractions;
    expect(closed!.fraction).toEqual({ low: 0.05, high: 0.1 });
    const [gated] = fractionsOf([control("111111", "gated", 0.25, 0.5)]).fractions;
    expect(gated!.fraction).toEqual({ low: 0, high: 0.1 });
  });

  it("counts one code once, by its stronger control", () => {
    const [one] = fractionsOf([control("111111", "gated"), control("111111", "closed", 0.5)]).fractions;
    expect(one!.fraction).toEqual({ low: 0.1, high: 0.2 });
  });

  it("names codes without a figure and codes without a sector, and takes neither as nothing", () => {
    const { fractions, unplaced } = fractionsOf(
      [
        control("111111", "closed"),
        control("222222", "closed"),
        control("333333", "closed"),
        control("444444", "closed"),
      ],
      [flow("111111", 4e6)],
    );
    expect(fractions[0]!.unmeasured).toEqual(["222222"]);
    expect(unplaced).toEqual(["333333", "444444"]);
  });

  it("does not know the fraction where the products' trade exceeds the sector's", () => {
    const [one] = fractionsOf([control("111111", "closed")], [flow("111111", 21e6)]).fractions;
    expect(one).toMatchObject({ exceeds: true, fraction: { low: 0, high: 1 } });
  });

  it("reads the sector's trade in dollars, and refuses what is not there", () => {
    expect(sectorTrade(table, { exporter: "XAA", importer: "XBB", sector: "tools" })).toBe(10e6);
    expect(() => sectorTrade(table, { exporter: "XAA", importer: "XZZ", sector: "tools" })).toThrow(RangeError);
  });
});
