import { InputError, type Place, type Problem } from "../domain/errors.ts";
import type { Accounts, BasePack } from "./base-pack.ts";
import type { ElasticitySet } from "./elasticities.ts";

/** A table of a base, split into cells; the first row names the columns. */
export interface BaseTable {
  readonly file: string;
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[];
}

/** What a base's folder says: its manifest as it was read, and its tables by name. */
export interface BaseTexts {
  readonly manifest: unknown;
  readonly locate: (path: readonly (string | number)[]) => Place;
  readonly tables: ReadonlyMap<string, BaseTable>;
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * Reads a base from its manifest and tables (docs/economy.md). Shares are brought to sum to exactly 1, which they miss by the last
 * digit that is written. Throws InputError with every problem.
 */
export function parseBasePack({ manifest, locate, tables }: BaseTexts): BasePack {
  const problems: Problem[] = [];
  const head = readManifest(manifest, problems, locate);
  if (!head) throw new InputError(problems);
  const { countries, sectors } = head;
  const N = countries.length;
  const J = sectors.length;
  const read = (name: string, want: Wanted) => readTable(tables.get(name), name, want, problems, locate([]));
  const bySector = { keys: [sectors, countries], columns: countries, least: 0 };
  const trade = read("trade.csv", bySector);
  const tariffs = tables.has("tariffs.csv") ? read("tariffs.csv", bySector) : undefined;
  const accounts = read("accounts.csv", {
    keys: [countries, sectors],
    columns: ["value_added_share", "final_share"],
    least: 0,
  });
  const inputs = read("inputs.csv", { keys: [countries, sectors], columns: sectors, least: 0 });
  const ids = head.elasticities.map((set) => set.id);
  const theta = read("elasticities.csv", { keys: [sectors], columns: ids, least: 0 });
  const sectorOfProduct = readProducts(tables.get("concordance-hs6.csv"), sectors, problems);
  if (problems.length > 0) throw new InputError(problems);
  const column = (table: Float64Array, at: number, of: number) =>
    Float64Array.from({ length: table.length / of }, (_, row) => table[row * of + at]!);
  return {
    ...head,
    trade: trade.map((x) => x * head.money),
    tariffs: tariffs ?? new Float64Array(J * N * N),
    valueAddedShare: column(accounts, 0, 2),
    finalShare: toOne(column(accounts, 1, 2), J),
    inputs: toOne(inputs, J),
    sectorOfProduct,
    elasticities: head.elasticities.map((set, s) => ({ ...set, theta: [...column(theta, s, ids.length)] })),
  };
}

type Head = Omit<BasePack, keyof Accounts | "trade" | "tariffs" | "elasticities" | "sectorOfProduct"> & {
  readonly money: number;
  readonly elasticities: readonly Omit<ElasticitySet, "theta">[];
};

function readManifest(raw: unknown, problems: Problem[], locate: BaseTexts["locate"]): Head | undefined {
  const of = isRaw(raw) ? raw : {};
  const before = problems.length;
  const fault = (key: string, expected: string): void => {
    problems.push({
      code: "bad-shape",
      message: `\`${key}\` of a base is missing or wrong`,
      hint: expected,
      at: locate([key]),
    });
  };
  const text = (key: string): string => {
    const value = of[key];
    if (typeof value === "string" && value !== "") return value;
    fault(key, "expected a text");
    return "";
  };
  const amount = (key: string): number => {
    const value = of[key];
    if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
    fault(key, "expected a number above 0");
    return 1;
  };
  const list = <T>(key: string, isOne: (x: unknown) => x is T, expected: string): readonly T[] => {
    const value = of[key];
    if (Array.isArray(value) && value.length > 0 && value.every(isOne)) return value;
    fault(key, expected);
    return [];
  };
  const isText = (x: unknown): x is string => typeof x === "string" && x !== "";
  const isNamed = (x: unknown): x is { id: string; name: string } => isRaw(x) && isText(x.id) && isText(x.name);
  const isSet = (x: unknown): x is Omit<ElasticitySet, "theta"> =>
    isRaw(x) && isText(x.id) && isText(x.title) && (x.kind === "published" || x.kind === "assumed");
  const sectors = list("sectors", isNamed, "expected `{ id, name }` for each sector");
  const head: Head = {
    ...{ id: text("id"), title: text("title"), year: amount("year"), licence: text("licence") },
    ...(of.notice !== undefined && { notice: text("notice") }),
    money: amount("money"),
    countries: list("countries", isText, "expected a list of country codes"),
    sectors: sectors.map((s) => s.id),
    sectorNames: sectors.map((s) => s.name),
    elasticities: list("elasticities", isSet, "expected `{ id, title, kind: published | assumed }` for each set"),
    assumptions: list("assumptions", isText, "expected a list of sentences"),
  };
  for (const key of ["countries", "sectors"] as const)
    if (new Set(head[key]).size < head[key].length) fault(key, "each id once");
  return problems.length > before ? undefined : head;
}

interface Wanted {
  /** What the first columns count through: every combination stands in one row, in any order. */
  readonly keys: readonly (readonly string[])[];
  /** The other columns, all of them numbers; an empty cell counts as 0. */
  readonly columns: readonly string[];
  readonly least: number;
}

/** The numbers of a table, rows in the order of the keys. */
function readTable(
  table: BaseTable | undefined,
  name: string,
  want: Wanted,
  problems: Problem[],
  at: Place,
): Float64Array {
  const width = want.columns.length;
  const height = want.keys.reduce((product, ids) => product * ids.length, 1);
  const values = new Float64Array(width * height);
  const [header, ...rows] = table?.rows ?? [];
  const skip = want.keys.length;
  if (!table || !header || header.cells.slice(skip).join() !== want.columns.join()) {
    const message = table ? `the columns of ${name} are not those of the manifest` : `${name} is missing`;
    const hint = `${skip} columns of ids, then ${width}: ${want.columns.slice(0, 3).join(", ")}${width > 3 ? ", ..." : ""}`;
    problems.push({ code: table ? "bad-shape" : "missing-file", message, hint, at: table ? { file: table.file } : at });
    return values;
  }
  const found = new Uint8Array(height);
  const report = (message: string, line: number, hint: string): void => {
    problems.push({ code: "bad-value", message, hint, at: { file: table.file, line } });
  };
  for (const { cells, line } of rows) {
    if (cells.length !== skip + width) {
      report(`${cells.length} cells`, line, `expected ${skip + width}`);
      continue;
    }
    const numbers = cells.slice(skip).map((cell) => (cell === "" ? 0 : Number(cell)));
    const bad = numbers.findIndex((x) => !(Number.isFinite(x) && x >= want.least));
    if (bad >= 0) report(`\`${cells[skip + bad]}\` in \`${want.columns[bad]}\``, line, `a number from ${want.least}`);
    const place = placeOf(cells, want.keys);
    if (place < 0 || found[place]) {
      const what = cells.slice(0, skip).join(", ");
      report(`\`${what}\` ${place < 0 ? "is not in the manifest" : "stands twice"}`, line, "one row for each");
      continue;
    }
    found[place] = 1;
    values.set(numbers, place * width);
  }
  const lost = found.indexOf(0);
  if (lost >= 0) {
    const ids = want.keys.map((list, k) => {
      const below = want.keys.slice(k + 1).reduce((product, more) => product * more.length, 1);
      return list[Math.floor(lost / below) % list.length];
    });
    problems.push({
      code: "bad-shape",
      message: `${name} has no row for \`${ids.join(", ")}\``,
      hint: `expected ${height} rows`,
      at: { file: table.file },
    });
  }
  return values;
}

/** Where a row's numbers go, by its ids; -1 for an id that is not there. */
function placeOf(cells: readonly string[], keys: Wanted["keys"]): number {
  let place = 0;
  for (const [k, ids] of keys.entries()) {
    const at = ids.indexOf(cells[k]!);
    if (at < 0) return -1;
    place = place * ids.length + at;
  }
  return place;
}

/** Product codes and the sectors that hold them: the first two columns. */
function readProducts(table: BaseTable | undefined, sectors: readonly string[], problems: Problem[]) {
  const places = new Map<string, string>();
  for (const { cells, line } of table?.rows.slice(1) ?? []) {
    const [hs6, sector] = [cells[0]!, cells[1] ?? ""];
    if (/^\d{6}$/.test(hs6) && sectors.includes(sector) && !places.has(hs6)) places.set(hs6, sector);
    else {
      const message = `\`${hs6}\` in \`${sector}\``;
      const hint = "six digits, once each, and a sector of the base";
      problems.push({ code: "bad-value", message, hint, at: { file: table!.file, line } });
    }
  }
  return places;
}

/** Rows of `size` numbers, each brought to sum to 1; a row of zeros stays. */
function toOne(values: Float64Array, size: number): Float64Array {
  const scaled = values.slice();
  for (let row = 0; row < values.length; row += size) {
    let sum = 0;
    for (let at = 0; at < size; at++) sum += values[row + at]!;
    if (sum > 0) for (let at = 0; at < size; at++) scaled[row + at]! /= sum;
  }
  return scaled;
}

function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
