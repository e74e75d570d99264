import { describe, expect, it } from "vitest";
import type { AllianceAnswer, AllianceResult } from "../src/coalition/alliance-result.ts";
import { InputError } from "../src/domain/errors.ts";
import { renderAllianceHtml } from "../src/report/alliance/alliance-html.ts";
import { renderAllianceTerminal } from "../src/report/alliance/alliance-terminal.ts";
import { renderAllianceList, renderOverlapTerminal } from "../src/report/alliance/overlap-terminal.ts";
import { displayWidth } from "../src/report/terminal/text-layout.ts";
import { createWorkbench } from "../src/workbench.ts";
import { alliedWorld, WEAVERS } from "./invented-alliance.ts";
import { changed } from "./invented-world.ts";

const ask = (names: readonly string[], asOf?: string, overlap = false, files: Record<string, string> = {}) =>
  createWorkbench(alliedWorld(files)).alliances({ names, overlap, ...(asOf !== undefined && { asOf }) });
const weavers = async (asOf: string, files: Record<string, string> = {}): Promise<AllianceResult> =>
  (await ask(["weavers"], asOf, false, files)).alliances[0]!;
const delivery = (a: AllianceResult, pledge: string, state: string) =>
  a.pledges.find((p) => p.id === pledge)!.states.find((s) => s.state === state)!;

describe("members on a day", () => {
  it.each([
    ["2022-02-28", []],
    ["2022-03-01", ["USA"]],
    ["2023-06-29", ["USA"]],
    ["2023-06-30", ["JPN", "USA"]],
    ["2025-01-01", ["DEU", "JPN", "USA"]],
  ])("on %s are those who are certain: %j", async (day, members) => {
    expect((await weavers(day)).members).toEqual(members);
  });

  it("counts seats that are not disclosed from their day, and names nobody", async () => {
    const [before, after] = [await weavers("2023-12-31"), await weavers("2024-01-01")];
    expect([before, after].map((a) => a.groupings[0]!.undisclosed)).toEqual([0, 2]);
    expect(after.groupings[0]!.seats.map((s) => [s.state, s.status])).toEqual([
      ["USA", "held"],
      ["JPN", "held"],
      ["DEU", "later"],
      ["FRA", "held"],
    ]);
  });
});

describe("coverage", () => {
  it("is what the same question gives as a case, class by class", async () => {
    const { coverage, noCoverage } = await weavers("2024-06-01");
    const assessed = createWorkbench(alliedWorld()).assess("cloth", { asOf: "2024-06-01" });
    expect(noCoverage).toBeNull();
    expect(coverage).toMatchObject({ verdict: assessed.answer.verdict, reach: assessed.answer.reach });
    expect(coverage!.leaks[0]).toMatchObject({ kind: "threshold", class: "looms", state: "JPN" });
  });

  it("counts classes by group: both looms makers hold all outside China, and neither law closes it for certain", async () => {
    // Looms: 50 and 30 of the 80 outside China. Lathes: 20 of at most 100 for the USA.
    expect((await weavers("2024-06-01")).coverage!.groups).toEqual([
      { group: "weaving", classes: 1, potential: 1, closed: 0, closedOrPractice: 0, controlled: 0 },
      { group: "turning", classes: 1, potential: 0, closed: 0, closedOrPractice: 0, controlled: 0 },
    ]);
    expect((await weavers("2026-06-01")).coverage!.groups[0]).toMatchObject({ closed: 0, controlled: 1 });
  });

  it("says why there is none: nobody is in, or the target is a member", async () => {
    expect(await weavers("2021-01-01")).toMatchObject({ coverage: null, noCoverage: "nobody is a member on that day" });
    const fair = { "alliances/weavers.yaml": WEAVERS.replace("counts: [guild]", "counts: [guild, fair]") };
    expect((await weavers("2025-06-01", fair)).noCoverage).toBe("China is a member: the alliance is not against it");
    const turners = (await ask(["turners"], "2025-06-01")).alliances[0]!;
    expect(turners).toMatchObject({ coverage: null, noCoverage: "nobody counts lathes" });
  });
});

