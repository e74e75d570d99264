import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { type IsoDate, isoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import { compileRegime } from "./compile-fast.ts";
import { ANY_NUMBER, type Facts, type FactValue, point } from "./condition.ts";
import { factRow } from "./fact-row.ts";
import { judgePrepared, type RegimeAnswer } from "./judge.ts";
import { prepare } from "./specialise.ts";

const SEED = { seed: 20_261_122, numRuns: 1200 };

/** Invented law with what can go wrong: exceptions of exceptions, a stay, holes, text that is not held, a collision. */
const book = inventedBook({
  "rules/jpn/regime.yaml": `${manifest("order")}subject: reach\n`,
  "rules/jpn/order.yaml": instrument(`groups:
  - { id: JPN:near, versions: [{ from: 2020-01-01, members: [NLD, JPN], cite: ${cite("art. 1")} }] }
  - { id: JPN:later, versions: [{ from: 2030-01-01, members: [CHN], cite: ${cite("art. 1")} }] }
terms:
  - id: reach
    title: what the order reaches
    versions: [{ from: 2022-01-01, when: { any: [{ from: JPN }, { loom.threads: { atLeast: 25 } }] }, cite: ${cite("art. 1")} }]
  - id: JPN:1.a
    title: fine looms
    versions: [{ from: 2020-01-01, when: { item.kind: loom, loom.pitch: { atMost: 3 nm } }, cite: ${cite("art. 2")} }]
  - id: JPN:1.b
    title: lathes of plants for fine things
    versions: [{ from: 2020-01-01, when: { item.kind: lathe, facility.makes: fine }, cite: ${cite("art. 2")} }]
rules:
  - id: listed
    title: listed goods
    layer: list
    applies: { activity: export }
    versions:
      - { from: 2020-01-01, when: { matches: JPN:1 }, effect: licence-required, policy: denial, cite: ${cite("art. 3")} }
    exceptions:
      - { id: near, overrides: listed, when: { destination: { inGroup: JPN:near } }, effect: no-licence, cite: ${cite("art. 4")} }
      - { id: military, overrides: near, when: { military: true }, effect: licence-required, policy: case-by-case, cite: ${cite("art. 5")} }
      - { id: same-state, overrides: listed, when: { destination: { sameAs: from } }, effect: no-licence, cite: ${cite("art. 6")} }
      - { id: coarse, overrides: listed, when: { facility.makes: coarse }, effect: licence-required, policy: approval, cite: ${cite("art. 7")} }
  - id: stayed
    title: a rule that is stayed from 2025 on
    layer: end-use
    versions:
      - from: 2020-01-01
        status: [{ from: 2025-01-01, status: stayed, cite: ${cite("press")} }]
        when: { item.kind: press }
        effect: prohibited
        cite: ${cite("art. 8")}
  - id: later-group
    title: states of a group that is held later
    layer: end-user
    versions:
      - { from: 2020-01-01, when: { endUser.headquarters: { inGroup: JPN:later } }, effect: licence-required, policy: presumption-of-denial, cite: ${cite("art. 9")} }
  - id: scanners
    title: what resolves finely
    layer: list
    versions:
      - { from: 2020-01-01, when: { formula: { name: mrf, k: 0.5, atMost: 100 nm }, not: { item.kind: lathe } }, effect: licence-required, cite: ${cite("art. 10")} }
holes:
  - { id: presses, when: { item.kind: press, activity: servicing }, why: not held }
  - { id: threads, when: { loom.threads: { above: 40 } }, why: not held }
`),
});

const DOMAIN: Readonly<Record<string, readonly FactValue[]>> = {
  activity: ["export", "servicing"],
  from: ["JPN", "NLD"],
  destination: ["JPN", "NLD", "CHN"],
  "endUser.headquarters": ["JPN", "CHN"],
  "facility.makes": [[], ["fine"], ["coarse"], ["fine", "coarse"]],
  military: [true, false],
  "item.kind": ["lathe", "loom", "press"],
  "item.classified": [["JPN:1.a"], ["JPN:1"], ["JPN:2"], ["USA:1.a"]],
  "loom.pitch": [point(2), point(3), point(4), { ...ANY_NUMBER, low: 2.5, high: 3.5 }, { ...ANY_NUMBER, high: 3 }],
  "loom.threads": [point(20), point(25), point(41), { ...ANY_NUMBER, low: 30 }],
  "litho.wavelength": [point(193), point(13.5)],
  "litho.na": [point(0.5), point(1.35), { ...ANY_NUMBER, low: 0, high: 1 }],
};

const facts: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(Object.entries(DOMAIN).map(([name, values]) => [name, fc.constantFrom(...values)])),
  { requiredKeys: [] },
) as fc.Arbitrary<Facts>;

