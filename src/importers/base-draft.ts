import { createHash } from "node:crypto";
import { stringify } from "yaml";
import type { Source } from "../domain/sourced.ts";
import type { BalancedAccounts } from "../economy/balance.ts";
import type { Accounts, TradeTable, TradeTotals } from "../economy/base-pack.ts";
import type { ElasticitySet } from "../economy/elasticities.ts";
import type { TextFile } from "../input/text-file.ts";
import { compareTables, type TableChanges } from "./compare-tables.ts";
import { type Table, tableFile } from "./csv-text.ts";

/** A base before it is written. */
export interface BaseDraft {
  readonly manifest: {
    readonly id: string;
    readonly title: string;
    readonly year: number;
    readonly licence: string;
    readonly notice: string;
    readonly checkedOn: string;
    readonly importer: string;
    /** Millions of dollars that one unit of trade.csv stands for. */
    readonly money: number;
    readonly sources: readonly Source[];
    readonly assumptions: readonly string[];
    readonly balance: Readonly<Record<string, number | string>>;
  };
  readonly sectorNames: readonly string[];
  readonly table: TradeTable;
  /** Flows as the source writes them, in units of `money`; undefined where it has none. Laid out as the table. */
  readonly published: readonly (number | undefined)[];
  /** Tariffs as the source writes them; undefined where it has none. */
  readonly tariffs?: readonly (number | undefined)[];
  readonly accounts: Accounts;
  readonly sets: readonly ElasticitySet[];
  /** Further tables, with the columns that tell their rows apart. */
  readonly more?: readonly { readonly table: Table; readonly key: readonly string[] }[];
}

/** Files of the folder `bases/<id>/`, and what changes in it. */
export function draftBase(draft: BaseDraft, standing: readonly TextFile[]) {
  const folder = `bases/${draft.manifest.id}`;
  const { countries, sectors } = draft.table;
  const tables = [
    { table: flowTable(`${folder}/trade.csv`, draft.table, draft.published), key: ["sector", "importer"] },
    ...(draft.tariffs
      ? [{ table: flowTable(`${folder}/tariffs.csv`, draft.table, draft.tariffs), key: ["sector", "importer"] }]
      : []),
    { table: accountTable(`${folder}/accounts.csv`, draft), key: ["country", "sector"] },
    { table: inputTable(`${folder}/inputs.csv`, draft), key: ["country", "user"] },
    { table: elasticityTable(`${folder}/elasticities.csv`, sectors, draft.sets), key: ["sector"] },
    ...(draft.more ?? []).map(({ table, key }) => ({ table: { ...table, path: `${folder}/${table.path}` }, key })),
  ];
  const changes = tables.map(({ table, key }): TableChanges => {
    const before = standing.find((f) => f.path.endsWith(table.path))?.text;
    return before === undefined
      ? { path: table.path, added: [`${table.rows.length} rows`], removed: [], changed: [] }
      : compareTables(before, table, key);
  });
  const { balance, assumptions, sources, ...head } = draft.manifest;
  const manifest = {
    ...head,
    sources,
    countries,
    sectors: sectors.map((id, j) => ({ id, name: draft.sectorNames[j]! })),
    elasticities: draft.sets.map(({ id, title, kind }) => ({ id, title, kind })),
    assumptions,
    balance,
    tables: Object.fromEntries(tables.map(({ table }) => [table.path.slice(folder.length + 1), table.rows.length])),
  };
  const text = stringify(manifest, { lineWidth: 130, flowCollectionPadding: true });
  return { files: [{ path: `${folder}/base.yaml`, text }, ...tables.map(({ table }) => tableFile(table))], changes };
}

function flowTable(path: string, { countries, sectors }: TradeTable, flows: BaseDraft["published"]): Table {
  const N = countries.length;
  const rows = sectors.flatMap((sector, j) =>
    countries.map((importer, n) => ({
      ...{ sector, importer },
      ...Object.fromEntries(countries.map((c, i) => [c, plain(flows[(j * N + n) * N + i])])),
    })),
  );
  return { path, columns: ["sector", "importer", ...countries], rows };
}

