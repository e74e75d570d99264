import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import { ANY_NUMBER, type Facts, type NumberRange, point } from "./condition.ts";
import { decide } from "./decide.ts";
import { distinctionsOf, textOfDistinct } from "./distinctions.ts";

const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order"),
  "rules/jpn/order.yaml": instrument(`terms:
  - id: JPN:1.a
    title: fine looms
    versions: [{ from: 2020-01-01, when: { item.kind: loom, loom.pitch: { above: 2 nm, atMost: 3 nm } }, cite: ${cite("art. 2")} }]
rules:
  - id: listed
    title: fine looms
    layer: list
    versions:
      - { from: 2020-01-01, when: { matches: JPN:1 }, effect: licence-required, policy: denial, cite: ${cite("art. 3")} }
    exceptions:
      - { id: few, overrides: listed, when: { loom.threads: { below: 25 } }, effect: no-licence, cite: ${cite("art. 4")} }
  - id: scanners
    title: what resolves finely
    layer: list
    versions:
      - { from: 2020-01-01, when: { formula: { name: mrf, k: 0.5, atMost: 100 nm } }, effect: licence-required, cite: ${cite("art. 5")} }
`),
});

const regime = book.regimes.get("JPN" as State)!;
const distinctions = distinctionsOf(book, regime);

const number = fc.constantFrom(1.9, 2, 2.1, 2.5, 3, 3.5, 24.5, 25, 26);
const quantity: fc.Arbitrary<NumberRange> = fc.oneof(
  number.map(point),
  fc
    .record({ a: number, b: number, lowIncluded: fc.boolean(), highIncluded: fc.boolean() })
    .filter(({ a, b }) => a !== b)
    .map(({ a, b, ...ends }) => ({ low: Math.min(a, b), high: Math.max(a, b), ...ends })),
  number.map((low) => ({ ...ANY_NUMBER, low, lowIncluded: true })),
);
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    "item.kind": fc.constantFrom("loom", "press"),
    "loom.pitch": quantity,
    "loom.threads": quantity,
    "litho.na": fc.constantFrom(point(0.9), point(1.35)),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Facts>;

function keyOf(given: Facts): string {
  const told = Object.keys(given).sort();
  return told
    .flatMap((n) => (distinctions.has(n) ? `${n} ${textOfDistinct(given[n]!, distinctions.get(n)!)}` : []))
    .join();
}

describe("what a regime's law can tell apart", () => {
  it("is each bound and each stretch between two of them", () => {
    expect(distinctions.get("loom.pitch")).toEqual({ bounds: [2, 3] });
    const texts = [1.9, 2, 2.1, 2.9, 3, 4].map((n) => textOfDistinct(point(n), distinctions.get("loom.pitch")!));
    expect(texts).toEqual(["<0", "=0", "<1", "<1", "=1", "<2"]);
  });

  it("is every value of a fact that enters a formula or is no number, and nothing of a fact that the law does not test", () => {
    expect(distinctions.get("litho.na")).toBe("every-value");
    expect(distinctions.get("item.kind")).toBe("every-value");
    expect(distinctions.has("military")).toBe(false);
  });

  it("tells an interval from its ends, and an end that belongs to it from one that does not", () => {
    const of = distinctions.get("loom.pitch")!;
    const both: NumberRange = { low: 2, high: 3, lowIncluded: true, highIncluded: true };
    const texts = [both, { ...both, lowIncluded: false }, { ...both, highIncluded: false }, point(2), point(3)];
    expect(new Set(texts.map((v) => textOfDistinct(v, of))).size).toBe(5);
  });

  it("leaves the same answer to all transactions that it cannot tell apart, exactly decided", () => {
    const answers = new Map<string, string>();
    let met = 0;
    fc.assert(
      fc.property(facts, (given) => {
        const { verdict, policy, atLeast, atMost, missing } = decide(book, "JPN", isoDate("2026-01-01"), given);
        const answer = JSON.stringify({ verdict, policy, atLeast, atMost, missing });
        const key = keyOf(given);
        if (answers.has(key)) met += 1;
        expect(answers.get(key) ?? answer).toBe(answer);
        answers.set(key, answer);
      }),
      { seed: 20_261_122, numRuns: 4000 },
    );
    expect(met).toBeGreaterThan(300);
  });
});
