import { describe, expect, it } from "vitest";
import { InputError } from "../domain/errors.ts";
import { tradeBaseOf, tradeTotals } from "./base-pack.ts";
import { type BaseTable, parseBasePack } from "./base-pack-parse.ts";

const manifest = {
  ...{ id: "small", title: "Small", year: 2031, licence: "none", money: 0.5, countries: ["XAA", "XBB"] },
  sectors: [{ id: "s", name: "Stuff" }],
  elasticities: [{ id: "P", title: "Published", kind: "published" }],
  assumptions: ["Nothing is."],
};
const TEXTS: Readonly<Record<string, string>> = {
  // XAA buys 40 from itself and 20 from XBB, XBB 10 from XAA; the rows are out of order.
  "trade.csv": "sector,importer,XAA,XBB\ns,XBB,10,30\ns,XAA,40,20",
  "tariffs.csv": "sector,importer,XAA,XBB\ns,XAA,0,0.5\ns,XBB,,0",
  "accounts.csv": "country,sector,value_added_share,final_share\nXAA,s,0.6,1\nXBB,s,0.5,0.9999",
  "inputs.csv": "country,user,s\nXAA,s,999\nXBB,s,1000",
  "elasticities.csv": "sector,P\ns,4",
  "concordance-hs6.csv": "hs6,sector,note\n111111,s,",
};

function tables(texts: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, BaseTable> {
  const given = Object.entries({ ...TEXTS, ...texts }).filter((e): e is [string, string] => e[1] !== undefined);
  return new Map(
    given.map(([name, text]) => [
      name,
      { file: name, rows: text.split("\n").map((line, at) => ({ cells: line.split(","), line: at + 1 })) },
    ]),
  );
}

const parse = (texts = {}, changed = {}) =>
  parseBasePack({
    manifest: { ...manifest, ...changed },
    locate: () => ({ file: "base.yaml" }),
    tables: tables(texts),
  });

function faults(texts = {}, changed = {}): string[] {
  try {
    parse(texts, changed);
  } catch (e) {
    if (e instanceof InputError) return e.problems.map((p) => `${p.at?.file}:${p.at?.line ?? ""} ${p.message}`);
    throw e;
  }
  return [];
}

describe("reading a base", () => {
  it("takes rows in any order, money in its unit, empty cells as 0 and shares to a sum of 1", () => {
    const pack = parse();
    expect([...pack.trade]).toEqual([20, 10, 5, 15]);
    expect([...pack.tariffs]).toEqual([0, 0.5, 0, 0]);
    expect([...pack.inputs]).toEqual([1, 1]);
    expect([...pack.finalShare]).toEqual([1, 1]);
    expect(pack.elasticities[0]).toEqual({ id: "P", title: "Published", kind: "published", theta: [4] });
    expect(pack.sectorOfProduct.get("111111")).toBe("s");
  });

  it("adds up by hand: XAA makes 25, spends 20 and 15 with tariffs, takes in 5, sends out 5 less than it takes", () => {
    const totals = tradeTotals(parse());
    expect([...totals.output]).toEqual([25, 25]);
    expect([...totals.spending]).toEqual([35, 20]);
    expect([...totals.revenue]).toEqual([5, 0]);
    expect([...totals.surplus]).toEqual([-5, 5]);
    const base = tradeBaseOf(parse(), { theta: [4] });
    expect([...base.valueAdded]).toEqual([15, 12.5]);
    expect([...base.shares]).toEqual([20 / 35, 15 / 35, 0.25, 0.75]);
  });

  it("does without tariffs and without a concordance", () => {
    const pack = parse({ "tariffs.csv": undefined, "concordance-hs6.csv": undefined });
    expect([...pack.tariffs]).toEqual([0, 0, 0, 0]);
    expect(pack.sectorOfProduct.size).toBe(0);
  });

  it("names every fault of the tables with its line", () => {
    expect(
      faults({
        "trade.csv": "sector,importer,XAA,XBB\ns,XAA,-1,2\ns,XCC,1,2\ns,XAA,1,1\ns,XBB,1",
        "accounts.csv": undefined,
        "inputs.csv": "country,user,t\nXAA,s,1",
        "concordance-hs6.csv": "hs6,sector\n11111,s\n222222,t",
      }),
    ).toEqual([
      "trade.csv:2 `-1` in `XAA`",
      "trade.csv:3 `s, XCC` is not in the manifest",
      "trade.csv:4 `s, XAA` stands twice",
      "trade.csv:5 3 cells",
      "trade.csv: trade.csv has no row for `s, XBB`",
      "base.yaml: accounts.csv is missing",
      "inputs.csv: the columns of inputs.csv are not those of the manifest",
      "concordance-hs6.csv:2 `11111` in `s`",
      "concordance-hs6.csv:3 `222222` in `t`",
    ]);
  });

  it("names every fault of the manifest", () => {
    const wrong = { title: 7, money: 0, countries: ["XAA", "XAA"], elasticities: [{ id: "P", kind: "guess" }] };
    expect(faults({}, wrong)).toEqual(
      ["title", "money", "elasticities", "countries"].map(
        (key) => `base.yaml: \`${key}\` of a base is missing or wrong`,
      ),
    );
  });
});
