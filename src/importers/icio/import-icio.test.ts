import { describe, expect, it } from "vitest";
import { InputError } from "../../domain/errors.ts";
import { tradeTotals } from "../../economy/base-pack.ts";
import type { TextFile } from "../../input/text-file.ts";
import type { Imported } from "../pack-import.ts";
import { readBaseFiles } from "../read-base-files.ts";
import { WIOD_TO_ICIO } from "../wiod/concordance.ts";
import { importWiod } from "../wiod/import-wiod.ts";
import { importIcio } from "./import-icio.ts";

const ICIO = [...new Set(WIOD_TO_ICIO.map(([, icio]) => icio))];
const WIOD = [...new Set(WIOD_TO_ICIO.map(([wiod]) => wiod))];
const name = (sector: string) => (sector === "services" ? "Services (aggregate)" : sector);
const SETS = "BSY,CP,FGO,GYY,IS,LL,Shap,U4";
const ANY: readonly [number, number] = [0, 1e6];
const accessed = "2031-01-02";

/** The same elasticity in every set, 1 for the first sector and one more for each. */
const elasticities: TextFile = {
  path: "u/icio_trade_elasticities.csv",
  text: [`sector,sector_name,${SETS}`, ...ICIO.map((s, j) => `${name(s)},Sector ${j},${Array(8).fill(j + 1)}`)].join(
    "\n",
  ),
};

/** Two economies that sell 8 of every sector at home and 2 to each other, use 4 of every output of the sector itself. */
function wiod(change: (line: string) => string = (line) => line): TextFile[] {
  const pairs = [
    ["USA", "USA", 8],
    ["USA", "ROW", 2],
    ["ROW", "USA", 2],
    ["ROW", "ROW", 8],
  ] as const;
  const each = <T>(make: (sector: string, country: string) => T) =>
    ["USA", "ROW"].flatMap((c) => WIOD.map((s) => make(s, c)));
  const file = (path: string, header: string, rows: readonly string[]) => ({
    path,
    text: [header, ...rows.map(change)].join("\n"),
  });
  return [
    elasticities,
    file(
      "u/wiod2011_trade_long.csv",
      "exporter,importer,sector,intermediate_musd,final_musd",
      pairs.flatMap(([from, to, value]) => WIOD.map((s) => `${from},${to},${s},1,${value - 1}`)),
    ),
    file(
      "u/wiod2011_io_coefficients.csv",
      "country,using_sector,input_sector,input_musd,share_of_output",
      each((s, c) => `${c},${s},${s},4,0.4`),
    ),
    file(
      "u/wiod2011_country_sector.csv",
      "country,sector,sector_name,gross_output_musd,intermediate_inputs_musd,value_added_plus_taxes_musd,va_share,final_expenditure_musd_all_origins",
      each((s, c) => `${c},${s},Name,10,4,6,0.6,6`),
    ),
  ];
}

function icio(rows: readonly string[]): TextFile[] {
  const text = ["year,exporter,importer,sector,value_musd,tariff_advalorem", ...rows].join("\n");
  return [elasticities, { path: "u/icio2022_trade_long.csv", text }];
}

/** Output of a sector beside that of the others as in 2011: c4 and c5 are one sector now, c1 is three. */
function weight(sector: string): number {
  const from = WIOD_TO_ICIO.filter(([, icio]) => icio === sector).map(([wiod]) => wiod);
  return from.length / WIOD_TO_ICIO.filter(([wiod]) => wiod === from[0]).length;
}

/** Korea and the rest sell 90 of every sector of 2011 at home and 18 to each other; Korea asks 10 per cent. */
const trade = ICIO.flatMap((s) => [
  `2022,KOR,KOR,${name(s)},${90 * weight(s)},0`,
  `2022,ROW,ROW,${name(s)},${90 * weight(s)},0`,
  `2022,ROW,KOR,${name(s)},${18 * weight(s)},0.1`,
  `2022,KOR,ROW,${name(s)},${18 * weight(s)},0`,
]);

const old = importWiod({ files: wiod(), packs: [], accessed }, ANY);
const fault = (run: () => Imported) => {
  try {
    run();
  } catch (e) {
    if (e instanceof InputError) return e.problems.map((p) => p.message).join("; ");
    throw e;
  }
  return "none";
};

