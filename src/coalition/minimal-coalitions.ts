import type { Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import { type BitSet, bitsOf, hasBit, nextBit } from "./bit-set.ts";
import {
  type Board,
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
import type { CoverProblem, Need } from "./cover-problem.ts";

/** When to give up: search nodes visited, coalitions found. */
export interface CoverLimits {
  readonly nodes?: number;
  readonly coalitions?: number;
}

/** The minimum coalitions of a problem, and how far they were proven. */
export interface CoverSolution {
  /** `proven`: all are listed. `infeasible`: not even all candidates together meet the need. `limit`: given up before. */
  readonly status: "proven" | "limit" | "infeasible";
  /** True when `coalitions` lists every inclusion-minimal coalition. */
  readonly complete: boolean;
  /** By size, then by code; each is minimal even where the list is not complete. */
  readonly coalitions: readonly (readonly State[])[];
  /** In every coalition; null where the list is not complete or empty. */
  readonly indispensable: readonly State[] | null;
  /** Candidates in none; null where the list is not complete or empty. */
  readonly irrelevant: readonly State[] | null;
  readonly nodes: number;
}

const DEFAULT_NODES = 1_000_000;
const DEFAULT_COALITIONS = 10_000;

/**
 * Every inclusion-minimal coalition that meets the need: none of its members can be left out, required ones apart.
 *
 * Branch and bound: a state is taken in or left out, so the branches hold disjoint sets of coalitions and each is found once.
 * A branch ends when everyone still open would not suffice, when the chosen meet the need (a superset is not minimal), or
 * when some chosen state can be critical in no completion. Throws InputError on a problem that means nothing.
 */
export function minimalCoalitions(problem: CoverProblem, limits: CoverLimits = {}): CoverSolution {
  const cover = layOut(problem);
  const search: Search = {
    board: openBoard(cover),
    aliveGates: new Uint8Array(cover.gates.needs.length),
    liveGates: new Uint8Array(cover.gates.needs.length),
    maxNodes: limits.nodes ?? DEFAULT_NODES,
    maxFound: limits.coalitions ?? DEFAULT_COALITIONS,
    found: [],
    nodes: 0,
    gaveUp: false,
  };
  if (isLost(search.board)) return { ...NOTHING, status: "infeasible", complete: true, nodes: 0 };
  visit(search);
  const sets = search.found.map(bitsOf).sort(bySizeThenCode);
  const coalitions = sets.map((set) => set.map((s) => cover.states[s]!));
  const { nodes, gaveUp } = search;
  if (gaveUp) return { ...NOTHING, status: "limit", complete: false, coalitions, nodes };
  return {
    status: "proven",
    complete: true,
    coalitions,
    indispensable: cover.states.filter((_, s) => search.found.every((set) => hasBit(set, s))),
    irrelevant: cover.states.filter((_, s) => !search.found.some((set) => hasBit(set, s))),
    nodes,
  };
}

const NOTHING = { coalitions: [], indispensable: null, irrelevant: null } as const;

/** States stand in the order of their codes, so comparing positions compares codes. */
function bySizeThenCode(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const i = a.findIndex((s, k) => s !== b[k]);
  return i < 0 ? 0 : a[i]! - b[i]!;
}

interface Search {
  readonly board: Board;
  /** Scratch, by gate: 1 when it and all above it can still hold; and when none of them holds already. */
  readonly aliveGates: Uint8Array;
  readonly liveGates: Uint8Array;
  readonly maxNodes: number;
  readonly maxFound: number;
  readonly found: BitSet[];
  nodes: number;
  gaveUp: boolean;
}

/** INVARIANT: leaves the board as it found it. */
function visit(search: Search): void {
  const { board } = search;
  if (search.gaveUp || isLost(board)) return;
  if (search.nodes >= search.maxNodes) {
    search.gaveUp = true;
    return;
  }
  search.nodes++;
  if (isMet(board)) {
    if (everyMemberIsCritical(board)) record(search);
    return;
  }
  markGates(search);
  if (!everyMemberCanBeCritical(search)) return;
  const s = stateToDecide(search);
  choose(board, s);
  visit(search);
  unchoose(board, s);
  leaveOut(board, s);
  visit(search);
  readmit(board, s);
}

function record(search: Search): void {
  if (search.found.length >= search.maxFound) search.gaveUp = true;
  else search.found.push(search.board.chosen.slice());
}

function everyMemberIsCritical(board: Board): boolean {
  const { chosen, cover } = board;
  for (let s = nextBit(chosen, 0); s >= 0; s = nextBit(chosen, s + 1)) {
    if (!hasBit(cover.required, s) && isMetWithout(board, s)) return false;
  }
  return true;
}

function markGates({ board, aliveGates, liveGates }: Search): void {
  const { needs, size, parent } = board.cover.gates;
  for (let g = 0; g < needs.length; g++) {
    const above = parent[g]!;
    const canHold = board.lost[g]! <= size[g]! - needs[g]!;
    aliveGates[g] = canHold && (above < 0 || aliveGates[above]) ? 1 : 0;
    liveGates[g] = canHold && board.met[g]! < needs[g]! && (above < 0 || liveGates[above]) ? 1 : 0;
  }
}

function everyMemberCanBeCritical(search: Search): boolean {
  const { chosen, cover } = search.board;
  for (let s = nextBit(chosen, 0); s >= 0; s = nextBit(chosen, s + 1)) {
    if (!hasBit(cover.required, s) && !canBeCritical(search, s)) return false;
  }
  return true;
}

/**
 * Necessary for `s` to be critical in some completion: a class that the chosen do not close without `s`, that can still
 * close, and that can still decide the need. A class open now decides through live gates; one closed by `s` may itself have
 * satisfied the gates above it, so there only lost gates count against it.
 */
function canBeCritical({ board, aliveGates, liveGates }: Search, s: number): boolean {
  const { cover, have, reach } = board;
  const units = cover.units[s]!;
  for (const c of cover.supplies[s]!) {
    if (reach[c]! < cover.goal || have[c]! - units[c]! >= cover.goal) continue;
    const gates = have[c]! < cover.goal ? liveGates : aliveGates;
    for (const g of cover.gates.fedBy[c]!) if (gates[g] === 1) return true;
  }
  return false;
}

/** The largest open supplier of the class with the least to spare: leaving it out soon ends the branch. */
function stateToDecide({ board, liveGates }: Search): number {
  const { cover, have, reach, open } = board;
  let tightest = -1;
  for (let c = 0; c < cover.classCount; c++) {
    if (have[c]! >= cover.goal || reach[c]! < cover.goal) continue;
    if (tightest >= 0 && reach[c]! >= reach[tightest]!) continue;
    if (cover.gates.fedBy[c]!.some((g) => liveGates[g] === 1)) tightest = c;
  }
  return cover.suppliers[tightest]!.find((s) => hasBit(open, s))!;
}

/** A problem whose shares are ranges. Where a supplier's share is unknown, its range is `[0, what is left]`. */
export interface RangedCoverProblem extends Omit<CoverProblem, "classes"> {
  readonly classes: readonly { readonly id: string; readonly shares: ReadonlyMap<State, Range> }[];
  /** What must close at the high bounds, where that is less than `need`. */
  readonly possibleNeed?: Need;
}

/**
 * `certain` holds the coalitions that suffice even when every share is at its low bound, `possible` those that suffice when
 * every share is at its high bound. Each certain coalition contains a possible one. Bounds are taken state by state: that the
 * shares of a class sum to one is not used, so both are outer bounds.
 */
export function minimalCoalitionsInRanges(
  problem: RangedCoverProblem,
  limits: CoverLimits = {},
): { readonly certain: CoverSolution; readonly possible: CoverSolution } {
  return {
    certain: minimalCoalitions(atBound(problem, "low"), limits),
    possible: minimalCoalitions(atBound(problem, "high"), limits),
  };
}

/** The problem with every share at one of its bounds. */
export function atBound({ possibleNeed, ...problem }: RangedCoverProblem, bound: "low" | "high"): CoverProblem {
  return {
    ...problem,
    need: bound === "high" ? (possibleNeed ?? problem.need) : problem.need,
    classes: problem.classes.map(({ id, shares }) => ({
      id,
      shares: new Map([...shares].map(([s, range]) => [s, range[bound]])),
    })),
  };
}