function accountTable(path: string, { table, accounts }: BaseDraft): Table {
  const rows = table.countries.flatMap((country, n) =>
    table.sectors.map((sector, j) => ({
      ...{ country, sector },
      value_added_share: decimals(accounts.valueAddedShare[n * table.sectors.length + j]!),
      final_share: decimals(accounts.finalShare[n * table.sectors.length + j]!),
    })),
  );
  return { path, columns: ["country", "sector", "value_added_share", "final_share"], rows };
}

/** Parts per billion of the materials of a user; empty where they round to none. */
function inputTable(path: string, { table, accounts }: BaseDraft): Table {
  const J = table.sectors.length;
  const rows = table.countries.flatMap((country, n) =>
    table.sectors.map((user, j) => ({
      ...{ country, user },
      ...Object.fromEntries(
        table.sectors.map((used, k) => [
          used,
          plain(Math.round(accounts.inputs[(n * J + j) * J + k]! * 1e9) || undefined),
        ]),
      ),
    })),
  );
  return { path, columns: ["country", "user", ...table.sectors], rows };
}

function elasticityTable(path: string, sectors: readonly string[], sets: readonly ElasticitySet[]): Table {
  const rows = sectors.map((sector, j) => ({
    sector,
    ...Object.fromEntries(sets.map((set) => [set.id, decimals(set.theta[j]!)])),
  }));
  return { path, columns: ["sector", ...sets.map((set) => set.id)], rows };
}

function plain(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}

function decimals(value: number): string {
  return String(Number(value.toFixed(9)));
}

/** Shares of the balanced accounts of each country. A sector that makes nothing has no materials: its cost is all value added. */
export function accountsOf(balanced: readonly BalancedAccounts[], { output }: TradeTotals): Accounts {
  const J = balanced[0]!.final.length;
  const valueAddedShare = new Float64Array(balanced.length * J).fill(1);
  const inputs = new Float64Array(balanced.length * J * J);
  const finalShare = new Float64Array(balanced.length * J);
  for (const [n, { uses, valueAdded, final }] of balanced.entries()) {
    const spent = final.reduce((a, b) => a + b, 0);
    for (let j = 0; j < J; j++) {
      const at = n * J + j;
      finalShare[at] = final[j]! / spent;
      const made = output[at]!;
      const materials = uses.slice(j * J, (j + 1) * J).reduce((a, b) => a + b, 0);
      if (!(made > 0 && materials > 0)) continue;
      valueAddedShare[at] = valueAdded[j]! / made;
      for (let k = 0; k < J; k++) inputs[at * J + k] = uses[j * J + k]! / materials;
    }
  }
  return { valueAddedShare, inputs, finalShare };
}

/** How far the guesses were from balance and the tables are, over all countries. */
export function balanceRecord(countries: readonly string[], balanced: readonly BalancedAccounts[]) {
  const worst = balanced.reduce((w, b, n) => (b.misplaced > balanced[w]!.misplaced ? n : w), 0);
  return {
    method: "RAS on each country's uses, value added and final spending; totals of value added and final spending free",
    misplacedMean: Number((balanced.reduce((s, b) => s + b.misplaced, 0) / balanced.length).toPrecision(4)),
    misplacedLargest: Number(balanced[worst]!.misplaced.toPrecision(4)),
    misplacedLargestIn: countries[worst]!,
    gapAfterLargest: Number(Math.max(...balanced.map((b) => b.gapAfter)).toPrecision(2)),
    roundsLargest: Math.max(...balanced.map((b) => b.rounds)),
  };
}

/** SHA-256 of an upstream file as text. */
export function hashOf(file: TextFile): string {
  return createHash("sha256").update(file.text).digest("hex");
}
