import { daysBetween, type IsoDate } from "../domain/dates.ts";
import { findRule, type Rule, type RuleBook, type RuleVersion } from "../law/book.ts";
import type { ClockEntry, Stay } from "./assessment.ts";

/**
 * Every version of the rules that the question met, in force by `asOf` or announced by then; the earliest first. Stays that
 * were known of by `asOf` are told.
 */
export function calcClock(book: RuleBook, rules: readonly string[], asOf: IsoDate): ClockEntry[] {
  const entries = [...new Set(rules)].flatMap((id) => {
    const rule = findRule(book, id);
    return (rule?.versions ?? [])
      .filter((v) => v.from <= asOf || (v.announced !== undefined && v.announced <= asOf))
      .map((v) => entryOf(rule!, v, asOf));
  });
  entries.sort((a, b) => (a.inForce < b.inForce ? -1 : a.inForce > b.inForce ? 1 : a.rule < b.rule ? -1 : 1));
  // Older law without a first sign on record began before the rivalry: nobody lags behind it.
  const first = entries.find((e) => e.firstSign !== null)?.inForce;
  return entries.map((e) => ({ ...e, lagDays: first ? Math.max(0, daysBetween(first, e.inForce)) : 0 }));
}

function entryOf(rule: Rule, v: RuleVersion, asOf: IsoDate): ClockEntry {
  const stays = staysOf(v, asOf);
  return {
    rule: rule.id,
    title: rule.title,
    state: rule.regime,
    firstSign: v.firstSign ?? v.announced ?? null,
    firstSignSource: v.firstSignSource ?? (v.firstSign || v.announced ? v.cite.source : null),
    ...(v.announced && { announced: v.announced }),
    published: v.published ?? null,
    inForce: v.from,
    ...(v.lastDelivery && { lastLawfulDelivery: v.lastDelivery }),
    ...(v.lastDeliverySource && { lastLawfulDeliverySource: v.lastDeliverySource }),
    ...(stays.length > 0 && { stays }),
    windowDays: Math.max(0, daysBetween(firstSignOf(v), v.lastDelivery ?? v.from)),
    lagDays: 0,
    evidence: v.cite.evidence,
  };
}

/** First public sign; failing that the announcement, the publication, or the day itself (a window of no days). */
function firstSignOf(v: RuleVersion): IsoDate {
  return v.firstSign ?? v.announced ?? v.published ?? v.from;
}

/** Stretches that began by `asOf` in which the version is stayed or lapsed; the end of each is as the text of the stay has it. */
function staysOf({ status, until: end }: RuleVersion, asOf: IsoDate): Stay[] {
  const changes = [...status].sort((a, b) => (a.from < b.from ? -1 : 1));
  return changes.flatMap((change, i): Stay[] => {
    if (change.status === "in-force" || change.from > asOf) return [];
    const until = changes[i + 1]?.from ?? end ?? null;
    return [{ from: change.from, until, status: change.status, source: change.cite.source }];
  });
}
