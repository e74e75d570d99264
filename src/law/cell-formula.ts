import type { NumberRange } from "./condition.ts";

/** The values of one unknown that the conditions can tell apart, one of each kind. */
export interface Domain {
  /** The fact that it is about; `litho.wavelength / litho.na` for the ratio in a formula. */
  readonly fact: string;
  /** For a fact that is a set: the value whose membership is the unknown. */
  readonly member?: string;
  readonly values: readonly CellValue[];
  /** For each value of a state, kind or text, all values that it stands for. */
  readonly standsFor?: readonly (readonly string[])[];
}

/** A value that stands for its whole cell. */
export type CellValue = boolean | string | NumberRange;

/** What is left of a condition over numbered unknowns: never true or false before one of them is given a value. */
export type Part =
  | { readonly op: "all" | "any"; readonly of: readonly Part[] }
  | { readonly op: "not"; readonly of: Part }
  /** Truth of the condition for each value of the unknown; null where only a text that is not held could tell. */
  | { readonly op: "leaf"; readonly unknown: number; readonly holds: readonly (boolean | null)[] }
  | { readonly op: "same"; readonly unknown: number; readonly other: number }
  /** Whether two numbers and their quotient can occur together; what is known has the unknown -1 and stands in `given`. */
  | { readonly op: "ratio"; readonly unknowns: readonly number[]; readonly given: readonly (NumberRange | null)[] }
  /** Nothing that a transaction says can decide it. */
  | { readonly op: "open" };

export type CellFormula = Part | boolean;

const OPEN: Part = { op: "open" };

/** The formula with one unknown given the value of that number in its domain. */
export function assign(f: CellFormula, unknown: number, value: number, domains: readonly Domain[]): CellFormula {
  if (typeof f === "boolean") return f;
  switch (f.op) {
    case "all":
    case "any":
      return assignList(f, unknown, value, domains);
    case "not": {
      const inner = assign(f.of, unknown, value, domains);
      if (typeof inner === "boolean") return !inner;
      return inner === f.of ? f : { op: "not", of: inner };
    }
    case "leaf":
      return f.unknown === unknown ? (f.holds[value] ?? OPEN) : f;
    case "same":
      return assignSame(f, unknown, value, domains);
    case "ratio":
      return assignRatio(f, unknown, value, domains);
    case "open":
      return f;
  }
}

function assignList(
  f: Extract<Part, { readonly op: "all" | "any" }>,
  unknown: number,
  value: number,
  domains: readonly Domain[],
): CellFormula {
  const absorbing = f.op === "any";
  const left: Part[] = [];
  let changed = false;
  for (const x of f.of) {
    const part = assign(x, unknown, value, domains);
    if (part === absorbing) return absorbing;
    if (part !== x) changed = true;
    if (typeof part !== "boolean") left.push(part);
  }
  if (!changed) return f;
  return joined(f.op, left);
}

/** `parts`, none of them decided, joined by *and* or *or*. */
export function joined(op: "all" | "any", parts: readonly Part[]): CellFormula {
  if (parts.length === 0) return op === "all";
  return parts.length === 1 ? parts[0]! : { op, of: parts };
}

function assignSame(
  f: Extract<Part, { readonly op: "same" }>,
  unknown: number,
  value: number,
  domains: readonly Domain[],
): CellFormula {
  if (f.unknown !== unknown && f.other !== unknown) return f;
  const other = f.unknown === unknown ? f.other : f.unknown;
  const given = domains[unknown]!.values[value];
  return leaf(
    other,
    domains[other]!.values.map((v) => v === given),
  );
}

function assignRatio(
  f: Extract<Part, { readonly op: "ratio" }>,
  unknown: number,
  value: number,
  domains: readonly Domain[],
): CellFormula {
  const at = f.unknowns.indexOf(unknown);
  if (at < 0) return f;
  const given = f.given.map((g, i) => (i === at ? (domains[unknown]!.values[value] as NumberRange) : g));
  return quotient(f.unknowns, given);
}

/** The relation of a number, a divisor and their quotient as far as they are known; decided where all are. */
export function quotient(unknowns: readonly number[], given: readonly (NumberRange | null)[]): CellFormula {
  const [number, divisor, ratio] = given;
  return number && divisor && ratio ? canOccur(number, divisor, ratio) : { op: "ratio", unknowns, given };
}

/** Neither is negative and the divisor is above 0: every quotient between the least and the greatest does occur. */
export function canOccur(wavelength: NumberRange, aperture: NumberRange, ratio: NumberRange): boolean {
  const low = Math.max(0, wavelength.low) / aperture.high;
  const high = wavelength.high === 0 ? 0 : aperture.low > 0 ? wavelength.high / aperture.low : Infinity;
  const lowIncluded = wavelength.lowIncluded && (wavelength.low === 0 || aperture.highIncluded);
  const highIncluded = wavelength.highIncluded && (wavelength.high === 0 || (aperture.low > 0 && aperture.lowIncluded));
  const below = ratio.high < low || (ratio.high === low && !(ratio.highIncluded && lowIncluded));
  const above = ratio.low > high || (ratio.low === high && !(ratio.lowIncluded && highIncluded));
  return !below && !above;
}

/** The test of one unknown; decided at once where every value says the same. */
export function leaf(unknown: number, holds: readonly (boolean | null)[]): CellFormula {
  const first = holds[0];
  if (first !== undefined && holds.every((h) => h === first)) return first ?? OPEN;
  return { op: "leaf", unknown, holds };
}

/** Calls `visit` for each test of an unknown in the formula. */
export function eachTest(f: CellFormula, visit: (part: Part, unknown: number) => void): void {
  if (typeof f === "boolean") return;
  switch (f.op) {
    case "all":
    case "any":
      for (const x of f.of) eachTest(x, visit);
      return;
    case "not":
      eachTest(f.of, visit);
      return;
    case "leaf":
      visit(f, f.unknown);
      return;
    case "same":
      visit(f, f.unknown);
      visit(f, f.other);
      return;
    case "ratio":
      f.unknowns.forEach((u, i) => {
        if (f.given[i] === null) visit(f, u);
      });
      return;
    case "open":
      return;
  }
}