describe("pledges against rules in force", () => {
  it("counts days from a pledge of which only the month is known, as a range, and below zero for older law", async () => {
    const a = await weavers("2024-06-01");
    // From 31 and from 1 March 2022 to 1 January 2022, and to 1 January 2023.
    expect(delivery(a, "licences", "USA")).toMatchObject({
      status: "in-force",
      inForce: "2022-01-01",
      lagDays: { low: -89, high: -59 },
      evidence: "text",
    });
    expect(delivery(a, "licences", "JPN")).toMatchObject({
      status: "in-force",
      inForce: "2023-01-01",
      lagDays: { low: 276, high: 306 },
      evidence: "inferred",
    });
  });

  it("takes an instrument as in force when the period of its source is over, and as announced before", async () => {
    expect(delivery(await weavers("2023-04-30"), "licences", "DEU")).toMatchObject({ status: "later", lagDays: null });
    expect(delivery(await weavers("2024-06-01"), "licences", "DEU")).toMatchObject({
      status: "announced",
      lagDays: null,
    });
    const a = await weavers("2024-12-31");
    expect(delivery(a, "licences", "DEU")).toMatchObject({
      status: "in-force",
      inForce: "2024",
      lagDays: { low: 641, high: 1036 },
      evidence: "inferred",
    });
  });

  it("takes a rule as announced from its first sign, and as later before", async () => {
    expect(delivery(await weavers("2022-06-30"), "licences", "JPN").status).toBe("later");
    expect(delivery(await weavers("2022-07-01"), "licences", "JPN")).toMatchObject({
      status: "announced",
      lagDays: null,
    });
  });

  it("names who did nothing, who did it unasked, and what has lapsed", async () => {
    const a = await weavers("2024-06-01");
    expect(delivery(a, "licences", "FRA")).toMatchObject({ status: "nothing", items: [], evidence: null, bound: true });
    expect(delivery(a, "repair", "GBR")).toMatchObject({ status: "in-force", bound: false });
    expect(delivery(await weavers("2025-03-01"), "repair", "GBR").status).toBe("lapsed");
  });

  it("binds every member of the grouping where a pledge names none", async () => {
    const bound = (a: AllianceResult) => a.pledges[1]!.states.filter((s) => s.bound).map((s) => s.state);
    expect(bound(await weavers("2024-06-01"))).toEqual(["JPN", "USA"]);
    expect(bound(await weavers("2025-06-01"))).toEqual(["DEU", "JPN", "USA"]);
  });

  it("sees that a rule is stayed", async () => {
    const stay =
      "status: [{ from: 2024-01-01, status: stayed, cite: { at: s. 9, source: gazette, evidence: text } }], ";
    const files = changed("rules/usa/looms.yaml", "effect: licence-required", `${stay}effect: licence-required`);
    expect(delivery(await weavers("2023-12-31", files), "licences", "USA").status).toBe("in-force");
    expect(delivery(await weavers("2024-01-01", files), "licences", "USA").status).toBe("stayed");
  });
});

describe("alliances beside each other", () => {
  it("shows who is in what; a member of a grouping that counts comes before other parts", async () => {
    const { overlap } = await ask([], "2025-06-01", true);
    expect(overlap!.rows.map((r) => [r.state, r.memberships])).toEqual([
      ["DEU", 2],
      ["USA", 2],
      ["JPN", 1],
      ["CHN", 0],
      ["FRA", 0],
    ]);
    const usa = overlap!.rows.find((r) => r.state === "USA")!;
    expect(usa.roles.weavers).toEqual({ role: "founder", member: true, counted: true });
    expect(overlap!.rows.find((r) => r.state === "FRA")!.roles.weavers).toEqual({
      role: "member",
      member: true,
      counted: false,
    });
  });

  it("names whose absence costs the most of what members supply", async () => {
    const { overlap } = await ask(["weavers", "turners"], "2025-06-01", true);
    // Looms: without the USA 30 of 80 are left, without Japan 50 of 80. Lathes: 80 of at most 100 never reach nine tenths.
    expect(overlap!.absence.map((a) => [a.state, a.classesLost, a.stepsLost])).toEqual([
      ["USA", 1, 0],
      ["JPN", 1, 0],
      ["DEU", 0, 0],
    ]);
    expect(overlap!.absence[0]!.losses[0]).toMatchObject({
      alliance: "weavers",
      groups: [{ group: "weaving", before: 1, after: 0, classes: ["looms"] }],
      largest: { class: "looms", share: { low: 0.625, high: 0.625 } },
    });
    // What of the lathes nobody is known to make may all come from outside China.
    expect(overlap!.absence[2]!.losses[0]!.largest).toMatchObject({ class: "lathes", share: { low: 0.6, high: 0.6 } });
    expect(overlap!.unmeasured).toEqual(["turners"]);
  });

  it("counts the steps of a goal that no longer close, and says when none is left", async () => {
    const goal = `title: A shirt
product: shirt
needs:
  - { step: weaving, any: [{ classes: [looms] }], source: survey }
  - { step: turning, any: [{ classes: [lathes] }, { classes: [looms] }], source: survey }
`;
    const files = {
      "packs/cloth/goals/shirt.yaml": goal,
      "alliances/weavers.yaml": WEAVERS.replace("require: choke-points", "require: choke-points, goals: [shirt]"),
    };
    const { overlap } = await ask([], "2025-06-01", true, files);
    // Turning stays open through lathes, so weaving is the only step that closes.
    expect(overlap!.absence[0]).toMatchObject({ state: "USA", stepsLost: 1 });
    expect(overlap!.absence[0]!.losses[0]!.steps).toEqual([{ goal: "shirt", step: "weaving", last: true }]);
  });
});

