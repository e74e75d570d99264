import type { Coverage } from "../../closure/assessment.ts";
import type { Range } from "../../domain/ranges.ts";
import type { Colours } from "./page-style.ts";

/** Fills of a bar, strongest control first; they differ without colour. */
export const FILLS = {
  closed: "█",
  practice: "▓",
  licence: "▒",
  range: "┄",
  open: "░",
  outside: "·",
} as const;

type Fill = keyof typeof FILLS;

/**
 * Cells of a bar from 0 to 100 %: each grade up to its low bound, `┄` where only the high bound reaches, then what members supply
 * and leave open, then what they do not supply. Whatever is more than nothing takes a cell, and only 100 % fills the last one.
 */
export function barCells(coverage: Coverage, members: Range, cells: number): string {
  return spans(coverage, members, cells)
    .map(({ fill, length }) => FILLS[fill].repeat(length))
    .join("");
}

function spans(
  { closed, closedOrPractice, controlled }: Coverage,
  members: Range,
  cells: number,
): { fill: Fill; length: number }[] {
  const ends: [Fill, number][] = [
    ["closed", closed.low],
    ["practice", closedOrPractice.low],
    ["licence", controlled.low],
    ["range", controlled.high],
    ["open", members.low],
    ["range", members.high],
    ["outside", 1],
  ];
  let at = 0;
  return ends.map(([fill, share]) => {
    const length = Math.max(0, cellsFor(share, cells) - at);
    at += length;
    return { fill, length };
  });
}

function cellsFor(share: number, cells: number): number {
  if (share <= 0) return 0;
  if (share >= 1) return cells;
  return Math.min(cells - 1, Math.max(1, Math.round(share * cells)));
}

/** The same bar in colour. */
export function paintBar(coverage: Coverage, members: Range, cells: number, c: Colours): string {
  const paints: Record<Fill, (s: string) => string> = {
    closed: c.blue,
    practice: c.cyan,
    licence: c.yellow,
    range: c.magenta,
    open: c.dim,
    outside: c.dim,
  };
  return spans(coverage, members, cells)
    .map(({ fill, length }) => (length > 0 ? paints[fill](FILLS[fill].repeat(length)) : ""))
    .join("");
}
