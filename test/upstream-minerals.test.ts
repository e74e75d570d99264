import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { importFacts } from "../src/importers/facts/import-facts.ts";
import { importIea } from "../src/importers/iea/import-iea.ts";
import { importUsgs } from "../src/importers/usgs/import-usgs.ts";
import { readFolder } from "../src/input/read-folder.ts";
import { parsePack } from "../src/supply/parse-pack.ts";

const UPSTREAM = process.env.ENTENTE_UPSTREAM;

/** Classes by the release's own commodity and series, written down apart from the importer. */
const SERIES: readonly (readonly [cls: string, commodity: string, series: RegExp])[] = [
  ["aluminium-smelter", "Aluminum", /^Smelter/],
  ["antimony-mine", "Antimony", /^Mine/],
  ["bismuth-refinery", "Bismuth", /^Refinery/],
  ["cobalt-mine", "Cobalt", /^Mine/],
  ["copper-mine", "Copper", /^Mine/],
  ["copper-refinery", "Copper", /^Refinery/],
  ["fluorspar-mine", "Fluorspar", /^Mine/],
  ["gallium-refinery", "Gallium", /^Primary/],
  ["graphite-mine", "Graphite (Natural)", /^Mine/],
  ["indium-refinery", "Indium", /^Refinery/],
  ["lithium-mine", "Lithium", /^Mine/],
  ["magnesium-smelter", "Magnesium Metal", /^Smelter/],
  ["manganese-mine", "Manganese", /^Mine/],
  ["molybdenum-mine", "Molybdenum", /^Mine/],
  ["nickel-mine", "Nickel", /^Mine/],
  ["niobium-mine", "Niobium (Columbium)", /^Mine/],
  ["platinum-mine", "Platinum", /Platinum$/],
  ["rare-earths-mine", "Rare Earths", /^Mine/],
  ["silicon-smelter", "Silicon", /^Silicon metal/],
  ["tantalum-mine", "Tantalum", /^Mine/],
  ["tellurium-refinery", "Tellurium", /^Refinery production$/],
  ["tin-mine", "Tin", /^Mine/],
  ["titanium-refinery", "Titanium Sponge Metal", /./],
  ["tungsten-mine", "Tungsten", /^Mine/],
  ["vanadium-mine", "Vanadium", /^Mine/],
];

const CODES: Readonly<Record<string, string>> = {
  China: "CHN",
  "United States": "USA",
  Australia: "AUS",
  Russia: "RUS",
  Canada: "CAN",
  Chile: "CHL",
  Brazil: "BRA",
  "Congo (Kinshasa)": "COD",
  "South Africa": "ZAF",
  Indonesia: "IDN",
  Japan: "JPN",
  "Korea, Republic of": "KOR",
  Burma: "MMR",
  Vietnam: "VNM",
  Turkey: "TUR",
  "Other countries": "various",
};

describe.skipIf(!UPSTREAM)(
  "minerals against the upstream files (skipped unless ENTENTE_UPSTREAM names their folder)",
  () => {
    const root = UPSTREAM ?? "";
    const pack = () => parsePack(readFolder(process.cwd(), "packs/minerals", () => true));
    const standing = () => readFolder(process.cwd(), "packs", () => true);

    it.each(SERIES)(
      "%s: every share is the quantity by the world total, and no row is missing",
      (cls, commodity, series) => {
        const text = readFileSync(join(root, "minerals/usgs_mcs2026_world_production_shares.csv"), "utf8");
        const rows = (parse(text, { columns: true }) as Record<string, string>[]).filter(
          (r) => r.commodity === commodity && series.test(r.series!),
        );
        const shares = pack().shares.filter((s) => s.class === cls && s.source.startsWith("usgs-"));
        for (const year of ["2024", "2025"]) {
          const upstream = rows.filter((r) => r.year === year);
          const ours = shares.filter((s) => s.period === year);
          // The concentrate of one state is part of the world total of tellurium.
          expect(ours.length).toBe(upstream.length + (cls === "tellurium-refinery" ? 1 : 0));
          for (const r of upstream) {
            const code = CODES[r.country!];
            if (code === undefined) continue;
            const found = ours.find((s) => s.supplier === code)!.value!;
            const share = Number(r.quantity) / Number(r.world_total);
            expect(found.low).toBeLessThanOrEqual(share + 1e-6);
            expect(found.high).toBeGreaterThanOrEqual(share - 1e-6);
            expect(found.high - found.low).toBeLessThan(0.04);
            expect(Math.abs(found.high - Number(r.share))).toBeLessThan(1e-4);
          }
        }
      },
    );

    it("has the refining shares of the IEA in 2024", () => {
      const raw = JSON.parse(readFileSync(join(root, "minerals/iea.json"), "utf8"));
      const series = [
        ["cobalt", "Cobalt"],
        ["lithium", "Lithium"],
        ["graphite", "Graphite"],
        ["rare-earths", "Rare Earth Elements"],
      ];
      for (const [id, mineral] of series) {
        const refining = raw.supply[mineral!].refining;
        const share = refining.countries.China["2024"] / refining.total["2024"];
        const ours = pack().shares.find(
          (s) => s.class === `${id}-refinery` && s.supplier === "CHN" && s.period === "2024",
        );
        expect(Math.abs(ours!.value!.high - share)).toBeLessThan(1e-5);
      }
    });

    it("has every US import source of a critical mineral", () => {
      const text = readFileSync(join(root, "minerals/usgs_mcs2026_us_import_sources.csv"), "utf8");
      const rows = parse(text, { columns: true }) as Record<string, string>[];
      const critical = rows.filter((r) => r["Is critical mineral 2025"] === "Yes");
      const figures = pack().figures.filter((f) => f.topic === "US import sources");
      expect(figures.length).toBe(critical.length);
      const germanium = critical.find(
        (r) => r.Commodity === "Germanium" && r.Statistics_detail === "Combined total" && r.Country === "China",
      )!;
      const ours = figures.find((f) => f.metric.endsWith("Germanium, Combined total") && f.partner === "CHN");
      expect(ours?.value?.low).toBe(Number(germanium.Value));
    });

    it.each([
      ["usgs", importUsgs, "minerals"],
      ["iea", importIea, "minerals"],
      ["facts", importFacts, "facts"],
    ] as const)("imports %s again without changing a byte of the packs", (_, run, folder) => {
      const packs = standing();
      const result = run({ files: readFolder(root, folder, () => true), packs, accessed: "2026-11-21" });
      for (const c of result.report.changes)
        expect([c.path, c.added, c.removed, c.changed]).toEqual([c.path, [], [], []]);
      expect(result.files.length).toBeGreaterThan(3);
      for (const f of result.files) expect(packs.find((p) => p.path === f.path)?.text).toBe(f.text);
    });
  },
);
