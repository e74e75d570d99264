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
import type { FactDeclarations } from "./facts.ts";
import { formatRange } from "./format-condition.ts";
import { isReachHeld, type Severity, verdictOf, weigh } from "./judge.ts";
import { type Prepared, prepare } from "./specialise.ts";

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
 * The fact whose answers leave the least to ask on average, each kind of answer counted once; never one that cannot change
 * the result, and undefined where none can. On a tie the fact that the rules name first. `cells` bounds the whole search;
 * past it, ranges are those of three-valued logic.
 */
export function nextFact(
  book: RuleBook,
  regime: string,
  date: IsoDate,
  facts: Facts,
  options: { readonly cells?: number } = {},
): NextFact | undefined {
  const held = book.regimes.get(regime as State);
  return held && nextFactOf(prepare(book, held, date, facts), options.cells ?? CELL_BUDGET);
}

/** `nextFact` for a regime into which the known facts were put. */
export function nextFactOf(prepared: Prepared, cells: number): NextFact | undefined {
  if (prepared.subject === false || !isReachHeld(prepared)) return undefined;
  const problem = cutIntoCells(prepared);
  const budget: Budget = { cells };
  const candidates = factsOf(problem).filter((fact) => matters(problem, unknownsOf(problem, fact), budget) !== false);
  let best: { readonly next: NextFact; readonly left: number } | undefined;
  for (const fact of candidates) {
    const next = { fact, answers: answersTo(problem, fact, prepared.book.facts, budget) };
    const left = next.answers.reduce((sum, a) => sum + (a.atMost - a.atLeast), 0) / next.answers.length;
    if (!best || left < best.left) best = { next, left };
  }
  return best?.next;
}

/** Facts that are tested where they can still change the range, in the order in which the rules name them. */
function factsOf(problem: CellProblem): string[] {
  const open = new Set(openTests(problem.parts, weigh(problem.parts, truth)).keys());
  const facts = problem.domains.flatMap((d, i) => (open.has(i) ? d.fact.split(" / ") : []));
  return [...new Set(facts)];
}

function answersTo(
  problem: CellProblem,
  fact: string,
  declared: FactDeclarations,
  budget: Budget,
): readonly AnswerLeadsTo[] {
  return possibleAnswers(problem, fact, declared).flatMap(({ answer, value, put }) => {
    let child: CellProblem | undefined = problem;
    for (const [unknown, v] of put) child = child && given(child, unknown, v);
    const extent = child && (extentOf(child, budget) ?? looseExtent(child));
    if (extent === undefined || extent === "impossible") return [];
    const { atLeast, atMost, reached } = extent;
    const verdict = reached ? verdictOf(atLeast, atMost) : ({ verdict: "not-subject" } as const);
    return [{ answer, value, ...verdict, atLeast, atMost, settled: atLeast === atMost }];
  });
}

/** What three-valued logic makes of it. */
function looseExtent(problem: CellProblem): Extent {
  const { subject, atLeast, atMost } = weigh(problem.parts, truth);
  return { atLeast, atMost, reached: subject !== false };
}

interface PossibleAnswer {
  readonly answer: string;
  readonly value: FactValue;
  /** Unknowns and the numbers of their values. */
  readonly put: readonly (readonly [unknown: number, value: number])[];
}

function possibleAnswers(problem: CellProblem, fact: string, declared: FactDeclarations): PossibleAnswer[] {
  const own = [...unknownsOf(problem, fact)].filter((u) => problem.domains[u]!.fact === fact);
  if (declared.get(fact)?.type === "set") return answersOfSet(problem, own);
  return own.flatMap((unknown) =>
    valueKinds(problem, unknown).map((kind): PossibleAnswer => {
      const domain = problem.domains[unknown]!;
      const answer = describe(domain, kind, declared.get(fact)?.unit);
      return { answer, value: domain.values[kind[0]!]!, put: [[unknown, kind[0]!]] };
    }),
  );
}

/** All combinations of up to three members; of more, none and each alone. */
function answersOfSet(problem: CellProblem, unknowns: readonly number[]): PossibleAnswer[] {
  const n = unknowns.length;
  const combinations =
    n <= 3
      ? Array.from({ length: 2 ** n }, (_, bits) => unknowns.filter((_, i) => bits & (1 << i)))
      : [[], ...unknowns.map((u) => [u])];
  return combinations.map((chosen) => {
    const value = chosen.map((u) => problem.domains[u]!.member!);
    const put = unknowns.map((u) => [u, chosen.includes(u) ? 0 : 1] as const);
    return { answer: value.length > 0 ? value.join(" and ") : "none of these", value, put };
  });
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
