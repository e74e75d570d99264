import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../../test/invented-book.ts";
import { isoDate } from "../../domain/dates.ts";
import { state } from "../../domain/states.ts";
import { deriveRegime } from "../../law/derivation.ts";
import { createChecker } from "../../workbench/check.ts";
import { renderTally, renderTransaction } from "./render-check.ts";
import { resultJson, resultRow } from "./render-check-rows.ts";
import { renderExplanation } from "./render-explanation.ts";

const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order").replace("instruments", "subject: subject-to-order\ninstruments"),
  "rules/jpn/order.yaml": instrument(`terms:
  - id: subject-to-order
    title: What is made or leaves here
    versions:
      - { from: 2020-01-01, when: { any: [{ term: leaves }, { military: true }] }, cite: ${cite("art. 1")} }
  - id: leaves
    title: What leaves
    versions:
      - { from: 2020-01-01, when: { from: JPN }, cite: ${cite("art. 1(1)")} }
rules:
  - id: fine-looms
    title: Fine looms
    layer: list
    versions:
      - { from: 2022-01-01, when: { item.kind: loom, loom.pitch: { atMost: 3 nm } }, effect: licence-required, policy: case-by-case, cite: ${cite("art. 2")} }
    exceptions:
      - { id: to-friends, overrides: fine-looms, when: { destination: NLD }, effect: no-licence, cite: ${cite("art. 3")} }
  - id: lathes
    title: Lathes
    layer: list
    versions:
      - { from: 2022-01-01, when: { item.kind: lathe }, effect: prohibited, cite: ${cite("art. 4")} }
`),
});
const LOOM = {
  from: "JPN",
  military: false,
  "item.kind": "loom",
  "loom.pitch": { low: 2, high: 2, lowIncluded: true, highIncluded: true },
};
const asOf = isoDate("2025-01-01");
const PAGE = { width: 80, colour: false };
const check = createChecker(book, { asOf, regimes: [state("JPN")] });
const put = (id: string, facts: Record<string, unknown>) =>
  check({ id, facts: { ...LOOM, ...facts } as never, place: () => ({ file: "t" }) });

describe("what is shown of a check", () => {
  it("is a page with the rule, the clause and the route", () => {
    expect(renderTransaction(put("L-1", { destination: "CHN" }), PAGE)).toBe(`L-1  by the law of 1 January 2025, JPN
licence required: JPN

JPN  licence required, case by case
 because    jpn/order/fine-looms: Fine looms; Order 1 art. 2 [text]
 reached by What leaves; Order 1 art. 1(1) [text]
`);
  });

  it("never calls what was not found a clearance, on the page and in the counts", () => {
    const free = put("L-2", { destination: "NLD" });
    expect(renderTransaction(free, PAGE)).toContain(
      "JPN  no licence requirement found in the rules held (not a clearance)\n exception  jpn/order/to-friends to jpn/order/fine-looms; Order 1 art. 3 [text]\n",
    );
    const one = { prohibited: 0, "licence-required": 0, undetermined: 0, "no-licence": 1, "not-subject": 0 };
    const counts = renderTally({ total: 1, overall: one, byRegime: { JPN: one }, days: [asOf, asOf] }, PAGE);
    expect(counts).toContain("no licence requirement found in the rules held (not a clearance)");
  });

  it("names what is not known and asks for it", () => {
    const open = put("L-3", {});
    expect([open.verdict, open.ask, open.regimes[0]?.missing]).toEqual([
      "undetermined",
      "destination",
      ["destination"],
    ]);
  });

  it("is a line of JSON and a line of a table that say the same", () => {
    const r = put("=L,1", { destination: "CHN" });
    expect(JSON.parse(resultJson(r))).toEqual(JSON.parse(JSON.stringify(r)));
    expect(resultRow(r)).toBe(
      `"'=L,1",2025-01-01,licence-required,case-by-case,JPN=licence-required,jpn/order/fine-looms,Order 1 art. 2,,\n`,
    );
  });

  it("is a tree that opens every rule to the words that decide it", () => {
    const facts = { ...LOOM, destination: "CHN" };
    const explanation = {
      schema: "entente/explain@1" as const,
      id: "L-1",
      asOf,
      verdict: "licence-required" as const,
      regimes: [deriveRegime(book, "JPN", asOf, facts)],
      digest: { rules: "r", data: "d", engine: "e" },
      notModelled: ["nothing"],
    };
    expect(renderExplanation(explanation, PAGE)).toBe(`L-1  by the law of 1 January 2025
licence required

JPN invented: licence required, case by case
├─ reach: yes What is made or leaves here; Order 1 art. 1 [text]
│  └─ yes What leaves; Order 1 art. 1(1) [text]: from: JPN, given JPN
├─ applies: jpn/order/fine-looms Fine looms: licence required, case by case;
│  │ Order 1 art. 2 [text]
│  ├─ yes all of
│  │  ├─ yes item.kind: loom, given loom
│  │  └─ yes loom.pitch: { atMost: 3 nm }, given 2 nm
│  └─ exception to-friends to fine-looms does not apply: no licence requirement
│     │ found in the rules held (not a clearance); Order 1 art. 3 [text]
│     └─ no destination: NLD, given CHN
└─ does not apply: jpn/order/lathes Lathes; Order 1 art. 4 [text]
   └─ no item.kind: lathe, given loom

Not modelled: nothing. Not legal advice.
rules r  data d
`);
  });
});
