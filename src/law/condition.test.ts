import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ANY_NUMBER, isApart, isWithin, type NumberRange, point } from "./condition.ts";

const SEED = { seed: 20_261_121, numRuns: 2000 };

/** Intervals between whole numbers from 0 to 6, ends in or out, and half-lines; none of them empty. */
const interval = fc
  .record({
    a: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(-Infinity)),
    b: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Infinity)),
    lowIncluded: fc.boolean(),
    highIncluded: fc.boolean(),
  })
  .map(({ a, b, ...ends }): NumberRange => {
    const [low, high] = a <= b ? [a, b] : [b, a];
    if (low === high) return point(low);
    return {
      low,
      high,
      lowIncluded: ends.lowIncluded && low !== -Infinity,
      highIncluded: ends.highIncluded && high !== Infinity,
    };
  });

/** Every whole and every half number around the ends, and far outside: enough to tell such intervals apart. */
const SAMPLES = [-1000, 1000, ...Array.from({ length: 17 }, (_, i) => (i - 2) / 2)];

function holds(r: NumberRange, x: number): boolean {
  return (x > r.low || (r.lowIncluded && x === r.low)) && (x < r.high || (r.highIncluded && x === r.high));
}

describe("intervals of numbers", () => {
  it("one is within another exactly when all its numbers are", () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(isWithin(a, b)).toBe(SAMPLES.filter((x) => holds(a, x)).every((x) => holds(b, x)));
      }),
      SEED,
    );
  });

  it("two are apart exactly when they share no number", () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(isApart(a, b)).toBe(!SAMPLES.some((x) => holds(a, x) && holds(b, x)));
        expect(isApart(b, a)).toBe(isApart(a, b));
      }),
      SEED,
    );
  });

  it("a threshold belongs to `at most` and not to `below`", () => {
    const atMost = { ...ANY_NUMBER, high: 2.4, highIncluded: true };
    const below = { ...ANY_NUMBER, high: 2.4 };
    expect(isWithin(point(2.4), atMost)).toBe(true);
    expect(isWithin(point(2.4), below)).toBe(false);
    expect(isApart(point(2.4), below)).toBe(true);
    expect(isApart(point(2.41), atMost)).toBe(true);
  });
});
