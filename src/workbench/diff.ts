import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Case } from "../closure/case.ts";
import { calcDiff, type Diff, type DiffFound } from "../closure/diff.ts";
import type { DiffSide } from "../closure/diff-clauses.ts";
import type { Stock } from "../closure/diff-transactions.ts";
import { parseCase, unknownState } from "../closure/parse-case.ts";
import { probeFacts } from "../closure/probe-facts.ts";
import { type IsoDate, parseDate } from "../domain/dates.ts";
import { InputError, type Problem } from "../domain/errors.ts";
import { parseState, type State } from "../domain/states.ts";
import { readFolder } from "../input/read-folder.ts";
import { type RuleBook, unionsOf } from "../law/book.ts";
import type { Facts } from "../law/condition.ts";
import { parseRuleBook } from "../law/parse-book.ts";
import { buildContexts } from "./contexts.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import type { Library } from "./store.ts";

/** Two days of one regime, or two rule folders on one day; texts are checked together, so all problems come at once. */
export interface DiffOptions {
  readonly regime?: string;
  readonly from?: string;
  readonly to?: string;
  /** Two folders laid out like `rules/`. */
  readonly folders?: readonly [string, string];
  readonly asOf?: string;
  readonly target?: string;
  /** The case whose parties take part in the probes. */
  readonly case: string;
}

interface Asked {
  readonly regimes: readonly State[];
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly hash: string;
}

/** Decisions that differ between two days or two rule folders, with what went in. Throws InputError with every problem. */
export function answerDiff(options: DiffOptions, library: Library): Diff {
  const base = parseCase(library.caseFile(options.case));
  const asked = options.folders ? ofFolders(options, options.folders) : ofDates(options, library);
  const target = stateOf(options.target ?? base.target, "--target");
  const packs = itemsOfPacks(asked.after.book, base, library);
  const found = asked.regimes.map((regime) => {
    const stock = { deals: dealsOf(regime, target, asked, base), items: packs.items };
    return { regime, ...calcDiff({ ...asked, regime, stock }) };
  });
  return {
    schema: "entente/diff@1",
    regime: asked.regimes.length === 1 ? asked.regimes[0]! : null,
    from: asked.before.date,
    to: asked.after.date,
    folders: options.folders ?? null,
    changes: found.flatMap((f) => f.changes),
    clauses: found.flatMap((f) => clausesOf(f.regime, f)),
    tried: found.reduce((sum, f) => sum + f.tried, 0),
    digest: { rules: asked.hash, data: packs.hash, engine: hashText(ENGINE) },
    notModelled: [
      "decisions on transactions that were not tried: the list is of what was found, and its counts are of what was tried",
      "changed practice in licensing, which is no change of the law",
    ],
  };
}

function clausesOf(regime: State, { clauses }: DiffFound): Diff["clauses"] {
  return clauses.map(({ kind, id, title, change }) => ({ regime, kind, id, title, change }));
}

function ofDates(options: DiffOptions, library: Library): Asked {
  const { book, hash } = library.book();
  const problems: Problem[] = [];
  const day = (text: string | undefined, option: string): IsoDate | undefined => {
    const date = text === undefined ? undefined : parseDate(text);
    const message = text === undefined ? `${option} is missing` : `\`${text}\` is no calendar day`;
    if (!date) problems.push({ code: "bad-date", message, hint: "write YYYY-MM-DD", at: { file: option } });
    return date;
  };
  const [from, to] = [day(options.from, "--from"), day(options.to, "--to")];
  const regime = options.regime === undefined ? undefined : parseState(options.regime);
  if (options.regime === undefined) {
    problems.push({
      code: "bad-usage",
      message: "no regime is named",
      hint: "--regime NLD, or --rules A B for folders",
    });
  } else if (!regime) problems.push({ ...unknownState(options.regime), at: { file: "--regime" } });
  else if (!book.regimes.has(regime)) problems.push(unheldRegime(regime, [book]));
  if (!from || !to || !regime || problems.length > 0) throw new InputError(problems);
  return { regimes: [regime], before: { book, date: from }, after: { book, date: to }, hash };
}

