import { describe, expect, it } from "vitest";
import { InputError } from "../src/domain/errors.ts";
import type { DeskResult } from "../src/economy/desk.ts";
import { renderDesk } from "../src/report/economy/render-desk.ts";
import type { DeskRequest } from "../src/workbench/desk.ts";
import { createWorkbench } from "../src/workbench.ts";
import { inventedWorld } from "./invented-world.ts";

/**
 * The world of looms and lathes with trade, markets, firms and one past measure. Looms are HS 844600, lathes HS 845800; trade of 2025
 * is after the day of the case and may not count.
 */
const TRADE: Readonly<Record<string, string>> = {
  "packs/cloth/pack.yaml": `id: cloth
title: invented
issue: cloth
licence: none
notice: Invented figures.
checkedOn: 2026-01-01
sources:
  - { id: survey, producer: invented, title: Survey, url: https://example.org, licence: none, accessed: 2026-01-01 }
  - { id: customs, producer: invented, title: Customs, url: https://example.org/c, licence: none, accessed: 2026-01-01 }
  - { id: letter, producer: a firm, title: Letter to owners, url: https://example.org/l, licence: none, accessed: 2026-01-01 }
tables: { classes.csv: 2, shares.csv: 7, figures.csv: 16, trade.csv: 12 }
`,
  "packs/cloth/shares.csv": `class,supplier,state,value,low,high,period,source,kind,note
looms,USA,USA,50,,,2024,survey,measured,
looms,JPN,JPN,30,,,2024,survey,measured,
looms,CHN,CHN,20,,,2024,survey,measured,
lathes,DEU,DEU,60,,,2024,survey,measured,
lathes,USA,USA,20,,,2024,survey,measured,
looms,Acme,USA,40,,,2024,survey,measured,
lathes,Acme,USA,20,,,2024,survey,measured,
`,
  "packs/cloth/trade.csv": `hs6,exporter,importer,period,usd,source,note
844600,USA,CHN,2023,50000000,customs,
844600,JPN,CHN,2023,30000000,customs,
844600,DEU,CHN,2023,20000000,customs,
844600,CHN,USA,2023,4000000,customs,
844600,CHN,DEU,2023,5000000,customs,
845800,DEU,CHN,2023,40000000,customs,
845800,USA,CHN,2023,10000000,customs,
845800,CHN,DEU,2023,8000000,customs,
845800,JPN,DEU,2023,2000000,customs,
844600,USA,CHN,2025,999000000,customs,
844600,USA,CHN,2019,7000000,customs,
844699,USA,CHN,2019,1000000,customs,
`,
  "packs/cloth/figures.csv": `id,topic,metric,state,partner,class,period,value,low,high,unit,source,kind,text,note
m1,market size,world market,,,looms,2024,200,,,USD m,survey,reported,,
m2,market size,world market,,,lathes,2024,1,,,USD bn,survey,reported,,
v1,vendor exposure,Acme China share,USA,CHN,,2024Q1,20,,,%,letter,reported,,
v2,vendor exposure,Acme China share,USA,CHN,,2024Q2,30,,,%,letter,reported,,
v3,vendor exposure,Acme China share,USA,CHN,,2022,5,,,%,letter,reported,,
r1,State desk: as reported,looms sold to one buyer,USA,CHN,,2023,8,,,USD m,letter,reported,,"“more than 8” (page 2)"
i1,Imports,share of imports: looms,DEU,USA,looms,2024,70,,,%,survey,reported,,
y1,Years to build,years to build,,,looms,2024,,3,4,years,survey,reported,,
s1,Substitutes,substitutes,,,looms,2024,,,,text,survey,reported,hand looms,
n1,Import reliance,net import reliance,DEU,,looms,2024,90,,,%,survey,reported,,
e0,"Episode: looms, 2020",measure,DEU,CHN,,2020-03-10/2020-06,,,,text,survey,reported,licences for looms,
e1,"Episode: looms, 2020",looms in the month,DEU,CHN,,2019-04,100,,,t,survey,reported,,
e2,"Episode: looms, 2020",looms in the month,DEU,CHN,,2020-02,80,,,t,survey,reported,,
e3,"Episode: looms, 2020",looms in the month,DEU,CHN,,2020-03,50,,,t,survey,reported,,
e4,"Episode: looms, 2020",looms in the month,DEU,CHN,,2020-04,10,,,t,survey,derived,,
e5,"Episode: looms, 2020",looms in the month,DEU,CHN,,2020-07,90,,,t,survey,reported,,
`,
};

const desk = (request: Partial<DeskRequest> & { state: string }, changes: Record<string, string> = {}) =>
  createWorkbench(inventedWorld({ ...TRADE, ...changes })).desk({ case: "cloth", ...request });
const codes = (l: Pick<DeskResult["openings"]["withdrawn"], "codes">) => l.codes.map((c) => [c.code, c.usd]);
const problemsOf = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (e: unknown) => e,
  );
  return error instanceof InputError ? error.problems.map((p) => [p.code, p.message]) : [];
};

