import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysBetween, type IsoDate, isoDate, longDate, overlaps, parseDate, within } from "./dates.ts";

const EPOCH = isoDate("1970-01-01");
const SEED = { seed: 20_261_121, numRuns: 1000 };

/** The day so many days later, by the calendar of the platform. */
function later(d: IsoDate, days: number): IsoDate {
  const at = new Date(`${d}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return isoDate(at.toISOString().slice(0, 10));
}

/** Any day from 1950 to 2100. */
const day = fc.integer({ min: -7305, max: 47_846 }).map((n) => later(EPOCH, n));

/** An interval that holds at least one day; either end may be missing. Near days, so that many meet. */
const interval = fc
  .record({
    from: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
    length: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  })
  .map(({ from, length }) => ({
    ...(from !== undefined && { from: later(EPOCH, from) }),
    ...(length !== undefined && { until: later(EPOCH, (from ?? 0) + length) }),
  }));

describe("a calendar day", () => {
  it("is read when it exists, the leap day included", () => {
    for (const text of ["2023-09-01", "2024-02-29", "2000-02-29", "1958-01-01"]) expect(parseDate(text)).toBe(text);
  });

  it("is refused when the calendar has no such day", () => {
    for (const text of ["2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-01-00"]) {
      expect(parseDate(text), text).toBeUndefined();
    }
  });

  it("is refused in any other form", () => {
    for (const text of ["", "2023-9-1", "01.09.2023", "2023-09-01T00:00", " 2023-09-01", "20230901", "2023-09"]) {
      expect(parseDate(text), text).toBeUndefined();
    }
    expect(() => isoDate("2023-9-1")).toThrow("`2023-9-1`");
  });

  it("is so many days from another, across the leap day and in both directions", () => {
    expect(daysBetween(isoDate("2024-02-28"), isoDate("2024-03-01"))).toBe(2);
    expect(daysBetween(isoDate("2023-02-28"), isoDate("2023-03-01"))).toBe(1);
    expect(daysBetween(isoDate("2022-10-07"), isoDate("2023-09-01"))).toBe(329);
    expect(daysBetween(isoDate("2024-01-01"), isoDate("2023-12-31"))).toBe(-1);
    expect(daysBetween(EPOCH, isoDate("2000-03-01"))).toBe(11_017);
  });

  it("is written long for the reader", () => {
    expect(longDate(isoDate("2023-09-01"))).toBe("1 September 2023");
    expect(longDate(isoDate("2025-12-31"))).toBe("31 December 2025");
  });

  it("orders as text as it does in time", () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(a < b).toBe(daysBetween(a, b) > 0);
      }),
      SEED,
    );
  });

  it("is as many days away as the calendar moves", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -9999, max: 9999 }), (d, n) => {
        expect(daysBetween(d, later(d, n))).toBe(n);
      }),
      SEED,
    );
  });
});

describe("a half-open interval", () => {
  const from = isoDate("2022-10-07");
  const until = isoDate("2023-11-17");

  it("holds its first day and not the day on which it ends", () => {
    expect(within(isoDate("2022-10-06"), { from, until })).toBe(false);
    expect(within(from, { from, until })).toBe(true);
    expect(within(isoDate("2023-11-16"), { from, until })).toBe(true);
    expect(within(until, { from, until })).toBe(false);
  });

  it("has no bound where an end is missing", () => {
    expect(within(isoDate("1900-01-01"), { until })).toBe(true);
    expect(within(isoDate("2999-12-31"), { from })).toBe(true);
    expect(within(from, {})).toBe(true);
  });

  it("does not overlap the one that begins on the day it ends", () => {
    expect(overlaps({ from, until }, { from: until })).toBe(false);
    expect(overlaps({ from, until }, { from: isoDate("2023-11-16") })).toBe(true);
    expect(overlaps({}, { from, until })).toBe(true);
  });

  it("overlaps another exactly when some day is in both", () => {
    const days = Array.from({ length: 90 }, (_, i) => later(EPOCH, i - 10));
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(overlaps(a, b)).toBe(days.some((d) => within(d, a) && within(d, b)));
        expect(overlaps(b, a)).toBe(overlaps(a, b));
      }),
      SEED,
    );
  });
});
