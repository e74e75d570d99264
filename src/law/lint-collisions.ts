import { type IsoDate, within } from "../domain/dates.ts";
import { formatPlace, type Problem } from "../domain/errors.ts";
import type { State } from "../domain/states.ts";
import type { Dated, Exception, Regime, Rule, RuleBook } from "./book.ts";
import { canHold } from "./cell-search.ts";
import { cutIntoCells } from "./cells.ts";
import type { Condition } from "./condition.ts";
import { isEnforced } from "./judge.ts";
import { paragraphsUnder, regimeOf, type Scene, versionAt } from "./kleene.ts";
import { simplify } from "./specialise.ts";
import { effectSeverity, type Severity } from "./weigh.ts";

/** Two exceptions without an order between them that can apply together and say different things, and a day of it. */
interface Collision {
  readonly rule: Rule;
  readonly first: Exception;
  readonly second: Exception;
  readonly date: IsoDate;
}

/** Collisions as problems of the rule files, and the rules of which so much is possible that it was not decided. */
export interface CollisionLint {
  readonly problems: readonly Problem[];
  readonly undecided: readonly string[];
}

/** Cells that are looked at for one pair of exceptions on one day. */
const BUDGET = 60_000;

/**
 * Every pair of exceptions that can collide, decided exactly over the facts on every day on which the words change: each as a
 * problem with both places.
 */
export function lintCollisions(book: RuleBook): CollisionLint {
  const collisions: Collision[] = [];
  const undecided = new Set<string>();
  for (const regime of book.regimes.values()) {
    for (const rule of regime.rules.filter((r) => r.exceptions.length > 1)) {
      for (const pair of rivalsOf(rule)) {
        const date = firstCollision(pair, rule, regime, book);
        if (date === undefined) undecided.add(rule.id);
        else if (date !== null && !isKnown(collisions, rule, pair))
          collisions.push({ rule, first: pair.first.exception, second: pair.second.exception, date });
      }
    }
  }
  return { problems: collisions.map(problemOf), undecided: [...undecided] };
}

function problemOf({ rule, first, second, date }: Collision): Problem {
  const named = (e: Exception): string => `\`${e.id}\` (${e.cite.at})`;
  return {
    code: "colliding-exceptions",
    message: `exceptions ${named(first)} and ${named(second)} of \`${rule.id}\` can apply together, such as on ${date}, and say different things`,
    at: second.place(),
    hint: `\`${first.id}\` is at ${formatPlace(first.place())}; let one of them override the other: \`overrides: ${first.id}\``,
  };
}

function isKnown(found: readonly Collision[], rule: Rule, { first, second }: Rivals): boolean {
  return found.some((c) => c.rule === rule && c.first === first.exception && c.second === second.exception);
}

/** What one branch of exceptions comes to: those that hold, one below the other, and those that must not. */
interface Branch {
  /** The exception at which the branch begins. */
  readonly exception: Exception;
  readonly severity: Severity;
  readonly hold: readonly Exception[];
  readonly fail: readonly Exception[];
}

interface Rivals {
  readonly first: Branch;
  readonly second: Branch;
  /** What both override has to hold too. */
  readonly above: readonly Exception[];
}

/** Branches that override the same thing and come to different severities. */
function rivalsOf(rule: Rule): Rivals[] {
  const ownId = rule.id.slice(rule.id.lastIndexOf("/") + 1);
  const below = (id: string): Exception[] => rule.exceptions.filter((e) => e.overrides === id);
  const branchesAt = (e: Exception): Branch[] => {
    const children = below(e.id);
    const deeper = children.flatMap(branchesAt);
    return [
      { exception: e, severity: effectSeverity(e.effect, e.policy), hold: [e], fail: children },
      ...deeper.map((b) => ({ ...b, exception: e, hold: [e, ...b.hold] })),
    ];
  };
  const at = (id: string, above: readonly Exception[]): Rivals[] => {
    const children = below(id);
    const pairs = children.flatMap((a, i) =>
      children
        .slice(i + 1)
        .flatMap((b) =>
          branchesAt(a).flatMap((first) =>
            branchesAt(b).flatMap((second) => (first.severity === second.severity ? [] : [{ first, second, above }])),
          ),
        ),
    );
    return [...pairs, ...children.flatMap((e) => at(e.id, [...above, e]))];
  };
  return at(ownId, []);
}

