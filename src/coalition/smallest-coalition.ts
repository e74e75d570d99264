import type { State } from "../domain/states.ts";
import { type BitSet, bitsOf, dropBit, hasBit } from "./bit-set.ts";
import { calcSizeBound, openWeights, type SizeBound } from "./coalition-size-bound.ts";
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

const DEFAULT_NODES = 1_000_000;

/**
 * One coalition with the fewest members that meets the need; required states count as members.
 *
 * Branch and bound as in `minimalCoalitions`, with a bound on the size (`calcSizeBound`) and dominance: where `a` supplies at
 * least as much as `b` of every class and both are open, a coalition with `b` and without `a` stays one when `a` takes the
 * place of `b`, and that one lies in the branch where `a` joins; so where `a` is left out, `b` is too. Throws InputError on a
 * problem that means nothing.
 */
export function smallestCoalition(problem: CoverProblem, limits: { readonly nodes?: number } = {}): SmallestCoalition {
  const cover = layOut(problem);
  const board = openBoard(cover);
  if (isLost(board)) return { status: "infeasible", coalition: null, atLeast: null, nodes: 0 };
  const weights = openWeights(board);
  const best = greedyCoalition(board, calcSizeBound(board, weights, 1, Infinity));
  const first = calcSizeBound(board, weights, ROOT_ROUNDS, bitsOf(best).length);
  const search: Search = {
    board,
    weights,
    lesser: cover.states.map((_, s) => lesserThan(cover, s)),
    maxNodes: limits.nodes ?? DEFAULT_NODES,
    best,
    nodes: 0,
    gaveUp: false,
  };
  visit(search);
  const { gaveUp, nodes } = search;
  const coalition = bitsOf(search.best).map((s) => cover.states[s]!);
  if (gaveUp) return { status: "limit", coalition, atLeast: Math.min(first.size, coalition.length), nodes };
  return { status: "proven", coalition, atLeast: coalition.length, nodes };
}

/** Rounds in which the weights of the bound adapt: once at the start, and at each node. */
const ROOT_ROUNDS = 200;
const NODE_ROUNDS = 3;

interface Search {
  readonly board: Board;
  /** Weights of the classes in the bound; they adapt as the search goes on. */
  readonly weights: Float64Array;
  /** By state: those that it dominates. */
  readonly lesser: readonly (readonly number[])[];
  readonly maxNodes: number;
  best: BitSet;
  nodes: number;
  gaveUp: boolean;
}

/** INVARIANT: leaves the board as it found it. */
function visit(search: Search): void {
  const { board } = search;
  if (search.gaveUp || isLost(board)) return;
  const size = bitsOf(search.best).length;
  if (isMet(board)) {
    if (bitsOf(board.chosen).length < size) search.best = board.chosen.slice();
    return;
  }
  if (search.nodes >= search.maxNodes) {
    search.gaveUp = true;
    return;
  }
  search.nodes++;
  const bound = calcSizeBound(board, search.weights, NODE_ROUNDS, size);
  if (bound.size >= size) return;
  if (bound.joins.size + bound.stays.size > 0) {
    const [joining, staying] = [[...bound.joins], [...bound.stays]];
    if (!joining.some((s) => bound.stays.has(s))) visitWith(search, joining, staying);
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
  visit(search);
  for (const s of staying.toReversed()) readmit(board, s);
  for (const s of joining.toReversed()) unchoose(board, s);
}

/** The states that supply no more than `a` of any class. */
function lesserThan({ units }: Cover, a: number): number[] {
  return [...units.keys()].filter((b) => b !== a && units[b]!.every((x, c) => x <= units[a]![c]!));
}

/** A first coalition: the weightiest states until the need is met, then without those who are not critical. */
function greedyCoalition(board: Board, { order }: SizeBound): BitSet {
  const taken: number[] = [];
  for (const s of order) {
    if (isMet(board)) break;
    choose(board, s);
    taken.push(s);
  }
  const members = board.chosen.slice();
  for (const s of taken.toReversed()) {
    if (isMetWithout(board, s)) {
      unchoose(board, s);
      dropBit(members, s);
    }
  }
  for (const s of taken) if (hasBit(members, s)) unchoose(board, s);
  return members;
}