describe("sales that a state stands to lose, worked by hand", () => {
  it("counts a member's sales in a closed class, of the last year before the day", async () => {
    const { lost } = await desk({ state: "USA" });
    expect(lost.now.classes.map((c) => [c.id, c.control])).toEqual([["looms", { low: 3, high: 3 }]]);
    expect(codes(lost.now)).toEqual([["844600", 50_000_000]]);
    expect(lost.now.closed).toEqual({ low: 0, high: 50_000_000 });
    // Half of a market of 200 million.
    expect(lost.now.classes[0]!.worldSales).toEqual({ low: 100_000_000, high: 100_000_000 });
    expect(lost.joined).toEqual(lost.now);
  });

  it("takes a licence without practice as possibly closed, and one that is granted as a licence", async () => {
    const open = (await desk({ state: "JPN" })).lost.now;
    expect(open.codes[0]!.control).toEqual({ low: 0, high: 2 });
    expect(open.closed).toEqual({ low: 0, high: 30_000_000 });
    const practice = `title: Practice
regime: JPN
act: Statements
practice:
  - { id: looms, title: looms are granted, from: 2023-06-01, when: { item.kind: loom }, decision: granted, cite: { at: p. 1, source: gazette, evidence: secondary } }
checkedOn: 2026-01-01
`;
    const granted = (await desk({ state: "JPN" }, { "rules/jpn/practice.yaml": practice })).lost.now;
    expect(granted.closed).toEqual({ low: 0, high: 0 });
    expect(granted.controlled).toEqual({ low: 0, high: 30_000_000 });
  });

  it("tells what is so now from what would be so if the state joined", async () => {
    const d = await desk({ state: "USA", members: ["JPN"] });
    expect(d.question.isMember).toBe(false);
    expect(d.lost.now.closed).toEqual({ low: 0, high: 0 });
    expect(d.lost.joined.closed).toEqual({ low: 0, high: 50_000_000 });
  });

  it("gives a firm its part of the market, and its sales to the target by what its owners were told", async () => {
    const [acme, ...others] = (await desk({ state: "USA" })).lost.firms;
    expect(others).toEqual([]);
    // 40% of 200 million; the two quarters of 2024 span 20 to 30%. Lathes are not controlled.
    expect(acme).toMatchObject({ name: "Acme", worldSales: { low: 80_000_000, high: 80_000_000 } });
    expect(acme!.exposure).toMatchObject({ value: { low: 0.2, high: 0.3 }, period: "2024Q1, 2024Q2" });
    expect(acme!.toTarget).toEqual({ low: 16_000_000, high: 24_000_000 });
  });

  it("says that sales are not known where no trade or no code is held, and never nothing", async () => {
    const none = { "packs/cloth/trade.csv": "hs6,exporter,importer,period,usd,source,note\n" };
    const { lost } = await desk({ state: "USA" }, none);
    expect(lost.now.closed).toBe(null);
    expect(lost.now.codesUnknown).toEqual(["844600"]);
    const uncoded = {
      "packs/cloth/items.yaml":
        "items:\n  - { class: looms, facts: { item.kind: loom, loom.pitch: 90 nm }, source: survey }\n",
    };
    const without = (await desk({ state: "USA" }, uncoded)).lost.now;
    // What lathes are is lost with their item: they may be what the ban names.
    expect([without.closed, without.classesUncoded]).toEqual([null, ["Looms", "Lathes"]]);
  });
});

describe("markets that open", () => {
  it("are the others' sales in classes that the state supplies, and what they buy of them from the target", async () => {
    const { withdrawn, replaced } = (await desk({ state: "JPN" })).openings;
    expect(codes(withdrawn)).toEqual([["844600", 50_000_000]]);
    expect(withdrawn.closed).toEqual({ low: 0, high: 50_000_000 });
    expect(replaced.controlled).toEqual({ low: 0, high: 4_000_000 });
  });

  it("are none where nobody else withdraws", async () => {
    const { withdrawn, replaced } = (await desk({ state: "DEU", target: "USA" })).openings;
    expect([withdrawn.closed, replaced.controlled]).toEqual([
      { low: 0, high: 0 },
      { low: 0, high: 0 },
    ]);
  });
});

