import { parse as parseCsvText } from "csv-parse/sync";
import { parse as parseYamlText, stringify } from "yaml";
import type { Source } from "../domain/sourced.ts";
import type { TextFile } from "../input/text-file.ts";
import { compareTables, type TableChanges } from "./compare-tables.ts";
import { type Cells, type Table, tableFile } from "./csv-text.ts";

const NUMBERS = ["value", "low", "high"];

/** Columns of the tables that importers write, the columns that tell rows apart, and the columns that order them. */
const TABLES = {
  "classes.csv": {
    columns: ["id", "name", "parent", "type", "group", "stage", "basis", "source", "note"],
    key: ["id"],
    order: ["id"],
  },
  "shares.csv": {
    columns: ["class", "supplier", "state", ...NUMBERS, "period", "source", "kind", "note"],
    key: ["class", "supplier", "period", "source"],
    order: ["class", "period", "source"],
  },
  "edges.csv": { columns: ["from", "to", "source"], key: ["from", "to"], order: ["from", "to"] },
  "figures.csv": {
    columns: [
      ..."id,topic,metric,state,partner,class,period".split(","),
      ...NUMBERS,
      ..."unit,source,kind,text,note".split(","),
    ],
    key: ["id"],
    order: ["topic", "metric", "class", "period", "id"],
  },
  "memberships.csv": {
    columns: ["alliance", "state", "role", "since", "until", "disclosed", "source", "note"],
    key: ["alliance", "state", "role"],
    order: ["alliance", "since", "state"],
  },
} as const;
type TableName = keyof typeof TABLES;
const NAMES = Object.keys(TABLES) as TableName[];

/** What a pack is called; only used where the pack is new. */
export interface PackTitle {
  readonly id: string;
  readonly title: string;
  readonly issue: string;
  readonly licence: string;
  readonly notice?: string;
}

/** The rows that one importer brings into a pack. */
export interface Contribution {
  readonly pack: PackTitle;
  /** Whether a source in the pack is this importer's own: its rows are replaced, all others stay as they are. */
  readonly owns: (source: string) => boolean;
  readonly sources: readonly Source[];
  readonly rows: { readonly [N in TableName]?: readonly Cells[] };
  readonly checkedOn: string;
}

/** The pack with the contribution in it, and what changed table by table. */
export interface Drafted {
  readonly files: readonly TextFile[];
  readonly changes: readonly TableChanges[];
}

/** Brings a contribution into the pack that stands, so that several importers and hand-written rows share one pack. */
export function draftPack(standing: readonly TextFile[], contribution: Contribution): Drafted {
  const folder = `packs/${contribution.pack.id}`;
  const before = (name: string) => standing.find((f) => f.path.endsWith(`${folder}/${name}`))?.text;
  const tables = NAMES.flatMap((name) => {
    const kept = rowsOf(before(name)).filter((row) => !contribution.owns(row.source ?? ""));
    const rows = inOrder([...kept, ...(contribution.rows[name] ?? [])], TABLES[name].order);
    return rows.length > 0 ? [{ name, table: { path: `${folder}/${name}`, columns: TABLES[name].columns, rows } }] : [];
  });
  const manifest = manifestFile(before("pack.yaml"), `${folder}/pack.yaml`, contribution, tables);
  return {
    files: [manifest, ...tables.map(({ table }) => tableFile(table))],
    changes: tables.map(({ name, table }) => compareTables(before(name), table, TABLES[name].key)),
  };
}

function rowsOf(text: string | undefined): Cells[] {
  return text === undefined ? [] : (parseCsvText(text, { columns: true, bom: true }) as Cells[]);
}

/** A fixed order, whichever importer ran last: by the columns of `order`, then the largest value, then the rest. */
function inOrder(rows: readonly Cells[], order: readonly string[]): Cells[] {
  const size = (row: Cells) => Number(row.value || row.high || -1);
  const rest = (row: Cells) => [row.supplier, row.state, row.source].join(" ");
  return [...rows].sort((a, b) => {
    for (const column of order) {
      const c = compare(a[column] ?? "", b[column] ?? "");
      if (c !== 0) return c;
    }
    return size(b) - size(a) || compare(rest(a), rest(b));
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface RawManifest {
  readonly sources?: readonly Source[];
  readonly tables?: Readonly<Record<string, number>>;
  readonly [key: string]: unknown;
}

function manifestFile(
  text: string | undefined,
  path: string,
  contribution: Contribution,
  tables: readonly { readonly name: TableName; readonly table: Table }[],
): TextFile {
  const standing: RawManifest = text === undefined ? {} : parseYamlText(text, { version: "1.2" });
  const kept = (standing.sources ?? []).filter((s) => !contribution.owns(s.id));
  const sources = [...kept, ...contribution.sources].sort((a, b) => compare(a.id, b.id));
  const others = Object.entries(standing.tables ?? {}).filter(([name]) => !(NAMES as string[]).includes(name));
  const counts = tables.map(({ name, table }) => [name, table.rows.length] as const);
  const manifest = {
    ...contribution.pack,
    ...standing,
    checkedOn: contribution.checkedOn,
    sources,
    tables: Object.fromEntries([...counts, ...others]),
  };
  return { path, text: stringify(manifest, { lineWidth: 0 }) };
}
