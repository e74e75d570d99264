import { nearest } from "../domain/errors.ts";
import { parseState } from "../domain/states.ts";
import type { Path } from "../input/yaml-file.ts";
import { ALWAYS, type Condition, type NumberRange } from "./condition.ts";
import {
  declarationOf,
  type FactDeclaration,
  type FactDeclarations,
  parseBounds,
  parseDayBounds,
  parseFactValue,
  type Report,
} from "./facts.ts";
import { formulaNames, formulaOf, formulaOfTotal, isFormula } from "./formulas.ts";

type Raw = Readonly<Record<string, unknown>>;

/**
 * Turns a condition as written in a rule file into the form that the evaluator walks. Problems are reported with their
 * path; the part that is wrong is dropped, so that all problems of a file come out at once.
 */
export function compileCondition(raw: Raw | undefined, facts: FactDeclarations, path: Path, report: Report): Condition {
  if (raw === undefined) return ALWAYS;
  const parts = Object.entries(raw).flatMap(([key, value]) => {
    const part = compileEntry(key, value, facts, [...path, key], report);
    return part ? [part] : [];
  });
  return parts.length === 1 ? parts[0]! : { op: "all", of: parts };
}

function compileEntry(
  key: string,
  value: unknown,
  facts: FactDeclarations,
  path: Path,
  report: Report,
): Condition | undefined {
  switch (key) {
    case "all":
    case "any": {
      const items = asList(value, path, report);
      return items && { op: key, of: items.map((item, i) => compileNested(item, facts, [...path, i], report)) };
    }
    case "not":
      return { op: "not", of: compileNested(value, facts, path, report) };
    case "matches": {
      const codes = asTexts(value, path, report);
      for (const code of codes ?? []) {
        if (!/^[A-Z]{3}:/.test(code)) {
          report(
            {
              code: "missing-regime",
              message: `the list code \`${code}\` has no regime`,
              hint: `write \`USA:${code}\` or \`EUU:${code}\`: the same code means different things in different lists`,
            },
            path,
          );
        }
      }
      return codes && { op: "matches", codes };
    }
    case "term":
      return typeof value === "string"
        ? { op: "term", name: value }
        : wrongShape(path, report, "the name of a definition");
    case "formula":
      return compileFormula(value, facts, path, report);
    default:
      return compileTest(key, value, facts, path, report);
  }
}

function compileNested(value: unknown, facts: FactDeclarations, path: Path, report: Report): Condition {
  if (isRaw(value)) return compileCondition(value, facts, path, report);
  wrongShape(path, report, "a condition, such as `destination: CHN`");
  return ALWAYS;
}

function compileTest(
  name: string,
  value: unknown,
  facts: FactDeclarations,
  path: Path,
  report: Report,
): Condition | undefined {
  const fact = declarationOf(name, facts, path, report);
  if (!fact) return undefined;
  if (!isRaw(value)) return compileEquals(fact, value, path, report);
  if (fact.type === "quantity") {
    const bounds = parseBounds(value, fact, path, report);
    return bounds && numberTest(name, bounds);
  }
  if (fact.type === "date") {
    const bounds = parseDayBounds(value, fact, path, report);
    return bounds && { op: "number", fact: name, bounds };
  }
  if (Object.keys(value).length === 0) return wrongShape(path, report, "a comparison, such as `{ in: [...] }`");
  const parts = Object.entries(value).flatMap(([op, operand]) => {
    const part = compileOperator(fact, op, operand, facts, [...path, op], report);
    return part ? [part] : [];
  });
  return parts.length === 1 ? parts[0] : { op: "all", of: parts };
}

function compileEquals(fact: FactDeclaration, raw: unknown, path: Path, report: Report): Condition | undefined {
  const value = parseFactValue(raw, fact, path, report);
  if (value === undefined) return undefined;
  if (typeof value === "boolean" || typeof value === "string") return { op: "is", fact: fact.name, value };
  if (Array.isArray(value)) return compileIncludes(fact, value, path, report);
  return numberTest(fact.name, value as NumberRange);
}

/** A fact that states the result of a formula follows from the parts of the formula too. */
function numberTest(fact: string, bounds: NumberRange): Condition {
  const formula = formulaOfTotal(fact);
  return { op: "number", fact, bounds, ...(formula && { formula }) };
}

function compileIncludes(
  fact: FactDeclaration,
  values: readonly string[],
  path: Path,
  report: Report,
): Condition | undefined {
  return values.length > 0
    ? { op: "includes", fact: fact.name, values }
    : wrongShape(path, report, "at least one value");
}

