import type { State } from "../domain/states.ts";
import { addBit, type BitSet, bitsOf, dropBit, emptyBits } from "./bit-set.ts";
import { type CoverProblem, checkCoverProblem, type Need, partsOf } from "./cover-problem.ts";

/**
 * Shares are summed as whole units of 1e-13. Whole numbers below 2^53 add up exactly, so the sum of a set is the same in any
 * order and can be taken back without residue.
 */
const UNITS = 1e13;

/**
 * A sum that lacks less than 5e-11 reaches the threshold: the sum rounded to the ten decimals of `round` would too. That is
 * above what dividing and rounding 250 shares can lose (2e-11), so that a tie such as 3 x 1/3 against 1 holds, and far below
 * any shortfall that published shares can have.
 */
const DUST = 500;

/** A problem laid out for search. States and classes are positions; states stand in the order of their codes. */
export interface Cover {
  readonly states: readonly State[];
  readonly required: BitSet;
  readonly classCount: number;
  /** What a class must reach, in units. */
  readonly goal: number;
  /** By state: units of each class. */
  readonly units: readonly Float64Array[];
  /** By state: the classes that it supplies. */
  readonly supplies: readonly Int32Array[];
  /** By class: its suppliers, largest first. */
  readonly suppliers: readonly Int32Array[];
  readonly gates: Gates;
}

/**
 * The need as a tree of gates, parents before children: a gate holds when `needs` of its `size` inputs hold (all: every one;
 * any: one). Gate 0 is the whole need.
 */
export interface Gates {
  readonly needs: Int32Array;
  readonly size: Int32Array;
  /** -1 for gate 0. */
  readonly parent: Int32Array;
  /** By class: the gates that it feeds, once for each time. */
  readonly fedBy: readonly Int32Array[];
}

/** Where a search stands: who is in, who is open, and what follows for classes and gates. */
export interface Board {
  readonly cover: Cover;
  readonly chosen: BitSet;
  readonly open: BitSet;
  /** By class: units of the chosen. */
  readonly have: Float64Array;
  /** By class: units of the chosen and the open together, the most that can still be had. */
  readonly reach: Float64Array;
  /** By gate: inputs that hold, and inputs that can no longer hold. */
  readonly met: Int32Array;
  readonly lost: Int32Array;
}

/** Lays a problem out for search. Throws InputError on a problem that means nothing. */
export function layOut(problem: CoverProblem): Cover {
  checkCoverProblem(problem);
  const forbidden = new Set(problem.forbidden);
  const states = problem.states.filter((s) => !forbidden.has(s)).sort(byCode);
  const required = emptyBits(states.length);
  for (const s of problem.required ?? []) addBit(required, states.indexOf(s));
  const at = new Map(states.map((s, i) => [s, i]));
  const classCount = problem.classes.length;
  const units = states.map(() => new Float64Array(classCount));
  const supplies: number[][] = states.map(() => []);
  const suppliers: Int32Array[] = [];
  for (const [c, { shares }] of problem.classes.entries()) {
    const found: number[] = [];
    for (const [s, share] of shares) {
      const i = at.get(s);
      const whole = Math.round(share * UNITS);
      if (i === undefined || whole === 0) continue;
      units[i]![c] = whole;
      supplies[i]!.push(c);
      found.push(i);
    }
    suppliers.push(Int32Array.from(found.sort((a, b) => units[b]![c]! - units[a]![c]! || a - b)));
  }
  return {
    states,
    required,
    classCount,
    goal: Math.round(problem.threshold * UNITS) - DUST,
    units,
    supplies: supplies.map((x) => Int32Array.from(x)),
    suppliers,
    gates: layOutNeed(problem.need, classCount),
  };
}

function byCode(a: State, b: State): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function layOutNeed(need: Need, classCount: number): Gates {
  const needs: number[] = [];
  const size: number[] = [];
  const parents: number[] = [];
  const fedBy: number[][] = Array.from({ length: classCount }, () => []);
  const place = (part: Need, parent: number): void => {
    if ("class" in part) {
      fedBy[part.class]!.push(parent);
      return;
    }
    const of = partsOf(part);
    const gate = needs.length;
    needs.push("all" in part ? of.length : "any" in part ? 1 : part.atLeast);
    size.push(of.length);
    parents.push(parent);
    for (const p of of) place(p, gate);
  };
  place("class" in need ? { all: [need] } : need, -1);
  return {
    needs: Int32Array.from(needs),
    size: Int32Array.from(size),
    parent: Int32Array.from(parents),
    fedBy: fedBy.map((g) => Int32Array.from(g)),
  };
}

