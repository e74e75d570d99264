import { describe, expect, it } from "vitest";
import { InputError } from "../../domain/errors.ts";
import type { TextFile } from "../../input/text-file.ts";
import { parsePack } from "../../supply/parse-pack.ts";
import { sharesAt } from "../../supply/shares-at.ts";
import type { Imported } from "../pack-import.ts";
import { importUsgs } from "./import-usgs.ts";

const PRODUCTION =
  "chapter,commodity,series,country,unit,year,quantity,world_total,share,us_critical_mineral_2025,notes";
const IMPORTS =
  "MCS chapter,Section,Commodity,Country,Statistics,Statistics_detail,Unit,Year,Value,Notes,Is critical mineral 2025,Other notes";

/** Rows of an ignored commodity, so that the release is as long as a real one. */
const cement = Array.from({ length: 1300 }, (_, i) => `C,Cement,Cement production,Land ${i},t,2025,1,9,0,No,`);
const sheets = Array.from({ length: 500 }, (_, i) => `M,Import Sources,Mica,Land ${i},x,All,percent,202124,1,,No,`);

const tin = (country: string, quantity: number, total = 100) =>
  `TIN,Tin,Mine production,${country},metric tons,2025,${quantity},${total},0,Yes,Estimated.`;

function release(production: readonly string[], imports: readonly string[] = []): TextFile[] {
  return [
    { path: "m/usgs_mcs2026_world_production_shares.csv", text: [PRODUCTION, ...cement, ...production].join("\n") },
    { path: "m/usgs_mcs2026_us_import_sources.csv", text: [IMPORTS, ...sheets, ...imports].join("\n") },
  ];
}

function run(production: readonly string[], imports: readonly string[] = []): Imported {
  return importUsgs({ files: release(production, imports), packs: [], accessed: "2031-01-02" });
}

function problems(production: readonly string[], imports: readonly string[] = []): string[] {
  try {
    run(production, imports);
  } catch (e) {
    if (e instanceof InputError) return e.problems.map((p) => `${p.at?.line ?? "-"} ${p.code} ${p.message}`);
    throw e;
  }
  return [];
}

describe("importUsgs", () => {
  it("divides by the world total, and puts other countries with the unallocated rest", () => {
    const result = run([tin("China", 70), tin("Burma", 20), tin("Other countries", 10)]);
    const pack = parsePack(result.files);
    expect(pack.shares.map((s) => [s.supplier, s.level, s.value?.low])).toEqual([
      ["CHN", "state", 0.7],
      ["MMR", "state", 0.2],
      ["various", "various", 0.1],
    ]);
    expect(sharesAt(pack, "tin-mine", 2025).unallocated).toEqual({ low: 0.1, high: 0.1 });
    expect(result.report.ignored).toEqual(["Cement"]);
    expect(pack.sources.get("usgs-mcs-2026-production")?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("makes ranges and says so when rows pass the rounded total", () => {
    const result = run([tin("China", 80), tin("Peru", 24)]);
    const china = parsePack(result.files).shares.find((s) => s.supplier === "CHN");
    expect(china?.value).toEqual({ low: 0.769231, high: 0.8 });
    expect(result.report.notes[0]).toContain("tin-mine 2025: rows are 104%");
  });

  it("counts a part of a series by the total of the whole", () => {
    const row = (series: string, country: string, quantity: number, total: number) =>
      `TE,Tellurium,${series},${country},metric tons,2025,${quantity},${total},0,Yes,`;
    const result = run([
      row("Refinery production", "China", 90, 100),
      row("Refinery production: concentrate", "Sweden", 5, 5),
    ]);
    const sweden = parsePack(result.files).shares.find((s) => s.supplier === "SWE");
    expect(sweden?.value).toEqual({ low: 0.05, high: 0.05 });
  });

  it("reads import shares with their open ends, of critical minerals alone", () => {
    const row = (country: string, value: string, critical = "Yes") =>
      `TIN,Import Sources,Tin,${country},x,Refined tin,percent,2021–24,${value},,${critical},`;
    const result = run(
      [tin("China", 70)],
      [row("Peru", "92"), row("China", "<1"), row("Bolivia", ">99"), row("Japan", "5", "No")],
    );
    const figures = parsePack(result.files).figures;
    expect(figures.map((f) => [f.partner, f.value?.low, f.value?.high, f.class])).toEqual([
      ["BOL", 99, 100, "tin-mine"],
      ["CHN", 0, 1, "tin-mine"],
      ["PER", 92, 92, "tin-mine"],
    ]);
  });

  it("refuses what it does not know, all at once and with the line", () => {
    const found = problems(
      [tin("Chaina", 70), tin("Peru", 1), tin("Peru", 2), "X,Unobtainium,Mine production,China,t,2025,1,1,1,Yes,"],
      ["TIN,Import Sources,Tin,Peru,x,All,percent,1999,lots,,Yes,"],
    );
    expect(found.map((f) => f.split(" ").slice(0, 2).join(" ")).sort()).toEqual([
      "1302 unknown-state",
      "1304 duplicate-id",
      "1305 unknown-class",
      "502 bad-value",
      "502 bad-value",
    ]);
  });

  it("refuses a release that is not whole", () => {
    const [production] = release([tin("China", 70)]);
    const short = { path: production!.path, text: `${PRODUCTION}\n${tin("China", 70)}` };
    const attempt = () => importUsgs({ files: [short], packs: [], accessed: "2031-01-02" });
    expect(attempt).toThrow("1 rows where 1200 to 3000 are plausible");
    expect(attempt).toThrow("`usgs_mcs2026_us_import_sources.csv` is missing");
  });
});
