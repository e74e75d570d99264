import { isMap, parseDocument } from "yaml";
import { InputError, type Problem } from "../../domain/errors.ts";
import { parseState } from "../../domain/states.ts";
import { type CsvRow, parseCsv, placeOfCell } from "../../input/csv-file.ts";
import type { TextFile } from "../../input/text-file.ts";
import { compareTables, type TableChanges } from "../compare-tables.ts";
import { type Cells, type Table, tableFile } from "../csv-text.ts";

/** What the importer reads. */
export interface ComtradeInput {
  /** Bilateral trade by HS6: `year,hs6,exporter,importer,value_usd,source`. */
  readonly file: TextFile;
  /** The pack that stands: its `pack.yaml` names the sources and gets the new count of rows. */
  readonly pack: readonly TextFile[];
  /** Plausible rows, where others than the usual are meant. */
  readonly rows?: readonly [atLeast: number, atMost: number];
}

/** Rows made and what changed against the table that stands. */
export interface ComtradeReport {
  readonly rows: number;
  readonly changes: TableChanges;
}

const COLUMNS = { required: ["year", "hs6", "exporter", "importer", "value_usd", "source"], optional: [] } as const;
const TRADE_COLUMNS = ["hs6", "exporter", "importer", "period", "usd", "source", "note"];
const KEY = ["hs6", "exporter", "importer", "period", "source"];

/** Sources of the pack by the beginning of what the file writes. */
const SOURCES: readonly (readonly [text: string, source: string])[] = [
  ["UN Comtrade exports", "un-comtrade"],
  ["Taiwan ITA customs", "taiwan-customs"],
];

/**
 * Makes trade.csv of a pack from bilateral trade in US dollars, rounded to the dollar. Throws InputError with every row
 * that does not fit: unknown states, codes, years, sources, values that are no positive number, flows given twice.
 */
export function importComtrade(input: ComtradeInput): { files: TextFile[]; report: ComtradeReport } {
  const problems: Problem[] = [];
  const table = parseCsv(input.file, COLUMNS);
  problems.push(...table.problems);
  const [atLeast, atMost] = input.rows ?? [5_000, 60_000];
  if (table.problems.length === 0 && (table.rows.length < atLeast || table.rows.length > atMost)) {
    const message = `${table.rows.length} rows where ${atLeast} to ${atMost} are plausible`;
    problems.push({ code: "bad-value", message, at: { file: input.file.path }, hint: "check that the file is whole" });
  }
  const rows = readFlows(input.file, table.rows, problems);
  const manifest = input.pack.find((f) => f.path.endsWith("pack.yaml"));
  if (!manifest) problems.push({ code: "missing-file", message: "the pack has no pack.yaml", hint: "give its folder" });
  if (problems.length > 0 || !manifest) throw new InputError(problems);
  const path = manifest.path.replace(/pack\.yaml$/, "trade.csv");
  const made: Table = { path, columns: TRADE_COLUMNS, rows };
  const before = input.pack.find((f) => f.path.endsWith("trade.csv"))?.text;
  return {
    files: [withCount(manifest, rows.length), tableFile(made)],
    report: { rows: rows.length, changes: compareTables(before, made, KEY) },
  };
}

function readFlows(file: TextFile, rows: readonly CsvRow[], problems: Problem[]): Cells[] {
  const seen = new Set<string>();
  const flows: Cells[] = [];
  for (const row of rows) {
    const refuse = (column: string, code: Problem["code"], message: string, hint: string): void => {
      problems.push({ code, message, hint, at: placeOfCell(file, row, column) });
    };
    const { year, hs6, exporter, importer, value_usd: usd } = row.cells as Record<string, string>;
    if (!/^\d{4}$/.test(year!)) refuse("year", "bad-date", `\`${year}\` is no year`, "four digits");
    if (!/^\d{6}$/.test(hs6!)) refuse("hs6", "bad-value", `\`${hs6}\` is no product code`, "six digits");
    for (const column of ["exporter", "importer"]) {
      const cell = row.cells[column]!;
      if (parseState(cell) !== cell) refuse(column, "unknown-state", `\`${cell}\` is no state`, "alpha-3 codes");
    }
    const amount = /^\d+(?:\.\d+)?$/.test(usd!) ? Math.round(Number(usd)) : Number.NaN;
    if (!(amount > 0)) refuse("value_usd", "bad-value", `\`${usd}\` is no trade value`, "US dollars above zero");
    const source = SOURCES.find(([text]) => row.cells.source!.startsWith(text))?.[1];
    if (!source) {
      const hint = "teach it to src/importers/comtrade/import-comtrade.ts";
      refuse("source", "unknown-source", `unknown source \`${row.cells.source}\``, hint);
    }
    const flow: Cells = {
      hs6: hs6!,
      exporter: exporter!,
      importer: importer!,
      period: year!,
      usd: String(amount),
      source: source ?? "",
    };
    const key = KEY.map((k) => flow[k]).join(" ");
    if (seen.has(key)) refuse("hs6", "duplicate-id", `the flow \`${key}\` stands twice`, "one row for a flow and year");
    seen.add(key);
    flows.push(flow);
  }
  return flows.sort((a, b) => compareFlows(a, b));
}

function compareFlows(a: Cells, b: Cells): number {
  for (const column of ["hs6", "period", "exporter", "importer"]) {
    if (a[column] !== b[column]) return a[column]! < b[column]! ? -1 : 1;
  }
  return 0;
}

/** The manifest with the new count of trade.csv; everything else, comments too, stays as it is. */
function withCount(manifest: TextFile, count: number): TextFile {
  const document = parseDocument(manifest.text);
  if (!isMap(document.contents)) {
    const at = { file: manifest.path };
    throw new InputError([{ code: "bad-shape", message: "pack.yaml is no map", at, hint: "see docs/packs.md" }]);
  }
  document.setIn(["tables", "trade.csv"], count);
  return { path: manifest.path, text: document.toString({ lineWidth: 0 }) };
}
