import { bitsOf, hasBit } from "./bit-set.ts";
import { classFloors } from "./class-floors.ts";
import type { Board } from "./cover-board.ts";

/** No completion of the board meets the need with fewer than `size` members. */
export interface SizeBound {
  readonly size: number;
  /** Open states, the one to decide first in front. */
  readonly order: readonly number[];
  /** Open states that every completion with fewer than `enough` members has. */
  readonly joins: ReadonlySet<number>;
  /** Open states that no such completion has. */
  readonly stays: ReadonlySet<number>;
}

/** What the bound keeps from node to node. */
export interface Surrogate {
  /** By class; they adapt. */
  readonly weights: Float64Array;
  /** By class: units that every coalition has; null where nothing is known (`classFloors`). */
  readonly floors: Float64Array | null;
}

/** The same weight for each class to start from. */
export function openSurrogate({ cover }: Board): Surrogate {
  return { weights: new Float64Array(cover.classCount).fill(1), floors: classFloors(cover) };
}

/**
 * A lower bound on the size of any coalition that completes the board, cheap where classes have many suppliers. Stops early
 * once it reaches `enough`.
 *
 * First each class alone: the fewest open states, largest first, that fill what it lacks; along the gates of the need, `needs`
 * inputs cost at least as much as the input that is `needs`-th cheapest. Then the classes that must close, together: with
 * weights w_c > 0 and what c lacks l_c, every completion has sum over its open states of a_s >= sum of w_c, where
 * a_s = sum of w_c min(share of s in c, l_c) / l_c (a surrogate constraint: Glover 1968), so the fewest a_s, largest first,
 * that reach the sum are a bound. Where only k of them must close, the sum counts what every coalition has of each (f_c of what it
 * lacks) and the k smallest of w_c (1 - f_c). After each round, classes which the choice leaves short gain weight
 * (multiplicative weights), in place.
 */
export function calcSizeBound(board: Board, surrogate: Surrogate, rounds: number, enough: number): SizeBound {
  const { weights, floors } = surrogate;
  const chosen = bitsOf(board.chosen).length;
  const open = bitsOf(board.open);
  const strict = neededClasses(board);
  const needed = strict.length === 0 && floors ? undecidedClasses(board) : strict;
  const joins = new Set(strict.flatMap((c) => irreplaceable(board, c)));
  const stays = new Set<number>();
  const values = new Float64Array(board.cover.states.length);
  const byValue = () => open.slice().sort((a, b) => values[b]! - values[a]! || a - b);
  let size = chosen + fewestByClassAlone(board);
  if (needed.length === 0) {
    valueStates(board, undecidedClasses(board), weights, open, values);
    return { size, order: byValue(), joins, stays };
  }
  let order = open;
  for (let round = 0; round < rounds && (round === 0 || size < enough); round++) {
    valueStates(board, needed, weights, open, values);
    const ranked = byValue();
    const sum = SLACK * (floors ? floored(board, needed, surrogate) : total(needed, weights));
    const count = fewest(ranked, values, sum);
    if (round === 0 || chosen + count > size) order = ranked;
    size = Math.max(size, chosen + count);
    if (size < enough) settle(ranked, values, { sum, room: enough - 1 - chosen }, { joins, stays });
    adaptWeights(board, needed, weights, ranked.slice(0, count));
  }
  return { size, order, joins, stays };
}

/** Open suppliers without whom the class can no longer close. */
function irreplaceable({ cover, reach, open }: Board, c: number): number[] {
  const found: number[] = [];
  for (const s of cover.suppliers[c]!) {
    if (reach[c]! - cover.units[s]![c]! >= cover.goal) break;
    if (hasBit(open, s)) found.push(s);
  }
  return found;
}

/**
 * With room for `room` more: a state joins when the `room` weightiest others do not reach the sum, and stays out when it and
 * the `room - 1` weightiest others do not.
 */
function settle(
  ranked: readonly number[],
  values: Float64Array,
  { sum, room }: { readonly sum: number; readonly room: number },
  { joins, stays }: { readonly joins: Set<number>; readonly stays: Set<number> },
): void {
  let top = 0;
  for (const s of ranked.slice(0, room - 1)) top += values[s]!;
  const last = values[ranked[room - 1]!] ?? 0;
  const next = values[ranked[room]!] ?? 0;
  for (const [i, s] of ranked.entries()) {
    const others = i < room ? top + last + next - values[s]! : top + last;
    if (others < sum) joins.add(s);
    if (i >= room - 1 && top + values[s]! < sum) stays.add(s);
  }
}

