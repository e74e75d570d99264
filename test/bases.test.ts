import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type BasePack, tradeBaseOf, tradeTotals } from "../src/economy/base-pack.ts";
import { solveEquilibrium } from "../src/economy/equilibrium.ts";
import { noShock } from "../src/economy/trade-base.ts";
import { readBaseFiles } from "../src/importers/read-base-files.ts";
import { folderStore } from "../src/workbench/store.ts";
import { createWorkbench } from "../src/workbench.ts";

const store = folderStore(".");
const base = (id: string) => readBaseFiles(store.base!(id));
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const setOf = (pack: BasePack, id: string) => pack.elasticities.find((set) => set.id === id)!;

/** What every sector of a country is bought for, over what is spent on it: 1 in balance. */
function useOverSpending(pack: BasePack): number[] {
  const J = pack.sectors.length;
  const { output, spending, revenue, surplus } = tradeTotals(pack);
  return pack.countries.flatMap((_, n) => {
    const paid = sum(pack.sectors.map((_s, j) => pack.valueAddedShare[n * J + j]! * output[n * J + j]!));
    const income = paid + revenue[n]! - surplus[n]!;
    return pack.sectors.flatMap((_s, k) => {
      let used = pack.finalShare[n * J + k]! * income;
      for (let j = 0; j < J; j++) {
        const at = n * J + j;
        used += pack.inputs[at * J + k]! * (1 - pack.valueAddedShare[at]!) * output[at]!;
      }
      const spent = spending[n * J + k]!;
      return spent > 1 ? [used / spent] : [];
    });
  });
}

describe.each([
  { id: "world-2011", countries: 41, sectors: 35, published: 25 },
  { id: "world-2022", countries: 81, sectors: 28, published: 0 },
])("the base $id", ({ id, countries, sectors }) => {
  const pack = base(id);

  it("has its economies and sectors, six published elasticity sets and two that are assumed", () => {
    expect([pack.countries.length, pack.sectors.length]).toEqual([countries, sectors]);
    expect(pack.elasticities.filter((set) => set.kind === "published").length).toBe(6);
    expect(pack.elasticities.filter((set) => set.kind === "assumed").map((set) => set.id)).toEqual(["IS", "U4"]);
    expect(pack.assumptions.length).toBeGreaterThan(3);
  });

  it("is in balance to the digits that are written", () => {
    const ratios = useOverSpending(pack);
    expect(ratios.length).toBeGreaterThan(0.9 * countries * sectors);
    expect(Math.max(...ratios.map((r) => Math.abs(r - 1)))).toBeLessThan(1e-4);
  });

  it("sends out in all what it takes in, and sells nothing below zero", () => {
    const { surplus, output } = tradeTotals(pack);
    expect(Math.abs(sum(surplus))).toBeLessThan(1e-9 * sum(output));
    expect(pack.trade.every((value) => value >= 0)).toBe(true);
    expect(pack.valueAddedShare.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it("is its own equilibrium: without a shock wages move by less than what rounding leaves", () => {
    const given = tradeBaseOf(pack, setOf(pack, "CP"));
    const { wage, termination, residual } = solveEquilibrium(given, noShock(given));
    expect(termination).toBe("converged");
    expect(residual).toBeLessThanOrEqual(1e-10);
    expect(Math.max(...wage.map((w) => Math.abs(w - 1)))).toBeLessThan(1e-4);
  });

  it("knows where the product codes of chips and their tools belong", () => {
    expect(pack.sectorOfProduct.size).toBe(23);
    expect(pack.sectorOfProduct.get("848620")).toBe(pack.sectorOfProduct.get("848690"));
    expect(pack.sectorOfProduct.get("854232")).not.toBe(pack.sectorOfProduct.get("848620"));
  });
});

describe("the bases together", () => {
  it("take less than six megabytes", () => {
    const sizes = ["world-2011", "world-2022"].flatMap((id) =>
      readdirSync(join("bases", id)).map((name) => statSync(join("bases", id, name)).size),
    );
    expect(sum(sizes)).toBeLessThan(6e6);
  });
});

describe("solving a base by name", () => {
  const workbench = createWorkbench(".");
  const scenario = {
    path: "scenario.json",
    text: '{ "tariffs": [{ "importer": "USA", "exporter": "CHN", "sector": "*", "rate": 0.25 }] }',
  };

  it("ranges over the published sets, and one set lies within the range", async () => {
    const all = await workbench.solveNamed("world-2011", scenario, { elasticities: "all", bootstrap: 2, seed: 4 });
    const one = await workbench.solveNamed("world-2011", scenario);
    if (all.schema !== "entente/solve-range@1" || one.schema !== "entente/solve@1") throw new Error("wrong schemas");
    expect(all.sets.map((set) => set.id)).toEqual(["BSY", "CP", "FGO", "GYY", "LL", "Shap"]);
    expect(all.sets.every((set) => set.termination === "converged")).toBe(true);
    expect(one.elasticities.id).toBe("CP");
    for (const [n, c] of one.countries.entries()) {
      const { low, high } = all.ranges[n]!.welfareExact;
      expect(low).toBeLessThanOrEqual(c.welfareExact);
      expect(high).toBeGreaterThanOrEqual(c.welfareExact);
    }
    expect(all.bootstrap).toMatchObject({ draws: 2, seed: 4, failed: 0 });
    const china = all.ranges.find((c) => c.id === "CHN")!;
    expect(china.welfareExact.high).toBeLessThan(1);
  });

  it("changes nothing for nobody without a shock", async () => {
    const none = await workbench.solveNamed("world-2022", { path: "none.json", text: "{}" }, { elasticities: "U4" });
    if (none.schema !== "entente/solve@1") throw new Error("wrong schema");
    expect(none.countries.length).toBe(81);
    for (const c of none.countries) expect(Math.abs(c.welfareExact - 1)).toBeLessThan(1e-10);
  });

  it("refuses what it does not have, with what it has", async () => {
    const ask = (name: string, options = {}) => workbench.solveNamed(name, scenario, options);
    await expect(ask("world-2012")).rejects.toThrow("did you mean `world-2011`?");
    await expect(ask("world-2011", { elasticities: "XY" })).rejects.toThrow("no elasticities `XY`");
    await expect(ask("world-2011", { bootstrap: 5 })).rejects.toThrow("--elasticities all");
    await expect(ask("world-2011", { elasticities: "all", bootstrap: 1.5 })).rejects.toThrow("whole numbers");
  });
});
