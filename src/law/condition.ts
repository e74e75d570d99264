import type { FormulaName } from "./formulas.ts";

/** A number fact: one value, or an interval whose ends say whether they belong to it. Values are in the fact's base unit. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

/** A set of which some members are known, and of others nothing. */
export interface PartialSet {
  readonly known: readonly string[];
}

/** What a transaction says of a fact. A set is complete, what is not in it does not hold, unless it is a part of one. */
export type FactValue = boolean | string | readonly string[] | NumberRange | PartialSet;

/** Facts by name. A name that is absent is unknown. */
export type Facts = Readonly<Record<string, FactValue>>;

/** A condition in the form that the evaluator walks. */
export type Condition =
  | { readonly op: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly op: "not"; readonly of: Condition }
  | { readonly op: "is"; readonly fact: string; readonly value: boolean | string }
  | { readonly op: "in"; readonly fact: string; readonly values: readonly string[] }
  | { readonly op: "in-group"; readonly fact: string; readonly groups: readonly string[] }
  | { readonly op: "includes"; readonly fact: string; readonly values: readonly string[] }
  /** `formula`: the fact states the result of that formula, and follows from its parts where it is not given itself. */
  | { readonly op: "number"; readonly fact: string; readonly bounds: NumberRange; readonly formula?: FormulaName }
  | { readonly op: "same"; readonly fact: string; readonly other: string }
  | { readonly op: "formula"; readonly name: FormulaName; readonly k: number; readonly bounds: NumberRange }
  | { readonly op: "matches"; readonly codes: readonly string[] }
  | { readonly op: "term"; readonly name: string };

export const ALWAYS: Condition = { op: "all", of: [] };

/** The whole real line. */
export const ANY_NUMBER: NumberRange = { low: -Infinity, high: Infinity, lowIncluded: false, highIncluded: false };

export function point(value: number): NumberRange {
  return { low: value, high: value, lowIncluded: true, highIncluded: true };
}

/** Whether every number of `a` is in `b`. */
export function isWithin(a: NumberRange, b: NumberRange): boolean {
  const low = a.low > b.low || (a.low === b.low && (b.lowIncluded || !a.lowIncluded));
  const high = a.high < b.high || (a.high === b.high && (b.highIncluded || !a.highIncluded));
  return low && high;
}

/** Whether no number is in both. */
export function isApart(a: NumberRange, b: NumberRange): boolean {
  return (
    a.high < b.low ||
    b.high < a.low ||
    (a.high === b.low && !(a.highIncluded && b.lowIncluded)) ||
    (b.high === a.low && !(b.highIncluded && a.lowIncluded))
  );
}

export function isNumberRange(v: FactValue): v is NumberRange {
  return typeof v === "object" && "low" in v;
}

export function isPartialSet(v: FactValue): v is PartialSet {
  return typeof v === "object" && "known" in v;
}

/** Whether the range is one number. */
export function isExact(r: NumberRange): boolean {
  return r.low === r.high;
}
