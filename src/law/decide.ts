import type { IsoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import { nextFactOf } from "./ask.ts";
import type { RuleBook } from "./book.ts";
import { type Budget, CELL_BUDGET, type Extent, extentOf, matters } from "./cell-search.ts";
import { type CellProblem, cutIntoCells, unknownsOf } from "./cells.ts";
import type { Facts } from "./condition.ts";
import { closeClaims } from "./facts.ts";
import { type Finding, isReachHeld, judge, judgePrepared, type RegimeAnswer, verdictOf } from "./judge.ts";
import { bookKnownOn } from "./known-on.ts";
import { type Nearly, nearlyApplied } from "./nearly.ts";
import { type Prepared, prepare } from "./specialise.ts";

/** One regime's answer, how it was reached, and what would change it. */
export interface Decision extends RegimeAnswer {
  /** By three-valued logic alone, by trying every cell of the missing facts, or not decided within the budget. */
  readonly decidedBy: "kleene" | "cells" | "budget";
  /** Rules that a single condition kept from applying; worked out when asked for. */
  readonly nearly: readonly Nearly[];
  /** The next fact worth asking; undefined where no fact can change the answer; worked out when asked for. */
  readonly ask?: string | undefined;
}

/** How far to go, and what was known. */
export interface DecideOptions {
  /**
   * How many cells of the missing facts are looked at before the answer stays undetermined; 20,000 unless told, and 0 for
   * three-valued logic alone.
   */
  readonly cells?: number;
  /** Only law that was announced, published or in force by that day counts. */
  readonly asKnownOn?: IsoDate;
}

/**
 * What the regime says of the transaction on the day. Where three-valued logic leaves a range, every completion of the
 * missing facts that keeps the constraints is tried, cell by cell: the range is then exact. Only `undetermined` that is
 * `decidedBy: "budget"` may hide an answer; texts that are not held stay open, since no fact fills them.
 */
export function decide(
  book: RuleBook,
  regime: string,
  date: IsoDate,
  facts: Facts,
  options: DecideOptions = {},
): Decision {
  const law = options.asKnownOn === undefined ? book : bookKnownOn(book, options.asKnownOn);
  const held = law.regimes.get(regime as State);
  if (!held) return { ...judge(law, regime, date, facts), decidedBy: "kleene", nearly: [], ask: undefined };
  return decidePrepared(prepare(law, held, date, closeClaims(law.facts, facts)), options);
}

/** `decide` for a regime into which the facts of the transaction were put. */
function decidePrepared(prepared: Prepared, { cells = CELL_BUDGET }: DecideOptions): Decision {
  const answer = judgePrepared(prepared, {});
  const nearly = lazily(() => nearlyApplied(prepared.book, prepared.regime.id, prepared.date, prepared.known));
  const byKleene = (decidedBy: "kleene" | "budget"): Decision =>
    withLazy<Decision>(answer, {
      decidedBy: () => decidedBy,
      nearly,
      ask: lazily(() => (isOpen(answer) ? nextFactOf(prepared, cells)?.fact : undefined)),
    });
  const reachIsOpen = answer.verdict === "no-licence" && typeof prepared.subject !== "boolean";
  if (!(isOpen(answer) || reachIsOpen) || !isReachHeld(prepared)) return byKleene("kleene");
  if (cells <= 0) return byKleene("budget");
  const problem = cutIntoCells(prepared);
  if (problem.domains.length === 0) return byKleene("kleene");
  const extent = extentOf(problem, { cells });
  if (extent === undefined) return byKleene("budget");
  // Facts that contradict each other have no completion: what they say one by one is all there is.
  if (extent === "impossible") return byKleene("kleene");
  return withLazy<Decision>(tightened(answer, extent), {
    decidedBy: () => "cells",
    nearly,
    missing: lazily(() => missingThatMatter(answer.missing, problem, extent, cells)),
    ask: lazily(() => (extent.atLeast < extent.atMost ? nextFactOf(prepared, cells)?.fact : undefined)),
  });
}

function isOpen(answer: RegimeAnswer): boolean {
  return answer.atLeast < answer.atMost;
}

/** The answer within the exact range: no finding and no hole can add what no completion comes to. */
function tightened(answer: RegimeAnswer, extent: Extent): RegimeAnswer {
  const { atLeast, atMost } = extent;
  const verdict = extent.reached ? verdictOf(atLeast, atMost) : ({ verdict: "not-subject" } as const);
  const findings = answer.findings.map((f): Finding => {
    return f.atMost <= atMost ? f : withLazy<Finding>(f, { atMost: () => atMost });
  });
  const { policy: _policy, ...rest } = Object.getOwnPropertyDescriptors(answer);
  const kept: Omit<RegimeAnswer, "policy"> = Object.defineProperties({}, rest) as RegimeAnswer;
  const changed = {
    ...verdict,
    atLeast,
    atMost,
    findings: extent.reached ? findings : [],
    holes: atMost === 5 ? answer.holes : [],
    practice: atMost > 0 ? answer.practice : [],
  };
  return Object.defineProperties(kept, Object.getOwnPropertyDescriptors(changed)) as RegimeAnswer;
}

/** Of the facts that three-valued logic misses, those that can change the range; past the budget a fact is kept. */
function missingThatMatter(
  missing: readonly string[],
  problem: CellProblem,
  extent: Extent,
  cells: number,
): readonly string[] {
  if (extent.atLeast === extent.atMost) return [];
  const budget: Budget = { cells };
  const kept = missing.filter((fact) => {
    if (!isFact(fact)) return true;
    const unknowns = unknownsOf(problem, fact);
    return unknowns.size > 0 && matters(problem, unknowns, budget) !== false;
  });
  // Constraints can tie facts together so that none can change alone: then each of them may settle the others.
  return kept.length === 0 && problem.constraints.length > 0 ? missing : kept;
}

/** Codes and texts that nobody holds are no facts that could be asked. */
function isFact(name: string): boolean {
  return name !== "item.classified" && !name.startsWith("text of ");
}

/** The same object with some properties replaced by what is worked out when asked for. */
function withLazy<T extends object>(of: object, parts: Readonly<Record<string, () => unknown>>): T {
  const own = Object.getOwnPropertyDescriptors(of) as Record<string, PropertyDescriptor>;
  for (const [name, get] of Object.entries(parts)) own[name] = { get, enumerable: true, configurable: true };
  return Object.defineProperties({}, own) as T;
}

/** Works out the value once, when it is first asked for. */
function lazily<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
