import { describe, expect, it } from "vitest";
import { changed, inventedWorld } from "../../test/invented-world.ts";
import { createWorkbench } from "../workbench.ts";
import type { Assessment } from "./assessment.ts";

/*
 * The invented world: the USA denies looms from 2022-01-01 (announced a month before), Japan licenses fine looms from 2023-01-01
 * (first sign 2022-07-01). Looms are of the group weaving; lathes, of the group turning, are under no rule.
 */
const assess = (changes: Record<string, string> = {}, asOf?: string): Assessment =>
  createWorkbench(inventedWorld(changes)).assess("cloth", asOf === undefined ? {} : { asOf });

describe("members' lag behind the first mover", () => {
  it("is counted from the first day in force, over all classes and in each group", () => {
    // All of 2022: 365 days.
    expect(assess().timing?.lags).toEqual([
      {
        state: "USA",
        inForce: "2022-01-01",
        days: 0,
        groups: [{ group: "weaving", firstMover: "USA", inForce: "2022-01-01", days: 0 }],
      },
      {
        state: "JPN",
        inForce: "2023-01-01",
        days: 365,
        groups: [{ group: "weaving", firstMover: "USA", inForce: "2023-01-01", days: 365 }],
      },
    ]);
  });

  it("runs on while a member that supplies the goods has no rule, and is not counted for law without a dated sign", () => {
    // 1 January to 1 July 2022: 31 + 28 + 31 + 30 + 31 + 30 days.
    expect(assess({}, "2022-07-01").timing?.lags[1]).toMatchObject({ state: "JPN", inForce: null, days: 181 });
    const old = changed("rules/jpn/looms.yaml", "firstSign: 2022-07-01, firstSignSource: gazette, ", "");
    expect(assess(old).timing?.lags[1]).toMatchObject({ state: "JPN", inForce: null });
  });
});

describe("the clock of rules", () => {
  it("has rules that were announced by the asked day and are not in force yet", () => {
    expect(assess({}, "2021-12-15").clock).toEqual([]);
    const later = changed(
      "rules/usa/looms.yaml",
      "      - { from: 2022-01-01,",
      `      - { from: 2024-09-01, announced: 2024-05-01, when: { item.kind: loom }, effect: prohibited, cite: { at: s. 2, source: gazette, evidence: text } }
      - { from: 2022-01-01, until: 2024-09-01,`,
    );
    const entries = (asOf: string) =>
      assess(later, asOf)
        .clock.filter((e) => e.state === "USA")
        .map((e) => [e.announced, e.inForce, e.windowDays]);
    expect(entries("2024-04-30")).toEqual([["2021-12-01", "2022-01-01", 31]]);
    // May, June, July, August: 123 days.
    expect(entries("2024-05-01")).toEqual([
      ["2021-12-01", "2022-01-01", 31],
      ["2024-05-01", "2024-09-01", 123],
    ]);
  });

  it("tells stays with their known end, and only those that began by the asked day", () => {
    const stayed = changed(
      "rules/usa/looms.yaml",
      "announced: 2021-12-01,",
      "announced: 2021-12-01, status: [{ from: 2024-01-01, status: stayed, cite: { at: s. 9, source: gazette, evidence: text } }, { from: 2024-12-01, status: in-force, cite: { at: s. 9, source: gazette, evidence: text } }],",
    );
    const stays = (asOf: string) => assess(stayed, asOf).timing?.counter.clock.length;
    const told = (asOf: string) => {
      const world = { ...stayed, ...changed("cases/cloth.yaml", "members: [USA, JPN]", "members: [CHN, JPN]") };
      const cases = { "cases/cloth.yaml": world["cases/cloth.yaml"]!.replace("target: CHN", "target: USA") };
      return assess({ ...world, ...cases }, asOf).timing?.counter;
    };
    expect(stays("2024-06-01")).toBe(0);
    // The same law as the answer of the USA to China: the rule reaches exports to China.
    expect(told("2024-06-01")?.clock).toMatchObject([
      {
        rule: "usa/looms/ban",
        stays: [{ from: "2024-01-01", until: "2024-12-01", status: "stayed", source: "gazette" }],
      },
    ]);
    expect(told("2024-06-01")?.window).toMatchObject({ from: "2024-01-01", until: "2024-06-01", imports: null });
    expect(told("2023-06-01")?.clock[0]).not.toHaveProperty("stays");
  });
});

describe("counter-measures", () => {
  const answer = {
    "rules/chn/regime.yaml": `regime: CHN
title: invented
instruments: [{ id: chn/dye, from: 2020-01-01 }]
checkedOn: 2026-01-01
`,
    "rules/chn/dye.yaml": `title: Dye
regime: CHN
act: Dye Order
rules:
  - id: members
    title: Dye to the United States
    layer: list
    applies: { from: CHN, activity: export, destination: USA }
    versions:
      - { from: 2024-03-01, firstSign: 2024-01-16, firstSignSource: gazette, when: { item.kind: loom }, effect: licence-required, policy: denial, cite: { at: s. 1, source: gazette, evidence: text } }
  - id: elsewhere
    title: Dye to Germany
    layer: list
    applies: { from: CHN, activity: export, destination: DEU }
    versions:
      - { from: 2024-03-01, announced: 2024-01-16, when: { item.kind: loom }, effect: licence-required, policy: denial, cite: { at: s. 2, source: gazette, evidence: text } }
checkedOn: 2026-01-01
`,
  };
  const bought = {
    "packs/cloth/figures.csv": `id,topic,metric,state,partner,class,period,value,low,high,unit,source,kind,text,note
a,trade,Dye from China,USA,CHN,,2023,12,,,USD m,survey,measured,,
b,trade,Dye from China,USA,CHN,,2024-01,4,,,USD m,survey,measured,,
c,trade,Dye from China,USA,CHN,,2023-01,2,,,USD m,survey,measured,,
`,
    ...changed(
      "cases/cloth.yaml",
      "threshold: 0.9",
      "threshold: 0.9\nclock: { counterSeries: { metric: Dye from China, state: USA, partner: CHN, unit: USD m, what: dye from China } }",
    ),
    ...changed("packs/cloth/pack.yaml", "shares.csv: 5 }", "shares.csv: 5, figures.csv: 3 }"),
  };

  it("are the target's rules that reach a member, on the same clock, what was bought not measured without figures", () => {
    const counter = assess(answer).timing?.counter;
    expect(counter?.clock.map((e) => [e.rule, e.firstSign, e.inForce, e.windowDays])).toEqual([
      ["chn/dye/members", "2024-01-16", "2024-03-01", 45],
    ]);
    expect(counter?.window).toMatchObject({ from: "2024-01-16", until: "2024-03-01", imports: null });
  });

  it("hold what a member bought in the window against both baselines where figures are held", () => {
    const a = assess({ ...answer, ...bought });
    // January: 4, a year earlier 2, at the rate of 2023 1; February is not measured.
    expect(a.timing?.counter.window?.imports).toMatchObject({
      value: { low: 4, high: 4 },
      yearEarlier: { low: 2, high: 2 },
      twelveMonthsBefore: { low: 1, high: 1 },
      excess: { low: 2, high: 3 },
      // 2 at 2 a month, 3 at 1 a month.
      monthsOfNormalSupply: { low: 1, high: 3 },
      months: { measured: 1, of: 2, missing: ["2024-02"] },
    });
  });
});
