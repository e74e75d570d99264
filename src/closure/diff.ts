import type { IsoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { Policy, Verdict } from "../domain/verdicts.ts";
import type { Facts } from "../law/condition.ts";
import { isEnforced, isReachHeld, judge, judgePrepared, type RegimeAnswer } from "../law/judge.ts";
import { type Prepared, prepare } from "../law/specialise.ts";
import type { Assessment } from "./assessment.ts";
import { type Clause, changedClauses, type DiffSide } from "./diff-clauses.ts";
import { pointsOf, type Stock, transactionsFor, writeValue } from "./diff-transactions.ts";

/** What the law says on one side. */
export interface DiffDecision {
  readonly verdict: Verdict;
  readonly policy?: Policy;
}

/** Decisions that one rule, or several together, change in the same way. */
export interface DiffChange {
  readonly regime: State;
  /** Rules and holes whose part in the decision differs and that carry the stricter side. */
  readonly rules: readonly string[];
  readonly title: string;
  readonly kind: "stricter" | "looser" | "other";
  readonly before: DiffDecision;
  readonly after: DiffDecision;
  /** A transaction of the fewest facts found: without any of them it would not change in this way. */
  readonly witness: { readonly facts: Readonly<Record<string, unknown>> };
  /** Transactions tried that change so. */
  readonly count: number;
}

export interface Diff {
  readonly schema: "entente/diff@1";
  /** Null where all regimes of two folders are compared. */
  readonly regime: State | null;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** The two folders, where folders are compared. */
  readonly folders: readonly [string, string] | null;
  readonly changes: readonly DiffChange[];
  /** What differs in the text, whether or not a decision changes. */
  readonly clauses: readonly (Pick<Clause, "kind" | "id" | "title" | "change"> & { readonly regime: State })[];
  /** Transactions put to both sides. */
  readonly tried: number;
  readonly digest: Assessment["digest"];
  readonly notModelled: readonly string[];
}

export interface DiffQuestion {
  readonly regime: State;
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly stock: Stock;
}

export interface DiffFound {
  readonly changes: readonly DiffChange[];
  readonly clauses: readonly Clause[];
  readonly tried: number;
}

interface Pair {
  readonly before: RegimeAnswer;
  readonly after: RegimeAnswer;
}

interface Bundle {
  readonly key: string;
  readonly rules: readonly string[];
  readonly pair: Pair;
  readonly smallest: Facts;
  readonly count: number;
}

/** Decisions of one regime that differ between two sides, by the rules responsible, each with a smallest witness. */
export function calcDiff(question: DiffQuestion): DiffFound {
  const { regime, before, after, stock } = question;
  const clauses = changedClauses(regime, before, after);
  if (clauses.length === 0) return { changes: [], clauses, tried: 0 };
  const bundles = new Map<string, Bundle>();
  const ask = asker(question);
  let tried = 0;
  for (const { deal, item } of transactionsFor(stock, clauses, regime, [before, after])) {
    tried++;
    const pair = ask(deal, item);
    if (!pair || sameDecision(pair)) continue;
    const rules = responsible(pair);
    const key = keyOf(rules, pair);
    const facts = { ...deal, ...item };
    const held = bundles.get(key);
    if (!held) bundles.set(key, { key, rules, pair, smallest: facts, count: 1 });
    else bundles.set(key, { ...held, smallest: fewer(held.smallest, facts), count: held.count + 1 });
  }
  const changes = [...bundles.values()].map((b) => describe(b, question)).sort(byWeight);
  return { changes, clauses, tried };
}

/** Puts transactions to both sides; null where they certainly agree. A deal is put into the rules once for all its items. */
function asker({ regime, before, after }: DiffQuestion): (deal: Facts, item: Facts) => Pair | null {
  let last: { readonly deal: Facts; readonly sides: readonly Prepared[]; readonly agree: boolean } | undefined;
  const sides = [before, after];
  return (deal, item) => {
    if (last?.deal !== deal) {
      const ready = sides.flatMap(({ book, date }) => {
        const held = book.regimes.get(regime);
        return held ? [prepare(book, held, date, deal)] : [];
      });
      last = { deal, sides: ready, agree: ready.length === 2 && whatIsLeft(ready[0]!) === whatIsLeft(ready[1]!) };
    }
    // Codes that somebody assigned are put in anew, so what is left without them does not decide.
    if (last.agree && item["item.classified"] === undefined) return null;
    const [a, b] = sides.map(({ book, date }, i) =>
      last!.sides.length === 2 ? judgePrepared(last!.sides[i]!, item) : judge(book, regime, date, { ...deal, ...item }),
    );
    return { before: a!, after: b! };
  };
}

/** What a deal leaves of the rules, as a text: where two sides leave the same, no item tells them apart. */
function whatIsLeft(p: Prepared): string {
  const rules = p.rules.map(({ rule, version, left, exceptions }) => [
    rule.id,
    left,
    version.effect,
    version.policy,
    isEnforced(version, p.date),
    exceptions.map((x) => [x.exception.id, x.exception.overrides, x.exception.effect, x.exception.policy, x.left]),
  ]);
  return JSON.stringify([isReachHeld(p), p.subject, rules, p.holes.map((h) => [h.hole.id, h.left])]);
}

function sameDecision({ before: a, after: b }: Pair): boolean {
  return a.verdict === b.verdict && a.policy === b.policy;
}

/** The rules and holes whose finding differs and that reach furthest on the side where they are stricter. */
function responsible({ before, after }: Pair): string[] {
  const parts = new Map<string, { a: readonly [number, number]; b: readonly [number, number] }>();
  const NONE = [0, 0] as const;
  for (const f of before.findings) parts.set(f.rule, { a: [f.atLeast, f.atMost], b: NONE });
  for (const f of after.findings) parts.set(f.rule, { a: parts.get(f.rule)?.a ?? NONE, b: [f.atLeast, f.atMost] });
  for (const h of before.holes) parts.set(h.id, { a: [0, 5], b: NONE });
  for (const h of after.holes) parts.set(h.id, { a: parts.get(h.id)?.a ?? NONE, b: [0, 5] });
  const differing = [...parts].filter(([, { a, b }]) => a[0] !== b[0] || a[1] !== b[1]);
  const weight = ([, { a, b }]: (typeof differing)[number]) => Math.max(a[0], b[0]) * 10 + Math.max(a[1], b[1]);
  const most = Math.max(...differing.map(weight));
  return differing
    .filter((d) => weight(d) === most)
    .map(([id]) => id)
    .sort();
}

function keyOf(rules: readonly string[], { before: a, after: b }: Pair): string {
  return JSON.stringify([rules, a.verdict, a.policy ?? "", b.verdict, b.policy ?? ""]);
}

function fewer(a: Facts, b: Facts): Facts {
  return Object.keys(b).length < Object.keys(a).length ? b : a;
}

function describe(b: Bundle, question: DiffQuestion): DiffChange {
  const witness = shrink(b, question);
  const titles = [...new Set(b.rules.map((id) => titleOf(id, question)))];
  return {
    regime: question.regime,
    rules: b.rules,
    title: titles.join("; "),
    kind: kindOf(b.pair),
    before: decisionOf(b.pair.before),
    after: decisionOf(b.pair.after),
    witness: { facts: written(witness, question) },
    count: b.count,
  };
}

function written(witness: Facts, { after }: DiffQuestion): Record<string, unknown> {
  const names = Object.keys(witness).sort();
  return Object.fromEntries(names.map((n) => [n, writeValue(n, witness[n]!, after.book)]));
}

function titleOf(id: string, { regime, before, after }: DiffQuestion): string {
  for (const { book } of [after, before]) {
    const held = book.regimes.get(regime);
    const found = held?.rules.find((r) => r.id === id)?.title ?? held?.holes.find((h) => h.id === id)?.why;
    if (found !== undefined) return found;
  }
  return id;
}

function decisionOf({ verdict, policy }: RegimeAnswer): DiffDecision {
  return { verdict, ...(policy && { policy }) };
}

function kindOf({ before: a, after: b }: Pair): DiffChange["kind"] {
  const up = b.atLeast >= a.atLeast && b.atMost >= a.atMost;
  const down = b.atLeast <= a.atLeast && b.atMost <= a.atMost;
  if (up === down) return "other";
  return up ? "stricter" : "looser";
}

/**
 * Leaves facts out one by one, in the order of their names, and then puts single numbers for ranges, while the same rules
 * still change the decision in the same way.
 */
function shrink({ key, smallest }: Bundle, { regime, before, after }: DiffQuestion): Facts {
  const holds = (facts: Facts): boolean => {
    const pair = {
      before: judge(before.book, regime, before.date, facts),
      after: judge(after.book, regime, after.date, facts),
    };
    return !sameDecision(pair) && keyOf(responsible(pair), pair) === key;
  };
  let facts = smallest;
  for (const name of Object.keys(smallest).sort()) {
    const { [name]: _left, ...rest } = facts;
    if (holds(rest)) facts = rest;
  }
  for (const [name, value] of Object.entries(facts)) {
    const single = pointsOf(value).find((p) => holds({ ...facts, [name]: p }));
    if (single !== undefined) facts = { ...facts, [name]: single };
  }
  return facts;
}

/** Settled decisions first, then by how many transactions change, then by rule. */
function byWeight(a: DiffChange, b: DiffChange): number {
  const unsettled = (c: DiffChange) =>
    Number(c.before.verdict === "undetermined") + Number(c.after.verdict === "undetermined");
  return (
    unsettled(a) - unsettled(b) || b.count - a.count || (JSON.stringify(a.rules) < JSON.stringify(b.rules) ? -1 : 1)
  );
}
