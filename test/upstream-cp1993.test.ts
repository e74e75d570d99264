import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createWorkbench } from "../src/workbench.ts";

const upstream = process.env.ENTENTE_UPSTREAM;
const folder = join(upstream ?? "", "economy/cp1993");

const MEMBERS = ["CAN", "MEX", "USA"];
/** Countries of the tariff files, in their order. */
const ORDER =
  "ARG AUS AUT BRA CAN CHL CHN DNK FIN FRA DEU GRC HUN IND IDN IRL ITA JPN KOR MEX NLD NZL NOR PRT ZAF ESP SWE TUR GBR USA ROW".split(
    " ",
  );

/** Members' tariffs on each other as in 2005, all else as in 1993. */
function naftaScenario(): string {
  const rows = readFileSync(join(folder, "tariffs2005.txt"), "utf8").trim().split("\n");
  const rate = (sector: number, importer: string, exporter: string) =>
    Number(rows[(sector - 1) * ORDER.length + ORDER.indexOf(importer)]!.trim().split(/\s+/)[ORDER.indexOf(exporter)]) /
    100;
  const sectors = Array.from({ length: 20 }, (_, j) => j + 1);
  return JSON.stringify({
    tariffs: sectors.flatMap((sector) =>
      MEMBERS.flatMap((importer) =>
        MEMBERS.filter((exporter) => exporter !== importer).map((exporter) => ({
          ...{ importer, exporter, sector },
          rate: rate(sector, importer, exporter),
        })),
      ),
    ),
  });
}

describe.skipIf(!upstream)("the base of 1993 of Caliendo and Parro (skipped without ENTENTE_UPSTREAM)", () => {
  const workbench = createWorkbench(".");
  const base = () => ({
    path: "base.json",
    text: readFileSync(join(folder, "base-no-deficits.json"), "utf8"),
  });

  it("gives the published table of NAFTA to two decimals", async () => {
    const { countries, termination, residual } = await workbench.solve(base(), {
      path: "nafta.json",
      text: naftaScenario(),
    });
    expect(termination).toBe("converged");
    expect(residual).toBeLessThanOrEqual(1e-10);
    const row = (id: string) => {
      const c = countries.find((x) => x.id === id)!;
      return [c.welfareLinear, c.termsOfTrade, c.volumeOfTrade, c.realWage - 1].map((x) =>
        Number((100 * x).toFixed(2)),
      );
    };
    // Review of Economic Studies 82(1), Table 2: welfare, terms of trade, volume of trade, real wage.
    expect(row("MEX")).toEqual([1.31, -0.41, 1.72, 1.72]);
    expect(row("CAN")).toEqual([-0.06, -0.11, 0.04, 0.32]);
    expect(row("USA")).toEqual([0.08, 0.04, 0.04, 0.11]);
    const exact = MEMBERS.map((id) =>
      Number((100 * (countries.find((x) => x.id === id)!.welfareExact - 1)).toFixed(3)),
    );
    expect(exact).toEqual([-0.11, 0.007, 0.074]);
  });

  it("is reproduced without change by a scenario without a shock", async () => {
    const { countries } = await workbench.solve(base(), { path: "nothing.json", text: "{}" });
    for (const c of countries)
      for (const hat of [c.wage, c.price, c.realWage, c.welfareExact])
        expect(Math.abs(hat - 1)).toBeLessThanOrEqual(1e-10);
  });

  it.each([
    ["a ban on all that China buys from the United States", { importer: "CHN", exporter: "USA" }],
    ["autarky of the United States", { importer: "USA", exporter: "*" }, { importer: "*", exporter: "USA" }],
    [
      "two blocs",
      { importer: ORDER.slice(0, 15), exporter: ORDER.slice(15) },
      { importer: ORDER.slice(15), exporter: ORDER.slice(0, 15) },
    ],
  ])("balances trade within 1e-10 after %s", async (_, ...pairs) => {
    for (const factor of [10, 1000]) {
      const costs = pairs.map((pair) => ({ ...(pair as object), sector: "*", factor }));
      const { termination, residual } = await workbench.solve(base(), {
        path: "ban.json",
        text: JSON.stringify({ costs }),
      });
      expect(termination).toBe("converged");
      expect(residual).toBeLessThanOrEqual(1e-10);
    }
  });
});
