import { globSync, readFileSync } from "node:fs";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { inventedBook } from "../../test/invented-book.ts";
import { compileCondition } from "./compile.ts";
import type { Condition } from "./condition.ts";
import type { FactDeclarations } from "./facts.ts";
import { formatCondition } from "./format-condition.ts";
import { parseRuleBook } from "./parse-book.ts";

const invented = inventedBook({}).facts;

/** The condition that a file with this text holds. */
function read(text: string, facts: FactDeclarations): Condition {
  const problems: string[] = [];
  const raw = load(`{ ${text} }`, { schema: CORE_SCHEMA }) as Record<string, unknown>;
  const c = compileCondition(raw, facts, [], (p) => problems.push(p.message));
  expect(problems, text).toEqual([]);
  return c;
}

describe("a condition as text", () => {
  it.each([
    "loom.pitch: { above: 1.5 nm, atMost: 2.4 nm }",
    "loom.pitch: 3 nm",
    "loom.threads: { atLeast: 20 }",
    "item.kind: loom",
    "item.kind: { notIn: [loom, press] }",
    "destination: { inGroup: JPN:D:5 }",
    "destination: { notInGroup: [JPN:near, JPN:far] }",
    "from: { sameAs: destination }",
    "not: { from: { sameAs: destination } }",
    "facility.makes: { includes: fine }",
    "facility.makes: { includesAny: [fine, coarse] }",
    "military: false",
    "matches: JPN:3B001.c",
    "matches: [JPN:3B001.c, JPN:1.b]",
    "term: subject-to-the-ear",
    "formula: { name: mrf, k: 0.25, atMost: 45 nm }",
    "any: [{ item.kind: loom }, { all: [{ military: true }, { loom.pitch: { below: 1e-7 nm } }] }]",
    'endUser.party: "Loom: works, Ltd #1"',
    'endUser.party: "true"',
    'endUser.party: "12"',
  ])("reads back as itself: %s", (text) => {
    expect(formatCondition(read(text, invented), invented)).toBe(text);
  });

  it("reads back as itself for every condition of every rule file", () => {
    const files = globSync("rules/**/*.yaml").filter((f) => !f.endsWith(".cases.yaml"));
    const book = parseRuleBook(files.toSorted().map((path) => ({ path, text: readFileSync(path, "utf8") })));
    const conditions = [
      ...[...book.terms.values()].flatMap((t) => t.versions.map((v) => v.when)),
      ...[...book.regimes.values()].flatMap((r) => [
        ...r.rules.flatMap((rule) => [rule.applies, ...[...rule.versions, ...rule.exceptions].map((x) => x.when)]),
        ...[...r.holes, ...r.practice].map((x) => x.when),
      ]),
    ];
    expect(conditions.length).toBeGreaterThan(500);
    for (const c of conditions) expect(read(formatCondition(c, book.facts), book.facts)).toEqual(c);
  });
});
