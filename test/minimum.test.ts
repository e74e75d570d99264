import { describe, expect, it } from "vitest";
import type { ClassResult } from "../src/closure/assessment.ts";
import type { MinimumEntry } from "../src/coalition/minimum-answer.ts";
import { InputError } from "../src/domain/errors.ts";
import { answerMinimum, type MinimumRequest } from "../src/workbench/potential.ts";
import type { Overrides } from "../src/workbench/question.ts";
import { createWorkbench } from "../src/workbench.ts";
import { changed, inventedWorld } from "./invented-world.ts";

type World = Record<string, string>;
type Asked = Omit<MinimumRequest, "base" | "threshold"> & { readonly threshold?: number };

const ask = (world: World, overrides: Overrides, asked: Asked = {}) => {
  const workbench = createWorkbench(inventedWorld(world));
  const threshold = asked.threshold ?? 0.9;
  return answerMinimum({ threshold, ...asked, base: workbench.question("cloth", overrides) }, workbench.library);
};
const entry = (list: readonly MinimumEntry[], by: string, bound = "certain") =>
  list.find((m) => m.by === by && m.bound === bound)!;

/** The loom ban also reaches looms that others make. */
const REACHING = changed(
  "rules/usa/looms.yaml",
  "applies: { from: USA, activity: export }",
  "applies: { activity: export }",
);

const STATES = ["DEU", "JPN", "USA"];
const THRESHOLDS = [0.3, 0.6, 0.9];
const PLACES = [...STATES.keys()];

/** By set of states, as a mask: what assessing the case with them as members says of each class. */
function assessAll(world: World, overrides: Overrides) {
  const workbench = createWorkbench(inventedWorld(world));
  return Array.from({ length: 2 ** STATES.length }, (_, mask) => {
    const members = STATES.filter((_, i) => (mask >> i) & 1);
    return members.length === 0 ? [] : workbench.assess("cloth", { ...overrides, members }).classes;
  });
}

/** Every inclusion-minimal set whose classes suffice. */
function minimalAmong(enough: readonly boolean[]): string[][] {
  return [...enough.keys()]
    .filter((mask) => enough[mask])
    .filter((mask) => PLACES.every((i) => ((mask >> i) & 1) === 0 || !enough[mask & ~(1 << i)]))
    .map((mask) => STATES.filter((_, i) => (mask >> i) & 1))
    .sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
}

