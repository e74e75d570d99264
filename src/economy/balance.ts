/** What one country makes and buys in a year, as far as trade shows it, and what its accounts are thought to be. Money in one unit. */
export interface UnbalancedAccounts {
  /** Output of each sector, sales at home and abroad. */
  readonly output: Float64Array;
  /** Spending on each sector at what buyers pay, tariffs included. */
  readonly spending: Float64Array;
  /** First guess of what `j` uses of `k`; at `j * J + k`. */
  readonly uses: Float64Array;
  /** First guess of the value added of each sector. */
  readonly valueAdded: Float64Array;
  /** First guess of final spending on each sector. */
  readonly final: Float64Array;
}

/** The same accounts in balance, and how far they were from it. */
export interface BalancedAccounts {
  readonly uses: Float64Array;
  readonly valueAdded: Float64Array;
  readonly final: Float64Array;
  readonly rounds: number;
  /** Largest gap between a row or column and its total, as a part of that total, of the first guess and at the end. */
  readonly gapBefore: number;
  readonly gapAfter: number;
  /** Part of output and spending that the first guess put elsewhere: the sum of gaps over the sum of totals. */
  readonly misplaced: number;
  /** Sectors bought for which the guess had no use, and sectors made for which it had no cost. */
  readonly rowsWithoutGuess: readonly number[];
  readonly columnsWithoutGuess: readonly number[];
}

const TOLERANCE = 1e-12;
const MOST_ROUNDS = 20_000;

/**
 * Brings uses, value added and final spending into balance: what is used and finally spent on a sector adds up to `spending`, what
 * a sector uses and its value added add up to `output`. Rows (uses and final spending) and columns (uses and value added) are scaled in
 * turn (RAS; Stone and Brown 1962, Bacharach 1970), which gives the table of least relative entropy to the guess; totals of value
 * added and of final spending follow from the balance. A row without a guess becomes final spending, a column without one value
 * added. Where every sector has some value added and some final spending a balanced table exists, since these take what is left;
 * elsewhere `gapAfter` says whether one was found.
 */
export function balanceAccounts(given: UnbalancedAccounts): BalancedAccounts {
  const J = given.output.length;
  const table: Mutable = {
    uses: given.uses.slice(),
    valueAdded: given.valueAdded.slice(),
    final: given.final.slice(),
  };
  const totals = { output: given.output, spending: given.spending, J };
  const before = gaps(table, totals);
  const rowsWithoutGuess = fillRows(table, totals);
  const columnsWithoutGuess = fillColumns(table, totals);
  let rounds = 0;
  let gap = gaps(table, totals).largest;
  while (gap > TOLERANCE && rounds < MOST_ROUNDS) {
    scaleRows(table, totals);
    scaleColumns(table, totals);
    rounds += 1;
    gap = gaps(table, totals).largest;
  }
  return {
    ...table,
    rounds,
    gapBefore: before.largest,
    gapAfter: gap,
    misplaced: before.misplaced,
    rowsWithoutGuess,
    columnsWithoutGuess,
  };
}

interface Mutable {
  readonly uses: Float64Array;
  readonly valueAdded: Float64Array;
  readonly final: Float64Array;
}

interface Totals {
  readonly output: Float64Array;
  readonly spending: Float64Array;
  readonly J: number;
}

/** Uses of sector `k` and final spending on it. */
function rowSum({ uses, final }: Mutable, k: number, J: number): number {
  let sum = final[k]!;
  for (let j = 0; j < J; j++) sum += uses[j * J + k]!;
  return sum;
}

/** Uses of sector `j` and its value added. */
function columnSum({ uses, valueAdded }: Mutable, j: number, J: number): number {
  let sum = valueAdded[j]!;
  for (let k = 0; k < J; k++) sum += uses[j * J + k]!;
  return sum;
}

function gaps(
  table: Mutable,
  { output, spending, J }: Totals,
): { readonly largest: number; readonly misplaced: number } {
  let largest = 0;
  let off = 0;
  let whole = 0;
  for (let k = 0; k < J; k++) {
    for (const [sum, total] of [
      [rowSum(table, k, J), spending[k]!],
      [columnSum(table, k, J), output[k]!],
    ] as const) {
      const gap = Math.abs(sum - total);
      off += gap;
      whole += total;
      if (gap > 0) largest = Math.max(largest, total > 0 ? gap / total : Infinity);
    }
  }
  return { largest, misplaced: whole > 0 ? off / whole : 0 };
}

function fillRows(table: Mutable, { spending, J }: Totals): number[] {
  const filled: number[] = [];
  for (let k = 0; k < J; k++) {
    if (spending[k]! === 0 || rowSum(table, k, J) > 0) continue;
    table.final[k] = spending[k]!;
    filled.push(k);
  }
  return filled;
}

function fillColumns(table: Mutable, { output, J }: Totals): number[] {
  const filled: number[] = [];
  for (let j = 0; j < J; j++) {
    if (output[j]! === 0 || columnSum(table, j, J) > 0) continue;
    table.valueAdded[j] = output[j]!;
    filled.push(j);
  }
  return filled;
}

function scaleRows(table: Mutable, { spending, J }: Totals): void {
  for (let k = 0; k < J; k++) {
    const sum = rowSum(table, k, J);
    const factor = sum > 0 ? spending[k]! / sum : 0;
    table.final[k]! *= factor;
    for (let j = 0; j < J; j++) table.uses[j * J + k]! *= factor;
  }
}

function scaleColumns(table: Mutable, { output, J }: Totals): void {
  for (let j = 0; j < J; j++) {
    const sum = columnSum(table, j, J);
    const factor = sum > 0 ? output[j]! / sum : 0;
    table.valueAdded[j]! *= factor;
    for (let k = 0; k < J; k++) table.uses[j * J + k]! *= factor;
  }
}
