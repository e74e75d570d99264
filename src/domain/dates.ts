/** A calendar day, `YYYY-MM-DD`. Lexical order is chronological order. */
export type IsoDate = string & { readonly __brand: "IsoDate" };

/** Half-open interval of days: `from` belongs to it, `until` does not; a missing end is unbounded. */
export interface Interval {
  readonly from?: IsoDate;
  readonly until?: IsoDate;
}

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** The day that `text` names, or undefined when it is no real calendar day. */
export function parseDate(text: string): IsoDate | undefined {
  const m = PATTERN.exec(text);
  if (!m) return undefined;
  const ms = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  return new Date(ms).toISOString().slice(0, 10) === text ? (text as IsoDate) : undefined;
}

/** The day that `text` names; for literals in code and tests. Throws RangeError on anything else. */
export function isoDate(text: string): IsoDate {
  const d = parseDate(text);
  if (d === undefined) throw new RangeError(`\`${text}\` is not a calendar day of the form YYYY-MM-DD`);
  return d;
}

/** Days since 1970-01-01. */
export function dayNumber(d: IsoDate): number {
  return Date.parse(`${d}T00:00:00Z`) / DAY_MS;
}

/** The day of that number. */
export function dayOfNumber(n: number): IsoDate {
  return new Date(n * DAY_MS).toISOString().slice(0, 10) as IsoDate;
}

/** The day before. */
export function dayBefore(d: IsoDate): IsoDate {
  return dayOfNumber(dayNumber(d) - 1);
}

/** `to - from` in days. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Whether `d` lies in `[from, until)`. */
export function within(d: IsoDate, { from, until }: Interval): boolean {
  return (from === undefined || d >= from) && (until === undefined || d < until);
}

/** Whether two half-open intervals share a day. */
export function overlaps(a: Interval, b: Interval): boolean {
  const startsBefore = (x: Interval, y: Interval) => x.from === undefined || y.until === undefined || x.from < y.until;
  return startsBefore(a, b) && startsBefore(b, a);
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** `1 September 2023`. */
export function longDate(d: IsoDate): string {
  return `${Number(d.slice(8))} ${MONTHS[Number(d.slice(5, 7)) - 1]} ${d.slice(0, 4)}`;
}
