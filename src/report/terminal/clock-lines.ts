import type { Assessment, ClockEntry, UnitedWindow } from "../../closure/assessment.ts";
import { cleanText } from "../clean-text.ts";
import { amount, count, NOT_MEASURED, shortDate } from "../format.ts";
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
    ...a.clock.flatMap((e) => drawEntry(e, scale, length, withTitle)),
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

function drawEntry(e: ClockEntry, scale: TimeScale, length: number, withTitle: boolean): string[] {
  const label = pad(`${pad(` ${e.state}`, 5)} ${shortDate(e.inForce)}${EVIDENCE_MARKS[e.evidence]}`, LABEL);
  const days = pad(`${e.windowDays} d`, WINDOW, "right");
  const titles = withTitle ? wrap(e.title, TITLE - 2) : [""];
  const first = `${label}${timeLine(e, scale, length)}${days}  ${titles[0]}`;
  return [first.trimEnd(), ...titles.slice(1).map((t) => " ".repeat(LABEL + length + WINDOW + 2) + t)];
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
  if (w === null) return [];
  const text = (s: string) => paragraph(s, style.width, " ", 6);
  const span = `Window ${shortDate(w.from)} to ${shortDate(w.until)}`;
  const confounders = w.confounders.length > 0 ? text(`Also at work: ${w.confounders.join("; ")}.`) : [];
  if (w.imports === null) return [...text(`${span}: purchases ${NOT_MEASURED}.`), ...confounders];
  return [...text(`${span}: ${importWords(w.imports)}`), ...confounders];
}

/** What was bought in the window against both baselines, in a sentence. */
export function importWords(i: NonNullable<UnitedWindow["imports"]>, dash = "-"): string {
  const against = (r: typeof i.yearEarlier) => amount(r, i.unit, dash);
  const months = i.monthsOfNormalSupply;
  const parts = [
    `${cleanText(i.what)} ${amount(i.value, i.unit, dash)} in ${cleanText(i.period)}`,
    `${against(i.yearEarlier)} in the same months a year earlier, ${against(i.twelveMonthsBefore)} at the rate of the twelve months before`,
    `excess ${against(i.excess)}${months === null ? "" : `, ${amount(months, "months", dash)} of normal supply`}`,
  ];
  const sources =
    i.sources.length > 0 ? ` (${count(i.sources.length, "source")}: ${i.sources.map(cleanText).join(", ")})` : "";
  const note = cleanText(i.note);
  return `${parts[0]}; against ${parts[1]}; ${parts[2]}${sources}.${note === "" ? "" : ` Note: ${note}.`}`;
}
