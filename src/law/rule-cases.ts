import { type IsoDate, parseDate } from "../domain/dates.ts";
import type { Problem } from "../domain/errors.ts";
import { parseShaped } from "../input/shape.ts";
import type { TextFile } from "../input/text-file.ts";
import { placeOf } from "../input/yaml-file.ts";
import type { RuleBook } from "./book.ts";
import type { FactValue } from "./condition.ts";
import { declarationOf, parseFactValue, type Report } from "./facts.ts";
import { judge, type RegimeAnswer } from "./judge.ts";
import { settleTotals } from "./settle-totals.ts";
import { RULE_CASES } from "./shapes.ts";

/** How one case of a `.cases.yaml` file came out. `failures` is empty when every expectation holds. */
export interface RuleCaseResult {
  readonly file: string;
  readonly title: string;
  readonly answer: RegimeAnswer;
  readonly failures: readonly string[];
}

/** Puts every case of the file to the regime of its folder. */
export function runRuleCases(
  file: TextFile,
  book: RuleBook,
): { readonly results: readonly RuleCaseResult[]; readonly problems: readonly Problem[] } {
  const parsed = parseShaped(file, RULE_CASES);
  if (!parsed.ok) return { results: [], problems: parsed.problems };
  const problems: Problem[] = [];
  const report: Report = (p, path) => problems.push({ ...p, at: placeOf(file, path) });
  const regime = /rules\/([a-z]{3})\//.exec(file.path)?.[1]?.toUpperCase() ?? "";
  const results = parsed.value.cases.map((c, i): RuleCaseResult => {
    const asOf = parseDate(c.asOf);
    if (!asOf)
      report({ code: "bad-date", message: `\`${c.asOf}\` is no calendar day`, hint: "write YYYY-MM-DD" }, [
        "cases",
        i,
        "asOf",
      ]);
    const facts = readFacts(c.facts, book, ["cases", i, "facts"], report);
    const answer = judge(book, regime, asOf ?? ("1900-01-01" as IsoDate), facts);
    return { file: file.path, title: c.title, answer, failures: compare(c.expect, answer) };
  });
  return { results, problems };
}

/** Facts as a case, an item or a transaction writes them, each total held against its parts. */
export function readFacts(
  raw: Readonly<Record<string, unknown>>,
  book: Pick<RuleBook, "facts">,
  path: readonly (string | number)[],
  report: Report,
): Record<string, FactValue> {
  return settleTotals(readEachFact(raw, book, path, report), (p, fact) => report(p, [...path, fact]));
}

/** The same, with nothing held against anything else. */
export function readEachFact(
  raw: Readonly<Record<string, unknown>>,
  book: Pick<RuleBook, "facts">,
  path: readonly (string | number)[],
  report: Report,
): Record<string, FactValue> {
  const facts: Record<string, FactValue> = {};
  for (const [name, value] of Object.entries(raw)) {
    const declared = declarationOf(name, book.facts, [...path, name], report);
    const parsed = declared && parseFactValue(value, declared, [...path, name], report);
    if (parsed !== undefined) facts[name] = parsed;
  }
  return facts;
}

interface Expectation {
  readonly verdict: string;
  readonly policy?: string | undefined;
  readonly rules?: readonly string[] | undefined;
  readonly missing?: readonly string[] | undefined;
}

function compare(expect: Expectation, answer: RegimeAnswer): string[] {
  const failures: string[] = [];
  if (answer.verdict !== expect.verdict)
    failures.push(`verdict is \`${answer.verdict}\`, expected \`${expect.verdict}\``);
  if (expect.policy !== undefined && answer.policy !== expect.policy) {
    failures.push(`policy is \`${answer.policy ?? "none"}\`, expected \`${expect.policy}\``);
  }
  const certain = answer.findings.filter((f) => f.atLeast > 0).map((f) => f.rule);
  for (const rule of expect.rules ?? []) {
    if (!certain.includes(rule))
      failures.push(`\`${rule}\` requires nothing here; these do: ${certain.join(", ") || "none"}`);
  }
  for (const fact of expect.missing ?? []) {
    if (!answer.missing.includes(fact))
      failures.push(`\`${fact}\` is not among the missing facts: ${answer.missing.join(", ") || "none"}`);
  }
  return failures;
}
