import { type IsoDate, within } from "../domain/dates.ts";
import { remember } from "../domain/remember.ts";
import type { Dated, GroupVersion, RuleBook } from "./book.ts";
import {
  type Condition,
  type Facts,
  isApart,
  isNumberRange,
  isPartialSet,
  isWithin,
  type NumberRange,
} from "./condition.ts";
import { formulaLacks, formulaOf, quantityRange } from "./formulas.ts";

/** Three-valued truth: null is unknown. */
export type Kleene = boolean | null;

/** Whose law is asked, on which day, about what. */
export interface Scene {
  readonly book: RuleBook;
  readonly regime: string;
  readonly date: IsoDate;
  readonly facts: Facts;
}

/** Truth of a condition. A fact that is not given is unknown; unknown counts only where it matters. */
export function evaluate(c: Condition, scene: Scene): Kleene {
  switch (c.op) {
    case "all":
      return conjunction(c.of, scene, false);
    case "any":
      return conjunction(c.of, scene, true);
    case "not":
      return negate(evaluate(c.of, scene));
    case "is": {
      const v = scene.facts[c.fact];
      return v === undefined ? null : v === c.value;
    }
    case "in": {
      const v = scene.facts[c.fact];
      return v === undefined ? null : c.values.includes(v as string);
    }
    case "includes": {
      const v = scene.facts[c.fact];
      if (v === undefined) return null;
      return isPartialSet(v) ? holdsSome(c.values, v.known) || null : holdsSome(c.values, v as readonly string[]);
    }
    case "in-group":
      return inGroup(c.groups, scene.facts[c.fact], scene);
    case "number":
      return compare(c.formula ? quantityRange(c.fact, scene.facts) : scene.facts[c.fact], c.bounds);
    case "same": {
      const a = scene.facts[c.fact];
      const b = scene.facts[c.other];
      return a === undefined || b === undefined ? null : a === b;
    }
    case "formula":
      return compare(formulaOf(c.name).range(scene.facts, c.k), c.bounds);
    case "matches":
      return matches(c.codes, scene);
    case "term":
      return termHolds(`${scene.regime}/${c.name}`, scene);
  }
}

function holdsSome(wanted: readonly string[], held: readonly string[]): boolean {
  return wanted.some((x) => held.includes(x));
}

/** `any` is `all` with the roles of true and false exchanged (De Morgan). */
function conjunction(of: readonly Condition[], scene: Scene, absorbing: boolean): Kleene {
  let unknown = false;
  for (const c of of) {
    const v = evaluate(c, scene);
    if (v === absorbing) return absorbing;
    if (v === null) unknown = true;
  }
  return unknown ? null : !absorbing;
}

function negate(v: Kleene): Kleene {
  return v === null ? null : !v;
}

function compare(v: Facts[string] | undefined, bounds: NumberRange): Kleene {
  if (v === undefined || !isNumberRange(v)) return null;
  if (isWithin(v, bounds)) return true;
  return isApart(v, bounds) ? false : null;
}

/** The version in force on the day. */
export function versionAt<T extends Dated>(versions: readonly T[], d: IsoDate): T | undefined {
  return versions.find((v) => within(d, v));
}

/** A state is in a union of groups when one of them holds it; a group whose text is not held that day is unknown. */
function inGroup(groups: readonly string[], v: Facts[string] | undefined, scene: Scene): Kleene {
  if (v === undefined) return null;
  let unknown = false;
  for (const id of groups) {
    const version = groupHeld(id, scene);
    if (!version) unknown = true;
    else if (version.members.has(v as string)) return true;
  }
  return unknown ? null : false;
}

function groupHeld(id: string, scene: Scene): GroupVersion | undefined {
  const group = scene.book.groups.get(id);
  return group && versionAt(group.versions, scene.date);
}

function termHolds(key: string, scene: Scene): Kleene {
  const term = scene.book.terms.get(key);
  if (!term) return null;
  const version = versionAt(term.versions, scene.date);
  return version ? evaluate(version.when, sceneOf(key, scene)) : false;
}

/** The scene in which a list paragraph is read: its definitions are those of its own regime, whoever refers to it. */
export function sceneOf(key: string, scene: Scene): Scene {
  const regime = regimeOf(key);
  return regime === scene.regime ? scene : { ...scene, regime };
}

/** The regime of a definition (`USA/subject-to-the-ear`) or of a list paragraph (`USA:3B001.c`). */
export function regimeOf(key: string): string {
  return key.slice(0, 3);
}

function matches(codes: readonly string[], scene: Scene): Kleene {
  let unknown = false;
  for (const code of codes) {
    const v = matchesOne(code, scene);
    if (v === true) return true;
    if (v === null) unknown = true;
  }
  return unknown ? null : false;
}

