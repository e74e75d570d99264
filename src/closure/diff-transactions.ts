import { formatQuantity } from "../domain/quantities.ts";
import type { State } from "../domain/states.ts";
import type { RuleBook } from "../law/book.ts";
import {
  type Condition,
  type Facts,
  type FactValue,
  isNumberRange,
  type NumberRange,
  point,
} from "../law/condition.ts";
import { paragraphsUnder, type Scene, sceneOf, versionAt } from "../law/kleene.ts";
import type { Clause, DiffSide } from "./diff-clauses.ts";

/** Alternatives kept at every step: enough for each threshold and list value, few enough to stay quick. */
const KEPT = 24;

/**
 * Facts that make a condition true (or false), a few for each way to do so: every listed value, every threshold itself, a point on
 * either side of it. Parts that need more than facts (formulas, facts held against each other) are left to the transactions
 * that these facts are added to.
 */
function factsFor(c: Condition, wanted: boolean, scene: Scene): Facts[] {
  switch (c.op) {
    case "all":
    case "any":
      return (c.op === "all") === wanted
        ? c.of.reduce<Facts[]>((found, part) => cross(found, factsFor(part, wanted, scene)), [{}])
        : c.of.flatMap((part) => factsFor(part, wanted, scene)).slice(0, KEPT);
    case "not":
      return factsFor(c.of, !wanted, scene);
    case "is":
      return one(c.fact, wanted ? [c.value] : otherValues(c.fact, [c.value], scene.book));
    case "in":
      return one(c.fact, wanted ? c.values : otherValues(c.fact, c.values, scene.book));
    case "includes":
      return one(c.fact, wanted ? c.values.map((v) => [v]) : [[]]);
    case "in-group":
      return one(c.fact, groupStates(c.groups, wanted, scene));
    case "number":
      return one(c.fact, wanted ? inside(c.bounds) : beside(c.bounds));
    case "term":
      return termFacts(`${scene.regime}/${c.name}`, wanted, scene);
    case "matches":
      return wanted
        ? c.codes
            .flatMap((code) => paragraphsUnder(scene.book, code).flatMap((p) => termFacts(p, true, scene)))
            .slice(0, KEPT)
        : [{}];
    case "same":
    case "formula":
      return [{}];
  }
}

function termFacts(key: string, wanted: boolean, scene: Scene): Facts[] {
  const term = scene.book.terms.get(key);
  const version = term && versionAt(term.versions, scene.date);
  return version ? factsFor(version.when, wanted, sceneOf(key, scene)) : wanted ? [] : [{}];
}

function one(fact: string, values: readonly FactValue[]): Facts[] {
  return values.slice(0, KEPT).map((v) => ({ [fact]: v }));
}

function otherValues(fact: string, not: readonly (boolean | string)[], book: RuleBook): FactValue[] {
  const declared = book.facts.get(fact);
  if (declared?.type === "boolean") return [!not[0]];
  return (declared?.values ?? []).filter((v) => !not.includes(v)).slice(0, 1);
}

function groupStates(groups: readonly string[], wanted: boolean, scene: Scene): string[] {
  const members = new Set<string>();
  for (const id of groups) {
    const group = scene.book.groups.get(id);
    for (const s of (group && versionAt(group.versions, scene.date)?.members) ?? []) members.add(s);
  }
  const known = [...scene.book.regimes.keys(), ...members];
  return [...new Set(known.filter((s) => members.has(s) === wanted))].sort().slice(0, 3);
}

/** Ends that belong to the interval, and a point inside. */
function inside({ low, high, lowIncluded, highIncluded }: NumberRange): NumberRange[] {
  const middle = Number.isFinite(low) ? (Number.isFinite(high) ? (low + high) / 2 : low + 1) : high / 2;
  const ends = [...(lowIncluded ? [low] : []), ...(highIncluded ? [high] : [])].filter(Number.isFinite);
  return [...new Set([...ends, middle])].map(point);
}

/** Points just outside. */
function beside({ low, high, lowIncluded, highIncluded }: NumberRange): NumberRange[] {
  const below = Number.isFinite(low) ? [lowIncluded ? low / 2 : low] : [];
  const above = Number.isFinite(high) ? [highIncluded ? high * 1.25 + (high === 0 ? 1 : 0) : high] : [];
  return [...below, ...above].map(point);
}

function cross(a: readonly Facts[], b: readonly Facts[]): Facts[] {
  const found: Facts[] = [];
  for (const x of a) {
    for (const y of b) {
      const both = join(x, y);
      if (both) found.push(both);
      if (found.length >= KEPT) return found;
    }
  }
  return found;
}

