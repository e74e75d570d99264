import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../domain/errors.ts";
import { exact, type Range } from "../domain/ranges.ts";
import { type State, state } from "../domain/states.ts";
import { calcSelfSupply, type SelfSupplyInput } from "./self-supply.ts";

const USA = state("USA");
const JPN = state("JPN");
const DEU = state("DEU");
const CHN = state("CHN");
const MYS = state("MYS");
const AUS = state("AUS");

/** An invented mineral: China 60%, Malaysia 15%, the United States 10%, Australia 5%, 10% unallocated. */
const MINERAL: SelfSupplyInput = {
  class: { id: "oxide", name: "Oxide", basis: "refinery", sources: ["survey-2031"] },
  shares: new Map([
    [CHN, exact(0.6)],
    [MYS, exact(0.15)],
    [USA, exact(0.1)],
    [AUS, exact(0.05)],
  ]),
  unallocated: exact(0.1),
  members: [USA, AUS],
  target: CHN,
  demand: { low: 0.25, high: 0.3 },
};

describe("calcSelfSupply", () => {
  it("holds members' supply against members' demand", () => {
    expect(calcSelfSupply(MINERAL)).toEqual({
      class: "oxide",
      name: "Oxide",
      basis: "refinery",
      members: exact(0.15),
      target: exact(0.6),
      others: exact(0.15),
      unallocated: exact(0.1),
      demand: { low: 0.25, high: 0.3 },
      gap: { low: 0.1, high: 0.15 },
      couldFill: [{ state: MYS, share: exact(0.15) }],
      yearsToBuild: null,
      importReliance: null,
      sources: ["survey-2031"],
    });
  });

  it("keeps unknown demand and its gap unknown", () => {
    const { demand: _, ...silent } = MINERAL;
    for (const input of [silent, { ...MINERAL, demand: null }]) {
      const { demand, gap, couldFill } = calcSelfSupply(input);
      expect({ demand, gap }).toEqual({ demand: null, gap: null });
      expect(couldFill.map((x) => x.state)).toEqual([MYS]);
    }
  });

  it("widens the gap by the ranges of shares", () => {
    const shares = new Map([...MINERAL.shares, [USA, { low: 0.06, high: 0.14 }] as const]);
    expect(calcSelfSupply({ ...MINERAL, shares }).gap).toEqual({ low: 0.06, high: 0.19 });
  });

  it("reports no gap, and nobody to fill it, when members supply enough", () => {
    const result = calcSelfSupply({ ...MINERAL, demand: { low: 0.05, high: 0.15 } });
    expect(result.gap).toEqual({ low: 0, high: 0 });
    expect(result.couldFill).toEqual([]);
  });

  it("lets the unallocated rest be supply of a member without a row of its own", () => {
    const result = calcSelfSupply({ ...MINERAL, members: [USA, AUS, JPN] });
    expect(result.members).toEqual({ low: 0.15, high: 0.25 });
    expect(result.gap).toEqual({ low: 0, high: 0.15 });
  });

  it("never takes an unknown share for none", () => {
    const shares = new Map<State, Range | null>([...MINERAL.shares, [USA, null]]);
    const result = calcSelfSupply({ ...MINERAL, shares });
    expect(result.members).toEqual({ low: 0.05, high: 0.15 });
    expect(result.gap).toEqual({ low: 0.1, high: 0.25 });
  });

  it("takes what the shares leave as unallocated where no figure is given", () => {
    expect(calcSelfSupply({ ...MINERAL, unallocated: null }).unallocated).toEqual(exact(0.1));
    const shares = new Map<State, Range | null>([...MINERAL.shares, [USA, null]]);
    const result = calcSelfSupply({ ...MINERAL, shares, unallocated: null });
    expect(result.unallocated).toEqual({ low: 0, high: 0.2 });
    expect(result.members).toEqual({ low: 0.05, high: 0.25 });
  });

  it("names others by size, without target and members", () => {
    const shares = new Map([...MINERAL.shares, [DEU, exact(0.02)] as const, [JPN, { low: 0, high: 0.06 }] as const]);
    const { couldFill } = calcSelfSupply({ ...MINERAL, shares, unallocated: exact(0.02) });
    expect(couldFill.map((x) => x.state)).toEqual([MYS, JPN, DEU]);
  });

  it("hands building time and import reliance on with their sources", () => {
    const yearsToBuild = { value: { low: 5, high: 10 }, source: "iea-2031" };
    const importReliance = { state: USA, value: exact(0.8), source: "survey-2031", period: "2030" };
    expect(calcSelfSupply({ ...MINERAL, yearsToBuild, importReliance })).toMatchObject({
      yearsToBuild,
      importReliance,
    });
  });

  it("refuses every fault at once", () => {
    const bad = { ...MINERAL, members: [CHN], demand: { low: 0.4, high: 0.2 }, unallocated: exact(-0.1) };
    expect(() => calcSelfSupply(bad)).toThrow(InputError);
    try {
      calcSelfSupply(bad);
    } catch (e) {
      expect((e as InputError).problems.map((p) => p.message)).toEqual([
        "the target `CHN` is also a member",
        "unallocated share in `oxide` is `-0.1 to -0.1`",
        "demand in `oxide` is `0.4 to 0.2`",
      ]);
    }
    expect(() => calcSelfSupply({ ...MINERAL, members: [] })).toThrow("no members");
  });

  it("has a gap range that holds the gap of every figure inside the ranges", () => {
    const pick = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(fc.tuple(pick, pick, pick), { minLength: 3, maxLength: 3 }), (rows) => {
        const ranges = rows.map(([a, b]) => ({ low: Math.min(a, b) / 200, high: Math.max(a, b) / 200 }));
        const inside = rows.map(([, , t], i) => ranges[i]!.low + (ranges[i]!.high - ranges[i]!.low) * (t / 100));
        const [usa, aus, demand] = ranges as [Range, Range, Range];
        const shares = new Map([
          [USA, usa],
          [AUS, aus],
        ]);
        const { gap } = calcSelfSupply({ ...MINERAL, shares, unallocated: exact(0), demand });
        const real = Math.max(0, inside[2]! - inside[0]! - inside[1]!);
        return gap !== null && gap.low - 1e-9 <= real && real <= gap.high + 1e-9;
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
