import { dayBefore, type IsoDate, within } from "../domain/dates.ts";
import type { Cite, Exception, Regime, Rule, RuleBook, RuleVersion, Saving } from "./book.ts";
import { ALWAYS, type Condition, type Facts, type FactValue } from "./condition.ts";
import { closeClaims } from "./facts.ts";
import { evaluate, type Kleene, type Scene, versionAt } from "./kleene.ts";

/** A version of a rule that judges a transaction on a day, where `given` holds of its claims. */
export interface JudgingVersion {
  readonly version: RuleVersion;
  /** The day whose text is read: the asked day, or the last one before a version that saves. */
  readonly textOf: IsoDate;
  readonly given: Condition;
}

/**
 * The versions of a rule that may judge a transaction on the day; of their `given` one holds at most, and none where a saving
 * leaves the transaction to a day before the rule. What a version saves is judged by the text of the day before it began, and
 * by that text's own savings in turn: an authorisation keeps to the law of its own day as long as every later law saves it.
 */
export function judgingVersions(rule: Rule, asked: IsoDate): readonly JudgingVersion[] {
  const found: JudgingVersion[] = [];
  let textOf = asked;
  let given: Condition = ALWAYS;
  for (;;) {
    const version = versionAt(rule.versions, textOf);
    if (!version) return found;
    const saved = savedBy(version, asked);
    if (!saved) return [...found, { version, textOf, given }];
    found.push({ version, textOf, given: both(given, { op: "not", of: saved }) });
    given = both(given, saved);
    textOf = dayBefore(version.from);
  }
}

function both(a: Condition, b: Condition): Condition {
  return a === ALWAYS ? b : { op: "all", of: [a, b] };
}

/** What has to hold for one of the savings that still help on the day; undefined where none does. */
function savedBy({ savings }: { readonly savings?: readonly Saving[] }, asked: IsoDate): Condition | undefined {
  const live = liveSavings(savings, asked);
  return live.length === 0
    ? undefined
    : live.length === 1
      ? live[0]!.holds
      : { op: "any", of: live.map((s) => s.holds) };
}

/** The savings that still help on the day. */
export function liveSavings(savings: readonly Saving[] | undefined, asked: IsoDate): readonly Saving[] {
  return savings?.filter((s) => s.until === undefined || asked < s.until) ?? [];
}

/** An exception that may apply, the day whose text is read, and what has to hold of claims where it has ended. */
export interface JudgingException {
  readonly exception: Exception;
  readonly textOf: IsoDate;
  readonly given: Condition;
}

/** The exceptions of a text: those in force on its day, and those that ended before and go on for what they save. */
export function judgingExceptions(rule: Rule, textOf: IsoDate, asked: IsoDate): readonly JudgingException[] {
  return rule.exceptions.flatMap((exception): JudgingException[] => {
    if (within(textOf, exception)) return [{ exception, textOf, given: ALWAYS }];
    if (exception.until === undefined || textOf < exception.until) return [];
    const given = savedBy(exception, asked);
    return given ? [{ exception, textOf: dayBefore(exception.until), given }] : [];
  });
}

/** The version that judges the transaction whose claims the scene holds; undefined where a saving leaves none. */
export function judgingVersion(rule: Rule, scene: Scene): JudgingVersion | undefined {
  const versions = judgingVersions(rule, scene.date);
  return (
    versions.find((v) => evaluate(v.given, scene) === true) ?? versions.find((v) => evaluate(v.given, scene) !== false)
  );
}

/** A saving that bears on the transaction. */
export interface SavingInPlay {
  readonly rule: string;
  readonly id: string;
  readonly title: string;
  readonly claim: string;
  /** Whether the transaction states the claim; where it does not, it is not saved. */
  readonly stated: boolean;
  readonly applies: Kleene;
  readonly until?: IsoDate;
  readonly cite: Cite;
}

/** The savings of versions and exceptions that would bear on the transaction without them. */
export function savingsInPlay(book: RuleBook, regime: Regime, date: IsoDate, facts: Facts): SavingInPlay[] {
  const scene: Scene = { book, regime: regime.id, date, facts: closeClaims(book.facts, facts) };
  return regime.rules.flatMap((rule) => {
    const version = versionAt(rule.versions, date);
    if (!version) return [];
    const ended = rule.exceptions.filter((e) => e.until !== undefined && e.until <= date);
    const saving = [
      ...liveSavings(version.savings, date).map((saving) => ({ saving, when: version.when, textOf: date })),
      ...ended.flatMap((e) =>
        liveSavings(e.savings, date).map((saving) => ({ saving, when: e.when, textOf: dayBefore(e.until!) })),
      ),
    ];
    if (saving.length === 0 || evaluate(rule.applies, scene) === false) return [];
    return saving
      .filter(({ when, textOf }) => evaluate(when, { ...scene, date: textOf }) !== false)
      .map(({ saving }) => inPlay(rule.id, saving, facts[saving.claim], scene));
  });
}

function inPlay(rule: string, s: Saving, stated: FactValue | undefined, scene: Scene): SavingInPlay {
  const { id, title, claim, until, cite } = s;
  const applies = evaluate(s.holds, scene);
  return { rule, id, title, claim, stated: stated !== undefined, applies, ...(until !== undefined && { until }), cite };
}
