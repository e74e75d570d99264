import { daysBetween, type IsoDate } from "../domain/dates.ts";
import { hull, type Range, round } from "../domain/ranges.ts";
import { findRule, type RuleBook, type RuleVersion } from "../law/book.ts";
import type { Figure } from "../supply/pack.ts";
import type { ClockEntry, UnitedWindow } from "./assessment.ts";
import type { SeriesName } from "./case.ts";

/** Every version, in force by `asOf`, of the rules that the question met; earliest first. */
export function calcClock(book: RuleBook, rules: readonly string[], asOf: IsoDate): ClockEntry[] {
  const entries = [...new Set(rules)].flatMap((id) => {
    const rule = findRule(book, id);
    return (rule?.versions ?? [])
      .filter((v) => v.from <= asOf)
      .map((v): ClockEntry => {
        const start = firstSignOf(v);
        return {
          rule: id,
          title: rule!.title,
          state: rule!.regime,
          firstSign: v.firstSign ?? v.announced ?? null,
          firstSignSource: v.firstSignSource ?? (v.firstSign || v.announced ? v.cite.source : null),
          published: v.published ?? null,
          inForce: v.from,
          ...(v.lastDelivery && { lastLawfulDelivery: v.lastDelivery }),
          windowDays: Math.max(0, daysBetween(start, v.lastDelivery ?? v.from)),
          lagDays: 0,
          evidence: v.cite.evidence,
        };
      });
  });
  entries.sort((a, b) => (a.inForce < b.inForce ? -1 : a.inForce > b.inForce ? 1 : a.rule < b.rule ? -1 : 1));
  // Older law without a first sign on record began before the rivalry: nobody lags behind it.
  const first = entries.find((e) => e.firstSign !== null)?.inForce;
  return entries.map((e) => ({ ...e, lagDays: first ? Math.max(0, daysBetween(first, e.inForce)) : 0 }));
}

/** First public sign; failing that the announcement, the publication, or the day itself (a window of no days). */
function firstSignOf(v: RuleVersion): IsoDate {
  return v.firstSign ?? v.announced ?? v.published ?? v.from;
}

const CONFOUNDERS = ["trend", "growth of plant capacity"] as const;

/** Members' stock-up windows that overlap, united with the latest of them; imports in it against two baselines. */
export function calcWindow(
  clock: readonly ClockEntry[],
  series: SeriesName | undefined,
  figures: readonly Figure[],
): UnitedWindow | null {
  const spans = clock
    .map((e) => ({ from: e.firstSign ?? e.published ?? e.inForce, until: e.lastLawfulDelivery ?? e.inForce }))
    .filter((s) => s.from < s.until)
    .sort((a, b) => (a.until < b.until ? 1 : -1));
  const latest = spans[0];
  if (!latest) return null;
  let { from } = latest;
  const { until } = latest;
  // Walk back: whatever overlaps the union so far belongs to it.
  for (let grown = true; grown; ) {
    grown = false;
    for (const s of spans) {
      if (s.until >= from && s.from < from) {
        from = s.from;
        grown = true;
      }
    }
  }
  return {
    from,
    until,
    imports: series ? measureImports(from, until, series, figures) : null,
    confounders: CONFOUNDERS,
  };
}

/** Months since year 0. */
type Month = number;

interface Stretch {
  readonly from: Month;
  readonly until: Month;
  readonly figure: Figure;
}

/** `2022`, `2023Q3`, `2023-07`, `2023-01/2023-07` and `2023-01..07` as months `[from, until)`; undefined for anything else. */
function monthsOf(period: string): { from: Month; until: Month } | undefined {
  const month = (y: string, m: string): Month => Number(y) * 12 + Number(m) - 1;
  let m = /^(\d{4})$/.exec(period);
  if (m) return { from: month(m[1]!, "1"), until: month(m[1]!, "13") };
  m = /^(\d{4})Q([1-4])$/.exec(period);
  if (m) return { from: month(m[1]!, "1") + 3 * (Number(m[2]) - 1), until: month(m[1]!, "1") + 3 * Number(m[2]) };
  m = /^(\d{4})H([12])$/.exec(period);
  if (m) return { from: month(m[1]!, "1") + 6 * (Number(m[2]) - 1), until: month(m[1]!, "1") + 6 * Number(m[2]) };
  m = /^(\d{4})-(\d{2})$/.exec(period);
  if (m) return { from: month(m[1]!, m[2]!), until: month(m[1]!, m[2]!) + 1 };
  m = /^(\d{4})-(\d{2})(?:\/|\.\.)(?:(\d{4})-)?(\d{2})$/.exec(period);
  if (m) return { from: month(m[1]!, m[2]!), until: month(m[3] ?? m[1]!, m[4]!) + 1 };
  return undefined;
}

function formatMonth(m: Month): string {
  return `${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, "0")}`;
}

/**
 * Imports in the window against the same months a year earlier and the twelve months before the first sign. A month that no
 * figure covers is named as not measured; null when none is covered.
 */
