import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factsPage } from "../docs/facts-page.ts";

const yaml = readFileSync("rules/facts.yaml", "utf8");

describe("docs/facts.md", () => {
  it("is what `npm run docs` makes of rules/facts.yaml", () => {
    expect(readFileSync("docs/facts.md", "utf8")).toBe(factsPage(yaml));
  });

  it("has a row for each fact that the file declares", () => {
    const declared = [...yaml.matchAll(/^ {2}([a-zA-Z.]+):/gm)].map(([, name]) => name!);
    expect(declared.length).toBeGreaterThan(20);
    const rows = [...factsPage(yaml).matchAll(/^\| `([a-zA-Z.]+)` \|/gm)].map(([, name]) => name!);
    expect(rows.sort()).toEqual(declared.sort());
  });

  it("tells values, units and bounds of an invented fact, and orders by role", () => {
    const page = factsPage(`facts:
  b.size: { type: quantity, role: item, unit: nm, min: 0, max: 9, doc: how large }
  b.kind: { type: one-of, role: item, values: [x, y], doc: which | what }
  a: { type: state, role: transaction, doc: whence }
`);
    expect(page.split("\n").filter((line) => /^(\| `|## )/.test(line))).toEqual([
      "## The transaction",
      "| `a` | a state | whence |",
      "## The item",
      "| `b.size` | a number of `nm`, from 0 to 9 | how large |",
      "| `b.kind` | one of `x`, `y` | which \\| what |",
    ]);
  });

  it("is not made from a file with faults", () => {
    expect(() => factsPage("facts: { a: { type: colour, role: item, doc: d } }\n")).toThrow("rules/facts.yaml:1:");
  });
});
