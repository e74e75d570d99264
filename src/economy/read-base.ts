import { InputError, type Place, type Problem } from "../domain/errors.ts";
import { parseState } from "../domain/states.ts";
import type { TradeBase } from "./trade-base.ts";

/** Countries of the base of 1993 of Caliendo and Parro (2015), in the order of their data. */
const COUNTRIES_OF_1993 =
  "ARG AUS AUT BRA CAN CHL CHN DNK FIN FRA DEU GRC HUN IND IDN IRL ITA JPN KOR MEX NLD NZL NOR PRT ZAF ESP SWE TUR GBR USA ROW".split(
    " ",
  );
const SECTORS_OF_1993 = 40;

type Raw = Readonly<Record<string, unknown>>;

/** Where in the file the value at a path of keys and places (from 0) stands. */
export type Locate = (path: readonly (string | number)[]) => Place;

/**
 * Reads a base in the layout of Caliendo and Parro's data: `alphas`, `B`, `X0` (sectors x countries), `G` (countries * sectors rows of
 * sectors), `T` (1 / theta), `Din` and `xbilattau` (sectors * importers rows of exporters), `VAn`, `Sn`, and `countries` and `sectors`
 * by name unless they are those of 1993. Tariffs follow from spending, shares and trade net of tariffs. Throws InputError with
 * every problem.
 */
export function readBase(raw: unknown, locate: Locate): TradeBase {
  const problems: Problem[] = [];
  const report: ReportShape = (path, message, hint) => {
    problems.push({ code: "bad-shape", message, at: locate(path), ...(hint !== undefined && { hint }) });
    return undefined;
  };
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    throw new InputError([{ code: "bad-shape", message: "a base is one JSON object", at: locate([]) }]);
  const of = raw as Raw;
  const countries = namesIn(of, "countries", COUNTRIES_OF_1993, report);
  const sectors = namesIn(of, "sectors", numbered(SECTORS_OF_1993), report);
  if (!(countries && sectors)) throw new InputError(problems);
  const N = countries.length;
  const J = sectors.length;
  const array = (name: string, rows: number, columns: number) => arrayIn(of, name, rows, columns, report);
  const alphas = array("alphas", J, N);
  const B = array("B", J, N);
  const X0 = array("X0", J, N);
  const G = array("G", N * J, J);
  const T = array("T", J, 1);
  const Din = array("Din", J * N, N);
  const trade = array("xbilattau", J * N, N);
  const VAn = array("VAn", N, 1);
  const Sn = array("Sn", N, 1);
  if (!(alphas && B && X0 && G && T && Din && trade && VAn && Sn)) throw new InputError(problems);
  const check = (name: string, values: Float64Array, isSound: (x: number) => boolean, expected: string) => {
    const at = values.findIndex((x) => !isSound(x));
    if (at < 0) return;
    const columns = values.length / (of[name] as readonly unknown[]).length;
    report([name, Math.floor(at / columns), at % columns], `\`${name}\` has \`${values[at]}\``, `expected ${expected}`);
  };
  check("T", T, (x) => x > 0, "1 / theta above 0");
  check("Din", Din, (x) => x >= 0 && x <= 1 + 1e-9, "shares from 0 to 1");
  check("B", B, (x) => x >= 0 && x <= 1, "shares from 0 to 1");
  check("VAn", VAn, (x) => x > 0, "value added above 0");
  if (problems.length > 0) throw new InputError(problems);
  return {
    countries,
    sectors,
    theta: T.map((x) => 1 / x),
    shares: Din,
    tariffs: tariffsOf(Din, X0, trade, N),
    valueAddedShare: byCountry(B, N, J),
    inputs: inputsOf(G, N, J),
    finalShare: byCountry(alphas, N, J),
    valueAdded: VAn,
    surplus: Sn,
  };
}

type ReportShape = (path: readonly (string | number)[], message: string, hint?: string) => undefined;

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, j) => String(j + 1));
}

function namesIn(of: Raw, name: string, otherwise: readonly string[], report: ReportShape) {
  const given = of[name];
  if (given === undefined) return otherwise;
  const isNames = Array.isArray(given) && given.length > 0 && given.every((x) => typeof x === "string");
  if (!isNames) return report([name], `\`${name}\` is no list of names`);
  if (new Set(given).size < given.length) return report([name], `\`${name}\` has a name twice`);
  return given as readonly string[];
}

/** Rows one after the other; a column may be written as a plain list. */
function arrayIn(of: Raw, name: string, rows: number, columns: number, report: ReportShape): Float64Array | undefined {
  const given = of[name];
  if (!Array.isArray(given)) return report([], `\`${name}\` is missing`, `${rows} rows of ${columns} numbers`);
  if (given.length !== rows) return report([name], `\`${name}\` has ${given.length} rows`, `expected ${rows}`);
  const values = new Float64Array(rows * columns);
  for (const [r, row] of (given as readonly unknown[]).entries()) {
    const cells: readonly unknown[] = Array.isArray(row) ? row : [row];
    if (cells.length !== columns)
      return report([name, r], `row ${r + 1} of \`${name}\` has ${cells.length} numbers`, `expected ${columns}`);
    for (const [c, cell] of cells.entries()) {
      if (typeof cell !== "number" || !Number.isFinite(cell))
        return report(
          [name, r, c],
          `row ${r + 1} of \`${name}\` has \`${JSON.stringify(cell)}\` in column ${c + 1}`,
          "expected a number",
        );
      values[r * columns + c] = cell;
    }
  }
  return values;
}

function byCountry(bySector: Float64Array, N: number, J: number): Float64Array {
  const values = new Float64Array(N * J);
  for (let j = 0; j < J; j++) for (let n = 0; n < N; n++) values[n * J + j] = bySector[j * N + n]!;
  return values;
}

/** Rows are inputs and columns users in the file; here the inputs of one user lie together. */
function inputsOf(G: Float64Array, N: number, J: number): Float64Array {
  const values = new Float64Array(N * J * J);
  for (let n = 0; n < N; n++)
    for (let k = 0; k < J; k++) for (let j = 0; j < J; j++) values[(n * J + j) * J + k] = G[(n * J + k) * J + j]!;
  return values;
}

/** A tariff that no flow pays is taken as 0; the last digits of the quotient are rounded off. */
function tariffsOf(shares: Float64Array, X0: Float64Array, trade: Float64Array, N: number): Float64Array {
  return trade.map((net, at) => {
    const gross = shares[at]! * X0[Math.floor(at / N)]!;
    return net > 0 && gross > 0 ? Math.round((gross / net - 1) * 1e12) / 1e12 : 0;
  });
}

/** The place of a country that is named by its id, or by the name or a code of the same state; -1 for none. */
export function countryPlace({ countries }: Pick<TradeBase, "countries">, text: string): number {
  const exact = countries.indexOf(text);
  if (exact >= 0) return exact;
  const state = parseState(text);
  return state === undefined ? -1 : countries.findIndex((c) => parseState(c) === state);
}
