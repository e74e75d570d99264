import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stabilityOf, stableCoalitions } from "./stability.ts";
import { membershipGain, termsOf, termsRange, type WelfareTable } from "./terms.ts";

/** Coalitions by bits: none, A, B, A with B. */
const PAIR: WelfareTable = {
  members: ["A", "B"],
  change: [
    [0, 0],
    [-3, 1],
    [2, -5],
    [4, -2],
  ],
};

/** None, A, B, AB, C, AC, BC, ABC. No equilibrium was found for B with C. */
const TRIO: WelfareTable = {
  members: ["A", "B", "C"],
  change: [[0, 0, 0], [-1, 1, 1], [1, -1, 1], [2, 2, 4], [1, 1, -1], [2, 4, 2], null, [3, 3, 3]],
};

describe("the terms of a coalition", () => {
  it("hold each member against the same coalition without it", () => {
    // A: 4 in both, 2 where B is alone. B: -2 in both, 1 where A is alone.
    expect(termsOf(PAIR, 0b11)).toEqual([
      { member: "A", inside: true, change: 4, gain: 2, breakEven: -2 },
      { member: "B", inside: true, change: -2, gain: -3, breakEven: 3 },
    ]);
  });

  it("tell an outsider what joining would be worth", () => {
    expect(termsOf(PAIR, 0b01)).toEqual([
      { member: "A", inside: true, change: -3, gain: -3, breakEven: 3 },
      { member: "B", inside: false, change: -2, gain: -3, breakEven: 3 },
    ]);
  });

  it("leave unknown what hangs on a coalition without an equilibrium", () => {
    expect(termsOf(TRIO, 0b111).map((t) => t.gain)).toEqual([null, -1, -1]);
    expect(termsOf(TRIO, 0b110).map((t) => t.change)).toEqual([3, null, null]);
  });

  it("range over assumptions, and say in how many there is no figure", () => {
    const other = { ...TRIO, change: TRIO.change.map((row) => row?.map((x) => 2 * x) ?? null) };
    const [a, b, c] = termsRange([TRIO, other], 0b111);
    expect(a).toEqual({ member: "A", inside: true, gain: null, breakEven: null, unknown: 2 });
    expect(b).toMatchObject({ gain: { low: -2, high: -1 }, breakEven: { low: 1, high: 2 }, unknown: 0 });
    expect(c).toMatchObject({ gain: { low: -2, high: -1 }, breakEven: { low: 1, high: 2 }, unknown: 0 });
  });
});

