import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";

const UPSTREAM = process.env.ENTENTE_UPSTREAM;
const NAMED = "trade of the pack chips-open against the upstream file";
const SKIPPED = `${NAMED} (skipped: ENTENTE_UPSTREAM names no folder with trade/)`;

function read(path: string): Record<string, string>[] {
  return parse(readFileSync(path, "utf8"), { columns: true, bom: true });
}

describe.skipIf(!UPSTREAM)(UPSTREAM ? NAMED : SKIPPED, () => {
  it("has every flow, to the dollar", () => {
    const upstream = read(join(UPSTREAM!, "trade", "semis_bilateral_hs6_2019_2022.csv"));
    const pack = read(join(import.meta.dirname, "..", "packs", "chips-open", "trade.csv"));
    const key = (r: Record<string, string>, year: string): string => [r.hs6, r.exporter, r.importer, year].join(" ");
    const flows = new Map(pack.map((r) => [key(r, r.period!), Number(r.usd)]));
    expect(flows.size).toBe(upstream.length);
    const wrong = upstream.filter((r) => !(Math.abs(flows.get(key(r, r.year!))! - Number(r.value_usd)) <= 0.5));
    expect(wrong).toEqual([]);
    expect(new Set(pack.map((r) => r.hs6)).size).toBe(23);
  });
});
