import { placeAt } from "./text-file.ts";

/** A JSON text as a value, or where it stops being JSON (line and column count from 1). */
export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

/** Reads a JSON text. */
export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = (error as Error).message.replace(/(,? ".*" is not valid JSON| in JSON)?( at position.*)?$/s, "");
    const { line, column } = placeAt({ path: "", text }, faultOffset(text));
    return { ok: false, message: message.charAt(0).toLowerCase() + message.slice(1), line: line!, column: column! };
  }
}

/** Length of the longest beginning that some ending would still complete: the parser does not always tell. */
function faultOffset(text: string): number {
  let good = 0;
  let bad = text.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (couldGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return Math.min(good, text.length);
}

function couldGoOn(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    return /end of JSON|Unterminated/.test(message) || (position !== undefined && Number(position) >= start.length);
  }
}
