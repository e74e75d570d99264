import type { Condition } from "../condition.ts";
import { evaluate, type Scene } from "../kleene.ts";
import type { Residual } from "../specialise.ts";
import { factsOf, type Leaf } from "./axes.ts";
import type { SharedConditions } from "./shared-conditions.ts";

/** Puts facts into what is left of conditions; parts that many rules share are worked on once. */
export class Settler {
  private readonly known = new Map<Condition, Residual>();
  private readonly scene: Scene;
  private readonly open: ReadonlySet<string>;
  private readonly shared: SharedConditions;

  /** `open` are facts that stay open although the scene knows a value of them. */
  constructor(scene: Scene, shared: SharedConditions, open: ReadonlySet<string> = new Set()) {
    this.scene = scene;
    this.shared = shared;
    this.open = open;
  }

  /** The condition with the scene's facts put in: decided, or what is left of it. */
  settle(r: Residual): Residual {
    if (typeof r === "boolean") return r;
    let found = this.known.get(r);
    if (found === undefined) {
      found = this.settleAnew(r);
      this.known.set(r, found);
    }
    return found;
  }

  private settleAnew(c: Condition): Residual {
    switch (c.op) {
      case "all":
      case "any":
        return this.settleList(c);
      case "not": {
        const inner = this.settle(c.of);
        return typeof inner === "boolean" ? !inner : this.shared.not(inner);
      }
      case "matches":
        return this.shared.share(c);
      case "term":
        return c;
      default:
        return this.settleLeaf(c);
    }
  }

  private settleLeaf(leaf: Leaf): Residual {
    if (factsOf(leaf).some((f) => this.open.has(f))) return leaf;
    return evaluate(leaf, this.scene) ?? leaf;
  }

  private settleList(c: Extract<Condition, { readonly op: "all" | "any" }>): Residual {
    const absorbing = c.op === "any";
    const parts: Condition[] = [];
    for (const x of c.of) {
      const part = this.settle(x);
      if (part === absorbing) return absorbing;
      if (typeof part !== "boolean") parts.push(part);
    }
    if (parts.length === 0) return !absorbing;
    return parts.length === 1 ? parts[0]! : this.shared.list(c.op, parts);
  }
}

/** Calls `visit` for each leaf of what is left, and `unwritten` for each list paragraph of which no words are held; parts that occur twice are visited once. */
export function eachLeaf(
  r: Residual,
  seen: Set<Condition>,
  visit: (leaf: Leaf) => void,
  unwritten: (codes: readonly string[]) => void = () => {},
): void {
  if (typeof r === "boolean" || seen.has(r)) return;
  seen.add(r);
  switch (r.op) {
    case "all":
    case "any":
      for (const x of r.of) eachLeaf(x, seen, visit, unwritten);
      return;
    case "not":
      eachLeaf(r.of, seen, visit, unwritten);
      return;
    case "matches":
      unwritten(r.codes);
      return;
    case "term":
      return;
    default:
      visit(r);
  }
}
