import { InputError, type Problem } from "../../domain/errors.ts";
import type { Source } from "../../domain/sourced.ts";
import { parseState } from "../../domain/states.ts";
import { type BalancedAccounts, balanceAccounts } from "../../economy/balance.ts";
import { type BasePack, type TradeTable, tradeTotals } from "../../economy/base-pack.ts";
import { mapStructure, type SectorCluster, type Structure, sectorClusters } from "../../economy/concordance.ts";
import { type CsvRow, parseCsv, placeOfCell } from "../../input/csv-file.ts";
import type { TextFile } from "../../input/text-file.ts";
import { accountsOf, balanceRecord, draftBase, hashOf } from "../base-draft.ts";
import type { Cells, Table } from "../csv-text.ts";
import { readElasticities, SERVICES, SERVICES_UPSTREAM } from "../elasticity-table.ts";
import { HS6_SOURCE, hs6Table } from "../hs6-sectors.ts";
import type { Imported, ImportInput } from "../pack-import.ts";
import { readBaseFiles } from "../read-base-files.ts";
import { WIOD_TO_ICIO } from "../wiod/concordance.ts";

const ID = "world-2022";
const FILE = /(?:^|\/)icio2022_trade_long\.csv(?:\.gz)?$/;
const COLUMNS = ["year", "exporter", "importer", "sector", "value_musd", "tariff_advalorem"];
const ROW_BOUNDS: readonly [number, number] = [100_000, 200_000];
/** Flows are kept in thousands of dollars, in which the source's three decimals are whole numbers. */
const PER_MILLION = 1000;
const STRUCTURE = "world-2011";
const REST = "ROW";

const ASSUMPTIONS = [
  "Production and final spending are put together as in 2011 (WIOD), sector for sector by concordance-sectors.csv, then balanced.",
  "Economies that WIOD does not show by themselves are put together as its rest of the world, which holds them (concordance-countries.csv).",
  "What a sector uses of a group of sectors that WIOD has as one is spread as the economy's spending is.",
  "Uses and final spending of an economy buy each sector from the same suppliers in the same proportions.",
  "Tariffs are averages of applied rates that are not weighted by trade, from a release that ends in 2021; they hold no Section 301 duties nor the answers to them. The rate of the United States on food from most of the world (91 per cent) is implausible and is carried over as published; services pay the rate that the source gives them.",
  "A flow without a row in the source is taken as none: it is below the last digit that is written.",
  "Six of the eight elasticity sets give services 4.0, which is the compiler's filling and no estimate.",
];

/**
 * Makes the base `world-2022`: trade and tariffs of 81 economies and 28 sectors from the inter-country table of the OECD, accounts
 * mapped from `world-2011` and balanced. Throws InputError with every problem.
 */
