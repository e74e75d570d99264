import type { IsoDate } from "../domain/dates.ts";
import type { Layer, Policy, Verdict } from "../domain/verdicts.ts";
import type { Cite, Exception, Rule, RuleBook } from "./book.ts";
import type { CheckDigest } from "./check-result.ts";
import { type Condition, type Facts, type FactValue, isNumberRange, isPartialSet } from "./condition.ts";
import { type Decision, decide } from "./decide.ts";
import { closeClaims } from "./facts.ts";
import { formatCondition, formatRange } from "./format-condition.ts";
import { type FormulaName, formulaOf, formulaOfTotal } from "./formulas.ts";
import type { Finding } from "./judge.ts";
import { evaluate, type Kleene, paragraphsUnder, type Scene, sceneOf, versionAt } from "./kleene.ts";
import type { PartyMatches } from "./party-lists.ts";
import { judgingExceptions, judgingVersion, type SavingInPlay, savingsInPlay } from "./savings.ts";
import type { Effect } from "./schema.ts";

/** A condition with its truth, and the conditions that it rests on; definitions and paragraphs are opened to their words. */
export interface DerivationNode {
  readonly text: string;
  readonly truth: Kleene;
  /** What the transaction says of the fact that is tested. */
  readonly given?: string;
  readonly cite?: Cite;
  readonly of: readonly DerivationNode[];
  /** List paragraphs that were looked at and do not hold; they are not opened. */
  readonly apart?: number;
}

/**
 * What became of a rule: it requires something, or could; an exception lifts what it requires; it is in the text and not
 * enforced; a saving leaves the transaction to the time before it; a condition fails; the regime does not reach the transaction; no version is in force on the day.
 */
export type RuleOutcome =
  | "requires"
  | "saved"
  | "could-require"
  | "lifted"
  | "suspended"
  | "fails"
  | "not-reached"
  | "not-in-force";

export interface RuleDerivation {
  readonly rule: string;
  readonly title: string;
  readonly layer: Layer;
  readonly outcome: RuleOutcome;
  readonly effect?: Effect;
  readonly policy?: Policy;
  readonly cite?: Cite;
  /** The day whose text is read, where a saving leaves the transaction to an earlier one. */
  readonly textOf?: IsoDate;
  /** `applies` and `when` together; absent where no version is in force. */
  readonly condition?: DerivationNode;
  readonly exceptions: readonly ExceptionDerivation[];
}

export interface ExceptionDerivation {
  readonly id: string;
  readonly overrides: string;
  readonly effect: Effect;
  readonly policy?: Policy;
  readonly cite: Cite;
  readonly condition: DerivationNode;
}

/** Everything that one regime's answer rests on. */
export interface RegimeDerivation {
  readonly regime: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly policy?: Policy;
  readonly decidedBy: Decision["decidedBy"];
  /** What the regime reaches; absent where it reaches everything, or is not held. */
  readonly subject?: DerivationNode;
  readonly rules: readonly RuleDerivation[];
  /** Savings that bear on the transaction, relied on or not. */
  readonly savings: readonly SavingInPlay[];
  readonly holes: readonly { readonly id: string; readonly why: string }[];
  readonly practice: readonly { readonly id: string; readonly title: string; readonly cite: Cite }[];
  readonly missing: readonly string[];
}

/** The answer to `entente explain`. */
export interface Explanation {
  readonly schema: "entente/explain@1";
  readonly id: string;
  readonly asOf: IsoDate;
  readonly verdict: Verdict;
  readonly party?: PartyMatches;
  readonly regimes: readonly RegimeDerivation[];
  readonly digest: CheckDigest;
  readonly notModelled: readonly string[];
}

/** How the regime came to its answer: each rule of it, whether it applied or not, with the conditions behind. */
export function deriveRegime(book: RuleBook, regime: string, date: IsoDate, facts: Facts): RegimeDerivation {
  const decision = decide(book, regime, date, facts);
  const held = [...book.regimes.values()].find((r) => r.id === regime);
  const scene: Scene = { book, regime, date, facts: closeClaims(book.facts, facts) };
  const findings = new Map(decision.findings.map((f) => [f.rule, f]));
  return {
    regime,
    title: held?.title ?? regime,
    verdict: decision.verdict,
    ...(decision.policy !== undefined && { policy: decision.policy }),
    decidedBy: decision.decidedBy,
    ...(held?.subject !== undefined && { subject: deriveCondition({ op: "term", name: held.subject }, scene) }),
    rules: (held?.rules ?? []).map((rule) => deriveRule(rule, scene, findings.get(rule.id), decision)),
    savings: held && decision.verdict !== "not-subject" ? savingsInPlay(book, held, date, facts) : [],
    holes: decision.holes.map(({ id, why }) => ({ id, why })),
    practice: decision.practice.map(({ id, title, cite }) => ({ id, title, cite })),
    missing: decision.missing,
  };
}

function deriveRule(rule: Rule, scene: Scene, finding: Finding | undefined, decision: Decision): RuleDerivation {
  const head = { rule: rule.id, title: rule.title, layer: rule.layer };
  const judging = judgingVersion(rule, scene);
  if (!judging) {
    const isSaved = versionAt(rule.versions, scene.date) !== undefined;
    return { ...head, outcome: isSaved ? "saved" : "not-in-force", exceptions: [] };
  }
  const { version, textOf } = judging;
  const text = { ...scene, date: textOf };
  const condition = deriveCondition({ op: "all", of: [rule.applies, version.when] }, text);
  const suspended = decision.suspended.some((s) => s.rule === rule.id);
  return {
    ...head,
    outcome: suspended ? "suspended" : outcomeOf(finding, condition.truth),
    effect: version.effect,
    ...(version.policy !== undefined && { policy: version.policy }),
    cite: version.cite,
    ...(textOf !== scene.date && { textOf }),
    condition,
    // An exception to what does not apply was never reached.
    exceptions:
      condition.truth === false
        ? []
        : judgingExceptions(rule, textOf, scene.date)
            .filter((e) => evaluate(e.given, scene) !== false)
            .map((e) => deriveException(e.exception, { ...scene, date: e.textOf })),
  };
}

