import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isoDate } from "../domain/dates.ts";
import { parseYaml } from "../input/yaml-file.ts";
import { evaluate } from "./kleene.ts";
import { parseRuleBook } from "./parse-book.ts";
import { readFacts } from "./rule-cases.ts";
import { ruleCasesSchema } from "./schema.ts";

const files = globSync("rules/**/*.yaml")
  .toSorted()
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));
const book = parseRuleBook(files.filter((f) => !f.path.endsWith(".cases.yaml")));
const cases = files
  .filter((f) => f.path.endsWith(".cases.yaml"))
  .flatMap((file) => {
    const parsed = parseYaml(file, ruleCasesSchema);
    return parsed.ok ? parsed.value.cases : [];
  });

describe("the constraints of rules/facts.yaml", () => {
  it("are kept by every case of the rule files", () => {
    expect(cases.length).toBeGreaterThan(100);
    expect(book.constraints.length).toBeGreaterThan(5);
    for (const c of cases) {
      const facts = readFacts(c.facts, book, [], (p) => expect.fail(p.message));
      const scene = { book, regime: "USA", date: isoDate("2026-01-01"), facts };
      for (const k of book.constraints) expect(evaluate(k.holds, scene), `${k.id}: ${c.title}`).not.toBe(false);
    }
  });
});
