import { remember } from "../../domain/remember.ts";
import { LAYERS, type Layer } from "../../domain/verdicts.ts";
import type { RuleBook } from "../book.ts";
import type { Condition, Facts } from "../condition.ts";
import type { Scene } from "../kleene.ts";
import type { Prepared } from "../specialise.ts";
import { factsOf } from "./axes.ts";
import { boxesOf } from "./boxes.ts";
import {
  type Control,
  ControlBuilder,
  Controls,
  residualsOf,
  type Settled,
  type Side,
  SideSettler,
} from "./control.ts";
import type { Box, Diagram } from "./decision-diagram.ts";
import { type Region, regionOf } from "./region.ts";
import { eachLeaf } from "./settle.ts";
import type { SharedConditions } from "./shared-conditions.ts";
import { constraintsOn, type ScopeAxis, Space } from "./space.ts";
import { codesAt, factsAt, type Point, pointIn } from "./witness.ts";

/** How one state's law goes further than another's. */
export type DifferenceKind =
  /** It requires something, and the other certainly nothing. */
  | "control"
  /** It requires something, and whether the other does is not held in text. */
  | "undetermined"
  /** It denies as a rule, and the other requires no more than a licence case by case. */
  | "policy"
  /** Both control it here, and the other does not for another destination, act or maker. */
  | "scope"
  /** Both control it now, and the other began later. */
  | "time";

/** A label of points: what the difference is, in which layer, by which rule. */
export interface Label {
  readonly kind: DifferenceKind;
  readonly layer: Layer;
  /** A rule that requires something on all of the region. */
  readonly rule: string;
  /** What else tells labels of one kind apart, such as the days of a difference in time. */
  readonly detail?: string;
}

/** A region of the parameter space on which one label holds, with a point in it. */
export interface LabelledRegion extends Label {
  readonly region: Region;
  readonly box: Box;
  readonly point: Point;
}

export interface ClassQuestion {
  readonly book: RuleBook;
  /** What is known of the item. */
  readonly item: Facts;
  readonly sides: readonly Side[];
  /** The law of each side before the item is known. */
  readonly prepared: readonly (readonly (Prepared | null)[])[];
  readonly scope?: ScopeAxis;
  readonly shared: SharedConditions;
}

/** What is left of the law for one class. */
export interface SettledClass {
  readonly settled: readonly (readonly Settled[])[];
  readonly constraints: readonly Condition[];
  /** The same for classes of which the same is left. */
  readonly key: string;
}

/** Puts what is known of a class into the law of every side. */
export function settleClass(question: ClassQuestion): SettledClass {
  const { book, item, prepared, scope, shared } = question;
  const scenes = scenesOf(question);
  const settler = new SideSettler(shared, scope?.facts ?? NOTHING_OPEN);
  const settled = prepared.map((p, i) => settler.settle(p, scenes[i]!));
  const constraints = constraintsOn({ book, regime: "", date: scenes[0]!.date, facts: item }, shared);
  const keys = new Map<string, number>();
  const sides = settled.map((all) => all.map((s) => remember(keys, s.key, () => keys.size)).join("+"));
  // A number of which a part is known bounds its axis.
  const parts = Object.entries(item).filter(([, v]) => typeof v === "object");
  const rest = [constraints.map((c) => shared.number(c)), parts];
  return { settled, constraints, key: `${[...keys.keys()].join("|")} ${sides.join()} ${JSON.stringify(rest)}` };
}

function scenesOf({ book, item, sides }: ClassQuestion): Scene[] {
  return sides.map((s): Scene => ({ book, regime: s.state, date: s.date, facts: { ...s.transaction, ...item } }));
}

/** Which rules of a side make a label. */
interface Labelling {
  readonly kind: DifferenceKind;
  readonly side: number;
  readonly layers: ReadonlySet<Layer>;
  /** The least that they must require. */
  readonly least?: number;
  /** The rule that requires something of the most points, instead of the fewest: fewer regions. */
  readonly widest?: boolean;
  readonly detail?: string;
}

const NOTHING_OPEN: ReadonlySet<string> = new Set();

/** One class to the law of several sides: its space, and what each side's law comes to at every point. */
export class ClassLaw {
  readonly question: ClassQuestion;
  readonly space: Space;
  readonly controls = new Controls();
  /** By side. */
  readonly control: readonly Diagram[];
  private readonly scenes: readonly Scene[];
  private readonly settled: readonly (readonly Settled[])[];
  private readonly tested = new Map<number, ReadonlySet<string>>();
  private possible: Diagram | undefined;
  private readonly labels: Label[] = [];
  private readonly labelNumbers = new Map<string, number>();

  constructor(question: ClassQuestion, { settled, constraints }: SettledClass = settleClass(question)) {
    this.question = question;
    this.scenes = scenesOf(question);
    this.space = new Space(this.scenes, settled.map(residualsOf), constraints, question.scope);
    const builder = new ControlBuilder(this.space, this.controls);
    this.control = settled.map((s, i) => builder.side(s, i));
    this.settled = settled;
  }

  /** The number of a label; 0 is none. */
  label(label: Label): number {
    const key = `${label.kind} ${label.layer} ${label.rule} ${label.detail ?? ""}`;
    let found = this.labelNumbers.get(key);
    if (found === undefined) {
      found = this.labels.push(label);
      this.labelNumbers.set(key, found);
    }
    return found;
  }

