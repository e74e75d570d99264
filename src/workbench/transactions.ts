import { type IsoDate, parseDate } from "../domain/dates.ts";
import { nearest, type Place, type Problem } from "../domain/errors.ts";
import { csvRecords, placeOfStreamedCell, type StreamedRecord } from "../input/csv-records.ts";
import { parseJson } from "../input/json-text.ts";
import { textLines } from "../input/jsonl-lines.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, placeOf } from "../input/yaml-file.ts";
import type { RuleBook } from "../law/book.ts";
import type { Facts } from "../law/condition.ts";
import type { FactDeclarations } from "../law/facts.ts";
import { readEachFact } from "../law/rule-cases.ts";
import { settleTotals } from "../law/settle-totals.ts";
import { type CellReader, createCellReader } from "./transactions-cell.ts";
import { readWholeFile, type TransactionFormat, transactionFormat } from "./transactions-format.ts";

/** One transaction as its file states it. */
export interface Transaction {
  /** Its number in the file where it names none. */
  readonly id: string;
  readonly asOf?: IsoDate;
  readonly facts: Facts;
  readonly place: () => Place;
}

/** A file of transactions that can be read more than once, piece by piece. */
export interface TransactionSource {
  readonly path: string;
  readonly pieces: () => AsyncIterable<string>;
}

/** Some transactions in the order of the file, and what is wrong with the others. */
export interface TransactionBatch {
  readonly transactions: readonly Transaction[];
  readonly problems: readonly Problem[];
}

/** Fields of a transaction that are no facts. */
const FIELDS = ["id", "asOf", "title", "facts"];

type Report = (problem: Omit<Problem, "at">, path: Path) => void;

/** Reads transactions (YAML, JSON, JSONL or CSV by the ending of the name) in batches; tables and JSONL never as a whole. */
export async function* readTransactions(
  source: TransactionSource,
  book: Pick<RuleBook, "facts">,
): AsyncGenerator<TransactionBatch> {
  const format = transactionFormat(source.path);
  if (typeof format !== "string") yield { transactions: [], problems: [format] };
  else yield* uniqueIds(READERS[format](source, book));
}

type Reader = (source: TransactionSource, book: Pick<RuleBook, "facts">) => AsyncGenerator<TransactionBatch>;

const READERS: Readonly<Record<TransactionFormat, Reader>> = {
  csv: readTable,
  jsonl: readLines,
  json: readDocument,
  yaml: readDocument,
};

async function* uniqueIds(batches: AsyncIterable<TransactionBatch>): AsyncGenerator<TransactionBatch> {
  const seen = new Set<string>();
  for await (const { transactions, problems } of batches) {
    const twice: Problem[] = [];
    for (const { id, place } of transactions) {
      if (seen.has(id))
        twice.push({
          code: "duplicate-id",
          message: `two transactions are called \`${id}\``,
          at: place(),
          hint: "give each an `id` of its own",
        });
      seen.add(id);
    }
    yield { transactions, problems: [...problems, ...twice] };
  }
}

async function* readDocument(
  source: TransactionSource,
  book: Pick<RuleBook, "facts">,
): AsyncGenerator<TransactionBatch> {
  let text = "";
  for await (const piece of source.pieces()) text += piece;
  const file: TextFile = { path: source.path, text };
  const { entries, problems } = readWholeFile(file);
  const found = [...problems];
  const locate = (path: Path) => placeOf(file, path);
  const transactions = entries.flatMap(({ raw, path }, i) =>
    readEntry(raw, path, i + 1, book, { locate, problems: found }),
  );
  yield { transactions, problems: found };
}

async function* readLines(source: TransactionSource, book: Pick<RuleBook, "facts">): AsyncGenerator<TransactionBatch> {
  let number = 0;
  for await (const lines of textLines(source.pieces())) {
    const problems: Problem[] = [];
    const transactions = lines.flatMap(({ text, line }) => {
      number++;
      const parsed = parseJson(text);
      if (!parsed.ok) {
        const at = { file: source.path, line, column: parsed.column };
        problems.push({ code: "bad-syntax", message: parsed.message, at, hint: "each line is one JSON object" });
        return [];
      }
      const file: TextFile = { path: source.path, text };
      const locate = (path: Path): Place => ({ ...placeOf(file, path), line });
      return readEntry(parsed.value, [], number, book, { locate, problems });
    });
    yield { transactions, problems };
  }
}

