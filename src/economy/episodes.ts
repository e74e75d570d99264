import type { Range } from "../domain/ranges.ts";
import type { Kind } from "../domain/sourced.ts";

/** A row of an episode, as packs give it. */
export interface EpisodeFigure {
  readonly topic: string;
  readonly metric: string;
  readonly state?: string;
  readonly partner?: string;
  readonly period: string;
  readonly value: Range | null;
  readonly text?: string;
  readonly unit: string;
  readonly source: string;
  readonly kind: Kind;
  readonly note?: string;
}

/** `across` is a period in which the measure began or ended. */
export type Phase = "before" | "across" | "during" | "after";

export interface EpisodePoint {
  readonly period: string;
  readonly phase: Phase;
  readonly value: Range;
  readonly source: string;
  readonly kind: Kind;
  readonly note?: string;
}

/** One thing that was counted, over time. */
export interface EpisodeSeries {
  readonly metric: string;
  readonly state?: string;
  readonly partner?: string;
  readonly unit: string;
  readonly points: readonly EpisodePoint[];
  /**
   * From a period before to the first of the same length during: the same season where there is one, else the last before. Null
   * where one of them is not known.
   */
  readonly change: { readonly from: string; readonly to: string; readonly ratio: Range } | null;
}

/** What a source says in words. */
export interface EpisodeFinding {
  readonly metric: string;
  readonly text: string;
  readonly period: string;
  readonly source: string;
  readonly note?: string;
}

/** One state's measure against another, and what trade did before and after. */
export interface Episode {
  readonly title: string;
  readonly sender: string;
  /** Null where it hit all buyers. */
  readonly hit: string | null;
  readonly began: string;
  readonly ended: string | null;
  readonly what: string;
  readonly source: string;
  readonly note?: string;
  readonly series: readonly EpisodeSeries[];
  readonly findings: readonly EpisodeFinding[];
}

const TOPIC = "Episode: ";
/** The row that says who (`partner`) acted on whom (`state`), when and how. */
const MEASURE = "measure";

/** Every episode whose measure the figures give, the earliest first. */
export function episodesOf(figures: readonly EpisodeFigure[]): Episode[] {
  return figures
    .filter((f) => f.metric === MEASURE && f.topic.startsWith(TOPIC) && f.partner !== undefined)
    .map((measure) => {
      const rows = figures.filter((f) => f.topic === measure.topic && f.metric !== MEASURE);
      const [began = "", ended = null] = measure.period.split("/");
      return {
        title: measure.topic.slice(TOPIC.length),
        sender: measure.partner!,
        hit: measure.state ?? null,
        began,
        ended,
        what: measure.text ?? "",
        source: measure.source,
        ...(measure.note !== undefined && { note: measure.note }),
        series: seriesOf(rows, measure.period),
        findings: rows.flatMap((f) => findingOf(f) ?? []),
      };
    })
    .sort((a, b) => compare(a.began, b.began) || compare(a.title, b.title));
}

function findingOf(f: EpisodeFigure): EpisodeFinding | undefined {
  const text = f.text ?? (f.unit === "text" ? f.note : undefined);
  if (text === undefined || f.value !== null) return undefined;
  const note = f.note !== undefined && f.note !== text ? { note: f.note } : {};
  return { metric: f.metric, text, period: f.period, source: f.source, ...note };
}

function seriesOf(rows: readonly EpisodeFigure[], measure: string): EpisodeSeries[] {
  const groups = new Map<string, EpisodeFigure[]>();
  for (const f of rows) {
    if (f.value === null) continue;
    const key = [f.metric, f.state, f.partner, f.unit].join("\n");
    const found = groups.get(key);
    if (found) found.push(f);
    else groups.set(key, [f]);
  }
  return [...groups.values()].map((group) => {
    const { metric, state, partner, unit } = group[0]!;
    const points = group
      .map((f): EpisodePoint => {
        const { period, value, source, kind, note } = f;
        return { period, phase: phaseOf(period, measure), value: value!, source, kind, ...(note && { note }) };
      })
      .sort((a, b) => compare(a.period, b.period));
    const named = { ...(state !== undefined && { state }), ...(partner !== undefined && { partner }) };
    return { metric, ...named, unit, points, change: changeOf(points, unit) };
  });
}

/** Units of which a ratio says nothing. */
const NO_RATIO = new Set(["%", "date", "text", "months", "days", "years"]);

function changeOf(points: readonly EpisodePoint[], unit: string): EpisodeSeries["change"] {
  if (NO_RATIO.has(unit)) return null;
  const before = points.filter((p) => p.phase === "before");
  for (const to of points.filter((p) => p.phase === "during")) {
    const alike = before.filter((p) => length(p.period) === length(to.period) && p.value.low > 0);
    const from = alike.findLast((p) => season(p.period) === season(to.period)) ?? alike.at(-1);
    if (!from) continue;
    const ratio = { low: to.value.low / from.value.high - 1, high: to.value.high / from.value.low - 1 };
    return { from: from.period, to: to.period, ratio };
  }
  return null;
}

/** Where a period stands to a measure; a measure without an end lasts. */
function phaseOf(period: string, measure: string): Phase {
  const [began = "", ended] = measure.split("/");
  const [first, last] = daysOf(period);
  const [beganFirst, beganLast] = daysOf(began);
  if (last < beganFirst) return "before";
  if (first < beganLast) return "across";
  if (ended === undefined) return "during";
  const [, endedLast] = daysOf(ended);
  if (first > endedLast) return "after";
  return last > endedLast ? "across" : "during";
}

/** A period without its years: April of any year is one season. */
function season(period: string): string {
  return period.replace(/\d{4}/g, "");
}

/** How long a period is, in words that are the same for months of 28 and 31 days. */
function length(period: string): string {
  const parts = period.split("/");
  if (parts.length === 1) return period.replace(/^\d+/, "").replace(/\d+/g, "#");
  const [first, last] = daysOf(period);
  return `${Math.round((last - first + 1) / 30.4)} months`;
}

/** First and last day of a period, as day numbers. */
function daysOf(period: string): readonly [number, number] {
  const parts = period.split("/");
  const [from, to] = [parts[0]!, parts.at(-1)!];
  return [firstDay(from), lastDay(to)];
}

const STARTS: Readonly<Record<string, string>> = { Q1: "01", Q2: "04", Q3: "07", Q4: "10", H1: "01", H2: "07" };
const MONTHS_OF: Readonly<Record<string, number>> = { Q: 3, H: 6 };

function firstDay(part: string): number {
  const year = part.slice(0, 4);
  const rest = part.slice(4);
  if (rest === "") return day(`${year}-01-01`);
  if (rest.startsWith("-")) return day(rest.length === 3 ? `${part}-01` : part);
  return day(`${year}-${STARTS[rest]}-01`);
}

function lastDay(part: string): number {
  const rest = part.slice(4);
  if (rest.length === 6) return day(part);
  const months = rest === "" ? 12 : (MONTHS_OF[rest[0]!] ?? 1);
  return firstDayAfter(firstDay(part), months) - 1;
}

function firstDayAfter(first: number, months: number): number {
  const start = new Date(first * 86_400_000);
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1) / 86_400_000;
}

function day(text: string): number {
  const [year, month, date] = text.split("-").map(Number);
  return Date.UTC(year!, month! - 1, date!) / 86_400_000;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
