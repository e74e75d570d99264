import type { TextFile } from "../input/text-file.ts";

/** Cells by column name; an absent column is an empty cell. */
export type Cells = Readonly<Record<string, string>>;

/** A table with its columns in order, before it is written. */
export interface Table {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly Cells[];
}

/** The table as CSV text: comma, header line, quotes only where a cell needs them, one line feed a row. */
export function tableFile(table: Table): TextFile {
  const lines = table.rows.map((row) => table.columns.map((name) => cell(row[name] ?? "")).join(","));
  return { path: table.path, text: `${[table.columns.join(","), ...lines].join("\n")}\n` };
}

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