describe("minimum coalitions by law", () => {
  it("count what each state's law does on the day, worked by hand", async () => {
    // Looms outside China: the USA 50 of 80, Japan 30 of 80; Japan's licence covers coarse looms from 2026 only.
    const [before, after] = await Promise.all(
      ["2025-12-31", "2026-01-01"].map((asOf) => ask({}, { asOf }, { byLaw: true, classes: ["looms"] })),
    );
    expect(entry(before!.minimum, "controlled")).toMatchObject({ status: "infeasible", count: 0 });
    expect(entry(after!.minimum, "controlled")).toMatchObject({ status: "proven", coalitions: [["JPN", "USA"]] });
    expect(entry(after!.minimum, "closed").status).toBe("infeasible");
    expect(entry(before!.minimum, "potential").coalitions).toEqual([["JPN", "USA"]]);
    const low = await ask({}, { asOf: "2025-12-31" }, { byLaw: true, classes: ["looms"], threshold: 0.6 });
    expect(entry(low.minimum, "closed")).toMatchObject({ coalitions: [["USA"]], indispensable: ["USA"] });
  });

  it("let a state bring a rule that it adopts", async () => {
    const overrides = { asOf: "2026-01-01", adopt: ["usa/looms/ban=JPN"] };
    const { minimum } = await ask({}, overrides, { byLaw: true, classes: ["looms"] });
    expect(entry(minimum, "closed")).toMatchObject({ status: "proven", coalitions: [["JPN", "USA"]] });
  });

  it("let a law that reaches abroad stand for those whom it reaches", async () => {
    const { minimum } = await ask(REACHING, { asOf: "2026-01-01" }, { byLaw: true, classes: ["looms"] });
    expect(entry(minimum, "closed")).toMatchObject({ coalitions: [["USA"]], irrelevant: ["JPN"] });
    const without = await ask(
      REACHING,
      { asOf: "2026-01-01" },
      { byLaw: true, classes: ["looms"], forbidden: ["USA"] },
    );
    expect(entry(without.minimum, "closed").status).toBe("infeasible");
    const held = await ask(REACHING, { asOf: "2026-01-01" }, { byLaw: true, classes: ["looms"], required: ["Japan"] });
    expect(entry(held.minimum, "closed").coalitions).toEqual([["JPN", "USA"]]);
  });

  it("are those that assessing every coalition gives", async () => {
    let found = 0;
    for (const world of [{}, REACHING]) {
      for (const asOf of ["2021-06-01", "2024-06-01", "2026-06-01"]) {
        const assessed = assessAll(world, { asOf });
        for (const [threshold, atLeast] of THRESHOLDS.flatMap((t) => [[t, 1] as const, [t, 2] as const])) {
          const { minimum } = await ask(world, { asOf }, { byLaw: true, threshold, atLeast });
          for (const grade of ["closed", "controlled"] as const) {
            const reached = (c: ClassResult) => c.coverage.plain!.outsideTarget[grade].low >= threshold - 1e-9;
            const expected = minimalAmong(assessed.map((classes) => classes.filter(reached).length >= atLeast));
            expect(entry(minimum, grade).coalitions).toEqual(expected);
            found += expected.length;
          }
        }
      }
    }
    expect(found).toBeGreaterThan(10);
  });
});

describe("the other answers of `minimum`", () => {
  it("tell certain from possible on share ranges", async () => {
    const wide = changed("packs/cloth/shares.csv", "looms,JPN,JPN,30,,,", "looms,JPN,JPN,,10,40,");
    const { minimum } = await ask(wide, {}, { classes: ["looms"], threshold: 0.7 });
    expect(entry(minimum, "potential", "certain").coalitions).toEqual([["JPN", "USA"]]);
    const low = await ask(wide, {}, { classes: ["looms"], threshold: 0.5 });
    expect(entry(low.minimum, "potential", "certain").coalitions).toEqual([["USA"]]);
    expect(entry(low.minimum, "potential", "possible").coalitions).toEqual([["JPN"], ["USA"]]);
  });

  it("give the front, the cheapest and the most within a budget", async () => {
    const asked = { atLeast: 1, front: true, weights: ["USA=5", "DEU=2"], threshold: 0.6 };
    const { front, weighted } = await ask({}, {}, asked);
    // Looms take the USA alone; lathes take Germany alone, 60 of 100.
    expect(front).toEqual({
      axis: "classes",
      whole: 2,
      points: [
        { size: 1, coverage: 1, coalition: expect.any(Array), proven: true },
        { size: 2, coverage: 2, coalition: ["DEU", "USA"], proven: true },
      ],
    });
    expect(weighted).toMatchObject({ status: "proven", coalition: ["DEU"], cost: 2, budget: null });
    const within = await ask({}, {}, { ...asked, budget: 7 });
    expect(within.weighted).toMatchObject({ met: 2, of: 2, cost: 7, budget: 7 });
  });

  it("name every state that is none, and weights that are none", async () => {
    await expect(ask({}, {}, { required: ["Atlantis"], weights: ["USA"] })).rejects.toThrow(InputError);
    await expect(ask({}, {}, { required: ["Atlantis"], weights: ["USA"] })).rejects.toMatchObject({
      problems: [{ at: { file: "--with" } }, { at: { file: "--weights" }, hint: "write STATE=NUMBER, such as USA=3" }],
    });
    await expect(ask({}, {}, { required: ["FRA"] })).rejects.toThrow("`FRA` is not among the candidates");
  });
});
