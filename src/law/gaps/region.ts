import { quantity } from "../../domain/quantities.ts";
import { remember } from "../../domain/remember.ts";
import type { FactDeclarations } from "../facts.ts";
import { type Axis, type AxisValue, RATIO } from "./axes.ts";
import type { Box } from "./decision-diagram.ts";

/** A numeric parameter of a region, in the unit of its fact; a bound that is `null` is not there. */
export interface ParameterRange {
  readonly low: number | null;
  readonly high: number | null;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
  readonly unit: string;
  /** How a bound that a formula gives is written exactly: `45 / 0.35`. */
  readonly exact?: { readonly low?: string; readonly high?: string };
}

/** Values of any other parameter. Of a set: it holds one of them. */
export interface ParameterValues {
  readonly in: readonly (string | boolean)[];
  /** Where values that no rule names belong to the region (`any other`, or `other`): all named ones that do not. */
  readonly notIn?: readonly string[];
}

/** A box of the parameter space; a parameter that is not named may have any value. */
export type Region = Readonly<Record<string, ParameterRange | ParameterValues>>;

/** Stands for the members or values that no rule of the question names. */
const ANY_OTHER = "any other";

/** The box in the words and units of the facts. */
export function regionOf(box: Box, axes: readonly Axis[], facts: FactDeclarations): Region {
  const named = [...box].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    named.map(([level, numbers]) => {
      const axis = axes[level]!;
      const values = numbers.map((i) => axis.values[i]!);
      return [axis.id, axis.ordered ? rangeOf(axis, values, facts) : valuesOf(axis, numbers)];
    }),
  );
}

function valuesOf(axis: Axis, numbers: readonly number[]): ParameterValues {
  const values = numbers.map((i) => axis.values[i]!);
  const names = { in: values.flatMap(namesOf) };
  if (!values.some((v) => isRest(v, axis))) return names;
  const left = axis.values.filter((_, i) => !numbers.includes(i));
  return { ...names, notIn: left.flatMap(namesOf).map(String) };
}

/** Whether a value stands for all that no rule names. */
function isRest(v: AxisValue, axis: Axis): boolean {
  if (v.kind === "member") return v === axis.values.at(-1);
  return v.kind === "name" && v.standsFor.some((s) => s.startsWith("any other value"));
}

function namesOf(v: AxisValue): (string | boolean)[] {
  switch (v.kind) {
    case "truth":
      return [v.value];
    case "member":
      return v.members.length === 0 ? [ANY_OTHER] : [...v.members];
    case "name":
    case "scope":
      return v.standsFor.map((s) => (s.startsWith("any other value") ? ANY_OTHER : s));
    case "number":
      return [];
  }
}

/** How many of the base unit one of each unit is. */
const FACTORS = new Map<string, number>();

function rangeOf(axis: Axis, values: readonly AxisValue[], facts: FactDeclarations): ParameterRange {
  const cells = values.flatMap((v) => (v.kind === "number" ? [v.cell] : []));
  const { low, lowIncluded } = cells[0]!;
  const { high, highIncluded } = cells.at(-1)!;
  const unit = axis.id === RATIO ? "nm" : (facts.get(axis.id)?.unit ?? "count");
  const one = remember(FACTORS, unit, () => quantity(1, unit)?.value ?? 1);
  const amount = (n: number) => (Number.isFinite(n) ? (one === 1 ? n : Number((n / one).toPrecision(12))) : null);
  const exact = { ...exactOf(axis, "low", low), ...exactOf(axis, "high", high) };
  return {
    low: amount(low),
    high: amount(high),
    lowIncluded,
    highIncluded,
    unit,
    ...(Object.keys(exact).length > 0 && { exact }),
  };
}

function exactOf(axis: Axis, end: "low" | "high", n: number): { readonly low?: string; readonly high?: string } {
  const text = axis.exact?.get(n);
  return text === undefined ? {} : { [end]: text };
}
