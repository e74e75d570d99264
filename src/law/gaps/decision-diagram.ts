import { PairMemo } from "./pair-memo.ts";

/** Number of a node; equal functions have equal numbers. */
export type Diagram = number;

/** A box: for each axis that it restricts, the numbers of the values that it takes in. */
export type Box = ReadonlyMap<number, readonly number[]>;

/** A box by the number of the axis; undefined where the axis is not restricted. */
export type BoxByLevel = readonly (readonly number[] | undefined)[];

/** Level of ends, below all axes. */
const END = 0x3fffffff;

/**
 * Functions of several axes, each with finitely many values, as ordered decision diagrams without repetition
 * (Bryant 1986, with more than two branches a node): a function is one number, and two functions are the same exactly
 * when their numbers are. Nodes live in arrays of numbers, so that neither making nor keeping them makes objects.
 */
export class Diagrams {
  /** By node: the axis that it branches on. */
  private levels = new Int32Array(256);
  /** By node: where its kids begin in the pool; of an end, its value. */
  private starts = new Int32Array(256);
  /** By node: how many kids it has. */
  private counts = new Int32Array(256);
  /** By node: what part of all points it sends to 1. */
  private ones = new Float64Array(256);
  /** By node: the last search that was through with it. */
  private visited = new Int32Array(256);
  private pool = new Int32Array(1024);
  private nodes = 0;
  private pooled = 0;
  /** Branches by a hash of their axis and kids: node + 1, 0 for a free place. */
  private unique = new Int32Array(512);
  private readonly ends = new Map<number, Diagram>();
  private searches = 0;
  private readonly cut = new PairMemo();
  private readonly zero = this.end(0);
  private readonly one = this.end(1);

  /** The function that is `value` everywhere. */
  end(value: number): Diagram {
    let found = this.ends.get(value);
    if (found === undefined) {
      found = this.addNode(END, value, 0, value === 1 ? 1 : 0);
      this.ends.set(value, found);
    }
    return found;
  }

  /** The function that is `kids[i]` where the axis has its value of number `i`; the kids do not ask for `level` or less. */
  branch(level: number, kids: readonly Diagram[]): Diagram {
    const first = kids[0]!;
    if (isConstant(kids)) return first;
    if (this.nodes * 2 > this.unique.length) this.rehash();
    const mask = this.unique.length - 1;
    let place = hashOf(level, kids) & mask;
    for (let held = this.unique[place]!; held !== 0; held = this.unique[place]!) {
      if (this.isBranch(held - 1, level, kids)) return held - 1;
      place = (place + 1) & mask;
    }
    let sum = 0;
    for (let i = 0; i < kids.length; i++) sum += this.ones[kids[i]!]!;
    if (this.pooled + kids.length > this.pool.length) this.pool = longer(this.pool, Int32Array);
    const start = this.pooled;
    for (let i = 0; i < kids.length; i++) this.pool[start + i] = kids[i]!;
    this.pooled += kids.length;
    const made = this.addNode(level, start, kids.length, sum / kids.length);
    this.unique[place] = made + 1;
    return made;
  }

  private addNode(level: number, start: number, count: number, ones: number): Diagram {
    const node = this.nodes++;
    if (node === this.levels.length) {
      this.levels = longer(this.levels, Int32Array);
      this.starts = longer(this.starts, Int32Array);
      this.counts = longer(this.counts, Int32Array);
      this.visited = longer(this.visited, Int32Array);
      this.ones = longer(this.ones, Float64Array);
    }
    this.levels[node] = level;
    this.starts[node] = start;
    this.counts[node] = count;
    this.ones[node] = ones;
    return node;
  }

  private isBranch(node: Diagram, level: number, kids: readonly Diagram[]): boolean {
    if (this.levels[node] !== level || this.counts[node] !== kids.length) return false;
    const start = this.starts[node]!;
    for (let i = 0; i < kids.length; i++) if (this.pool[start + i] !== kids[i]) return false;
    return true;
  }

  private rehash(): void {
    this.unique = new Int32Array(this.unique.length * 2);
    const mask = this.unique.length - 1;
    for (let node = 0; node < this.nodes; node++) {
      if (this.isEnd(node)) continue;
      const start = this.starts[node]!;
      let place = hashOf(this.levels[node]!, this.pool.subarray(start, start + this.counts[node]!)) & mask;
      while (this.unique[place] !== 0) place = (place + 1) & mask;
      this.unique[place] = node + 1;
    }
  }

  private isEnd(f: Diagram): boolean {
    return this.levels[f] === END;
  }

  /** The axis that a function asks for first; meaningless for an end. */
  level(f: Diagram): number {
    return this.levels[f]!;
  }

  /** The function where the axis that it asks for first has its value of number `i`. */
  kid(f: Diagram, i: number): Diagram {
    return this.pool[this.starts[f]! + i]!;
  }

  /** The value of an end; undefined for a function that still depends on an axis. */
  valueOf(f: Diagram): number | undefined {
    return this.isEnd(f) ? this.starts[f]! : undefined;
  }

