import { type IsoDate, within } from "../domain/dates.ts";
import { editDistance } from "../domain/errors.ts";
import { remember } from "../domain/remember.ts";
import type { Cite, Listing, RuleBook } from "./book.ts";
import type { Facts } from "./condition.ts";
import { closeClaims } from "./facts.ts";
import { evaluate } from "./kleene.ts";
import { liveSavings } from "./savings.ts";

/**
 * How a listed name meets the stated one: the same name, the same as another name of the listed party, or only alike, which
 * decides nothing.
 */
export type NameMatch = "name" | "alias" | "possible";

/** A listing that names the party, or may. */
export interface PartyListing {
  readonly list: string;
  /** The name under which the party is listed. */
  readonly listed: string;
  readonly match: NameMatch;
  /**
   * What follows: the party is on the list; a saving keeps the transaction from it; the list says what the party may get, which
   * only the transaction itself can rely on; or somebody has to decide whether it is the same party.
   */
  readonly effect: "listed" | "saved" | "grants" | "decide";
  readonly from: IsoDate;
  readonly until?: IsoDate;
  readonly cite: Cite;
  /** Of a listing that a saving keeps from the transaction: the clause that does. */
  readonly saving?: { readonly id: string; readonly title: string; readonly cite: Cite };
}

/** What the lists say of the party that a transaction names. No match is no clearance: lists are held in part. */
export interface PartyMatches {
  readonly party: string;
  readonly listings: readonly PartyListing[];
}

/** Facts with what lists say of the end user, and what was found. */
export interface FactsWithLists {
  readonly facts: Facts;
  readonly party?: PartyMatches;
}

/**
 * The facts with `endUser.lists` as the lists of the day have it: those that name the end user exactly are added to what is
 * stated; where nothing is stated they are the part that is known. `regimes` are those whose lists are looked at.
 */
export function withLists(book: RuleBook, facts: Facts, date: IsoDate, regimes: readonly string[]): FactsWithLists {
  const name = facts["endUser.party"];
  if (typeof name !== "string" || name.trim() === "") return { facts };
  const all = matchesOn(book, date, name);
  const listings = all
    .filter(({ listing }) => regimes.includes(listing.list.slice(0, 3)))
    .map((found) => partyListing(found, book, date, facts));
  const party = { party: name, listings };
  const lists = [...new Set(listings.filter((x) => x.effect === "listed").map((x) => x.list))].sort();
  if (lists.length === 0) return { facts, party };
  const stated = facts["endUser.lists"];
  const known = Array.isArray(stated) ? [...new Set([...(stated as readonly string[]), ...lists])] : { known: lists };
  return { facts: { ...facts, "endUser.lists": known }, party };
}

interface Found {
  readonly listing: Listing;
  readonly match: NameMatch;
}

function partyListing({ listing, match }: Found, book: RuleBook, date: IsoDate, facts: Facts): PartyListing {
  const { list, party, from, until, cite } = listing;
  const base = { list, listed: party, match, from, ...(until !== undefined && { until }), cite };
  if (match === "possible") return { ...base, effect: "decide" };
  if (listing.grants === true) return { ...base, effect: "grants" };
  const scene = { book, regime: list.slice(0, 3), date, facts: closeClaims(book.facts, facts) };
  const saving = liveSavings(listing.savings, date).find((s) => evaluate(s.holds, scene) === true);
  if (!saving) return { ...base, effect: "listed" };
  return { ...base, effect: "saved", saving: { id: saving.id, title: saving.title, cite: saving.cite } };
}

const MATCHES = new WeakMap<RuleBook, Map<string, readonly Found[]>>();
const KEPT = 5000;

/** Listings in force on the day that name the party, exactly or nearly; each list and listed party once. */
function matchesOn(book: RuleBook, date: IsoDate, name: string): readonly Found[] {
  const known = remember(MATCHES, book, () => new Map<string, readonly Found[]>());
  if (known.size >= KEPT) known.clear();
  return remember(known, `${date} ${name}`, () => findMatches(book, date, name));
}