/** The board before any decision: required states are in, all others open. */
export function openBoard(cover: Cover): Board {
  const { states, classCount, gates, required, units, goal } = cover;
  const board: Board = {
    cover,
    chosen: emptyBits(states.length),
    open: emptyBits(states.length),
    have: new Float64Array(classCount),
    reach: new Float64Array(classCount),
    met: new Int32Array(gates.needs.length),
    lost: new Int32Array(gates.needs.length),
  };
  for (let s = 0; s < states.length; s++) {
    addBit(board.open, s);
    for (let c = 0; c < classCount; c++) board.reach[c]! += units[s]![c]!;
  }
  for (let g = 0; g < gates.needs.length; g++) if (gates.needs[g]! > gates.size[g]!) raise(board, gates.parent[g]!, 1);
  for (let c = 0; c < classCount; c++) if (board.reach[c]! < goal) tellLost(board, c, 1);
  for (const s of bitsOf(required)) choose(board, s);
  return board;
}

/** Whether the chosen meet the need. */
export function isMet({ cover, met }: Board): boolean {
  return met[0]! >= cover.gates.needs[0]!;
}

/** Whether the chosen and the open together do not meet the need. */
export function isLost({ cover, lost }: Board): boolean {
  return lost[0]! > cover.gates.size[0]! - cover.gates.needs[0]!;
}

/** Takes an open state into the coalition. */
export function choose(board: Board, s: number): void {
  dropBit(board.open, s);
  addBit(board.chosen, s);
  addUnits(board, s);
}

/** Takes `choose` back. */
export function unchoose(board: Board, s: number): void {
  takeUnits(board, s);
  dropBit(board.chosen, s);
  addBit(board.open, s);
}

/** Leaves an open state out. */
export function leaveOut(board: Board, s: number): void {
  const { cover, reach } = board;
  dropBit(board.open, s);
  for (const c of cover.supplies[s]!) {
    const before = reach[c]!;
    reach[c] = before - cover.units[s]![c]!;
    if (before >= cover.goal && reach[c]! < cover.goal) tellLost(board, c, 1);
  }
}

/** Takes `leaveOut` back. */
export function readmit(board: Board, s: number): void {
  const { cover, reach } = board;
  for (const c of cover.supplies[s]!) {
    const before = reach[c]!;
    reach[c] = before + cover.units[s]![c]!;
    if (before < cover.goal && reach[c]! >= cover.goal) tellLost(board, c, -1);
  }
  addBit(board.open, s);
}

/** Whether the chosen meet the need without the chosen state `s`. */
export function isMetWithout(board: Board, s: number): boolean {
  takeUnits(board, s);
  const met = isMet(board);
  addUnits(board, s);
  return met;
}

function addUnits(board: Board, s: number): void {
  const { cover, have } = board;
  for (const c of cover.supplies[s]!) {
    const before = have[c]!;
    have[c] = before + cover.units[s]![c]!;
    if (before < cover.goal && have[c]! >= cover.goal) tellMet(board, c, 1);
  }
}

function takeUnits(board: Board, s: number): void {
  const { cover, have } = board;
  for (const c of cover.supplies[s]!) {
    const before = have[c]!;
    have[c] = before - cover.units[s]![c]!;
    if (before >= cover.goal && have[c]! < cover.goal) tellMet(board, c, -1);
  }
}

/** A class began (1) or ceased (-1) to close: tells its gates, and so on upward as long as something changes. */
function tellMet({ cover, met }: Board, c: number, change: 1 | -1): void {
  const { needs, parent, fedBy } = cover.gates;
  for (const first of fedBy[c]!) {
    for (let g = first; g >= 0; g = parent[g]!) {
      const held = met[g]! >= needs[g]!;
      met[g]! += change;
      if (held === met[g]! >= needs[g]!) break;
    }
  }
}

/** The same for a class that can no longer close. */
function tellLost(board: Board, c: number, change: 1 | -1): void {
  for (const gate of board.cover.gates.fedBy[c]!) raise(board, gate, change);
}

/** One more (or less) input of `gate` is lost. A gate that needs more inputs than it has is lost from the start. */
function raise({ cover, lost }: Board, gate: number, change: 1 | -1): void {
  const { needs, size, parent } = cover.gates;
  for (let g = gate; g >= 0; g = parent[g]!) {
    const allowed = size[g]! - needs[g]!;
    const gone = lost[g]! > allowed;
    lost[g]! += change;
    if (gone === lost[g]! > allowed) break;
  }
}
