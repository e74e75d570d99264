import { describe, expect, it } from "vitest";
import { isoDate } from "../domain/dates.ts";
import { state } from "../domain/states.ts";
import type { Figure } from "../supply/pack.ts";
import type { ClockEntry } from "./assessment.ts";
import { calcWindow, uniteWindows } from "./clock-windows.ts";

const entry = (firstSign: string | null, inForce: string, lastLawfulDelivery?: string): ClockEntry => ({
  rule: "xaa/order/rule",
  title: "invented",
  state: state("JPN"),
  firstSign: firstSign === null ? null : isoDate(firstSign),
  firstSignSource: null,
  published: null,
  inForce: isoDate(inForce),
  ...(lastLawfulDelivery && { lastLawfulDelivery: isoDate(lastLawfulDelivery) }),
  windowDays: 0,
  lagDays: 0,
  evidence: "text",
});

const figure = (period: string, low: number, high = low): Figure => ({
  id: `f-${period}`,
  topic: "imports",
  metric: "Imports of looms",
  state: "CHN",
  partner: "NLD",
  period,
  value: { low, high },
  unit: "USD bn",
  source: `s-${period}`,
  kind: "reported",
  pack: "cloth",
});

const AS_OF = isoDate("2024-06-01");

const SERIES = { metric: "Imports of looms", state: "CHN", partner: "NLD", unit: "USD bn", what: "looms" };

describe("the stock-up window", () => {
  it("unites windows that overlap the latest one and leaves an older one alone", () => {
    const clock = [
      entry("2022-08-01", "2022-10-07"),
      entry("2023-01-15", "2023-07-23"),
      entry("2023-03-08", "2023-09-01", "2024-01-01"),
    ];
    expect(calcWindow(clock, AS_OF, undefined, [])).toMatchObject({
      from: "2023-01-15",
      until: "2024-01-01",
      imports: null,
    });
  });

  it("is none where every rule bit on the day of its first sign", () => {
    expect(calcWindow([entry("2022-10-07", "2022-10-07"), entry(null, "2023-01-01")], AS_OF, undefined, [])).toBeNull();
  });

  const clock = [entry("2023-01-27", "2023-04-01")];

  it("holds imports against the same months a year earlier and the twelve months before", () => {
    // January to March 2023: 6; a year earlier 3; all of 2022: 12, so 3 in a quarter and 1 in a month.
    const figures = [figure("2022", 12), figure("2022Q1", 3), figure("2023-01", 1), figure("2023-02/2023-03", 5)];
    expect(calcWindow(clock, AS_OF, SERIES, figures)?.imports).toEqual({
      what: "looms",
      class: null,
      period: "2023-01 to 2023-03",
      value: { low: 6, high: 6 },
      yearEarlier: null,
      twelveMonthsBefore: { low: 3, high: 3 },
      excess: { low: 3, high: 3 },
      excessOver: { yearEarlier: null, twelveMonthsBefore: { low: 3, high: 3 } },
      months: { measured: 3, of: 3, missing: [] },
      monthsOfNormalSupply: { low: 3, high: 3 },
      unit: "USD bn",
      sources: ["s-2023-01", "s-2023-02/2023-03", "s-2022"],
      note: "all months measured",
    });
    const both = [...figures, figure("2022-01", 0.5), figure("2022-02/2022-03", 1.5)];
    // A year earlier 0.5 and 1.5: 4 more than then, 3 more than the rate of 2022.
    expect(calcWindow(clock, AS_OF, SERIES, both)?.imports).toMatchObject({
      yearEarlier: { low: 2, high: 2 },
      excess: { low: 3, high: 4 },
      excessOver: { yearEarlier: { low: 4, high: 4 }, twelveMonthsBefore: { low: 3, high: 3 } },
      // 3 at 1 a month; 4 at 2 in three months.
      monthsOfNormalSupply: { low: 3, high: 6 },
    });
  });

  it("compares with a year earlier only the months that both years have", () => {
    const figures = [figure("2023-01", 1), figure("2023-02/2023-03", 5), figure("2022-02/2022-03", 2)];
    expect(calcWindow(clock, AS_OF, SERIES, figures)?.imports).toMatchObject({
      value: { low: 6, high: 6 },
      yearEarlier: { low: 2, high: 2 },
      excess: { low: 3, high: 3 },
      note: "all months measured; a year earlier measured for 2 of these months",
    });
  });

  it("names months that no figure covers, and never counts them as nothing", () => {
    const imports = calcWindow(clock, AS_OF, SERIES, [figure("2023-01", 1), figure("2023-03", 2, 3)])?.imports;
    expect(imports).toMatchObject({
      value: { low: 3, high: 4 },
      excess: null,
      note: "2 of 3 months measured; not measured: 2023-02",
    });
  });

  it("prefers one figure for a stretch to a sum of parts, and does not count months twice", () => {
    const figures = [figure("2023Q1", 9), figure("2023-01", 1), figure("2023-02", 1), figure("2023-03", 1)];
    expect(calcWindow(clock, AS_OF, SERIES, figures)?.imports?.value).toEqual({ low: 9, high: 9 });
  });

  it("says when other twelve months stand for those before the first sign", () => {
    const late = [entry("2022-12-12", "2023-04-01")];
    const imports = calcWindow(late, AS_OF, SERIES, [figure("2022", 12), figure("2023Q1", 6)])?.imports;
    expect(imports?.note).toBe(
      "3 of 4 months measured; not measured: 2022-12; 2022-01 to 2022-12 stands for the twelve months before the first sign",
    );
  });
});

describe("united windows", () => {
  const of = (stateCode: string, rule: string, e: ClockEntry): ClockEntry => ({ ...e, state: state(stateCode), rule });

  it("unite what overlaps or touches, keep apart what does not, and never add days twice", () => {
    const clock = [
      of("USA", "usa/a/b", entry("2022-08-09", "2022-10-07")),
      of("JPN", "jpn/a/b", entry("2022-12-12", "2023-07-23")),
      of("NLD", "nld/a/b", entry("2023-03-08", "2023-09-01", "2024-01-01")),
      of("USA", "usa/c/d", entry("2024-01-01", "2024-03-01")),
    ];
    // 9 August to 7 October: 22 + 30 + 7 days. 12 December 2022 to 1 March 2024: 20 + 365 + 60 days.
    expect(uniteWindows(clock, isoDate("2024-06-01"))).toEqual([
      { from: "2022-08-09", until: "2022-10-07", days: 59, states: ["USA"], rules: ["usa/a/b"] },
      {
        from: "2022-12-12",
        until: "2024-03-01",
        days: 445,
        states: ["JPN", "NLD", "USA"],
        rules: ["jpn/a/b", "nld/a/b", "usa/c/d"],
      },
    ]);
  });

  it("hold a stay as a window, up to the asked day while it lasts", () => {
    const stayed: ClockEntry = {
      ...entry("2024-12-03", "2024-12-03"),
      stays: [{ from: isoDate("2025-11-09"), until: isoDate("2026-11-27"), status: "stayed", source: "gazette" }],
    };
    const spans = (asOf: string) => uniteWindows([stayed], isoDate(asOf)).map((w) => [w.from, w.until, w.days]);
    expect(spans("2026-01-15")).toEqual([["2025-11-09", "2026-01-15", 67]]);
    expect(spans("2027-01-01")).toEqual([["2025-11-09", "2026-11-27", 383]]);
  });
});
