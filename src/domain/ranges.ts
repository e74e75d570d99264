/** A closed range of reals; `low === high` is an exact figure. Shares run from 0 to 1. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export const ZERO: Range = { low: 0, high: 0 };

/** Sums of decimal shares carry binary dust; results are rounded to this many decimals. */
const DECIMALS = 10;

export function round(x: number): number {
  const f = 10 ** DECIMALS;
  const r = Math.round(x * f) / f;
  return Object.is(r, -0) ? 0 : r;
}

export function exact(x: number): Range {
  return { low: x, high: x };
}

export function add(a: Range, b: Range): Range {
  return { low: round(a.low + b.low), high: round(a.high + b.high) };
}

export function sum(ranges: Iterable<Range>): Range {
  let low = 0;
  let high = 0;
  for (const r of ranges) {
    low += r.low;
    high += r.high;
  }
  return { low: round(low), high: round(high) };
}

/** The smallest range that holds both. */
export function hull(a: Range, b: Range): Range {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** Both ends held to `[0, 1]`. */
export function clampShare(r: Range): Range {
  return { low: Math.min(1, Math.max(0, r.low)), high: Math.min(1, Math.max(0, r.high)) };
}

/** `[0, r.high]`: what a part of unknown size contributes. */
export function upTo(r: Range): Range {
  return { low: 0, high: r.high };
}
