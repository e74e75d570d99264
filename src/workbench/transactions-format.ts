import * as z from "zod";
import type { Problem } from "../domain/errors.ts";
import { parseJson } from "../input/json-text.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, parseYaml, placeOf } from "../input/yaml-file.ts";

export type TransactionFormat = "csv" | "jsonl" | "json" | "yaml";

const ENDINGS: Readonly<Record<string, TransactionFormat>> = {
  csv: "csv",
  jsonl: "jsonl",
  ndjson: "jsonl",
  json: "json",
  yaml: "yaml",
  yml: "yaml",
};

/** The format that the ending of the name says, or the problem that it says none. */
export function transactionFormat(path: string): TransactionFormat | Problem {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  if (Object.hasOwn(ENDINGS, ending)) return ENDINGS[ending]!;
  return {
    code: "bad-usage",
    message: `\`${path}\` does not say what it holds`,
    hint: `end its name in ${Object.keys(ENDINGS)
      .map((e) => `.${e}`)
      .join(", ")}`,
  };
}

/** Transactions of a YAML or JSON file before their facts are read, each with its path in the file. */
interface WholeFile {
  readonly entries: readonly { readonly raw: unknown; readonly path: Path }[];
  readonly problems: readonly Problem[];
}

/** A file that is one transaction, a list of them, or a map with the list under `transactions`. */
export function readWholeFile(file: TextFile): WholeFile {
  const parsed = transactionFormat(file.path) === "json" ? readJson(file) : parseYaml(file, z.unknown());
  if (!parsed.ok) return { entries: [], problems: parsed.problems };
  const raw = parsed.value;
  if (Array.isArray(raw)) return listed(raw, [], file);
  const listedUnder = isMap(raw) && raw.transactions;
  if (Array.isArray(listedUnder))
    return { ...listed(listedUnder, ["transactions"], file), problems: others(raw, file) };
  return { entries: [{ raw, path: [] }], problems: [] };
}

function isMap(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function listed(list: readonly unknown[], path: Path, file: TextFile): WholeFile {
  if (list.length > 0) return { entries: list.map((raw, i) => ({ raw, path: [...path, i] })), problems: [] };
  const problem: Problem = { code: "bad-shape", message: "the list holds no transaction", at: placeOf(file, path) };
  return { entries: [], problems: [problem] };
}

/** What stands beside `transactions` would be ignored without a word. */
function others(raw: unknown, file: TextFile): Problem[] {
  return Object.keys(raw as object)
    .filter((key) => key !== "transactions" && key !== "title")
    .map((key) => ({
      code: "bad-shape",
      message: `unknown field \`${key}\` beside \`transactions\``,
      at: placeOf(file, [key]),
      hint: "dates and facts stand in each transaction",
    }));
}

function readJson(file: TextFile): { ok: true; value: unknown } | { ok: false; problems: Problem[] } {
  const parsed = parseJson(file.text);
  if (parsed.ok) return parsed;
  const { message, line, column } = parsed;
  return { ok: false, problems: [{ code: "bad-syntax", message, at: { file: file.path, line, column } }] };
}
