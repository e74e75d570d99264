import { remember } from "../../domain/remember.ts";
import type { RuleBook } from "../book.ts";
import { RATIO_FACTS } from "../cell-domains.ts";
import { canOccur } from "../cell-formula.ts";
import { type Condition, type Facts, isNumberRange, type NumberRange } from "../condition.ts";
import type { Scene } from "../kleene.ts";
import type { Residual } from "../specialise.ts";
import { type Axis, codeAxis, factAxis, factsOf, isCode, type Leaf, RATIO, ratioAxis, truthsOn } from "./axes.ts";
import type { BoxAxes } from "./boxes.ts";
import { type Diagram, Diagrams } from "./decision-diagram.ts";
import { eachLeaf, Settler } from "./settle.ts";
import type { SharedConditions } from "./shared-conditions.ts";

/** Truth as numbers, so that *and* is the least and *or* the greatest. */
export const FALSE = 0;
const OPEN = 1;
export const TRUE = 2;

/** A dimension of the transaction itself: the facts that follow it are open, and each side says what they then are. */
export interface ScopeAxis {
  readonly axis: Axis;
  readonly facts: ReadonlySet<string>;
}

/** The parameter space of one class, cut by all conditions of all sides at once, and conditions as functions on it. */
export class Space {
  readonly diagrams = new Diagrams();
  readonly axes: readonly Axis[];
  private readonly levels = new Map<string, number>();
  /** By side: the number of the first side that reads conditions as it does. */
  private readonly readings: readonly number[];
  private readonly compiled: Map<Condition, Diagram>[];
  private readonly scenes: readonly Scene[];
  private readonly scope: ScopeAxis | undefined;
  private readonly constraints: readonly Condition[];
  private readonly and = this.diagrams.combiner(Math.min, FALSE);
  private readonly or = this.diagrams.combiner(Math.max, TRUE);
  private readonly negate = this.diagrams.mapper((a) => TRUE - a);

  /** `residuals[i]` is what is left of the conditions of `scenes[i]`, and `constraints` of those between facts of the item. */
  constructor(
    scenes: readonly Scene[],
    residuals: readonly (readonly Residual[])[],
    constraints: readonly Condition[],
    scope?: ScopeAxis,
  ) {
    this.scenes = scenes;
    this.scope = scope;
    // Only what is open of the transaction, and the day, make a difference to what a condition says of an item.
    this.readings = scenes.map((s, i) => (scope ? i : scenes.findIndex((x) => x.date === s.date)));
    this.compiled = scenes.map(() => new Map());
    const leaves = new LeafCollector(scenes, scope);
    residuals.forEach((list, side) => {
      for (const r of list) leaves.collect(r, side);
    });
    const book = scenes[0]!.book;
    this.constraints = leaves.connected(constraints);
    this.axes = orderAxes([...(scope ? [scope.axis] : []), ...leaves.axes(book)], book, scope);
    this.axes.forEach((a, level) => {
      this.levels.set(a.id, level);
    });
  }

  level(id: string): number | undefined {
    return this.levels.get(id);
  }

  get boxAxes(): BoxAxes {
    return { sizes: this.axes.map((a) => a.values.length), ordered: (level) => this.axes[level]!.ordered };
  }

  /** The same number for sides of which the same conditions say the same. */
  readingOf(side: number): number {
    return this.readings[side]!;
  }

  /** What is left of a condition of one side as a function on the space: `FALSE`, `OPEN` (a text is not held) or `TRUE`. */
  truth(r: Residual, side: number): Diagram {
    if (typeof r === "boolean") return this.diagrams.end(r ? TRUE : FALSE);
    const known = this.compiled[this.readings[side]!]!;
    let found = known.get(r);
    if (found === undefined) {
      found = this.compile(r, side);
      known.set(r, found);
    }
    return found;
  }

  private compile(c: Condition, side: number): Diagram {
    switch (c.op) {
      case "all":
        return c.of.reduce(
          (f, x) => (f === this.diagrams.end(FALSE) ? f : this.and(f, this.truth(x, side))),
          this.diagrams.end(TRUE),
        );
      case "any":
        return c.of.reduce(
          (f, x) => (f === this.diagrams.end(TRUE) ? f : this.or(f, this.truth(x, side))),
          this.diagrams.end(FALSE),
        );
      case "not":
        return this.negate(this.truth(c.of, side));
      case "matches":
        return c.codes.reduce((f, code) => this.or(f, this.unwritten(code)), this.diagrams.end(FALSE));
      case "term":
        return this.diagrams.end(OPEN);
      default:
        return this.leaf(c, side);
    }
  }

  /** What is said to fall under a paragraph without words may be controlled; what is said not to is not. */
  private unwritten(code: string): Diagram {
    const level = this.levels.get(code);
    const [may, not] = [this.diagrams.end(OPEN), this.diagrams.end(FALSE)];
    return level === undefined ? may : this.diagrams.branch(level, [may, not]);
  }

  private leaf(leaf: Leaf, side: number): Diagram {
    const level = this.levels.get(axisOf(leaf, this.scope));
    if (level === undefined) return this.diagrams.end(OPEN);
    const truths = truthsOn(this.axes[level]!, leaf, this.scenes[side]!, side);
    const kids = truths.map((t) => this.diagrams.end(t === null ? OPEN : t ? TRUE : FALSE));
    return this.diagrams.branch(level, kids);
  }

  /** `TRUE` where the meaning of the facts lets a point occur: constraints, and wavelength and aperture with their ratio. */
  possible(): Diagram {
    const all = this.constraints.map((c) => this.truth(c, 0));
    const ratio = this.levels.get(RATIO);
    if (ratio !== undefined)
      all.push(
        this.ratioRelation(
          RATIO_FACTS.map((f) => this.levels.get(f)!),
          ratio,
        ),
      );
    return all.reduce((f, g) => this.and(f, g), this.diagrams.end(TRUE));
  }

