import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { runRuleCases } from "./rule-cases.ts";

const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order"),
  "rules/jpn/order.yaml": instrument(`rules:
  - id: looms
    title: invented looms
    layer: list
    versions:
      - { from: 2022-01-01, when: { item.kind: loom, military: true }, effect: licence-required, policy: denial, cite: ${cite("art. 1")} }
`),
});

const run = (...cases: readonly string[]) =>
  runRuleCases(
    { path: "rules/jpn/order.cases.yaml", text: `cases:\n${cases.map((c) => `  - ${c}\n`).join("")}` },
    book,
  );

/** Failures of one case on invented looms. */
const failures = (asOf: string, facts: string, expected: string) =>
  run(`{ title: t, asOf: ${asOf}, facts: ${facts}, expect: ${expected} }`).results[0]!.failures;

describe("a case beside an invented rule", () => {
  it("passes when the law says what it expects, on both sides of the date", () => {
    const facts = "{ item.kind: loom, military: true }";
    expect(failures("2021-12-31", facts, "{ verdict: no-licence }")).toEqual([]);
    expect(
      failures("2022-01-01", facts, "{ verdict: licence-required, policy: denial, rules: [jpn/order/looms] }"),
    ).toEqual([]);
    expect(failures("2022-01-01", "{ item.kind: loom }", "{ verdict: undetermined, missing: [military] }")).toEqual([]);
  });

  it("fails with the reason for each expectation that does not hold", () => {
    expect(
      failures(
        "2022-01-01",
        "{ item.kind: press }",
        "{ verdict: licence-required, policy: denial, rules: [jpn/order/looms], missing: [military] }",
      ),
    ).toEqual([
      "verdict is `no-licence`, expected `licence-required`",
      "policy is `none`, expected `denial`",
      "`jpn/order/looms` requires nothing here; these do: none",
      "`military` is not among the missing facts: none",
    ]);
  });

  it("does not take a rule that only perhaps applies for one that requires", () => {
    expect(
      failures("2022-01-01", "{ item.kind: loom }", "{ verdict: undetermined, rules: [jpn/order/looms] }"),
    ).toHaveLength(1);
  });

  it("with an unknown fact, a value out of place and a day that is none is refused with line and column", () => {
    const { problems } = run(
      "{ title: a, asOf: 2022-02-30, facts: {}, expect: { verdict: no-licence } }",
      "{ title: b, asOf: 2022-01-01, facts: { item.knd: loom, from: Ruritania }, expect: { verdict: no-licence } }",
    );
    expect(problems.map((p) => `${p.at?.line}:${p.at?.column} ${p.code}`)).toEqual([
      "2:17 bad-date",
      "3:44 unknown-fact",
      "3:60 bad-value",
    ]);
  });

  it("of the wrong shape is refused before it runs", () => {
    const { results, problems } = run("{ title: a, asOf: 2022-01-01, facts: {}, expect: { verdict: maybe } }");
    expect(results).toEqual([]);
    expect(problems.map((p) => p.code)).toEqual(["bad-shape"]);
  });
});
