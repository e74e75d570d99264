import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { InputError } from "../domain/errors.ts";
import type { CoalitionOutcome } from "../economy/sweep.ts";
import { hashText } from "./hash.ts";

/** A file of results that grows by a line a coalition, in the order of their numbers. */
export interface SweepRecord {
  /** What the file already holds, by coalition. */
  readonly known: ReadonlyMap<number, CoalitionOutcome>;
  /** Lines that were spoilt or out of place and are solved anew. */
  readonly dropped: number;
  /** Takes an outcome; lines are written once all coalitions before it are there. */
  readonly add: (outcome: CoalitionOutcome) => void;
  /** Writes what is left, in its place or not. */
  readonly close: () => void;
}

const SUM_LENGTH = 16;

/**
 * Opens the record of a sweep, or begins one. The first line names the problem; each further line is an outcome with a checksum over
 * it and the problem, so that what was cut off or changed is found and solved anew. Once it is whole, the same problem gives the same
 * bytes however often it was broken off. Without a file nothing is kept. Throws InputError where the file belongs to another problem.
 */
export function openSweepRecord(file: string | undefined, problem: string): SweepRecord {
  const head = `${JSON.stringify({ schema: "entente/sweep-record@1", problem })}\n`;
  const before = file !== undefined && existsSync(file) ? readRecord(file, head, problem) : undefined;
  const ready = new Map(before?.outcomes);
  let next = before?.inOrder ?? 0;
  const handle = file === undefined ? undefined : openAt(file, before?.length ?? 0);
  const write = (text: string) => handle !== undefined && writeSync(handle, text);
  if (before === undefined) write(head);
  const flush = () => {
    let text = "";
    for (let outcome = ready.get(next); outcome; outcome = ready.get(next)) {
      text += lineOf(outcome, problem);
      next += 1;
    }
    if (text !== "") write(text);
  };
  flush();
  return {
    known: new Map(ready),
    dropped: before?.dropped ?? 0,
    add: (outcome) => {
      ready.set(outcome.coalition, outcome);
      flush();
    },
    close: () => {
      if (handle === undefined) return;
      // Out of their place they are put in it when the record is opened again.
      const early = [...ready.values()].filter((o) => o.coalition >= next).sort((a, b) => a.coalition - b.coalition);
      write(early.map((o) => lineOf(o, problem)).join(""));
      closeSync(handle);
    },
  };
}

interface Read {
  readonly outcomes: ReadonlyMap<number, CoalitionOutcome>;
  /** So many coalitions from 0 stand in their place, in so many bytes. */
  readonly inOrder: number;
  readonly length: number;
  readonly dropped: number;
}

/** Lines are ASCII, so that places in the text are places in the file. */
function readRecord(file: string, head: string, problem: string): Read | undefined {
  const text = readFileSync(file, "latin1");
  // A run that was broken off before its first line was whole has nothing to keep.
  if (text.length < head.length && head.startsWith(text)) return undefined;
  if (!text.startsWith(head)) {
    throw new InputError([
      {
        code: "bad-value",
        message: `\`${file}\` is no record of this sweep by this version`,
        hint: "name another file, or remove this one to begin anew",
      },
    ]);
  }
  const outcomes = new Map<number, CoalitionOutcome>();
  let inOrder = 0;
  let length = head.length;
  let dropped = 0;
  let isInOrder = true;
  let at = head.length;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const outcome = end < 0 ? undefined : outcomeOf(text.slice(at, end + 1), problem);
    if (!outcome) dropped += 1;
    else outcomes.set(outcome.coalition, outcome);
    at = end < 0 ? text.length : end + 1;
    isInOrder &&= outcome?.coalition === inOrder;
    if (isInOrder) {
      inOrder += 1;
      length = at;
    }
  }
  return { outcomes, inOrder, length, dropped };
}

function openAt(file: string, length: number): number {
  try {
    const handle = openSync(file, "a");
    truncateSync(file, length);
    return handle;
  } catch (error) {
    throw new InputError([{ code: "missing-file", message: `cannot write \`${file}\`: ${(error as Error).message}` }]);
  }
}

function lineOf(outcome: CoalitionOutcome, problem: string): string {
  const { coalition, termination, residual, iterations, welfare } = outcome;
  const body = JSON.stringify({ coalition, termination, residual, iterations, welfare });
  return `${sumOf(body, problem)} ${body}\n`;
}

function outcomeOf(line: string, problem: string): CoalitionOutcome | undefined {
  const body = line.slice(SUM_LENGTH + 1, -1);
  return line === `${sumOf(body, problem)} ${body}\n` ? (JSON.parse(body) as CoalitionOutcome) : undefined;
}

function sumOf(body: string, problem: string): string {
  return hashText(`${problem}\n${body}`).slice(0, SUM_LENGTH);
}
