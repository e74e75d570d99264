import { remember } from "../domain/remember.ts";
import type { Regime, RuleBook } from "./book.ts";
import { type Condition, type FactValue, isNumberRange } from "./condition.ts";
import { type FormulaName, formulaOf, formulaOfTotal } from "./formulas.ts";
import { paragraphsUnder, regimeOf } from "./kleene.ts";

/** Of a fact, what can make a difference: every value, or for a number the bounds between which all values are alike. */
export type Distinction = "every-value" | { readonly bounds: readonly number[] };

const KNOWN = new WeakMap<Regime, ReadonlyMap<string, Distinction>>();

/**
 * The facts on which the regime's answer can depend on any day, by itself or through constraints between facts, and what
 * of each can make a difference. Transactions that differ in nothing else have the same answer.
 */
export function distinctionsOf(book: RuleBook, regime: Regime): ReadonlyMap<string, Distinction> {
  return remember(KNOWN, regime, () => {
    const bounds = new Map<string, Set<number> | null>();
    const visited = new Set<string>();
    const every = (fact: string) => bounds.set(fact, null);
    const everyPart = (name: FormulaName): void => {
      for (const { fact } of formulaOf(name).parts) {
        every(fact);
        const deeper = formulaOfTotal(fact);
        if (deeper) everyPart(deeper);
      }
    };
    const visitTerm = (key: string): void => {
      if (visited.has(key)) return;
      visited.add(key);
      for (const v of book.terms.get(key)?.versions ?? []) visit(v.when, regimeOf(key));
    };
    const visit = (c: Condition, of: string): void => {
      switch (c.op) {
        case "all":
        case "any":
          for (const x of c.of) visit(x, of);
          return;
        case "not":
          visit(c.of, of);
          return;
        case "term":
          visitTerm(`${of}/${c.name}`);
          return;
        case "matches":
          every("item.classified");
          for (const code of c.codes) for (const p of paragraphsUnder(book, code)) visitTerm(p);
          return;
        case "formula":
          everyPart(c.name);
          return;
        case "same":
          every(c.fact);
          every(c.other);
          return;
        case "number": {
          if (c.formula) everyPart(c.formula);
          const found = bounds.get(c.fact);
          if (found === null) return;
          bounds.set(c.fact, new Set([...(found ?? []), c.bounds.low, c.bounds.high]));
          return;
        }
        default:
          every(c.fact);
      }
    };
    if (regime.subject !== undefined) visitTerm(`${regime.id}/${regime.subject}`);
    for (const rule of regime.rules) {
      visit(rule.applies, regime.id);
      for (const x of [...rule.versions, ...rule.exceptions]) {
        visit(x.when, regime.id);
        for (const s of x.savings ?? []) visit(s.holds, regime.id);
      }
    }
    for (const x of [...regime.practice, ...regime.holes]) visit(x.when, regime.id);
    for (const constraint of book.constraints) visit(constraint.holds, regime.id);
    return new Map([...bounds].map(([fact, found]) => [fact, distinction(found)]));
  });
}

function distinction(bounds: ReadonlySet<number> | null): Distinction {
  return bounds === null ? "every-value" : { bounds: [...bounds].filter(Number.isFinite).sort((a, b) => a - b) };
}

/** A text that two values share only where the law cannot tell them apart. */
export function textOfDistinct(value: FactValue, of: Distinction): string {
  if (of === "every-value" || !isNumberRange(value)) return JSON.stringify(value);
  const { low, high, lowIncluded, highIncluded } = value;
  if (low === high) return stretch(low, of.bounds);
  return `${lowIncluded ? "[" : "("}${stretch(low, of.bounds)},${stretch(high, of.bounds)}${highIncluded ? "]" : ")"}`;
}

/** `=i` on the bound of that number, `<i` below it and above the one before. */
function stretch(n: number, bounds: readonly number[]): string {
  let first = 0;
  let past = bounds.length;
  while (first < past) {
    const middle = (first + past) >> 1;
    if (bounds[middle]! < n) first = middle + 1;
    else past = middle;
  }
  return bounds[first] === n ? `=${first}` : `<${first}`;
}