function measureImports(
  from: IsoDate,
  until: IsoDate,
  name: SeriesName,
  figures: readonly Figure[],
): UnitedWindow["imports"] {
  const series = stretches(name, figures);
  const start = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  const lastDay = until.slice(8) === "01" ? -1 : 0;
  const end = Number(until.slice(0, 4)) * 12 + Number(until.slice(5, 7)) + lastDay;
  const inside = cover(series, start, end);
  if (inside.length === 0) return null;
  const value = total(inside);
  const months = inside.reduce((n, s) => n + s.until - s.from, 0);
  // Months whose counterpart a year earlier is on record are compared with it; the others cannot be.
  const pairs = inside.flatMap((now) => {
    const earlier = cover(series, now.from - 12, now.until - 12);
    return spanOf(earlier) === now.until - now.from ? [{ now, earlier }] : [];
  });
  const yearEarlier = pairs.length > 0 ? total(pairs.flatMap((p) => p.earlier)) : null;
  const before = twelveMonthsNear(series, start);
  const twelve = before ? total(before) : null;
  const perMonth = twelve && { low: twelve.low / 12, high: twelve.high / 12 };
  const baseline = perMonth && { low: perMonth.low * months, high: perMonth.high * months };
  const excesses = [
    ...(yearEarlier ? [above(total(pairs.map((p) => p.now)), yearEarlier)] : []),
    ...(baseline ? [above(value, baseline)] : []),
  ];
  const excess = excesses.length > 0 ? rounded(excesses.reduce(hull)) : null;
  const gaps = missingMonths(inside, start, end);
  const compared = pairs.reduce((n, p) => n + p.now.until - p.now.from, 0);
  const partial = yearEarlier && compared < months ? `; a year earlier measured for ${compared} of these months` : "";
  const stand =
    before && before[0]!.from !== start - 12
      ? `; ${monthSpan(before)} stands for the twelve months before the first sign`
      : "";
  const used = [...inside, ...pairs.flatMap((p) => p.earlier), ...(before ?? [])].map((s) => s.figure);
  return {
    what: name.what,
    class: inside[0]?.figure.class ?? null,
    period: `${formatMonth(start)} to ${formatMonth(end - 1)}`,
    value: rounded(value),
    yearEarlier: yearEarlier && rounded(yearEarlier),
    twelveMonthsBefore: baseline && rounded(baseline),
    excess,
    monthsOfNormalSupply:
      excess && perMonth ? rounded({ low: excess.low / perMonth.high, high: excess.high / perMonth.low }) : null,
    unit: name.unit,
    sources: [...new Set(used.map((f) => f.source))],
    note: `${gaps.length === 0 ? "all months measured" : `${months} of ${end - start} months measured; not measured: ${gaps.join(", ")}`}${partial}${stand}`,
  };
}

function stretches(name: SeriesName, figures: readonly Figure[]): Stretch[] {
  return figures.flatMap((figure) => {
    const fits =
      figure.metric === name.metric &&
      figure.state === name.state &&
      figure.partner === name.partner &&
      figure.unit === name.unit &&
      figure.value;
    const months = fits ? monthsOf(figure.period) : undefined;
    return months ? [{ ...months, figure }] : [];
  });
}

/** Disjoint figures that lie inside `[from, until)` and cover the most months: shortest-path over month ends. */
function cover(series: readonly Stretch[], from: Month, until: Month): Stretch[] {
  const inside = series
    .filter((s) => s.from >= from && s.until <= until)
    .sort((a, b) => a.until - b.until || a.from - b.from);
  const best: { months: number; chosen: Stretch[] }[] = [{ months: 0, chosen: [] }];
  for (let m = from + 1; m <= until; m++) {
    let option = best[m - 1 - from]!;
    for (const s of inside) {
      if (s.until !== m) continue;
      const base = best[s.from - from]!;
      const months = base.months + s.until - s.from;
      // The same months by fewer figures: one figure for a stretch beats a sum of its parts.
      if (months > option.months || (months === option.months && base.chosen.length + 1 < option.chosen.length))
        option = { months, chosen: [...base.chosen, s] };
    }
    best.push(option);
  }
  return best[until - from]?.chosen ?? [];
}

/** Twelve months on record that end with the first sign, or as near to it as figures allow, up to half a year off. */
function twelveMonthsNear(series: readonly Stretch[], start: Month): Stretch[] | null {
  for (const shift of [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6]) {
    const found = cover(series, start - 12 + shift, start + shift);
    if (spanOf(found) === 12) return found;
  }
  return null;
}

function monthSpan(stretches: readonly Stretch[]): string {
  return `${formatMonth(stretches[0]!.from)} to ${formatMonth(stretches.at(-1)!.until - 1)}`;
}

function spanOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((n, s) => n + s.until - s.from, 0);
}

function total(stretches: readonly Stretch[]): Range {
  return stretches.reduce((sum, s) => ({ low: sum.low + s.figure.value!.low, high: sum.high + s.figure.value!.high }), {
    low: 0,
    high: 0,
  });
}

function above(value: Range, baseline: Range): Range {
  return { low: value.low - baseline.high, high: value.high - baseline.low };
}

function rounded(r: Range): Range {
  const f = (x: number) => round(Math.round(x * 1000) / 1000);
  return { low: f(r.low), high: f(r.high) };
}

function missingMonths(inside: readonly Stretch[], from: Month, until: Month): string[] {
  const out: string[] = [];
  for (let m = from; m < until; m++) if (!inside.some((s) => s.from <= m && m < s.until)) out.push(formatMonth(m));
  return out;
}
