/** Places of the table: the two numbers, what they come to, and the round in which that was noted. */
const WIDTH = 4;

/** What pairs of small numbers were found to come to: a table of numbers without objects, probed one place after another. */
export class PairMemo {
  private table: Int32Array;
  /** Places that were noted in earlier rounds are free. */
  private round = 1;
  private count = 0;
  private mask: number;

  /** `size` is a power of two. */
  constructor(size = 32) {
    this.table = new Int32Array(size * WIDTH);
    this.mask = size - 1;
  }

  /** The number of the pair; -1 where it is not known. */
  get(a: number, b: number): number {
    const place = this.placeOf(a, b);
    return this.table[place + 3] === this.round ? this.table[place + 2]! : -1;
  }

  set(a: number, b: number, result: number): void {
    if (this.count * 2 > this.mask) this.grow();
    const place = this.placeOf(a, b);
    if (this.table[place + 3] !== this.round) this.count++;
    this.table[place] = a;
    this.table[place + 1] = b;
    this.table[place + 2] = result;
    this.table[place + 3] = this.round;
  }

  /** Forgets every pair. */
  clear(): void {
    this.round++;
    this.count = 0;
  }

  private placeOf(a: number, b: number): number {
    const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    const { table, round } = this;
    let place = (hash ^ (hash >>> 15)) & this.mask;
    for (; ; place = (place + 1) & this.mask) {
      const at = place * WIDTH;
      if (table[at + 3] !== round || (table[at] === a && table[at + 1] === b)) return at;
    }
  }

  private grow(): void {
    const { table, round } = this;
    this.table = new Int32Array(table.length * 2);
    this.mask = this.mask * 2 + 1;
    this.round = 1;
    this.count = 0;
    for (let at = 0; at < table.length; at += WIDTH) {
      if (table[at + 3] === round) this.set(table[at]!, table[at + 1]!, table[at + 2]!);
    }
  }
}
