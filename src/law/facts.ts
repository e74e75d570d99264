import { dayNumber, parseDate } from "../domain/dates.ts";
import { nearest, type Problem } from "../domain/errors.ts";
import { dimensionOf, parseQuantity } from "../domain/quantities.ts";
import { remember } from "../domain/remember.ts";
import { parseState } from "../domain/states.ts";
import type { Path } from "../input/yaml-file.ts";
import { ANY_NUMBER, type Facts, type FactValue, type NumberRange, point } from "./condition.ts";
import { formulaNames, formulaOf } from "./formulas.ts";

/** What `rules/facts.yaml` says of a fact. */
export interface FactDeclaration {
  readonly name: string;
  readonly type: "state" | "boolean" | "one-of" | "set" | "quantity" | "date" | "text";
  /** `item` facts describe what is delivered; a class whose item facts are open is "split unknown". */
  readonly role: "transaction" | "claim" | "party" | "content" | "item" | "judgement";
  readonly values?: readonly string[];
  readonly open?: boolean;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly doc: string;
}

export type FactDeclarations = ReadonlyMap<string, FactDeclaration>;

/** Reports facts that a formula computes with and that are declared in another dimension than it needs. */
export function refuseWrongUnits(declared: FactDeclarations, { report }: { readonly report: Report }): void {
  const needed = formulaNames().flatMap((name) => {
    const { total, unit, parts } = formulaOf(name);
    const all = total === undefined ? parts : [{ fact: total, unit }, ...parts];
    return all.map((part) => ({ name, ...part }));
  });
  for (const [i, { name, fact, unit }] of needed.entries()) {
    const found = declared.get(fact);
    if (!found || needed.findIndex((x) => x.fact === fact) < i) continue;
    if (found.type === "quantity" && dimensionOf(found.unit ?? "count") === dimensionOf(unit)) continue;
    const message = `the formula \`${name}\` needs \`${fact}\` in \`${unit}\``;
    const hint = `declare it as a quantity with a unit of ${dimensionOf(unit)}`;
    report({ code: "bad-value", message, hint }, ["facts", fact, found.type === "quantity" ? "unit" : "type"]);
  }
}

/** Collects problems with the path of the value that is wrong; the caller turns paths into places. */
export type Report = (problem: Omit<Problem, "at">, path: Path) => void;

/** The declaration of `name`, or undefined after reporting that there is none. */
export function declarationOf(
  name: string,
  declared: FactDeclarations,
  path: Path,
  report: Report,
): FactDeclaration | undefined {
  const found = declared.get(name);
  if (!found) {
    const hint = nearest(name, declared.keys());
    report(
      {
        code: "unknown-fact",
        message: `no fact is called \`${name}\``,
        hint: hint ? `did you mean \`${hint}\`?` : "facts are declared in rules/facts.yaml",
      },
      path,
    );
  }
  return found;
}

/** Reads one value of a fact as a transaction, an item or a probe gives it. */
export function parseFactValue(raw: unknown, fact: FactDeclaration, path: Path, report: Report): FactValue | undefined {
  const wrong = (expected: string): undefined => {
    report({ code: "bad-value", message: `\`${show(raw)}\` is no value of \`${fact.name}\``, hint: expected }, path);
    return undefined;
  };
  switch (fact.type) {
    case "boolean":
      return typeof raw === "boolean" ? raw : wrong("give true or false");
    case "text":
      return typeof raw === "string" ? raw : wrong("give a text");
    case "state": {
      const s = typeof raw === "string" ? parseState(raw) : undefined;
      return s ?? wrong("give a state, by ISO 3166-1 code or name");
    }
    case "one-of":
      return typeof raw === "string" && allowed(raw, fact) ? raw : wrong(oneOf(fact, raw));
    case "set": {
      const list = Array.isArray(raw) ? raw : [raw];
      const bad = list.find((x) => typeof x !== "string" || !allowed(x, fact));
      return bad === undefined ? (list as string[]) : wrong(oneOf(fact, bad));
    }
    case "quantity":
      return isBounds(raw) ? parseBounds(raw, fact, path, report) : parsePoint(raw, fact, path, report);
    case "date":
      return parseDays(raw, fact, path, report);
  }
}

/** A claim that a transaction does not state is not made: its day never came. */
export const NEVER: NumberRange = point(Number.POSITIVE_INFINITY);

/** The claims that are declared. */
export function claimNames(declared: FactDeclarations): readonly string[] {
  return remember(CLAIMS, declared, () => [...declared.values()].flatMap((f) => (f.role === "claim" ? [f.name] : [])));
}

const CLAIMS = new WeakMap<FactDeclarations, readonly string[]>();

/** The facts of a whole transaction: claims that it does not state are not made. */
export function closeClaims(declared: FactDeclarations, facts: Facts): Facts {
  const open = claimNames(declared).filter((name) => facts[name] === undefined);
  return open.length === 0 ? facts : { ...facts, ...Object.fromEntries(open.map((name) => [name, NEVER])) };
}

/** A day as the number of days since 1970-01-01, `never`, or days before or after one. */
function parseDays(raw: unknown, fact: FactDeclaration, path: Path, report: Report): NumberRange | undefined {
  if (isBounds(raw)) return parseDayBounds(raw, fact, path, report);
  if (raw === "never") return NEVER;
  const day = parseDay(raw, path, report);
  return day === undefined ? undefined : point(day);
}

function parseDay(raw: unknown, path: Path, report: Report): number | undefined {
  const day = typeof raw === "string" ? parseDate(raw) : undefined;
  if (day) return dayNumber(day);
  const hint = "write YYYY-MM-DD, or `never`";
  report({ code: "bad-date", message: `\`${show(raw)}\` is no calendar day`, hint }, path);
  return undefined;
}

