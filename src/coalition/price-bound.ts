import { bitsOf, hasBit } from "./bit-set.ts";
import type { SizeBound } from "./coalition-size-bound.ts";
import type { Board } from "./cover-board.ts";
import { calcNeedCost, paidLeaves } from "./need-cost.ts";
import { type Prices, priceLeaf, priceNeed } from "./prices.ts";

/** How hard to try. */
export interface BoundEffort {
  /** At most so many adjustments of the prices. */
  readonly rounds: number;
  /** The size at which the bound is high enough. */
  readonly enough: number;
  /** Is told of open states that meet the need together with the chosen, now and then; returns what is enough from now on. */
  readonly propose: (states: readonly number[]) => number;
}

/** Rounding of the sums of prices must never raise the bound. */
const SLACK = 1e-7;
/** Rounds between two proposals; rounds without progress after which steps get shorter; the shortest worth taking. */
const BETWEEN_PROPOSALS = 8;
const PATIENCE = 10;
const SHORTEST = 0.02;

/**
 * A lower bound on the size of any coalition that completes the board. Stops early once it reaches `enough`.
 *
 * Each leaf of the need pays prices of its own to its suppliers, and no state gets more than 1 from all leaves together.
 * Whatever the prices: a coalition has at least as many members as the leaves that it closes pay to it, and a leaf pays at
 * least what its cheapest minimal winning set costs. So the cheapest way up the gates is a bound (Lagrangian decomposition:
 * Guignard and Kim 1987); the best prices give that of the linear programme over the convex hulls of all classes. Prices
 * follow the subgradient, averaged over rounds, with Polyak's step; they are changed in place.
 */
export function calcPriceBound(board: Board, prices: Prices, { rounds, propose, ...effort }: BoundEffort): SizeBound {
  let { enough } = effort;
  const chosen = bitsOf(board.chosen).length;
  const open = bitsOf(board.open);
  const bestPrice = prices.price.slice();
  let best = -Infinity;
  let stalled = 0;
  let agility = 1;
  for (let round = 0; round < rounds && agility > SHORTEST; round++) {
    const bound = chosen + priceNeed(board, prices);
    if (bound > best + 1e-4) stalled = 0;
    else if (++stalled % PATIENCE === 0) agility /= 2;
    if (bound > best) {
      best = bound;
      bestPrice.set(prices.price);
    }
    const paid = paidLeaves(prices.tree, prices.leafCost);
    if (round % BETWEEN_PROPOSALS === 0) enough = propose(paidStates(board, prices, paid));
    if (best - SLACK > enough - 1) return { size: Math.ceil(best - SLACK), order: [], joins: NONE, stays: NONE };
    // Halfway into the next whole number: what is to be shown, and a little more.
    follow(prices, open, paid, agility * (enough - 0.5 - bound));
  }
  prices.price.set(bestPrice);
  return { size: Math.ceil(best - SLACK), ...settle(board, prices, open, enough - 1 - chosen) };
}

const NONE: ReadonlySet<number> = new Set();

/** Open states that the leaves paid for take: together with the chosen, they meet the need. */
function paidStates({ open }: Board, { taken, leafOf, stateOf }: Prices, paid: Uint8Array): number[] {
  const states = new Set<number>();
  for (let p = 0; p < taken.length; p++) {
    if (taken[p] === 1 && paid[leafOf[p]!] === 1 && hasBit(open, stateOf[p]!)) states.add(stateOf[p]!);
  }
  return [...states];
}

/** Part of the latest round in the direction of the next step. */
const FRESH = 0.3;

/** One step of a length that would gain `gain`: leaves paid for raise what they pay, and each state's prices come back to 1. */
function follow(prices: Prices, open: readonly number[], paid: Uint8Array, gain: number): void {
  const { flow, taken, leafOf, price, placesOf } = prices;
  for (let p = 0; p < flow.length; p++) flow[p]! += FRESH * (paid[leafOf[p]!]! * taken[p]! - flow[p]!);
  let norm = 0;
  for (const s of open) {
    const places = placesOf[s]!;
    let mean = 0;
    for (const p of places) mean += flow[p]!;
    mean /= places.length;
    for (const p of places) norm += (flow[p]! - mean) ** 2;
  }
  if (norm < 1e-12) return;
  const step = gain / norm;
  for (const s of open) {
    for (const p of placesOf[s]!) price[p]! += step * flow[p]!;
    ontoSimplex(price, placesOf[s]!);
  }
}

/** The nearest prices at these places that are not negative and sum to 1 (Held, Wolfe and Crowder 1974). */
function ontoSimplex(price: Float64Array, places: Int32Array): void {
  let active = places.length;
  let sum = 0;
  for (const p of places) sum += price[p]!;
  let cut = (sum - 1) / active;
  for (;;) {
    sum = 0;
    let count = 0;
    for (const p of places) {
      if (price[p]! <= cut) continue;
      sum += price[p]!;
      count++;
    }
    if (count >= active || count === 0) break;
    active = count;
    cut = (sum - 1) / active;
  }
  for (const p of places) price[p] = Math.max(0, price[p]! - cut);
}

/**
 * What the prices settle with room for `room` more members: a state stays out when what the leaves do not pay to it is more
 * than is left, and joins when the need without it costs more than the room. The first to decide is the one whose absence
 * costs most, unless nearly all that pay to it take it anyway.
 */
function settle(board: Board, prices: Prices, open: readonly number[], room: number): Omit<SizeBound, "size"> {
  const { tree, leafCost, charge, placesOf, price, flow, leafOf } = prices;
  const joins = new Set<number>();
  const stays = new Set<number>();
  const urgency = new Float64Array(board.cover.states.length);
  const cost = priceNeed(board, prices);
  const costs = leafCost.slice();
  for (const s of open) {
    let paid = 0;
    let seen = 0;
    for (const p of placesOf[s]!) {
      paid += price[p]!;
      seen += price[p]! * flow[p]!;
      charge[p] = Infinity;
    }
    if (cost + (1 - paid) - SLACK > room) stays.add(s);
    for (const p of placesOf[s]!) priceLeaf(board, prices, leafOf[p]!);
    const without = calcNeedCost(tree, leafCost);
    if (without - SLACK > room) joins.add(s);
    urgency[s] = Math.min(without - cost, open.length) * (1.02 - Math.min(1, seen));
    for (const p of placesOf[s]!) {
      charge[p] = price[p]!;
      leafCost[leafOf[p]!] = costs[leafOf[p]!]!;
    }
  }
  return { order: open.slice().sort((a, b) => urgency[b]! - urgency[a]! || a - b), joins, stays };
}
