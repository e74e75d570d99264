import { describe, expect, it } from "vitest";
import type { MinimumAnswer, MinimumEntry } from "../../coalition/minimum-answer.ts";
import { state } from "../../domain/states.ts";
import { renderMinimum } from "./minimum-terminal.ts";

const [DEU, JPN, USA] = [state("DEU"), state("JPN"), state("USA")];

const ENTRY: MinimumEntry = {
  scope: "looms and lathes",
  threshold: 0.9,
  by: "potential",
  bound: "certain",
  status: "proven",
  complete: true,
  count: 2,
  coalitions: [
    [JPN, USA],
    [DEU, USA],
  ],
  indispensable: [USA],
  irrelevant: [],
};

const ANSWER: MinimumAnswer = {
  schema: "entente/minimum@1",
  minimum: [
    { ...ENTRY, by: "closed", status: "infeasible", count: 0, coalitions: [], indispensable: null, irrelevant: null },
    ENTRY,
    {
      ...ENTRY,
      bound: "possible",
      status: "limit",
      complete: false,
      count: 1,
      coalitions: [[JPN]],
      indispensable: null,
      irrelevant: null,
    },
  ],
  front: {
    axis: "classes",
    whole: 6,
    points: [
      { size: 1, coverage: 2, coalition: [USA], proven: true },
      { size: 3, coverage: 6, coalition: [DEU, JPN, USA], proven: false },
    ],
  },
  weighted: { status: "proven", coalition: [DEU, USA], cost: 4, met: 5, budget: 4, of: 6 },
  notices: ["Invented figures."],
  digest: { rules: "", data: "", engine: "" },
  notModelled: [],
};

describe("the page of minimum coalitions", () => {
  it("lists coalitions, the front as bars, and what was proven", () => {
    expect(
      renderMinimum(ANSWER, 72),
    ).toBe(`looms and lathes at 90%, closed by law (certain): none, not even with every candidate (proven)
looms and lathes at 90%, by what states supply (certain): 2 minimal coalitions (proven, none left out)
  JPN + USA
  DEU + USA
  in all: USA
  in none: none
looms and lathes at 90%, by what states supply (possible): 1 minimal coalition (search limit reached: there may be more)
  JPN
  in all: not known
  in none: not known
Size against coverage (classes that close, of 6):
   1  ██████████····················    2  USA
   3  ██████████████████████████████    6  DEU JPN USA (not proven)
Most within a budget of 4: DEU + USA (5 of 6 closed, weight 4, proven)
Invented figures.`);
  });

  it("keeps the members of a large coalition under one another on a narrow terminal", () => {
    const coalition = ["AUT", "DEU", "JPN", "KOR", "NLD", "SGP", "USA"].map(state);
    const point = { size: 7, coverage: 0.95, coalition, proven: true };
    const page = renderMinimum(
      { ...ANSWER, minimum: [], notices: [], front: { axis: "share", whole: 1, points: [point] } },
      50,
    );
    expect(page.split("\n").slice(0, 4)).toEqual([
      "Size against coverage (highest share that is reached):",
      "   7  █████████████████████████████·  95%  AUT DEU JPN KOR NLD",
      "                                           SGP USA",
      "Most within a budget of 4: DEU + USA (5 of 6 closed, weight 4, proven)",
    ]);
  });

  it("says that nobody closes anything, and that a budget cannot be kept", () => {
    const nobody = { ...ANSWER, minimum: [], notices: [], front: { axis: "classes", whole: 2, points: [] } } as const;
    const weighted = { status: "infeasible", coalition: null, cost: null, met: null, budget: null, of: 1 } as const;
    expect(renderMinimum({ ...nobody, weighted }, 80)).toBe(`Size against coverage (classes that close, of 2):
  nothing closes, not even with every candidate
Cheapest coalition: none (proven)`);
  });
});
