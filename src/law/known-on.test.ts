import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import type { Facts } from "./condition.ts";
import { decide } from "./decide.ts";

const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order"),
  "rules/jpn/order.yaml": instrument(`terms:
  - id: listed
    title: what is listed
    versions:
      - { from: 2020-01-01, until: 2024-01-01, when: { item.kind: loom }, cite: ${cite("art. 3")} }
      - { from: 2024-01-01, when: { item.kind: { in: [loom, press] } }, cite: ${cite("art. 3 as amended")} }
rules:
  - id: looms
    title: invented
    layer: list
    versions:
      - { from: 2020-01-01, until: 2024-01-01, when: { term: listed }, effect: licence-required, policy: approval, cite: ${cite("art. 1")} }
      - from: 2024-01-01
        announced: 2023-09-01
        published: 2023-10-01
        status: [{ from: 2024-06-01, status: stayed, cite: ${cite("press")} }]
        when: { term: listed }
        effect: licence-required
        policy: denial
        cite: ${cite("art. 1 as amended")}
`),
});

const said = (date: string, asKnownOn: string | undefined, facts: Facts) => {
  const d = decide(book, "JPN", isoDate(date), facts, asKnownOn === undefined ? {} : { asKnownOn: isoDate(asKnownOn) });
  return d.policy ?? d.verdict;
};

describe("the law as one could know it", () => {
  it("holds an amendment from the day of its announcement, and before it the old version runs on", () => {
    expect(said("2024-03-01", "2023-08-31", { "item.kind": "loom" })).toBe("approval");
    expect(said("2024-03-01", "2023-09-01", { "item.kind": "loom" })).toBe("denial");
    expect(said("2023-12-31", "2023-09-01", { "item.kind": "loom" })).toBe("approval");
  });

  it("takes a definition as known with the rule that begins on the same day", () => {
    expect(said("2024-03-01", "2023-08-31", { "item.kind": "press" })).toBe("no-licence");
    expect(said("2024-03-01", "2023-09-01", { "item.kind": "press" })).toBe("denial");
  });

  it("holds a stay from its own day", () => {
    expect(said("2024-07-01", "2024-05-31", { "item.kind": "loom" })).toBe("denial");
    expect(said("2024-07-01", "2024-06-01", { "item.kind": "loom" })).toBe("no-licence");
    expect(said("2024-07-01", undefined, { "item.kind": "loom" })).toBe("no-licence");
  });
});
