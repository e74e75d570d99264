import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import { state } from "../domain/states.ts";
import { nextFact } from "./ask.ts";
import type { Constraint, Exception, Rule, RuleBook } from "./book.ts";
import {
  ALWAYS,
  ANY_NUMBER,
  type Condition,
  type Facts,
  type FactValue,
  type NumberRange,
  point,
} from "./condition.ts";
import { decide } from "./decide.ts";
import { judge, type RegimeAnswer } from "./judge.ts";
import { evaluate } from "./kleene.ts";

const DATE = isoDate("2025-01-01");

/** Invented law with one rule, whose conditions the tests replace, and all kinds of names that conditions can use. */
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
  - id: reach
    title: reach
    versions: [{ from: 2020-01-01, when: { military: true }, cite: ${cite("art. 3")} }]
rules:
  - id: base
    title: invented
    layer: list
    versions: [{ from: 2020-01-01, effect: licence-required, policy: denial, cite: ${cite("art. 1")} }]
    exceptions:
      - { id: easy, overrides: base, when: { military: true }, effect: no-licence, cite: ${cite("art. 4")} }
`),
});

/**
 * One value at least of every kind that the conditions below tell apart, found by hand and not by the code under test.
 * Thresholds of pitch are whole numbers from 0 to 6, those of wavelength / NA are 80, 180 and 400.
 */
const DOMAIN: Readonly<Record<string, readonly FactValue[]>> = {
  from: ["JPN", "NLD", "CHN", "BRA", "PER"],
  destination: ["JPN", "NLD", "CHN", "BRA", "PER"],
  "item.kind": ["lathe", "loom", "press"],
  military: [true, false],
  "facility.makes": [[], ["fine"], ["coarse"], ["fine", "coarse"]],
  "loom.pitch": Array.from({ length: 15 }, (_, i) => point(i / 2)),
  "litho.wavelength": [1, 2, 5, 10, 30, 60, 100, 150, 193, 248, 550].map(point),
  "litho.na": [0.02, 0.04, 0.1, 0.4, 0.5, 1, 1.25, 1.5, 5].map(point),
  // Performances of 0 to 96 with a threshold each at 32 and 64, on two dies: 16 x rate at 8 bits, 32 x rate at 16 bits.
  "chip.macTops.8": [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3].map(point),
  "chip.macTops.16": [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1, 1.5].map(point),
  "chip.dies": [1, 2, 3, 4, 5, 6, 8, 9].map(point),
  // Performance over area, with a threshold each at 1 and 2.
  "chip.applicableArea": [
    ...new Set([8, 16, 24, 32, 48, 64, 96].flatMap((t) => [0.5, 1, 1.5, 2, 3].map((d) => t / d))),
  ].map(point),
};

/** Rates of bit lengths that the invented chips do not work at. */
const IDLE: Facts = { "chip.macTops.4": point(0), "chip.macTops.32": point(0), "chip.macTops.64": point(0) };

/** What is given: the domains above hold a value of each kind beside it. */
const GIVEN: Readonly<Record<string, readonly FactValue[]>> = {
  ...DOMAIN,
  "litho.wavelength": [10, 193, 248].map(point),
  "litho.na": [0.1, 0.5, 1.25].map(point),
  "chip.macTops.8": [0, 0.5, 1, 1.5, 2].map(point),
  "chip.macTops.16": [0, 0.25, 0.5, 1].map(point),
  "chip.dies": [point(2)],
  "chip.applicableArea": [16, 32].map(point),
};

const bounds = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.boolean(), fc.boolean(), fc.nat({ max: 2 }))
  .map(([a, b, lowIncluded, highIncluded, sides]): NumberRange => {
    if (a === b) return point(a);
    const both = { low: Math.min(a, b), high: Math.max(a, b), lowIncluded, highIncluded };
    if (sides === 1) return { ...both, high: Infinity, highIncluded: false };
    return sides === 2 ? { ...both, low: -Infinity, lowIncluded: false } : both;
  });

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { op: "is", fact: "item.kind", value: "loom" },
    { op: "is", fact: "item.kind", value: "press" },
    { op: "is", fact: "military", value: true },
    { op: "in", fact: "item.kind", values: ["loom", "press"] },
    { op: "in-group", fact: "destination", groups: ["JPN:near"] },
    { op: "in-group", fact: "destination", groups: ["JPN:near", "JPN:later"] },
    { op: "in-group", fact: "from", groups: ["JPN:later"] },
    { op: "is", fact: "from", value: "CHN" },
    { op: "includes", fact: "facility.makes", values: ["fine"] },
    { op: "includes", fact: "facility.makes", values: ["fine", "coarse"] },
    { op: "same", fact: "from", other: "destination" },
    { op: "term", name: "fine-loom" },
    { op: "matches", codes: ["JPN:1"] },
    { op: "matches", codes: ["JPN:1.b", "JPN:9"] },
  ),
  bounds.map((b): Condition => ({ op: "number", fact: "loom.pitch", bounds: b })),
  fc.tuple(fc.constantFrom(32, 64), fc.boolean(), fc.boolean()).map(([tpp, isLeast, included]): Condition => {
    const bounds = isLeast ? { low: tpp, lowIncluded: included } : { high: tpp, highIncluded: included };
    return { op: "number", fact: "chip.tpp", formula: "tpp", bounds: { ...ANY_NUMBER, ...bounds } };
  }),
  fc.tuple(fc.constantFrom(1, 2), fc.boolean()).map(
    ([density, lowIncluded]): Condition => ({
      op: "number",
      fact: "chip.density",
      formula: "density",
      bounds: { ...ANY_NUMBER, low: density, lowIncluded },
    }),
  ),
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

interface Law {
  readonly subject: Condition;
  readonly applies: Condition;
  readonly when: Condition;
  readonly milder: Condition;
  readonly stricter: Condition;
  readonly other: Condition;
  readonly hole: Condition | null;
  readonly constraints: readonly Condition[];
}

/** Conditions in every position: reach, rule, exception, exception to it, a second rule, a hole, and constraints. */
const law = (constraints: fc.Arbitrary<readonly Condition[]>): fc.Arbitrary<Law> =>
  fc.record({
    subject: fc.oneof(fc.constant(ALWAYS), condition),
    applies: fc.oneof(fc.constant(ALWAYS), condition),
    when: condition,
    milder: condition,
    stricter: condition,
    other: condition,
    hole: fc.oneof({ arbitrary: fc.constant(null), weight: 4 }, condition),
    constraints,
  });

const free = law(fc.constant([]));
const bound = law(fc.array(condition, { minLength: 1, maxLength: 2 }));

function bookOf(l: Law): RuleBook {
  const regime = book.regimes.get(state("JPN"))!;
  const base = regime.rules[0]!;
  const version = base.versions[0]!;
  const easy: Exception = { ...base.exceptions[0]!, when: l.milder };
  const but: Exception = { ...easy, id: "but", overrides: "easy", when: l.stricter, effect: "prohibited" };
  const rules: Rule[] = [
    { ...base, applies: l.applies, versions: [{ ...version, when: l.when }], exceptions: [easy, but] },
    {
      ...base,
      id: "jpn/order/other",
      versions: [{ ...version, when: l.other, policy: "case-by-case" }],
      exceptions: [],
    },
  ];
  const reach = book.terms.get("JPN/reach")!;
  const terms = new Map(book.terms).set("JPN/reach", {
    ...reach,
    versions: [{ ...reach.versions[0]!, when: l.subject }],
  });
  const holes = l.hole ? [{ id: "jpn/order/gap", when: l.hole, why: "not held" }] : [];
  const constraints = l.constraints.map((holds, i): Constraint => ({ id: `c${i}`, holds }));
  const regimes = new Map(book.regimes).set(regime.id, { ...regime, subject: "reach", rules, holes });
  return { ...book, terms, constraints, regimes };
}

const complete = fc
  .record(Object.fromEntries(Object.entries(GIVEN).map(([name, values]) => [name, fc.constantFrom(...values)])))
  .map((facts) => ({ ...IDLE, ...facts })) as fc.Arbitrary<Record<string, FactValue>>;
const namesOf = (facts: readonly string[], most = 3) =>
  fc.uniqueArray(fc.constantFrom(...facts), { minLength: 1, maxLength: most });
const names = namesOf(Object.keys(DOMAIN));
/** Without the area: where it is missing, the density is asked for in its place. */
const singleNames = namesOf(Object.keys(DOMAIN).filter((name) => name !== "chip.applicableArea"));

function without(facts: Facts, left: readonly string[]): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !left.includes(name)));
}

/** The facts that a result stands for when it is asked for in place of them. */
const PERFORMANCE = ["chip.macTops.8", "chip.macTops.16", "chip.dies"];
const PARTS: Readonly<Record<string, readonly string[]>> = {
  "chip.tpp": PERFORMANCE,
  "chip.density": [...PERFORMANCE, "chip.applicableArea"],
};

/** Every way to fill the facts that are left out and keep the constraints that the others do not contradict. */
function completions(of: RuleBook, facts: Facts, left: readonly string[]): Facts[] {
  const truth = (c: Constraint, f: Facts) => evaluate(c.holds, { book: of, regime: "JPN", date: DATE, facts: f });
  const binding = of.constraints.filter((c) => truth(c, facts) === null);
  return left
    .reduce<Facts[]>((all, name) => all.flatMap((f) => DOMAIN[name]!.map((v) => ({ ...f, [name]: v }))), [facts])
    .filter((f) => binding.every((c) => truth(c, f) !== false));
}

type Range = Pick<RegimeAnswer, "atLeast" | "atMost">;

/** What the completions come to, judged one by one. */
function byForce(of: RuleBook, all: readonly Facts[]): Range & { readonly verdict: string } {
  const answers = all.map((f) => judge(of, "JPN", DATE, f));
  const atLeast = Math.min(...answers.map((a) => a.atLeast)) as Range["atLeast"];
  const atMost = Math.max(...answers.map((a) => a.atMost)) as Range["atMost"];
  const said = new Set(answers.map((a) => a.verdict));
  const [only] = said;
  if (said.size === 1) return { atLeast, atMost, verdict: only! };
  // Completions that differ still agree on what they have in common: no licence is needed, or one is at least.
  if (atMost === 0) return { atLeast, atMost, verdict: "no-licence" };
  return { atLeast, atMost, verdict: atLeast > 0 ? "licence-required" : "undetermined" };
}

const RUNS = { seed: 20_261_121, numRuns: 350 };

describe("a decision with facts missing", () => {
  for (const [title, laws] of [
    ["of any values", free],
    ["bound by constraints", bound],
  ] as const) {
    it(`is determined exactly when all completions agree, for facts ${title}`, () => {
      let cells = 0;
      fc.assert(
        fc.property(laws, complete, names, (l, facts, left) => {
          const of = bookOf(l);
          const partial = without(facts, left);
          const all = completions(of, partial, left);
          fc.pre(all.length > 0);
          const decision = decide(of, "JPN", DATE, partial);
          expect(decision.decidedBy).not.toBe("budget");
          if (decision.decidedBy === "cells") cells++;
          const { atLeast, atMost, verdict } = byForce(of, all);
          expect(decision.verdict).toBe(verdict);
          if (decision.atLeast < decision.atMost) {
            expect([decision.atLeast, decision.atMost]).toEqual([atLeast, atMost]);
          }
        }),
        RUNS,
      );
      expect(cells).toBeGreaterThan(RUNS.numRuns / 10);
    });
  }

  it("is determined exactly when all numbers in a known interval agree, with other facts missing", () => {
    fc.assert(
      fc.property(free, complete, bounds, namesOf(Object.keys(DOMAIN), 2), (l, facts, interval, left) => {
        const of = bookOf(l);
        const rest = left.filter((f) => f !== "loom.pitch");
        const others = without(facts, [...rest, "loom.pitch"]);
        const inside = (DOMAIN["loom.pitch"] as readonly NumberRange[]).filter(
          ({ low: x }) =>
            (x > interval.low || (interval.lowIncluded && x === interval.low)) &&
            (x < interval.high || (interval.highIncluded && x === interval.high)),
        );
        const all = inside.flatMap((x) => completions(of, { ...others, "loom.pitch": x }, rest));
        const decision = decide(of, "JPN", DATE, { ...others, "loom.pitch": interval });
        const { atLeast, atMost, verdict } = byForce(of, all);
        expect(decision.verdict).toBe(verdict);
        if (decision.atLeast < decision.atMost) expect([decision.atLeast, decision.atMost]).toEqual([atLeast, atMost]);
      }),
      RUNS,
    );
  });

  it("misses only facts that change the result in some completion, and all of those", () => {
    fc.assert(
      fc.property(free, complete, singleNames, (l, facts, left) => {
        const of = bookOf(l);
        const partial = without(facts, left);
        const decision = decide(of, "JPN", DATE, partial);
        fc.pre(decision.decidedBy === "cells");
        const needed = left.filter((f) => changesResult(of, partial, left, f));
        const missing = decision.missing.filter((f) => !f.startsWith("text of ") && f !== "item.classified");
        expect(missing.toSorted()).toEqual(needed.toSorted());
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it("asks for a fact that changes the result in some completion, or for none where none does", () => {
    fc.assert(
      fc.property(free, complete, names, (l, facts, left) => {
        const of = bookOf(l);
        const partial = without(facts, left);
        const next = nextFact(of, "JPN", DATE, partial);
        const needed = left.filter((f) => changesResult(of, partial, left, f));
        if (next) expect(needed).toEqual(expect.arrayContaining([expect.toBeOneOf(PARTS[next.fact] ?? [next.fact])]));
        else expect(needed).toEqual([]);
        for (const a of next?.answers ?? []) {
          const rest = left.filter((f) => f !== next!.fact);
          const led = decide(of, "JPN", DATE, { ...partial, [next!.fact]: a.value });
          expect([a.verdict, rest.length === 0 || a.settled]).toEqual([
            led.verdict,
            rest.length === 0 || led.atLeast === led.atMost,
          ]);
        }
      }),
      { ...RUNS, numRuns: 200 },
    );
  });
});

/** Whether two completions that differ in this fact alone come to different severities. */
function changesResult(of: RuleBook, partial: Facts, left: readonly string[], fact: string): boolean {
  const rest = left.filter((f) => f !== fact);
  return completions({ ...of, constraints: [] }, partial, rest).some((f) => {
    const ranges = DOMAIN[fact]!.map((v) => {
      const { atLeast, atMost } = judge(of, "JPN", DATE, { ...f, [fact]: v });
      return `${atLeast}-${atMost}`;
    });
    return new Set(ranges).size > 1;
  });
}

describe("a fact that decides nothing", () => {
  it("is not asked: a rule for what is military and for what is not needs no answer", () => {
    const of = bookOf({
      subject: ALWAYS,
      applies: ALWAYS,
      when: {
        op: "any",
        of: [
          { op: "is", fact: "military", value: true },
          { op: "is", fact: "military", value: false },
        ],
      },
      milder: { op: "any", of: [] },
      stricter: ALWAYS,
      other: { op: "any", of: [] },
      hole: null,
      constraints: [],
    });
    const d = decide(of, "JPN", DATE, {});
    expect([d.verdict, d.policy, d.decidedBy, d.missing, d.ask]).toEqual([
      "licence-required",
      "denial",
      "cells",
      [],
      undefined,
    ]);
  });
});
