import { hasBit } from "./bit-set.ts";
import type { Board, Cover } from "./cover-board.ts";
import { calcNeedCost, type NeedTree, needTree } from "./need-cost.ts";
import { minimalWinningSets } from "./winning-sets.ts";

/**
 * What each leaf of the need pays to each of its suppliers: all leaves together at most 1 to one state. Places are pairs of a
 * leaf and a supplier, those of one leaf side by side.
 */
export interface Prices {
  readonly tree: NeedTree;
  /** By leaf: the place of its first supplier; one more at the end. */
  readonly first: Int32Array;
  /** By place: its state, and its leaf. */
  readonly stateOf: Int32Array;
  readonly leafOf: Int32Array;
  /** By state: its places. */
  readonly placesOf: readonly Int32Array[];
  /** By leaf: its minimal winning sets, each as its length and its places. */
  readonly sets: readonly Int32Array[];
  readonly price: Float64Array;
  /** Scratch, by place: price to an open state, 0 to a chosen one, infinite to one left out. */
  readonly charge: Float64Array;
  /** Scratch, by place: 1 when its leaf takes the supplier to close at the least cost. */
  readonly taken: Uint8Array;
  /** Scratch, by leaf: the least cost at which it closes. */
  readonly leafCost: Float64Array;
  /** By place: how much of it was paid for lately. */
  readonly flow: Float64Array;
}

/** More minimal winning sets of a class than this are not looked through in every round. */
const MOST_SETS = 400;

/** Prices to start from: every state gets 1, the same from each leaf that it supplies. Null where a class has too many sets. */
export function openPrices(cover: Cover): Prices | null {
  const tree = needTree(cover);
  const winning: (readonly (readonly number[])[])[] = [];
  for (let c = 0; c < cover.classCount; c++) {
    const sets = minimalWinningSets(cover, c, MOST_SETS);
    if (!sets) return null;
    winning.push(sets);
  }
  const first = new Int32Array(tree.classOf.length + 1);
  const stateOf: number[] = [];
  const leafOf: number[] = [];
  const sets = Array.from(tree.classOf, (c, leaf) => {
    const start = stateOf.length;
    for (const s of cover.suppliers[c]!) {
      stateOf.push(s);
      leafOf.push(leaf);
    }
    first[leaf + 1] = stateOf.length;
    return Int32Array.from(winning[c]!.flatMap((set) => [set.length, ...set.map((i) => start + i)]));
  });
  const placesOf: number[][] = cover.states.map(() => []);
  for (const [place, s] of stateOf.entries()) placesOf[s]!.push(place);
  return {
    tree,
    first,
    stateOf: Int32Array.from(stateOf),
    leafOf: Int32Array.from(leafOf),
    placesOf: placesOf.map((x) => Int32Array.from(x)),
    sets,
    price: Float64Array.from(stateOf, (s) => 1 / placesOf[s]!.length),
    charge: new Float64Array(stateOf.length),
    taken: new Uint8Array(stateOf.length),
    leafCost: new Float64Array(tree.classOf.length),
    flow: new Float64Array(stateOf.length),
  };
}

/** The least cost of meeting the need at the prices, every leaf on its own. Fills the scratch of `prices`. */
export function priceNeed(board: Board, prices: Prices): number {
  const { charge, price, placesOf, leafCost } = prices;
  for (let s = 0; s < placesOf.length; s++) {
    const places = placesOf[s]!;
    if (hasBit(board.open, s)) for (const p of places) charge[p] = price[p]!;
    else for (const p of places) charge[p] = hasBit(board.chosen, s) ? 0 : Infinity;
  }
  for (let leaf = 0; leaf < leafCost.length; leaf++) priceLeaf(board, prices, leaf);
  return calcNeedCost(prices.tree, leafCost);
}

/** The least cost of one leaf at the charges: that of its cheapest minimal winning set; infinite when none is left. */
export function priceLeaf({ cover, have }: Board, prices: Prices, leaf: number): void {
  const { taken, first, leafCost, tree, sets } = prices;
  for (let p = first[leaf]!; p < first[leaf + 1]!; p++) taken[p] = 0;
  leafCost[leaf] = have[tree.classOf[leaf]!]! >= cover.goal ? 0 : takeCheapest(prices, sets[leaf]!);
}

function takeCheapest({ charge, taken }: Prices, sets: Int32Array): number {
  let best = Infinity;
  let bestAt = -1;
  for (let i = 0; i < sets.length; ) {
    const begin = i;
    const end = i + sets[i]!;
    let cost = 0;
    while (i < end) cost += charge[sets[++i]!]!;
    i++;
    if (cost < best) {
      best = cost;
      bestAt = begin;
    }
  }
  if (bestAt >= 0) for (let i = bestAt + 1; i <= bestAt + sets[bestAt]!; i++) taken[sets[i]!] = 1;
  return best;
}
