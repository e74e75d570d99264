import { quantity } from "../../domain/quantities.ts";
import { memberKinds, numberCells, numberDomain, RATIO_FACTS, singleValues, type Test } from "../cell-domains.ts";
import { type Condition, type Facts, type FactValue, isWithin, type NumberRange } from "../condition.ts";
import type { FactDeclaration } from "../facts.ts";
import { evaluate, type Kleene, type Scene } from "../kleene.ts";

/** A condition on facts alone: no list of parts, no paragraph, no definition. */
export type Leaf = Exclude<Condition, { readonly op: "all" | "any" | "not" | "matches" | "term" }>;

/** The quantity to which formulas with a common base and different constants are brought. */
export const RATIO = RATIO_FACTS.join(" / ");

/** One kind of value of an axis: what the conditions cannot tell apart stands together. */
export type AxisValue =
  | { readonly kind: "number"; readonly cell: NumberRange }
  | { readonly kind: "truth"; readonly value: boolean }
  /** `value` stands for all of `standsFor`. */
  | { readonly kind: "name"; readonly value: string; readonly standsFor: readonly string[] }
  /** A set that holds one of these members, or with none of them no member that a condition names. */
  | { readonly kind: "member"; readonly members: readonly string[] }
  /** A state or act that several facts of the transaction follow: their values for each side. */
  | {
      readonly kind: "scope";
      readonly value: string;
      readonly standsFor: readonly string[];
      readonly facts: readonly Facts[];
    };

/** A parameter of the space in which regions lie. */
export interface Axis {
  /** Name of the fact; `litho.wavelength / litho.na` for the ratio; the name of the dimension for a scope. */
  readonly id: string;
  readonly values: readonly AxisValue[];
  /** Whether neighbouring values may be joined and others not: numbers. */
  readonly ordered: boolean;
  /** Of numbers, how much one of the fact's unit is in base units. */
  readonly one?: number;
  /** How a bound of the ratio is written exactly: `45 / 0.35`. */
  readonly exact?: ReadonlyMap<number, string>;
}

/** What a fact's value is when it stands for a whole kind of values. */
export function factValueOf(v: AxisValue): FactValue {
  switch (v.kind) {
    case "number":
      return v.cell;
    case "member":
      return v.members.slice(0, 1);
    default:
      return v.value;
  }
}

/** The facts on which a leaf depends. */
export function factsOf(leaf: Leaf): readonly string[] {
  if (leaf.op === "formula") return RATIO_FACTS;
  return leaf.op === "same" ? [leaf.fact, leaf.other] : [leaf.fact];
}

/** Cuts a fact that is not known into the kinds of values that the leaves tell apart. */
export function factAxis(declared: FactDeclaration, leaves: readonly Leaf[], scene: Scene): Axis {
  const id = declared.name;
  const tests = leaves.filter((l): l is Test => "fact" in l);
  switch (declared.type) {
    case "quantity": {
      const bounds = tests.flatMap((t) => (t.op === "number" ? [t.bounds] : []));
      const one = declared.unit === undefined ? 1 : (quantity(1, declared.unit)?.value ?? 1);
      return { id, ordered: true, values: cellsOf(bounds, numberDomain(id, scene)), one };
    }
    case "set": {
      const kinds = memberKinds(tests);
      const named = new Set(kinds.flat());
      const rest = declared.values?.find((v) => v === "other" && !named.has(v));
      const members = [...kinds, rest === undefined ? [] : [rest]];
      return { id, ordered: false, values: members.map((m): AxisValue => ({ kind: "member", members: m })) };
    }
    case "boolean":
      return { id, ordered: false, values: [true, false].map((value): AxisValue => ({ kind: "truth", value })) };
    default: {
      const values = singleValues([declared], tests, scene).map(
        (v): AxisValue => ({ kind: "name", value: v.value as string, standsFor: v.standsFor }),
      );
      return { id, ordered: false, values };
    }
  }
}

function cellsOf(bounds: readonly NumberRange[], domain: NumberRange): AxisValue[] {
  return numberCells(bounds, domain).map((cell) => ({ kind: "number", cell }));
}

/** Whether an item falls under a list paragraph of which no words are held: only somebody who classified it can say. */
export function codeAxis(code: string): Axis {
  return { id: code, ordered: false, values: [true, false].map((value): AxisValue => ({ kind: "truth", value })) };
}

/** Whether the axis is about a list paragraph. */
export function isCode(axis: Axis): boolean {
  return /^[A-Z]{3}:/.test(axis.id);
}

/** Cuts the ratio that formulas compare, each formula by its own constant. */
export function ratioAxis(formulas: readonly Extract<Leaf, { readonly op: "formula" }>[]): Axis {
  const exact = new Map<number, string>();
  for (const f of formulas) {
    for (const end of [f.bounds.low, f.bounds.high]) if (Number.isFinite(end)) exact.set(end / f.k, `${end} / ${f.k}`);
  }
  const positive: NumberRange = { low: 0, high: Infinity, lowIncluded: false, highIncluded: false };
  return { id: RATIO, ordered: true, values: cellsOf(formulas.map(ratioBounds), positive), exact };
}

/** `low < k x wavelength / NA < high` as bounds of wavelength / NA. */
function ratioBounds(f: Extract<Leaf, { readonly op: "formula" }>): NumberRange {
  return { ...f.bounds, low: f.bounds.low / f.k, high: f.bounds.high / f.k };
}

/** The facts that a leaf asks about, those of the scope before all others. */
function askedFacts(leaf: Leaf, scope: Facts, rest: Facts): Facts {
  const facts: Record<string, FactValue> = {};
  for (const f of factsOf(leaf)) {
    const value = scope[f] ?? rest[f];
    if (value !== undefined) facts[f] = value;
  }
  return facts;
}

/** Truth of the leaf for each value of its axis; null where only a text that is not held could tell. */
export function truthsOn(axis: Axis, leaf: Leaf, scene: Scene, side: number): Kleene[] {
  if (axis.id === RATIO && leaf.op === "formula") {
    const bounds = ratioBounds(leaf);
    return axis.values.map((v) => v.kind === "number" && isWithin(v.cell, bounds));
  }
  return axis.values.map((v) => {
    const facts = v.kind === "scope" ? askedFacts(leaf, v.facts[side]!, scene.facts) : { [axis.id]: factValueOf(v) };
    return evaluate(leaf, { ...scene, facts });
  });
}
