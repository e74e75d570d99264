import { InputError, type Problem } from "../../domain/errors.ts";
import type { Source } from "../../domain/sourced.ts";
import { type BalancedAccounts, balanceAccounts } from "../../economy/balance.ts";
import { type TradeTable, tradeTotals } from "../../economy/base-pack.ts";
import { sectorClusters } from "../../economy/concordance.ts";
import type { ElasticitySet } from "../../economy/elasticities.ts";
import { type CsvRow, parseCsv, placeOfCell } from "../../input/csv-file.ts";
import type { TextFile } from "../../input/text-file.ts";
import { accountsOf, balanceRecord, draftBase, hashOf } from "../base-draft.ts";
import type { Cells } from "../csv-text.ts";
import { readElasticities } from "../elasticity-table.ts";
import { HS6_SOURCE, hs6Table } from "../hs6-sectors.ts";
import type { Imported, ImportInput } from "../pack-import.ts";
import { WIOD_TO_ICIO } from "./concordance.ts";

const ID = "world-2011";
const FILES = {
  trade: {
    name: "wiod2011_trade_long.csv",
    columns: ["exporter", "importer", "sector", "intermediate_musd", "final_musd"],
    rows: [10_000, 60_000],
  },
  uses: {
    name: "wiod2011_io_coefficients.csv",
    columns: ["country", "using_sector", "input_sector", "input_musd", "share_of_output"],
    rows: [10_000, 60_000],
  },
  accounts: {
    name: "wiod2011_country_sector.csv",
    columns: [
      ..."country,sector,sector_name,gross_output_musd,intermediate_inputs_musd".split(","),
      ..."value_added_plus_taxes_musd,va_share,final_expenditure_musd_all_origins".split(","),
    ],
    rows: [1000, 2000],
  },
} as const;

type Read = Readonly<Record<keyof typeof FILES, { readonly file: TextFile; readonly rows: readonly CsvRow[] }>>;

const ASSUMPTIONS = [
  "No tariffs of 2011 are in the source: they are taken as none, so that a rate of a scenario is the whole tariff.",
  "Uses and final spending of a country buy each sector from the same suppliers in the same proportions.",
  "Changes of inventories are part of final spending; a cell or a final spending that they made negative is taken as 0.",
  "Value added is output less inputs as in the source, so that it holds taxes less subsidies on what is used.",
  "A trade elasticity that is estimated for several parts of a sector is their mean (derived).",
];

/**
 * Makes the base `world-2011` from the world input-output table of 2011: 41 economies, 35 sectors. Negative flows are set to 0 and
 * listed in adjustments.csv, then each country's accounts are brought into balance again. `bounds` are the plausible numbers of
 * rows of a table. Throws InputError with every problem.
 */
