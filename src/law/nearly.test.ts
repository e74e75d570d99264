import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import type { Facts } from "./condition.ts";
import { point } from "./condition.ts";
import { nearlyApplied } from "./nearly.ts";

const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order"),
  "rules/jpn/order.yaml": instrument(`terms:
  - id: JPN:1.a
    title: fine looms
    versions: [{ from: 2020-01-01, when: { item.kind: loom, loom.pitch: { atMost: 3 nm } }, cite: ${cite("art. 3")} }]
  - id: JPN:1.b
    title: looms with many threads
    versions: [{ from: 2020-01-01, when: { item.kind: loom, loom.threads: { above: 100 }, military: true }, cite: ${cite("art. 3")} }]
  - id: JPN:1.c
    title: presses
    versions: [{ from: 2020-01-01, when: { item.kind: press, military: false }, cite: ${cite("art. 3")} }]
rules:
  - id: listed
    title: invented
    layer: list
    applies: { activity: export, from: JPN }
    versions: [{ from: 2022-01-01, when: { matches: JPN:1 }, effect: licence-required, cite: ${cite("art. 1")} }]
  - id: military
    title: invented
    layer: end-use
    applies: { activity: export, from: JPN }
    versions: [{ from: 2022-01-01, when: { destination: { notIn: [NLD] }, military: true }, effect: prohibited, cite: ${cite("art. 2")} }]
`),
});

const near = (facts: Facts, date = "2025-01-01") => nearlyApplied(book, "JPN", isoDate(date), facts);
const LOOM: Facts = { activity: "export", from: "JPN", destination: "CHN", "item.kind": "loom", military: false };

describe("rules that nearly applied", () => {
  it("name the one condition that failed, inside a paragraph as well as at the top", () => {
    expect(near({ ...LOOM, "loom.pitch": point(3.5), "loom.threads": point(100) })).toEqual([
      { rule: "jpn/order/listed", failed: ["loom.pitch: { atMost: 3 nm }"] },
      { rule: "jpn/order/military", failed: ["military: true"] },
    ]);
  });

  it("leave out rules of which two conditions failed, those that apply, and those that may", () => {
    expect(near({ ...LOOM, destination: "NLD", "loom.pitch": point(3) })).toEqual([]);
    expect(near({ ...LOOM, destination: "NLD" }).map((n) => n.rule)).toEqual([]);
  });

  it("never say that an item nearly is another one", () => {
    expect(near({ ...LOOM, "item.kind": "lathe" }).map((n) => n.rule)).toEqual(["jpn/order/military"]);
  });

  it("are rules in force on the day, of a regime that is held", () => {
    expect(near({ ...LOOM, "loom.pitch": point(4) }, "2021-12-31")).toEqual([]);
    expect(nearlyApplied(book, "USA", isoDate("2025-01-01"), LOOM)).toEqual([]);
  });
});