describe("the stability of a coalition", () => {
  const none = [0, 0, 0].map(() => ({ low: 0, high: 0 }));

  it("is internal where nobody gains by leaving, external where nobody gains by joining", () => {
    // A with B: A would fall to 1 without it, B to 1 too; C has 4 outside and would have 3 inside.
    expect(stabilityOf(TRIO, 0b011, none)).toEqual({
      internal: "always",
      external: "always",
      stable: "always",
      leave: [],
      join: [],
    });
    // Nobody: each would lose 1 by going first.
    expect(stabilityOf(TRIO, 0, none).stable).toBe("always");
    // A alone: it would rather not, and both others would rather be with it.
    expect(stabilityOf(TRIO, 0b001, none)).toMatchObject({
      internal: "never",
      external: "never",
      leave: ["A"],
      join: ["B", "C"],
    });
  });

  it("says where security values within their ranges decide", () => {
    // C joins A and B when being in is worth more than 1 to it.
    const security = [none[0]!, none[1]!, { low: 0, high: 1.5 }];
    expect(stabilityOf(TRIO, 0b011, security)).toMatchObject({
      external: "sometimes",
      stable: "sometimes",
      join: ["C"],
    });
    // In the coalition of all B and C would each have 1 more outside; of A nothing is known.
    expect(stabilityOf(TRIO, 0b111, security)).toMatchObject({ internal: "never", leave: ["B", "C"] });
    const firm = [none[0]!, { low: 2, high: 2 }, security[2]!];
    expect(stabilityOf(TRIO, 0b111, firm)).toMatchObject({ internal: "unknown", leave: ["C"] });
  });

  it("lists the exact interval of a common security value in which each coalition is stable", () => {
    // With weights of 1 in money: up to 1 nobody begins alone; whoever is with A stays from -1 on, and the third joins
    // beyond 1. What B with C would be worth is not known, nor what A is worth to the coalition of all.
    const found = stableCoalitions(TRIO, [1, 1, 1], { low: 0, high: 5 });
    expect(found).toEqual({
      stable: [
        { coalition: 0, members: [], from: 0, to: 1 },
        { coalition: 0b011, members: ["A", "B"], from: 0, to: 1 },
        { coalition: 0b101, members: ["A", "C"], from: 0, to: 1 },
      ],
      unknown: [0b110, 0b111],
    });
  });

  it("agrees with trying every deviation at every value", () => {
    const money = fc.integer({ min: -20, max: 20 });
    const cases = fc.integer({ min: 1, max: 4 }).chain((M) =>
      fc.record({
        change: fc.array(fc.array(money, { minLength: M, maxLength: M }), { minLength: 1 << M, maxLength: 1 << M }),
        weights: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: M, maxLength: M }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ change, weights }) => {
        const table = { members: weights.map((_, m) => `M${m}`), change };
        const found = stableCoalitions(table, weights, { low: -3, high: 3 }).stable;
        for (let quarter = -12; quarter <= 12; quarter++) {
          const t = quarter / 4;
          const held = change.flatMap((_, coalition) =>
            weights.every((weight, m) => {
              const inside = change[coalition | (1 << m)]![m]! + t * weight;
              const outside = change[coalition & ~(1 << m)]![m]!;
              return (coalition & (1 << m)) !== 0 ? inside >= outside : inside <= outside;
            })
              ? [coalition]
              : [],
          );
          // Quarters times weights are exact, divisions by 3 are not: values on an edge by less than rounding are left out.
          const isEdge = (c: number) =>
            found.some((f) => f.coalition === c && Math.min(Math.abs(f.from - t), Math.abs(f.to - t)) < 1e-12);
          const listed = found.filter((f) => f.from <= t && t <= f.to).map((f) => f.coalition);
          expect(listed.filter((c) => !isEdge(c))).toEqual(held.filter((c) => !isEdge(c)));
          for (const coalition of change.keys()) {
            const ranges = weights.map((w) => ({ low: t * w, high: t * w }));
            const expected = held.includes(coalition) ? "always" : "never";
            expect(stabilityOf(table, coalition, ranges).stable).toBe(expected);
          }
        }
      }),
      { seed: 20_261_122, numRuns: 60 },
    );
  });

  it("is sometimes exactly where some corner of the ranges is stable and another is not", () => {
    const money = fc.integer({ min: -6, max: 6 });
    const cases = fc.record({
      change: fc.array(fc.array(money, { minLength: 3, maxLength: 3 }), { minLength: 8, maxLength: 8 }),
      ranges: fc.array(
        fc.record({ low: money, width: fc.nat(4) }).map(({ low, width }) => ({ low, high: low + width })),
        { minLength: 3, maxLength: 3 },
      ),
      coalition: fc.nat(7),
    });
    fc.assert(
      fc.property(cases, ({ change, ranges, coalition }) => {
        const table = { members: ["A", "B", "C"], change };
        const corners = Array.from({ length: 8 }, (_, c) => ranges.map((r, m) => ((c >> m) & 1 ? r.high : r.low)));
        const stable = corners.filter((s) =>
          s.every((value, m) => {
            const gain = membershipGain(table, coalition, m)! + value;
            return (coalition >> m) & 1 ? gain >= 0 : gain <= 0;
          }),
        ).length;
        const expected = stable === 8 ? "always" : stable === 0 ? "never" : "sometimes";
        expect(stabilityOf(table, coalition, ranges).stable).toBe(expected);
      }),
      { seed: 20_261_122, numRuns: 400 },
    );
  });
});
