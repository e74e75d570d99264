import type { Place } from "../domain/errors.ts";
import { type CsvFault, scanCsv } from "./scan-csv.ts";
import { placeAt } from "./text-file.ts";

/** A record of a table that is read piece by piece. */
export interface StreamedRecord {
  readonly cells: readonly string[];
  /** The line on which it starts, counted from 1. */
  readonly line: number;
  /** The record and what follows it in the same piece; for places only. */
  readonly text: string;
}

/** A quote that does not belong where it stands; nothing after it can be read. */
export interface StreamFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Beyond this a quote was most likely never closed. Characters. */
const LONGEST_RECORD = 4_000_000;

/** Splits a table that arrives in pieces into records, a batch for each piece; ends at the first fault, which is the last batch. */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly StreamedRecord[] | StreamFault> {
  let rest = "";
  let searched = 0;
  let even = true;
  let cut = 0;
  let line = 1;
  for await (const piece of pieces) {
    rest += piece;
    for (; searched < rest.length; searched++) {
      const c = rest.charCodeAt(searched);
      if (c === 34) even = !even;
      else if (c === 10 && even) cut = searched + 1;
    }
    if (cut === 0) {
      if (rest.length <= LONGEST_RECORD) continue;
      cut = rest.length;
    }
    const { batch, fault, lines } = scanPiece(rest.slice(0, cut), line);
    yield batch;
    if (fault) return yield fault;
    line += lines;
    rest = rest.slice(cut);
    searched -= cut;
    cut = 0;
  }
  if (rest === "") return;
  const { batch, fault } = scanPiece(rest, line);
  yield batch;
  if (fault) yield fault;
}

function scanPiece(text: string, firstLine: number) {
  // A byte order mark in the middle of a file is text like any other.
  const { records, fault } = scanCsv(firstLine === 1 ? text : text.replace(/^\ufeff/, " \ufeff"));
  const batch = records.map(
    ({ cells, offset, line }): StreamedRecord => ({
      cells,
      line: firstLine + line - 1,
      get text() {
        return text.slice(offset);
      },
    }),
  );
  const lines = text.split("\n").length - 1;
  return { batch, lines, ...(fault && { fault: faultIn(text, firstLine, fault) }) };
}

function faultIn(text: string, firstLine: number, fault: CsvFault): StreamFault {
  const at = placeAt({ path: "", text }, fault.offset);
  return { message: fault.message, line: firstLine + at.line! - 1, column: at.column! };
}

/** Place of the cell with that index; quotes hide commas. */
export function placeOfStreamedCell(file: string, record: StreamedRecord, index: number): Place {
  let at = 0;
  let quoted = false;
  for (let left = index; left > 0 && at < record.text.length; at++) {
    if (record.text[at] === '"') quoted = !quoted;
    else if (record.text[at] === "," && !quoted) left--;
  }
  const found = placeAt({ path: file, text: record.text }, at);
  return { file, line: record.line + found.line! - 1, column: found.column! };
}