  /** What two functions come to together, point by point; `absorbing` is a value that decides whatever the other one is. */
  combiner(op: (a: number, b: number) => number, absorbing?: number): (f: Diagram, g: Diagram) => Diagram {
    const known = new PairMemo();
    const absorbs = absorbing === undefined ? -1 : this.end(absorbing);
    const combine = (f: Diagram, g: Diagram): Diagram => {
      if (f === absorbs || g === absorbs) return absorbs;
      const [a, b] = [this.levels[f]!, this.levels[g]!];
      if (a === END && b === END) return this.end(op(this.starts[f]!, this.starts[g]!));
      const found = known.get(f, g);
      if (found !== -1) return found;
      const level = Math.min(a, b);
      const size = this.counts[a === level ? f : g]!;
      const kids = new Array<Diagram>(size);
      for (let i = 0; i < size; i++) {
        kids[i] = combine(a === level ? this.kid(f, i) : f, b === level ? this.kid(g, i) : g);
      }
      const made = this.branch(level, kids);
      known.set(f, g, made);
      return made;
    };
    return combine;
  }

  /** The function with each of its values replaced. */
  mapper(op: (a: number) => number): (f: Diagram) => Diagram {
    const known = new PairMemo();
    const map = (f: Diagram): Diagram => {
      const found = known.get(f, 0);
      if (found !== -1) return found;
      const made = this.isEnd(f) ? this.end(op(this.starts[f]!)) : this.branch(this.levels[f]!, this.mapKids(f, map));
      known.set(f, 0, made);
      return made;
    };
    return map;
  }

  private mapKids(f: Diagram, map: (kid: Diagram) => Diagram): Diagram[] {
    const kids = new Array<Diagram>(this.counts[f]!);
    for (let i = 0; i < kids.length; i++) kids[i] = map(this.kid(f, i));
    return kids;
  }

  /** The function where the first axis has the value of that number. */
  atFirst(f: Diagram, level: number, value: number): Diagram {
    return this.levels[f] === level ? this.kid(f, value) : f;
  }

  /** Every value that the function takes. */
  valuesOf(f: Diagram): number[] {
    const search = ++this.searches;
    const values: number[] = [];
    const visit = (g: Diagram): void => {
      if (this.visited[g] === search) return;
      this.visited[g] = search;
      if (this.isEnd(g)) values.push(this.starts[g]!);
      else for (let i = 0; i < this.counts[g]!; i++) visit(this.kid(g, i));
    };
    visit(f);
    return values;
  }

  /** 1 where the function has that value, and 0 elsewhere. */
  only(f: Diagram, wanted: number): Diagram {
    return this.mapper((v) => (v === wanted ? 1 : 0))(f);
  }

  /** What part of the points, each value of an axis counted alike, the function sends to a value that `counts`. */
  partOf(f: Diagram, counts: (value: number) => boolean): number {
    return this.ones[this.mapper((v) => Number(counts(v)))(f)]!;
  }

  /** The function with 0 all over a box of these axes, which `levels` names from the first on. */
  cutOut(f: Diagram, box: BoxByLevel, levels: readonly number[], sizes: readonly number[]): Diagram {
    this.cut.clear();
    const visit = (g: Diagram, k: number): Diagram => {
      if (g === this.zero || k === levels.length) return this.zero;
      const found = this.cut.get(g, k);
      if (found !== -1) return found;
      const own = this.levels[g]!;
      const boxed = levels[k]!;
      const level = Math.min(own, boxed);
      const kids = new Array<Diagram>(sizes[level]!);
      for (let i = 0; i < kids.length; i++) {
        const kid = own === level ? this.kid(g, i) : g;
        kids[i] = boxed > level ? visit(kid, k) : kid;
      }
      if (boxed === level) for (const i of box[level]!) kids[i] = visit(kids[i]!, k + 1);
      const made = this.branch(level, kids);
      this.cut.set(g, k, made);
      return made;
    };
    return visit(f, 0);
  }

  /** Whether the function is 1 on all of the box. */
  holdsOn(f: Diagram, box: BoxByLevel): boolean {
    return this.holdsAt(f, box, ++this.searches);
  }

  private holdsAt(g: Diagram, box: BoxByLevel, search: number): boolean {
    if (g === this.one || this.visited[g] === search) return true;
    if (g === this.zero) return false;
    const allowed = box[this.levels[g]!];
    const start = this.starts[g]!;
    if (allowed !== undefined) {
      for (let i = 0; i < allowed.length; i++) {
        if (!this.holdsAt(this.pool[start + allowed[i]!]!, box, search)) return false;
      }
    } else {
      const count = this.counts[g]!;
      for (let i = 0; i < count; i++) if (!this.holdsAt(this.pool[start + i]!, box, search)) return false;
    }
    this.visited[g] = search;
    return true;
  }

  /** A point at which the function is 1, where it is so most widely: values by axis; undefined where it is 0 everywhere. */
  heaviestPath(f: Diagram): Map<number, number> | undefined {
    if (f === this.zero) return undefined;
    const path = new Map<number, number>();
    for (let g = f; !this.isEnd(g); ) {
      let best = 0;
      for (let i = 1; i < this.counts[g]!; i++) {
        if (this.ones[this.kid(g, i)]! > this.ones[this.kid(g, best)]!) best = i;
      }
      path.set(this.levels[g]!, best);
      g = this.kid(g, best);
    }
    return path;
  }
}

function longer<T extends Int32Array | Float64Array>(old: T, make: new (length: number) => T): T {
  const next = new make(old.length * 2);
  next.set(old);
  return next;
}

function hashOf(level: number, kids: ArrayLike<Diagram>): number {
  let hash = level;
  for (let i = 0; i < kids.length; i++) hash = (Math.imul(hash, 0x01000193) ^ kids[i]!) | 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}

function isConstant(kids: readonly Diagram[]): boolean {
  for (let i = 1; i < kids.length; i++) if (kids[i] !== kids[0]) return false;
  return true;
}
