import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import { ANY_NUMBER, type Condition, type Facts, type FactValue, type NumberRange, point } from "./condition.ts";
import { evaluate, missingOf, type Scene } from "./kleene.ts";
import { evaluateResidual, simplify } from "./specialise.ts";

const SEED = { seed: 20_261_121, numRuns: 1500 };

/** Invented law: a group that is held, one that is held only later, a definition, and paragraphs under one heading. */
const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order"),
  "rules/jpn/order.yaml": instrument(`groups:
  - { id: JPN:near, versions: [{ from: 2020-01-01, members: [NLD, JPN], cite: ${cite("art. 1")} }] }
  - { id: JPN:later, versions: [{ from: 2030-01-01, members: [CHN], cite: ${cite("art. 1")} }] }
terms:
  - id: fine-loom
    title: a fine loom
    versions: [{ from: 2020-01-01, when: { item.kind: loom, loom.pitch: { atMost: 3 nm } }, cite: ${cite("art. 2")} }]
  - id: JPN:1.a
    title: looms
    versions: [{ from: 2020-01-01, when: { any: [{ term: fine-loom }, { military: true }] }, cite: ${cite("art. 3")} }]
  - id: JPN:1.b
    title: lathes
    versions: [{ from: 2020-01-01, when: { item.kind: lathe, facility.makes: fine }, cite: ${cite("art. 3")} }]
`),
});

const scene = (facts: Facts): Scene => ({ book, regime: "JPN", date: isoDate("2025-01-01"), facts });

/** Every value that a fact can have; numbers on a grid that is finer than the thresholds below. */
const DOMAIN: Readonly<Record<string, readonly FactValue[]>> = {
  from: ["JPN", "NLD", "CHN"],
  destination: ["JPN", "NLD", "CHN"],
  "item.kind": ["lathe", "loom", "press"],
  military: [true, false],
  "facility.makes": [[], ["fine"], ["coarse"], ["fine", "coarse"]],
  "loom.pitch": Array.from({ length: 13 }, (_, i) => point(i / 2)),
  "litho.wavelength": [13.5, 193, 248].map(point),
  "litho.na": [0.1, 0.5, 1.35].map(point),
};

const bounds = fc
  .tuple(
    fc.integer({ min: 0, max: 6 }),
    fc.integer({ min: 0, max: 6 }),
    fc.boolean(),
    fc.boolean(),
    fc.constantFrom("both", "low", "high"),
  )
  .map(([a, b, lowIncluded, highIncluded, sides]): NumberRange => {
    if (a === b) return point(a);
    const both = { low: Math.min(a, b), high: Math.max(a, b), lowIncluded, highIncluded };
    if (sides === "low") return { ...both, high: Infinity, highIncluded: false };
    return sides === "high" ? { ...both, low: -Infinity, lowIncluded: false } : both;
  });

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { op: "is", fact: "item.kind", value: "loom" },
    { op: "is", fact: "military", value: true },
    { op: "in", fact: "item.kind", values: ["loom", "press"] },
    { op: "in-group", fact: "destination", groups: ["JPN:near"] },
    { op: "in-group", fact: "destination", groups: ["JPN:near", "JPN:later"] },
    { op: "in-group", fact: "from", groups: ["JPN:later"] },
    { op: "includes", fact: "facility.makes", values: ["fine"] },
    { op: "includes", fact: "facility.makes", values: ["fine", "coarse"] },
    { op: "same", fact: "from", other: "destination" },
    { op: "term", name: "fine-loom" },
    { op: "matches", codes: ["JPN:1"] },
    { op: "matches", codes: ["JPN:1.b", "JPN:9"] },
  ),
  bounds.map((b): Condition => ({ op: "number", fact: "loom.pitch", bounds: b })),
  fc.constantFrom(20, 45, 100).map(
    (mrf): Condition => ({
      op: "formula",
      name: "mrf",
      k: 0.25,
      bounds: { ...ANY_NUMBER, high: mrf, highIncluded: true },
    }),
  ),
);

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    leaf,
    fc
      .tuple(fc.constantFrom("all" as const, "any" as const), fc.array(tie("condition"), { maxLength: 3 }))
      .map(([op, of]): Condition => ({ op, of })),
    tie("condition").map((of): Condition => ({ op: "not", of })),
  ),
}));

/** All facts, one value each. */
const complete = fc.record(
  Object.fromEntries(Object.entries(DOMAIN).map(([name, values]) => [name, fc.constantFrom(...values)])),
) as fc.Arbitrary<Record<string, FactValue>>;

const names = fc.uniqueArray(fc.constantFrom(...Object.keys(DOMAIN)), { minLength: 1, maxLength: 3 });

function without(facts: Facts, left: readonly string[]): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !left.includes(name)));
}

/** Every way to fill the facts that are left out. */
function completions(facts: Facts, left: readonly string[]): Facts[] {
  return left.reduce<Facts[]>(
    (all, name) => all.flatMap((f) => DOMAIN[name]!.map((v) => ({ ...f, [name]: v }))),
    [facts],
  );
}

