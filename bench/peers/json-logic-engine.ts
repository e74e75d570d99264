import {
  bySeverity,
  comparisonsOf,
  loadPackage,
  type Peer,
  type PlainCondition,
  plainFacts,
  type RowAnswer,
  type RuleRow,
  wordOf,
} from "./rule-row.ts";

type Logic = boolean | number | string | readonly Logic[] | { readonly [op: string]: Logic };

/** json-logic-engine, compiled to JavaScript: one expression for the verdict, one function a row for the trace. */
export const jsonLogicEngine: Peer = {
  name: "json-logic-engine",
  note: "json-logic-engine 5.0.7 `build`: rows by severity in one `if`, strictest first; its trace is the list of rows that hold, without what failed.",
  load: async (rows) => {
    const module = await loadPackage(() => import("json-logic-engine"));
    if (!module) return null;
    const engine = new module.LogicEngine();
    const build = (logic: Logic) => engine.build(logic) as (data: unknown) => unknown;
    const anyOf = (list: readonly RuleRow[]): Logic => ({ or: [...list.map((row) => translate(row.when)), false] });
    const severity = build({ if: [...bySeverity(rows).flatMap(([s, list]) => [anyOf(list), s]), 0] });
    const hole = build(anyOf(rows.filter((row) => row.severity === "hole")));
    const each = rows.map((row) => ({ row, holds: build(translate(row.when)) }));
    return {
      input: (facts) => plainFacts(facts),
      verdict: (data): RowAnswer => ({ severity: severity(data) as number, hole: hole(data) === true }),
      trace: (data) => each.filter(({ holds }) => holds(data) === true).map(({ row }) => row.id),
      rulesOf: (trace) => trace as string[],
    };
  },
};

function translate(c: PlainCondition): Logic {
  switch (c.op) {
    case "all":
      return c.of.length === 0 ? true : { and: c.of.map(translate) };
    case "any":
      return c.of.length === 0 ? false : { or: c.of.map(translate) };
    case "not":
      return { "!": [translate(c.of)] };
    case "is":
      return { "===": [variable(c.fact), c.value] };
    case "in":
      return { in: [variable(c.fact), [...c.values]] };
    case "includes":
      return { or: c.values.map((value) => ({ in: [value, variable(c.fact)] })) };
    case "number":
      return { and: comparisonsOf(c.bounds).map(([op, n]) => ({ [op]: [variable(c.fact), n] })) };
    case "same":
      return { "===": [variable(c.fact), variable(c.other)] };
    case "formula": {
      const feature = { "/": [{ "*": [c.k, variable("litho.wavelength")] }, variable("litho.na")] };
      return { and: comparisonsOf(c.bounds).map(([op, n]) => ({ [op]: [feature, n] })) };
    }
  }
}

function variable(fact: string): Logic {
  return { var: wordOf(fact) };
}
