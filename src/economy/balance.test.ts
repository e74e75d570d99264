import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balanceAccounts, type UnbalancedAccounts } from "./balance.ts";

const J = 3;
const row = (fill: fc.Arbitrary<number>, size: number) =>
  fc.array(fill, { minLength: size, maxLength: size }).map((x) => Float64Array.from(x));
const amount = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1000, noNaN: true }));
const some = fc.double({ min: 0.01, max: 1000, noNaN: true });
const accounts: fc.Arbitrary<UnbalancedAccounts> = fc.record({
  output: row(amount, J),
  spending: row(amount, J),
  uses: row(amount, J * J),
  valueAdded: row(some, J),
  final: row(some, J),
});

function margins({ uses, valueAdded, final }: Pick<UnbalancedAccounts, "uses" | "valueAdded" | "final">) {
  const rows = [...final];
  const columns = [...valueAdded];
  for (let j = 0; j < J; j++)
    for (let k = 0; k < J; k++) {
      rows[k]! += uses[j * J + k]!;
      columns[j]! += uses[j * J + k]!;
    }
  return { rows, columns };
}

describe("balancing accounts", () => {
  it("meets output and spending of every sector whatever the guess was, and nothing is negative", () => {
    fc.assert(
      fc.property(accounts, (given) => {
        const done = balanceAccounts(given);
        expect(done.gapAfter).toBeLessThanOrEqual(1e-6);
        const { rows, columns } = margins(done);
        for (let j = 0; j < J; j++) {
          expect(Math.abs(rows[j]! - given.spending[j]!)).toBeLessThanOrEqual(1e-6 * given.spending[j]!);
          expect(Math.abs(columns[j]! - given.output[j]!)).toBeLessThanOrEqual(1e-6 * given.output[j]!);
        }
        for (const part of [done.uses, done.valueAdded, done.final])
          expect(Math.min(...part)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it("leaves accounts alone that are in balance", () => {
    const uses = Float64Array.from([2, 0, 1, 3, 4, 0, 0, 5, 6]);
    const given = { uses, valueAdded: Float64Array.from([7, 3, 9]), final: Float64Array.from([5, 1, 13]) };
    const { rows, columns } = margins(given);
    const done = balanceAccounts({ ...given, spending: Float64Array.from(rows), output: Float64Array.from(columns) });
    expect(done.uses).toEqual(uses);
    expect(done).toMatchObject({ rounds: 0, gapBefore: 0, misplaced: 0 });
  });

  it("solves a table of one sector by hand: r(2 + 2) = 8 and s(2r + 2) = 6 give r = 2, s = 1", () => {
    const one = (x: number) => Float64Array.from([x]);
    // Uses z, final f, value added v with guesses 2: z = 2rs, f = 2r, v = 2s; z + f = 8 and z + v = 6.
    const done = balanceAccounts({ output: one(6), spending: one(8), uses: one(2), valueAdded: one(2), final: one(2) });
    expect(Math.abs(done.uses[0]! - 4)).toBeLessThan(1e-9);
    expect(Math.abs(done.final[0]! - 4)).toBeLessThan(1e-9);
    expect(Math.abs(done.valueAdded[0]! - 2)).toBeLessThan(1e-9);
    // The guess put |4 - 8| + |4 - 6| of 14 elsewhere.
    expect(Math.abs(done.misplaced - 6 / 14)).toBeLessThan(1e-12);
  });

  it("says how far it is from balance where there is none: a sector that can only use what nobody has", () => {
    const [zero, one] = [Float64Array.of(0), Float64Array.of(1)];
    const done = balanceAccounts({ output: one, spending: zero, uses: one, valueAdded: zero, final: zero });
    expect(done.gapAfter).toBeGreaterThan(0.5);
  });

  it("takes what has no guess as final spending and as value added, and says so", () => {
    const none = new Float64Array(J);
    const [output, spending] = [Float64Array.from([5, 0, 0]), Float64Array.from([0, 4, 0])];
    const done = balanceAccounts({ output, spending, uses: new Float64Array(J * J), valueAdded: none, final: none });
    expect(done.rowsWithoutGuess).toEqual([1]);
    expect(done.columnsWithoutGuess).toEqual([0]);
    expect([...done.final]).toEqual([0, 4, 0]);
    expect([...done.valueAdded]).toEqual([5, 0, 0]);
  });
});
