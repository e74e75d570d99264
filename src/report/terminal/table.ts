import { cleanText } from "../clean-text.ts";
import type { PageStyle } from "./page-style.ts";
import { displayWidth, pad, wrap } from "./text-layout.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Columns that may wrap give way down to this width; others are as wide as their longest cell. */
  readonly wrapFrom?: number;
  /** No wider than this even where there is room. */
  readonly most?: number;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

const GAP = 2;
const INDENT = 1;
const HANG = 3;

/** A table as the lines of its head and of each row, in at most `style.width` columns: wrapping columns give way first, then columns are dropped from the right. */
export function layTable({ columns, rows }: Table, style: PageStyle): { head: string[]; body: string[][] } {
  const widths = fitColumns({ columns, rows }, style.width);
  const line = (
    cells: readonly string[],
    lines: (text: string, width: number, column: number) => string[],
  ): string[][] => {
    const wrapped = widths.map((w, i) => lines(cells[i] ?? "", w, i));
    const height = Math.max(...wrapped.map((w) => w.length));
    return Array.from({ length: height }, (_, k) =>
      wrapped.map((w, i) => pad(w[k] ?? "", widths[i]!, columns[i]!.align)),
    );
  };
  const { bold, dim } = style.colours;
  const titles = line(
    columns.map((c) => c.title),
    (text, w) => wrap(text, w),
  );
  const head = titles.map((cells) => join(cells.map((c, i) => paintText(c, i === 0 ? bold : dim))));
  const body = rows.map((row) => line(row, (text, w, i) => (i === 0 ? hanging(text, w) : wrap(text, w))).map(join));
  return { head, body };
}

/** The table as lines. */
export function drawTable(table: Table, style: PageStyle): string[] {
  const { head, body } = layTable(table, style);
  return [...head, ...body.flat()];
}

/** Colours the text and not the spaces around it. */
function paintText(cell: string, paint: (text: string) => string): string {
  const text = cell.trim();
  return text === "" ? cell : cell.replace(text, () => paint(text));
}

function join(cells: readonly string[]): string {
  return cells.join(" ".repeat(GAP)).trimEnd();
}

/** The first cell of a row, set in from its title, and its further lines more so. */
function hanging(text: string, width: number): string[] {
  const [first, ...rest] = wrap(text, width - HANG, width - INDENT);
  return [" ".repeat(INDENT) + first, ...rest.map((l) => " ".repeat(HANG) + l)];
}

/** Widths of the columns that are kept. */
function fitColumns({ columns, rows }: Table, width: number): number[] {
  const natural = columns.map((c, i) =>
    Math.min(
      c.most ?? width,
      Math.max(displayWidth(c.title), ...rows.map((r) => displayWidth(cleanText(r[i] ?? "")) + (i === 0 ? INDENT : 0))),
    ),
  );
  for (let kept = columns.length; kept > 1; kept--) {
    const widths = natural.slice(0, kept);
    let excess = widths.reduce((sum, w) => sum + w, 0) + GAP * (kept - 1) - width;
    for (let i = kept - 1; i >= 0 && excess > 0; i--) {
      const give = Math.min(excess, Math.max(0, widths[i]! - (columns[i]!.wrapFrom ?? widths[i]!)));
      widths[i] = widths[i]! - give;
      excess -= give;
    }
    if (excess <= 0) return widths;
  }
  return [Math.min(natural[0] ?? width, width)];
}
