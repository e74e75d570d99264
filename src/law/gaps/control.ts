import type { IsoDate } from "../../domain/dates.ts";
import { remember } from "../../domain/remember.ts";
import type { State } from "../../domain/states.ts";
import type { Layer } from "../../domain/verdicts.ts";
import type { RuleBook } from "../book.ts";
import type { Facts } from "../condition.ts";
import { isEnforced, isReachHeld } from "../judge.ts";
import type { Scene } from "../kleene.ts";
import { type OpenRule, type Prepared, prepare, type Residual } from "../specialise.ts";
import { outcomeOf, type Severity } from "../weigh.ts";
import type { Diagram } from "./decision-diagram.ts";
import { Settler } from "./settle.ts";
import type { SharedConditions } from "./shared-conditions.ts";
import { FALSE, type Space, TRUE } from "./space.ts";

/** A state with the law that binds its goods and the transaction that is put to it. */
export interface Side {
  readonly state: State;
  /** Its own regime and those of its Unions. */
  readonly regimes: readonly State[];
  /** The day of which the law is asked. */
  readonly date: IsoDate;
  /** Who sends what to whom, without the item. */
  readonly transaction: Facts;
}

/** What a state's law comes to at a point. */
export interface Control {
  /** Rules that certainly require something there, with the least that they require. */
  readonly rules: readonly { readonly rule: number; readonly severity: Severity }[];
  readonly atLeast: Severity;
  readonly atMost: Severity;
}

const NONE: Control = { rules: [], atLeast: 0, atMost: 0 };

/** The rules of one layer in the order in which they were met, and what points come to: numbers of both. */
export class Controls {
  readonly rules: { readonly id: string; readonly layer: Layer; readonly regime: State }[] = [];
  private readonly known: Control[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly ruleNumbers = new Map<string, number>();

  /** The number of what a point comes to: 0 where nothing is required and nothing is open. */
  number(c: Control): number {
    const key = `${c.atLeast} ${c.atMost} ${c.rules.map((r) => `${r.rule}:${r.severity}`).join()}`;
    let found = this.numbers.get(key);
    if (found === undefined) {
      found = this.known.push(c) - 1;
      this.numbers.set(key, found);
    }
    return found;
  }

  constructor() {
    this.number(NONE);
  }

  at(number: number): Control {
    return this.known[number]!;
  }

  ruleNumber(id: string, layer: Layer, regime: State): number {
    let found = this.ruleNumbers.get(id);
    if (found === undefined) {
      found = this.rules.push({ id, layer, regime }) - 1;
      this.ruleNumbers.set(id, found);
    }
    return found;
  }
}

/** One regime's law on a side, with all that the transaction and the item say put in. */
export interface Settled {
  readonly regime: State;
  readonly subject: Residual;
  readonly rules: readonly OpenRule[];
  readonly holes: readonly Residual[];
  /** The same for regimes of which the same is left. */
  readonly key: string;
}

const NEVER_HELD: Settled = { regime: "" as State, subject: true, rules: [], holes: [true], key: "not held" };

/** The law of a side before the item is known; regimes that are not held are undetermined. */
export function prepareSide(
  book: RuleBook,
  side: Side,
  without: ReadonlySet<string>,
  shared: SharedConditions,
): (Prepared | null)[] {
  const known = Object.fromEntries(Object.entries(side.transaction).filter(([name]) => !without.has(name)));
  return side.regimes.map((r) => {
    const held = book.regimes.get(r);
    const prepared = held ? prepare(book, held, side.date, known) : null;
    return prepared && isReachHeld(prepared) ? sharing(prepared, shared) : null;
  });
}

/** The law with one object for conditions that are alike. */
function sharing(p: Prepared, shared: SharedConditions): Prepared {
  const rules = p.rules.map((r) => ({
    ...r,
    left: shared.share(r.left),
    exceptions: r.exceptions.map((e) => ({ ...e, left: shared.share(e.left) })),
  }));
  const holes = p.holes.map((h) => ({ ...h, left: shared.share(h.left) }));
  return { ...p, subject: shared.share(p.subject), rules, holes };
}

/** Puts the facts of one item into the law of many sides; `open` are facts that a scope leaves open. */
export class SideSettler {
  private readonly byDate = new Map<string, Settler>();
  private readonly shared: SharedConditions;
  private readonly open: ReadonlySet<string>;

  constructor(shared: SharedConditions, open: ReadonlySet<string>) {
    this.shared = shared;
    this.open = open;
  }

