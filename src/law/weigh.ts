import type { IsoDate } from "../domain/dates.ts";
import { POLICIES, type Policy } from "../domain/verdicts.ts";
import type { Exception, Rule } from "./book.ts";
import type { Kleene } from "./kleene.ts";
import type { Effect } from "./schema.ts";
import type { OpenRule } from "./specialise.ts";

/**
 * How hard a requirement is: 0 no licence, 1 licence with approval, 2 case by case (or no stated policy), 3 presumption of
 * denial, 4 denial, 5 prohibited. Requirements of different rules accumulate, and the strictest decides.
 */
export type Severity = 0 | 1 | 2 | 3 | 4 | 5;

/** The range of the regime's answer when `subject` and the parts of its rules are known to this extent. */
export interface Weight {
  readonly subject: Kleene;
  readonly atLeast: Severity;
  readonly atMost: Severity;
}

/** What a regime's parts come to, each of them true, false or open; whatever form they have. */
export interface Weighable<R> {
  readonly date: IsoDate;
  readonly subject: R;
  readonly rules: readonly OpenRule<R>[];
  readonly holes: readonly R[];
}

/**
 * The range of severities without findings; `truth` says how far a part is known. Exceptions that collide leave every
 * severity between theirs: only a transaction, not a supposed completion of one, makes the fault an error.
 */
export function weigh<R>(parts: Weighable<R>, truth: (part: R) => Kleene): Weight {
  const subject = truth(parts.subject);
  if (subject === false) return { subject, atLeast: 0, atMost: 0 };
  let atLeast: Severity = 0;
  let atMost: Severity = parts.holes.some((h) => truth(h) !== false) ? 5 : 0;
  for (const open of parts.rules) {
    const range = weighRule(open, subject, truth);
    if (range.atLeast > atLeast) atLeast = range.atLeast;
    if (range.atMost > atMost) atMost = range.atMost;
  }
  return { subject, atLeast, atMost };
}

/** What one enforced rule can require at least and at most. */
export function weighRule<R>(open: OpenRule<R>, subject: Kleene, truth: (part: R) => Kleene): Omit<Weight, "subject"> {
  const holds = truth(open.left);
  if (holds === false) return { atLeast: 0, atMost: 0 };
  const outcome = outcomeOf(open, truth, () => {});
  return holds === true && subject === true ? outcome : { atLeast: 0, atMost: outcome.atMost };
}

/** How hard an effect is by itself. */
export function effectSeverity(effect: Effect, policy: Policy | undefined): Severity {
  if (effect === "no-licence") return 0;
  if (effect === "prohibited") return 5;
  return policy === undefined ? 2 : ((4 - POLICIES.indexOf(policy)) as Severity);
}

/** What a rule comes to after its exceptions, and which of them took part. */
export interface Outcome {
  readonly atLeast: Severity;
  readonly atMost: Severity;
  readonly exceptions: readonly { readonly exception: Exception; readonly applies: boolean | null }[];
}

/** Called with two exceptions that both apply and say different things. */
type OnCollision = (rule: Rule, a: Exception, b: Exception) => void;

/** The effect of a rule that applies, after its exceptions. */
export function outcomeOf<R>(open: OpenRule<R>, truth: (part: R) => Kleene, onCollision: OnCollision): Outcome {
  const { rule, version } = open;
  const own = effectSeverity(version.effect, version.policy);
  return applyExceptions(open, rule.id.slice(rule.id.lastIndexOf("/") + 1), own, truth, onCollision);
}

/**
 * The effect of a rule or exception after those that override it, whatever their order in the file: one that applies
 * replaces the effect, one that is undecided leaves both effects possible, two that apply must be able to agree.
 */
function applyExceptions<R>(
  open: OpenRule<R>,
  id: string,
  own: Severity,
  truth: (part: R) => Kleene,
  onCollision: OnCollision,
): Outcome {
  const taken: { exception: Exception; applies: boolean | null }[] = [];
  const certain: { readonly exception: Exception; readonly outcome: Outcome }[] = [];
  const possible: Outcome[] = [];
  for (const { exception, left } of open.exceptions) {
    if (exception.overrides !== id) continue;
    const applies = truth(left);
    if (applies === false) continue;
    const outcome = applyExceptions(
      open,
      exception.id,
      effectSeverity(exception.effect, exception.policy),
      truth,
      onCollision,
    );
    taken.push({ exception, applies }, ...outcome.exceptions);
    if (applies) certain.push({ exception, outcome });
    else possible.push(outcome);
  }
  if (taken.length === 0) return { atLeast: own, atMost: own, exceptions: taken };
  for (const a of certain) {
    const b = certain.find(({ outcome: o }) => o.atLeast > a.outcome.atMost);
    if (b) onCollision(open.rule, a.exception, b.exception);
  }
  const outcomes = [
    ...(certain.length > 0 ? certain.map((c) => c.outcome) : [{ atLeast: own, atMost: own }]),
    ...possible,
  ];
  return {
    atLeast: Math.min(...outcomes.map((o) => o.atLeast)) as Severity,
    atMost: Math.max(...outcomes.map((o) => o.atMost)) as Severity,
    exceptions: taken,
  };
}
