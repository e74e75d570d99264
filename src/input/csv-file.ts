import { nearest, type Place, type Problem } from "../domain/errors.ts";
import { type CsvFault, scanCsv } from "./scan-csv.ts";
import { placeAt, type TextFile } from "./text-file.ts";

/** One line of a table: cells by column name (trimmed, empty when the column is absent), and the line it starts on. */
export interface CsvRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly line: number;
}

/** Columns in their order; optional ones may be absent. */
export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** What could be read of a table, and everything that is wrong with the rest. */
export interface CsvTable {
  readonly rows: readonly CsvRow[];
  readonly problems: readonly Problem[];
}

/** Reads a comma-separated table with a header line. Reports every bad column and every row of the wrong length. */
export function parseCsv(file: TextFile, columns: CsvColumns): CsvTable {
  const { records, fault } = scanCsv(file.text);
  const faults = fault ? [syntaxProblem(file, fault)] : [];
  const [head, ...body] = records;
  if (!head) return { rows: [], problems: fault ? faults : [headProblem(file, "no header line", columns)] };
  const header = head.cells.map((name) => name.trim());
  const problems = [...headerProblems(file, header, columns), ...faults];
  if (problems.length > faults.length) return { rows: [], problems };
  const rows: CsvRow[] = [];
  for (const { cells, line } of body) {
    if (cells.length === header.length) rows.push({ line, cells: cellsOf(header, cells, columns) });
    else problems.push(lengthProblem(file, line, cells.length, header.length));
  }
  return { rows, problems };
}

/** Place of the cell of `column` in `row`; the start of the row when the table lacks the column. */
export function placeOfCell(file: TextFile, row: CsvRow, column: string): Place {
  const header = scanCsv(file.text.slice(0, Math.max(0, file.text.indexOf("\n")))).records[0]?.cells ?? [];
  const index = header.findIndex((name) => name.trim() === column);
  let offset = 0;
  for (let line = 1; line < row.line; line++) offset = file.text.indexOf("\n", offset) + 1;
  return placeAt(file, skipCells(file.text, offset, Math.max(0, index)));
}

/** Offset after `count` cells from `offset`; quotes hide commas, and a doubled quote is a quote. */
function skipCells(text: string, offset: number, count: number): number {
  let quoted = false;
  let at = offset;
  for (let left = count; left > 0 && at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === "," && !quoted) left--;
  }
  return at;
}

function cellsOf(header: readonly string[], record: readonly string[], columns: CsvColumns): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const name of columns.optional) cells[name] = "";
  header.forEach((name, i) => {
    cells[name] = record[i]!.trim();
  });
  return cells;
}

function headerProblems(file: TextFile, header: readonly string[], columns: CsvColumns): Problem[] {
  const known = [...columns.required, ...columns.optional];
  const problems: Problem[] = [];
  header.forEach((name, i) => {
    const at = { file: file.path, line: 1, column: skipCells(file.text, 0, i) + 1 };
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      const hint = meant ? `did you mean \`${meant}\`?` : `columns are ${known.join(", ")}`;
      problems.push({ code: "bad-shape", message: `unknown column \`${name}\``, at, hint });
    } else if (header.indexOf(name) !== i) {
      problems.push({ code: "bad-shape", message: `column \`${name}\` stands twice`, at, hint: "keep one of them" });
    }
  });
  for (const name of columns.required) {
    if (!header.includes(name)) problems.push(headProblem(file, `column \`${name}\` is missing`, columns));
  }
  return problems;
}

function headProblem(file: TextFile, message: string, columns: CsvColumns): Problem {
  const hint = `the first line names the columns: ${[...columns.required, ...columns.optional].join(",")}`;
  return { code: "bad-shape", message, at: { file: file.path, line: 1, column: 1 }, hint };
}

function lengthProblem(file: TextFile, line: number, found: number, expected: number): Problem {
  return {
    code: "bad-syntax",
    message: `${found} cells where the header has ${expected}`,
    at: { file: file.path, line, column: 1 },
    hint: "a text that holds a comma needs double quotes around it",
  };
}

function syntaxProblem(file: TextFile, fault: CsvFault): Problem {
  return {
    code: "bad-syntax",
    message: `not well-formed CSV: ${fault.message}`,
    at: placeAt(file, fault.offset),
    hint: 'inside a quoted cell a double quote is written twice (`""`)',
  };
}
