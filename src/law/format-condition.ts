import { dayOfNumber } from "../domain/dates.ts";
import { quantity } from "../domain/quantities.ts";
import { type Condition, isExact, type NumberRange } from "./condition.ts";
import type { FactDeclarations } from "./facts.ts";
import { formulaOf } from "./formulas.ts";

/**
 * The condition as a rule file would write it in one line: `litho.overlay: { atMost: 2.4 nm }`. Between braces it is YAML
 * that reads back as the same condition; quantities are in the unit in which the fact is declared.
 */
export function formatCondition(c: Condition, facts: FactDeclarations): string {
  switch (c.op) {
    case "all":
    case "any":
      // An empty list is no condition that a file can state: *all* of none is left out, *any* of none cannot be written.
      if (c.of.length === 0) return c.op === "all" ? "" : "any: []";
      return `${c.op}: [${c.of.map((x) => braced(formatCondition(x, facts))).join(", ")}]`;
    case "not":
      return formatNot(c.of, facts);
    case "is":
      return `${c.fact}: ${typeof c.value === "boolean" ? c.value : scalar(c.value)}`;
    case "in":
      return `${c.fact}: { in: ${list(c.values)} }`;
    case "in-group":
      return `${c.fact}: { inGroup: ${oneOrList(c.groups)} }`;
    case "includes":
      return c.values.length === 1
        ? `${c.fact}: { includes: ${scalar(c.values[0]!)} }`
        : `${c.fact}: { includesAny: ${list(c.values)} }`;
    case "number":
      return `${c.fact}: ${formatRange(c.bounds, facts.get(c.fact)?.unit)}`;
    case "same":
      return `${c.fact}: { sameAs: ${c.other} }`;
    case "formula": {
      const bounds = formatRange(c.bounds, formulaOf(c.name).unit, "bounds");
      return `formula: { name: ${c.name}, k: ${c.k}, ${bounds} }`;
    }
    case "matches":
      return `matches: ${oneOrList(c.codes)}`;
    case "term":
      return `term: ${scalar(c.name)}`;
  }
}

function formatNot(c: Condition, facts: FactDeclarations): string {
  if (c.op === "in") return `${c.fact}: { notIn: ${list(c.values)} }`;
  if (c.op === "in-group") return `${c.fact}: { notInGroup: ${oneOrList(c.groups)} }`;
  return `not: ${braced(formatCondition(c, facts))}`;
}

function braced(text: string): string {
  return text === "" ? "{}" : `{ ${text} }`;
}

/** A number with its unit, or its bounds: `{ above: 1.5 nm, atMost: 2.4 nm }`; `as: "bounds"` leaves the braces out. */
export function formatRange(r: NumberRange, unit: string | undefined, as: "value" | "bounds" = "value"): string {
  if (unit === DAYS) return formatDays(r);
  const amount = (n: number): string => formatAmount(n, unit);
  if (as === "value" && r.low === r.high) return amount(r.low);
  const bounds: string[] = [];
  if (Number.isFinite(r.low)) bounds.push(`${r.lowIncluded ? "atLeast" : "above"}: ${amount(r.low)}`);
  if (Number.isFinite(r.high)) bounds.push(`${r.highIncluded ? "atMost" : "below"}: ${amount(r.high)}`);
  return as === "bounds" ? bounds.join(", ") : `{ ${bounds.join(", ")} }`;
}

/** The unit of facts that are days. */
export const DAYS = "day";

function formatDays(r: NumberRange): string {
  if (isExact(r)) return Number.isFinite(r.low) ? dayOfNumber(r.low) : "never";
  const bounds: string[] = [];
  if (Number.isFinite(r.low)) bounds.push(`${r.lowIncluded ? "onOrAfter" : "after"}: ${dayOfNumber(r.low)}`);
  if (Number.isFinite(r.high)) bounds.push(`${r.highIncluded ? "onOrBefore" : "before"}: ${dayOfNumber(r.high)}`);
  return `{ ${bounds.join(", ")} }`;
}

/** Values are held in the base unit of their dimension and written in the unit of the fact: `300 mm`. */
function formatAmount(n: number, unit: string | undefined): string {
  if (unit === undefined || unit === "count" || unit === "ratio") return String(n);
  const one = quantity(1, unit)?.value ?? 1;
  return scalar(`${Number((n / one).toPrecision(12))} ${unit}`);
}

function oneOrList(values: readonly string[]): string {
  return values.length === 1 ? scalar(values[0]!) : list(values);
}

function list(values: readonly string[]): string {
  return `[${values.map(scalar).join(", ")}]`;
}

/** Plain where YAML reads it back as the same text, quoted otherwise. */
function scalar(text: string): string {
  const plain =
    /^[A-Za-z0-9][\w./ %-]*(?::[\w./-]+)*$/.test(text) && !/^[\d.e+-]+$/i.test(text) && text.trim() === text;
  return plain && !/^(true|false|null)$/i.test(text) ? text : JSON.stringify(text);
}
