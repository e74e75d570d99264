import { describe, expect, it } from "vitest";
import { bandsOf, drawElasticities, type ElasticitySet, jointSectors, outcomeRanges } from "./elasticities.ts";
import type { CountryOutcome } from "./welfare.ts";

const set = (id: string, theta: number[], kind: ElasticitySet["kind"] = "published"): ElasticitySet => ({
  ...{ id, title: id, kind, theta },
});
const SETS = [set("P", [2, 2, 5]), set("Q", [3, 3, 7]), set("guess", [100, 200, 300], "assumed")];

function outcome(id: string, wage: number): CountryOutcome {
  const rest = { price: 1, realWage: wage, welfareExact: wage, termsOfTrade: 0, volumeOfTrade: 0, welfareLinear: 0 };
  return { id, wage, ...rest };
}

describe("elasticity sets", () => {
  it("take sectors together that share an estimate in every set", () => {
    expect(jointSectors(SETS.slice(0, 2))).toEqual([[0, 1], [2]]);
    expect(jointSectors(SETS)).toEqual([[0], [1], [2]]);
  });

  it("draw from the published ones alone, the same for the same seed", () => {
    const draws = drawElasticities(SETS, 200, 7);
    expect(draws).toEqual(drawElasticities(SETS, 200, 7));
    expect(draws).not.toEqual(drawElasticities(SETS, 200, 8));
    const seen = new Set(draws.map((d) => d.theta.join(" ")));
    expect([...seen].sort()).toEqual(["2 2 5", "2 2 7", "3 3 5", "3 3 7"]);
    const low = draws.filter((d) => d.theta[0] === 2).length;
    expect(low).toBeGreaterThan(70);
    expect(low).toBeLessThan(130);
  });

  it("draw nothing where nothing is published", () => {
    expect(drawElasticities([SETS[2]!], 3, 1)).toEqual([]);
  });
});

describe("ranges over solutions", () => {
  const solutions = [1.4, 1.0, 1.3, 1.1, 1.2].map((w) => ({ countries: [outcome("XAA", w), outcome("XBB", 2 - w)] }));

  it("go from the lowest to the highest of each figure", () => {
    const [a, b] = outcomeRanges(solutions);
    expect(a!.id).toBe("XAA");
    expect(a!.wage).toEqual({ low: 1, high: 1.4 });
    expect(b!.realWage.low).toBeLessThanOrEqual(0.6000001);
    expect(b!.realWage.high).toBe(1);
  });

  it("are not given where one solution has no countries", () => {
    expect(outcomeRanges([...solutions, { countries: [] }])).toEqual([]);
    expect(outcomeRanges([{ countries: [] }, ...solutions])).toEqual([]);
  });

  it("interpolate quantiles between neighbours", () => {
    const [a] = bandsOf(solutions, 0.125, 0.5);
    expect(Math.abs(a!.wage.low - 1.05)).toBeLessThan(1e-12);
    expect(a!.wage.high).toBe(1.2);
  });
});
