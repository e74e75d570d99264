import { daysBetween, type IsoDate, within } from "../domain/dates.ts";
import { formatPlace, InputError } from "../domain/errors.ts";
import type { State } from "../domain/states.ts";
import {
  type Evidence,
  type Layer,
  POLICIES,
  type Policy,
  type Status,
  type Verdict,
  weakest,
} from "../domain/verdicts.ts";
import type { Cite, Exception, Practice, Regime, Rule, RuleBook, RuleVersion } from "./book.ts";
import type { Condition, Facts } from "./condition.ts";
import { closeClaims } from "./facts.ts";
import { evaluate, missingOf, paragraphsUnder, type Scene, sceneOf, versionAt } from "./kleene.ts";
import { evaluateResidual, type OpenRule, type Prepared, prepare } from "./specialise.ts";
import { outcomeOf, type Severity } from "./weigh.ts";

export type { Severity } from "./weigh.ts";

/** What one rule does to the transaction. `atLeast` is certain, `atMost` possible while facts are missing. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly layer: Layer;
  readonly atLeast: Severity;
  readonly atMost: Severity;
  readonly cite: Cite;
  readonly evidence: Evidence;
  /** Exceptions that took part, with certainty or possibly. */
  readonly exceptions: readonly { readonly id: string; readonly cite: Cite; readonly applies: boolean | null }[];
  readonly missing: readonly string[];
}

/** One regime's answer. */
export interface RegimeAnswer {
  readonly regime: string;
  readonly verdict: Verdict;
  readonly policy?: Policy;
  readonly atLeast: Severity;
  readonly atMost: Severity;
  readonly findings: readonly Finding[];
  /** Reasons for which text that is not held could matter. */
  readonly holes: readonly { readonly id: string; readonly why: string }[];
  readonly missing: readonly string[];
  /** Rules in the text that are not enforced on the day. */
  readonly suspended: readonly { readonly rule: string; readonly status: Status; readonly cite: Cite }[];
  /** Practice on record for this transaction, only where a licence is required. */
  readonly practice: readonly Practice[];
}

/** Whether the version is enforced on the day: neither stayed nor lapsed. */
export function isEnforced(version: RuleVersion, d: IsoDate): boolean {
  return statusAt(version, d) === undefined;
}

/** Whether what the regime reaches is held in text for the day. */
export function isReachHeld(prepared: Prepared): boolean {
  const { book, regime, date, known } = prepared;
  return !reachIsUnheld(regime, { book, regime: regime.id, date, facts: known });
}

/** The policy that a severity stands for; undefined for none and for prohibited. */
export function policyOf(s: Severity): Policy | undefined {
  return s === 0 || s === 5 ? undefined : POLICIES[4 - s];
}

/** What the regime says of the transaction on the day. A regime that is not in the book is wholly unknown. */
export function judge(book: RuleBook, regime: string, date: IsoDate, facts: Facts): RegimeAnswer {
  const held = book.regimes.get(regime as State);
  return held
    ? judgePrepared(prepare(book, held, date, {}), facts)
    : unheld(regime, `no text of ${regime} law is held`);
}

/** The answer of a regime of which no text is held. */
export function unheld(regime: string, why: string): RegimeAnswer {
  return { ...empty(regime), verdict: "undetermined", atMost: 5, holes: [{ id: `${regime}/text-not-held`, why }] };
}

/** What a prepared regime says once `facts` are added to those that it knows. */
export function judgePrepared(prepared: Prepared, facts: Facts): RegimeAnswer {
  const { book, regime, date, known } = prepared;
  const stated = isEmpty(known) ? facts : { ...known, ...facts };
  const scene: Scene = {
    book,
    regime: regime.id,
    date,
    facts: prepared.claims.length === 0 ? stated : closeClaims(book.facts, stated),
  };
  if (facts["item.classified"] !== undefined) {
    // Assigned list codes decide `matches`, so what was put in before does not hold for them.
    return judgePrepared(prepare(book, regime, date, scene.facts), {});
  }
  if (reachIsUnheld(regime, scene))
    return unheld(regime.id, `what ${regime.id} law reaches on ${date} is not held in text`);
  const subject = evaluateResidual(prepared.subject, scene);
  if (subject === false) return { ...empty(regime.id), verdict: "not-subject" };
  const findings: Finding[] = [];
  const suspended: { rule: string; status: Status; cite: Cite }[] = [];
  for (const open of prepared.rules) {
    const holds = evaluateResidual(open.left, scene);
    if (holds === false) continue;
    const status = statusAt(open.version, date);
    if (status) suspended.push({ rule: open.rule.id, ...status });
    else findings.push(judgeRule(open, holds === true && subject === true, scene));
  }
  const openHoles = prepared.holes.filter((h) => evaluateResidual(h.left, scene) !== false);
  const holes = openHoles.map((h) => h.hole);
  const atLeast = Math.max(0, ...findings.map((f) => f.atLeast)) as Severity;
  const atMost = holes.length > 0 ? 5 : (Math.max(0, ...findings.map((f) => f.atMost)) as Severity);
  return {
    regime: regime.id,
    ...verdictOf(atLeast, atMost),
    atLeast,
    atMost,
    findings,
    holes,
    get missing() {
      const missing = new Set(findings.flatMap((f) => (f.atMost > atLeast ? f.missing : [])));
      if (subject === null && atMost > 0) missingOf(prepared.subject, scene, missing);
      if (atLeast < 5) for (const h of openHoles) missingOf(h.left, scene, missing);
      return [...missing];
    },
    suspended,
    practice: atMost > 0 ? practiceOn(regime, scene) : [],
  };
}

