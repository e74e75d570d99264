import type { Assessment, ClockEntry, UnitedWindow } from "../../closure/assessment.ts";
import type { IsoDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import { cleanText } from "../clean-text.ts";
import { count, shortDate } from "../format.ts";
import { groupLags, lagWords, stayWords, windowList, windowWords } from "../sentences.ts";
import { type TimeScale, ticks, timeScale } from "../time-scale.ts";
import { EVIDENCE_MARKS } from "../words.ts";
import type { PageStyle } from "./page-style.ts";
import { displayWidth, flow, pad, paragraph, wrap } from "./text-layout.ts";

const LABEL = 18;
const WINDOW = 9;
const TITLE = 28;
const LINE_LEAST = 24;
/** The target may have answered for years: its latest rules stand on the page. */
const COUNTER_SHOWN = 8;

/** The time line of the rules, who came when, what was bought in the window, and the same for the rules that answer them. */
export function drawClock(a: Assessment, style: PageStyle): string[] {
  const { bold } = style.colours;
  const drawn = drawTimeTable("WHEN IT BITES", a.clock, a.question.asOf, style, MARKS);
  if (drawn.length === 0) return [bold("WHEN IT BITES"), " No dated rule takes part.", ...counterLines(a, style)];
  const said = (list: readonly string[]) => list.flatMap((s) => paragraph(s, style.width, " ", 3));
  const { timing } = a;
  const groups = timing && style.all ? groupLags(timing).map((g) => `${g.group}: ${g.words}.`) : [];
  return [
    ...drawn,
    ...(timing ? said([...lagWords(timing), ...groups, ...windowList(timing)]) : []),
    ...windowLines(a.window, style),
    ...counterLines(a, style),
  ];
}

/** The target's own rules on what leaves it for members, as a time line of their own. */
function counterLines(a: Assessment, style: PageStyle): string[] {
  const { timing } = a;
  if (!timing || timing.counter.clock.length === 0) return [];
  const { clock, window } = timing.counter;
  const shown = style.all ? clock : clock.slice(-COUNTER_SHOWN);
  const earlier = clock.length - shown.length;
  const more = earlier > 0 ? ` ${count(earlier, "earlier one")} not shown (--all).` : "";
  const words = `Rules of ${stateName(a.question.target)} on what leaves it for a member.${more}`;
  return [
    "",
    ...drawTimeTable("IN RETURN", shown, a.question.asOf, style, a.clock.length > 0 ? [] : MARKS),
    ...paragraph(words, style.width, " ", 3),
    ...windowLines(window, style),
  ];
}

/** One line for each rule under an axis, then what the marks mean; nothing where no rule is dated. */
function drawTimeTable(
  title: string,
  clock: readonly ClockEntry[],
  asOf: IsoDate,
  style: PageStyle,
  marks: readonly string[],
): string[] {
  const { bold, dim } = style.colours;
  const scale = timeScale(clock, asOf);
  if (!scale) return [];
  const withTitle = style.width >= LABEL + LINE_LEAST + WINDOW + TITLE;
  const length = style.width - LABEL - WINDOW - (withTitle ? TITLE : 0);
  const head = pad(title, LABEL) + pad(axis(scale, length), length);
  const stayed = clock.some((e) => (e.stays ?? []).length > 0) ? ["╌ stayed"] : [];
  return [
    bold(head.slice(0, LABEL)) +
      dim(`${head.slice(LABEL)}${pad("window", WINDOW, "right")}${withTitle ? "  rule" : ""}`.trimEnd()),
    ...(style.all ? clock.map((e) => [e]) : gather(clock)).flatMap((same) =>
      drawEntries(same, scale, length, withTitle, style),
    ),
    dim(askedLine(LABEL + cellOf(scale, length, asOf), `asked: ${shortDate(asOf)}`, style.width)),
    ...flow([...marks, ...stayed], style.width, { indent: " " }).map(dim),
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
      e.stays,
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
    ...(e.stays ?? []).flatMap((s) => paragraph(stayWords(s), style.width, "      ")).map(style.colours.dim),
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
  for (const { from, until } of e.stays ?? []) {
    for (let i = at(from); i < (until === null ? length : at(until)); i++) if (i > inForce) cells[i] = "╌";
  }
  if (e.firstSign !== null) cells[at(e.firstSign)] = "○";
  if (e.published !== null) cells[at(e.published)] = "◐";
  if (last > inForce) cells[last] = "┥";
  cells[inForce] = "●";
  return cells.join("");
}

function windowLines(w: UnitedWindow | null, style: PageStyle): string[] {
  return w === null ? [] : windowWords(w).flatMap((s) => paragraph(s, style.width, " ", 3));
}