  /** The law of one side with the facts of the scene put in. */
  settle(prepared: readonly (Prepared | null)[], scene: Scene): Settled[] {
    // What is left of a transaction's law depends on the item alone, unless a fact of the one is compared with one of the other.
    const common =
      this.open.size > 0
        ? new Settler(scene, this.shared, this.open)
        : remember(this.byDate, scene.date, () => new Settler(scene, this.shared));
    let own: Settler | undefined;
    const settle = (r: Residual): Residual => {
      if (!this.shared.compares(r)) return common.settle(r);
      own ??= new Settler(scene, this.shared, this.open);
      return own.settle(r);
    };
    return prepared.map((p) => (p === null ? NEVER_HELD : settleRegime(p, settle, this.shared)));
  }
}

function settleRegime(p: Prepared, settle: (r: Residual) => Residual, shared: SharedConditions): Settled {
  const regime = p.regime.id;
  const subject = settle(p.subject);
  if (subject === false) return { regime, subject, rules: [], holes: [], key: `${regime} out of reach` };
  const keys: string[] = [];
  const rules = p.rules.flatMap((r): OpenRule[] => {
    if (!isEnforced(r.version, p.date)) return [];
    const left = settle(r.left);
    if (left === false) return [];
    let key = `${shared.number(r.rule)}.${shared.number(r.version)}.${shared.number(left)}`;
    const exceptions = r.exceptions.flatMap((e) => {
      const applies = settle(e.left);
      if (applies === false) return [];
      key += `-${shared.number(e.exception)}.${shared.number(applies)}`;
      return [{ exception: e.exception, left: applies }];
    });
    keys.push(key);
    return [{ rule: r.rule, version: r.version, left, exceptions }];
  });
  const holes = p.holes.flatMap((h) => {
    const left = settle(h.left);
    return left === false ? [] : [left];
  });
  const rest = [subject, ...holes].map((r) => shared.number(r));
  return { regime, subject, rules, holes, key: `${regime} ${p.date} ${rest.join()} ${keys.join()}` };
}

/** Every condition of a side that was settled. */
export function residualsOf(settled: readonly Settled[]): Residual[] {
  return settled.flatMap((s) => [
    s.subject,
    ...s.rules.flatMap((r) => [r.left, ...r.exceptions.map((e) => e.left)]),
    ...s.holes,
  ]);
}

/** Builds what the law of sides comes to at each point of a space, as numbers of `controls`; laws that are alike once. */
export class ControlBuilder {
  private readonly known = new Map<string, Diagram>();
  private readonly space: Space;
  private readonly controls: Controls;
  private readonly join: (f: Diagram, g: Diagram) => Diagram;
  private readonly within: (reach: Diagram, control: Diagram) => Diagram;
  private readonly hole: (truth: Diagram) => Diagram;

  constructor(space: Space, controls: Controls) {
    const { diagrams } = space;
    this.space = space;
    this.controls = controls;
    this.join = diagrams.combiner((a, b) => controls.number(joined(controls.at(a), controls.at(b))));
    this.within = diagrams.combiner((reach, c) => {
      if (reach === TRUE) return c;
      return controls.number(reach === FALSE ? NONE : { ...controls.at(c), rules: [], atLeast: 0 });
    });
    this.hole = diagrams.mapper((t) => controls.number(t === FALSE ? NONE : { rules: [], atLeast: 0, atMost: 5 }));
  }

  /** What the law of a side comes to. */
  side(settled: readonly Settled[], side: number): Diagram {
    const none = this.space.diagrams.end(this.controls.number(NONE));
    return settled.reduce((f, s) => {
      const regime = remember(this.known, `${this.space.readingOf(side)} ${s.key}`, () => this.regime(s, side));
      return this.join(f, regime);
    }, none);
  }

  private regime(s: Settled, side: number): Diagram {
    const { space, controls } = this;
    const rules = s.rules.map((r) => ruleControl(r, side, space, controls));
    const holes = s.holes.map((h) => this.hole(space.truth(h, side)));
    const all = [...rules, ...holes].reduce((f, g) => this.join(f, g), space.diagrams.end(controls.number(NONE)));
    return this.within(space.truth(s.subject, side), all);
  }
}

function joined(a: Control, b: Control): Control {
  if (b === NONE) return a;
  if (a === NONE) return b;
  return {
    rules: [...a.rules, ...b.rules],
    atLeast: Math.max(a.atLeast, b.atLeast) as Severity,
    atMost: Math.max(a.atMost, b.atMost) as Severity,
  };
}

/** What one rule requires after its exceptions, at each point. */
function ruleControl(open: OpenRule, side: number, space: Space, controls: Controls): Diagram {
  const { diagrams } = space;
  const rule = controls.ruleNumber(open.rule.id, open.rule.layer, open.rule.regime);
  const parts = [space.truth(open.left, side), ...open.exceptions.map((e) => space.truth(e.left, side))];
  // The truths of all parts together, as digits to the base 3.
  let together = parts[0]!;
  parts.slice(1).forEach((part, i) => {
    const weight = 3 ** (i + 1);
    together = diagrams.combiner((a, b) => a + weight * b)(together, part);
  });
  return diagrams.mapper((digits) => {
    const truths = parts.map((_, i) => Math.floor(digits / 3 ** i) % 3);
    return controls.number(ruleAt(open, rule, truths));
  })(together);
}

function ruleAt(open: OpenRule, rule: number, truths: readonly number[]): Control {
  const [holds, ...exceptions] = truths.map((t) => (t === TRUE ? true : t === FALSE ? false : null));
  if (holds === false) return NONE;
  const known: OpenRule<boolean | null> = {
    rule: open.rule,
    version: open.version,
    left: holds!,
    exceptions: open.exceptions.map((e, i) => ({ exception: e.exception, left: exceptions[i]! })),
  };
  const { atLeast, atMost } = outcomeOf(
    known,
    (t) => t,
    () => {},
  );
  const certain = holds === true ? atLeast : 0;
  if (atMost === 0) return NONE;
  return { rules: certain > 0 ? [{ rule, severity: certain as Severity }] : [], atLeast: certain as Severity, atMost };
}
