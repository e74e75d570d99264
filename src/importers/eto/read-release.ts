import type { Problem } from "../../domain/errors.ts";
import { type CsvRow, parseCsv, placeOfCell } from "../../input/csv-file.ts";
import type { TextFile } from "../../input/text-file.ts";
import { TABLES, type TableName } from "./manifest.ts";

/** Plausible numbers of rows by table. */
export type RowBounds = Readonly<Record<TableName, readonly [atLeast: number, atMost: number]>>;

/** A release as read: rows of its five tables, each with the file that it stands in. */
export interface Release {
  /** Name of its folder: `eto-2026-08`. */
  readonly id: string;
  readonly rows: Readonly<Record<TableName, readonly CsvRow[]>>;
  readonly files: Readonly<Record<TableName, TextFile>>;
  /** Columns that are known and left out. */
  readonly ignored: readonly string[];
}

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** The bounds of the manifest. */
export const ROW_BOUNDS = Object.fromEntries(TABLE_NAMES.map((name) => [name, TABLES[name].rows])) as RowBounds;

/** Reads the tables of the release in folder `id`; undefined, with every problem noted, when one does not fit. */
export function readRelease(
  id: string,
  files: readonly TextFile[],
  bounds: RowBounds,
  problems: Problem[],
): Release | undefined {
  const found: Partial<Record<TableName, TextFile>> = {};
  const rows: Partial<Record<TableName, readonly CsvRow[]>> = {};
  const ignored: string[] = [];
  for (const name of TABLE_NAMES) {
    const file = files.find((f) => f.path.endsWith(`${id}/${name}`));
    if (!file) {
      problems.push({ code: "missing-file", message: `\`${id}/${name}\` is missing`, hint: "give the whole release" });
      continue;
    }
    found[name] = file;
    const table = TABLES[name];
    const columns = { required: table.read.required, optional: [...table.read.optional, ...table.ignored] };
    const parsed = parseCsv(file, columns);
    problems.push(...parsed.problems.map(withImporterHint));
    if (parsed.problems.length > 0) continue;
    problems.push(...countProblems(file, parsed.rows.length, bounds[name]));
    rows[name] = parsed.rows;
    for (const column of table.ignored) ignored.push(`${name}: column ${column}`);
  }
  if (TABLE_NAMES.some((name) => rows[name] === undefined)) return undefined;
  return { id, rows: rows as Release["rows"], files: found as Release["files"], ignored };
}

function withImporterHint(problem: Problem): Problem {
  if (!problem.message.startsWith("unknown column")) return problem;
  return {
    ...problem,
    hint: `${problem.hint}; a new column is read or listed as ignored in src/importers/eto/manifest.ts`,
  };
}

function countProblems(file: TextFile, count: number, [atLeast, atMost]: readonly [number, number]): Problem[] {
  if (count >= atLeast && count <= atMost) return [];
  return [
    {
      code: "bad-value",
      message: `${count} rows where ${atLeast} to ${atMost} are plausible`,
      at: { file: file.path },
      hint: "check that the release is whole, then widen the bounds in src/importers/eto/manifest.ts",
    },
  ];
}

/** A problem with the cell of `column` in `row`. */
export function cellProblem(
  release: Release,
  table: TableName,
  row: CsvRow,
  column: string,
  problem: Pick<Problem, "code" | "message" | "hint">,
): Problem {
  return { ...problem, at: placeOfCell(release.files[table], row, column) };
}
