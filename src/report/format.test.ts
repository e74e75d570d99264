import { describe, expect, it } from "vitest";
import { isoDate } from "../domain/dates.ts";
import { amount, count, money, numberRange, percent, percentText, shortDate } from "./format.ts";

const r = (low: number, high = low) => ({ low, high });

describe("percent", () => {
  it.each([
    [r(0), "0"],
    [r(1), "100"],
    [r(0.4, 0.6), "40-60"],
    [r(0.404, 0.396), "40"],
    [r(0.001), "<1"],
    [r(0, 0.004), "<1"],
    [r(0.999), ">99"],
    [r(0.98, 1), "98-100"],
    [r(-0.1, 0.2), "-10 to 20"],
    [r(-0.001, -0.001), "0"],
  ])("%j is %s", (range, text) => {
    expect(percent(range)).toBe(text);
  });

  it("never rounds a share up to a threshold that it misses", () => {
    expect(percent(r(0.897), { threshold: 0.9 })).toBe("89");
    expect(percent(r(0.897))).toBe("90");
    expect(percent(r(0.9), { threshold: 0.9 })).toBe("90");
    expect(percent(r(0.6651), { threshold: 2 / 3 })).toBe("66");
    expect(percent(r(2 / 3), { threshold: 2 / 3 })).toBe("67");
  });

  it("says that a missing share is not known", () => {
    expect(percentText(null)).toBe("not known");
    expect(percentText(r(0.5))).toBe("50%");
  });
});

describe("money", () => {
  it.each([
    [r(2_140_000_000), "$2.1bn"],
    [r(6e8, 9e8), "$600-900m"],
    [r(6e8, 1.9e9), "$0.6-1.9bn"],
    [r(4e6, 2.1e9), "$4m-2.1bn"],
    [r(0, 2.1e9), "$0-2.1bn"],
    [r(0), "$0"],
    [r(999_960_000), "$1bn"],
    [r(12_300_000_000), "$12bn"],
    [r(4_567e9), "$4,567bn"],
    [r(950), "$950"],
    [r(-3e8, 5e8), "-$300m to $500m"],
  ])("%j is %s", (range, text) => {
    expect(money(range)).toBe(text);
  });
});

describe("amounts, numbers, dates and counts", () => {
  it("turns units of dollars into dollars", () => {
    expect(amount(r(5), "USD bn")).toBe("$5bn");
    expect(amount(r(3, 5), "months")).toBe("3-5 months");
    expect(amount(null, "USD bn")).toBe("not measured");
  });

  it("keeps one decimal below ten and groups thousands", () => {
    expect(numberRange(r(0.25, 9.94))).toBe("0.3-9.9");
    expect(numberRange(r(1234.5))).toBe("1,235");
  });

  it("writes days and counts as the page does", () => {
    expect(shortDate(isoDate("2022-10-07"))).toBe("7 Oct 2022");
    expect(shortDate(null)).toBe("not known");
    expect(count(1, "class", "classes")).toBe("1 class");
    expect(count(1200, "class", "classes")).toBe("1,200 classes");
  });
});