function compileOperator(
  fact: FactDeclaration,
  op: string,
  raw: unknown,
  facts: FactDeclarations,
  path: Path,
  report: Report,
): Condition | undefined {
  switch (op) {
    case "in":
    case "notIn": {
      if (fact.type === "set") return wrongShape(path, report, "`includes` or `includesAny`: this fact is a set");
      if (fact.type === "boolean") return wrongShape(path, report, `\`${fact.name}: true\` or \`${fact.name}: false\``);
      if (fact.type === "date") return wrongShape(path, report, "`before`, `onOrBefore`, `onOrAfter` or `after`");
      const values = (asList(raw, path, report) ?? []).flatMap((x, i) => {
        const v = parseFactValue(x, fact, [...path, i], report);
        return typeof v === "string" ? [v] : [];
      });
      const test: Condition = { op: "in", fact: fact.name, values };
      return op === "in" ? test : { op: "not", of: test };
    }
    case "inGroup":
    case "notInGroup": {
      if (fact.type !== "state")
        return wrongShape(path, report, "`in`: groups are groups of states, and this fact is none");
      const groups = asTexts(raw, path, report);
      if (!groups) return undefined;
      const test: Condition = { op: "in-group", fact: fact.name, groups };
      return op === "inGroup" ? test : { op: "not", of: test };
    }
    case "includes":
    case "includesAny": {
      if (fact.type !== "set") return wrongShape(path, report, "`in`: this fact has one value");
      const values = parseFactValue(raw, fact, path, report);
      return Array.isArray(values) ? compileIncludes(fact, values, path, report) : undefined;
    }
    case "sameAs": {
      const other = typeof raw === "string" ? declarationOf(raw, facts, path, report) : undefined;
      if (!other) return typeof raw === "string" ? undefined : wrongShape(path, report, "the name of a fact");
      const comparable = other.type === fact.type && !["set", "quantity", "date"].includes(fact.type);
      return comparable
        ? { op: "same", fact: fact.name, other: other.name }
        : wrongShape(path, report, `a fact of type \`${fact.type}\` that has one value and no unit`);
    }
    default: {
      const ops = ["in", "notIn", "inGroup", "notInGroup", "includes", "includesAny", "sameAs"];
      const guess = nearest(op, ops);
      report(
        {
          code: "bad-shape",
          message: `unknown comparison \`${op}\``,
          hint: guess ? `did you mean \`${guess}\`?` : `use ${ops.join(", ")}`,
        },
        path,
      );
      return undefined;
    }
  }
}

function compileFormula(value: unknown, facts: FactDeclarations, path: Path, report: Report): Condition | undefined {
  if (!isRaw(value) || typeof value.name !== "string") {
    return wrongShape(
      path,
      report,
      "`{ name, atMost | below | atLeast | above }`, with `k` where each entry has its own",
    );
  }
  const { name, k, ...comparison } = value;
  if (!isFormula(name)) {
    const hint = `known: ${formulaNames().join(", ")}`;
    report({ code: "unknown-name", message: `no formula is called \`${name}\``, hint }, [...path, "name"]);
    return undefined;
  }
  const { total, unit } = formulaOf(name);
  const declared = total === undefined ? undefined : declarationOf(total, facts, path, report);
  if (total !== undefined && !declared) return undefined;
  const result: FactDeclaration = declared ?? { name, type: "quantity", role: "item", unit, doc: "" };
  if (total !== undefined && k !== undefined) {
    const hint = "leave `k` out: the constant is part of the formula";
    report({ code: "bad-shape", message: `the formula \`${name}\` has no constant of its own`, hint }, [...path, "k"]);
    return undefined;
  }
  if (total === undefined && (typeof k !== "number" || !(k > 0)))
    return wrongShape(path, report, `the entry's own constant \`k\`: ${formulaOf(name).text}`);
  const bounds = parseBounds(comparison, result, path, report);
  if (!bounds) return undefined;
  return total === undefined ? { op: "formula", name, k: k as number, bounds } : numberTest(total, bounds);
}

/** States of a group or a union; a code that ISO 3166-1 does not know is reported. */
export function compileStates(codes: readonly string[], path: Path, report: Report): string[] {
  return codes.flatMap((code, i) => {
    const s = parseState(code);
    if (s) return [s];
    report({ code: "unknown-state", message: `no state is called \`${code}\`` }, [...path, i]);
    return [];
  });
}

function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asList(value: unknown, path: Path, report: Report): readonly unknown[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value : wrongShape(path, report, "a list with at least one entry");
}

function asTexts(value: unknown, path: Path, report: Report): string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((x) => typeof x === "string")
    ? list
    : wrongShape(path, report, "a name or a list of names");
}

function wrongShape(path: Path, report: Report, expected: string): undefined {
  report({ code: "bad-shape", message: `wrong shape at \`${path.join(".")}\``, hint: `expected ${expected}` }, path);
  return undefined;
}