/** Both together; undefined where they contradict each other. Sets are joined. */
function join(a: Facts, b: Facts): Facts | undefined {
  const both: Record<string, FactValue> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const held = both[name];
    if (held === undefined) both[name] = value;
    else if (Array.isArray(held) && Array.isArray(value)) both[name] = [...new Set([...held, ...(value as string[])])];
    else if (JSON.stringify(held) !== JSON.stringify(value)) return undefined;
  }
  return both;
}

/** What probes and packs give: transactions without an item, and items. */
export interface Stock {
  readonly deals: readonly Facts[];
  readonly items: readonly Facts[];
}

/**
 * Transactions that could show a difference: every deal with every item; deals with facts of the clauses that differ, on both
 * sides of each threshold; and deals in which a state of a changed group takes the place of another. In a fixed order.
 */
export function* transactionsFor(
  stock: Stock,
  clauses: readonly Clause[],
  regime: State,
  sides: readonly DiffSide[],
): Generator<{ readonly deal: Facts; readonly item: Facts }> {
  for (const deal of stock.deals) for (const item of stock.items) yield { deal, item };
  const states = [...new Set(clauses.flatMap((c) => c.states))].slice(0, MOVED);
  const moved = dedupe(stock.deals.flatMap((deal) => states.flatMap((s) => movedTo(deal, s))));
  for (const deal of moved) for (const item of stock.items) yield { deal, item };
  const cut = dedupe(stock.items.flatMap((item) => cellsOf(item, thresholdsOf(clauses))));
  for (const deal of stock.deals) for (const item of cut) yield { deal, item };
  const parts = dedupe(
    clauses.flatMap((c) =>
      c.conditions.flatMap((x) => sides.flatMap((side) => bothWays(x, { ...side, regime, facts: {} }))),
    ),
  );
  for (const part of parts) for (const deal of stock.deals) yield { deal: NOTHING, item: { ...deal, ...part } };
}

/** Every threshold of the clauses, by fact. */
function thresholdsOf(clauses: readonly Clause[]): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  const walk = (c: Condition): void => {
    if (c.op === "all" || c.op === "any") c.of.forEach(walk);
    else if (c.op === "not") walk(c.of);
    else if (c.op === "number") {
      const ends = [c.bounds.low, c.bounds.high].filter(Number.isFinite);
      found.set(c.fact, new Set([...(found.get(c.fact) ?? []), ...ends]));
    }
  };
  for (const clause of clauses) clause.conditions.forEach(walk);
  return found;
}

/** The item at every threshold of a fact that it has, between each two of them, and beyond. */
function cellsOf(item: Facts, thresholds: ReadonlyMap<string, ReadonlySet<number>>): Facts[] {
  return [...thresholds].flatMap(([fact, values]) => {
    if (item[fact] === undefined) return [];
    const ends = [...values].sort((a, b) => a - b);
    const between = ends.flatMap((x, i) => (i === 0 ? [x / 2, x] : [(ends[i - 1]! + x) / 2, x]));
    return [...between, ends.at(-1)! * 1.25].map((n) => ({ ...item, [fact]: point(n) }));
  });
}

/** One object, since what a deal leaves of the rules is worked out once for each. */
const NOTHING: Facts = {};

/** States of changed groups that are tried. */
const MOVED = 2;

function bothWays(c: Condition, scene: Scene): Facts[] {
  return [...factsFor(c, true, scene), ...factsFor(c, false, scene)];
}

/** The deal with the state in the place of another: in one fact, or in all facts that name the same state. */
function movedTo(deal: Facts, state: State): Facts[] {
  const names = Object.keys(deal).filter((n) => /^[A-Z]{3}$/.test(String(deal[n])));
  const single = names.map((n) => ({ ...deal, [n]: state }));
  const together = [...new Set(names.map((n) => deal[n]))].map((value) => ({
    ...deal,
    ...Object.fromEntries(names.filter((n) => deal[n] === value).map((n) => [n, state])),
  }));
  return [...single, ...together];
}

function dedupe(list: readonly Facts[]): Facts[] {
  return [...new Map(list.map((f) => [JSON.stringify(Object.entries(f).sort()), f])).values()];
}

/** A value as transactions write it: numbers with their unit, ranges by their bounds. */
export function writeValue(fact: string, v: FactValue, book: RuleBook): unknown {
  if (!isNumberRange(v)) return v;
  const unit = book.facts.get(fact)?.unit ?? "count";
  const write = (n: number) => (unit === "count" || unit === "ratio" ? n : formatQuantity({ value: n, unit }));
  if (v.low === v.high) return write(v.low);
  return {
    ...(Number.isFinite(v.low) && { [v.lowIncluded ? "atLeast" : "above"]: write(v.low) }),
    ...(Number.isFinite(v.high) && { [v.highIncluded ? "atMost" : "below"]: write(v.high) }),
  };
}

/** Single numbers of a range; none for other values. */
export function pointsOf(v: FactValue): readonly FactValue[] {
  return isNumberRange(v) && v.low !== v.high ? inside(v) : [];
}
