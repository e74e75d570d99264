import { type Facts, isApart, isExact, isNumberRange, type NumberRange, point } from "./condition.ts";

/** A named quantity that follows from other facts. */
export interface Formula {
  /** The unit in which the result is compared. */
  readonly unit: string;
  /** The fact that states the result; none where each entry has a constant `k` of its own. */
  readonly total?: string;
  readonly parts: readonly FormulaPart[];
  /** The range of the result as far as the parts are known; undefined where they say nothing. */
  readonly range: (facts: Facts, k: number) => NumberRange | undefined;
  /** The formula in words, for messages. */
  readonly text: string;
}

/** A fact that a formula is computed from. */
export interface FormulaPart {
  readonly fact: string;
  readonly unit: string;
  /** Whether the fact has a use of its own beside the formula. */
  readonly shared?: boolean;
}

/** Bit lengths for which a rate of multiply-accumulate computation can be stated. */
const BIT_LENGTHS = [4, 8, 16, 32, 64] as const;

const rateOf = (bits: number): string => `chip.macTops.${bits}`;

/** Every named formula. */
const FORMULAS = {
  /** Minimum resolvable feature size: MRF = K x wavelength / numerical aperture (nm), as in the note to 3B001.f.1. */
  mrf: {
    unit: "nm",
    parts: [
      { fact: "litho.wavelength", unit: "nm", shared: true },
      { fact: "litho.na", unit: "ratio", shared: true },
    ],
    range: (facts, k) => quotientOf(numberOf(facts, "litho.wavelength"), numberOf(facts, "litho.na"), k),
    text: "k x wavelength / numerical aperture",
  },
  /** 3A090, technical notes: 2 x MacTOPS x bit length, the highest over the bit lengths, added up over the dies. */
  tpp: {
    unit: "TPP",
    total: "chip.tpp",
    parts: [
      ...BIT_LENGTHS.map((bits) => ({ fact: rateOf(bits), unit: "MacTOPS" })),
      { fact: "chip.dies", unit: "count" },
    ],
    range: (facts) => processingPerformance(facts),
    text: "2 x MacTOPS x bit length, the highest over the bit lengths, times the dies",
  },
  /** 3A090, technical notes: TPP over the area of the dies that are made in a process with non-planar transistors. */
  density: {
    unit: "TPP/mm2",
    total: "chip.density",
    parts: [
      { fact: "chip.tpp", unit: "TPP", shared: true },
      { fact: "chip.applicableArea", unit: "mm2" },
    ],
    range: (facts) => performanceDensity(facts),
    text: "TPP / applicable die area",
  },
} as const satisfies Readonly<Record<string, Formula>>;

export type FormulaName = keyof typeof FORMULAS;

export function isFormula(name: string): name is FormulaName {
  return Object.hasOwn(FORMULAS, name);
}

export function formulaNames(): FormulaName[] {
  return Object.keys(FORMULAS) as FormulaName[];
}

export function formulaOf(name: FormulaName): Formula {
  return FORMULAS[name];
}

const BY_TOTAL: ReadonlyMap<string, FormulaName> = new Map(
  formulaNames().flatMap((name) => {
    const { total } = formulaOf(name);
    return total === undefined ? [] : [[total, name] as const];
  }),
);

/** The formula whose result the fact states. */
export function formulaOfTotal(fact: string): FormulaName | undefined {
  return BY_TOTAL.get(fact);
}

/** What is known of a number: as it is stated, and as its formula gives it where it has one. */
export function quantityRange(fact: string, facts: Facts): NumberRange | undefined {
  const stated = numberOf(facts, fact);
  if (stated && isExact(stated)) return stated;
  const name = BY_TOTAL.get(fact);
  const computed = name && formulaOf(name).range(facts, 1);
  if (!stated || !computed) return stated ?? computed;
  return isApart(stated, computed) ? stated : common(stated, computed);
}

/** The numbers in both; they must not be apart. */
export function common(a: NumberRange, b: NumberRange): NumberRange {
  const low = a.low > b.low || (a.low === b.low && !a.lowIncluded) ? a : b;
  const high = a.high < b.high || (a.high === b.high && !a.highIncluded) ? a : b;
  return { low: low.low, lowIncluded: low.lowIncluded, high: high.high, highIncluded: high.highIncluded };
}

/**
 * The facts that a comparison of the formula's result lacks: parts that are not known exactly, once a part is given that
 * serves this formula alone; the result itself otherwise.
 */