export function importIcio(input: ImportInput, bounds = ROW_BOUNDS): Imported {
  const problems: Problem[] = [];
  const file = input.files.find((f) => FILE.test(f.path));
  if (!file) {
    const hint = "give the folder that holds it and the elasticities";
    problems.push({ code: "missing-file", message: "`icio2022_trade_long.csv` is missing", hint });
  }
  const standing = input.packs.filter((f) => f.path.includes(`bases/${STRUCTURE}/`));
  if (standing.length === 0) {
    const hint = "run `entente import wiod` first: production is put together as in that base";
    problems.push({ code: "missing-file", message: `the base \`${STRUCTURE}\` is missing`, hint });
  }
  const elasticities = readElasticities(input.files, input.accessed, problems);
  if (!file || !elasticities || problems.length > 0) throw new InputError(problems);
  const { rows, problems: faults } = parseCsv(file, { required: COLUMNS, optional: [] });
  problems.push(...faults);
  if (faults.length === 0 && (rows.length < bounds[0] || rows.length > bounds[1])) {
    const message = `${rows.length} rows where ${bounds.join(" to ")} are plausible`;
    problems.push({ code: "bad-value", message, at: { file: file.path }, hint: "check that the file is whole" });
  }
  const countries = [...new Set(rows.map((r) => r.cells.exporter!))].sort();
  const { sectors } = elasticities;
  const flows = readFlows(file, rows, { countries, sectors }, problems);
  if (problems.length > 0) throw new InputError(problems);
  const table: TradeTable = {
    ...{ countries, sectors, trade: Float64Array.from(flows.values, (x) => (x ?? 0) / PER_MILLION) },
    tariffs: Float64Array.from(flows.rates, (x) => x ?? 0),
  };
  const mapped = mapAll(table, readBaseFiles(standing));
  const record = balanceRecord(countries, mapped.balanced);
  const { files, changes } = draftBase(
    {
      manifest: {
        ...{ id: ID, title: "World 2022: OECD ICIO trade, 81 economies, 28 sectors", year: 2022 },
        licence: "OECD terms; figures taken from a repository that states no licence",
        notice:
          "Trade: OECD Inter-Country Input-Output tables; tariffs: Teti, Global Tariff Database; accounts mapped from WIOD 2011.",
        ...{ checkedOn: input.accessed, importer: "icio", money: 1 / PER_MILLION },
        sources: [...sourcesOf(file, input.accessed), elasticities.source, { ...HS6_SOURCE, accessed: input.accessed }],
        assumptions: ASSUMPTIONS,
        balance: record,
      },
      ...{ sectorNames: elasticities.names, table, published: flows.values, tariffs: flows.rates },
      ...{ accounts: accountsOf(mapped.balanced, tradeTotals(table)), sets: elasticities.sets },
      more: [sectorTable(), countryTable(countries, mapped), hs6Table((sector) => sector)],
    },
    input.packs,
  );
  const notes = [
    `${flows.values.filter((x) => x === undefined).length} flows without a row, taken as none`,
    `economies put together as the rest of the world: ${mapped.donors.filter((d) => d === REST).length - 1}`,
    `clusters in which WIOD has no output, so that its rest of the world stood in: ${mapped.stoodIn.join("; ") || "none"}`,
    `balance: ${JSON.stringify(record)}`,
  ];
  return { files, report: { publisher: "icio", ignored: ["year"], notes, changes } };
}

function readFlows(
  file: TextFile,
  rows: readonly CsvRow[],
  { countries, sectors }: Pick<TradeTable, "countries" | "sectors">,
  problems: Problem[],
) {
  const N = countries.length;
  const places = new Map(countries.map((c, n) => [c, n]));
  const sectorPlaces = new Map(sectors.map((s, j) => [s === SERVICES ? SERVICES_UPSTREAM : s, j]));
  const values: (number | undefined)[] = Array.from({ length: sectors.length * N * N });
  const rates: (number | undefined)[] = Array.from({ length: values.length });
  const refuse = (row: CsvRow, column: string, hint: string): void => {
    const message = `\`${row.cells[column]}\` in \`${column}\``;
    problems.push({ code: "bad-value", message, hint, at: placeOfCell(file, row, column) });
  };
  for (const c of countries)
    if (c !== REST && parseState(c) === undefined)
      problems.push({ code: "unknown-state", message: `\`${c}\` is no state`, at: { file: file.path } });
  for (const row of rows) {
    const { exporter, importer, sector, value_musd, tariff_advalorem } = row.cells;
    const [j, n, i] = [sectorPlaces.get(sector!), places.get(importer!), places.get(exporter!)];
    const value = Number(value_musd);
    const rate = Number(tariff_advalorem);
    if (j === undefined) refuse(row, "sector", "no elasticity is given for it");
    if (n === undefined) refuse(row, "importer", "it exports nothing");
    if (value_musd === "" || !(value >= 0)) refuse(row, "value_musd", "a number from 0");
    if (tariff_advalorem === "" || !(rate > -1)) refuse(row, "tariff_advalorem", "a rate above -1");
    if (j === undefined || n === undefined || i === undefined) continue;
    const at = (j * N + n) * N + i;
    if (values[at] !== undefined) refuse(row, "exporter", "the flow stands twice");
    values[at] = Math.round(value * PER_MILLION);
    rates[at] = rate;
  }
  return { values, rates };
}