describe("exposure and counter-leverage", () => {
  it("takes the target's part of imports from the economies that are held", async () => {
    const { imports } = (await desk({ state: "DEU" })).exposure;
    expect(imports.map((i) => [i.code, i.usd, i.share, i.partners, i.next])).toEqual([
      ["845800", 8_000_000, 0.8, 2, { state: "JPN", share: 0.2 }],
      ["844600", 5_000_000, 1, 1, null],
    ]);
  });

  it("lists what the target holds with years, substitutes and reliance where a source gives them", async () => {
    const { world, reported } = (await desk({ state: "DEU", target: "USA" })).exposure;
    expect(world).toHaveLength(1);
    expect(world[0]).toMatchObject({
      id: "looms",
      target: { low: 0.5, high: 0.5 },
      state: { low: 0, high: 0 },
      yearsToBuild: { value: { low: 3, high: 4 } },
      substitutes: { text: "hand looms" },
      importReliance: { value: { low: 0.9, high: 0.9 } },
    });
    expect(reported.map((r) => [r.what, r.value?.low])).toEqual([["share of imports: looms", 70]]);
    // No source speaks of what Japan imports of its looms.
    const japan = (await desk({ state: "JPN", target: "USA" })).exposure.world[0]!;
    expect(japan.importReliance).toBe(null);
  });

  it("adds the state to the members' part of what the target buys and of what is made outside it", async () => {
    const { purchases, world } = (await desk({ state: "DEU" })).leverage;
    expect(purchases.map((p) => [p.code, p.usd, p.share, p.shareWithState])).toEqual([
      ["844600", 80_000_000, 0.8, 1],
      ["845800", 10_000_000, 0.2, 1],
      // Held for 2019 alone.
      ["844699", 1_000_000, 1, 1],
    ]);
    // Looms: 80 of 80 outside China. Lathes: 20 are America's, 60 Germany's, and 20 may be anybody's.
    expect(world.map((w) => [w.id, w.membersOutside, w.withState])).toEqual([
      ["looms", { low: 1, high: 1 }, { low: 1, high: 1 }],
      ["lathes", { low: 0.2, high: 0.4 }, { low: 0.8, high: 1 }],
    ]);
  });

  it("counts sales by heading in one year each", async () => {
    const { sales } = await desk({ state: "USA" });
    expect(sales.map((s) => [s.code, s.period, s.usd])).toEqual([
      ["8446", "2023", 50_000_000],
      ["8458", "2023", 10_000_000],
    ]);
  });
});

describe("past measures", () => {
  it("stand to each desk as the target's, on the state, or its own", async () => {
    const relation = async (state: string, target: string) =>
      (await desk({ state, target })).episodes.map((e) => e.relation);
    expect(await relation("JPN", "CHN")).toEqual(["by-target"]);
    expect(await relation("DEU", "USA")).toEqual(["on-state"]);
    expect(await relation("CHN", "USA")).toEqual(["by-state"]);
    expect(await relation("JPN", "USA")).toEqual([]);
  });

  it("tell before, across, during and after, and compare the same months", async () => {
    const [episode] = (await desk({ state: "DEU" })).episodes;
    expect(episode).toMatchObject({ sender: "CHN", hit: "DEU", began: "2020-03-10", ended: "2020-06", later: false });
    const [series] = episode!.series;
    expect(series!.points.map((p) => p.phase)).toEqual(["before", "before", "across", "during", "after"]);
    expect(series!.change).toMatchObject({ from: "2019-04", to: "2020-04" });
    expect(Math.abs(series!.change!.ratio.low - -0.9)).toBeLessThan(1e-12);
  });
});

describe("the question", () => {
  it("may be asked of any state and target: another target leaves the state alone", async () => {
    const { question } = await desk({ state: "CHN", target: "USA" });
    expect(question).toMatchObject({ state: "CHN", target: "USA", members: ["CHN"], isMember: true });
  });

  it("refuses a state that is none, and a state that is its own target", async () => {
    expect(await problemsOf(desk({ state: "XYZ" }))).toEqual([["unknown-state", expect.stringContaining("XYZ")]]);
    expect(await problemsOf(desk({ state: "CHN" }))).toEqual([["bad-value", "`CHN` is the target of `cloth`"]]);
    expect(await problemsOf(desk({ state: "USA", target: "ZZZ" }))).toEqual([
      ["unknown-state", expect.stringContaining("ZZZ")],
    ]);
  });

  it("names the source of every figure, and gives the same bytes each time", async () => {
    const [a, b] = [await desk({ state: "DEU" }), await desk({ state: "DEU" })];
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
    expect(a.sources.map((s) => [s.id, s.from])).toEqual([
      ["customs", "packs/cloth"],
      ["survey", "packs/cloth"],
    ]);
  });
});

describe("the page", () => {
  it("reads so", async () => {
    const page = renderDesk(await desk({ state: "USA" }), { width: 100, colour: false, all: false });
    await expect(page.replace(/[0-9a-f]{12}/g, "############")).toMatchFileSnapshot("golden/desk.txt");
  });

  it("keeps within its width, wide or narrow, in colour or not", async () => {
    const d = await desk({ state: "DEU", target: "USA" });
    for (const width of [60, 100]) {
      const lines = renderDesk(d, { width, colour: false, all: true }).split("\n");
      expect(Math.max(...lines.map((l) => l.length))).toBeLessThanOrEqual(width);
    }
    const colour = renderDesk(d, { width: 100, colour: true, all: true });
    const plain = colour.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "");
    expect(plain).toBe(renderDesk(d, { width: 100, colour: false, all: true }));
  });
});
