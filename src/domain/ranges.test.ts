import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, clampShare, exact, hull, type Range, round, sum, upTo, ZERO } from "./ranges.ts";

/** Shares in tenths of a per cent, as tables give them. */
const share = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
const range = fc.tuple(share, share).map(([a, b]): Range => ({ low: Math.min(a, b), high: Math.max(a, b) }));

describe("a range", () => {
  it("is exact when both ends are the figure", () => {
    expect(exact(0.25)).toEqual({ low: 0.25, high: 0.25 });
  });

  it("adds low to low and high to high", () => {
    expect(add({ low: 0.1, high: 0.3 }, { low: 0.2, high: 0.4 })).toEqual({ low: 0.3, high: 0.7 });
  });

  it("sums shares without binary dust: 0.1 + 0.2 is 0.3", () => {
    expect(sum([exact(0.1), exact(0.2)])).toEqual(exact(0.3));
    expect(sum(Array.from({ length: 10 }, () => exact(0.1)))).toEqual(exact(1));
    expect(sum([])).toEqual(ZERO);
  });

  it("never rounds to minus zero", () => {
    expect(Object.is(round(-1e-12), 0)).toBe(true);
    expect(Object.is(add(exact(0.3), exact(-0.3)).low, 0)).toBe(true);
  });

  it("of a part whose size is unknown runs from nothing to the whole", () => {
    expect(upTo({ low: 0.4, high: 0.6 })).toEqual({ low: 0, high: 0.6 });
  });

  it("as a share stays between 0 and 1", () => {
    expect(clampShare({ low: -0.1, high: 1.025 })).toEqual({ low: 0, high: 1 });
    expect(clampShare({ low: 1.01, high: 1.02 })).toEqual({ low: 1, high: 1 });
    expect(clampShare({ low: 0.2, high: 0.3 })).toEqual({ low: 0.2, high: 0.3 });
  });

  it("has a hull that holds both and that nothing smaller does", () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        const h = hull(a, b);
        expect(h.low <= a.low && h.low <= b.low && h.high >= a.high && h.high >= b.high).toBe(true);
        expect(h.low === a.low || h.low === b.low).toBe(true);
        expect(h.high === a.high || h.high === b.high).toBe(true);
      }),
    );
  });

  it("holds the sum of any figures picked from its parts, whatever their order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(range, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 }), (parts) => {
        const picked = parts.reduce((total, [r, t]) => total + r.low + t * (r.high - r.low), 0);
        const ranges = parts.map(([r]) => r);
        const total = sum(ranges);
        expect(total.low <= picked + 1e-9 && picked <= total.high + 1e-9).toBe(true);
        expect(sum([...ranges].reverse())).toEqual(total);
        expect(ranges.reduce(add, ZERO)).toEqual(total);
      }),
    );
  });
});
