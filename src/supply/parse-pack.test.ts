import { describe, expect, it } from "vitest";
import { InputError, type Problem } from "../domain/errors.ts";
import { inventedPack } from "./invented-pack.ts";
import { parsePack } from "./parse-pack.ts";

function problemsOf(change: Record<string, string | null>): readonly Problem[] {
  try {
    parsePack(inventedPack(change));
  } catch (e) {
    if (e instanceof InputError) return e.problems;
    throw e;
  }
  return [];
}

/** `line:column code` of every problem. */
function places(problems: readonly Problem[]): string[] {
  return problems.map((p) => `${p.at?.line}:${p.at?.column} ${p.code}`);
}

const CLASSES = "id,name,parent,type,group,stage,basis,source\n";
const SHARES = "class,supplier,state,value,low,high,period,source,kind\n";
const FIGURES = "id,topic,metric,state,partner,class,period,value,low,high,unit,source,kind\n";

describe("parsePack", () => {
  it("reads every table, items and goals without a warning", () => {
    const pack = parsePack(inventedPack());
    expect(pack.warnings).toEqual([]);
    expect(pack.classes.map((c) => [c.id, c.leaf])).toEqual([
      ["tops", false],
      ["wooden-tops", true],
      ["tin-tops", true],
      ["kites", true],
    ]);
    expect(pack.classes[2]).toEqual({
      id: "tin-tops",
      name: "Tin tops",
      parent: "tops",
      leaf: true,
      type: "tool",
      group: "spinning",
      stage: "making",
      basis: "headquarters",
      source: "atlas",
      note: "not for eating",
      pack: "toys",
    });
    expect(pack.shares.map((s) => s.level)).toEqual([
      "state",
      "state",
      "various",
      "firm",
      "state",
      "state",
      "state",
      "state",
    ]);
    expect(pack.shares[5]?.value).toEqual({ low: 0.5, high: 0.55 });
    expect(pack.figures.map((f) => [f.id, f.value, f.text])).toEqual([
      ["kite-sales", { low: 3.5, high: 3.5 }, undefined],
      ["kite-law", null, "anyone may"],
    ]);
    expect(pack.trade[0]?.usd).toBe(1e6);
    expect(pack.memberships[0]?.since).toBe("2030-02");
    expect(pack.items[0]?.variants.map((v) => v.share)).toEqual([{ low: 0.25, high: 0.25 }, undefined]);
    expect(pack.goals[0]?.id).toBe("parade");
  });

  it("keeps an unknown share as null and never as zero", () => {
    expect(parsePack(inventedPack()).shares[6]).toMatchObject({ supplier: "USA", value: null });
  });

  it("takes a firm for a firm even when its name is a state's code", () => {
    expect(parsePack(inventedPack()).shares[3]).toMatchObject({ supplier: "ARM", level: "firm", state: "GBR" });
  });

  it("reports bad classes together with line and column", () => {
    const text = `${CLASSES}Tops,Tops,,gadget,g,s,weight,atlas\nb,,c,tool,g,s,plant,\nc,C,b,tool,g,s,plant,atlsa\nc,C,,tool,g,s,plant,atlas\n`;
    const found = places(problemsOf({ "classes.csv": text }));
    expect(found).toEqual(
      expect.arrayContaining([
        "2:1 bad-value",
        "2:12 bad-value",
        "2:23 bad-value",
        "3:3 bad-shape",
        "3:21 missing-source",
        "4:22 unknown-source",
        "5:1 duplicate-id",
      ]),
    );
  });

  it("refuses classes that are types of one another", () => {
    const text = `${CLASSES}a,A,b,tool,g,s,plant,atlas\nb,B,a,tool,g,s,plant,atlas\nc,C,a,tool,g,s,plant,atlas\nd,D,,tool,g,s,plant,atlas\n`;
    const circles = problemsOf({ "classes.csv": text }).filter((p) => p.message.includes("type of itself"));
    expect(places(circles)).toEqual(["2:5 bad-value", "3:5 bad-value"]);
  });

  it("reports bad shares together, each with its hint", () => {
    const rows = [
      "kite,CHN,,10,,,2025,atlas,measured",
      "kites,CHX,,10,,,2025,atlas,measured",
      "kites,Nederland,,10,,,2025,atlas,measured",
      "kites,Japan,,10,,,2025,atlas,measured",
      "kites,USA,,1o,,,2025,atlas,measured",
      "kites,KOR,,101,,,2025,atlas,measured",
      "kites,FRA,,,5,,2025,atlas,measured",
      "kites,ITA,,,5,4,2025,atlas,measured",
      "kites,DEU,,5,,,2025Q1,atlas,guessed",
    ];
    const problems = problemsOf({ "shares.csv": SHARES + rows.join("\n") });
    expect(places(problems)).toEqual([
      "2:1 unknown-class",
      "3:7 unknown-state",
      "4:17 unknown-state",
      "5:7 unknown-state",
      "6:12 bad-value",
      "7:12 bad-value",
      "8:13 bad-shape",
      "9:13 bad-value",
      "10:16 bad-date",
      "10:29 bad-value",
    ]);
    expect(problems[0]?.hint).toBe("did you mean `kites`?");
    expect(problems[3]?.hint).toBe("did you mean `JPN`?");
    expect(problems.every((p) => p.hint)).toBe(true);
  });

  it("refuses states that add up to more than 102.5% and accepts rounding up to it", () => {
    const sum = (last: string) =>
      `${SHARES}kites,CHN,,60,,,2025,atlas,measured\nkites,NLD,,${last},,,2025,atlas,measured\n`;
    expect(problemsOf({ "shares.csv": sum("42.5") })).toEqual([]);
    const problems = problemsOf({ "shares.csv": sum("42.6") });
    expect(places(problems)).toEqual(["3:12 bad-sum"]);
    expect(problems[0]?.message).toContain("102.6%");
  });

  it("counts `various` into the sum, and neither firms nor another year", () => {
    const rows = (last: string) => `${SHARES}kites,CHN,,60,,,2025,atlas,measured\n${last}\n`;
    expect(problemsOf({ "shares.csv": rows("kites,various,,50,,,2025,atlas,measured") })).toHaveLength(1);
    expect(problemsOf({ "shares.csv": rows("kites,Kiteco,CHN,50,,,2025,atlas,measured") })).toEqual([]);
    expect(problemsOf({ "shares.csv": rows("kites,NLD,,50,,,2024,atlas,measured") })).toEqual([]);
  });

  it("refuses the same supplier twice from one source and keeps two sources side by side", () => {
    const rows = (source: string) =>
      `${SHARES}kites,CHN,,60,,,2025,atlas,measured\nkites,CHN,,50,,,2025,${source},measured\n`;
    expect(places(problemsOf({ "shares.csv": rows("atlas") }))).toEqual(["3:7 duplicate-id"]);
    expect(problemsOf({ "shares.csv": rows("census") })).toEqual([]);
  });

  it("reports figures without unit, source, number or real period", () => {
    const text = `${FIGURES}a,t,m,CHN,,,2024Q5,1,,,,atlas,reported\nb,t,m,CHN,,kits,2024,x,,,thumbs,,reported\nb,t,m,CHN,,,2024,1,,,USD,atlas,reported\n`;
    expect(places(problemsOf({ "figures.csv": text }))).toEqual([
      "2:13 bad-date",
      "2:24 missing-unit",
      "3:12 unknown-class",
      "3:22 bad-value",
      "3:26 bad-value",
      "3:33 missing-source",
      "4:1 duplicate-id",
    ]);
  });

  it("reports bad trade, memberships, items, goals and manifest at once", () => {
    const problems = problemsOf({
      "trade.csv": "hs6,exporter,importer,period,usd,source\n95,NLD,XXX,2024,-5,atlas\n",
      "memberships.csv": "alliance,state,role,since,until,disclosed,source\nf,JPN,founder,soon,,yes,atlas\n",
      "items.yaml": "items:\n  - class: wooden-top\n    facts: {}\n    source: atlas\n",
      "goals/parade.yaml":
        "title: T\nproduct: p\nneeds:\n  - step: s\n    source: nowhere\n    any: [ { classes: [tops], penalty: x } ]\n",
    });
    expect(problems.map((p) => `${p.at?.file.replace("packs/toys/", "")}:${p.at?.line} ${p.code}`)).toEqual([
      "trade.csv:2 bad-value",
      "trade.csv:2 bad-value",
      "trade.csv:2 unknown-state",
      "memberships.csv:2 bad-date",
      "memberships.csv:2 bad-value",
      "items.yaml:2 unknown-class",
      "goals/parade.yaml:5 unknown-source",
      "goals/parade.yaml:6 missing-source",
      "goals/parade.yaml:6 bad-value",
    ]);
  });

  it("names a manifest's problems and a folder that is no pack", () => {
    const bad = inventedPack()[0]!
      .text.replace("checkedOn: 2031-05-01", "checkedOn: 2031-02-30")
      .replace("id: census", "id: atlas");
    expect(
      problemsOf({ "pack.yaml": bad })
        .filter((p) => p.at?.file.endsWith("pack.yaml"))
        .map((p) => p.code),
    ).toEqual(["bad-date", "duplicate-id"]);
    expect(problemsOf({ "pack.yaml": null })[0]?.code).toBe("missing-file");
    expect(problemsOf({ "pack.yaml": "id: toys\n" }).length).toBeGreaterThan(3);
  });

  it("refuses a table that nobody reads", () => {
    const problems = problemsOf({ "share.csv": SHARES });
    expect(problems[0]).toMatchObject({ code: "bad-shape", hint: "did you mean `shares.csv`?" });
  });

  it("goes on without a table or a row that is lost, and says so", () => {
    const lost = parsePack(inventedPack({ "shares.csv": null, "items.yaml": null, "figures.csv": FIGURES }));
    expect(lost.shares).toEqual([]);
    expect(lost.warnings.map((w) => [w.code, w.at?.line])).toEqual([
      ["missing-file", 9],
      ["bad-shape", 9],
      ["missing-file", 9],
    ]);
  });

  it("drops rows of a lost class instead of refusing the pack", () => {
    const classes = inventedPack()
      .find((f) => f.path.endsWith("classes.csv"))!
      .text.replace(/^kites.*\n/m, "");
    const pack = parsePack(inventedPack({ "classes.csv": classes }));
    expect(pack.shares.some((s) => s.class === "kites")).toBe(false);
    expect(pack.edges).toEqual([]);
    expect(pack.warnings.filter((w) => w.code === "unknown-class").length).toBeGreaterThan(2);
  });

  it("lets a pack that extends another name its classes in figures, but not in shares", () => {
    const manifest = inventedPack()[0]!.text.replace("issue: toys", "issue: toys\nextends: [games]");
    const figures = `${FIGURES}a,t,m,CHN,,chess,2024,1,,,USD,atlas,reported\nb,t,m,CHN,,,2024,1,,,USD,atlas,reported\n`;
    const pack = parsePack(inventedPack({ "pack.yaml": manifest, "figures.csv": figures }));
    expect(pack.figures[0]?.class).toBe("chess");
    const shares = `${SHARES}chess,CHN,,1,,,2025,atlas,measured\n`;
    expect(problemsOf({ "pack.yaml": manifest, "shares.csv": shares }).map((p) => p.code)).toEqual(["unknown-class"]);
  });
});
