import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { state } from "../domain/states.ts";
import { countedParts, frontByCount, frontByShare } from "./coalition-front.ts";
import { type CoverCase, coverCases, coverOf, holds } from "./cover-cases.ts";
import { atLeastClasses, everyClass } from "./cover-problem.ts";

/** By size of coalition: the most that `score` gives to any allowed subset; only sizes that beat all smaller ones. */
function bestBySize({ permille, required, forbidden }: CoverCase, score: (joins: readonly boolean[]) => number) {
  const count = permille[0]!.length;
  const best = new Map<number, number>();
  for (let mask = 0; mask < 1 << count; mask++) {
    const joins = Array.from({ length: count }, (_, s) => ((mask >> s) & 1) === 1);
    if (required.some((s) => !joins[s]) || forbidden.some((s) => joins[s])) continue;
    const size = joins.filter(Boolean).length;
    best.set(size, Math.max(best.get(size) ?? 0, score(joins)));
  }
  const front: { size: number; coverage: number }[] = [];
  for (const [size, coverage] of [...best].sort((a, b) => a[0] - b[0])) {
    if (coverage > (front.at(-1)?.coverage ?? 0)) front.push({ size, coverage });
  }
  return front;
}

const sumOf = (row: readonly number[], joins: readonly boolean[]) => row.reduce((a, x, s) => a + (joins[s] ? x : 0), 0);

describe("coalition fronts", () => {
  it("name for each size the most classes that any coalition of it closes", () => {
    let longest = 0;
    fc.assert(
      fc.property(coverCases, (example) => {
        const { permille, threshold } = example;
        const front = frontByCount(coverOf(example), everyClass(permille.length).all);
        const closed = (joins: readonly boolean[]) => permille.filter((row) => sumOf(row, joins) >= threshold).length;
        expect(front.points.map(({ size, coverage }) => ({ size, coverage }))).toEqual(bestBySize(example, closed));
        expect(front.points.every((p) => p.coalition.length === p.size && p.proven)).toBe(true);
        longest = Math.max(longest, front.points.length);
      }),
      { seed: 21, numRuns: 200 },
    );
    expect(longest).toBeGreaterThan(2);
  });

  it("name for each size the highest whole per cent at which the need is met", () => {
    let longest = 0;
    fc.assert(
      fc.property(coverCases, (example) => {
        const front = frontByShare(coverOf(example));
        const highest = (joins: readonly boolean[]) => {
          for (let percent = 100; percent > 0; percent--) {
            const closes = example.permille.map((row) => sumOf(row, joins) >= 10 * percent);
            if (holds(example.need, closes)) return percent / 100;
          }
          return 0;
        };
        expect(front.points.map(({ size, coverage }) => ({ size, coverage }))).toEqual(bestBySize(example, highest));
        longest = Math.max(longest, front.points.length);
      }),
      { seed: 22, numRuns: 60 },
    );
    expect(longest).toBeGreaterThan(2);
  });

  it("are empty where not even everybody closes anything", () => {
    const [USA, JPN] = [state("USA"), state("JPN")];
    const problem = { states: [USA, JPN], classes: [{ id: "etcher", shares: new Map([[USA, 0.4]]) }], threshold: 0.9 };
    expect(frontByCount(problem, everyClass(1).all)).toEqual({ axis: "classes", whole: 1, points: [] });
    const byShare = frontByShare({ ...problem, need: everyClass(1) });
    expect(byShare.points).toEqual([{ size: 1, coverage: 0.4, coalition: [USA], proven: true }]);
  });

  it("count the parts of a set of classes, and take a goal as one", () => {
    expect(countedParts(atLeastClasses(2, 3))).toHaveLength(3);
    expect(countedParts({ any: [{ class: 0 }, { class: 1 }] })).toHaveLength(1);
  });
});
