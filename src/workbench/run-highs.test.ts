import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { bruteForce, coverCases, coverOf, holds } from "../coalition/cover-cases.ts";
import { type Need, partsOf } from "../coalition/cover-problem.ts";
import { smallestCoalition } from "../coalition/smallest-coalition.ts";
import { cheapestCoalition, mostWithin } from "../coalition/weighted-coalition.ts";
import type { State } from "../domain/states.ts";
import { startHighs } from "./run-highs.ts";

const { solve, close } = startHighs(20);
afterAll(close);

/** A case with a whole weight for each of its states, 0 to 9. */
const weighted = fc.tuple(coverCases, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }));
const weightsOf = (states: readonly State[], weights: readonly number[]) =>
  new Map(states.map((s, i): [State, number] => [s, weights[i]!]));

describe("weighted coalitions by HiGHS", () => {
  it("cost what the cheapest of all subsets costs", async () => {
    const costs = new Set<number | null>();
    await fc.assert(
      fc.asyncProperty(weighted, async ([example, w]) => {
        const problem = coverOf(example);
        const weights = weightsOf(problem.states, w);
        const result = await cheapestCoalition({ ...problem, weights }, solve);
        const prices = bruteForce(example).map((c) => c.reduce((sum, s) => sum + weights.get(s)!, 0));
        costs.add(result.cost);
        if (prices.length === 0) expect(result).toMatchObject({ status: "infeasible", coalition: null });
        else expect(result).toMatchObject({ status: "proven", cost: Math.min(...prices), met: 1 });
      }),
      { seed: 11, numRuns: 150 },
    );
    expect(costs.size).toBeGreaterThan(8);
  });

  it("have the size of our smallest where every state weighs the same", async () => {
    await fc.assert(
      fc.asyncProperty(coverCases, async (example) => {
        const problem = coverOf(example);
        const theirs = await cheapestCoalition({ ...problem, weights: new Map() }, solve);
        expect(theirs.cost).toBe(smallestCoalition(problem).coalition?.length ?? null);
      }),
      { seed: 12, numRuns: 100 },
    );
  });

  it("meet as many parts within a budget as any subset does", async () => {
    await fc.assert(
      fc.asyncProperty(weighted, fc.integer({ min: 0, max: 25 }), async ([example, w], budget) => {
        const { permille, threshold, required, forbidden } = example;
        const problem = coverOf(example);
        const parts: readonly Need[] = "class" in example.need ? [example.need] : partsOf(example.need);
        const result = await mostWithin({ ...problem, weights: weightsOf(problem.states, w) }, parts, budget, solve);
        let most: number | null = null;
        for (let mask = 0; mask < 1 << problem.states.length; mask++) {
          const joins = problem.states.map((_, s) => ((mask >> s) & 1) === 1);
          const cost = joins.reduce((sum, joined, s) => sum + (joined ? w[s]! : 0), 0);
          if (cost > budget || required.some((s) => !joins[s]) || forbidden.some((s) => joins[s])) continue;
          const closes = permille.map((row) => row.reduce((a, x, s) => a + (joins[s] ? x : 0), 0) >= threshold);
          most = Math.max(most ?? 0, parts.filter((part) => holds(part, closes)).length);
        }
        expect(result.met).toBe(most);
        expect(result.status).toBe(most === null ? "infeasible" : "proven");
      }),
      { seed: 13, numRuns: 100 },
    );
  });

  it("refuse weights that mean nothing, all at once", () => {
    const problem = { states: ["USA" as State], classes: [], threshold: 0.5, need: { all: [{ class: 0 }] } };
    const weights = new Map([
      ["USA" as State, -1],
      ["JPN" as State, 2],
    ]);
    expect(() => cheapestCoalition({ ...problem, weights }, solve)).toThrow(/JPN.*\n?.*-1|-1.*\n?.*JPN/s);
  });
});
