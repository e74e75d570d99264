import { createRequire } from "node:module";
import { CORE_SCHEMA, load, YAMLException } from "js-yaml";
import type { Document, Node } from "yaml";
import type * as z from "zod";
import type { Place, Problem } from "../domain/errors.ts";
import { placeAt, type TextFile } from "./text-file.ts";

/** Keys and indexes from the root of a document to a value. */
export type Path = readonly (string | number)[];

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `MOST_VALUES` keeps aliases in bounds. */
const OPTIONS = { version: "1.2", schema: "core", prettyErrors: false, maxAliasCount: -1 } as const;

/** A text whose aliases would, written out, say more values than this means harm. */
const MOST_VALUES = 1_000_000;

/** The slower reader, which knows positions: loaded only once something is wrong. */
function positions(): typeof import("yaml") {
  return createRequire(import.meta.url)("yaml") as typeof import("yaml");
}

/**
 * Reads YAML 1.2 (core schema) and checks it against `schema`. Well-formed files take the fast path; only a file with
 * problems is read again with positions, and then every problem is reported with line and column.
 */
export function parseYaml<T>(file: TextFile, schema: z.ZodType<T>): Parsed<T> {
  const raw = file.known?.text === file.text ? file.known.value : loadYaml(file.text);
  if (raw === undefined) return { ok: false, problems: syntaxProblems(file) };
  const result = schema.safeParse(raw);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, problems: result.error.issues.flatMap((issue) => shapeProblems(file, issue)) };
}

/** What a text says as YAML 1.2 (core schema); undefined when it is not well-formed. An empty text says null. */
export function loadYaml(text: string): unknown {
  try {
    const value = load(text, { schema: CORE_SCHEMA }) ?? null;
    return text.includes("&") && writtenOut(value) > MOST_VALUES ? undefined : value;
  } catch {
    return undefined;
  }
}

/** How many values the text says once each alias is written out; infinite where one stands within its own anchor. */
function writtenOut(value: unknown): number {
  const sizes = new Map<object, number>();
  const size = (v: unknown): number => {
    if (typeof v !== "object" || v === null) return 1;
    const known = sizes.get(v);
    if (known !== undefined) return known;
    sizes.set(v, Infinity);
    let sum = 1;
    for (const part of Object.values(v)) sum += size(part);
    sizes.set(v, sum);
    return sum;
  };
  return size(value);
}

function syntaxProblems(file: TextFile): Problem[] {
  const doc = documentOf(file);
  const errors = doc.errors.map(
    (e): Problem => ({
      code: "bad-syntax",
      message: e.message.split("\n")[0]!.replace(/\.$/, ""),
      at: placeAt(file, e.pos[0]),
      hint: "see https://yaml.org/spec/1.2.2 for the syntax; tabs cannot indent, and `: ` inside a text needs quotes",
    }),
  );
  return errors.length > 0 ? errors : [refusalOf(file)];
}

/** What the fast reader refuses although the slower one reads it. */
function refusalOf(file: TextFile): Problem {
  const problem = { code: "bad-syntax", message: "not well-formed YAML" } as const;
  let size = Infinity;
  try {
    size = writtenOut(load(file.text, { schema: CORE_SCHEMA }));
  } catch (error) {
    if (error instanceof YAMLException && error.mark) {
      const { line, column } = error.mark;
      return {
        ...problem,
        message: `${problem.message}: ${error.reason}`,
        at: { file: file.path, line: line + 1, column: column + 1 },
      };
    }
  }
  const alias = /\*[^\s,[\]{}*]+/.exec(file.text);
  const why =
    size === Infinity ? "the value of an anchor holds itself" : `its aliases say more than ${MOST_VALUES} values`;
  return { ...problem, message: `${problem.message}: ${why}`, at: placeAt(file, alias?.index ?? 0) };
}

/** One problem for each thing that is wrong: a union reports the branch that came nearest. */
function shapeProblems(file: TextFile, issue: z.core.$ZodIssue, base: Path = []): Problem[] {
  const path = [...base, ...(issue.path as Path)];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(...branch.map((i) => i.path.length), 0);
    const nearest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!;
    if (depth(nearest) > 0) return nearest.flatMap((i) => shapeProblems(file, i, path));
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      code: "bad-shape" as const,
      message: `unknown field \`${key}\``,
      at: placeOf(file, [...path, key]),
      hint: "check the spelling; docs/law.md and docs/packs.md list the fields",
    }));
  }
  if (path.at(-1) === "cite" && issue.code === "invalid_type" && issue.message.endsWith("received undefined")) {
    const hint = "give act, place, source and evidence";
    return [{ code: "missing-cite", message: `no citation at \`${path.join(".")}\``, at: placeOf(file, path), hint }];
  }
  const where = path.length > 0 ? ` at \`${path.join(".")}\`` : "";
  return [{ code: "bad-shape", message: `${lowerFirst(issue.message)}${where}`, at: placeOf(file, path) }];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const DOCUMENTS = new WeakMap<TextFile, Document.Parsed>();

/** The document with positions; kept, since a file with one problem mostly has more. */
function documentOf(file: TextFile): Document.Parsed {
  const doc = DOCUMENTS.get(file) ?? positions().parseDocument(file.text, OPTIONS);
  DOCUMENTS.set(file, doc);
  return doc;
}

/** Place of the value at `path`, or of its nearest ancestor that is in the file. A key's own place where the value is one. */
export function placeOf(file: TextFile, path: Path): Place {
  const { isMap, isPair, isScalar } = positions();
  let node: Node | null = documentOf(file).contents;
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isPair(p) && isScalar(p.key) && String(p.key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (node && "items" in node && typeof step === "number") {
      node = (node.items as (Node | null)[])[step] ?? null;
      offset = node?.range?.[0] ?? offset;
    } else break;
  }
  return placeAt(file, offset);
}
