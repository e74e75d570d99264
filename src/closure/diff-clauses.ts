import type { IsoDate } from "../domain/dates.ts";
import { within } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { Listing, Regime, RuleBook, RuleVersion } from "../law/book.ts";
import type { Condition } from "../law/condition.ts";
import { versionAt } from "../law/kleene.ts";

/** One side of a comparison: a rule book on a day. */
export interface DiffSide {
  readonly book: RuleBook;
  readonly date: IsoDate;
}

/** A piece of law whose words in force are not the same on both sides. */
export interface Clause {
  readonly kind: "rule" | "exception" | "term" | "group" | "hole" | "listing";
  readonly id: string;
  readonly title: string;
  readonly change: "begins" | "ends" | "changes";
  /** Conditions of the side before and of the side after; what applies to a rule stands with its `when`. */
  readonly conditions: readonly Condition[];
  /** States that are in a group on one side only. */
  readonly states: readonly State[];
}

interface Piece extends Pick<Clause, "kind" | "title"> {
  readonly text: string;
  readonly conditions: readonly Condition[];
  readonly members?: ReadonlySet<string>;
}

/** What differs between the two sides in the law of a regime: its own, and paragraphs and groups of others that its words name. */
export function changedClauses(regime: State, before: DiffSide, after: DiffSide): Clause[] {
  const old = piecesOf(regime, before);
  const now = piecesOf(regime, after);
  const own = (id: string) => id.split(" ")[1]!.toUpperCase().startsWith(regime);
  const words = [...old, ...now].flatMap(([id, piece]) => (own(id) ? [JSON.stringify(piece.conditions)] : [])).join();
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort();
  return ids.flatMap((id): Clause[] => {
    if (!own(id) && !words.includes(`"${id.split(" ")[1]}"`)) return [];
    const [a, b] = [old.get(id), now.get(id)];
    if (a?.text === b?.text) return [];
    const { kind, title } = (b ?? a)!;
    const change = a === undefined ? "begins" : b === undefined ? "ends" : "changes";
    const conditions = [...(a?.conditions ?? []), ...(b?.conditions ?? [])];
    return [
      { kind, id: id.slice(id.indexOf(" ") + 1), title, change, conditions, states: oneSided(a?.members, b?.members) },
    ];
  });
}

function oneSided(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): State[] {
  if (!a || !b) return [];
  return [...a, ...b].filter((s) => a.has(s) !== b.has(s)).sort() as State[];
}

function piecesOf(regime: State, { book, date }: DiffSide): Map<string, Piece> {
  const held = book.regimes.get(regime);
  const pieces = new Map<string, Piece>();
  if (held) addRules(held, date, pieces);
  for (const [id, term] of book.terms) {
    const version = versionAt(term.versions, date);
    if (version) {
      const text = JSON.stringify(version.when);
      pieces.set(`term ${id}`, { kind: "term", title: term.title, text, conditions: [version.when] });
    }
  }
  for (const [id, group] of book.groups) {
    const version = versionAt(group.versions, date);
    if (!version) continue;
    const { members } = version;
    pieces.set(`group ${id}`, { kind: "group", title: id, text: [...members].sort().join(), conditions: [], members });
  }
  for (const l of book.listings) if (within(date, l) && l.list.startsWith(regime)) addListing(l, pieces);
  return pieces;
}

function addRules(held: Regime, date: IsoDate, pieces: Map<string, Piece>): void {
  for (const rule of held.rules) {
    const version = versionAt(rule.versions, date);
    if (!version) continue;
    const conditions = [{ op: "all", of: [rule.applies, version.when] } as const];
    const text = `${JSON.stringify(conditions)} ${version.effect} ${version.policy} ${enforced(version, date)}`;
    pieces.set(`rule ${rule.id}`, { kind: "rule", title: rule.title, text, conditions });
    for (const x of rule.exceptions) {
      if (!within(date, x)) continue;
      const of = [{ op: "all", of: [rule.applies, version.when, x.when] } as const];
      const words = `${JSON.stringify(x.when)} ${x.overrides} ${x.effect} ${x.policy}`;
      pieces.set(`exception ${rule.id}#${x.id}`, {
        kind: "exception",
        title: `${rule.title}: ${x.id}`,
        text: words,
        conditions: of,
      });
    }
  }
  for (const hole of held.holes) {
    if (!within(date, hole)) continue;
    const text = JSON.stringify(hole.when);
    pieces.set(`hole ${hole.id}`, { kind: "hole", title: hole.why, text, conditions: [hole.when] });
  }
}

function addListing(l: Listing, pieces: Map<string, Piece>): void {
  pieces.set(`listing ${l.list} ${l.party}`, {
    kind: "listing",
    title: `${l.party} on ${l.list}`,
    text: "",
    conditions: [],
  });
}

/** The last change of status on the day. */
function enforced(version: RuleVersion, date: IsoDate): string {
  return (
    [...version.status]
      .filter((s) => s.from <= date)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1)?.status ?? "in-force"
  );
}
