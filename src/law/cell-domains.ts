import { parseState, type State, stateNames } from "../domain/states.ts";
import type { CellValue } from "./cell-formula.ts";
import { ANY_NUMBER, type Condition, isApart, isWithin, type NumberRange, point } from "./condition.ts";
import type { FactDeclaration } from "./facts.ts";
import { common, quantityRange } from "./formulas.ts";
import { evaluate, type Scene } from "./kleene.ts";

/** A test of one fact, as it stands in a residual. */
export type Test = Extract<Condition, { readonly fact: string }>;

/** The facts whose ratio the formula of resolvable features compares. */
export const RATIO_FACTS: readonly string[] = ["litho.wavelength", "litho.na"];

const POSITIVE: readonly string[] = [...RATIO_FACTS, "chip.applicableArea"];

/** A number that is missing is anywhere in what is declared, or in the part of it that is known. */
export function numberDomain(fact: string, scene: Scene): NumberRange {
  const declared = scene.book.facts.get(fact);
  const known = quantityRange(fact, scene.facts);
  const { min, max } = declared ?? {};
  const whole: NumberRange = {
    low: min ?? -Infinity,
    high: max ?? Infinity,
    lowIncluded: min !== undefined,
    highIncluded: max !== undefined,
  };
  // Light has a wavelength, a lens an aperture and a die an area: a formula never divides by 0.
  const positive = POSITIVE.includes(fact) ? { ...whole, low: Math.max(0, whole.low), lowIncluded: false } : whole;
  return known === undefined ? positive : common(positive, known);
}

/** The points and open intervals between all ends of `bounds` inside `domain`: each bound holds on all of a cell or on none. */
export function numberCells(bounds: readonly NumberRange[], domain: NumberRange): NumberRange[] {
  const ends = [domain, ...bounds].flatMap((b) => [b.low, b.high]).filter((x) => Number.isFinite(x));
  const sorted = [...new Set(ends)].sort((a, b) => a - b);
  const cells: NumberRange[] = [];
  let low = -Infinity;
  for (const end of sorted) {
    cells.push({ ...ANY_NUMBER, low, high: end }, point(end));
    low = end;
  }
  cells.push({ ...ANY_NUMBER, low });
  return cells.filter((c) => isWithin(c, domain) && !isApart(c, domain));
}

/**
 * Values of facts with a single value (states, texts, kinds, true and false) that the tests tell apart. `linked` are facts
 * that conditions compare with each other: as many values of each kind as there are of them, so that they can differ.
 */
export function singleValues(linked: readonly FactDeclaration[], tests: readonly Test[], scene: Scene): SingleValue[] {
  if (linked[0]!.type === "boolean") return [true, false].map((value) => ({ value, standsFor: [String(value)] }));
  const named = tests.flatMap((t) => namedBy(t, scene));
  const universes = linked.map((f) => new Set(universe(f, named, linked.length)));
  const kinds = new Map<string, string[]>();
  for (const v of new Set(universes.flatMap((u) => [...u]))) {
    const given = { ...scene, facts: { ...scene.facts, ...Object.fromEntries(linked.map((f) => [f.name, v])) } };
    const holds = tests.map((t) => evaluate(t, given));
    const kind = JSON.stringify([universes.map((u) => u.has(v)), holds]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), v]);
  }
  return [...kinds.values()].flatMap((kind) =>
    kind.slice(0, linked.length).map((value, i): SingleValue => {
      return { value, standsFor: i === linked.length - 1 ? kind.slice(i) : [value] };
    }),
  );
}

/** A value and all those that it stands for. */
export interface SingleValue {
  readonly value: CellValue;
  readonly standsFor: readonly string[];
}

function namedBy(test: Test, scene: Scene): string[] {
  switch (test.op) {
    case "is":
      return typeof test.value === "string" ? [test.value] : [];
    case "in":
      return [...test.values];
    case "same":
      return [test.fact, test.other].flatMap((f) => {
        const v = scene.facts[f];
        return typeof v === "string" ? [v] : [];
      });
    default:
      return [];
  }
}

let states: readonly State[] | undefined;

function universe(fact: FactDeclaration, named: readonly string[], others: number): readonly string[] {
  if (fact.type === "state") {
    states ??= [...new Set(stateNames().flatMap((n) => parseState(n) ?? []))];
    return [...named, ...states];
  }
  if (fact.type === "one-of" && fact.values && !fact.open) return fact.values;
  return [
    ...(fact.values ?? []),
    ...named,
    ...Array.from({ length: others }, (_, i) => "any other value".concat(i > 0 ? ` ${i + 1}` : "")),
  ];
}

/** The values that tests of a set name, those that no test tells apart taken together. */
export function memberKinds(tests: readonly Test[]): string[][] {
  const includes = tests.flatMap((t) => (t.op === "includes" ? [t.values] : []));
  const kinds = new Map<string, string[]>();
  for (const v of new Set(includes.flat())) {
    const kind = includes.map((values) => (values.includes(v) ? 1 : 0)).join("");
    kinds.set(kind, [...(kinds.get(kind) ?? []), v]);
  }
  return [...kinds.values()];
}