/** Comparisons of days, and those of numbers that they stand for. */
export const DAY_BOUNDS = { before: "below", onOrBefore: "atMost", onOrAfter: "atLeast", after: "above" } as const;

/** Reads `{ onOrAfter: 2023-09-01, before: 2024-09-07 }`. */
export function parseDayBounds(
  raw: Readonly<Record<string, unknown>>,
  fact: FactDeclaration,
  path: Path,
  report: Report,
): NumberRange | undefined {
  const numbers: Record<string, number> = {};
  for (const [key, value] of Object.entries(raw)) {
    const bound = Object.hasOwn(DAY_BOUNDS, key) ? DAY_BOUNDS[key as keyof typeof DAY_BOUNDS] : undefined;
    if (!bound) {
      const hint = `use ${Object.keys(DAY_BOUNDS).join(", ")}`;
      report({ code: "bad-shape", message: `unknown comparison \`${key}\``, hint }, [...path, key]);
      return undefined;
    }
    const day = parseDay(value, [...path, key], report);
    if (day === undefined) return undefined;
    numbers[bound] = day;
  }
  return parseBounds(numbers, { ...fact, unit: "count" }, path, report);
}

function allowed(value: string, fact: FactDeclaration): boolean {
  return fact.open === true || fact.values === undefined || fact.values.includes(value);
}

function oneOf(fact: FactDeclaration, raw: unknown): string {
  const guess = typeof raw === "string" ? nearest(raw, fact.values ?? []) : undefined;
  return guess
    ? `did you mean \`${guess}\`?`
    : `give one of ${(fact.values ?? []).join(", ") || "the declared values"}`;
}

function isBounds(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function parsePoint(raw: unknown, fact: FactDeclaration, path: Path, report: Report): NumberRange | undefined {
  const n = parseNumber(raw, fact, path, report);
  return n === undefined ? undefined : point(n);
}

const BOUNDS = ["atMost", "below", "atLeast", "above"] as const;

/** Reads `{ above: 1.5 nm, atMost: 2.4 nm }` into an interval in the fact's base unit. */
export function parseBounds(
  raw: Readonly<Record<string, unknown>>,
  fact: FactDeclaration,
  path: Path,
  report: Report,
): NumberRange | undefined {
  const range: { -readonly [K in keyof NumberRange]: NumberRange[K] } = { ...ANY_NUMBER };
  if (!statesBounds(raw, fact, path, report)) return undefined;
  for (const [key, value] of Object.entries(raw)) {
    if (!(BOUNDS as readonly string[]).includes(key)) {
      report({ code: "bad-shape", message: `unknown comparison \`${key}\``, hint: `use ${BOUNDS.join(", ")}` }, [
        ...path,
        key,
      ]);
      return undefined;
    }
    const n = parseNumber(value, fact, [...path, key], report);
    if (n === undefined) return undefined;
    if (key === "atMost" || key === "below") {
      range.high = n;
      range.highIncluded = key === "atMost";
    } else {
      range.low = n;
      range.lowIncluded = key === "atLeast";
    }
  }
  if (range.low > range.high || (range.low === range.high && !(range.lowIncluded && range.highIncluded))) {
    report({ code: "bad-value", message: `the bounds of \`${fact.name}\` leave no value` }, path);
    return undefined;
  }
  return range;
}

/** At least one bound, and no two of the same side: neither would win. */
function statesBounds(
  raw: Readonly<Record<string, unknown>>,
  fact: FactDeclaration,
  path: Path,
  report: Report,
): boolean {
  const problem = (message: string): false => {
    report({ code: "bad-shape", message, hint: `use ${BOUNDS.join(", ")}, each side once` }, path);
    return false;
  };
  if (Object.keys(raw).length === 0) return problem(`\`${fact.name}\` is compared with nothing`);
  if ("atMost" in raw && "below" in raw) return problem(`\`${fact.name}\` has two upper bounds`);
  if ("atLeast" in raw && "above" in raw) return problem(`\`${fact.name}\` has two lower bounds`);
  return true;
}

function parseNumber(raw: unknown, fact: FactDeclaration, path: Path, report: Report): number | undefined {
  const unit = fact.unit ?? "count";
  if (typeof raw === "number" && (unit === "count" || unit === "ratio")) return inBounds(raw, fact, path, report);
  if (typeof raw === "number" || (typeof raw === "string" && /^[\d.]+$/.test(raw))) {
    report({ code: "missing-unit", message: `\`${raw}\` has no unit`, hint: `write \`${raw} ${unit}\`` }, path);
    return undefined;
  }
  const q = typeof raw === "string" ? parseQuantity(raw) : undefined;
  if (!q || dimensionOf(q.unit) !== dimensionOf(unit)) {
    const expected = `give a number with a unit of ${dimensionOf(unit)}, such as \`2 ${unit}\``;
    report({ code: "bad-value", message: `\`${show(raw)}\` is no value of \`${fact.name}\``, hint: expected }, path);
    return undefined;
  }
  return inBounds(q.value, fact, path, report);
}

function inBounds(n: number, fact: FactDeclaration, path: Path, report: Report): number | undefined {
  if ((fact.min !== undefined && n < fact.min) || (fact.max !== undefined && n > fact.max)) {
    report(
      {
        code: "bad-value",
        message: `\`${n}\` is out of bounds for \`${fact.name}\``,
        hint: `it runs from ${fact.min ?? "minus infinity"} to ${fact.max ?? "infinity"}`,
      },
      path,
    );
    return undefined;
  }
  return n;
}

function show(raw: unknown): string {
  return typeof raw === "string" ? raw : JSON.stringify(raw);
}
