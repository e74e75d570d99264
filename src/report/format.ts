import type { IsoDate } from "../domain/dates.ts";
import { longDate } from "../domain/dates.ts";
import type { Range } from "../domain/ranges.ts";

/** What pages say where a value is not there; never 0. */
export const NOT_KNOWN = "not known";
export const NOT_MEASURED = "not measured";

/** Shares are sums of decimal figures: what misses a threshold by less than this reaches it, as in the counts of the answer. */
const TOLERANCE = 1e-4;

/** Whether a share counts as reaching a threshold. */
export function reaches(share: number, threshold: number): boolean {
  return share >= threshold - TOLERANCE;
}

export interface PercentOptions {
  /** A share below it is never rounded up to it: with 0.9, 0.897 shows as 89. */
  readonly threshold?: number;
  /** Between the ends; `-` in plain text, an en dash in typeset pages. */
  readonly dash?: string;
}

/**
 * A range of shares (0 to 1) in per cent without the sign: `0`, `40-60`, `<1`, `>99`. Ends are rounded to whole per cent, never
 * up to a threshold that they miss; 0 and 100 alone are shown only where they are exact.
 */
export function percent(r: Range, { threshold, dash = "-" }: PercentOptions = {}): string {
  const low = wholePercent(r.low, threshold);
  const high = wholePercent(r.high, threshold);
  if (low !== high) return joinEnds(String(low), String(high), dash, r.low < 0);
  if (low === 0 && r.high > 0) return "<1";
  if (low === 100 && r.low < 1) return ">99";
  return String(low);
}

function wholePercent(share: number, threshold: number | undefined): number {
  const whole = Math.round(share * 100);
  const missed = threshold !== undefined && !reaches(share, threshold) && whole >= threshold * 100;
  const shown = missed ? Math.ceil(threshold * 100) - 1 : whole;
  return shown === 0 ? 0 : shown;
}

/** `percent` with the sign; null is `not known`. */
export function percentText(r: Range | null, options: PercentOptions = {}): string {
  return r === null ? NOT_KNOWN : `${percent(r, options)}%`;
}

function joinEnds(low: string, high: string, dash: string, negative: boolean): string {
  return `${low}${negative ? " to " : dash}${high}`;
}

const STEPS = [
  { factor: 1e9, suffix: "bn" },
  { factor: 1e6, suffix: "m" },
  { factor: 1e3, suffix: "k" },
  { factor: 1, suffix: "" },
] as const;
type Step = (typeof STEPS)[number];

/** A range of US dollars: `$2.1bn`, `$0.6-0.9bn`, `$4m-2.1bn`, `-$0.3bn to $0.5bn`. */
export function money(usd: Range, dash = "-"): string {
  const step = stepFor(Math.max(Math.abs(usd.low), Math.abs(usd.high)));
  const lowStep = rounded(usd.low, step) === "0" ? stepFor(Math.abs(usd.low)) : step;
  const high = `${rounded(usd.high, step)}${step.suffix}`;
  const low = `${rounded(usd.low, lowStep)}${lowStep.suffix}`;
  if (low === high) return signed(usd.high, high);
  if (usd.low < 0) return `${signed(usd.low, low)} to ${signed(usd.high, high)}`;
  const sameStep = lowStep === step || usd.low === 0;
  return `$${sameStep ? rounded(usd.low, step) : low}${dash}${high}`;
}

function signed(value: number, text: string): string {
  return `${value < 0 && !/^0\D*$/.test(text) ? "-" : ""}$${text}`;
}

function stepFor(absolute: number): Step {
  return STEPS.find((s) => absolute / s.factor >= 0.9995) ?? STEPS[3];
}

function rounded(value: number, { factor, suffix }: Step): string {
  return decimal(Math.abs(value) / factor, suffix === "" ? 0 : 1);
}

/** At most one decimal below 10, whole above, thousands apart: `2.1`, `34`, `1,200`. */
function decimal(value: number, digitsBelowTen = 1): string {
  const digits = Math.abs(value) < 9.95 ? digitsBelowTen : 0;
  const [whole, fraction] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = fraction === undefined || /^0*$/.test(fraction) ? grouped : `${grouped}.${fraction}`;
  return value < 0 && text !== "0" ? `-${text}` : text;
}

/** A plain number range: `3-5`, `1,200`. */
export function numberRange(r: Range, dash = "-"): string {
  const low = decimal(r.low);
  const high = decimal(r.high);
  return low === high ? low : joinEnds(low, high, dash, r.low < 0);
}

const USD_UNITS: Readonly<Record<string, number>> = { USD: 1, "USD k": 1e3, "USD m": 1e6, "USD bn": 1e9 };

/** A range with its unit; dollars become `$`, null is `not measured`. */
export function amount(r: Range | null, unit: string, dash = "-"): string {
  if (r === null) return NOT_MEASURED;
  const factor = USD_UNITS[unit];
  if (factor !== undefined) return money({ low: r.low * factor, high: r.high * factor }, dash);
  return `${numberRange(r, dash)} ${unit}`.trim();
}

/** `7 Oct 2022`; null is `not known`. */
export function shortDate(d: IsoDate | null): string {
  if (d === null) return NOT_KNOWN;
  const [day, month, year] = longDate(d).split(" ");
  return `${day} ${month!.slice(0, 3)} ${year}`;
}

/** `1 class`, `7 classes`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${decimal(n, 0)} ${n === 1 ? one : many}`;
}
