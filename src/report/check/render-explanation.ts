import { longDate } from "../../domain/dates.ts";
import type {
  DerivationNode,
  ExceptionDerivation,
  Explanation,
  RegimeDerivation,
  RuleDerivation,
  RuleOutcome,
} from "../../law/derivation.ts";
import { cleanText } from "../clean-text.ts";
import { count } from "../format.ts";
import { displayWidth, wrap } from "../terminal/text-layout.ts";
import { citeWords, savingWords, verdictWords } from "./check-words.ts";
import { type CheckPageOptions, partyLines, renderCheckEnd } from "./render-check.ts";

/** A line of the tree with what hangs under it. */
interface Branch {
  readonly text: string;
  readonly under: readonly Branch[];
}

const OUTCOME_WORDS: Readonly<Record<RuleOutcome, string>> = {
  requires: "applies",
  "could-require": "could apply",
  lifted: "lifted by an exception",
  saved: "saved, no earlier text asks anything",
  suspended: "in the text, not enforced",
  fails: "does not apply",
  "not-reached": "not reached by this law",
  "not-in-force": "not in force on the day",
};

/** Outcomes in the order of the page; rules within one stay in the order of the files. */
const OUTCOME_ORDER = Object.keys(OUTCOME_WORDS) as RuleOutcome[];

/** Conditions that failed which the page shows for each rule; `--json` has all. */
const SHOWN_FAILURES = 4;

/** The derivation as a tree of text, ending in a line break. */
export function renderExplanation(e: Explanation, options: CheckPageOptions): string {
  const width = Math.max(50, options.width);
  const lines = [
    `${cleanText(e.id)}  by the law of ${longDate(e.asOf)}`,
    verdictWords(e.verdict, undefined),
    ...(e.party ? partyLines(e.party, width) : []),
    ...e.regimes.flatMap((r) => ["", ...drawBranch(regimeBranch(r), width)]),
    "",
    renderCheckEnd(e.digest, e.notModelled, options),
  ];
  return lines.join("\n");
}

function regimeBranch(r: RegimeDerivation): Branch {
  const exact = r.decidedBy === "cells" ? " (every value of the missing facts was tried)" : "";
  const byOutcome = (o: RuleOutcome) => r.rules.filter((x) => x.outcome === o);
  const reached = r.subject?.truth !== false;
  const outOfForce = byOutcome("not-in-force");
  return {
    text: `${r.regime} ${r.title}: ${verdictWords(r.verdict, r.policy)}${exact}`,
    under: [
      ...(r.subject ? [reachBranch(r.subject)] : []),
      ...(reached
        ? OUTCOME_ORDER.filter((o) => o !== "not-in-force").flatMap((o) => byOutcome(o).map(ruleBranch))
        : []),
      ...(reached ? [] : [leaf(`${count(r.rules.length, "rule")} of a law that does not reach the transaction`)]),
      ...(reached && outOfForce.length > 0
        ? [leaf(`not in force on the day: ${outOfForce.map((x) => x.rule).join(", ")}`)]
        : []),
      ...r.savings.map((s) => leaf(`${s.applies === true ? "saved by" : "savings"}: ${savingWords(s)}`)),
      ...r.holes.map((h) => leaf(`text not held: ${h.why} (${h.id})`)),
      ...r.practice.map((p) => leaf(`practice: ${p.title}; ${citeWords(p.cite)}`)),
      ...(r.missing.length > 0 ? [leaf(`not known: ${r.missing.join(", ")}`)] : []),
    ],
  };
}

function reachBranch(subject: DerivationNode): Branch {
  const { text, under } = nodeBranch(subject);
  return { text: `reach: ${text}`, under };
}

function leaf(text: string): Branch {
  return { text, under: [] };
}

