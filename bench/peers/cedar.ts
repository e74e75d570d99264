import { createRequire } from "node:module";
import type { Context, StatefulAuthorizationCall } from "@cedar-policy/cedar-wasm/nodejs";
import {
  answerOfRows,
  comparisonsOf,
  loadPackage,
  type Peer,
  type PlainCondition,
  plainFacts,
  type RowAnswer,
  wordOf,
} from "./rule-row.ts";

/** Cedar knows whole numbers alone: quantities are taken a thousandfold, those beyond its 64 bits in units of 10^15. */
const FACTOR = 1000;
const LARGE = new Set(["deposition.fluorine"]);

function factorOf(fact: string): number {
  return LARGE.has(fact) ? 1e-15 : FACTOR;
}
const SET_ID = "bench-law";

/** Cedar in WebAssembly: one `permit` a row in a set parsed beforehand; its answer names every row that holds. */
export const cedar: Peer = {
  name: "@cedar-policy/cedar-wasm",
  note: "@cedar-policy/cedar-wasm 4.13.0 `statefulIsAuthorized`: one permit a row, parsed beforehand, quantities as whole thousandths; it always names the rows that hold.",
  load: async (rows) => {
    const module = await loadPackage(
      async () =>
        createRequire(import.meta.url)(
          "@cedar-policy/cedar-wasm/nodejs",
        ) as typeof import("@cedar-policy/cedar-wasm/nodejs"),
    );
    if (!module) return null;
    const byName = new Map(rows.map((row, i) => [`row${i}`, row]));
    const staticPolicies = Object.fromEntries(
      [...byName].map(([name, { when }]) => [name, `permit(principal, action, resource) when { ${translate(when)} };`]),
    );
    const parsed = module.preparsePolicySet(SET_ID, { staticPolicies });
    if (parsed.type === "failure") throw new Error(`Cedar refuses the rules: ${parsed.errors[0]?.message}`);
    const run = (call: unknown): readonly string[] => {
      const answer = module.statefulIsAuthorized(call as StatefulAuthorizationCall);
      if (answer.type === "failure") throw new Error(`Cedar fails: ${answer.errors[0]?.message}`);
      const { reason, errors } = answer.response.diagnostics;
      if (errors.length > 0) throw new Error(`Cedar fails in \`${errors[0]!.policyId}\`: ${errors[0]!.error.message}`);
      return reason;
    };
    return {
      input: (facts): StatefulAuthorizationCall => ({
        principal: { type: "Exporter", id: "x" },
        action: { type: "Action", id: "deliver" },
        resource: { type: "Item", id: "x" },
        context: plainFacts(facts, factorOf) as Context,
        preparsedPolicySetId: SET_ID,
        entities: [],
      }),
      verdict: (call): RowAnswer => answerOfRows(run(call).map((name) => byName.get(name)!)),
      trace: run,
      rulesOf: (trace) => (trace as readonly string[]).map((name) => byName.get(name)!.id),
    };
  },
};

function translate(c: PlainCondition): string {
  switch (c.op) {
    case "all":
      return c.of.length === 0 ? "true" : `(${c.of.map(translate).join(" && ")})`;
    case "any":
      return c.of.length === 0 ? "false" : `(${c.of.map(translate).join(" || ")})`;
    case "not":
      return `!(${translate(c.of)})`;
    case "is":
      return `${variable(c.fact)} == ${JSON.stringify(c.value)}`;
    case "in":
      return `${JSON.stringify(c.values)}.contains(${variable(c.fact)})`;
    case "includes":
      return `${variable(c.fact)}.containsAny(${JSON.stringify(c.values)})`;
    case "number":
      return joined(
        comparisonsOf(c.bounds).map(([op, n]) => `${variable(c.fact)} ${op} ${whole(n, factorOf(c.fact))}`),
      );
    case "same":
      return `${variable(c.fact)} == ${variable(c.other)}`;
    case "formula":
      // k x wavelength / na <= n, without a division: the factors of wavelength and na cancel out.
      return joined(
        comparisonsOf(c.bounds).map(
          ([op, n]) => `${variable("litho.wavelength")} * ${whole(c.k)} ${op} ${variable("litho.na")} * ${whole(n)}`,
        ),
      );
  }
}

function joined(comparisons: readonly string[]): string {
  return `(${comparisons.join(" && ")})`;
}

function whole(n: number, factor = FACTOR): number {
  const scaled = n * factor;
  if (Math.abs(scaled - Math.round(scaled)) > 1e-9) throw new Error(`${n} has more than three decimals`);
  return Math.round(scaled);
}

function variable(fact: string): string {
  return `context.${wordOf(fact)}`;
}