function outcomeOf(finding: Finding | undefined, truth: Kleene): RuleOutcome {
  if (finding === undefined) return truth === false ? "fails" : "not-reached";
  if (finding.atLeast > 0) return "requires";
  return finding.atMost > 0 ? "could-require" : "lifted";
}

function deriveException(e: Exception, scene: Scene): ExceptionDerivation {
  return {
    id: e.id,
    overrides: e.overrides,
    effect: e.effect,
    ...(e.policy !== undefined && { policy: e.policy }),
    cite: e.cite,
    condition: deriveCondition(e.when, scene),
  };
}

/** A condition opened to the facts that decide it. */
function deriveCondition(c: Condition, scene: Scene): DerivationNode {
  const truth = evaluate(c, scene);
  switch (c.op) {
    case "all":
    case "any":
      return deriveList(c.op, c.of, truth, scene);
    case "not":
      return { text: "not", truth, of: [deriveCondition(c.of, scene)] };
    case "term":
      return deriveTerm(`${scene.regime}/${c.name}`, truth, scene);
    case "matches":
      return deriveMatches(c.codes, truth, scene);
    default:
      return deriveTest(c, truth, scene);
  }
}

/** Lists inside a list of the same kind are one list; a list of one is what is in it. */
function deriveList(op: "all" | "any", of: readonly Condition[], truth: Kleene, scene: Scene): DerivationNode {
  const flat = (list: readonly Condition[]): Condition[] => list.flatMap((x) => (x.op === op ? flat(x.of) : [x]));
  const parts = flat(of);
  if (parts.length === 1) return deriveCondition(parts[0]!, scene);
  const text = op === "any" ? "any of" : parts.length === 0 ? "always" : "all of";
  return { text, truth, of: parts.map((x) => deriveCondition(x, scene)) };
}

function deriveTerm(key: string, truth: Kleene, scene: Scene): DerivationNode {
  const term = scene.book.terms.get(key);
  const version = term && versionAt(term.versions, scene.date);
  if (!version) return { text: term ? `${term.title} (not in force)` : `text of ${key} is not held`, truth, of: [] };
  const text = /^[A-Z]{3}:/.test(key) ? `${term.id} ${term.title}` : term.title;
  return { text, truth, cite: version.cite, of: [deriveCondition(version.when, sceneOf(key, scene))] };
}

function deriveMatches(codes: readonly string[], truth: Kleene, scene: Scene): DerivationNode {
  const text = formatCondition({ op: "matches", codes }, scene.book.facts);
  const classified = scene.facts["item.classified"];
  const given = classified === undefined ? {} : { given: `item.classified ${valueText(classified, undefined)}` };
  const paragraphs = [...new Set(codes.flatMap((code) => paragraphsUnder(scene.book, code)))];
  const opened = paragraphs.flatMap((id) => {
    const holds = evaluate({ op: "matches", codes: [id] }, scene);
    return holds === false ? [] : [deriveTerm(id, holds, scene)];
  });
  return { text, truth, ...given, of: opened, apart: paragraphs.length - opened.length };
}

type Test = Exclude<Condition, { readonly op: "all" | "any" | "not" | "term" | "matches" }>;

function deriveTest(c: Test, truth: Kleene, scene: Scene): DerivationNode {
  const text = formatCondition(c, scene.book.facts);
  const facts = testedFacts(c, scene.facts);
  const given = facts.map((name) => {
    const value = scene.facts[name];
    const said = value === undefined ? "not known" : valueText(value, scene.book.facts.get(name)?.unit);
    return facts.length > 1 ? `${name} ${said}` : said;
  });
  const group = c.op === "in-group" ? groupCite(c.groups, scene) : undefined;
  return { text, truth, given: given.join(", "), ...(group && { cite: group }), of: [] };
}

/** The facts that a test rests on; of a result that is not stated, the parts that are. */
function testedFacts(c: Test, facts: Facts): string[] {
  if (c.op === "formula") return formulaOf(c.name).parts.map((p) => p.fact);
  if (c.op === "number" && c.formula && facts[c.fact] === undefined) return [c.fact, ...statedParts(c.formula, facts)];
  return c.op === "same" ? [c.fact, c.other] : [c.fact];
}

function statedParts(name: FormulaName, facts: Facts): string[] {
  const parts = formulaOf(name).parts.flatMap((p) => {
    const deeper = formulaOfTotal(p.fact);
    return facts[p.fact] !== undefined || !deeper ? [p.fact] : statedParts(deeper, facts);
  });
  return parts.filter((fact) => facts[fact] !== undefined);
}

function groupCite(groups: readonly string[], scene: Scene): Cite | undefined {
  const held = groups.flatMap((g) => versionAt(scene.book.groups.get(g)?.versions ?? [], scene.date) ?? []);
  return held.length === 1 ? held[0]!.cite : undefined;
}

function valueText(value: FactValue, unit: string | undefined): string {
  if (typeof value === "boolean" || typeof value === "string") return String(value);
  if (isNumberRange(value)) return formatRange(value, unit);
  if (isPartialSet(value)) return `${value.known.join(", ")} and perhaps others`;
  const list = value as readonly string[];
  return list.length === 0 ? "none" : list.join(", ");
}
