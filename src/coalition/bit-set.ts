/** A set of small whole numbers, 32 to a word. */
export type BitSet = Uint32Array;

/** An empty set that can hold `0 .. size - 1`. */
export function emptyBits(size: number): BitSet {
  return new Uint32Array(Math.max(1, Math.ceil(size / 32)));
}

export function hasBit(set: BitSet, i: number): boolean {
  return ((set[i >>> 5]! >>> (i & 31)) & 1) === 1;
}

export function addBit(set: BitSet, i: number): void {
  set[i >>> 5]! |= 1 << (i & 31);
}

export function dropBit(set: BitSet, i: number): void {
  set[i >>> 5]! &= ~(1 << (i & 31));
}

/** The members in ascending order. */
export function bitsOf(set: BitSet): number[] {
  const members: number[] = [];
  for (let word = 0; word < set.length; word++) {
    for (let rest = set[word]!; rest !== 0; rest &= rest - 1) members.push(word * 32 + 31 - Math.clz32(rest & -rest));
  }
  return members;
}

/** The first member at or above `from`, or -1. */
export function nextBit(set: BitSet, from: number): number {
  let word = from >>> 5;
  if (word >= set.length) return -1;
  let rest = set[word]! & (-1 << (from & 31));
  while (rest === 0) {
    if (++word >= set.length) return -1;
    rest = set[word]!;
  }
  return word * 32 + 31 - Math.clz32(rest & -rest);
}
