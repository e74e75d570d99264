import { parse } from "csv-parse/sync";
import type { Cells, Table } from "./csv-text.ts";

/** What differs between a table as it stands and as an importer would write it; keys are joined by ` | `. */
export interface TableChanges {
  readonly path: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** Compares row by row by the columns of `key`; `before` is the text that stands, undefined where there is none yet. */
export function compareTables(before: string | undefined, after: Table, key: readonly string[]): TableChanges {
  const rows: readonly Cells[] = before === undefined ? [] : parse(before, { columns: true, bom: true });
  const old = new Map(rows.map((row) => [keyOf(row, key), row]));
  const added: string[] = [];
  const changed: string[] = [];
  for (const row of after.rows) {
    const k = keyOf(row, key);
    const was = old.get(k);
    old.delete(k);
    if (!was) added.push(k);
    else for (const name of after.columns) noteChange(changed, k, name, was[name] ?? "", row[name] ?? "");
  }
  return { path: after.path, added, removed: [...old.keys()], changed };
}

function noteChange(changed: string[], key: string, column: string, from: string, to: string): void {
  if (from !== to) changed.push(`${key}: ${column} \`${from}\` -> \`${to}\``);
}

function keyOf(row: Cells, key: readonly string[]): string {
  return key.map((name) => row[name] ?? "").join(" | ");
}
