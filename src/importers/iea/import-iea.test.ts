import { describe, expect, it } from "vitest";
import { InputError } from "../../domain/errors.ts";
import { parsePack } from "../../supply/parse-pack.ts";
import { importIea } from "./import-iea.ts";

type Countries = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

const series = (countries: Countries, total = 100) => ({ countries, total: { "2024": total, "2030": 1 } });
const MINERALS = ["Cobalt", "Lithium", "Nickel", "Graphite", "Rare Earth Elements"];

/** A release in which China refines 60 and mines 10 of everything. */
function release(change: Record<string, unknown> = {}): unknown {
  const stages = {
    mining: series({ China: { "2024": 10 }, "Rest of world": { "2024": 90 } }),
    refining: series({ China: { "2024": 60, "2030": 99 }, Chile: { "2024": 0 }, "Rest of world": { "2024": 40 } }),
  };
  return {
    source: "invented",
    supply: Object.fromEntries(MINERALS.map((m) => [m, stages])),
    totalDemand: {},
    ...change,
  };
}

/** Classes of mining come from another source; the figures beside them name those. */
const standing = [
  {
    path: "packs/minerals/classes.csv",
    text: `id,name,parent,type,group,stage,basis,source,note\n${[
      "cobalt",
      "lithium",
      "nickel",
      "graphite",
      "rare-earths",
    ]
      .map((m) => `${m}-mine,M,,mineral,g,mine,mine,other,`)
      .join("\n")}\n`,
  },
  {
    path: "packs/minerals/pack.yaml",
    text: "id: minerals\ntitle: M\nissue: minerals\nlicence: x\ncheckedOn: 2031-01-01\nsources: [ { id: other, producer: p, title: t, url: 'https://example.org', licence: x } ]\ntables: {}\n",
  },
];

function run(raw: unknown) {
  const files = [{ path: "minerals/iea.json", text: typeof raw === "string" ? raw : JSON.stringify(raw) }];
  return importIea({ files, packs: standing, accessed: "2031-01-02" });
}

describe("importIea", () => {
  it("makes classes of refining and figures of mining, for the base year alone", () => {
    const pack = parsePack(run(release()).files);
    const refined = pack.shares.filter((s) => s.class === "cobalt-refinery");
    expect(refined.map((s) => [s.supplier, s.value?.low, s.period])).toEqual([
      ["CHN", 0.6, "2024"],
      ["various", 0.4, "2024"],
    ]);
    expect(pack.shares.some((s) => s.class === "cobalt-mine")).toBe(false);
    expect(pack.figures.find((f) => f.id === "iea-cobalt-mine-chn")?.value).toEqual({ low: 10, high: 10 });
    expect(pack.edges.find((e) => e.from === "cobalt-mine")?.to).toBe("cobalt-refinery");
  });

  it("passes over footnotes that stand among the countries", () => {
    const noted = release() as { supply: Record<string, { mining: { countries: Record<string, unknown> } }> };
    noted.supply.Cobalt!.mining.countries["Notes: base case"] = { "2024": null };
    expect(run(noted).files.length).toBeGreaterThan(3);
  });

  it("refuses unknown series, countries and parts of the file", () => {
    const odd = release({ extra: 1 }) as { supply: Record<string, unknown> };
    odd.supply.Unobtainium = { mining: series({ China: { "2024": 1 } }) };
    odd.supply.Copper = { mining: series({ Atlantis: { "2024": 1 } }) };
    try {
      run(odd);
      expect.unreachable("it should have been refused");
    } catch (e) {
      expect(e).toBeInstanceOf(InputError);
      expect((e as InputError).problems.map((p) => p.code).sort()).toEqual([
        "bad-shape",
        "unknown-class",
        "unknown-state",
      ]);
    }
  });

  it("refuses a file that is no JSON, of another shape, or too short", () => {
    expect(() => run("{")).toThrow("not well-formed JSON");
    expect(() => run({ source: "x", supply: { Cobalt: { mining: 1 } } })).toThrow("supply.Cobalt.mining");
    expect(() => run({ source: "x", supply: {} })).toThrow("0 supply series where 10 to 40 are plausible");
  });
});
