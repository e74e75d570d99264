import type { Cover } from "./cover-board.ts";

/** The need of a cover with a leaf for each time that it names a class. */
export interface NeedTree {
  /** By leaf: its class. */
  readonly classOf: Int32Array;
  /** By gate, parents before children: how many of its inputs must hold. */
  readonly needs: Int32Array;
  /** By gate: its inputs; `i` is leaf `i`, `~g` is gate `g`. */
  readonly inputs: readonly Int32Array[];
  /** Scratch, by gate: its cost, and its dearest input that is paid for. */
  readonly gateCost: Float64Array;
  readonly dearest: Float64Array;
  readonly scratch: Float64Array;
}

/** Lays the gates of a cover out by their inputs. */
export function needTree({ gates, classCount }: Cover): NeedTree {
  const inputs: number[][] = Array.from(gates.needs, () => []);
  const classOf: number[] = [];
  for (let c = 0; c < classCount; c++) for (const g of gates.fedBy[c]!) inputs[g]!.push(classOf.push(c) - 1);
  for (let g = 1; g < gates.needs.length; g++) inputs[gates.parent[g]!]!.push(~g);
  return {
    classOf: Int32Array.from(classOf),
    needs: gates.needs,
    inputs: inputs.map((x) => Int32Array.from(x)),
    gateCost: new Float64Array(inputs.length),
    dearest: new Float64Array(inputs.length),
    scratch: new Float64Array(Math.max(...inputs.map((x) => x.length))),
  };
}

/** What meeting the need costs at least when every leaf is paid on its own: `needs` inputs cost what the cheapest do. */
export function calcNeedCost(tree: NeedTree, leafCost: Float64Array): number {
  const { needs, inputs, gateCost, dearest, scratch } = tree;
  for (let g = needs.length - 1; g >= 0; g--) {
    const of = inputs[g]!;
    const count = needs[g]!;
    for (let i = 0; i < of.length; i++) scratch[i] = of[i]! >= 0 ? leafCost[of[i]!]! : gateCost[~of[i]!]!;
    let cost = count > of.length ? Infinity : 0;
    dearest[g] = count < of.length ? nthSmallest(scratch, of.length, count) : Infinity;
    for (let i = 0; i < Math.min(count, of.length); i++) cost += scratch[i]!;
    gateCost[g] = cost;
  }
  return gateCost[0]!;
}

/** The n-th smallest of the first `size` values, and the n smallest moved to the front (Hoare 1961). */
function nthSmallest(values: Float64Array, size: number, n: number): number {
  let low = 0;
  let high = size - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (n - 1 <= j) high = j;
    else if (n - 1 >= i) low = i;
    else break;
  }
  return values[n - 1]!;
}

/** By leaf: 1 when it is among the cheapest that meet the need. To be asked right after `calcNeedCost`. */
export function paidLeaves(
  { needs, inputs, classOf, gateCost, dearest }: NeedTree,
  leafCost: Float64Array,
): Uint8Array {
  const paid = new Uint8Array(classOf.length);
  const pay = (g: number): void => {
    const costOf = (i: number) => (i >= 0 ? leafCost[i]! : gateCost[~i]!);
    let cheaper = 0;
    for (const i of inputs[g]!) if (costOf(i) < dearest[g]!) cheaper++;
    let ties = dearest[g] === Infinity ? inputs[g]!.length : needs[g]! - cheaper;
    for (const i of inputs[g]!) {
      if (!(costOf(i) < dearest[g]!) && (costOf(i) !== dearest[g] || ties-- <= 0)) continue;
      if (i >= 0) paid[i] = 1;
      else pay(~i);
    }
  };
  pay(0);
  return paid;
}
