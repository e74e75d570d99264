import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest, problemsOf } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import { type Facts, type NumberRange, point } from "./condition.ts";
import { decide } from "./decide.ts";
import { quantityRange } from "./formulas.ts";
import { judge } from "./judge.ts";
import { readFacts } from "./rule-cases.ts";

/** An invented rule on chips, with the limits of its list in the words of the list. */
function bookOf(when: string) {
  return inventedBook({
    "rules/jpn/regime.yaml": manifest("order"),
    "rules/jpn/order.yaml": instrument(`rules:
  - id: chips
    title: invented chips
    layer: list
    versions: [{ from: 2020-01-01, when: ${when}, effect: licence-required, policy: denial, cite: ${cite("art. 1")} }]
`),
  });
}

const DATE = isoDate("2025-01-01");
const strong = bookOf("{ formula: { name: tpp, atLeast: 4800 TPP } }");

/** A chip of which these rates are stated, all others 0, on so many dies. */
function chip(rates: Readonly<Record<number, NumberRange | null>>, dies: number | null = 1): Facts {
  const all = { 4: point(0), 8: point(0), 16: point(0), 32: point(0), 64: point(0), ...rates };
  const entries = Object.entries(all).flatMap(([bits, r]) => (r ? [[`chip.macTops.${bits}`, r] as const] : []));
  return { ...Object.fromEntries(entries), ...(dies !== null && { "chip.dies": point(dies) }) };
}

describe("total processing performance from its parts", () => {
  it("meets 4800 with 300 MacTOPS at 8 bits, or 150 at 16, as the note to 3A090 says", () => {
    for (const facts of [chip({ 8: point(300) }), chip({ 16: point(150) })]) {
      expect(quantityRange("chip.tpp", facts)).toEqual(point(4800));
      expect(judge(strong, "JPN", DATE, facts).verdict).toBe("licence-required");
    }
    expect(judge(strong, "JPN", DATE, chip({ 8: point(299.9), 16: point(149.9) })).verdict).toBe("no-licence");
  });

  it("takes the highest over the bit lengths, and adds up over dies", () => {
    // Datasheet of the A100: 312 TFLOPS at 16 bits, 624 TOPS at 8, 1248 at 4, 19.5 TFLOPS at 32 and at 64.
    const a100 = chip({ 4: point(624), 8: point(312), 16: point(156), 32: point(9.75), 64: point(9.75) });
    expect(quantityRange("chip.tpp", a100)).toEqual(point(4992));
    expect(quantityRange("chip.tpp", chip({ 16: point(100), 32: point(49) }, 2))).toEqual(point(6400));
  });

  it("decides where the parts that are known decide, whatever the others are", () => {
    const facts = chip({ 8: point(300), 16: null, 4: null }, null);
    expect(judge(strong, "JPN", DATE, facts).verdict).toBe("licence-required");
    const weak = chip({ 8: point(100), 16: { low: 0, high: 80, lowIncluded: true, highIncluded: true } });
    expect(judge(strong, "JPN", DATE, weak).verdict).toBe("no-licence");
  });

  it("names the parts that are open, and the total where no part is given", () => {
    expect(decide(strong, "JPN", DATE, chip({ 8: null }, null)).missing).toEqual(["chip.macTops.8", "chip.dies"]);
    expect(decide(strong, "JPN", DATE, {}).missing).toEqual(["chip.tpp"]);
  });

  it("knows that dies are whole: no number of dies of 3200 comes to more than 3200 and less than 6400", () => {
    const between = bookOf("{ chip.tpp: { above: 3200 TPP, below: 6400 TPP } }");
    const d = decide(between, "JPN", DATE, chip({ 16: point(100) }, null));
    expect([d.verdict, d.decidedBy]).toEqual(["no-licence", "cells"]);
    expect(decide(between, "JPN", DATE, chip({ 16: point(99) }, null)).verdict).toBe("undetermined");
  });
});

describe("performance density from its parts", () => {
  const dense = bookOf("{ chip.density: { atLeast: 5.92 TPP/mm2 } }");

  it("is the performance over the area, wherever the performance comes from", () => {
    const area = { "chip.applicableArea": point(800) };
    expect(quantityRange("chip.density", { "chip.tpp": point(4992), ...area })).toEqual(point(6.24));
    expect(quantityRange("chip.density", { ...chip({ 16: point(156) }), ...area })).toEqual(point(6.24));
    expect(judge(dense, "JPN", DATE, { ...chip({ 16: point(156) }), ...area }).verdict).toBe("licence-required");
  });

  it("is 0 where no die is made with non-planar transistors", () => {
    expect(judge(dense, "JPN", DATE, { "chip.tpp": point(9000), "chip.applicableArea": point(0) }).verdict).toBe(
      "no-licence",
    );
  });

  it("ties a performance that is missing to a density and an area that are known", () => {
    const both = bookOf("{ chip.density: { atLeast: 6 TPP/mm2 }, chip.tpp: { atLeast: 4800 TPP } }");
    const given = { "chip.density": point(6), "chip.applicableArea": point(800) };
    expect(decide(both, "JPN", DATE, given).verdict).toBe("licence-required");
    expect(decide(both, "JPN", DATE, { ...given, "chip.applicableArea": point(799) }).verdict).toBe("no-licence");
    // A performance of 4800 or more on 800 mm2 is a density of 6 or more.
    const small = bookOf("{ chip.density: { below: 6 TPP/mm2 }, chip.tpp: { atLeast: 4800 TPP } }");
    expect(decide(small, "JPN", DATE, { "chip.applicableArea": point(800) }).verdict).toBe("no-licence");
    expect(decide(small, "JPN", DATE, { "chip.applicableArea": point(801) }).verdict).toBe("undetermined");
  });
});

