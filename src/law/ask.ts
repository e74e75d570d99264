import type { IsoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { Policy, Verdict } from "../domain/verdicts.ts";
import type { RuleBook } from "./book.ts";
import type { Domain } from "./cell-formula.ts";
import {
  type Budget,
  CELL_BUDGET,
  type Extent,
  extentOf,
  given,
  matters,
  openTests,
  truth,
  valueKinds,
} from "./cell-search.ts";
import { type CellProblem, cutIntoCells, unknownsOf } from "./cells.ts";
import type { Facts, FactValue, NumberRange } from "./condition.ts";
import { closeClaims, type FactDeclarations } from "./facts.ts";
import { formatRange } from "./format-condition.ts";
import { isReachHeld, verdictOf } from "./judge.ts";
import { type Prepared, prepare } from "./specialise.ts";
import { type Severity, weigh } from "./weigh.ts";

/** What one answer to a question leads to. */
export interface AnswerLeadsTo {
  /** In words: `{ above: 1.5 nm, atMost: 2.4 nm }`, `CHN`, `none of these`. */
  readonly answer: string;
  /** A value that stands for all that the answer means. */
  readonly value: FactValue;
  readonly verdict: Verdict;
  readonly policy?: Policy;
  readonly atLeast: Severity;
  readonly atMost: Severity;
  /** Whether nothing that is still missing can change the result after it. */
  readonly settled: boolean;
}

/** The next fact worth asking. */
export interface NextFact {
  readonly fact: string;
  /** Every answer that the law tells apart; of a set with many members, each member alone. */
  readonly answers: readonly AnswerLeadsTo[];
}

/**
 * The fact whose answers leave the narrowest range of severities on average, each kind of answer counted once; on a tie the
 * one after which the fewest facts still matter, then the one that the rules name first. Never one that cannot change the
 * result, and undefined where none can. `cells` bounds the whole search; past it, ranges are those of three-valued logic.
 */
export function nextFact(
  book: RuleBook,
  regime: string,
  date: IsoDate,
  facts: Facts,
  options: { readonly cells?: number } = {},
): NextFact | undefined {
  const held = book.regimes.get(regime as State);
  return held && nextFactOf(prepare(book, held, date, closeClaims(book.facts, facts)), options.cells ?? CELL_BUDGET);
}

/** `nextFact` for a regime into which the known facts were put. */
export function nextFactOf(prepared: Prepared, cells: number): NextFact | undefined {
  if (prepared.subject === false || !isReachHeld(prepared)) return undefined;
  const problem = cutIntoCells(prepared);
  const budget: Budget = { cells };
  const candidates = factsOf(problem).filter((fact) => matters(problem, unknownsOf(problem, fact), budget) !== false);
  let best: { readonly next: NextFact; readonly width: number; readonly open: number } | undefined;
  for (const fact of candidates) {
    const ways = waysOn(problem, fact, prepared.book.facts, budget);
    const width = mean(ways.map(({ answer }) => answer.atMost - answer.atLeast));
    const open = mean(ways.map((w) => w.open));
    if (best && (width > best.width || (width === best.width && open >= best.open))) continue;
    best = { next: { fact, answers: ways.map((w) => w.answer) }, width, open };
  }
  return best?.next;
}

function mean(of: readonly number[]): number {
  return of.reduce((a, b) => a + b, 0) / of.length;
}

/** Facts that are tested where they can still change the range, in the order in which the rules name them. */
function factsOf(problem: CellProblem): string[] {
  const open = new Set(openTests(problem.parts, weigh(problem.parts, truth)).keys());
  const facts = problem.domains.flatMap((d, i) => (open.has(i) ? d.fact.split(" / ") : []));
  return [...new Set(facts)];
}

interface Way {
  readonly answer: AnswerLeadsTo;
  /** How many unknowns could still change the result after it. */
  readonly open: number;
}

function waysOn(problem: CellProblem, fact: string, declared: FactDeclarations, budget: Budget): readonly Way[] {
  const own = [...unknownsOf(problem, fact)].filter((u) => problem.domains[u]!.fact === fact);
  if (declared.get(fact)?.type === "set") {
    return combinationsOf(own).flatMap((chosen) => {
      const value = chosen.map((u) => problem.domains[u]!.member!);
      const way = wayOf(problem, new Map(own.map((u) => [u, chosen.includes(u) ? 0 : 1])), value, budget);
      return way ? [{ ...way, answer: { ...way.answer, answer: value.join(" and ") || "none of these" } }] : [];
    });
  }
  return own.flatMap((unknown) => waysOnSingle(problem, unknown, declared.get(fact)?.unit, budget));
}

/** Answers that settle the result alike are one answer, whatever made them cells of their own. */
function waysOnSingle(problem: CellProblem, unknown: number, unit: string | undefined, budget: Budget): Way[] {
  const domain = problem.domains[unknown]!;
  const found = new Map<string, { readonly way: Way; readonly kind: number[] }>();
  for (const kind of valueKinds(problem, unknown)) {
    const way = wayOf(problem, new Map([[unknown, kind[0]!]]), domain.values[kind[0]!]!, budget);
    if (!way) continue;
    const { verdict, atLeast, settled } = way.answer;
    const key = settled ? `${verdict} ${atLeast}` : `open ${kind[0]}`;
    const same = found.get(key);
    if (same) same.kind.push(...kind);
    else found.set(key, { way, kind: [...kind] });
  }
  return [...found.values()].map(({ way, kind }) => {
    kind.sort((a, b) => a - b);
    return { ...way, answer: { ...way.answer, answer: describe(domain, kind, unit) } };
  });
}

/** What the result is with some unknowns given; undefined where that cannot be. */
function wayOf(
  problem: CellProblem,
  put: ReadonlyMap<number, number>,
  value: FactValue,
  budget: Budget,
): Way | undefined {
  let child: CellProblem | undefined = problem;
  for (const [unknown, v] of put) child = child && given(child, unknown, v);
  if (child === undefined) return undefined;
  const extent = extentOf(child, budget) ?? looseExtent(child);
  if (extent === "impossible") return undefined;
  const { atLeast, atMost, reached } = extent;
  const verdict = reached ? verdictOf(atLeast, atMost) : ({ verdict: "not-subject" } as const);
  const settled = atLeast === atMost;
  const open = settled ? 0 : openTests(child.parts, weigh(child.parts, truth)).size;
  return { answer: { answer: "", value, ...verdict, atLeast, atMost, settled }, open };
}

/** What three-valued logic makes of it. */
function looseExtent(problem: CellProblem): Extent {
  const { subject, atLeast, atMost } = weigh(problem.parts, truth);
  return { atLeast, atMost, reached: subject !== false };
}

/** All combinations of up to three members; of more, none and each alone. */
function combinationsOf(unknowns: readonly number[]): number[][] {
  const n = unknowns.length;
  return n <= 3
    ? Array.from({ length: 2 ** n }, (_, bits) => unknowns.filter((_, i) => bits & (1 << i)))
    : [[], ...unknowns.map((u) => [u])];
}

function describe(domain: Domain, kind: readonly number[], unit: string | undefined): string {
  if (domain.standsFor) {
    const all = kind.flatMap((v) => domain.standsFor![v]!);
    return all.length <= 6 ? all.join(" or ") : `${all.slice(0, 3).join(", ")} or another ${all.length - 3}`;
  }
  const ranges: NumberRange[] = [];
  kind.forEach((v, i) => {
    const range = domain.values[v] as NumberRange;
    const last = ranges.at(-1);
    if (last && v === kind[i - 1]! + 1) {
      ranges[ranges.length - 1] = { ...last, high: range.high, highIncluded: range.highIncluded };
    } else ranges.push(range);
  });
  if (ranges.some((r) => r.low === -Infinity && r.high === Infinity)) return "any value";
  return ranges.map((r) => formatRange(r, unit)).join(" or ");
}
