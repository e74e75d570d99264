import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { countryPlace, type Locate } from "./read-base.ts";
import type { Shock, TradeBase } from "./trade-base.ts";

const KEYS = ["tariffs", "costs", "title"];

type Raw = Readonly<Record<string, unknown>>;

/**
 * Reads `{ "tariffs"?: [{ importer, exporter, sector, rate }], "costs"?: [{ importer, exporter, sector, factor }] }`: each of importer,
 * exporter and sector an id, a list of ids or `"*"`; sectors by id or by their number from 1; later rows win; `rate` is ad
 * valorem (0.25), `factor` multiplies the iceberg cost. What is not named keeps the base; lists and `"*"` leave trade at home
 * alone, which is never taxed. Throws InputError with every problem.
 */
export function readScenario(raw: unknown, base: TradeBase, locate: Locate): Shock {
  const problems: Problem[] = [];
  const report: Report = (path, message, hint) => {
    problems.push({ code: "bad-shape", message, at: locate(path), ...(hint !== undefined && { hint }) });
  };
  const shock: Shock = { tariffs: base.tariffs.slice(), costs: new Float64Array(base.shares.length).fill(1) };
  if (!isRaw(raw)) report([], "a scenario is one JSON object", 'such as `{ "costs": [] }`');
  else {
    for (const key of Object.keys(raw).filter((k) => !KEYS.includes(k)))
      report([key], `a scenario has no \`${key}\``, `expected ${KEYS.join(", ")}`);
    readRows(raw.tariffs, { name: "tariffs", value: "rate", least: -1, into: shock.tariffs }, base, report);
    readRows(raw.costs, { name: "costs", value: "factor", least: 0, into: shock.costs }, base, report);
  }
  if (problems.length > 0) throw new InputError(problems);
  return shock;
}

interface Table {
  readonly name: string;
  readonly value: string;
  /** Values must be above it. */
  readonly least: number;
  readonly into: Float64Array;
}

type Report = (path: readonly (string | number)[], message: string, hint?: string) => void;

function readRows(raw: unknown, table: Table, base: TradeBase, report: Report): void {
  if (raw === undefined) return;
  if (!Array.isArray(raw)) {
    report([table.name], `\`${table.name}\` is no list of rows`);
    return;
  }
  for (const [r, row] of (raw as readonly unknown[]).entries()) {
    const where = `row ${r + 1} of \`${table.name}\``;
    if (!isRaw(row)) {
      report([table.name, r], `${where} is no object`, `such as { importer, exporter, sector, ${table.value} }`);
      continue;
    }
    readRow(row, r, table, base, report);
  }
}

function readRow(row: Raw, r: number, table: Table, base: TradeBase, report: Report): void {
  const where = `row ${r + 1} of \`${table.name}\``;
  const of = (key: string): Field => ({ value: row[key], path: [table.name, r, key], where: `\`${key}\` in ${where}` });
  const N = base.countries.length;
  const known = ["importer", "exporter", "sector", table.value];
  for (const key of Object.keys(row).filter((k) => !known.includes(k)))
    report([table.name, r, key], `${where} has \`${key}\``, `expected ${known.join(", ")}`);
  const ofCountry = (text: string) => countryPlace(base, text);
  const importers = placesOf(of("importer"), base.countries, ofCountry, report);
  const exporters = placesOf(of("exporter"), base.countries, ofCountry, report);
  const ofSector = (text: string) => sectorPlace(base.sectors, text);
  const sectors = placesOf(of("sector"), base.sectors, ofSector, report);
  const value = row[table.value];
  if (typeof value !== "number" || !Number.isFinite(value) || value <= table.least) {
    report(
      [table.name, r, table.value],
      `\`${table.value}\` in ${where} is \`${JSON.stringify(value)}\``,
      `a number above ${table.least}`,
    );
    return;
  }
  // A list of countries means the trade between them; only who names one country twice means its trade at home.
  const isOne = (country: unknown) => typeof country === "string" && country !== "*";
  const atHome = table.name === "costs" && isOne(row.importer) && isOne(row.exporter);
  for (const j of sectors)
    for (const n of importers)
      for (const i of exporters) if (n !== i || atHome) table.into[(j * N + n) * N + i] = value;
}

interface Field {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
  readonly where: string;
}

function placesOf(
  { value: raw, path, where }: Field,
  names: readonly string[],
  place: (text: string) => number,
  report: Report,
): readonly number[] {
  if (raw === "*") return names.map((_, at) => at);
  const asked: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (raw === undefined || asked.length === 0) {
    report(path, `${where} is missing`, 'an id, a list of ids or "*"');
    return [];
  }
  return asked.flatMap((one) => {
    const text = typeof one === "number" ? String(one) : one;
    const at = typeof text === "string" ? place(text) : -1;
    if (at >= 0) return [at];
    const guess = typeof text === "string" ? nearest(text, names) : undefined;
    report(
      path,
      `${where} is \`${JSON.stringify(one)}\`, which the base does not have`,
      guess && `did you mean \`${guess}\`?`,
    );
    return [];
  });
}

/** By id first, then by number from 1. */
function sectorPlace(sectors: readonly string[], text: string): number {
  const exact = sectors.indexOf(text);
  if (exact >= 0) return exact;
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= sectors.length ? number - 1 : -1;
}

function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
