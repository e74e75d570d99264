import {
  answerOfRows,
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

/** GoRules ZEN: a decision table whose first row that holds gives the verdict, and one that collects the rows that hold. */
export const zenEngine: Peer = {
  name: "@gorules/zen-engine",
  note: "@gorules/zen-engine 0.54.0 (native): decision tables, `first` by severity for the verdict, `collect` with its trace as JSON text (as an object it aborts the process on decimals) for the trace.",
  load: async (rows) => {
    const module = await loadPackage(() => import("@gorules/zen-engine"));
    if (!module) return null;
    const engine = new module.ZenEngine();
    const strictest = bySeverity(rows).flatMap(([, list]) => list);
    const holes = rows.filter((row) => row.severity === "hole");
    const first = engine.createDecision(
      graphOf([tableOf("strictest", "first", strictest), tableOf("hole", "first", holes)]),
    );
    const all = engine.createDecision(graphOf([tableOf("holding", "collect", rows)]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return {
      input: (facts) => plainFacts(facts),
      verdict: async (data): Promise<RowAnswer> => {
        const { result } = await first.evaluate(data);
        const ids = [result.strictest, result.hole].flatMap((found) => found?.row ?? []);
        return answerOfRows(ids.map((id: string) => byId.get(id)!));
      },
      trace: (data) => all.evaluate(data, { trace: "string" }),
      rulesOf: (trace) => (trace as { result: { holding: { row: string }[] } }).result.holding.map(({ row }) => row),
    };
  },
};

interface TableNode {
  readonly id: string;
  readonly name: string;
  readonly type: "decisionTableNode";
  readonly content: object;
}

function tableOf(id: string, hitPolicy: "first" | "collect", rows: readonly RuleRow[]): TableNode {
  const content = {
    hitPolicy,
    // The table's own answer goes under its own name, so that several tables can be joined.
    inputField: null,
    outputPath: id,
    executionMode: "single",
    passThrough: false,
    inputs: [{ id: "when", name: "when", field: "" }],
    outputs: [{ id: "row", name: "row", field: "row" }],
    rules: rows.map((row) => ({ _id: row.id, when: translate(row.when), row: JSON.stringify(row.id) })),
  };
  return { id, name: id, type: "decisionTableNode", content };
}

/** Request, then the tables side by side, then the response. */
function graphOf(tables: readonly TableNode[]): object {
  return {
    contentType: "application/vnd.gorules.decision",
    nodes: [
      { id: "request", name: "request", type: "inputNode" },
      ...tables,
      { id: "response", name: "response", type: "outputNode" },
    ],
    edges: tables.flatMap(({ id }) => [
      { id: `in-${id}`, sourceId: "request", targetId: id, type: "edge" },
      { id: `out-${id}`, sourceId: id, targetId: "response", type: "edge" },
    ]),
  };
}

function translate(c: PlainCondition): string {
  switch (c.op) {
    case "all":
      return c.of.length === 0 ? "true" : `(${c.of.map(translate).join(" and ")})`;
    case "any":
      return c.of.length === 0 ? "false" : `(${c.of.map(translate).join(" or ")})`;
    case "not":
      return `not ${translate(c.of).replace(/^(?!\()(.*)$/s, "($1)")}`;
    case "is":
      return `(${wordOf(c.fact)} == ${JSON.stringify(c.value)})`;
    case "in":
      return `(${wordOf(c.fact)} in ${JSON.stringify(c.values)})`;
    case "includes":
      return `(${c.values.map((value) => `contains(${wordOf(c.fact)}, ${JSON.stringify(value)})`).join(" or ")})`;
    case "number":
      return `(${comparisonsOf(c.bounds)
        .map(([op, n]) => `${wordOf(c.fact)} ${op} ${n}`)
        .join(" and ")})`;
    case "same":
      return `(${wordOf(c.fact)} == ${wordOf(c.other)})`;
    case "formula": {
      const feature = `${c.k} * litho_wavelength / litho_na`;
      return `(${comparisonsOf(c.bounds)
        .map(([op, n]) => `${feature} ${op} ${n}`)
        .join(" and ")})`;
    }
  }
}