/** Codes that somebody assigned decide alone for their regime; otherwise the paragraph's own words do. */
function matchesOne(code: string, scene: Scene): Kleene {
  const classified = scene.facts["item.classified"] as readonly string[] | undefined;
  const ofRegime = classified?.filter((c) => c.startsWith(code.slice(0, 4)));
  if (ofRegime && ofRegime.length > 0) {
    if (ofRegime.some((c) => isAtOrBelow(c, code))) return true;
    return ofRegime.some((c) => isAtOrBelow(code, c)) ? null : false;
  }
  const paragraphs = paragraphsUnder(scene.book, code);
  if (paragraphs.length === 0) return null;
  let unknown = false;
  for (const p of paragraphs) {
    const v = termHolds(p, scene);
    if (v === true) return true;
    if (v === null) unknown = true;
  }
  return unknown ? null : false;
}

/** `USA:3B001.c.1` is at or below `USA:3B001.c`; `USA:3B001.ca` is not. */
function isAtOrBelow(code: string, above: string): boolean {
  return code === above || code.startsWith(`${above}.`);
}

const UNDER = new WeakMap<RuleBook, ReadonlyMap<string, readonly string[]>>();

/** Ids of the paragraphs at or below `code` that some file defines. */
export function paragraphsUnder(book: RuleBook, code: string): readonly string[] {
  return remember(UNDER, book, () => underEachCode(book)).get(code) ?? NONE;
}

const NONE: readonly string[] = [];

function underEachCode({ terms }: RuleBook): Map<string, string[]> {
  const under = new Map<string, string[]>();
  for (const id of terms.keys()) {
    for (let end = id.length; end > 0; end = id.lastIndexOf(".", end - 1)) {
      const above = id.slice(0, end);
      const found = under.get(above);
      if (found) found.push(id);
      else under.set(above, [id]);
    }
  }
  return under;
}

/** What an undetermined condition lacks: names of facts, and `text of X` where a group or paragraph is not held. */
export function missingOf(c: Condition | boolean, scene: Scene, into: Set<string> = new Set()): Set<string> {
  const found: string[] = [];
  if (typeof c !== "boolean") lacks(c, scene, found);
  for (const name of found) into.add(name);
  return into;
}

/** The truth of `c`, and in `found` what it lacks; what a decided part lacked is taken out again. */
function lacks(c: Condition, scene: Scene, found: string[]): Kleene {
  switch (c.op) {
    case "all":
      return lacksOfSeveral(c.of, found, false, (x) => lacks(x, scene, found));
    case "any":
      return lacksOfSeveral(c.of, found, true, (x) => lacks(x, scene, found));
    case "not":
      return negate(lacks(c.of, scene, found));
    case "term":
      return lacksOfTerm(`${scene.regime}/${c.name}`, scene, found);
    case "matches":
      return lacksOfSeveral(c.codes, found, true, (code) => lacksOfCode(code, scene, found));
    default: {
      const v = evaluate(c, scene);
      if (v === null) found.push(...lacksOfTest(c, scene));
      return v;
    }
  }
}

/** Parts joined by *and* (false absorbs) or *or* (true absorbs). */
function lacksOfSeveral<T>(parts: readonly T[], found: string[], absorbing: boolean, ask: (part: T) => Kleene): Kleene {
  const before = found.length;
  let unknown = false;
  for (const part of parts) {
    const v = ask(part);
    if (v === absorbing) {
      found.length = before;
      return absorbing;
    }
    if (v === null) unknown = true;
  }
  return unknown ? null : !absorbing;
}

function lacksOfTest(
  c: Exclude<Condition, { readonly op: "all" | "any" | "not" | "term" | "matches" }>,
  scene: Scene,
): string[] {
  switch (c.op) {
    case "same":
      return [c.fact, c.other].filter((f) => scene.facts[f] === undefined);
    case "formula":
      return formulaLacks(c.name, scene.facts);
    case "number":
      return c.formula ? formulaLacks(c.formula, scene.facts) : [c.fact];
    case "in-group":
      return [
        ...(scene.facts[c.fact] === undefined ? [c.fact] : []),
        ...c.groups.filter((g) => !groupHeld(g, scene)).map((g) => `text of ${g}`),
      ];
    default:
      return [c.fact];
  }
}

function lacksOfTerm(key: string, scene: Scene, found: string[]): Kleene {
  const term = scene.book.terms.get(key);
  if (!term) {
    found.push(`text of ${key}`);
    return null;
  }
  const version = versionAt(term.versions, scene.date);
  return version ? lacks(version.when, sceneOf(key, scene), found) : false;
}

function lacksOfCode(code: string, scene: Scene, found: string[]): Kleene {
  const paragraphs = paragraphsUnder(scene.book, code);
  if (paragraphs.length > 0 && scene.facts["item.classified"] === undefined) {
    return lacksOfSeveral(paragraphs, found, true, (p) => lacksOfTerm(p, scene, found));
  }
  const v = matchesOne(code, scene);
  if (v === null)
    found.push(
      "item.classified",
      ...paragraphs.flatMap((p) => [...missingOf({ op: "matches", codes: [p] }, withoutCodes(scene))]),
    );
  return v;
}

/** The scene before somebody assigned codes: what the paragraphs' own words would ask for. */
function withoutCodes(scene: Scene): Scene {
  const { "item.classified": _codes, ...facts } = scene.facts;
  return { ...scene, facts };
}