export function formulaLacks(name: FormulaName, facts: Facts): string[] {
  const { total, parts } = formulaOf(name);
  if (total !== undefined && !parts.some((p) => !p.shared && facts[p.fact] !== undefined)) return [total];
  return parts.flatMap(({ fact }) => {
    const range = quantityRange(fact, facts);
    if (range && isExact(range)) return [];
    const deeper = BY_TOTAL.get(fact);
    return deeper === undefined ? [fact] : formulaLacks(deeper, facts);
  });
}

/**
 * Whether the result can lie in the cell, given what is known of the parts. Every number between the least and the greatest
 * can occur, except where the number of dies, which is whole, is not known.
 */
export function canReach(fact: string, cell: NumberRange, facts: Facts): boolean {
  if (fact !== formulaOf("tpp").total) return true;
  const one = performanceOfOneDie(facts);
  const dies = wholeNumbers(numberOf(facts, "chip.dies"));
  if (one === undefined || isExact(dies)) return true;
  // The first multiples that come up to the cell decide: those after them are only higher.
  const first = Math.max(dies.low, Number.isFinite(one.high) && one.high > 0 ? Math.floor(cell.low / one.high) : 1);
  for (let n = first; n <= Math.min(dies.high, first + 2); n++) if (!isApart(cell, times(one, n))) return true;
  return false;
}

function numberOf(facts: Facts, fact: string): NumberRange | undefined {
  const v = facts[fact];
  return v !== undefined && isNumberRange(v) ? v : undefined;
}

/**
 * `k x n / d` falls as `d` grows, so the ends of `d` change places. Neither is negative: a bound that is missing below is 0,
 * and a divisor that may come near 0 leaves the quotient without an upper bound.
 */
function quotientOf(n: NumberRange | undefined, d: NumberRange | undefined, k: number): NumberRange | undefined {
  if (!n || !d) return undefined;
  const bounded = d.low > 0;
  return {
    low: n.low > 0 ? (k * n.low) / d.high : 0,
    high: bounded ? (k * n.high) / d.low : Number.POSITIVE_INFINITY,
    lowIncluded: n.low <= 0 || (n.lowIncluded && d.highIncluded),
    highIncluded: bounded && n.highIncluded && d.lowIncluded,
  };
}

/** A circuit without a die of that kind has no such density, which is read as 0. */
function performanceDensity(facts: Facts): NumberRange | undefined {
  const area = numberOf(facts, "chip.applicableArea");
  if (!area) return undefined;
  return area.high === 0 ? point(0) : quotientOf(quantityRange("chip.tpp", facts), area, 1);
}

function processingPerformance(facts: Facts): NumberRange | undefined {
  const one = performanceOfOneDie(facts);
  if (!one) return undefined;
  const dies = wholeNumbers(numberOf(facts, "chip.dies"));
  const low = times(one, dies.low);
  const high = times(one, dies.high);
  return { low: low.low, lowIncluded: low.lowIncluded, high: high.high, highIncluded: high.highIncluded };
}

/** The highest of 2 x rate x bit length; undefined where no rate is stated. */
function performanceOfOneDie(facts: Facts): NumberRange | undefined {
  if (!BIT_LENGTHS.some((bits) => facts[rateOf(bits)] !== undefined)) return undefined;
  const each = BIT_LENGTHS.map((bits) => times(numberOf(facts, rateOf(bits)) ?? FROM_ZERO, 2 * bits));
  const low = Math.max(...each.map((r) => r.low));
  const high = Math.max(...each.map((r) => r.high));
  return {
    low,
    high,
    lowIncluded: each.every((r) => r.low < low || r.lowIncluded),
    highIncluded: each.some((r) => r.high === high && r.highIncluded),
  };
}

const FROM_ZERO: NumberRange = { low: 0, high: Number.POSITIVE_INFINITY, lowIncluded: true, highIncluded: false };

/** Nothing times anything is nothing, however much it may be. */
function times(r: NumberRange, n: number): NumberRange {
  const product = (x: number): number => (x === 0 ? 0 : x * n);
  return {
    low: Math.max(0, product(r.low)),
    high: product(r.high),
    lowIncluded: r.low < 0 || r.lowIncluded,
    highIncluded: r.high === 0 ? r.highIncluded : r.highIncluded && Number.isFinite(n),
  };
}

/** The whole numbers in a range, from 1. */
function wholeNumbers(r: NumberRange | undefined): NumberRange {
  const low = r ? Math.max(1, r.lowIncluded ? Math.ceil(r.low) : Math.floor(r.low) + 1) : 1;
  const high = r ? (r.highIncluded ? Math.floor(r.high) : Math.ceil(r.high) - 1) : Number.POSITIVE_INFINITY;
  return { low, high, lowIncluded: true, highIncluded: Number.isFinite(high) };
}