export function importWiod(input: ImportInput, bounds?: readonly [number, number]): Imported {
  const problems: Problem[] = [];
  const read = readAll(input.files, problems, bounds);
  const elasticities = readElasticities(input.files, input.accessed, problems);
  if (problems.length > 0 || !read || !elasticities) throw new InputError(problems);
  const countries = [...new Set(read.accounts.rows.map((r) => r.cells.country!))].sort();
  const sectors = [...new Set(read.accounts.rows.map((r) => r.cells.sector!))];
  const places = placesIn(countries, sectors, problems);
  const flows = readFlows(read.trade, places, problems);
  if (problems.length > 0) throw new InputError(problems);
  const table: TradeTable = {
    ...{ countries, sectors, trade: Float64Array.from(flows.used, (x) => x ?? 0) },
    tariffs: new Float64Array(flows.used.length),
  };
  const totals = tradeTotals(table);
  const balanced = balanceAll(read, table, totals, places, problems);
  const sets = elasticities.sets.map((set) => toWiod(set, elasticities.sectors, sectors));
  if (problems.length > 0) throw new InputError(problems);
  const names = new Map(read.accounts.rows.map((r) => [r.cells.sector!, r.cells.sector_name!]));
  const record = balanceRecord(countries, balanced);
  const { files, changes } = draftBase(
    {
      manifest: {
        ...{ id: ID, title: "World 2011: WIOD, 41 economies, 35 sectors", year: 2011 },
        licence: "WIOD, release 2013: its users are asked to cite Timmer et al. (2015); no other terms were found",
        notice: "World Input-Output Database, release 2013: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015).",
        ...{ checkedOn: input.accessed, importer: "wiod", money: 1 },
        sources: [...sourcesOf(read, input.accessed), elasticities.source, { ...HS6_SOURCE, accessed: input.accessed }],
        assumptions: ASSUMPTIONS,
        balance: { ...record, negativeCells: flows.adjusted.length, negativeSum: flows.negative },
      },
      ...{ sectorNames: sectors.map((s) => names.get(s)!), table, published: flows.used },
      ...{ accounts: accountsOf(balanced, totals), sets },
      more: [
        {
          table: {
            path: "adjustments.csv",
            columns: ["sector", "importer", "exporter", "published", "used"],
            rows: flows.adjusted,
          },
          key: ["sector", "importer", "exporter"],
        },
        hs6Table((icio) => WIOD_TO_ICIO.find(([, sector]) => sector === icio)![0]),
      ],
    },
    input.packs,
  );
  const notes = [
    `${flows.adjusted.length} negative flows set to 0, together ${flows.negative} million dollars (adjustments.csv)`,
    `balance: ${JSON.stringify(record)}`,
  ];
  return { files, report: { publisher: "wiod", ignored: ["share_of_output", "va_share"], notes, changes } };
}

function readAll(
  files: readonly TextFile[],
  problems: Problem[],
  bounds?: readonly [number, number],
): Read | undefined {
  const found = Object.entries(FILES).map(([key, { name, columns, rows: plausible }]) => {
    const file = files.find((f) => f.path.endsWith(name) || f.path.endsWith(`${name}.gz`));
    if (!file) {
      const hint = "give the folder that holds the three tables of WIOD and the elasticities";
      problems.push({ code: "missing-file", message: `\`${name}\` is missing`, hint });
      return [key, undefined] as const;
    }
    const { rows, problems: faults } = parseCsv(file, { required: columns, optional: [] });
    problems.push(...faults);
    const [least, most] = bounds ?? plausible;
    if (rows.length < least || rows.length > most) {
      const message = `${rows.length} rows where ${least} to ${most} are plausible`;
      problems.push({ code: "bad-value", message, at: { file: file.path }, hint: "check that the file is whole" });
    }
    return [key, { file, rows }] as const;
  });
  return problems.length > 0 ? undefined : (Object.fromEntries(found) as unknown as Read);
}

interface Places {
  readonly country: (file: TextFile, row: CsvRow, column: string) => number;
  readonly sector: (file: TextFile, row: CsvRow, column: string) => number;
  readonly number: (file: TextFile, row: CsvRow, column: string) => number;
  readonly N: number;
  readonly J: number;
}

function placesIn(countries: readonly string[], sectors: readonly string[], problems: Problem[]): Places {
  const placeIn = (ids: readonly string[]) => {
    const places = new Map(ids.map((id, at) => [id, at]));
    return (file: TextFile, row: CsvRow, column: string): number => {
      const at = places.get(row.cells[column]!);
      if (at !== undefined) return at;
      const message = `\`${row.cells[column]}\` is in no account`;
      problems.push({ code: "bad-value", message, at: placeOfCell(file, row, column) });
      return 0;
    };
  };
  return {
    country: placeIn(countries),
    sector: placeIn(sectors),
    number: (file, row, column) => {
      const text = row.cells[column]!;
      if (text !== "" && Number.isFinite(Number(text))) return Number(text);
      problems.push({ code: "bad-value", message: `\`${text}\` is no number`, at: placeOfCell(file, row, column) });
      return 0;
    },
    ...{ N: countries.length, J: sectors.length },
  };
}

