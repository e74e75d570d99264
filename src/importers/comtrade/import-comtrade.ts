import { isMap, parseDocument } from "yaml";
import { InputError, type Problem } from "../../domain/errors.ts";
import { parseState } from "../../domain/states.ts";
import { type CsvRow, parseCsv, placeOfCell } from "../../input/csv-file.ts";
import type { TextFile } from "../../input/text-file.ts";
import { compareTables } from "../compare-tables.ts";
import { type Cells, type Table, tableFile } from "../csv-text.ts";
import type { Imported, ImportInput } from "../pack-import.ts";

/** The pack that holds the trade, and the file of bilateral trade: `year,hs6,exporter,importer,value_usd,source`. */
const FOLDER = "packs/chips-open";
const FILE = /(?:^|\/)semis_bilateral_hs6[^/]*\.csv$/;

/** Plausible numbers of flows. */
const ROW_BOUNDS: readonly [atLeast: number, atMost: number] = [5_000, 60_000];

const COLUMNS = { required: ["year", "hs6", "exporter", "importer", "value_usd", "source"], optional: [] } as const;
const TRADE_COLUMNS = ["hs6", "exporter", "importer", "period", "usd", "source", "note"];
const KEY = ["hs6", "exporter", "importer", "period", "source"];

/** Sources of the pack by the beginning of what the file writes. */
const SOURCES: readonly (readonly [text: string, source: string])[] = [
  ["UN Comtrade exports", "un-comtrade"],
  ["Taiwan ITA customs", "taiwan-customs"],
];

/**
 * Makes trade.csv of the pack from bilateral trade in US dollars, rounded to the dollar, and sets its count in pack.yaml.
 * Throws InputError with every row that does not fit: unknown states, codes, years, sources, values that are no positive
 * number, flows given twice.
 */
export function importComtrade(input: ImportInput, bounds = ROW_BOUNDS): Imported {
  const file = input.files.find((f) => FILE.test(f.path));
  const manifest = input.packs.find((f) => f.path.endsWith(`${FOLDER}/pack.yaml`));
  if (!file || !manifest) throw new InputError(missing(file, manifest));
  const { rows: read, problems: found } = parseCsv(file, COLUMNS);
  const problems: Problem[] = [...found];
  if (found.length === 0 && (read.length < bounds[0] || read.length > bounds[1])) {
    const message = `${read.length} rows where ${bounds.join(" to ")} are plausible`;
    problems.push({ code: "bad-value", message, at: { file: file.path }, hint: "check that the file is whole" });
  }
  const rows = readFlows(file, read, problems);
  if (problems.length > 0) throw new InputError(problems);
  const path = `${FOLDER}/trade.csv`;
  const made: Table = { path, columns: TRADE_COLUMNS, rows };
  const before = input.packs.find((f) => f.path.endsWith(path))?.text;
  return {
    files: [withCount(manifest, rows.length), tableFile(made)],
    report: {
      publisher: "UN Comtrade; customs of Taiwan",
      ignored: [],
      notes: [`trade.csv ${rows.length} rows; shares of exporters in shares.csv are derived from them`],
      changes: [compareTables(before, made, KEY)],
    },
  };
}

function missing(file: TextFile | undefined, manifest: TextFile | undefined): Problem[] {
  const problems: Problem[] = [];
  const add = (message: string, hint: string): number => problems.push({ code: "missing-file", message, hint });
  if (!file) add("no `semis_bilateral_hs6*.csv` here", "give the folder that holds the bilateral trade by HS6");
  if (!manifest) add(`\`${FOLDER}/pack.yaml\` is missing`, "it names the sources of the flows");
  return problems;
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