describe("a result of intervals", () => {
  const ends = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), fc.boolean(), fc.boolean());
  const interval = ends.map(([a, b, lowIncluded, highIncluded]): NumberRange => {
    return a === b ? point(a) : { low: Math.min(a, b), high: Math.max(a, b), lowIncluded, highIncluded };
  });
  const inside = (r: NumberRange): number[] =>
    Array.from({ length: 41 }, (_, i) => i / 10).filter(
      (x) => (x > r.low || (r.lowIncluded && x === r.low)) && (x < r.high || (r.highIncluded && x === r.high)),
    );
  const holds = (x: number, r: NumberRange) =>
    (x > r.low || (r.lowIncluded && x === r.low)) && (x < r.high || (r.highIncluded && x === r.high));

  it("holds the result of every number in them, and both its ends are limits of such results", () => {
    fc.assert(
      fc.property(interval, interval, (at8, at16) => {
        const range = quantityRange("chip.tpp", chip({ 8: at8, 16: at16 }, 2))!;
        const results = inside(at8).flatMap((x) => inside(at16).map((y) => Math.max(16 * x, 32 * y) * 2));
        expect(results.every((t) => holds(t, range))).toBe(true);
        // The grid above is 0.1 wide: no end lies further than a step of it from a result.
        expect(Math.min(...results) - range.low).toBeLessThanOrEqual(6.4 + 1e-9);
        expect(range.high - Math.max(...results)).toBeLessThanOrEqual(6.4 + 1e-9);
        expect(results.includes(range.low)).toBe(range.lowIncluded);
        expect(results.includes(range.high)).toBe(range.highIncluded);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe("a total beside its parts", () => {
  const book = inventedBook({});
  const read = (raw: Record<string, unknown>) => {
    const problems: string[] = [];
    const facts = readFacts(raw, book, [], (p, path) => problems.push(`${path.join("/")} ${p.code}: ${p.message}`));
    return { facts, problems };
  };
  const parts = { "chip.tpp": "4992 TPP", "chip.applicableArea": "826 mm2" };

  it("agrees to the digit in which it is stated, and is then what the parts give", () => {
    const { facts, problems } = read({ ...parts, "chip.density": "6.04 TPP/mm2" });
    expect(problems).toEqual([]);
    expect(facts["chip.density"]).toEqual(point(4992 / 826));
  });

  it("that they contradict is wrong input that shows both", () => {
    expect(read({ ...parts, "chip.density": "6.05 TPP/mm2" }).problems).toEqual([
      "chip.density contradicting-values: `chip.density` is `6.05 TPP/mm2`, and its parts give `6.04358353511 TPP/mm2` (chip.tpp 4992 TPP, chip.applicableArea 826 mm2)",
    ]);
    const rate = { "chip.macTops.16": "156 MacTOPS", "chip.dies": 2 };
    expect(read({ ...rate, "chip.tpp": "4992 TPP" }).problems).toEqual([
      expect.stringContaining("`chip.tpp` is `4992 TPP`, and its parts give `{ atLeast: 9984 TPP }`"),
    ]);
    expect(read({ ...rate, "chip.tpp": { below: "9984 TPP" } }).problems).toHaveLength(1);
    expect(read({ ...rate, "chip.tpp": { atLeast: "9984 TPP" } }).problems).toEqual([]);
  });
});

describe("a formula in a rule file", () => {
  const problems = (when: string) =>
    problemsOf({
      "rules/jpn/regime.yaml": manifest("order"),
      "rules/jpn/order.yaml": instrument(`rules:
  - id: r
    title: t
    layer: list
    versions:
      - { when: ${when}, from: 2020-01-01, effect: prohibited, cite: ${cite("art. 1")} }
`),
    });

  it("needs the unit of its result, its own constant where it has one and none where it has not", () => {
    expect(problems("{ formula: { name: tpp, atLeast: 4800 TPP } }")).toEqual([]);
    expect(problems("{ formula: { name: tpp, atLeast: 4800 } }")).toEqual(["rules/jpn/order.yaml:10:41 missing-unit"]);
    expect(problems("{ formula: { name: density, atLeast: 4800 TPP } }")).toEqual([
      "rules/jpn/order.yaml:10:45 bad-value",
    ]);
    expect(problems("{ formula: { name: tpp, k: 2, atLeast: 4800 TPP } }")).toEqual([
      "rules/jpn/order.yaml:10:41 bad-shape",
    ]);
    expect(problems("{ formula: { name: mrf, k: 0, atMost: 45 nm } }")).toEqual([
      "rules/jpn/order.yaml:10:19 bad-shape",
    ]);
  });

  it("computes with facts of the right dimension alone", () => {
    const facts = "facts:\n  chip.tpp: { type: quantity, role: item, unit: TPP/mm2, doc: wrong }\n";
    expect(problemsOf({ "rules/facts.yaml": facts })).toEqual(["rules/facts.yaml:2:43 bad-value"]);
  });
});
