import { describe, expect, it } from "vitest";
import { InputError } from "../../domain/errors.ts";
import type { TextFile } from "../../input/text-file.ts";
import { importComtrade } from "./import-comtrade.ts";

const PACK: TextFile = {
  path: "packs/chips-open/pack.yaml",
  text: "# kept as it is\nid: chips-open\ntables:\n  trade.csv: 7 # flows\n",
};
const HEAD = "year,hs6,exporter,importer,value_usd,source";

function run(lines: readonly string[], pack: readonly TextFile[] = [PACK], rows: readonly [number, number] = [1, 9]) {
  const file = { path: "trade/semis_bilateral_hs6_2031.csv", text: `${[HEAD, ...lines].join("\n")}\n` };
  return importComtrade({ files: [file], packs: pack, accessed: "2031-06-01" }, rows);
}

function problemsOf(lines: readonly string[], rows?: readonly [number, number]): string[] {
  try {
    run(lines, [PACK], rows);
  } catch (e) {
    if (e instanceof InputError) return e.problems.map((p) => `${p.at?.line}:${p.at?.column} ${p.code} ${p.message}`);
    throw e;
  }
  return [];
}

const NLD = "2022,848620,NLD,CHN,2500000000.4,UN Comtrade exports (via a collection)";
const TWN = "2019,848620,JPN,TWN,12,Taiwan ITA customs (via a collection)";

describe("trade by product code", () => {
  it("is written by code, year and states, to the dollar, with its source", () => {
    const { files, report } = run([NLD, TWN]);
    expect(files.find((f) => f.path === "packs/chips-open/trade.csv")?.text).toBe(
      [
        "hs6,exporter,importer,period,usd,source,note",
        "848620,JPN,TWN,2019,12,taiwan-customs,",
        "848620,NLD,CHN,2022,2500000000,un-comtrade,",
        "",
      ].join("\n"),
    );
    expect(report.notes[0]).toMatch(/^trade.csv 2 rows/);
  });

  it("sets the count in pack.yaml and leaves the rest of it alone", () => {
    expect(run([NLD]).files.find((f) => f.path.endsWith("pack.yaml"))?.text).toBe(
      "# kept as it is\nid: chips-open\ntables:\n  trade.csv: 1 # flows\n",
    );
  });

  it("reports flows that are new, gone and changed against the table that stands", () => {
    const standing = run([NLD, TWN]).files;
    const later = run([NLD.replace("2500000000.4", "3"), "2022,848620,KOR,CHN,5,UN Comtrade exports"], standing);
    expect(later.report.changes).toEqual([
      {
        path: "packs/chips-open/trade.csv",
        added: ["848620 | KOR | CHN | 2022 | un-comtrade"],
        removed: ["848620 | JPN | TWN | 2019 | taiwan-customs"],
        changed: ["848620 | NLD | CHN | 2022 | un-comtrade: usd `2500000000` -> `3`"],
      },
    ]);
  });

  it("refuses every row that does not fit, each at its cell", () => {
    expect(
      problemsOf([
        "22,848620,NLD,CHN,5,UN Comtrade exports",
        "2022,8486,NLD,CHN,5,UN Comtrade exports",
        "2022,848620,Holland,CHN,5,UN Comtrade exports",
        "2022,848620,NLD,JPN,0,UN Comtrade exports",
        "2022,848620,NLD,CHN,5,hearsay",
        NLD,
        NLD,
      ]),
    ).toEqual([
      "2:1 bad-date `22` is no year",
      "3:6 bad-value `8486` is no product code",
      "4:13 unknown-state `Holland` is no state",
      "5:21 bad-value `0` is no trade value",
      "6:23 unknown-source unknown source `hearsay`",
      "8:6 duplicate-id the flow `848620 NLD CHN 2022 un-comtrade` stands twice",
    ]);
  });

  it("refuses a file that is far too short, and a pack without its manifest", () => {
    expect(problemsOf([NLD], [5, 9])).toEqual(["undefined:undefined bad-value 1 rows where 5 to 9 are plausible"]);
    expect(() => run([NLD], [])).toThrow(/packs\/chips-open\/pack.yaml` is missing/);
  });
});
