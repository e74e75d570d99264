import type { RuleResult, TopLevelCondition } from "json-rules-engine";
import {
  answerOfRows,
  comparisonsOf,
  loadPackage,
  type Peer,
  type PlainCondition,
  plainFacts,
  wordOf,
} from "./rule-row.ts";

interface Test {
  fact: string;
  operator: string;
  value: unknown;
  params?: Record<string, number>;
}

type Nested = TopLevelCondition | Test;

const OPERATORS: Readonly<Record<string, string>> = {
  ">=": "greaterThanInclusive",
  ">": "greaterThan",
  "<=": "lessThanInclusive",
  "<": "lessThan",
};

/** json-rules-engine: one rule a row; it keeps every condition's outcome whether asked or not, so it has one speed. */
export const jsonRulesEngine: Peer = {
  name: "json-rules-engine",
  note: "json-rules-engine 7.3.1: one rule a row, resolvable feature size as a computed fact; it records every condition whether asked or not.",
  load: async (rows) => {
    const module = await loadPackage(() => import("json-rules-engine"));
    if (!module) return null;
    const engine = new module.Engine([], { allowUndefinedFacts: true });
    engine.addFact("mrf", async ({ k }, almanac) => {
      const [wavelength, na] = await Promise.all([
        almanac.factValue<number>("litho_wavelength"),
        almanac.factValue<number>("litho_na"),
      ]);
      return (k * wavelength) / na;
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const row of rows) {
      engine.addRule({ name: row.id, conditions: topLevel(translate(row.when)), event: { type: row.id } });
    }
    const run = async (data: unknown): Promise<readonly RuleResult[]> =>
      (await engine.run(data as Record<string, unknown>)).results;
    return {
      input: (facts) => plainFacts(facts),
      verdict: async (data) => answerOfRows((await run(data)).map((result) => byId.get(result.name)!)),
      trace: run,
      rulesOf: (trace) => (trace as readonly RuleResult[]).map((result) => result.name),
    };
  },
};

function topLevel(c: Nested): TopLevelCondition {
  return "operator" in c ? { all: [c] } : c;
}

function translate(c: PlainCondition): Nested {
  switch (c.op) {
    case "all":
      return { all: c.of.map(translate) };
    case "any":
      return { any: c.of.map(translate) };
    case "not":
      return { not: translate(c.of) };
    case "is":
      return { fact: wordOf(c.fact), operator: "equal", value: c.value };
    case "in":
      return { fact: wordOf(c.fact), operator: "in", value: c.values };
    case "includes":
      return { any: c.values.map((value) => ({ fact: wordOf(c.fact), operator: "contains", value })) };
    case "number":
      return {
        all: comparisonsOf(c.bounds).map(([op, value]) => ({ fact: wordOf(c.fact), operator: OPERATORS[op]!, value })),
      };
    case "same":
      return { fact: wordOf(c.fact), operator: "equal", value: { fact: wordOf(c.other) } };
    case "formula":
      return {
        all: comparisonsOf(c.bounds).map(([op, value]) => ({
          fact: "mrf",
          params: { k: c.k },
          operator: OPERATORS[op]!,
          value,
        })),
      };
  }
}
