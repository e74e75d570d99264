import type { Assessment, ClockEntry, UnitedWindow } from "../../closure/assessment.ts";
import { cleanText } from "../clean-text.ts";
import { shortDate } from "../format.ts";
import { windowWords } from "../sentences.ts";
import { type TimeScale, ticks, timeScale } from "../time-scale.ts";
import { EVIDENCE_MARKS } from "../words.ts";
import type { PageStyle } from "./page-style.ts";
import { displayWidth, flow, pad, paragraph, wrap } from "./text-layout.ts";

const LABEL = 18;
const WINDOW = 9;
const TITLE = 28;
const LINE_LEAST = 24;

/** The time line of the rules, then what was bought in the window. */
export function drawClock(a: Assessment, style: PageStyle): string[] {
  const { bold, dim } = style.colours;
  const asOf = a.question.asOf;
  const scale = timeScale(a.clock, asOf);
  if (!scale) return [bold("WHEN IT BITES"), " No dated rule takes part."];
  const withTitle = style.width >= LABEL + LINE_LEAST + WINDOW + TITLE;
  const length = style.width - LABEL - WINDOW - (withTitle ? TITLE : 0);
  const head = pad("WHEN IT BITES", LABEL) + pad(axis(scale, length), length);
  return [
    bold(head.slice(0, LABEL)) +
      dim(`${head.slice(LABEL)}${pad("window", WINDOW, "right")}${withTitle ? "  rule" : ""}`.trimEnd()),
    ...(style.all ? a.clock.map((e) => [e]) : gather(a.clock)).flatMap((same) =>
      drawEntries(same, scale, length, withTitle, style),
    ),
    dim(askedLine(LABEL + cellOf(scale, length, asOf), `asked: ${shortDate(asOf)}`, style.width)),
    ...flow(MARKS, style.width, { indent: " " }).map(dim),
    ...windowLines(a.window, style),
  ];
}

const MARKS = [
  "○ first sign",
  "◐ published",
  "● in force",
  "─ old licences still deliver",
  "┥ last lawful delivery",
  "━ bites",
];

/** The date asked under its place on the time line, the words on the side where there is room. */
function askedLine(at: number, words: string, width: number): string {
  if (at + 2 + words.length <= width) return `${" ".repeat(at)}▲ ${words}`;
  return `${" ".repeat(Math.max(0, at - words.length - 1))}${words} ▲`;
}

function cellOf(scale: TimeScale, length: number, d: Parameters<TimeScale["position"]>[0]): number {
  return Math.min(length - 1, Math.floor(scale.position(d) * length));
}

function axis(scale: TimeScale, length: number): string {
  let line = "";
  for (const tick of ticks(scale, Math.floor(length / 6))) {
    const at = cellOf(scale, length, tick.date);
    if (at < displayWidth(line) + (line === "" ? 0 : 1) || at + tick.label.length > length) continue;
    line = pad(line, at) + tick.label;
  }
  return line;
}

/** Entries of one state with the same dates and evidence, in the order of the first of each. */
function gather(clock: readonly ClockEntry[]): ClockEntry[][] {
  const groups = new Map<string, ClockEntry[]>();
  for (const e of clock) {
    const key = JSON.stringify([
      e.state,
      e.firstSign,
      e.published,
      e.inForce,
      e.lastLawfulDelivery,
      e.windowDays,
      e.evidence,
    ]);
    const list = groups.get(key);
    if (list) list.push(e);
    else groups.set(key, [e]);
  }
  return [...groups.values()];
}

/** One line for entries with the same dates; where there are several, their titles stand below it. */
function drawEntries(
  same: readonly ClockEntry[],
  scale: TimeScale,
  length: number,
  withTitle: boolean,
  style: PageStyle,
): string[] {
  const e = same[0]!;
  const label = pad(`${pad(` ${e.state}`, 5)} ${shortDate(e.inForce)}${EVIDENCE_MARKS[e.evidence]}`, LABEL);
  const days = pad(`${e.windowDays} d`, WINDOW, "right");
  const below = same.length > 1 || !withTitle;
  const titles = below ? [withTitle ? `${same.length} rules` : ""] : wrap(e.title, TITLE - 2);
  const first = `${label}${timeLine(e, scale, length)}${days}  ${titles[0]}`;
  const names = same.map((x) => cleanText(x.title)).join("; ");
  return [
    first.trimEnd(),
    ...titles.slice(1).map((t) => " ".repeat(LABEL + length + WINDOW + 2) + t),
    ...(below ? paragraph(names, style.width, "      ").map(style.colours.dim) : []),
  ];
}

/** `○ · · ◐ · ●───┥━━━`: later marks win a cell. */
function timeLine(e: ClockEntry, scale: TimeScale, length: number): string {
  const at = (d: ClockEntry["inForce"]) => cellOf(scale, length, d);
  const inForce = at(e.inForce);
  const last = e.lastLawfulDelivery === undefined ? inForce : at(e.lastLawfulDelivery);
  const signs = [e.firstSign, e.published].filter((d) => d !== null).map(at);
  const start = Math.min(inForce, ...signs);
  const cells: string[] = Array.from({ length }, (_, i) => {
    if (i < start) return " ";
    if (i < inForce) return (i - start) % 2 === 0 ? "·" : " ";
    return i < last ? "─" : "━";
  });
  if (e.firstSign !== null) cells[at(e.firstSign)] = "○";
  if (e.published !== null) cells[at(e.published)] = "◐";
  if (last > inForce) cells[last] = "┥";
  cells[inForce] = "●";
  return cells.join("");
}

function windowLines(w: UnitedWindow | null, style: PageStyle): string[] {
  return w === null ? [] : windowWords(w).flatMap((s) => paragraph(s, style.width, " ", 3));
}