function ruleBranch(x: RuleDerivation): Branch {
  const earlier = x.textOf === undefined ? "" : ` (text of ${longDate(x.textOf)})`;
  const cite = x.cite ? `; ${citeWords(x.cite)}${earlier}` : "";
  const effect = x.effect === undefined ? "" : `: ${verdictWords(x.effect, x.policy)}`;
  const text = `${OUTCOME_WORDS[x.outcome]}: ${x.rule} ${x.title}`;
  if (x.condition === undefined) return leaf(text);
  if (x.outcome === "fails") return { text: `${text}${cite}`, under: failures(x.condition) };
  return { text: `${text}${effect}${cite}`, under: [nodeBranch(x.condition), ...x.exceptions.map(exceptionBranch)] };
}

function exceptionBranch(e: ExceptionDerivation): Branch {
  const word = { true: "applies", false: "does not apply", null: "could apply" }[`${e.condition.truth}`];
  const text = `exception ${e.id} to ${e.overrides} ${word}: ${verdictWords(e.effect, e.policy)}; ${citeWords(e.cite)}`;
  return { text, under: e.condition.truth === false ? failures(e.condition) : [nodeBranch(e.condition)] };
}

/** A condition with what decides it: of alternatives the ones that hold, of several duties the ones that fail. */
function nodeBranch(node: DerivationNode): Branch {
  const deciding = decidingParts(node);
  if (node.text === "any of" && deciding.length === 1) return nodeBranch(deciding[0]!);
  const [only] = node.of;
  // A definition in one test is said on one line.
  if (node.of.length === 1 && only!.of.length === 0 && node.text !== "not")
    return leaf(`${truthWord(node)}  ${node.text}${citeSuffix(node)}: ${testText(only!)}`);
  const apart =
    node.apart !== undefined && node.apart > 0 ? `, besides ${count(node.apart, "paragraph")} that do not hold` : "";
  return { text: `${truthWord(node)}  ${testText(node)}${apart}${citeSuffix(node)}`, under: deciding.map(nodeBranch) };
}

function decidingParts(node: DerivationNode): readonly DerivationNode[] {
  if (node.text === "not" || node.truth === null) return node.of;
  const deciding = node.of.filter((x) => x.truth === node.truth);
  return deciding.length > 0 ? deciding : node.of;
}

function testText(node: DerivationNode): string {
  return node.given === undefined ? node.text : `${node.text}, given ${node.given}`;
}

function citeSuffix(node: DerivationNode): string {
  return node.cite ? `; ${citeWords(node.cite)}` : "";
}

function truthWord(node: DerivationNode): string {
  if (node.truth === null) return "?";
  return node.truth ? "yes" : "no";
}

/** The tests by which a condition fails, the first few of them. */
function failures(node: DerivationNode): Branch[] {
  const failed = failedTests(node);
  const rest = failed.length - SHOWN_FAILURES;
  const shown = failed.slice(0, rest > 1 ? SHOWN_FAILURES : undefined).map((x) => leaf(`no  ${x}`));
  return rest > 1 ? [...shown, leaf(`and ${rest} more`)] : shown;
}

function failedTests(node: DerivationNode): string[] {
  if (node.text === "not") return [`not: ${node.of.map((x) => `${testText(x)}${citeSuffix(x)}`).join("; ")}`];
  const below = node.of.filter((x) => x.truth === false).flatMap(failedTests);
  // A definition that fails for many reasons is one reason here; the reach above opens it.
  if (node.cite && below.length > 2) return [`${node.text}${citeSuffix(node)}`];
  if (below.length > 0) return [...new Set(below)];
  const none = node.apart === undefined ? "" : ` (none of ${count(node.apart, "paragraph")} holds)`;
  return [`${testText(node)}${none}${citeSuffix(node)}`];
}

/** The branch and all under it, joined by lines, in at most `width` columns. */
function drawBranch(b: Branch, width: number, first = "", rest = ""): string[] {
  const own = wrap(b.text, Math.max(20, width - displayWidth(first)));
  const hang = `${rest}${b.under.length > 0 ? "│ " : "  "}`;
  return [
    ...own.map((line, i) => (i === 0 ? first : hang) + line),
    ...b.under.flatMap((x, i) => {
      const last = i === b.under.length - 1;
      return drawBranch(x, width, `${rest}${last ? "└─ " : "├─ "}`, `${rest}${last ? "   " : "│  "}`);
    }),
  ];
}
