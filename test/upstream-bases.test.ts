import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { importIcio } from "../src/importers/icio/import-icio.ts";
import { readBaseFiles } from "../src/importers/read-base-files.ts";
import { importWiod } from "../src/importers/wiod/import-wiod.ts";
import { readFolder } from "../src/input/read-folder.ts";
import { folderStore } from "../src/workbench/store.ts";

const upstream = process.env.ENTENTE_UPSTREAM ?? "";
const lines = (path: string) =>
  gunzipSync(readFileSync(join(upstream, path)))
    .toString("utf8")
    .trim()
    .split("\n")
    .slice(1);
const base = (id: string) => readBaseFiles(folderStore(".").base!(id));

describe.skipIf(upstream === "")("bases against their sources (skipped without ENTENTE_UPSTREAM)", () => {
  it("world-2022 has every flow and tariff of the source, and no other", () => {
    const { trade, tariffs, countries, sectors } = base("world-2022");
    const N = countries.length;
    let total = 0;
    for (const line of lines("trade/icio2022_trade_long.csv.gz")) {
      const [, exporter, importer, sector, value, rate] = line.split(",");
      const j = sector === "Services (aggregate)" ? sectors.length - 1 : sectors.indexOf(sector!);
      const at = (j * N + countries.indexOf(importer!)) * N + countries.indexOf(exporter!);
      if (Math.abs(trade[at]! - Number(value)) > 1e-9 * Number(value) || tariffs[at] !== Number(rate))
        expect.fail(`${line}: ${trade[at]}, ${tariffs[at]}`);
      total += Number(value);
    }
    const kept = trade.reduce((a, b) => a + b, 0);
    expect(Math.abs(kept / total - 1)).toBeLessThan(1e-12);
  });

  it("world-2011 has every flow of the source but those below zero, which are listed", () => {
    const { trade, countries, sectors } = base("world-2011");
    const N = countries.length;
    let below = 0;
    let total = 0;
    for (const line of lines("economy/wiod2011_trade_long.csv.gz")) {
      const [exporter, importer, sector, used, final] = line.split(",");
      const value = Number(used) + Number(final);
      const at = (sectors.indexOf(sector!) * N + countries.indexOf(importer!)) * N + countries.indexOf(exporter!);
      if (value < 0) below += 1;
      if (trade[at] !== Math.max(0, value)) expect.fail(`${line}: ${trade[at]}`);
      total += Math.max(0, value);
    }
    expect(below).toBe(25);
    expect(trade.reduce((a, b) => a + b, 0)).toBe(total);
    const listed = readFileSync("bases/world-2011/adjustments.csv", "utf8").trim().split("\n");
    expect(listed.length).toBe(1 + below);
  });

  it("world-2011 keeps value added, small economies to within the flows that the source rounds away", () => {
    const pack = base("world-2011");
    const J = pack.sectors.length;
    const rows = readFileSync(join(upstream, "economy/wiod2011_country_sector.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    const published = new Map<string, number>();
    for (const row of rows) {
      // Names hold commas in quotes; the figures are the last columns.
      const cells = row.replace(/"[^"]*"/g, "").split(",");
      published.set(cells[0]!, (published.get(cells[0]!) ?? 0) + Number(cells[5]));
    }
    let world = 0;
    for (const [n, country] of pack.countries.entries()) {
      let paid = 0;
      for (let j = 0; j < J; j++) {
        let made = 0;
        for (let m = 0; m < pack.countries.length; m++)
          made += pack.trade[(j * pack.countries.length + m) * pack.countries.length + n]!;
        paid += pack.valueAddedShare[n * J + j]! * made;
      }
      expect(Math.abs(paid / published.get(country)! - 1), country).toBeLessThan(0.06);
      world += paid;
    }
    const whole = [...published.values()].reduce((a, b) => a + b, 0);
    expect(Math.abs(world / whole - 1)).toBeLessThan(0.001);
  });

  it("importing again changes nothing", () => {
    const files = ["trade", "economy"].flatMap((folder) =>
      readFolder(upstream, folder, (p) =>
        /(icio_trade_elasticities|wiod2011|icio2022_trade)[^/]*\.csv(\.gz)?$/.test(p),
      ),
    );
    const packs = readFolder(".", "bases", () => true);
    const accessed = "2026-11-22";
    for (const done of [importWiod({ files, packs, accessed }), importIcio({ files, packs, accessed })]) {
      for (const change of done.report.changes)
        expect(change, change.path).toMatchObject({ added: [], removed: [], changed: [] });
      for (const file of done.files)
        expect(packs.find((p) => p.path === file.path)?.text === file.text, file.path).toBe(true);
    }
  });
});