  private ratioRelation([wavelength, aperture]: readonly number[], ratio: number): Diagram {
    const cells = (level: number) => this.axes[level]!.values.flatMap((v) => (v.kind === "number" ? [v.cell] : []));
    const swapped = aperture! < wavelength!;
    const [first, second] = swapped ? [aperture!, wavelength!] : [wavelength!, aperture!];
    const occurs = (a: NumberRange, b: NumberRange, r: NumberRange) =>
      swapped ? canOccur(b, a, r) : canOccur(a, b, r);
    const end = (holds: boolean) => this.diagrams.end(holds ? TRUE : FALSE);
    const last = (a: NumberRange, b: NumberRange) =>
      this.diagrams.branch(
        ratio,
        cells(ratio).map((r) => end(occurs(a, b, r))),
      );
    const middle = (a: NumberRange) =>
      this.diagrams.branch(
        second,
        cells(second).map((b) => last(a, b)),
      );
    return this.diagrams.branch(first, cells(first).map(middle));
  }
}

function axisOf(leaf: Leaf, scope: ScopeAxis | undefined): string {
  if (scope && factsOf(leaf).some((f) => scope.facts.has(f))) return scope.axis.id;
  return leaf.op === "formula" ? RATIO : leaf.fact;
}

/** Constraints between facts of the item, as its known facts leave them. */
export function constraintsOn(scene: Scene, shared: SharedConditions): Condition[] {
  const settler = new Settler(scene, shared);
  return scene.book.constraints.flatMap((c) => {
    const left = settler.settle(shared.share(c.holds));
    return typeof left === "boolean" ? [] : [left];
  });
}

/** Gathers the leaves of all sides by the fact that they ask about. */
class LeafCollector {
  private readonly byFact = new Map<string, { readonly leaves: Leaf[]; readonly scene: Scene }>();
  private readonly codes = new Set<string>();
  private readonly formulas: Extract<Leaf, { readonly op: "formula" }>[] = [];
  private readonly seen = new Set<Condition>();
  private readonly scenes: readonly Scene[];
  private readonly scope: ScopeAxis | undefined;

  constructor(scenes: readonly Scene[], scope: ScopeAxis | undefined) {
    this.scenes = scenes;
    this.scope = scope;
  }

  collect(r: Residual, side: number): void {
    eachLeaf(
      r,
      this.seen,
      (leaf) => {
        if (leaf.op === "same" || factsOf(leaf).some((f) => this.scope?.facts.has(f))) return;
        if (leaf.op === "formula") {
          this.formulas.push(leaf);
          for (const f of RATIO_FACTS) this.add(f, undefined, side);
        } else this.add(leaf.fact, leaf, side);
      },
      (codes) => {
        for (const code of codes) this.codes.add(code);
      },
    );
  }

  private add(fact: string, leaf: Leaf | undefined, side: number): void {
    const scene = this.scenes[side]!;
    if (!scene.book.facts.has(fact)) return;
    // A side that knows a part of a number is the one that leaves the rest open.
    const whole = () => ({ leaves: [], scene: isPart(scene.facts[fact]) ? scene : withoutFact(scene, fact) });
    const entry = remember(this.byFact, fact, whole);
    if (leaf) entry.leaves.push(leaf);
  }

  /** The constraints that reach a fact that was collected, directly or through one another; they are collected too. */
  connected(constraints: readonly Condition[]): Condition[] {
    const kept = new Set<Condition>();
    for (let before = -1; before < kept.size; ) {
      before = kept.size;
      for (const c of constraints) {
        if (kept.has(c) || !this.meets(c)) continue;
        kept.add(c);
        this.collect(c, 0);
      }
    }
    return constraints.filter((c) => kept.has(c));
  }

  private meets(c: Condition): boolean {
    let found = false;
    let transaction = false;
    eachLeaf(c, new Set(), (leaf) => {
      for (const f of factsOf(leaf)) {
        if (this.byFact.has(f)) found = true;
        if (leaf.op === "same" || this.scope?.facts.has(f)) transaction = true;
      }
    });
    return found && !transaction;
  }

  axes(book: RuleBook): Axis[] {
    const facts = [...this.byFact].map(([fact, { leaves, scene }]) => factAxis(book.facts.get(fact)!, leaves, scene));
    const axes = [...facts, ...[...this.codes].map(codeAxis)];
    return this.formulas.length > 0 ? [...axes, ratioAxis(this.formulas)] : axes;
  }
}

function isPart(v: Facts[string] | undefined): boolean {
  return v !== undefined && isNumberRange(v) && v.low !== v.high;
}

function withoutFact(scene: Scene, fact: string): Scene {
  const { [fact]: _known, ...facts } = scene.facts;
  return { ...scene, facts };
}

const TYPES = ["one-of", "text", "state", "set", "boolean", "quantity"];

/** What an item is comes first and its numbers last: bounds then come out as intervals that are as wide as can be. */
function orderAxes(axes: readonly Axis[], book: RuleBook, scope: ScopeAxis | undefined): Axis[] {
  const rank = (a: Axis): number => {
    if (a === scope?.axis) return -1;
    const declared = book.facts.get(a.id);
    if (isCode(a)) return TYPES.indexOf("boolean");
    return declared ? TYPES.indexOf(declared.type) : TYPES.length;
  };
  return axes
    .map((a, i) => ({ a, i, rank: rank(a) }))
    .sort((x, y) => x.rank - y.rank || x.i - y.i)
    .map(({ a }) => a);
}
