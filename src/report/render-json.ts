import type { Assessment } from "../closure/assessment.ts";

/** Keys of the document in the order in which a reader wants them; whatever is not named here follows in alphabetical order. */
const TOP: readonly string[] = [
  "schema",
  "question",
  "answer",
  "classes",
  "goals",
  "binding",
  "leaks",
  "clock",
  "window",
  "next",
  "minimum",
  "selfSupply",
  "sources",
  "notices",
  "assumptions",
  "digest",
  "notModelled",
];

/** Keys that come first inside every object, in this order. */
const FIRST: readonly string[] = ["rank", "kind", "id", "class", "rule", "state", "name", "title", "low", "high"];

/** The assessment as one JSON document: keys in a fixed order whatever order they were made in, two spaces, a final line break. */
export function renderJson(a: Assessment): string {
  const top = Object.entries(a).sort(byOrder(TOP));
  return `${JSON.stringify(Object.fromEntries(top.map(([key, value]) => [key, ordered(value)])), null, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(byOrder(FIRST));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

function byOrder(first: readonly string[]) {
  const place = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length);
  return ([x]: [string, unknown], [y]: [string, unknown]): number =>
    place(x) - place(y) || (x < y ? -1 : x > y ? 1 : 0);
}
