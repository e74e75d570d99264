import { describe, expect, it } from "vitest";
import { mapStructure, type Structure, sectorClusters } from "./concordance.ts";

const pair = (from: string, to: string) => ({ from, to });

describe("concordances", () => {
  it("gather sectors that belong together, however many there are on either side", () => {
    const pairs = [pair("a", "x"), pair("a", "y"), pair("b", "z"), pair("c", "z")];
    expect(sectorClusters(pairs, ["a", "b", "c"], ["x", "y", "z"])).toEqual([
      { from: [0], to: [0, 1] },
      { from: [1, 2], to: [2] },
    ]);
  });

  it("follow chains through both lists", () => {
    const pairs = [pair("a", "x"), pair("b", "x"), pair("b", "y")];
    expect(sectorClusters(pairs, ["a", "b"], ["x", "y"])).toEqual([{ from: [0, 1], to: [0, 1] }]);
  });

  it("refuse a sector that nothing carries over, and one that is in no list", () => {
    expect(() => sectorClusters([pair("a", "x")], ["a", "b"], ["x", "y"])).toThrow("b, y");
    expect(() => sectorClusters([pair("a", "x"), pair("q", "x")], ["a"], ["x"])).toThrow("q, x");
  });
});

describe("mapping accounts", () => {
  // One sector `a` that becomes `x` and `y`; it uses a quarter of its output of itself, pays 60 of 80 as value added.
  const structure: Structure = {
    output: Float64Array.of(80),
    uses: Float64Array.of(20),
    valueAdded: Float64Array.of(60),
    final: Float64Array.of(60),
  };
  const empty: Structure = {
    output: Float64Array.of(0),
    uses: Float64Array.of(0),
    valueAdded: Float64Array.of(0),
    final: Float64Array.of(1),
  };
  const clusters = [{ from: [0], to: [0, 1] }];
  const known = { output: Float64Array.of(40, 8), spending: Float64Array.of(10, 30), leaves: 0 };

  it("keeps costs as parts of output and spreads what is used as spending is", () => {
    const mapped = mapStructure(clusters, structure, structure, known);
    expect([...mapped.valueAdded]).toEqual([30, 6]);
    // A quarter of 40 and of 8, one part of it on x for three on y.
    expect([...mapped.uses]).toEqual([2.5, 7.5, 0.5, 1.5]);
    expect([...mapped.final]).toEqual([9, 27]);
    expect(mapped.stoodIn).toEqual([]);
  });

  it("takes income after what leaves the country", () => {
    const { final } = mapStructure(clusters, structure, structure, { ...known, leaves: 16 });
    expect([...final]).toEqual([5, 15]);
  });

  it("lets another structure stand in where the first made nothing, and says where", () => {
    const mapped = mapStructure(clusters, empty, structure, known);
    expect([...mapped.valueAdded]).toEqual([30, 6]);
    expect(mapped.stoodIn).toEqual([0]);
  });
});