/** Accounts of each economy: those of its donor in the base of 2011, mapped and balanced. */
function mapAll(table: TradeTable, old: BasePack) {
  const J = table.sectors.length;
  const clusters = sectorClusters(
    WIOD_TO_ICIO.map(([from, to]) => ({ from, to })),
    old.sectors,
    table.sectors,
  );
  const totals = tradeTotals(table);
  const structures = structuresOf(old);
  const donors = table.countries.map((c) => (old.countries.includes(c) ? c : REST));
  const rest = structures[old.countries.indexOf(REST)]!;
  const stoodIn: string[] = [];
  const balanced = table.countries.map((country, n): BalancedAccounts => {
    const known = {
      output: totals.output.slice(n * J, (n + 1) * J),
      spending: totals.spending.slice(n * J, (n + 1) * J),
    };
    const structure = structures[old.countries.indexOf(donors[n]!)]!;
    const leaves = totals.surplus[n]! - totals.revenue[n]!;
    const guess = mapStructure(clusters, structure, rest, { ...known, leaves });
    for (const h of guess.stoodIn) stoodIn.push(`${country} ${namesOf(clusters[h]!, old)}`);
    return balanceAccounts({ ...known, ...guess });
  });
  return { balanced, donors, stoodIn };
}

function namesOf({ from }: SectorCluster, { sectors }: BasePack): string {
  return from.map((s) => sectors[s]).join(" ");
}

/** What each country of a base makes, uses, pays and finally spends, in the money of the base. */
function structuresOf(pack: BasePack): Structure[] {
  const J = pack.sectors.length;
  const { output, surplus, revenue } = tradeTotals(pack);
  return pack.countries.map((_, n) => {
    const made = output.slice(n * J, (n + 1) * J);
    const valueAdded = made.map((y, j) => y * pack.valueAddedShare[n * J + j]!);
    const income = valueAdded.reduce((a, b) => a + b, 0) + revenue[n]! - surplus[n]!;
    const uses = new Float64Array(J * J);
    for (let j = 0; j < J; j++)
      for (let k = 0; k < J; k++) uses[j * J + k] = (made[j]! - valueAdded[j]!) * pack.inputs[(n * J + j) * J + k]!;
    return { output: made, uses, valueAdded, final: pack.finalShare.slice(n * J, (n + 1) * J).map((s) => s * income) };
  });
}

function sectorTable(): { readonly table: Table; readonly key: readonly string[] } {
  const rows = WIOD_TO_ICIO.map(([wiod, sector]): Cells => ({ wiod, sector, kind: "assumed" }));
  return {
    table: { path: "concordance-sectors.csv", columns: ["wiod", "sector", "kind"], rows },
    key: ["wiod", "sector"],
  };
}

function countryTable(countries: readonly string[], { donors, balanced }: ReturnType<typeof mapAll>) {
  const columns = ["country", "accounts_of", "kind", "misplaced_before", "gap_after", "rounds"];
  const rows = countries.map((country, n): Cells => {
    const { misplaced, gapAfter, rounds } = balanced[n]!;
    return {
      ...{ country, accounts_of: donors[n]!, kind: "assumed", misplaced_before: misplaced.toFixed(4) },
      ...{ gap_after: gapAfter.toExponential(1), rounds: String(rounds) },
    };
  });
  return { table: { path: "concordance-countries.csv", columns, rows }, key: ["country"] };
}

function sourcesOf(file: TextFile, accessed: string): Source[] {
  const taken = { accessed, url: "https://github.com/ahmadlp/tariffwar", sha256: hashOf(file) };
  return [
    {
      ...{ id: "oecd-icio-2022", producer: "OECD" },
      title:
        "Inter-Country Input-Output tables, 2022: flows by sector, uses and final spending together, services as one",
      citation:
        "OECD Inter-Country Input-Output tables, negative cells set to 0 by the repository that they were taken from",
      licence: "OECD terms and conditions; the repository states no licence",
      ...taken,
    },
    {
      ...{ id: "teti-gtd", producer: "F. Teti" },
      title: "Global Tariff Database, unweighted averages by sector, brought to the sectors of the table",
      citation: "Teti, Global Tariff Database (in the same repository)",
      licence: "not stated in the repository",
      ...taken,
    },
  ];
}
