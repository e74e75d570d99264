import type { IsoDate } from "../domain/dates.ts";
import type { Dated, Exception, Regime, Rule, RuleBook, RuleVersion } from "./book.ts";

/**
 * The law as one could know it on `day`: versions of rules count once they are announced, published or in force,
 * whichever comes first, and changes of status, listings and practice from their own day. Paragraphs, definitions,
 * groups and exceptions carry no day of announcement: they were known with the earliest rule of their regime that begins
 * on the same day. A version whose successor was not yet known still runs on; an end without a successor is kept, as
 * the text of a limited version says it itself.
 */
export function bookKnownOn(book: RuleBook, day: IsoDate): RuleBook {
  const regimes = new Map([...book.regimes].map(([id, r]) => [id, regimeKnownOn(r, day)]));
  const announced = new Map([...book.regimes].map(([id, r]) => [id as string, announcements(r)]));
  const known = <T extends Dated>(key: string, versions: readonly T[]): T[] => {
    const firstKnown = announced.get(key.slice(0, 3));
    return knownVersions(versions, (v) => firstKnown?.get(v.from) ?? v.from, day);
  };
  return {
    ...book,
    regimes,
    terms: new Map([...book.terms].map(([key, t]) => [key, { ...t, versions: known(key, t.versions) }])),
    groups: new Map([...book.groups].map(([key, g]) => [key, { ...g, versions: known(key, g.versions) }])),
    listings: book.listings.filter((l) => l.from <= day),
  };
}

/** The first day on which a version of a rule could be known. */
function knownFrom(v: RuleVersion): IsoDate {
  return [v.announced, v.published].reduce<IsoDate>((a, b) => (b !== undefined && b < a ? b : a), v.from);
}

/** By the day on which versions begin, the first day on which a rule that begins then could be known. */
function announcements(regime: Regime): Map<IsoDate, IsoDate> {
  const first = new Map<IsoDate, IsoDate>();
  for (const v of regime.rules.flatMap((r) => r.versions)) {
    const day = knownFrom(v);
    const before = first.get(v.from);
    if (before === undefined || day < before) first.set(v.from, day);
  }
  return first;
}

function regimeKnownOn(regime: Regime, day: IsoDate): Regime {
  const announced = announcements(regime);
  const isKnown = (e: Exception): boolean => e.from === undefined || (announced.get(e.from) ?? e.from) <= day;
  const rules = regime.rules.map((rule): Rule => {
    const versions = knownVersions(rule.versions, knownFrom, day).map((v) => ({
      ...v,
      status: v.status.filter((s) => s.from <= day),
    }));
    return { ...rule, versions, exceptions: rule.exceptions.filter(isKnown) };
  });
  return { ...regime, rules, practice: regime.practice.filter((p) => p.from <= day) };
}

function knownVersions<T extends Dated>(versions: readonly T[], knownOn: (v: T) => IsoDate, day: IsoDate): T[] {
  const isKnown = (v: T): boolean => v.from <= day || knownOn(v) <= day;
  return versions.filter(isKnown).map((v) => {
    const successor = versions.find((w) => w.from === v.until);
    if (successor === undefined || isKnown(successor)) return v;
    const { until: _unknown, ...rest } = v;
    return rest as T;
  });
}