/** Flows of intermediate and final goods together; undefined where the source has no row. */
function readFlows({ file, rows }: Read["trade"], places: Places, problems: Problem[]) {
  const { N, J } = places;
  const used: (number | undefined)[] = Array.from({ length: J * N * N });
  const adjusted: Cells[] = [];
  let negative = 0;
  for (const row of rows) {
    const n = places.country(file, row, "importer");
    const at = (places.sector(file, row, "sector") * N + n) * N + places.country(file, row, "exporter");
    const value = places.number(file, row, "intermediate_musd") + places.number(file, row, "final_musd");
    if (used[at] !== undefined) {
      problems.push({
        code: "duplicate-id",
        message: "a flow that stands twice",
        at: { file: file.path, line: row.line },
      });
    }
    used[at] = Math.max(0, value);
    if (value >= 0) continue;
    negative += value;
    const { sector, importer, exporter } = row.cells;
    adjusted.push({ sector: sector!, importer: importer!, exporter: exporter!, published: String(value), used: "0" });
  }
  return { used, adjusted, negative };
}

/** Uses and value added as published, final spending as published where it is not negative; in balance with the flows. */
function balanceAll(
  read: Read,
  { countries }: TradeTable,
  totals: ReturnType<typeof tradeTotals>,
  places: Places,
  problems: Problem[],
): BalancedAccounts[] {
  const { J } = places;
  const uses = countries.map(() => new Float64Array(J * J));
  const valueAdded = countries.map(() => new Float64Array(J));
  const final = countries.map(() => new Float64Array(J));
  for (const row of read.uses.rows) {
    const { file } = read.uses;
    const at = places.sector(file, row, "using_sector") * J + places.sector(file, row, "input_sector");
    uses[places.country(file, row, "country")]![at]! += places.number(file, row, "input_musd");
  }
  for (const row of read.accounts.rows) {
    const { file } = read.accounts;
    const n = places.country(file, row, "country");
    const j = places.sector(file, row, "sector");
    const paid = places.number(file, row, "value_added_plus_taxes_musd");
    if (paid < 0) {
      const message = `value added \`${paid}\` is negative`;
      problems.push({ code: "bad-value", message, at: placeOfCell(file, row, "value_added_plus_taxes_musd") });
    }
    valueAdded[n]![j] = paid;
    final[n]![j] = Math.max(0, places.number(file, row, "final_expenditure_musd_all_origins"));
  }
  return countries.map((_, n) =>
    balanceAccounts({
      output: totals.output.slice(n * J, (n + 1) * J),
      spending: totals.spending.slice(n * J, (n + 1) * J),
      ...{ uses: uses[n]!, valueAdded: valueAdded[n]!, final: final[n]! },
    }),
  );
}

/** Elasticities of the parts of a sector, their mean. */
function toWiod(set: ElasticitySet, icio: readonly string[], wiod: readonly string[]): ElasticitySet {
  const clusters = sectorClusters(
    WIOD_TO_ICIO.map(([from, to]) => ({ from, to })),
    wiod,
    icio,
  );
  const theta = wiod.map((_, w) => {
    const parts = clusters.find((c) => c.from.includes(w))!.to;
    return parts.reduce((sum, j) => sum + set.theta[j]!, 0) / parts.length;
  });
  return { ...set, theta };
}

function sourcesOf(read: Read, accessed: string): Source[] {
  const titles = {
    trade: "flows between economies by sector of origin, intermediate and final",
    uses: "uses of each sector by each sector",
    accounts: "output, intermediate inputs, value added and final spending by sector",
  };
  return (Object.keys(titles) as (keyof Read)[]).map((key) => ({
    id: `wiod-2013-${key}`,
    producer: "World Input-Output Database (University of Groningen and partners)",
    title: `World input-output table 2011, release 2013: ${titles[key]}`,
    citation: "Timmer, Dietzenbacher, Los, Stehrer and de Vries, Review of International Economics 23 (2015), 575-605",
    url: "http://www.wiod.org/home",
    accessed,
    licence: "free of charge with that reference; taken from the R package bquast/wiod",
    sha256: hashOf(read[key].file),
  }));
}
