import type { Assessment } from "../closure/assessment.ts";

/** The assessment as one JSON document: two spaces, a final line break, keys in the order of their types. */
export function renderJson(a: Assessment): string {
  return `${JSON.stringify(a, null, 2)}\n`;
}
