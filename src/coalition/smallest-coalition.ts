import type { State } from "../domain/states.ts";
import { addBit, type BitSet, bitsOf, hasBit } from "./bit-set.ts";
import { calcSizeBound, openSurrogate, type SizeBound } from "./coalition-size-bound.ts";
import {
  type Board,
  type Cover,
  choose,
  isLost,
  isMet,
  isMetWithout,
  layOut,
  leaveOut,
  openBoard,
  readmit,
  unchoose,
} from "./cover-board.ts";
import type { CoverProblem } from "./cover-problem.ts";
import { type BoundEffort, calcPriceBound } from "./price-bound.ts";
import { openPrices } from "./prices.ts";

/** A coalition of the smallest size, and how far that was proven. */
export interface SmallestCoalition {
  /** `proven`: no smaller one exists. `infeasible`: none exists. `limit`: given up; `coalition` is the best one found. */
  readonly status: "proven" | "limit" | "infeasible";
  /** By code; null only when infeasible. Where several are smallest, one of them, always the same. */
  readonly coalition: readonly State[] | null;
  /** No coalition is smaller than this; null when infeasible. */
  readonly atLeast: number | null;
  readonly nodes: number;
}

const DEFAULT_NODES = 100_000;

/**
 * One coalition with the fewest members that meets the need; required states count as members.
 *
 * Branch and bound as in `minimalCoalitions`, with a bound on the size and dominance. The bound is `calcPriceBound`, or
 * `calcSizeBound` where a class has too many suppliers for the former. Dominance: where `a` supplies at
 * least as much as `b` of every class and both are open, a coalition with `b` and without `a` stays one when `a` takes the
 * place of `b`, and that one lies in the branch where `a` joins; so where `a` is left out, `b` is too. Throws InputError on a
 * problem that means nothing.
 */
export function smallestCoalition(problem: CoverProblem, limits: { readonly nodes?: number } = {}): SmallestCoalition {
  const cover = layOut(problem);
  const board = openBoard(cover);
  if (isLost(board)) return { status: "infeasible", coalition: null, atLeast: null, nodes: 0 };
  const search: Search = {
    board,
    boundSize: boundFor(board),
    lesser: cover.states.map((_, s) => lesserThan(cover, s)),
    maxNodes: limits.nodes ?? DEFAULT_NODES,
    best: everyone(board),
    nodes: 0,
    bound: 0,
    gaveUp: false,
  };
  visit(search, true);
  const { gaveUp, nodes, best, bound } = search;
  const coalition = bitsOf(best).map((s) => cover.states[s]!);
  if (gaveUp) return { status: "limit", coalition, atLeast: Math.min(bound, coalition.length), nodes };
  return { status: "proven", coalition, atLeast: coalition.length, nodes };
}

/** Bounds the size of what completes the board; `atRoot` takes more pains. */
type BoundSize = (atRoot: boolean, effort: Omit<BoundEffort, "rounds">) => SizeBound;

/** Rounds in which the bounds adapt: at the start, and at each node. */
const PRICE_ROUNDS = [500, 12] as const;
const WEIGHT_ROUNDS = [200, 3] as const;

function boundFor(board: Board): BoundSize {
  const prices = openPrices(board.cover);
  if (prices)
    return (atRoot, effort) => calcPriceBound(board, prices, { ...effort, rounds: PRICE_ROUNDS[atRoot ? 0 : 1] });
  const surrogate = openSurrogate(board);
  return (atRoot, { enough, propose }) => {
    const limit = atRoot ? propose(weightiest(board, calcSizeBound(board, surrogate, 1, Infinity))) : enough;
    return calcSizeBound(board, surrogate, WEIGHT_ROUNDS[atRoot ? 0 : 1], limit);
  };
}

/** The weightiest states until the need is met. */
function weightiest(board: Board, { order }: SizeBound): number[] {
  const taken: number[] = [];
  for (const s of order) {
    if (isMet(board)) break;
    choose(board, s);
    taken.push(s);
  }
  for (const s of taken.toReversed()) unchoose(board, s);
  return taken;
}

interface Search {
  readonly board: Board;
  readonly boundSize: BoundSize;
  /** By state: those that it dominates. */
  readonly lesser: readonly (readonly number[])[];
  readonly maxNodes: number;
  best: BitSet;
  nodes: number;
  /** No coalition is smaller: the bound of the first node. */
  bound: number;
  gaveUp: boolean;
}

/** INVARIANT: leaves the board as it found it. */
function visit(search: Search, atRoot: boolean): void {
  const { board } = search;
  if (search.gaveUp || isLost(board)) return;
  if (isMet(board)) {
    keepIfSmaller(search);
    return;
  }
  if (search.nodes >= search.maxNodes) {
    search.gaveUp = true;
    return;
  }
  const enough = bitsOf(search.best).length;
  const bound = search.boundSize(atRoot, { enough, propose: (states) => offer(search, states) });
  if (search.nodes++ === 0) search.bound = bound.size;
  if (bound.size >= bitsOf(search.best).length) return;
  const [joining, staying] = [[...bound.joins], [...bound.stays]];
  if (joining.some((s) => bound.stays.has(s))) return;
  if (joining.length + staying.length > 0) {
    visitWith(search, joining, staying);
    return;
  }
  const s = bound.order[0]!;
  visitWith(search, [s], []);
  visitWith(search, [], [s, ...search.lesser[s]!.filter((b) => hasBit(board.open, b))]);
}

function visitWith(search: Search, joining: readonly number[], staying: readonly number[]): void {
  const { board } = search;
  for (const s of joining) choose(board, s);
  for (const s of staying) leaveOut(board, s);
  visit(search, false);
  for (const s of staying.toReversed()) readmit(board, s);
  for (const s of joining.toReversed()) unchoose(board, s);
}

/** The states that supply no more than `a` of any class. */
function lesserThan({ units, supplies }: Cover, a: number): number[] {
  const most = units[a]!;
  const lesser: number[] = [];
  for (let b = 0; b < units.length; b++) {
    const least = units[b]!;
    let c = 0;
    while (c < supplies[b]!.length && least[supplies[b]![c]!]! <= most[supplies[b]![c]!]!) c++;
    if (b !== a && c === supplies[b]!.length) lesser.push(b);
  }
  return lesser;
}

function everyone({ chosen, open }: Board): BitSet {
  const all = chosen.slice();
  for (const s of bitsOf(open)) addBit(all, s);
  return all;
}

function keepIfSmaller(search: Search): void {
  if (bitsOf(search.board.chosen).length < bitsOf(search.best).length) search.best = search.board.chosen.slice();
}

/** Tries open states that meet the need together with the chosen, without those of them who are not critical. The best size so far. */
function offer(search: Search, states: readonly number[]): number {
  const { board } = search;
  for (const s of states) choose(board, s);
  const kept = states.toReversed().filter((s) => {
    if (!isMetWithout(board, s)) return true;
    unchoose(board, s);
    return false;
  });
  keepIfSmaller(search);
  for (const s of kept) unchoose(board, s);
  return bitsOf(search.best).length;
}
