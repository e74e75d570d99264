import pc from "picocolors";
import type { Delivery, PledgeResult } from "../../coalition/alliance-delivery.ts";
import type {
  AllianceAnswer,
  AllianceCoverage,
  AllianceResult,
  GroupingResult,
} from "../../coalition/alliance-result.ts";
import { longDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import { cleanText } from "../clean-text.ts";
import { count, NOT_KNOWN, percent } from "../format.ts";
import { changeWords, leakName, leakShare } from "../sentences.ts";
import type { PageStyle } from "../terminal/page-style.ts";
import { drawTable } from "../terminal/table.ts";
import { flow, paragraph } from "../terminal/text-layout.ts";
import { EVIDENCE_MARKS, requirementWords, VERDICT_WORDS } from "../words.ts";
import { dayWords, deliveryRows, FORM_WORDS, kept, seatLines } from "./alliance-words.ts";

/** How a page for a terminal is set. */
export interface AllianceStyle {
  readonly width: number;
  readonly colour: boolean;
  readonly all: boolean;
}

const LEAST = 60;
const MOST = 120;

/** Columns, colours and folding of a page. */
export function pageStyle({ width, colour, all }: AllianceStyle): PageStyle {
  return { width: Math.min(MOST, Math.max(LEAST, width)), colours: pc.createColors(colour), all };
}

/** One alliance as a page for a terminal. */
export function renderAllianceTerminal(answer: AllianceAnswer, options: AllianceStyle): string {
  const style = pageStyle(options);
  const a = answer.alliances[0]!;
  const head = flow(["Entente", `alliance ${a.id}`, longDate(answer.asOf)], style.width, { gap: 3 });
  return joinSections([
    [style.colours.bold(head[0]!), ...head.slice(1)],
    [style.colours.bold(cleanText(a.title).toUpperCase()), ...paragraph(a.summary, style.width, " ")],
    objectiveLines(a, style),
    groupingLines(a, style),
    coverageLines(a, style),
    ...a.pledges.map((p, i) => pledgeLines(p, a, i === 0, style)),
    besideLines(a, style),
    leakLines(a, style),
    endLines(answer, style),
  ]);
}

/** Sections with a blank line between them; empty ones are left out. */
export function joinSections(sections: readonly (readonly string[])[]): string {
  return `${sections
    .filter((s) => s.length > 0)
    .map((s) => s.join("\n"))
    .join("\n\n")}\n`;
}

function objectiveLines(a: AllianceResult, style: PageStyle): string[] {
  const { words, cite } = a.objective;
  const mark = EVIDENCE_MARKS[cite.evidence];
  const q = a.coverage?.question;
  const measured = q
    ? `Measured: ${cleanText(q.subject)}${q.asks === "closure" ? " to " : " without "}${stateName(q.target)}; ${requirementWords(q)}.`
    : `Not measured: ${cleanText(a.noCoverage ?? NOT_KNOWN)}.`;
  return [
    style.colours.bold("OBJECTIVE"),
    ...paragraph(`${upperFirst(cleanText(words))}${mark}.`, style.width, " "),
    ...paragraph(measured, style.width, " ").map(style.colours.dim),
  ];
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function groupingLines(a: AllianceResult, style: PageStyle): string[] {
  const members = a.members.length === 0 ? "nobody on that day" : a.members.join(" ");
  return [
    style.colours.bold("WHO"),
    ...paragraph(`Members, by ${a.counts.join(" and ")}: ${members}`, style.width, " ", 3),
    ...a.groupings.flatMap((g) => oneGrouping(g, style)),
  ];
}

function oneGrouping(g: GroupingResult, style: PageStyle): string[] {
  const ended = g.until === null ? "" : `, until ${dayWords(g.until)}`;
  const later = g.status === "later" ? ", later than the day asked" : "";
  const head = `${cleanText(g.title)}${EVIDENCE_MARKS[g.cite.evidence]} (${FORM_WORDS[g.form]}, ${dayWords(g.since)}${ended}${later})`;
  return [
    ...paragraph(head, style.width, " ", 3),
    ...seatLines(g).flatMap((l) => paragraph(seatWords(l), style.width, "   ", 5)),
    ...(g.note === null ? [] : paragraph(g.note, style.width, "   ").map(style.colours.dim)),
  ];
}

function seatWords({ label, states }: { readonly label: string; readonly states: readonly string[] }): string {
  return states.length === 0 ? label : `${label}: ${states.join(" ")}`;
}

function coverageLines(a: AllianceResult, style: PageStyle): string[] {
  const c = a.coverage;
  if (!c) return [];
  const verdict = c.question.asks === "closure" ? VERDICT_WORDS[c.verdict].toUpperCase() : "MEMBERS' OWN SUPPLY";
  return [
    style.colours.bold(`COVERAGE: ${verdict}`),
    ...c.because.flatMap((s) => paragraph(s, style.width, " ")),
    ...(c.question.asks === "closure" ? groupTable(c, style) : supplyTable(c, style)),
  ];
}

/** Classes are counted by group: how many the members could close, and how many their law closes. */
function groupTable({ groups, question }: AllianceCoverage, style: PageStyle): string[] {
  const share = percent({ low: question.threshold, high: question.threshold });
  const columns = [
    { title: `classes that reach ${share}%`, wrapFrom: 18 },
    { title: "of", align: "right" as const },
    { title: "could close", align: "right" as const },
    { title: "law", align: "right" as const },
    { title: "+practice", align: "right" as const },
    { title: "controlled", align: "right" as const },
  ];
  const rows = groups.map((g) => [
    cleanText(g.group).replaceAll("-", " "),
    String(g.classes),
    String(g.potential),
    String(g.closed),
    String(g.closedOrPractice),
    String(g.controlled),
  ]);
  return drawTable({ columns, rows }, style);
}

const SUPPLY_SHOWN = 12;

function supplyTable({ selfSupply, question }: AllianceCoverage, style: PageStyle): string[] {
  const columns = [
    { title: "% of world supply", wrapFrom: 18 },
    { title: "members", align: "right" as const },
    { title: "demand", align: "right" as const },
    { title: question.target, align: "right" as const },
    { title: "others who could fill a gap", wrapFrom: 16 },
  ];
  // The classes on which members have least stand first.
  const sorted = [...selfSupply].sort((a, b) => a.members.high - b.members.high || (a.class < b.class ? -1 : 1));
  const shown = style.all ? sorted : sorted.slice(0, SUPPLY_SHOWN);
  const rows = shown.map((s) => [
    cleanText(s.name),
    percent(s.members),
    s.demand === null ? NOT_KNOWN : percent(s.demand),
    percent(s.target),
    s.couldFill
      .slice(0, 3)
      .map((f) => `${f.state} ${percent(f.share)}`)
      .join(", ") || "nobody known",
  ]);
  const rest = sorted.length - shown.length;
  const more =
    rest > 0
      ? [style.colours.dim(`    and ${count(rest, "class", "classes")} of which members have more (--all)`)]
      : [];
  return [...drawTable({ columns, rows }, style), ...more];
}

function pledgeLines(p: PledgeResult, a: AllianceResult, first: boolean, style: PageStyle): string[] {
  const { bold } = style.colours;
  const { done, of } = kept(p);
  const verb = p.kind === "asked" ? "asked" : "pledged";
  const mark = EVIDENCE_MARKS[p.cite.evidence];
  const where = a.groupings.length > 1 ? `, ${p.grouping}` : "";
  return [
    ...(first ? [bold("PLEDGED AGAINST IN FORCE")] : []),
    ...paragraph(
      `${cleanText(p.title)}: ${verb} ${dayWords(p.made)}${mark}${where}; ${done} of ${of} have something in force`,
      style.width,
      " ",
      3,
    ),
    ...deliveryTable(p.states, true, style),
  ];
}

/** `pledge`: what was pledged or asked, with the days after it and a star on states that had not pledged it. */
function deliveryTable(states: readonly Delivery[], pledge: boolean, style: PageStyle): string[] {
  const columns = [
    { title: "state", wrapFrom: 6, most: 16 },
    { title: "in force since", wrapFrom: 9 },
    ...(pledge ? [{ title: "after the pledge", align: "right" as const, wrapFrom: 9 }] : []),
    { title: "rules and instruments", wrapFrom: 18 },
  ];
  const silent = states.filter((d) => d.status === "nothing").map((d) => d.state);
  const free = new Set<string>(pledge ? states.filter((d) => !d.bound).map((d) => d.state) : []);
  const rows = deliveryRows(states).map((r) => [
    r.states
      .split(" ")
      .map((s) => (free.has(s) ? `${s}*` : s))
      .join(" "),
    r.standing,
    ...(pledge ? [r.lag] : []),
    r.items,
  ]);
  return [
    ...(rows.length > 0 ? drawTable({ columns, rows }, style) : []),
    ...(silent.length > 0 ? paragraph(silent.join(" "), style.width, "   nothing on record: ", 5) : []),
  ];
}

function besideLines(a: AllianceResult, style: PageStyle): string[] {
  if (a.besides.length === 0) return [];
  return [style.colours.bold("BESIDES, WITHOUT A PLEDGE ON RECORD"), ...deliveryTable(a.besides, false, style)];
}

function leakLines(a: AllianceResult, style: PageStyle): string[] {
  const c = a.coverage;
  if (!c || c.leakCount === 0) return [];
  const columns = [
    { title: "WHAT LEAKS", wrapFrom: 24, most: 40 },
    { title: "kind" },
    { title: "share", align: "right" as const },
    { title: "smallest change", wrapFrom: 20 },
  ];
  const rows = c.leaks.map((l) => [
    `${l.rank} ${leakName(l, c.question.probe)}, ${stateName(l.state)}`,
    l.kind,
    leakShare(l, c.question.threshold),
    changeWords(l),
  ]);
  const rest = c.leakCount - c.leaks.length;
  const more = rest > 0 ? [style.colours.dim(`    and ${count(rest, "further leak")} of lower rank`)] : [];
  return [...drawTable({ columns, rows }, style), ...more];
}

/** What the page leaves out, what the marks mean, and where it comes from. */
export function endLines(answer: AllianceAnswer, style: PageStyle): string[] {
  const { dim, bold } = style.colours;
  const sources = answer.sources.map((s) => `[${s.id}] ${cleanText(s.producer)}, ${cleanText(s.title)}`);
  return [
    bold("NOT MODELLED"),
    ...answer.notModelled.flatMap((n) => paragraph(n, style.width, " - ")),
    ...paragraph(
      "† known from a secondary source; ‡ inferred, the text was not read; * did it without having pledged it",
      style.width,
      " ",
    ).map(dim),
    ...answer.notices.flatMap((n) => paragraph(n, style.width, " ")),
    ...(style.all
      ? [bold("SOURCES"), ...sources.flatMap((s) => paragraph(s, style.width, " ", 3))]
      : [dim(` ${count(answer.sources.length, "source")} (--all, --json)`)]),
  ];
}
