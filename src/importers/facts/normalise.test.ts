import { describe, expect, it } from "vitest";
import { normalisePeriod, normaliseValue, partiesOf } from "./normalise.ts";
import type { Fact } from "./read-facts.ts";

const fact = (value: string | number, unit: string, range: Partial<Fact> = {}): Fact => ({
  set: "5g",
  issue: "i",
  subject: "s",
  metric: "m",
  party: "CHN",
  period: "2020",
  value,
  unit,
  source: "x",
  confidence: "high",
  note: "",
  at: { file: "f" },
  ...range,
});

describe("normalisePeriod", () => {
  it.each([
    ["2020", "2020"],
    ["2023-08-05", "2023-08-05"],
    ["2018Q4-2019Q1", "2018Q4/2019Q1"],
    ["2020Q1-Q3", "2020Q1/2020Q3"],
    ["2019-06/07", "2019-06/2019-07"],
    ["2017-01..05", "2017-01/2017-05"],
    ["2010-09/2010-11", "2010-09/2010-11"],
    ["2019/20", "2019/2020"],
    ["2022-24", "2022/2024"],
    ["2003-2007", "2003/2007"],
    ["FY2023-24", "2023/2024"],
    ["2022-11", "2022-11"],
  ])("reads %s as %s", (text, period) => {
    expect(normalisePeriod(text)?.period).toBe(period);
  });

  it("does not guess", () => {
    for (const text of ["soon", "2020Q5", "20", "2025/2020"]) expect(normalisePeriod(text)).toBeUndefined();
  });
});

describe("partiesOf", () => {
  it("puts the importer first and the exporter as partner", () => {
    expect(partiesOf("USA<-CHN")).toEqual({ state: "USA", partner: "CHN" });
    expect(partiesOf("CHN->JPN")).toEqual({ state: "JPN", partner: "CHN" });
    expect(partiesOf("EU27<-IND+CHN")).toEqual({ state: "EUU", partner: "IND+CHN" });
    expect(partiesOf("USA+KOR")).toEqual({ state: "USA", partner: "KOR" });
    expect(partiesOf("XKX")).toEqual({ state: "XKX" });
    expect(partiesOf("WLD")).toEqual({ state: "WLD" });
  });
});

describe("normaliseValue", () => {
  it("turns more than and less than into ranges of a share, and into words elsewhere", () => {
    expect(normaliseValue(fact(60, "percent (more than)"))?.cells).toEqual({ low: "60", high: "100" });
    expect(normaliseValue(fact(10, "percent of operating budget (less than)"))?.cells).toEqual({
      low: "0",
      high: "10",
    });
    expect(normaliseValue(fact(60, "countries (more than)"))).toMatchObject({
      cells: { text: "more than 60" },
      unit: "text",
    });
    expect(normaliseValue(fact(20, "times (more than)"))?.cells.text).toBe("more than 20 times");
  });

  it("keeps what the unit says beyond itself as a note", () => {
    expect(normaliseValue(fact(8, "percent of volume"))).toEqual({
      cells: { value: "8" },
      unit: "%",
      note: "of volume",
    });
    expect(normaliseValue(fact(60, "technologies of 64"))).toMatchObject({ unit: "technologies", note: "of 64" });
    expect(normaliseValue(fact(7.67, "tonnes"))).toEqual({ cells: { value: "7.67" }, unit: "t" });
  });

  it("takes a given range and keeps findings in words", () => {
    const range = normaliseValue(fact(70, "percent", { low: 60, high: 80 }));
    expect(range?.cells).toEqual({ low: "60", high: "80" });
    expect(normaliseValue(fact("phase-out", "position (ban|none)"))).toEqual({
      cells: { text: "phase-out" },
      unit: "text",
    });
    expect(normaliseValue(fact("about 50 / 170", "count"))?.cells.text).toBe("about 50 / 170 count");
  });

  it("does not guess a unit or a value that is not there", () => {
    expect(normaliseValue(fact(3, "bananas"))).toBeUndefined();
    expect(normaliseValue(fact("", "percent"))).toBeUndefined();
  });
});
