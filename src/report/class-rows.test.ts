import { describe, expect, it } from "vitest";
import type { Assessment, ClassResult, ClassRow } from "../closure/assessment.ts";
import { foldWords, isFold, periodCounts, rankRange, reachOf, rowGroups, rowsOfLine, stepGrade } from "./class-rows.ts";
import { TEST_ASSESSMENT } from "./test-assessment.ts";

const r = (low: number, high = low) => ({ low, high });
const rowCount = (a: Assessment, fold: boolean) =>
  rowGroups(a, { fold }).flatMap((g) => g.lines.flatMap(rowsOfLine)).length;

describe("rows of the page", () => {
  it("are all there, folded or not", () => {
    const expected = TEST_ASSESSMENT.classes.filter((c) => c.leaf).flatMap((c) => c.rows).length;
    expect([rowCount(TEST_ASSESSMENT, true), rowCount(TEST_ASSESSMENT, false)]).toEqual([expected, expected]);
  });

  it("fold where no member controls or supplies, three at least, and never where shares are not known", () => {
    const folds = rowGroups(TEST_ASSESSMENT, { fold: true }).flatMap((g) => g.lines.filter(isFold));
    expect(folds.map((f) => [f.why, f.rows.length, f.leaks])).toEqual([
      ["open", 4, [3]],
      ["not-supplied", 3, []],
    ]);
    expect(folds[0]!.members).toEqual(r(0.1, 0.95));
  });

  it("fold where variants of one class have the same figures", () => {
    const coverage = { closed: r(0.5), closedOrPractice: r(0.5), controlled: r(0.6) };
    const rows = ["a", "b", "c", "d"].map(
      (variant, i): ClassRow => ({
        class: "arc-scanners",
        variant,
        label: `Arc scanners, ${variant}`,
        coverage: variant === "d" ? { ...coverage, closed: r(0.4) } : coverage,
        members: r(1),
        splitUnknown: false,
        leak: 5 + i,
      }),
    );
    const classes = TEST_ASSESSMENT.classes.map((c): ClassResult => (c.id === "arc-scanners" ? { ...c, rows } : c));
    const [fold, last] = rowGroups({ ...TEST_ASSESSMENT, classes }, { fold: true })[0]!.lines;
    expect(isFold(fold!) && [foldWords(fold), rankRange(fold.leaks)]).toEqual([
      { label: "Arc scanners, 3 variants", names: ["a", "b", "c"] },
      "5-7",
    ]);
    expect(isFold(last!)).toBe(false);
  });

  it("carry the weakest evidence of the rules that control them", () => {
    const rows = rowGroups(TEST_ASSESSMENT, { fold: false }).flatMap((g) => g.lines.flatMap(rowsOfLine));
    const evidence = Object.fromEntries(rows.map((x) => [x.row.label.replace(/.*, /, ""), x.evidence]));
    expect(evidence).toMatchObject({
      "Arc scanners": "secondary",
      "overlay <=1.50 nm": "text",
      "1.50 to 2.40 nm": "inferred",
      "Dust gauges": null,
    });
  });
});

describe("counts of the page", () => {
  it("write ranks as runs", () => {
    expect([rankRange([3]), rankRange([1, 2, 3, 7, 9, 10]), rankRange([])]).toEqual(["3", "1-3,7,9-10", ""]);
  });

  it("count the classes that reach the threshold for a probe", () => {
    expect(reachOf(TEST_ASSESSMENT, "advanced-works")).toEqual({ closed: 0, closedOrPractice: 1, controlled: 1 });
    expect(reachOf(TEST_ASSESSMENT, "no-such-probe")).toBeNull();
  });

  it("count classes by period, the most frequent first", () => {
    expect(periodCounts(TEST_ASSESSMENT).map((p) => [p.fit, p.classes])).toEqual([
      ["after-date", 11],
      ["asked", 1],
      ["none", 1],
    ]);
  });

  it.each([
    [r(0.95), r(0.95), r(1), "closed"],
    [r(0.2), r(0.9), r(1), "closed-in-practice"],
    [r(0.2), r(0.2), r(0.9), "gated"],
    [r(0, 1), r(0, 1), r(0, 1), "undetermined"],
    [r(0), r(0), r(0.5, 0.89), "open"],
  ])("grade a step by its low bounds: %j %j %j is %s", (closed, closedOrPractice, controlled, grade) => {
    expect(stepGrade({ closed, closedOrPractice, controlled }, 0.9)).toBe(grade);
  });
});
