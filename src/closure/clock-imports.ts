import type { IsoDate } from "../domain/dates.ts";
import { hull, type Range, round } from "../domain/ranges.ts";
import type { Figure } from "../supply/pack.ts";
import type { UnitedWindow } from "./assessment.ts";
import type { SeriesName } from "./case.ts";

/** Months since year 0. */
type Month = number;

interface Stretch {
  readonly from: Month;
  readonly until: Month;
  readonly figure: Figure;
}

/** `2022`, `2023Q3`, `2023-07`, `2023-01/2023-07` and `2023-01..07` as months `[from, until)`; undefined for anything else. */
function stretchOf(period: string): { from: Month; until: Month } | undefined {
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
export function measureImports(
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
  const perMonth = twelve && perMonthOf(twelve, 12);
  const baseline = perMonth && { low: perMonth.low * months, high: perMonth.high * months };
  const compared = pairs.reduce((n, p) => n + p.now.until - p.now.from, 0);
  const overYear = yearEarlier && above(total(pairs.map((p) => p.now)), yearEarlier);
  const overTwelve = baseline && above(value, baseline);
  const known = (list: readonly (Range | null)[]) => list.filter((x) => x !== null);
  const excesses = known([overYear, overTwelve]);
  const inMonths = known([
    overYear && yearEarlier && monthsOf(overYear, perMonthOf(yearEarlier, compared)),
    overTwelve && perMonth && monthsOf(overTwelve, perMonth),
  ]);
  const gaps = missingMonths(inside, start, end);
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
    excess: excesses.length > 0 ? rounded(excesses.reduce(hull)) : null,
    excessOver: { yearEarlier: overYear && rounded(overYear), twelveMonthsBefore: overTwelve && rounded(overTwelve) },
    months: { measured: months, of: end - start, missing: gaps },
    monthsOfNormalSupply: inMonths.length > 0 ? rounded(inMonths.reduce(hull)) : null,
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
    const months = fits ? stretchOf(figure.period) : undefined;
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

function perMonthOf(r: Range, months: number): Range {
  return { low: r.low / months, high: r.high / months };
}

/** An excess in months of a normal month's supply; null where nothing at all may have been normal. */
function monthsOf(excess: Range, normal: Range): Range | null {
  if (normal.low <= 0) return null;
  const ends = [excess.low, excess.high].flatMap((x) => [x / normal.low, x / normal.high]);
  return { low: Math.min(...ends), high: Math.max(...ends) };
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