/** Rounding of the weighted sums must never raise the bound. */
const SLACK = 1 - 1e-9;

function total(needed: readonly number[], weights: Float64Array): number {
  let sum = 0;
  for (const c of needed) sum += weights[c]!;
  return sum;
}

/** What every completion has of the classes at the weights, when only as many of them close as the need still lacks. */
function floored(board: Board, classes: readonly number[], { weights, floors }: Surrogate): number {
  const { cover, have, met } = board;
  let sum = 0;
  const rest = Float64Array.from(classes, (c) => {
    const part = Math.max(0, floors![c]! - have[c]!) / (cover.goal - have[c]!);
    const floor = weights[c]! * Math.min(1, part);
    sum += floor;
    return weights[c]! - floor;
  });
  for (const more of rest.sort().subarray(0, cover.gates.needs[0]! - met[0]!)) sum += more;
  return sum;
}

function valueStates(
  { cover, have }: Board,
  needed: readonly number[],
  weights: Float64Array,
  open: readonly number[],
  values: Float64Array,
): void {
  for (const s of open) values[s] = 0;
  for (const c of needed) {
    const weight = weights[c]!;
    const perUnit = weight / (cover.goal - have[c]!);
    for (const s of open) values[s]! += Math.min(weight, cover.units[s]![c]! * perUnit);
  }
}

function fewest(order: readonly number[], values: Float64Array, sum: number): number {
  let reached = 0;
  let count = 0;
  while (count < order.length && reached < sum) reached += values[order[count++]!]!;
  return count;
}

/** Weights grow by at most this factor in a round, and are kept in a range that sums exactly enough. */
const STEP = 0.5;
const LIGHTEST = 1e-6;

function adaptWeights(
  { cover, have }: Board,
  needed: readonly number[],
  weights: Float64Array,
  taken: readonly number[],
) {
  let heaviest = 0;
  for (const c of needed) {
    let filled = have[c]!;
    for (const s of taken) filled += cover.units[s]![c]!;
    const short = (cover.goal - filled) / (cover.goal - have[c]!);
    weights[c]! *= Math.exp(STEP * Math.max(-1, Math.min(1, short)));
    heaviest = Math.max(heaviest, weights[c]!);
  }
  for (const c of needed) weights[c] = Math.max(LIGHTEST, weights[c]! / heaviest);
}

/** Classes not closed yet that every completion closes: all that lead to a gate with no input to spare. */
function neededClasses(board: Board): number[] {
  const { needs, size, parent } = board.cover.gates;
  const strict = new Uint8Array(needs.length);
  for (let g = 0; g < needs.length; g++) {
    const above = parent[g]!;
    const spare = size[g]! - board.lost[g]! - needs[g]!;
    strict[g] = spare === 0 && board.met[g]! < needs[g]! && (above < 0 || strict[above]) ? 1 : 0;
  }
  return undecidedClasses(board).filter((c) => board.cover.gates.fedBy[c]!.some((g) => strict[g] === 1));
}

/** Classes that the chosen do not close and that can still close. */
function undecidedClasses({ cover, have, reach }: Board): number[] {
  const classes: number[] = [];
  for (let c = 0; c < cover.classCount; c++) if (have[c]! < cover.goal && reach[c]! >= cover.goal) classes.push(c);
  return classes;
}

/** The fewest open states that meet the need if each class could have its own. */
function fewestByClassAlone(board: Board): number {
  const { cover, have, reach } = board;
  const { needs, parent, fedBy } = cover.gates;
  const inputs: number[][] = Array.from(needs, () => []);
  for (let c = 0; c < cover.classCount; c++) {
    const count = have[c]! >= cover.goal ? 0 : reach[c]! < cover.goal ? Infinity : fewestSuppliers(board, c);
    for (const g of fedBy[c]!) inputs[g]!.push(count);
  }
  for (let g = needs.length - 1; g >= 0; g--) {
    const cost = inputs[g]!.sort((a, b) => a - b)[needs[g]! - 1] ?? Infinity;
    if (g === 0) return cost;
    inputs[parent[g]!]!.push(cost);
  }
  return 0;
}

function fewestSuppliers({ cover, have, open }: Board, c: number): number {
  let filled = have[c]!;
  let count = 0;
  for (const s of cover.suppliers[c]!) {
    if (filled >= cover.goal) break;
    if (!hasBit(open, s)) continue;
    filled += cover.units[s]![c]!;
    count++;
  }
  return count;
}
