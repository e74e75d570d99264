import type { IsoDate } from "../domain/dates.ts";
import { within } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { Policy } from "../domain/verdicts.ts";
import { findRule, type Rule, type RuleBook, type RuleVersion, type TermVersion } from "../law/book.ts";
import { ALWAYS, type Condition } from "../law/condition.ts";

/**
 * How large a change of law is, the smallest first: one number, date or policy word; an exclusion, limb or stay dropped; a
 * state that joins with the law that it has; an entry of another member adopted; an entry widened past a limb that parts the
 * class and by which nobody knows its split; a layer added to a rule.
 */
export const MEND_STEPS = ["number", "exclusion", "joining", "adoption", "widening", "layer"] as const;
export type MendStep = (typeof MEND_STEPS)[number];

/** Where words stand: a rule's `applies` or `when`, or a paragraph's or definition's `when`, and the way down to them. */
export interface WordsPlace {
  /** Id of a rule, code of a paragraph or key of a definition. */
  readonly in: string;
  readonly part: "applies" | "when";
  /** Indexes into the lists of `all` and `any`; 0 goes into `not`. */
  readonly path: readonly number[];
}

/** One change of law as data: together with the rule book of the day it can be made and the law asked again. */
export type LawChange =
  /** Words of a condition replaced, in the form of a rule file; `becomes` is empty where they are dropped. */
  | ({ readonly change: "words"; readonly rule: string; readonly was: string; readonly becomes: string } & WordsPlace)
  | {
      readonly change: "policy";
      readonly rule: string;
      /** The exception whose policy it is, where not the rule's own. */
      readonly exception?: string;
      readonly was: Policy | null;
      readonly becomes: Policy;
    }
  | { readonly change: "exception"; readonly rule: string; readonly exception: string }
  | { readonly change: "stay"; readonly rule: string }
  /** What the rule says from a later day on, said at once. */
  | { readonly change: "date"; readonly rule: string; readonly textOf: IsoDate }
  | { readonly change: "adopt"; readonly rule: string; readonly state: State }
  | { readonly change: "join"; readonly state: State };

/** A change of the text of a rule, as against one of who belongs or adopts. */
export type TextChange = Exclude<LawChange, { readonly change: "adopt" | "join" }>;

/**
 * The book with one change made in what is in force on the day; everything else is shared with `book`. `to` is the condition
 * that `becomes` stands for.
 */
export function applyChange(book: RuleBook, date: IsoDate, change: TextChange, to: Condition = ALWAYS): RuleBook {
  const rule = findRule(book, change.rule);
  if (!rule) throw new RangeError(`no rule \`${change.rule}\``);
  switch (change.change) {
    case "words":
      return applyWords(book, date, rule, change, to);
    case "policy":
      return withRule(book, withPolicy(rule, date, change.becomes, change.exception));
    case "exception":
      return withRule(book, { ...rule, exceptions: withoutException(rule, change.exception) });
    case "stay":
      return withRule(book, { ...rule, versions: onDate(rule.versions, date, (v) => ({ ...v, status: [] })) });
    case "date":
      return advance(book, rule, date, change.textOf);
  }
}

function applyWords(book: RuleBook, date: IsoDate, rule: Rule, place: WordsPlace, to: Condition): RuleBook {
  const edit = (c: Condition) => replaceAt(c, place.path, to);
  if (place.in !== rule.id) {
    const term = book.terms.get(place.in);
    if (!term) throw new RangeError(`no paragraph or definition \`${place.in}\``);
    const versions = onDate(term.versions, date, (v): TermVersion => ({ ...v, when: edit(v.when) }));
    return { ...book, terms: new Map(book.terms).set(place.in, { ...term, versions }) };
  }
  if (place.part === "applies") return withRule(book, { ...rule, applies: edit(rule.applies) });
  const versions = onDate(rule.versions, date, (v): RuleVersion => ({ ...v, when: edit(v.when) }));
  return withRule(book, { ...rule, versions });
}

/** The condition with the part at the end of the path replaced; throws RangeError where the path leads nowhere. */
function replaceAt(c: Condition, path: readonly number[], to: Condition): Condition {
  const [first, ...rest] = path;
  if (first === undefined) return to;
  if (c.op === "not") return { op: "not", of: replaceAt(c.of, rest, to) };
  if ((c.op !== "all" && c.op !== "any") || c.of[first] === undefined) throw new RangeError("no such part");
  return { op: c.op, of: c.of.map((x, i) => (i === first ? replaceAt(x, rest, to) : x)) };
}

function withPolicy(rule: Rule, date: IsoDate, policy: Policy, exception: string | undefined): Rule {
  if (exception === undefined) {
    return {
      ...rule,
      versions: onDate(rule.versions, date, (v): RuleVersion => ({ ...v, effect: "licence-required", policy })),
    };
  }
  return {
    ...rule,
    exceptions: rule.exceptions.map((e) => (e.id === exception ? { ...e, effect: "licence-required", policy } : e)),
  };
}

/** What overrides the exception that goes, goes with it. */
function withoutException(rule: Rule, id: string): Rule["exceptions"] {
  const gone = new Set([id]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const e of rule.exceptions) {
      if (gone.has(e.id) || !gone.has(e.overrides)) continue;
      gone.add(e.id);
      grown = true;
    }
  }
  return rule.exceptions.filter((e) => !gone.has(e.id));
}

/** The rule and the paragraphs and definitions of its regime that say something else on the later day, with the later words. */
function advance(book: RuleBook, rule: Rule, date: IsoDate, later: IsoDate): RuleBook {
  const terms = new Map(book.terms);
  for (const [key, term] of book.terms) {
    if (key.slice(0, 3) !== rule.regime) continue;
    const then = term.versions.find((v) => within(later, v));
    if (then && !within(date, then)) terms.set(key, { ...term, versions: moved(term.versions, then, date) });
  }
  const then = rule.versions.find((v) => within(later, v));
  const versions = then && !within(date, then) ? moved(rule.versions, then, date) : rule.versions;
  return withRule({ ...book, terms }, { ...rule, versions });
}

/** The later version from `date` on; the earlier ones end there. */
function moved<T extends { readonly from: IsoDate; readonly until?: IsoDate }>(
  versions: readonly T[],
  then: T,
  date: IsoDate,
): T[] {
  const { until: _until, ...open } = then;
  const before = versions.filter((v) => v.from < date).map((v) => ({ ...v, until: date }));
  return [...before, { ...open, from: date } as T];
}

function onDate<T extends { readonly from: IsoDate; readonly until?: IsoDate }>(
  versions: readonly T[],
  date: IsoDate,
  edit: (version: T) => T,
): T[] {
  return versions.map((v) => (within(date, v) ? edit(v) : v));
}

function withRule(book: RuleBook, rule: Rule): RuleBook {
  const regime = book.regimes.get(rule.regime)!;
  const rules = regime.rules.map((r) => (r.id === rule.id ? rule : r));
  return { ...book, regimes: new Map(book.regimes).set(rule.regime, { ...regime, rules }) };
}