function ofFolders(options: DiffOptions, folders: readonly [string, string]): Asked {
  const [a, b] = folders.map(readRules);
  const [old, now] = [a!.book, b!.book];
  const held = [...new Set([...old.regimes.keys(), ...now.regimes.keys()])].sort();
  const regimes = options.regime === undefined ? held : [stateOf(options.regime, "--regime")];
  const absent = regimes.filter((r) => !held.includes(r));
  if (absent.length > 0) throw new InputError(absent.map((r) => unheldRegime(r, [old, now])));
  const checks = regimes.flatMap((r) => [old, now].flatMap((book) => book.regimes.get(r)?.checkedOn ?? []));
  const date = options.asOf === undefined ? checks.sort()[0] : parseDate(options.asOf);
  if (!date) {
    const message = options.asOf === undefined ? "no date is given" : `\`${options.asOf}\` is no calendar day`;
    throw new InputError([{ code: "bad-date", message, hint: "write YYYY-MM-DD", at: { file: "--as-of" } }]);
  }
  const hash = hashText(`${a!.hash} ${b!.hash}`);
  return { regimes, before: { book: old, date }, after: { book: now, date }, hash };
}

/** A folder laid out like `rules/`, whatever it is called. Throws InputError when it holds no rules. */
function readRules(folder: string): { readonly book: RuleBook; readonly hash: string } {
  const path = resolve(folder);
  const files = existsSync(path)
    ? readFolder(dirname(path), basename(path), (p) => p.endsWith(".yaml") && !p.endsWith(".cases.yaml"))
    : [];
  if (files.length === 0) {
    const hint = "name a folder laid out like rules/";
    throw new InputError([{ code: "missing-file", message: `\`${folder}\` holds no rules`, hint }]);
  }
  const named = files.map((f) => ({ ...f, path: `rules${f.path.slice(basename(path).length)}` }));
  return { book: parseRuleBook(named), hash: hashText(named.map((f) => `${f.path}\0${f.text}\0`).join("")) };
}

function unheldRegime(regime: State, books: readonly RuleBook[]): Problem {
  const held = [...new Set(books.flatMap((b) => [...b.regimes.keys()]))].sort().join(", ");
  const message = `no law of \`${regime}\` is held`;
  return { code: "unknown-name", message, hint: `regimes: ${held}`, at: { file: "--regime" } };
}

function stateOf(text: string, option: string): State {
  const state = parseState(text);
  if (!state) throw new InputError([{ ...unknownState(text), at: { file: option } }]);
  return state;
}

/** Every probe, for the regime's own goods and for goods made in a third state. */
function dealsOf(regime: State, target: State, { before, after }: Asked, { cast }: Case): Facts[] {
  const { book, date } = after;
  const members = book.unions.find((u) => u.id === regime)?.members.map((m) => m.state) ?? [];
  const own = members.sort().find((s) => unionsOf(book, s, date).includes(regime)) ?? regime;
  const against = target === regime ? ("USA" as State) : target;
  const deals = [...book.probes.values()].flatMap((probe) =>
    [own, cast.third === own ? cast.ally : cast.third].flatMap((goods) =>
      [before.date, date].map((day) => probeFacts(probe, goods, { book, date: day, target: against, cast })),
    ),
  );
  return distinct(deals);
}

/** What the items of all packs are to the law, each once. */
function itemsOfPacks(
  book: RuleBook,
  base: Case,
  library: Library,
): { readonly items: Stock["items"]; readonly hash: string } {
  const others = library.store.packNames().filter((name) => !base.packs.includes(name));
  const packs = [base.packs, ...others.map((name) => [name])].flatMap((names) => library.merged(names) ?? []);
  const items = packs.flatMap((merged) => {
    const described = new Set(merged.pack.items.map((i) => i.class));
    const classes = merged.pack.classes.filter((c) => described.has(c.id));
    return buildContexts({ ...base, variants: {} }, book, merged, classes, []).flatMap((c) =>
      c.items.map((i) => i.facts),
    );
  });
  return { items: distinct(items), hash: hashText(packs.map((p) => p.hash).join(" ")) };
}

function distinct(list: readonly Facts[]): Facts[] {
  return [...new Map(list.map((f) => [JSON.stringify(Object.entries(f).sort()), f])).values()];
}