function findMatches(book: RuleBook, date: IsoDate, name: string): readonly Found[] {
  const index = nameIndex(book);
  const words = partyWords(name);
  const found = new Map<number, NameMatch>();
  for (const n of index.byText.get(words.join(" ")) ?? []) {
    if (found.get(n.listing) !== "name") found.set(n.listing, n.isAlias ? "alias" : "name");
  }
  for (const n of alikeNames(words, index)) if (!found.has(n.listing)) found.set(n.listing, "possible");
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([listing, match]) => ({ listing: book.listings[listing]!, match }))
    .filter(({ listing }) => within(date, listing));
}

/** A name of a listed party, and where in the book it is listed. */
interface ListedName {
  readonly listing: number;
  readonly isAlias: boolean;
  readonly words: readonly string[];
  readonly letters: string;
  readonly mask: number;
}

interface NameIndex {
  readonly byText: ReadonlyMap<string, readonly ListedName[]>;
  readonly byWord: ReadonlyMap<string, readonly ListedName[]>;
  readonly byLength: ReadonlyMap<number, readonly ListedName[]>;
}

const INDEXES = new WeakMap<RuleBook, NameIndex>();

function nameIndex(book: RuleBook): NameIndex {
  return remember(INDEXES, book, () => {
    const byText = new Map<string, ListedName[]>();
    const byWord = new Map<string, ListedName[]>();
    const byLength = new Map<number, ListedName[]>();
    book.listings.forEach(({ party, aliases = [] }, listing) => {
      [party, ...aliases].forEach((text, i) => {
        const words = partyWords(text);
        const letters = words.join("");
        const name = { listing, isAlias: i > 0, words, letters, mask: maskOf(letters) };
        remember(byText, words.join(" "), () => [] as ListedName[]).push(name);
        for (const w of new Set(words)) remember(byWord, w, () => [] as ListedName[]).push(name);
        remember(byLength, letters.length, () => [] as ListedName[]).push(name);
      });
    });
    return { byText, byWord, byLength };
  });
}

/** Names that hold all words of this one, or the other way round, or differ from it in a letter or two. */
function alikeNames(words: readonly string[], { byWord, byLength }: NameIndex): Set<ListedName> {
  const alike = new Set<ListedName>();
  for (const w of new Set(words)) for (const n of byWord.get(w) ?? []) if (sharesAll(n.words, words)) alike.add(n);
  const letters = words.join("");
  const mask = maskOf(letters);
  for (let length = letters.length - 2; length <= letters.length + 2; length++) {
    const shorter = Math.min(length, letters.length);
    const allowed = shorter >= 10 ? 2 : shorter >= 5 ? 1 : 0;
    if (Math.abs(length - letters.length) > allowed) continue;
    for (const n of byLength.get(length) ?? []) {
      // A letter more, less or other changes two bits at most: this spares nearly all comparisons.
      if (bitsIn(n.mask ^ mask) <= 2 * allowed && editDistance(n.letters, letters) <= allowed) alike.add(n);
    }
  }
  return alike;
}

function sharesAll(a: readonly string[], b: readonly string[]): boolean {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  return few.join("").length >= 3 && few.every((w) => many.includes(w));
}

function maskOf(letters: string): number {
  let mask = 0;
  for (let i = 0; i < letters.length; i++) mask |= 1 << (letters.charCodeAt(i) & 31);
  return mask;
}

function bitsIn(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Endings that say in which form a firm is set up and not who it is. */
const LEGAL_FORMS = new Set(
  (
    "ab ag aktiengesellschaft as asa bhd bv co company corp corporation gmbh inc incorporated jsc kg kk lc limited llc llp lp " +
    "ltd nv ojsc ooo oy oyj pjsc plc pte pty sa sarl sas sdn spa srl"
  ).split(" "),
);

/**
 * The words of a firm's name without case, accents, punctuation and the legal form at its end:
 * `Shanghai Biren Intelligent Technology Co., Ltd.` is `shanghai biren intelligent technology`.
 */
export function partyWords(name: string): readonly string[] {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[.'’]/g, "")
    .replace(/&/g, " and ")
    .replace(/(股份)?有限(责任)?公司$|株式会社$|^株式会社|주식회사$|^주식회사/u, "");
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((w) => w !== "");
  let end = words.length;
  while (end > 1 && (LEGAL_FORMS.has(words[end - 1]!) || words[end - 1] === "and")) end--;
  return words.slice(words[0] === "the" && end > 1 ? 1 : 0, end);
}