  /**
   * The label of points that a control makes in some layers: the first layer of which a rule requires something there, and of
   * its rules the one that requires something of the fewest points.
   */
  ruleLabel({ kind, side, layers, least = 1, widest = false, detail }: Labelling, c: Control): number {
    const rules = c.rules.filter((r) => r.severity >= least).map((r) => r.rule);
    const layer = LAYERS.find((l) => layers.has(l) && rules.some((r) => this.controls.rules[r]!.layer === l));
    if (layer === undefined) return 0;
    const reach = this.reachOf(side);
    const [chosen] = rules
      .filter((r) => this.controls.rules[r]!.layer === layer)
      .sort((x, y) => (widest ? reach.get(y)! - reach.get(x)! : reach.get(x)! - reach.get(y)!) || x - y);
    const rule = this.controls.rules[chosen!]!.id;
    return this.label({ kind, layer, rule, ...(detail !== undefined && { detail }) });
  }

  private readonly reaches = new Map<number, ReadonlyMap<number, number>>();

  /** Of what part of the space each rule of a side requires something. */
  private reachOf(side: number): ReadonlyMap<number, number> {
    return remember(this.reaches, side, () => {
      const f = this.control[side]!;
      const rules = new Set(
        this.space.diagrams.valuesOf(f).flatMap((v) => this.controls.at(v).rules.map((r) => r.rule)),
      );
      return new Map(
        [...rules].map((rule) => [
          rule,
          this.space.diagrams.partOf(f, (v) => this.controls.at(v).rules.some((r) => r.rule === rule)),
        ]),
      );
    });
  }

  /** Where the law of side `a` goes further than that of side `b`, in these layers of `a`. */
  differences(a: number, b: number, layers: ReadonlySet<Layer>): LabelledRegion[] {
    const [f, g] = [this.control[a]!, this.control[b]!];
    // States that share a list, and transactions that a law does not tell apart, have the same function.
    return remember(this.found, `${f} ${g} ${[...layers].join()}`, () => {
      const compare = this.space.diagrams.combiner((x, y) =>
        this.compareAt(this.controls.at(x), this.controls.at(y), a, layers),
      );
      return this.regionsOf(compare(f, g));
    });
  }

  private readonly found = new Map<string, LabelledRegion[]>();

  private compareAt(a: Control, b: Control, side: number, layers: ReadonlySet<Layer>): number {
    if (a.atLeast === 0) return 0;
    if (b.atMost === 0) return this.ruleLabel({ kind: "control", side, layers }, a);
    if (b.atLeast === 0) return this.ruleLabel({ kind: "undetermined", side, layers, widest: true }, a);
    return b.atMost <= 2 && a.atLeast >= 3 ? this.ruleLabel({ kind: "policy", side, layers, least: 3 }, a) : 0;
  }

  /** The regions of a function of labels: disjoint, complete, each with a point that can occur. */
  regionsOf(f: Diagram): LabelledRegion[] {
    const { diagrams } = this.space;
    const labels = diagrams.valuesOf(f).filter((v) => v !== 0);
    return labels.flatMap((value) => {
      const label = this.labels[value - 1]!;
      return this.partsOf(diagrams.only(f, value)).map((part) => ({ ...label, ...part }));
    });
  }

  private readonly parts = new Map<Diagram, readonly Omit<LabelledRegion, keyof Label>[]>();

  /** Where a function is 1, in boxes in which something can occur. */
  private partsOf(f: Diagram): readonly Omit<LabelledRegion, keyof Label>[] {
    return remember(this.parts, f, () => {
      const { space, question } = this;
      this.possible ??= space.possible();
      return boxesOf(f, space.diagrams, space.boxAxes).flatMap((box) => {
        const at = pointIn(box, this.possible!, space);
        return at ? [{ region: regionOf(box, space.axes, question.book.facts), box, point: at }] : [];
      });
    });
  }

  /** The facts of a region's point as `side` has them for an item of the class, those that the law of one of these sides asks about or that the region names. */
  witnessFacts(region: LabelledRegion, item: Facts, side: number, sides: readonly number[]): Facts {
    const wanted = [...sides.map((s) => this.testedBy(s)), new Set(Object.keys(region.region))];
    const scope = this.question.scope?.facts;
    const facts = Object.entries(factsAt(region.point, this.space, side));
    const asked = Object.fromEntries(facts.filter(([name]) => scope?.has(name) || wanted.some((set) => set.has(name))));
    // Paragraphs without words are spoken of by codes, in the regimes whose law asks about them.
    const codes = new Map(
      [...region.point].filter(([level]) => wanted.some((set) => set.has(this.space.axes[level]!.id))),
    );
    const scene = this.scenes[side]!;
    const assigned = codesAt(codes, this.space, { ...scene, facts: { ...scene.facts, ...item, ...asked } });
    return assigned.length > 0 ? { ...asked, "item.classified": assigned } : asked;
  }

  private testedBy(side: number): ReadonlySet<string> {
    return remember(this.tested, side, () => {
      const facts = new Set<string>();
      const seen = new Set<Condition>();
      for (const r of residualsOf(this.settled[side]!)) {
        eachLeaf(
          r,
          seen,
          (leaf) => {
            for (const f of factsOf(leaf)) facts.add(f);
          },
          (codes) => {
            for (const code of codes) facts.add(code);
          },
        );
      }
      return facts;
    });
  }
}