describe("the day", () => {
  it("is, where none is given, the oldest on which files and linked rules were compared with their sources", async () => {
    expect((await ask([])).asOf).toBe("2025-11-30");
    expect((await ask(["weavers"])).asOf).toBe("2025-12-01");
    const older = changed("rules/usa/looms.yaml", "checkedOn: 2026-01-01", "checkedOn: 2025-06-01");
    expect((await ask(["weavers"], undefined, false, older)).asOf).toBe("2025-06-01");
  });
});

describe("pages", () => {
  const style = { width: 100, colour: false, all: false };
  const one = () => ask(["weavers"], "2024-06-01");

  it("is the stored page of one alliance at 100 columns, leaks apart", async () => {
    const answer = await one();
    const a = answer.alliances[0]!;
    const quiet = { ...answer, alliances: [{ ...a, coverage: { ...a.coverage!, leaks: [], leakCount: 0 } }] };
    await expect(renderAllianceTerminal(quiet, style)).toMatchFileSnapshot("golden/alliance.txt");
  });

  it("shows the first five leaks and counts the others", async () => {
    const answer = await one();
    const { leaks, leakCount } = answer.alliances[0]!.coverage!;
    const page = renderAllianceTerminal(answer, style);
    expect(leaks.map((l) => l.rank)).toEqual([1, 2, 3, 4, 5]);
    expect(page).toContain(" 1 Looms, over 100 nm, Japan ");
    expect(page).toContain(`and ${leakCount - 5} further leak`);
  });

  it("is the stored page of several beside each other at 100 columns", async () => {
    const answer = await ask([], "2025-06-01", true);
    await expect(renderOverlapTerminal(answer, { ...style, states: [] })).toMatchFileSnapshot(
      "golden/alliance-overlap.txt",
    );
  });

  it("is the stored list at 100 columns", async () => {
    await expect(renderAllianceList(await ask([], "2025-06-01"), style)).toMatchFileSnapshot(
      "golden/alliance-list.txt",
    );
  });

  it.each([60, 80, 100, 120])("never exceeds %i columns", async (width) => {
    const overlap = await ask([], "2025-06-01", true);
    const pages = [
      renderAllianceTerminal(await one(), { ...style, width, all: true }),
      renderOverlapTerminal(overlap, { ...style, width, all: true, states: [] }),
      renderAllianceList(await ask([]), { ...style, width }),
    ];
    expect(Math.max(...pages.join("").split("\n").map(displayWidth))).toBeLessThanOrEqual(width);
  });

  it("gives the same bytes each time, as HTML too, with no script and every hole escaped", async () => {
    const hostile = {
      "alliances/weavers.yaml": WEAVERS.replace("title: Weavers", 'title: "<script>alert(1)</script>"'),
    };
    const pages = (a: AllianceAnswer) => [JSON.stringify(a), renderAllianceHtml(a)];
    const [first, second] = [
      await ask(["weavers"], "2024-06-01", false, hostile),
      await ask(["weavers"], "2024-06-01", false, hostile),
    ];
    expect(pages(first)).toEqual(pages(second));
    expect(renderAllianceHtml(first)).toContain("&lt;script&gt;alert(1)");
    expect(renderAllianceHtml(first)).not.toContain("<script");
    expect(renderAllianceHtml(await ask([], "2024-06-01", true))).toContain("Whose absence costs most");
  });
});

describe("names that are not there", () => {
  it("come out together, with what was meant", async () => {
    const wrong = ask(["weaverss", "nobody"], "2024-02-30");
    await expect(wrong).rejects.toThrow(InputError);
    await wrong.catch((e: InputError) =>
      expect(e.problems.map((p) => [p.code, p.hint])).toEqual([
        ["bad-date", "write YYYY-MM-DD"],
        ["unknown-name", "did you mean `weavers`?"],
        ["unknown-name", "alliances: turners, weavers"],
      ]),
    );
  });
});
