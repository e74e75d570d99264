import { describe, expect, it } from "vitest";
import type { Goal } from "../supply/pack.ts";
import type { Coverage } from "./assessment.ts";
import { bindingSteps, judgeGoal } from "./goals.ts";
import { decide } from "./requirement.ts";

const all = (low: number, high = low): Coverage => ({
  closed: { low, high },
  closedOrPractice: { low, high },
  controlled: { low, high },
});

/** Two steps; the first can be met by A alone or by B and C together. */
const GOAL: Goal = {
  id: "cloth",
  title: "Cloth",
  product: "cloth",
  pack: "invented",
  needs: [
    { step: "weaving", any: [{ classes: ["a"] }, { classes: ["b", "c"] }], source: "s" },
    { step: "dyeing", any: [{ classes: ["d"] }], source: "s" },
  ],
};

const judge = (coverage: Record<string, Coverage>) => judgeGoal(GOAL, "plain", 0.9, (id) => coverage[id]);

describe("a product goal", () => {
  it("stays open while one alternative of every step is open", () => {
    expect(judge({ a: all(1), b: all(0), c: all(0), d: all(0) }).verdict).toBe("open");
  });

  it("closes when every alternative of one step does, and one class is enough to close an alternative", () => {
    const result = judge({ a: all(0.95), b: all(0), c: all(0.92), d: all(0) });
    expect(result.verdict).toBe("closed");
    expect(result.steps[0]!.coverage.closed).toEqual({ low: 0.92, high: 0.92 });
  });

  it("is undetermined while a class that decides has no figure", () => {
    expect(judge({ a: all(1), b: all(0), d: all(0) }).verdict).toBe("undetermined");
  });

  it("ranks its cuts by their low bound", () => {
    const result = judge({ a: all(0.5), b: all(0.1), c: all(0.2), d: all(0.7) });
    expect(bindingSteps([result]).map((b) => [b.name, b.step, b.low])).toEqual([
      ["dyeing", ["d"], 0.7],
      ["weaving", ["a", "b + c"], 0.2],
    ]);
  });
});

describe("the verdict on a requirement", () => {
  const item = (closed: number, practice: [number, number], controlled: [number, number]): Coverage => ({
    closed: { low: closed, high: closed },
    closedOrPractice: { low: practice[0], high: practice[1] },
    controlled: { low: controlled[0], high: controlled[1] },
  });
  const of = (items: readonly Coverage[], atLeast: number) =>
    decide({ items: items.map((coverage, i) => ({ id: String(i), coverage })), atLeast, threshold: 0.9 });
  const shut = item(0.9, [0.9, 1], [0.9, 1]);
  const refused = item(0, [0.95, 0.95], [1, 1]);
  const gated = item(0, [0, 0.5], [0.9, 0.95]);
  const maybe = item(0, [0, 1], [0.1, 1]);
  const open = item(0, [0, 0], [0, 0.2]);

  it.each([
    ["closed by law at every low bound", [shut, shut], 2, "closed"],
    ["closed in practice where refusals are needed", [shut, refused], 2, "closed-in-practice"],
    ["closed when enough of several are", [shut, open, open], 1, "closed"],
    ["partly when some are certain", [shut, open], 2, "partly"],
    ["partly when what is certain is only licensed", [gated, open], 2, "partly"],
    ["open when none of all could be", [open, open], 2, "open"],
    ["open when even the possible ones are too few", [maybe, open, open], 2, "open"],
    ["undetermined when nothing is certain and enough is possible", [maybe, maybe], 2, "undetermined"],
    ["undetermined about nothing at all", [], 0, "undetermined"],
  ] as const)("%s", (_name, items, atLeast, verdict) => {
    expect(of(items, atLeast)).toBe(verdict);
  });
});
