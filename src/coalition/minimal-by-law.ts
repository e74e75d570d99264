import type { Cell } from "../closure/cell.ts";
import type { CellEngine } from "../closure/cell-engine.ts";
import { type ClassContext, wholeCell } from "../closure/class-context.ts";
import { outsideTarget } from "../closure/coverage.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import { type SharesAt, targetOwn } from "../supply/shares-at.ts";
import type { CoverProblem, Need } from "./cover-problem.ts";
import { meetsNeed } from "./meets-need.ts";
import { type CoverLimits, type CoverSolution, minimalCoalitions } from "./minimal-coalitions.ts";
import { reachesAbroad } from "./reaches-abroad.ts";

/** Which coalitions would do by the law in force, each state bringing the law that it has and the rules that it adopts. */
export interface LawQuestion {
  /** Cells of a coalition; rules that a state adopts are left to `adopts`. */
  readonly engineOf: (members: readonly State[]) => CellEngine;
  /** Rules of others that a state would bring with it. */
  readonly adopts: ReadonlyMap<State, readonly string[]>;
  readonly candidates: readonly State[];
  readonly target: State;
  /** Classes of the problem by position, each in one year. */
  readonly rows: readonly { readonly id: string; readonly ctx: ClassContext; readonly shares: SharesAt }[];
  readonly need: Need;
  readonly threshold: number;
  readonly probe: string;
  /** What counts: a cell that is certainly closed, or one that certainly needs a licence. */
  readonly grade: "closed" | "controlled";
  readonly required?: readonly State[];
  readonly forbidden?: readonly State[];
}

/**
 * Every inclusion-minimal coalition whose law covers the need at the low bound of every share.
 *
 * A state closes its own supply; some also reach what others supply. Those who do are few: for each set of them that joins,
 * what they reach is covered whoever else joins, and the rest is a cover problem. A coalition found there is minimal when it
 * does not meet the need without any one of them either. Throws InputError on a problem that means nothing.
 */
export function minimalByLaw(q: LawQuestion, limits: CoverLimits = {}): CoverSolution {
  const empty = q.engineOf([]);
  const reaching = q.candidates.filter((s) => reachesAbroad(empty, s, q.probe, q.candidates));
  const problems = new Map<string, CoverProblem>();
  const problemOf = (joined: readonly State[]) =>
    remember(problems, joined.join(), () => coverWith(q, reaching, joined));
  const found: (readonly State[])[] = [];
  const solutions = subsetsOf(reaching)
    .filter((joined) => (q.required ?? []).every((s) => !reaching.includes(s) || joined.includes(s)))
    .filter((joined) => joined.every((s) => !q.forbidden?.includes(s)))
    .map((joined) => {
      const solution = minimalCoalitions(problemOf(joined), limits);
      for (const coalition of solution.coalitions) {
        const needless = joined.some((s) => {
          if (q.required?.includes(s)) return false;
          const rest = problemOf(joined.filter((x) => x !== s));
          return meetsNeed(
            rest,
            coalition.filter((x) => x !== s),
          );
        });
        if (!needless) found.push(coalition);
      }
      return solution;
    });
  return summary(q, found, solutions);
}

function subsetsOf(states: readonly State[]): State[][] {
  const sets: State[][] = [[]];
  for (const s of states) sets.push(...sets.map((set) => [...set, s]));
  return sets;
}

function summary(q: LawQuestion, found: readonly (readonly State[])[], parts: readonly CoverSolution[]): CoverSolution {
  const nodes = parts.reduce((sum, p) => sum + p.nodes, 0);
  const coalitions = [...found].sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  const complete = parts.every((p) => p.complete);
  const status = !complete ? "limit" : coalitions.length > 0 ? "proven" : "infeasible";
  if (status !== "proven") return { status, complete, coalitions, indispensable: null, irrelevant: null, nodes };
  const candidates = [...q.candidates].sort();
  return {
    status,
    complete,
    coalitions,
    indispensable: candidates.filter((s) => coalitions.every((c) => c.includes(s))),
    irrelevant: candidates.filter((s) => !coalitions.some((c) => c.includes(s))),
    nodes,
  };
}

/** The problem for everybody else once exactly `joined` of the reaching states are in. */
function coverWith(q: LawQuestion, reaching: readonly State[], joined: readonly State[]): CoverProblem {
  const adopted = (engine: CellEngine, s: State) => engine.joinedBy(s, q.adopts.get(s) ?? []);
  const base = q.engineOf(joined);
  const before = joined.reduce(adopted, base);
  const others = q.candidates.filter((s) => !reaching.includes(s));
  const after = new Map(others.map((s) => [s, adopted(before, s)]));
  return {
    states: [...joined, ...others],
    classes: q.rows.map(({ id, ctx, shares }) => {
      const part = (engine: CellEngine, s: State) => coveredBy(q, ctx, shares, engine, s);
      const suppliers = shares.suppliers
        .map((s) => s.supplier)
        .filter((s): s is State => s !== "various" && s !== q.target);
      const reached = suppliers.reduce((sum, s) => sum + part(before, s), 0);
      const own = others.map((s): [State, number] => [
        s,
        suppliers.includes(s) ? part(after.get(s)!, s) - part(before, s) : 0,
      ]);
      const [first] = joined;
      return { id, shares: new Map([...(first ? [[first, Math.min(1, reached)] as const] : []), ...own]) };
    }),
    threshold: q.threshold,
    need: q.need,
    required: [...joined, ...(q.required ?? []).filter((s) => !reaching.includes(s))],
    forbidden: (q.forbidden ?? []).filter((s) => !reaching.includes(s)),
  };
}

/** What is covered of a supplier's share, as part of the supply outside the target, at the low bound. */
function coveredBy(q: LawQuestion, ctx: ClassContext, shares: SharesAt, engine: CellEngine, s: State): number {
  const share = shares.suppliers.find((x) => x.supplier === s)!.share.low;
  const least = q.grade === "closed" ? 3 : 1;
  const counts = (cell: Cell) => cell.low >= least;
  const split = ctx.items.length > 1 && ctx.items.every((i) => i.size !== undefined);
  const part = split
    ? ctx.items.reduce((sum, i) => sum + (counts(engine.cell(s, q.probe, i.facts)) ? i.size!.low : 0), 0)
    : Number(counts(wholeCell(ctx, engine, s, q.probe)));
  const low = share * part;
  return outsideTarget({ low, high: low }, targetOwn(shares, q.target)).low;
}