function isEmpty(facts: Facts): boolean {
  for (const _ in facts) return false;
  return true;
}

/** Whether the definition of what the regime reaches is held, but not for that day. */
function reachIsUnheld(held: Regime, scene: Scene): boolean {
  const reach = held.subject === undefined ? undefined : scene.book.terms.get(`${held.id}/${held.subject}`);
  return reach !== undefined && versionAt(reach.versions, scene.date) === undefined;
}

/** The verdict that a range of severities leaves: what is certain at least decides. */
export function verdictOf(atLeast: Severity, atMost: Severity): { verdict: Verdict; policy?: Policy } {
  if (atLeast === 5) return { verdict: "prohibited" };
  const policy = policyOf(atLeast);
  if (policy !== undefined) return { verdict: "licence-required", policy };
  return { verdict: atMost > 0 ? "undetermined" : "no-licence" };
}

function empty(regime: string): Omit<RegimeAnswer, "verdict"> {
  return { regime, atLeast: 0, atMost: 0, findings: [], holes: [], missing: [], suspended: [], practice: [] };
}

/** Stayed or lapsed on the day, apart from the text; undefined while enforced. */
function statusAt(version: RuleVersion, d: IsoDate): { status: Status; cite: Cite } | undefined {
  const begun = version.status.filter((s) => s.from <= d);
  const last = begun.sort((a, b) => daysBetween(b.from, a.from)).at(-1);
  return last && last.status !== "in-force" ? { status: last.status, cite: last.cite } : undefined;
}

/** What an open rule does. What is missing and how well it is known are worked out when somebody asks. */
function judgeRule(open: OpenRule, certain: boolean, scene: Scene): Finding {
  const { rule, version } = open;
  const outcome = outcomeOf(open, (left) => evaluateResidual(left, scene), refuseCollision);
  return {
    rule: rule.id,
    title: rule.title,
    layer: rule.layer,
    atLeast: certain ? outcome.atLeast : 0,
    atMost: outcome.atMost,
    cite: version.cite,
    exceptions: outcome.exceptions.map(({ exception, applies }) => ({
      id: exception.id,
      cite: exception.cite,
      applies,
    })),
    get evidence() {
      const { textOf } = open;
      return evidenceOf(version, rule, this.exceptions, textOf === undefined ? scene : { ...scene, date: textOf });
    },
    get missing() {
      const missing = new Set<string>();
      const undecided = new Set(outcome.exceptions.flatMap((e) => (e.applies === null ? [e.exception] : [])));
      for (const { exception, left } of open.exceptions) if (undecided.has(exception)) missingOf(left, scene, missing);
      missingOf(open.left, scene, missing);
      return [...missing];
    },
  };
}

function refuseCollision(rule: Rule, a: Exception, b: Exception): never {
  const [first, second] = rule.exceptions.indexOf(a) < rule.exceptions.indexOf(b) ? [a, b] : [b, a];
  throw new InputError([
    {
      code: "colliding-exceptions",
      message: `exceptions \`${first.id}\` (${first.cite.at}) and \`${second.id}\` (${second.cite.at}) of \`${rule.id}\` both apply and say different things`,
      at: second.place(),
      hint: `\`${first.id}\` is at ${formatPlace(first.place())}; let one of them override the other: \`overrides: ${first.id}\``,
    },
  ]);
}

/** The weakest evidence among the rule's clause, the exceptions that took part, and the paragraphs and definitions that it needs. */
function evidenceOf(version: RuleVersion, rule: Rule, exceptions: Finding["exceptions"], scene: Scene): Evidence {
  const found: Evidence[] = [version.cite.evidence, ...exceptions.map((e) => e.cite.evidence)];
  const walk = (c: Condition, scene: Scene): void => {
    if (c.op === "all" || c.op === "any") {
      // Of alternatives only those that hold carry the answer.
      for (const x of c.of) if (c.op === "all" || evaluate(x, scene) !== false) walk(x, scene);
    } else if (c.op === "not") walk(c.of, scene);
    else if (c.op === "term") walkTerm(`${scene.regime}/${c.name}`);
    else if (c.op === "matches") {
      for (const code of c.codes)
        for (const p of paragraphsUnder(scene.book, code))
          if (evaluate({ op: "matches", codes: [p] }, scene) !== false) walkTerm(p);
    } else if (c.op === "in-group") {
      for (const g of c.groups) {
        const v = scene.book.groups.get(g);
        const held = v && versionAt(v.versions, scene.date);
        if (held) found.push(held.cite.evidence);
      }
    }
  };
  const walkTerm = (key: string): void => {
    const term = scene.book.terms.get(key);
    const held = term && versionAt(term.versions, scene.date);
    if (!held) return;
    found.push(held.cite.evidence);
    walk(held.when, sceneOf(key, scene));
  };
  walk(rule.applies, scene);
  walk(version.when, scene);
  return weakest(found)!;
}

function practiceOn(regime: Regime, scene: Scene): Practice[] {
  return regime.practice.filter((p) => within(scene.date, p) && evaluate(p.when, scene) === true);
}
