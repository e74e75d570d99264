/** Number of a node; equal functions have equal numbers. */
export type Diagram = number;

interface Node {
  /** Axis that the node branches on; `Infinity` for an end. */
  readonly level: number;
  /** One child for each value of the axis; an end has none. */
  readonly kids: readonly Diagram[];
  /** What the function comes to; meaningless unless the node is an end. */
  readonly value: number;
}

/** A box: for each axis that it restricts, the numbers of the values that it takes in. */
export type Box = ReadonlyMap<number, readonly number[]>;

/**
 * Functions of several axes, each with finitely many values, as ordered decision diagrams without repetition
 * (Bryant 1986, with more than two branches a node): a function is one number, and two functions are the same exactly
 * when their numbers are.
 */
export class Diagrams {
  private readonly nodes: Node[] = [];
  /** Branches by a hash of their axis and kids. */
  private readonly unique = new Map<number, Diagram[]>();
  private readonly ends = new Map<number, Diagram>();
  /** For each node the last search that was through with it. */
  private readonly visited: number[] = [];
  private searches = 0;

  /** The function that is `value` everywhere. */
  end(value: number): Diagram {
    let found = this.ends.get(value);
    if (found === undefined) {
      found = this.nodes.push({ level: Number.POSITIVE_INFINITY, kids: [], value }) - 1;
      this.ends.set(value, found);
    }
    return found;
  }

  /** The function that is `kids[i]` where the axis has its value of number `i`; the kids do not ask for `level` or less. */
  branch(level: number, kids: readonly Diagram[]): Diagram {
    const first = kids[0]!;
    if (isConstant(kids)) return first;
    let hash = level;
    for (let i = 0; i < kids.length; i++) hash = (Math.imul(hash, 31) + kids[i]!) | 0;
    const bucket = this.unique.get(hash);
    const found = bucket?.find((n) => this.nodes[n]!.level === level && isSame(this.nodes[n]!.kids, kids));
    if (found !== undefined) return found;
    const made = this.nodes.push({ level, kids, value: 0 }) - 1;
    if (bucket) bucket.push(made);
    else this.unique.set(hash, [made]);
    return made;
  }

  level(f: Diagram): number {
    return this.nodes[f]!.level;
  }

  kids(f: Diagram): readonly Diagram[] {
    return this.nodes[f]!.kids;
  }

  /** The value of an end; undefined for a function that still depends on an axis. */
  valueOf(f: Diagram): number | undefined {
    const node = this.nodes[f]!;
    return node.level === Number.POSITIVE_INFINITY ? node.value : undefined;
  }

  /** What two functions come to together, point by point; `absorbing` is a value that decides whatever the other one is. */
  combiner(op: (a: number, b: number) => number, absorbing?: number): (f: Diagram, g: Diagram) => Diagram {
    const known = new Map<number, Diagram>();
    const absorbs = absorbing === undefined ? -1 : this.end(absorbing);
    const combine = (f: Diagram, g: Diagram): Diagram => {
      if (f === absorbs || g === absorbs) return absorbs;
      const a = this.nodes[f]!;
      const b = this.nodes[g]!;
      const level = Math.min(a.level, b.level);
      if (level === Number.POSITIVE_INFINITY) return this.end(op(a.value, b.value));
      const key = f * 0x4000000 + g;
      const found = known.get(key);
      if (found !== undefined) return found;
      const size = (a.level === level ? a : b).kids.length;
      const kids: Diagram[] = [];
      for (let i = 0; i < size; i++) {
        kids.push(combine(a.level === level ? a.kids[i]! : f, b.level === level ? b.kids[i]! : g));
      }
      const made = this.branch(level, kids);
      known.set(key, made);
      return made;
    };
    return combine;
  }

  /** The function with each of its values replaced. */
  mapper(op: (a: number) => number): (f: Diagram) => Diagram {
    const known = new Map<Diagram, Diagram>();
    const map = (f: Diagram): Diagram => {
      const found = known.get(f);
      if (found !== undefined) return found;
      const node = this.nodes[f]!;
      const made =
        node.level === Number.POSITIVE_INFINITY
          ? this.end(op(node.value))
          : this.branch(node.level, node.kids.map(map));
      known.set(f, made);
      return made;
    };
    return map;
  }

