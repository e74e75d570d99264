/** One benchmark's outcome: what is printed, and what `bench/results/NAME.json` holds. */
export interface BenchTable {
  readonly name: string;
  readonly columns: string[];
  readonly rows: (string | number)[][];
  /** What was compared, on what, and which peers are missing. */
  readonly notes: string[];
}

/** Times of several runs of the same work, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Runs `fn` `warmup` times untimed and `runs` times timed. */
export async function timed(
  fn: () => unknown,
  { runs = 5, warmup = 1 }: { readonly runs?: number; readonly warmup?: number } = {},
): Promise<Timing> {
  if (!(runs >= 1)) throw new RangeError(`\`${runs}\` runs give no time`);
  for (let i = 0; i < warmup; i++) await fn();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await fn();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const middle = (runs - 1) / 2;
  const median = (times[Math.floor(middle)]! + times[Math.ceil(middle)]!) / 2;
  return { median, min: times[0]!, max: times.at(-1)! };
}

/** The table as aligned text: numbers to the right, words to the left, notes below. */
export function formatTable({ name, columns, rows, notes }: BenchTable): string {
  const cells = [columns, ...rows.map((row) => row.map(formatCell))];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? "").length)));
  const numeric = columns.map((_, i) => rows.some((row) => typeof row[i] === "number"));
  const lines = cells.map((row) =>
    widths
      .map((width, i) => (numeric[i] ? (row[i] ?? "").padStart(width) : (row[i] ?? "").padEnd(width)))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [
    name,
    "",
    lines[0]!,
    rule,
    ...lines.slice(1),
    ...notes.map((note, i) => (i === 0 ? "\n" : "") + note),
    "",
  ].join("\n");
}

/** Whole numbers as they are; others with three significant digits. */
function formatCell(value: string | number): string {
  if (typeof value === "string") return value;
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** Prints the table to stdout. */
export function printTable(table: BenchTable): void {
  process.stdout.write(`${formatTable(table)}\n`);
}
