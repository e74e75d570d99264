import { createHash } from "node:crypto";
import { type IsoDate, parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { parseState, type State, stateNames } from "../domain/states.ts";
import type { TextFile } from "../input/text-file.ts";
import type { CheckDigest, CheckResult, TransactionResult } from "../law/check-result.ts";
import { type CheckSettings, createChecker } from "./check.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import { badDay, libraryKnownOn, unknownLaw } from "./known-library.ts";
import type { Library } from "./store.ts";
import { readTransactions, type Transaction, type TransactionSource } from "./transactions.ts";

/** What the caller fixes, as it was written. */
export interface CheckOptions {
  readonly asOf?: string | undefined;
  readonly regimes?: readonly string[] | undefined;
  /** Only law that could be known by that day counts. */
  readonly knownOn?: string | undefined;
}

/** A file whose every transaction was read without a problem. */
export interface ReadSource {
  readonly count: number;
  /** SHA-256 of the text. */
  readonly hash: string;
}

/** More problems than this are one cause many times over: reading stops. */
const MOST_PROBLEMS = 1000;

/** Reads the whole file once without keeping it. Throws InputError with every problem. `tell` hears how far it came. */
export async function verifySource(
  source: TransactionSource,
  library: Library,
  tell: (read: number) => void = () => {},
): Promise<ReadSource> {
  const { hashed, hash } = hashing(source);
  const problems: Problem[] = [];
  let count = 0;
  for await (const batch of readTransactions(hashed, library.book().book)) {
    count += batch.transactions.length;
    problems.push(...batch.problems);
    if (problems.length >= MOST_PROBLEMS) break;
    tell(count);
  }
  if (problems.length > 0) throw new InputError(problems);
  return { count, hash: hash() };
}

/** The same source, whose text is hashed as it passes. */
function hashing(source: TransactionSource): { hashed: TransactionSource; hash: () => string } {
  const digest = createHash("sha256");
  async function* pieces(): AsyncGenerator<string> {
    for await (const piece of source.pieces()) {
      digest.update(piece);
      yield piece;
    }
  }
  return { hashed: { path: source.path, pieces }, hash: () => digest.digest("hex") };
}

/** A check that runs: results in the order of the file, a batch at a time, then the digest. */
export interface RunningCheck {
  readonly count: number;
  readonly results: () => AsyncGenerator<readonly TransactionResult[]>;
  readonly digest: CheckDigest;
  readonly notModelled: readonly string[];
}

/** Puts every transaction of a file to the law, streamed; a file with problems gives no result at all. Throws InputError. */
export async function startCheck(
  source: TransactionSource,
  options: CheckOptions,
  library: Library,
  tell?: (read: number) => void,
): Promise<RunningCheck> {
  const settings = readSettings(options);
  const law = libraryKnownOn(library, settings.knownOn);
  const { book } = law.book();
  const read = await verifySource(source, library, tell);
  async function* results(): AsyncGenerator<readonly TransactionResult[]> {
    const check = createChecker(book, { ...settings, exact: read.count <= MOST_EXACT });
    const { hashed, hash: again } = hashing(source);
    for await (const { transactions } of readTransactions(hashed, book)) {
      for (let i = 0; i < transactions.length; i += AT_ONCE) yield transactions.slice(i, i + AT_ONCE).map(check);
    }
    if (again() !== read.hash)
      throw new InputError([{ code: "missing-file", message: `\`${source.path}\` changed while it was read` }]);
  }
  return { count: read.count, results, digest: checkDigest(law, read.hash), notModelled: notModelled(settings) };
}

/** What an answer about a text with that hash rests on. */
export function checkDigest(library: Library, data: string): CheckDigest {
  return { rules: library.book().hash, data, engine: hashText(ENGINE) };
}

/** A longer catalogue is answered by three-valued logic alone, which may leave open what exact decision settles, and names no next fact. */
const MOST_EXACT = 100;

/** So many results exist at the same time. */
const AT_ONCE = 100;

/** What the check does not model. */
export function notModelled({ knownOn }: CheckSettings): readonly string[] {
  return [...unknownLaw(knownOn), ...NOT_MODELLED];
}

const NOT_MODELLED = [
  "who a party is: its name is held against the lists of the rule files alone, which are held in part, and no match is no clearance; headquarters, ownership and all else count as the transaction states them",
  "law other than export control: sanctions, customs, investment and procurement",
  "regimes that were not asked, and text that is not held (see `holes`)",
];

/** The whole answer as one value, for a file that fits in memory. Throws InputError with every problem. */
export async function checkFile(file: TextFile, options: CheckOptions, library: Library): Promise<CheckResult> {
  const running = await startCheck(sourceOf(file), options, library);
  const results: TransactionResult[] = [];
  for await (const batch of running.results()) results.push(...batch);
  return { schema: "entente/check@1", results, digest: running.digest, notModelled: running.notModelled };
}

/** A text as a source that arrives in one piece. */
export function sourceOf(file: TextFile): TransactionSource {
  return {
    path: file.path,
    pieces: async function* () {
      yield file.text;
    },
  };
}

/** The one transaction of that id, and how the file was read. Throws InputError where there is none. */
export async function findTransaction(
  source: TransactionSource,
  id: string | undefined,
  library: Library,
): Promise<ReadSource & { readonly transaction: Transaction }> {
  const read = await verifySource(source, library);
  const ids: string[] = [];
  for await (const { transactions } of readTransactions(source, library.book().book)) {
    for (const transaction of transactions) {
      if (transaction.id === id || (id === undefined && read.count === 1)) return { ...read, transaction };
      if (ids.length < SUGGESTED) ids.push(transaction.id);
    }
  }
  const guess = id === undefined ? undefined : nearest(id, ids);
  const hint = guess
    ? `did you mean \`${guess}\`?`
    : `it holds ${ids.slice(0, 10).join(", ")}${read.count > 10 ? " ..." : ""}`;
  const message = id === undefined ? "which of the transactions?" : `no transaction is called \`${id}\``;
  throw new InputError([{ code: "unknown-name", message, at: { file: source.path }, hint }]);
}

/** Ids that are looked through for a suggestion. */
const SUGGESTED = 1000;

/** Checks the days and the regimes. Throws InputError with every problem. */
export function readSettings({ asOf, regimes, knownOn }: CheckOptions): CheckSettings {
  const problems: Problem[] = [];
  const readDay = (text: string | undefined, option: string): IsoDate | undefined => {
    const found = text === undefined ? undefined : parseDate(text);
    if (text !== undefined && !found) problems.push(badDay(text, option));
    return found;
  };
  const day = readDay(asOf, "--as-of");
  const known = readDay(knownOn, "--known-on");
  const states = regimes?.flatMap((text): State[] => {
    const found = parseState(text);
    if (found) return [found];
    const guess = nearest(text, stateNames());
    const hint = guess ? `did you mean \`${guess}\`?` : "give codes such as USA,NLD,EUU";
    problems.push({
      code: "unknown-state",
      message: `no state is called \`${text}\``,
      hint,
      at: { file: "--regimes" },
    });
    return [];
  });
  if (states?.length === 0 && problems.length === 0)
    problems.push({ code: "bad-usage", message: "no regime is named", hint: "give codes such as USA,NLD,EUU" });
  if (problems.length > 0) throw new InputError(problems);
  return {
    ...(day && { asOf: day }),
    ...(known && { knownOn: known }),
    ...(states && { regimes: [...new Set(states)] }),
  };
}