function isMap(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

/** One transaction with its facts beside its fields or under `facts`; none, after a report, where it is no map. */
function readEntry(
  raw: unknown,
  path: Path,
  number: number,
  book: Pick<RuleBook, "facts">,
  { locate, problems }: { readonly locate: (path: Path) => Place; readonly problems: Problem[] },
): Transaction[] {
  const report: Report = (p, at) => problems.push({ ...p, at: locate(at) });
  if (!isMap(raw)) {
    report({ code: "bad-shape", message: "a transaction is a map of facts", hint: "such as `destination: CHN`" }, path);
    return [];
  }
  const { id, asOf, title: _title, facts: nested, ...flat } = raw;
  const under = nested ?? {};
  if (!isMap(under)) {
    report({ code: "bad-shape", message: "`facts` is no map of facts", hint: "such as `destination: CHN`" }, [
      ...path,
      "facts",
    ]);
  }
  const inside = isMap(under) ? under : {};
  for (const name of Object.keys(flat).filter((n) => Object.hasOwn(inside, n)))
    report({ code: "bad-shape", message: `\`${name}\` stands twice`, hint: "keep one of them" }, [...path, name]);
  const below = [...path, "facts"];
  const each = {
    ...readEachFact(given(flat, path, book.facts, report), book, path, report),
    ...readEachFact(given(inside, below, book.facts, report), book, below, report),
  };
  const facts = settleTotals(each, (p, fact) => report(p, [...(Object.hasOwn(inside, fact) ? below : path), fact]));
  const place = () => locate(path);
  return [{ id: readId(id, number, path, report), facts, place, ...readDate(asOf, [...path, "asOf"], report) }];
}

/** Facts that have a value, those that nobody declared taken out after a report; an empty value is unknown. */
function given(
  raw: Readonly<Record<string, unknown>>,
  path: Path,
  declared: FactDeclarations,
  report: Report,
): Record<string, unknown> {
  const entries = Object.entries(raw).filter(([name, value]) => {
    if (!declared.has(name)) report(unknownName(name, declared, "fact"), [...path, name]);
    return declared.has(name) && value !== null;
  });
  return Object.fromEntries(entries);
}

function unknownName(name: string, declared: FactDeclarations, what: "fact" | "column"): Omit<Problem, "at"> {
  const guess = nearest(name, [...declared.keys(), ...FIELDS]);
  return {
    code: "unknown-fact",
    message: what === "fact" ? `no fact is called \`${name}\`` : `unknown column \`${name}\``,
    hint: guess ? `did you mean \`${guess}\`?` : "facts are declared in rules/facts.yaml",
  };
}

function readId(raw: unknown, number: number, path: Path, report: Report): string {
  if (raw === undefined || raw === null) return String(number);
  if ((typeof raw === "string" && raw.trim() !== "") || typeof raw === "number") return String(raw).trim();
  report({ code: "bad-shape", message: "an `id` is a text or a number" }, [...path, "id"]);
  return String(number);
}

function readDate(raw: unknown, path: Path, report: Report): { readonly asOf?: IsoDate } {
  if (raw === undefined || raw === null) return {};
  const asOf = typeof raw === "string" ? parseDate(raw) : undefined;
  if (asOf) return { asOf };
  const shown = typeof raw === "string" ? raw : JSON.stringify(raw);
  report({ code: "bad-date", message: `\`${shown}\` is no calendar day`, hint: "write YYYY-MM-DD" }, path);
  return {};
}

async function* readTable(source: TransactionSource, book: Pick<RuleBook, "facts">): AsyncGenerator<TransactionBatch> {
  let header: readonly string[] | undefined;
  let readCell: CellReader | undefined;
  let number = 0;
  for await (const batch of csvRecords(source.pieces())) {
    if ("message" in batch) {
      const { message, line, column } = batch;
      const hint = 'inside a quoted cell a double quote is written twice (`""`)';
      const at = { file: source.path, line, column };
      yield {
        transactions: [],
        problems: [{ code: "bad-syntax", message: `not well-formed CSV: ${message}`, at, hint }],
      };
      return;
    }
    const problems: Problem[] = [];
    let rows = batch;
    if (!header && batch.length > 0) {
      header = batch[0]!.cells.map((c) => c.trim());
      problems.push(...headerProblems(header, batch[0]!, source.path, book.facts));
      rows = batch.slice(1);
      readCell = createCellReader(header, book.facts);
      if (problems.length > 0) {
        yield { transactions: [], problems };
        return;
      }
    }
    const transactions = rows.flatMap((row) => readRow(row, ++number, header!, readCell!, source.path, problems));
    yield { transactions, problems };
  }
  if (!header)
    yield {
      transactions: [],
      problems: [{ code: "bad-shape", message: "no header line", at: { file: source.path, line: 1, column: 1 } }],
    };
}

function headerProblems(
  header: readonly string[],
  record: StreamedRecord,
  file: string,
  declared: FactDeclarations,
): Problem[] {
  const columns = FIELDS.filter((f) => f !== "facts");
  return header.flatMap((name, i): Problem[] => {
    const at = placeOfStreamedCell(file, record, i);
    if (!declared.has(name) && !columns.includes(name)) return [{ ...unknownName(name, declared, "column"), at }];
    if (header.indexOf(name) === i) return [];
    return [{ code: "bad-shape", message: `column \`${name}\` stands twice`, at, hint: "keep one of them" }];
  });
}

function readRow(
  row: StreamedRecord,
  number: number,
  header: readonly string[],
  readCell: CellReader,
  file: string,
  problems: Problem[],
): Transaction[] {
  if (row.cells.length !== header.length) {
    problems.push({
      code: "bad-syntax",
      message: `${row.cells.length} cells where the header has ${header.length}`,
      at: { file, line: row.line, column: 1 },
      hint: "a text that holds a comma needs double quotes around it",
    });
    return [];
  }
  let id = String(number);
  let asOf: IsoDate | undefined;
  const facts: Record<string, Facts[string]> = {};
  for (let i = 0; i < header.length; i++) {
    const text = row.cells[i]!.trim();
    if (text === "") continue;
    const name = header[i]!;
    const report = (p: Omit<Problem, "at">) => problems.push({ ...p, at: placeOfStreamedCell(file, row, i) });
    if (name === "id") id = text;
    else if (name === "asOf") asOf = readDate(text, [], report).asOf;
    else if (name !== "title") {
      const value = readCell(i, text, report);
      if (value !== undefined) facts[name] = value;
    }
  }
  const settled = settleTotals(facts, (p, fact) =>
    problems.push({ ...p, at: placeOfStreamedCell(file, row, header.indexOf(fact)) }),
  );
  return [{ id, facts: settled, place: () => ({ file, line: row.line, column: 1 }), ...(asOf && { asOf }) }];
}
