import { describe, expect, it } from "vitest";
import type { ClockEntry } from "../closure/assessment.ts";
import { isoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import { ticks, timeScale } from "./time-scale.ts";

const entry = (inForce: string, firstSign: string | null): ClockEntry => ({
  rule: "xaa/order/rule",
  title: "Rule",
  state: "XAA" as State,
  firstSign: firstSign === null ? null : isoDate(firstSign),
  firstSignSource: null,
  published: null,
  inForce: isoDate(inForce),
  windowDays: 0,
  lagDays: 0,
  evidence: "text",
});

describe("a time scale", () => {
  it("runs over whole months from the first sign to the date asked", () => {
    const scale = timeScale([entry("2031-03-15", "2030-12-20")], isoDate("2031-05-31"))!;
    expect([scale.from, scale.until]).toEqual(["2030-12-01", "2031-06-01"]);
    expect(scale.position(isoDate("2030-12-01"))).toBe(0);
    expect(scale.position(isoDate("2031-06-01"))).toBe(1);
  });

  it("runs on to a rule that comes into force after the date asked", () => {
    expect(timeScale([entry("2031-12-31", null)], isoDate("2031-05-31"))!.until).toBe("2032-01-01");
  });

  it("is missing where no rule has a date", () => {
    expect(timeScale([], isoDate("2031-05-31"))).toBeNull();
  });

  it("marks round months, the year with the first and with January", () => {
    const scale = timeScale([entry("2031-03-15", "2030-10-01")], isoDate("2031-05-31"))!;
    expect(ticks(scale, 3).map((t) => t.label)).toEqual(["2030 Oct", "2031 Jan", "Apr"]);
    expect(ticks(scale, 8).map((t) => t.label)).toEqual([
      "2030 Oct",
      "Nov",
      "Dec",
      "2031 Jan",
      "Feb",
      "Mar",
      "Apr",
      "May",
    ]);
  });

  it("marks years alone over long stretches", () => {
    const scale = timeScale([entry("2031-03-15", "2019-06-01")], isoDate("2031-05-31"))!;
    expect(ticks(scale, 7).map((t) => t.label)).toEqual(["2020", "2022", "2024", "2026", "2028", "2030"]);
  });
});