/** The first day on which both branches can hold; null for none, undefined past the budget. */
function firstCollision(pair: Rivals, rule: Rule, regime: Regime, book: RuleBook): IsoDate | null | undefined {
  const hold = [...pair.above, ...pair.first.hold, ...pair.second.hold];
  const inForce = (d: IsoDate): boolean => isRuleEnforced(rule, d) && hold.every((e) => within(d, e));
  const alone = hold.map((e) => e.when);
  if (contradict(alone)) return null;
  // What the exceptions say by themselves is little, and most pairs part there already.
  const isApart = (d: IsoDate): boolean =>
    canAllHold([...alone, ...failing(pair, d)], sceneOn(d, regime, book)) === false;
  if (daysOf(alone, hold, rule, regime, book).filter(inForce).every(isApart)) return null;
  const whole = [
    ...(regime.subject === undefined ? [] : [{ op: "term", name: regime.subject } as const]),
    rule.applies,
  ];
  const versions = rule.versions.map((v) => v.when);
  let undecided = false;
  for (const date of daysOf([...alone, ...whole, ...versions], hold, rule, regime, book).filter(inForce)) {
    if (isApart(date)) continue;
    const version = versionAt(rule.versions, date)!;
    const found = canAllHold([...alone, ...failing(pair, date), ...whole, version.when], sceneOn(date, regime, book));
    if (found) return date;
    if (found === undefined) undecided = true;
  }
  return undecided ? undefined : null;
}

/** Whether one of the conditions says in so many words that another does not hold. */
function contradict(of: readonly Condition[]): boolean {
  const said = new Set(of.flatMap((c) => conjuncts(c, true)).map(({ c, holds }) => `${holds} ${JSON.stringify(c)}`));
  return [...said].some((s) => s.startsWith("true ") && said.has(`false ${s.slice("true ".length)}`));
}

/** The parts that have to hold, or fail, where the whole does. */
function conjuncts(c: Condition, holds: boolean): { readonly c: Condition; readonly holds: boolean }[] {
  if (c.op === "not") return conjuncts(c.of, !holds);
  if (c.op === (holds ? "all" : "any")) return c.of.flatMap((x) => conjuncts(x, holds));
  return [{ c, holds }];
}

function isRuleEnforced(rule: Rule, d: IsoDate): boolean {
  const version = versionAt(rule.versions, d);
  return version !== undefined && isEnforced(version, d);
}

function sceneOn(date: IsoDate, regime: Regime, book: RuleBook): Scene {
  return { book, regime: regime.id, date, facts: {} };
}

/** That no exception in force on the day overrides the ends of the two branches. */
function failing({ first, second }: Rivals, d: IsoDate): Condition[] {
  const overriding = [...first.fail, ...second.fail].filter((e) => within(d, e));
  return overriding.map((e): Condition => ({ op: "not", of: e.when }));
}

/** Whether some facts make all conditions true; undefined past the budget. */
function canAllHold(of: readonly Condition[], scene: Scene): boolean | undefined {
  const left = simplify({ op: "all", of }, scene);
  if (typeof left === "boolean") return left;
  const regime = scene.book.regimes.get(scene.regime as State)!;
  // Any rule would do: what is asked is whether it can apply.
  const rule = regime.rules[0]!;
  const version = { ...rule.versions[0]!, status: [] };
  const open = { rule, version, left, exceptions: [] };
  const base = { book: scene.book, regime, date: scene.date, known: {}, holes: [], claims: [] };
  return canHold(cutIntoCells({ ...base, subject: true, rules: [open] }), { cells: BUDGET });
}

/** The days on which the words of the conditions change, and those on which the rule and the exceptions do. */
function daysOf(
  conditions: readonly Condition[],
  hold: readonly Exception[],
  rule: Rule,
  regime: Regime,
  book: RuleBook,
): IsoDate[] {
  const changes = new Set<IsoDate>();
  const dated = (versions: readonly Dated[]): void => {
    for (const v of versions) {
      changes.add(v.from);
      if (v.until !== undefined) changes.add(v.until);
    }
  };
  dated(rule.versions);
  for (const e of hold) if (e.from !== undefined) changes.add(e.from);
  for (const s of rule.versions.flatMap((v) => v.status)) changes.add(s.from);
  const visited = new Set<string>();
  const visitTerm = (key: string): void => {
    if (visited.has(key)) return;
    visited.add(key);
    const versions = book.terms.get(key)?.versions ?? [];
    dated(versions);
    for (const v of versions) visit(v.when, regimeOf(key));
  };
  const visit = (c: Condition, of: string): void => {
    if (c.op === "all" || c.op === "any") for (const x of c.of) visit(x, of);
    else if (c.op === "not") visit(c.of, of);
    else if (c.op === "term") visitTerm(`${of}/${c.name}`);
    else if (c.op === "matches") for (const code of c.codes) for (const p of paragraphsUnder(book, code)) visitTerm(p);
    else if (c.op === "in-group") for (const g of c.groups) dated(book.groups.get(g)?.versions ?? []);
  };
  for (const c of conditions) visit(c, regime.id);
  return [...changes].sort();
}
