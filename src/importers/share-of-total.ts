/** Rows may add up to this part of a rounded total before its rounding makes a range of every share. */
export const ROUNDED_TOTAL = 1.02;

/** Cells of a share. */
export type ShareCells = { readonly value: string } | { readonly low: string; readonly high: string };

/**
 * `quantity / total` in per cent; where the rows add up to more than the total (`sum`), which the publisher rounded, the
 * share lies between `quantity / sum` and `quantity / total`.
 */
export function shareOfTotal(quantity: number, sum: number, total: number): ShareCells {
  if (sum / total <= ROUNDED_TOTAL) return { value: inPercent(quantity / total) };
  return { low: inPercent(quantity / sum), high: inPercent(quantity / total) };
}

/** A part as per cent with at most four decimals. */
export function inPercent(part: number): string {
  return String(Number((part * 100).toFixed(4)));
}