  /** The function where the first axis has the value of that number. */
  atFirst(f: Diagram, level: number, value: number): Diagram {
    const node = this.nodes[f]!;
    return node.level === level ? node.kids[value]! : f;
  }

  /** Every value that the function takes. */
  valuesOf(f: Diagram): number[] {
    const seen = new Set<Diagram>();
    const values: number[] = [];
    const visit = (g: Diagram): void => {
      if (seen.has(g)) return;
      seen.add(g);
      const node = this.nodes[g]!;
      if (node.level === Number.POSITIVE_INFINITY) values.push(node.value);
      else for (const k of node.kids) visit(k);
    };
    visit(f);
    return values;
  }

  /** The function with its value where it is one of `wanted`, and 0 elsewhere. */
  only(f: Diagram, wanted: number): Diagram {
    return this.mapper((v) => (v === wanted ? 1 : 0))(f);
  }

  /** What part of the points, each value of an axis counted alike, the function sends to a value that `counts`. */
  partOf(f: Diagram, counts: (value: number) => boolean): number {
    return this.weigher(counts)(f);
  }

  private weigher(counts: (value: number) => boolean): (f: Diagram) => number {
    const known = new Map<Diagram, number>();
    const visit = (g: Diagram): number => {
      const found = known.get(g);
      if (found !== undefined) return found;
      const { level, kids, value } = this.nodes[g]!;
      const part =
        level === Number.POSITIVE_INFINITY
          ? Number(counts(value))
          : kids.reduce((sum, k) => sum + visit(k), 0) / kids.length;
      known.set(g, part);
      return part;
    };
    return visit;
  }

  /** The indicator of a box. */
  boxDiagram(box: Box, sizes: readonly number[]): Diagram {
    const levels = [...box.keys()].sort((a, b) => b - a);
    const outside = this.end(0);
    return levels.reduce((inside, level) => {
      const values = box.get(level)!;
      const kids = new Array<Diagram>(sizes[level]!).fill(outside);
      for (const v of values) kids[v] = inside;
      return this.branch(level, kids);
    }, this.end(1));
  }

  /** Whether the function is 1 on all of the box. */
  holdsOn(f: Diagram, box: Box): boolean {
    const search = ++this.searches;
    const visit = (g: Diagram): boolean => {
      const { level, kids, value } = this.nodes[g]!;
      if (level === Number.POSITIVE_INFINITY) return value === 1;
      if (this.visited[g] === search) return true;
      const allowed = box.get(level);
      if (allowed) {
        for (let i = 0; i < allowed.length; i++) if (!visit(kids[allowed[i]!]!)) return false;
      } else {
        for (let i = 0; i < kids.length; i++) if (kids[i] !== kids[i - 1] && !visit(kids[i]!)) return false;
      }
      this.visited[g] = search;
      return true;
    };
    return visit(f);
  }

  /** A box of one value an axis on which the function is 1, where it is so most widely; undefined where it is 0 everywhere. */
  heaviestPath(f: Diagram): Box | undefined {
    const zero = this.end(0);
    if (f === zero) return undefined;
    const weigh = this.weigher((v) => v === 1);
    const path = new Map<number, readonly number[]>();
    for (let g = f; this.level(g) !== Number.POSITIVE_INFINITY; ) {
      const kids = this.kids(g);
      let best = 0;
      for (let i = 1; i < kids.length; i++) if (weigh(kids[i]!) > weigh(kids[best]!)) best = i;
      path.set(this.level(g), [best]);
      g = kids[best]!;
    }
    return path;
  }
}

function isSame(a: readonly Diagram[], b: readonly Diagram[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isConstant(kids: readonly Diagram[]): boolean {
  for (let i = 1; i < kids.length; i++) if (kids[i] !== kids[0]) return false;
  return true;
}
