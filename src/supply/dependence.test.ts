import { describe, expect, it } from "vitest";
import { state } from "../domain/states.ts";
import { importReliance, yearsToBuild } from "./dependence.ts";
import type { Figure } from "./pack.ts";

function figure(given: Partial<Figure>): Figure {
  const base = { id: "f", topic: "t", metric: "net import reliance", class: "tops", period: "2024", unit: "%" };
  return { ...base, value: { low: 50, high: 80 }, source: "atlas", kind: "reported", pack: "toys", ...given };
}

const NLD = state("NLD");
const JPN = state("JPN");

describe("importReliance", () => {
  it("takes the latest figure of one of the states, as a part from 0 to 1", () => {
    const figures = [
      figure({ state: "NLD", period: "2020" }),
      figure({ state: "NLD", value: { low: 60, high: 60 } }),
      figure({ state: "KOR" }),
    ];
    expect(importReliance({ figures }, "tops", [JPN, NLD])).toEqual({
      state: "NLD",
      value: { low: 0.6, high: 0.6 },
      source: "atlas",
      period: "2024",
    });
  });

  it("is unknown without a figure of the class, of a state, or with a value", () => {
    expect(importReliance({ figures: [figure({ state: "NLD" })] }, "kites", [NLD])).toBeNull();
    expect(importReliance({ figures: [figure({ state: "KOR" })] }, "tops", [NLD])).toBeNull();
    expect(importReliance({ figures: [figure({ state: "NLD", value: null })] }, "tops", [NLD])).toBeNull();
  });
});

describe("yearsToBuild", () => {
  const years = (low: number, high: number) =>
    figure({ metric: "years to build, from discovery", unit: "years", value: { low, high } });

  it("spans what sources give", () => {
    expect(yearsToBuild({ figures: [years(9, 9), years(10, 15)] }, "tops")).toEqual({
      value: { low: 9, high: 15 },
      source: "atlas",
    });
  });

  it("is unknown where sources give words alone", () => {
    const words = figure({
      metric: "years to build, from discovery",
      unit: "text",
      value: null,
      text: "at least nine years",
    });
    expect(yearsToBuild({ figures: [words] }, "tops")).toBeNull();
    expect(yearsToBuild({ figures: [years(1, 2)] }, "kites")).toBeNull();
  });
});
