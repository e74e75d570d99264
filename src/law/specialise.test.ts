import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import type { Facts, FactValue } from "./condition.ts";
import { judge, judgePrepared } from "./judge.ts";
import { prepare } from "./specialise.ts";

/** Invented law with definitions, paragraphs, exceptions, a hole, and a definition of what it reaches. */
const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order").replace("instruments:", "subject: reach\ninstruments:"),
  "rules/jpn/order.yaml": instrument(`terms:
  - { id: reach, title: t, versions: [{ from: 2020-01-01, when: { any: [{ from: JPN }, { military: true }] }, cite: ${cite("art. 0")} }] }
  - { id: "JPN:1.a", title: t, versions: [{ from: 2020-01-01, when: { item.kind: loom, loom.pitch: { atMost: 3 nm } }, cite: ${cite("par. a")} }] }
  - { id: "JPN:1.b", title: t, versions: [{ from: 2020-01-01, when: { item.kind: lathe }, cite: ${cite("par. b")} }] }
groups: [{ id: JPN:near, versions: [{ from: 2020-01-01, members: [NLD, JPN], cite: ${cite("annex")} }] }]
rules:
  - id: listed
    title: t
    layer: list
    applies: { activity: export, destination: { notInGroup: JPN:near } }
    versions: [{ from: 2020-01-01, when: { matches: "JPN:1" }, effect: licence-required, policy: denial, cite: ${cite("art. 1")} }]
    exceptions:
      - { id: civil, overrides: listed, when: { military: false, facility.makes: coarse }, effect: no-licence, cite: ${cite("art. 2")} }
  - id: fine
    title: t
    layer: end-use
    versions: [{ from: 2020-01-01, when: { facility.makes: fine, not: { item.kind: press } }, effect: prohibited, cite: ${cite("art. 3")} }]
practice:
  - { id: p, title: t, from: 2020-01-01, when: { destination: CHN }, decision: refused, cite: ${cite("press")} }
holes: [{ id: h, when: { item.kind: press, military: true }, why: the annex is not held }]
`),
});

const DOMAIN: Readonly<Record<string, fc.Arbitrary<FactValue>>> = {
  activity: fc.constantFrom("export", "servicing"),
  from: fc.constantFrom("JPN", "NLD"),
  destination: fc.constantFrom("CHN", "NLD"),
  military: fc.boolean(),
  "facility.makes": fc.constantFrom<FactValue>([], ["fine"], ["coarse"]),
  "item.kind": fc.constantFrom("loom", "lathe", "press"),
  "loom.pitch": fc.constantFrom(2, 3, 4).map((n) => ({ low: n, high: n, lowIncluded: true, highIncluded: true })),
  "item.classified": fc.constantFrom<FactValue>(["JPN:1.a"], ["JPN:1"], ["JPN:2"], ["USA:1.a"]),
};

describe("facts that are put into a regime once", () => {
  const regime = book.regimes.get("JPN" as never)!;
  const day = isoDate("2025-01-01");

  it("give the same answer as all facts at once, however they are split", () => {
    const facts = fc.record(DOMAIN, { requiredKeys: [] }) as fc.Arbitrary<Facts>;
    fc.assert(
      fc.property(facts, fc.subarray(Object.keys(DOMAIN)), (all, early) => {
        const part = (keep: boolean): Facts =>
          Object.fromEntries(Object.entries(all).filter(([name]) => early.includes(name) === keep));
        const split = judgePrepared(prepare(book, regime, day, part(true)), part(false));
        expect(split).toEqual(judge(book, "JPN", day, all));
      }),
      { seed: 20_261_121, numRuns: 3000 },
    );
  });

  it("leave only the rules that they do not decide against", () => {
    const left = (known: Facts) => prepare(book, regime, day, known).rules.map((r) => r.rule.id);
    expect(left({})).toEqual(["jpn/order/listed", "jpn/order/fine"]);
    expect(left({ destination: "NLD" })).toEqual(["jpn/order/fine"]);
    expect(left({ from: "NLD", military: false })).toEqual([]);
  });
});