/** Codes and gaps are rare in a draw, so that most answers are decided. */
const mostlyComplete = fc.tuple(facts, fc.nat(9)).map(([drawn, n]): Facts => {
  const whole = Object.fromEntries(Object.entries(DOMAIN).map(([name, values]) => [name, values[n % values.length]!]));
  const { "item.classified": codes, ...rest } = { ...whole, ...drawn };
  return n === 0 && codes !== undefined ? { ...rest, "item.classified": codes } : n < 5 ? rest : drawn;
});

const preparedOn = (date: IsoDate, known: Facts = {}) => prepare(book, book.regimes.get("JPN" as State)!, date, known);
const DATES = ["2021-06-01", "2024-06-01", "2026-06-01", "2031-06-01"].map(isoDate);

type Outcome = Partial<RegimeAnswer> | string;

function outcomeOf(ask: () => Partial<RegimeAnswer>): Outcome {
  try {
    const { verdict, policy, atLeast, atMost } = ask();
    return { verdict: verdict!, ...(policy && { policy }), atLeast: atLeast!, atMost: atMost! };
  } catch (error) {
    return String(error);
  }
}

describe("compileRegime", () => {
  const seen = new Set<string>();
  for (const date of DATES) {
    it(`says what the evaluator says of the same facts on ${date}, collisions included`, () => {
      const prepared = preparedOn(date);
      const compiled = compileRegime(prepared);
      fc.assert(
        fc.property(mostlyComplete, (given) => {
          const expected = outcomeOf(() => judgePrepared(prepared, given));
          seen.add(typeof expected === "string" ? "collision" : expected.verdict!);
          expect(outcomeOf(() => compiled.range(factRow(book.facts, given)))).toEqual(expected);
        }),
        SEED,
      );
    });
  }

  it("has been tried on every kind of answer", () => {
    expect([...seen].sort()).toEqual([
      "collision",
      "licence-required",
      "no-licence",
      "not-subject",
      "prohibited",
      "undetermined",
    ]);
  });

  it("gives the same reasons, in the same order", () => {
    const prepared = preparedOn(isoDate("2026-06-01"));
    const compiled = compileRegime(prepared);
    fc.assert(
      fc.property(mostlyComplete, (given) => {
        const whole = (ask: () => RegimeAnswer) => {
          try {
            return JSON.stringify(ask());
          } catch (error) {
            return String(error);
          }
        };
        expect(whole(() => compiled.judge(factRow(book.facts, given)))).toBe(
          whole(() => judgePrepared(prepared, given)),
        );
      }),
      { ...SEED, numRuns: 400 },
    );
  });

  it("keeps what the regime knew before, whatever it is divided by and however few branches it may keep", () => {
    const known: Facts = { "litho.wavelength": point(193), destination: "NLD", "loom.threads": point(30) };
    const prepared = preparedOn(isoDate("2026-06-01"), known);
    for (const options of [
      {},
      { branchOn: [] },
      { branchOn: ["military", "from", "item.kind"] },
      { mostBranches: 2 },
    ]) {
      const compiled = compileRegime(prepared, options);
      fc.assert(
        fc.property(mostlyComplete, (drawn) => {
          const given = { ...drawn, ...known };
          const asked = Object.fromEntries(Object.entries(drawn).filter(([name]) => !(name in known)));
          expect(outcomeOf(() => compiled.range(factRow(book.facts, asked)))).toEqual(
            outcomeOf(() => judgePrepared(prepared, given)),
          );
        }),
        { ...SEED, numRuns: 250 },
      );
    }
  });
});
