import fc from "fast-check";
import highsModule from "highs";
import { describe, expect, it } from "vitest";
import type { WelfareTable } from "./terms.ts";
import { smallestTransfers } from "./terms-transfers.ts";

/** A table in which being in the coalition of all is worth `gains` to its members. */
function tableOf(gains: readonly number[]): WelfareTable {
  const all = (1 << gains.length) - 1;
  return {
    members: gains.map((_, m) => `M${m}`),
    change: Array.from({ length: all + 1 }, (_, c) => (c === all ? gains : gains.map(() => 0))),
  };
}

const gainsOf = (most: number) => fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: most });
const allOf = (gains: readonly number[]) => (1 << gains.length) - 1;

describe("the smallest transfers", () => {
  it("move what one member loses from the one that gains", () => {
    expect(smallestTransfers(tableOf([5, -2]), 0b11, [0, 0])).toEqual({
      status: "balanced",
      total: 2,
      members: [
        { member: "M0", surplus: 5, receives: -2, range: { low: -2, high: -2 } },
        { member: "M1", surplus: -2, receives: 2, range: { low: 2, high: 2 } },
      ],
    });
  });

  it("are shared in proportion to gains, with the range of what else would do", () => {
    // 6 and 2 gained, 4 lost: M0 pays 3 and M1 pays 1; but M0 may pay all, and must pay at least what M1 does not have.
    expect(smallestTransfers(tableOf([6, 2, -4]), 0b111, [0, 0, 0])).toMatchObject({
      total: 4,
      members: [
        { receives: -3, range: { low: -4, high: -2 } },
        { receives: -1, range: { low: -2, high: 0 } },
        { receives: 4, range: { low: 4, high: 4 } },
      ],
    });
  });

  it("are not there where all that is gained falls short, and the shortfall is told", () => {
    expect(smallestTransfers(tableOf([1, -3, -2]), 0b111, [0, 0, 0])).toEqual({
      status: "shortfall",
      shortfall: 4,
      needed: 5,
      available: 1,
    });
  });

  it("count the security values, and only those inside", () => {
    expect(smallestTransfers(tableOf([1, -3]), 0b11, [0, 3])).toMatchObject({ status: "balanced", total: 0 });
    expect(smallestTransfers(tableOf([1, -3]), 0b01, [0, 0])).toMatchObject({ status: "balanced", total: 0 });
  });

  it("are not known where a gain is not", () => {
    const table = { members: ["A", "B"], change: [[0, 0], null, [0, 0], [3, -1]] };
    expect(smallestTransfers(table, 0b11, [0, 0])).toEqual({ status: "unknown", members: ["B"] });
  });

  it("are those of the best of all whole plans, each member's range reached and not passed", () => {
    fc.assert(
      fc.property(gainsOf(3), (gains) => {
        const plans = wholePlans(gains.length).filter((t) => t.every((x, m) => gains[m]! + x >= 0));
        const found = smallestTransfers(tableOf(gains), allOf(gains), []);
        if (found.status !== "balanced") {
          expect(plans).toEqual([]);
          expect(found).toMatchObject({ shortfall: -gains.reduce((a, b) => a + b, 0) });
          return;
        }
        const cost = (t: readonly number[]) => t.reduce((sum, x) => sum + Math.abs(x), 0) / 2;
        const least = Math.min(...plans.map(cost));
        expect(found.total).toBe(least);
        const best = plans.filter((t) => cost(t) === least);
        for (const [m, { range }] of found.members.entries()) {
          expect(range.low).toBe(Math.min(...best.map((t) => t[m]!)));
          expect(range.high).toBe(Math.max(...best.map((t) => t[m]!)));
        }
      }),
      { seed: 20_261_122, numRuns: 150 },
    );
  });

  it("are those of a linear programme solved by HiGHS, and add up to nothing", async () => {
    // The package's types describe its CommonJS build, whose loader is one level deeper.
    const highs = await (highsModule as unknown as (typeof highsModule)["default"])();
    fc.assert(
      fc.property(gainsOf(12), (gains) => {
        const found = smallestTransfers(tableOf(gains), allOf(gains), []);
        const solved = highs.solve(programmeOf(gains), { output_flag: false });
        if (found.status !== "balanced") {
          expect(solved.Status).toBe("Infeasible");
          return;
        }
        expect(solved.Status).toBe("Optimal");
        expect(Math.abs(solved.ObjectiveValue - found.total)).toBeLessThan(1e-7);
        const receives = found.members.map((m) => m.receives);
        expect(Math.abs(receives.reduce((a, b) => a + b, 0))).toBeLessThan(1e-12);
        for (const [m, { surplus, range }] of found.members.entries()) {
          expect(surplus + receives[m]!).toBeGreaterThanOrEqual(-1e-12);
          expect(receives[m]!).toBeGreaterThanOrEqual(range.low - 1e-12);
          expect(receives[m]!).toBeLessThanOrEqual(range.high + 1e-12);
        }
      }),
      { seed: 20_261_122, numRuns: 60 },
    );
  });
});

/** Every way to move whole amounts from -9 to 9 that adds up to 0. */
function wholePlans(members: number): number[][] {
  const amounts = Array.from({ length: 19 }, (_, x) => x - 9);
  if (members === 1) return [[0]];
  return amounts.flatMap((a) =>
    members === 2
      ? [[a, 0 - a]]
      : amounts.flatMap((b) => {
          const c = 0 - a - b;
          return Math.abs(c) <= 18 ? [[a, b, c]] : [];
        }),
  );
}

/** In LP format: received `r`, paid `p`. */
function programmeOf(gains: readonly number[]): string {
  const each = (text: (g: number, m: number) => string) => gains.map(text).join("\n");
  return `Minimize
obj: ${gains.map((_, m) => `0.5 r${m} + 0.5 p${m}`).join(" + ")}
Subject To
budget: ${gains.map((_, m) => `r${m} - p${m}`).join(" + ")} = 0
${each((g, m) => `in${m}: r${m} - p${m} >= ${0 - g}`)}
End
`;
}