describe("three-valued evaluation", () => {
  it("is sound: what it decides with facts missing, every way to fill them in decides alike", () => {
    fc.assert(
      fc.property(condition, complete, names, (c, facts, left) => {
        const partial = without(facts, left);
        const early = evaluate(c, scene(partial));
        fc.pre(early !== null);
        for (const full of completions(partial, left)) expect(evaluate(c, scene(full))).toBe(early);
      }),
      SEED,
    );
  });

  it("is sound for intervals: what it decides of an interval, it decides of every number in it", () => {
    fc.assert(
      fc.property(condition, complete, bounds, (c, facts, interval) => {
        const early = evaluate(c, scene({ ...facts, "loom.pitch": interval }));
        fc.pre(early !== null);
        const inside = (x: number) =>
          (x > interval.low || (interval.lowIncluded && x === interval.low)) &&
          (x < interval.high || (interval.highIncluded && x === interval.high));
        for (let x = -1; x <= 8; x += 0.5) {
          if (inside(x)) expect(evaluate(c, scene({ ...facts, "loom.pitch": point(x) }))).toBe(early);
        }
      }),
      SEED,
    );
  });

  it("is sound for a formula over intervals, open ends included", () => {
    const aperture = fc.constantFrom<NumberRange>(
      { ...ANY_NUMBER, high: 1.35, highIncluded: true },
      { ...ANY_NUMBER, low: 0.5 },
      { low: 0.5, high: 1.35, lowIncluded: true, highIncluded: false },
      { low: 0, high: 1, lowIncluded: true, highIncluded: true },
    );
    const light = fc.constantFrom<NumberRange>(
      point(193),
      { ...ANY_NUMBER, low: 15, lowIncluded: true },
      { ...ANY_NUMBER, high: 193, highIncluded: true },
    );
    const positive = (r: NumberRange) =>
      [0.01, 0.33, 0.5, 0.51, 0.9, 1, 1.34, 1.35, 5, 13.5, 15, 100, 193, 250, 5000].filter(
        (x) => (x > r.low || (r.lowIncluded && x === r.low)) && (x < r.high || (r.highIncluded && x === r.high)),
      );
    fc.assert(
      fc.property(
        light,
        aperture,
        bounds.map((b) => ({ ...b, low: b.low * 10, high: b.high * 10 })),
        (wavelength, na, bound) => {
          const c: Condition = { op: "formula", name: "mrf", k: 0.25, bounds: bound };
          const early = evaluate(c, scene({ "litho.wavelength": wavelength, "litho.na": na }));
          if (early === null) return;
          for (const l of positive(wavelength)) {
            for (const n of positive(na)) {
              expect(evaluate(c, scene({ "litho.wavelength": point(l), "litho.na": point(n) })), `${l} nm / ${n}`).toBe(
                early,
              );
            }
          }
        },
      ),
      SEED,
    );
  });

  it("never takes back with more facts what it said with fewer", () => {
    fc.assert(
      fc.property(condition, complete, names, names, (c, facts, left, more) => {
        const fewer = evaluate(c, scene(without(facts, [...left, ...more])));
        fc.pre(fewer !== null);
        expect(evaluate(c, scene(without(facts, left)))).toBe(fewer);
      }),
      SEED,
    );
  });

  it("takes `not not x` as x, and `not all` as `any not`", () => {
    const not = (of: Condition): Condition => ({ op: "not", of });
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 3 }), complete, names, (of, facts, left) => {
        const here = scene(without(facts, left));
        const all: Condition = { op: "all", of };
        expect(evaluate(not(not(all)), here)).toBe(evaluate(all, here));
        expect(evaluate(not(all), here)).toBe(evaluate({ op: "any", of: of.map(not) }, here));
      }),
      SEED,
    );
  });

  it("does not depend on the order in which conditions or facts are written", () => {
    const reversed = (c: Condition): Condition => {
      if (c.op === "all" || c.op === "any") return { op: c.op, of: [...c.of].reverse().map(reversed) };
      return c.op === "not" ? { op: "not", of: reversed(c.of) } : c;
    };
    fc.assert(
      fc.property(condition, complete, names, (c, facts, left) => {
        const partial = without(facts, left);
        const backwards = Object.fromEntries(Object.entries(partial).reverse());
        expect(evaluate(reversed(c), scene(backwards))).toBe(evaluate(c, scene(partial)));
        expect([...missingOf(reversed(c), scene(partial))].sort()).toEqual([...missingOf(c, scene(partial))].sort());
      }),
      SEED,
    );
  });
});

describe("a condition with some facts put in", () => {
  it("has the same truth afterwards as the condition itself, however many of the other facts come", () => {
    fc.assert(
      fc.property(condition, complete, names, names, (c, facts, left, later) => {
        const residual = simplify(c, scene(without(facts, later)));
        const partial = scene(without(facts, left));
        const early = scene(without(partial.facts, later));
        expect(evaluateResidual(simplify(c, early), partial)).toBe(evaluate(c, partial));
        expect(evaluateResidual(residual, scene(facts))).toBe(evaluate(c, scene(facts)));
      }),
      SEED,
    );
  });
});

describe("what is missing", () => {
  it("is named exactly when the answer is unknown, and is truly not given", () => {
    fc.assert(
      fc.property(condition, complete, names, (c, facts, left) => {
        const partial = without(facts, left);
        const missing = missingOf(c, scene(partial));
        expect(missing.size > 0).toBe(evaluate(c, scene(partial)) === null);
        for (const m of missing) expect(m in partial, m).toBe(false);
      }),
      SEED,
    );
  });

  it("decides the answer once it is given, unless a text is not held", () => {
    fc.assert(
      fc.property(condition, complete, names, (c, facts, left) => {
        const partial = without(facts, left);
        const missing = missingOf(c, scene(partial));
        fc.pre(missing.size > 0);
        const given = scene({
          ...partial,
          ...Object.fromEntries([...missing].flatMap((m) => (m in facts ? [[m, facts[m]!]] : []))),
        });
        const still = missingOf(c, given);
        if (evaluate(c, given) === null) {
          for (const m of still) expect(m.startsWith("text of ") || m === "item.classified", m).toBe(true);
        }
      }),
      SEED,
    );
  });
});
