import { describe, expect, it } from "vitest";
import { inventedTrade } from "../../test/invented-trade.ts";
import { type Accounts, type TradeTable, tradeBaseOf, tradeTotals } from "./base-pack.ts";
import { solveEquilibrium } from "./equilibrium.ts";
import { shocksOf } from "./shocks.ts";
import { productParts, splitProduct } from "./shocks-product.ts";
import { solveBase, solveScenario } from "./solve.ts";

const N = 4;
const J = 3;

/** A table in balance: the trade of a solved invented world. */
function solvedTable(seed: number): { readonly table: TradeTable & Accounts; readonly theta: number[] } {
  const { base, equilibrium } = solveBase(inventedTrade({ countries: N, sectors: J, seed }));
  const trade = base.shares.map((share, at) => {
    const row = Math.floor(at / N);
    return (share * equilibrium.spending[(row % N) * J + Math.floor(row / N)]!) / (1 + base.tariffs[at]!);
  });
  return { table: { ...base, trade }, theta: [...base.theta] };
}

const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
const even = (part: number) => new Float64Array(N * N).fill(part);
const close = (a: number, b: number, by: number) => expect(Math.abs(a - b)).toBeLessThan(by);

describe("a product as a sector of its own", () => {
  const { table, theta } = solvedTable(3);
  const base = solveBase(tradeBaseOf(table, { theta }));

  it("keeps every total: trade, output, spending and the surplus of each country", () => {
    const part = even(0).map((_, at) => (at % 5) / 5);
    const split = splitProduct(table, { sector: "S2", id: "product", part });
    const [before, after] = [tradeTotals(table), tradeTotals(split)];
    close(total(split.trade), total(table.trade), 1e-9);
    for (const key of ["revenue", "surplus"] as const)
      for (let n = 0; n < N; n++) close(after[key][n]!, before[key][n]!, 1e-9);
    for (let n = 0; n < N; n++) {
      const outputs = [after.output[n * (J + 1) + 1]!, after.output[n * (J + 1) + J]!];
      close(outputs[0]! + outputs[1]!, before.output[n * J + 1]!, 1e-9);
      close(total(split.finalShare.slice(n * (J + 1), (n + 1) * (J + 1))), 1, 1e-12);
    }
  });

  it("changes no result when the same is done to the product and to the rest of its sector", () => {
    const split = solveBase(
      tradeBaseOf(splitProduct(table, { sector: "S2", id: "p", part: even(0.3) }), {
        theta: [...theta, theta[1]!],
      }),
    );
    const fraction = { low: 0.6, high: 0.6 };
    const ban = (sector: string) => ({ kind: "export-ban", exporter: "C3", importer: "C1", sector, fraction }) as const;
    const whole = solveScenario(base, shocksOf(base.base, [ban("S2")]).most).countries;
    const both = solveScenario(split, shocksOf(split.base, [ban("S2"), ban("p")]).most).countries;
    for (const [n, c] of whole.entries()) {
      close(c.welfareExact, both[n]!.welfareExact, 1e-8);
      close(c.wage, both[n]!.wage, 1e-8);
    }
  });

  it("hurts the importer more when the product alone is banned than when its part of the sector is", () => {
    const theta4 = [...theta, theta[1]!];
    const split = solveBase(
      tradeBaseOf(splitProduct(table, { sector: "S2", id: "p", part: even(0.3) }), { theta: theta4 }),
    );
    const from = (sector: string, part: number) =>
      ["C2", "C3", "C4"].map(
        (exporter) =>
          ({ kind: "export-ban", exporter, importer: "C1", sector, fraction: { low: part, high: part } }) as const,
      );
    const lower = solveScenario(base, shocksOf(base.base, from("S2", 0.3)).most).countries[0]!;
    const upper = solveScenario(split, shocksOf(split.base, from("p", 1)).most).countries[0]!;
    expect(lower.realWage).toBeLessThan(1);
    expect(upper.realWage).toBeLessThan(lower.realWage);
  });

  it("reproduces the base without a shock", () => {
    const split = tradeBaseOf(splitProduct(table, { sector: "S1", id: "p", part: even(0.5) }), {
      theta: [...theta, theta[0]!],
    });
    const { wage } = solveEquilibrium(split, {
      tariffs: split.tariffs,
      costs: new Float64Array(split.shares.length).fill(1),
    });
    for (const w of wage) close(w, 1, 1e-8);
  });

  it("refuses a sector that is not there, a name that is, and parts that are none", () => {
    expect(() => splitProduct(table, { sector: "S9", id: "p", part: even(0) })).toThrow("S9");
    expect(() => splitProduct(table, { sector: "S1", id: "S2", part: even(0) })).toThrow("S2");
    expect(() => splitProduct(table, { sector: "S1", id: "p", part: even(1.1) })).toThrow(RangeError);
  });
});

describe("the parts of a product in the flows of a sector", () => {
  const table: TradeTable = {
    countries: ["XAA", "XBB", "XCC"],
    sectors: ["tools"],
    // Importers XAA, XBB, XCC; suppliers in the same order.
    trade: Float64Array.of(100, 20, 0, 30, 100, 10, 10, 60, 100),
    tariffs: new Float64Array(9),
  };
  const flow = (exporter: string, importer: string, usd: number) => ({ hs6: "111111", exporter, importer, usd });

  it("are value over the sector's trade, at home as in all that is sold abroad", () => {
    const flows = [flow("XBB", "XAA", 5e6), flow("XBB", "XAA", 5e6), flow("XBB", "XCC", 6e6), flow("XQQ", "XAA", 1)];
    const { part, exceeding, unmeasured } = productParts(table, "tools", flows);
    // XBB sells 10 of 20 to XAA and 6 of 60 to XCC: 16 of 80, a fifth.
    expect([...part]).toEqual([0, 0.5, 0, 0, 0.2, 0, 0, 0.1, 0]);
    expect(exceeding).toEqual([]);
    // XAA to XBB and XCC, XCC to XBB.
    expect(unmeasured).toBe(3);
  });

  it("are all of the sector where the product's trade exceeds it, which is said", () => {
    const { part, exceeding } = productParts(table, "tools", [flow("XAA", "XBB", 31e6)]);
    expect(part[1 * 3 + 0]).toBe(1);
    expect(exceeding).toEqual([{ exporter: "XAA", importer: "XBB" }]);
  });
});
