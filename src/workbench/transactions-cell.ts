import type { Problem } from "../domain/errors.ts";
import type { FactValue } from "../law/condition.ts";
import { type FactDeclaration, type FactDeclarations, parseFactValue } from "../law/facts.ts";

/** Reads the text of a cell in the column of that index; undefined after a report. */
export type CellReader = (
  column: number,
  text: string,
  report: (problem: Omit<Problem, "at">) => void,
) => FactValue | undefined;

/** Values of a column that are kept, so that a text that comes back is read once. */
const KEPT = 2000;

/** A reader of cells under that header; what is no fact is not read. */
export function createCellReader(header: readonly string[], declared: FactDeclarations): CellReader {
  const facts = header.map((name) => declared.get(name));
  const known = header.map(() => new Map<string, FactValue>());
  return (column, text, report) => {
    const fact = facts[column];
    if (!fact) return undefined;
    const memory = known[column]!;
    const found = memory.get(text);
    if (found !== undefined) return found;
    const value = parseFactValue(rawOf(text, fact), fact, [], (p) => report(p));
    if (value === undefined) return undefined;
    if (memory.size >= KEPT) memory.clear();
    memory.set(text, value);
    return value;
  };
}

const COMPARISONS: Readonly<Record<string, string>> = { "<=": "atMost", "<": "below", ">=": "atLeast", ">": "above" };

const DAY_COMPARISONS: Readonly<Record<string, string>> = {
  "<=": "onOrBefore",
  "<": "before",
  ">=": "onOrAfter",
  ">": "after",
};

/** The text as a YAML file would state the value. */
function rawOf(text: string, fact: FactDeclaration): unknown {
  switch (fact.type) {
    case "boolean":
      return /^(true|yes)$/i.test(text) ? true : /^(false|no)$/i.test(text) ? false : text;
    case "set":
      return text === "none" ? [] : splitSet(text);
    case "date": {
      const compared = /^(<=|>=|<|>)\s*(.+)$/s.exec(text);
      return compared ? { [DAY_COMPARISONS[compared[1]!]!]: compared[2]! } : text;
    }
    case "quantity": {
      const compared = /^(<=|>=|<|>)\s*(.+)$/s.exec(text);
      return compared ? { [COMPARISONS[compared[1]!]!]: numberOf(compared[2]!, fact) } : numberOf(text, fact);
    }
    default:
      return text;
  }
}

function splitSet(text: string): string[] {
  return text
    .split(";")
    .map((x) => x.trim())
    .filter((x) => x !== "");
}

/** Counts and ratios stand without a unit. */
function numberOf(text: string, fact: FactDeclaration): unknown {
  const bare = fact.unit === undefined || fact.unit === "count" || fact.unit === "ratio";
  return bare && /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}