describe("importing the table of WIOD", () => {
  it("keeps accounts that are in balance: 6 of 10 are value added, a sector uses itself alone", () => {
    const pack = readBaseFiles(old.files);
    expect([...pack.valueAddedShare].every((share) => share === 0.6)).toBe(true);
    const J = WIOD.length;
    for (let j = 0; j < J; j++) for (let k = 0; k < J; k++) expect(pack.inputs[j * J + k]).toBe(j === k ? 1 : 0);
    // Chemicals and pharmaceuticals are the 14th and 15th sector: their mean.
    expect(pack.elasticities[0]!.theta[WIOD.indexOf("c9")]).toBe(14.5);
  });

  it("sets a negative flow to 0 and lists it", () => {
    const files = wiod((line) => line.replace("USA,ROW,c2,1,1", "USA,ROW,c2,0,-3"));
    const done = importWiod({ files, packs: [], accessed }, ANY);
    expect(done.files.find((f) => f.path.endsWith("adjustments.csv"))!.text).toContain("c2,ROW,USA,-3,0");
    expect(done.report.notes[0]).toBe("1 negative flows set to 0, together -3 million dollars (adjustments.csv)");
  });

  it("refuses tables that lack a file, have a stranger or are too short", () => {
    expect(fault(() => importWiod({ files: [elasticities], packs: [], accessed }, ANY))).toContain("is missing");
    const files = wiod((line) => line.replace("USA,ROW,c2,1,1", "USA,MARS,c2,x,1"));
    expect(fault(() => importWiod({ files, packs: [], accessed }, ANY))).toBe(
      "`MARS` is in no account; `x` is no number",
    );
    expect(fault(() => importWiod({ files: wiod(), packs: [], accessed }))).toContain("rows where");
  });
});

describe("importing the table of the OECD", () => {
  const run = (rows: readonly string[], packs = old.files) => importIcio({ files: icio(rows), packs, accessed }, ANY);

  it("carries trade and tariffs over and maps accounts from 2011", () => {
    const pack = readBaseFiles(run(trade).files);
    expect(pack.countries).toEqual(["KOR", "ROW"]);
    const { output, revenue, surplus } = tradeTotals(pack);
    for (const [j, s] of ICIO.entries()) expect(Math.abs(output[j]! - 108 * weight(s))).toBeLessThan(1e-9);
    expect(Math.abs(revenue[0]! - 1.8 * WIOD.length)).toBeLessThan(1e-9);
    expect([...surplus].every((s) => Math.abs(s) < 1e-9)).toBe(true);
    // The rest pays no tariffs and has the proportions of 2011: nothing is left to balance.
    const J = ICIO.length;
    for (let j = 0; j < J; j++) expect(Math.abs(pack.valueAddedShare[J + j]! - 0.6)).toBeLessThan(1e-9);
    // Three sectors that were one use one another as they are bought: a third each.
    expect(Math.abs(pack.inputs[(J + ICIO.indexOf("A01")) * J + ICIO.indexOf("A03")]! - 1 / 3)).toBeLessThan(1e-8);
  });

  it("names the economies that it puts together as the rest of the world", () => {
    const table = run(trade).files.find((f) => f.path.endsWith("concordance-countries.csv"))!.text;
    expect(table).toContain("KOR,ROW,assumed");
  });

  it("leaves a flow without a row empty", () => {
    const done = run(trade.filter((line) => !line.startsWith("2022,ROW,KOR,A01")));
    expect(done.files.find((f) => f.path.endsWith("trade.csv"))!.text).toContain("A01,KOR,30000,\n");
    expect(done.report.notes[0]).toBe("1 flows without a row, taken as none");
  });

  it("refuses what it cannot place, with every problem", () => {
    const rows = [...trade, trade[0]!, "2022,ROW,KOR,C99,1,0", "2022,ROW,XQX,A01,-1,"];
    const said = fault(() => run(rows));
    for (const part of [
      "`KOR` in `exporter`",
      "`C99` in `sector`",
      "`XQX` in `importer`",
      "`-1` in `value_musd`",
      "`` in `tariff_",
    ])
      expect(said).toContain(part);
    expect(fault(() => run(trade, []))).toContain("the base `world-2011` is missing");
    expect(fault(() => importIcio({ files: icio(trade), packs: old.files, accessed }))).toContain("rows where");
  });
});
