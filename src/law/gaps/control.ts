import type { IsoDate } from "../../domain/dates.ts";
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
}

const NEVER_HELD: Settled = { regime: "" as State, subject: true, rules: [], holes: [true] };

/** The law of a side before the item is known; regimes that are not held are undetermined. */
export function prepareSide(book: RuleBook, side: Side, without: ReadonlySet<string>): (Prepared | null)[] {
  const known = Object.fromEntries(Object.entries(side.transaction).filter(([name]) => !without.has(name)));
  return side.regimes.map((r) => {
    const held = book.regimes.get(r);
    const prepared = held ? prepare(book, held, side.date, known) : null;
    return prepared && isReachHeld(prepared) ? prepared : null;
  });
}

/** The same with the facts of the item put in; `open` are facts that a scope leaves open. */
export function settleSide(prepared: readonly (Prepared | null)[], scene: Scene, open: ReadonlySet<string>): Settled[] {
  const settlers = new Map<State, Settler>();
  return prepared.map((p): Settled => {
    if (p === null) return NEVER_HELD;
    const settler = settlers.get(p.regime.id) ?? new Settler({ ...scene, regime: p.regime.id }, open);
    settlers.set(p.regime.id, settler);
    const subject = settler.settle(p.subject);
    if (subject === false) return { regime: p.regime.id, subject, rules: [], holes: [] };
    const rules = p.rules.flatMap((r): OpenRule[] => {
      if (!isEnforced(r.version, p.date)) return [];
      const left = settler.settle(r.left);
      if (left === false) return [];
      const exceptions = r.exceptions.flatMap((e) => {
        const applies = settler.settle(e.left);
        return applies === false ? [] : [{ exception: e.exception, left: applies }];
      });
      return [{ rule: r.rule, version: r.version, left, exceptions }];
    });
    const holes = p.holes.flatMap((h) => {
      const left = settler.settle(h.left);
      return left === false ? [] : [left];
    });
    return { regime: p.regime.id, subject, rules, holes };
  });
}

/** Every condition of a side that was settled. */
export function residualsOf(settled: readonly Settled[]): Residual[] {
  return settled.flatMap((s) => [
    s.subject,
    ...s.rules.flatMap((r) => [r.left, ...r.exceptions.map((e) => e.left)]),
    ...s.holes,
  ]);
}

/** What the law of a side comes to at each point of the space, as numbers of `controls`. */
export function controlOf(settled: readonly Settled[], side: number, space: Space, controls: Controls): Diagram {
  const { diagrams } = space;
  const join = diagrams.combiner((a, b) => controls.number(joined(controls.at(a), controls.at(b))));
  return settled.reduce(
    (f, s) => join(f, regimeControl(s, side, space, controls)),
    diagrams.end(controls.number(NONE)),
  );
}

function regimeControl(s: Settled, side: number, space: Space, controls: Controls): Diagram {
  const { diagrams } = space;
  const add = diagrams.combiner((a, b) => controls.number(joined(controls.at(a), controls.at(b))));
  const subject = space.truth(s.subject, side);
  const rules = s.rules.map((r) => ruleControl(r, side, space, controls));
  const holes = s.holes.map((h) =>
    diagrams.mapper((t) => controls.number(t === FALSE ? NONE : { rules: [], atLeast: 0, atMost: 5 }))(
      space.truth(h, side),
    ),
  );
  const all = [...rules, ...holes].reduce((f, g) => add(f, g), diagrams.end(controls.number(NONE)));
  const within = diagrams.combiner((reach, c) => {
    if (reach === TRUE) return c;
    return controls.number(reach === FALSE ? NONE : { ...controls.at(c), rules: [], atLeast: 0 });
  });
  return within(subject, all);
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
  let digit = 1;
  let together = diagrams.end(0);
  for (const part of parts) {
    const weight = digit;
    together = diagrams.combiner((a, b) => a + weight * b)(together, part);
    digit *= 3;
  }
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
