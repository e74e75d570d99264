import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import { decide } from "./decide.ts";

const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order"),
  "rules/jpn/order.yaml": instrument(`rules:
  - id: looms
    title: invented looms
    layer: list
    versions:
      - { from: 2022-01-01, when: { item.kind: loom }, effect: licence-required, policy: denial, cite: ${cite("art. 1")} }
`),
});

describe("a decision", () => {
  it("says so when three-valued logic was enough", () => {
    const d = decide(book, "JPN", isoDate("2025-01-01"), { "item.kind": "loom" });
    expect([d.verdict, d.policy, d.decidedBy]).toEqual(["licence-required", "denial", "kleene"]);
  });
});
