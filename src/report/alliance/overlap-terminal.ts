import type {
  Absence,
  AbsenceLoss,
  AllianceAnswer,
  AllianceResult,
  OverlapRow,
} from "../../coalition/alliance-result.ts";
import { longDate } from "../../domain/dates.ts";
import { type State, stateName } from "../../domain/states.ts";
import { cleanText } from "../clean-text.ts";
import { count, percent } from "../format.ts";
import type { PageStyle } from "../terminal/page-style.ts";
import { drawTable } from "../terminal/table.ts";
import { flow, pad, paragraph } from "../terminal/text-layout.ts";
import { type AllianceStyle, endLines, joinSections, pageStyle } from "./alliance-terminal.ts";
import { ABSENCE_MEANS, keptInAll, ROLE_MARKS, roleMark } from "./alliance-words.ts";

/** A state that is in fewer alliances is counted and not shown, unless every row is asked for. */
const MEMBERSHIPS_SHOWN = 3;
const ABSENT_SHOWN = 8;
const CELL = 4;
const NAME = 26;
/** Steps and classes are counted; so many are named. */
const NAMED = 3;

/** Every alliance on a line. */
export function renderAllianceList(answer: AllianceAnswer, options: AllianceStyle): string {
  const style = pageStyle(options);
  const columns = [
    { title: "ALLIANCE" },
    { title: "what for", wrapFrom: 20 },
    { title: "states", align: "right" as const },
    { title: "pledges", align: "right" as const },
    { title: "in force", align: "right" as const },
    { title: "members", wrapFrom: 16, most: 34 },
  ];
  const rows = answer.alliances.map((a) => {
    const { done, of } = keptInAll(a);
    return [
      a.id,
      cleanText(a.title),
      String(statesOf(a)),
      String(a.pledges.length),
      `${done} of ${of}`,
      memberWords(a),
    ];
  });
  return joinSections([
    headLines(answer, "alliances", style),
    drawTable({ columns, rows }, style),
    [
      ...paragraph(
        "in force: over all pledges, how many of the states that made them or were asked have something in force; states: all that hold a seat on the day",
        style.width,
        " ",
      ),
      ...paragraph(
        "one in full: entente alliance NAME; beside each other: entente alliance --overlap",
        style.width,
        " ",
      ),
    ].map(style.colours.dim),
  ]);
}

const MEMBERS_SHOWN = 8;

function memberWords(a: AllianceResult): string {
  if (a.members.length <= MEMBERS_SHOWN) return a.members.join(" ") || "nobody on that day";
  return `${a.members.slice(0, MEMBERS_SHOWN).join(" ")} and ${a.members.length - MEMBERS_SHOWN} more`;
}

function statesOf(a: AllianceResult): number {
  return new Set(a.groupings.flatMap((g) => g.seats.filter((s) => s.status === "held").map((s) => s.state))).size;
}

function headLines(answer: AllianceAnswer, what: string, style: PageStyle): string[] {
  const head = flow(["Entente", what, longDate(answer.asOf)], style.width, { gap: 3 });
  return [style.colours.bold(head[0]!), ...head.slice(1)];
}

/** Several alliances beside each other: who is in what, and whose absence costs most. */
export function renderOverlapTerminal(
  answer: AllianceAnswer,
  options: AllianceStyle & { readonly states: readonly State[] },
): string {
  const style = pageStyle(options);
  const { rows, absence, unmeasured } = answer.overlap!;
  const wanted = options.states;
  const shown = rows.filter((r) =>
    wanted.length > 0 ? wanted.includes(r.state) : style.all || seatsOf(r) >= leastShown(answer),
  );
  const asked = absence.filter((a) => wanted.length === 0 || wanted.includes(a.state));
  const costly = style.all || wanted.length > 0 ? asked : asked.filter(costs).slice(0, ABSENT_SHOWN);
  return joinSections([
    headLines(answer, "alliances beside each other", style),
    [
      style.colours.bold("WHO IS IN WHAT"),
      ...matrixLines(answer.alliances, shown, style),
      ...restLines(rows.length - shown.length, wanted, style),
    ],
    absenceLines(costly, asked.length - costly.length, unmeasured, style),
    endLines(answer, style),
  ]);
}

function seatsOf(r: OverlapRow): number {
  return Object.values(r.roles).filter((x) => x.member).length;
}

function leastShown(answer: AllianceAnswer): number {
  return Math.min(MEMBERSHIPS_SHOWN, Math.max(1, answer.alliances.length - 1));
}

function restLines(rest: number, wanted: readonly State[], style: PageStyle): string[] {
  if (rest === 0 || wanted.length > 0) return [];
  return [style.colours.dim(`    and ${count(rest, "state")} in fewer of them (--all, --states)`)];
}

function matrixLines(alliances: readonly AllianceResult[], rows: readonly OverlapRow[], style: PageStyle): string[] {
  const { dim } = style.colours;
  const most = Math.max(1, Math.floor((style.width - NAME - 4) / CELL));
  const banks = Array.from({ length: Math.ceil(alliances.length / most) }, (_, i) =>
    alliances.slice(i * most, (i + 1) * most),
  );
  const legend = flow(
    alliances.map((a, i) => `${i + 1} ${a.id}`),
    style.width,
    { gap: 3, indent: " " },
  );
  const lines = banks.flatMap((bank, k) => {
    const number = (i: number) => pad(String(k * most + i + 1), CELL, "right");
    return [
      dim(`${" ".repeat(NAME)}${bank.map((_, i) => number(i)).join("")}  in`),
      ...rows.map((r) => {
        const marks = bank.map((a) => pad(roleMark(r.roles[a.id]), CELL, "right")).join("");
        return `${pad(` ${r.state} ${stateName(r.state).slice(0, NAME - 7)}`, NAME)}${marks}${pad(String(r.memberships), 4, "right")}`;
      }),
    ];
  });
  return [
    ...legend,
    ...lines,
    ...flow(
      ROLE_MARKS.map(([mark, words]) => `${mark} ${words}`),
      style.width,
      { indent: " " },
    ).map(dim),
  ];
}

function costs(a: Absence): boolean {
  return a.classesLost > 0 || a.stepsLost > 0 || a.losses.some((l) => l.largest !== null);
}

function absenceLines(
  absence: readonly Absence[],
  rest: number,
  unmeasured: readonly string[],
  style: PageStyle,
): string[] {
  const { bold, dim } = style.colours;
  const without =
    unmeasured.length === 0 ? [] : paragraph(`not measured: ${unmeasured.join(", ")}`, style.width, " ", 3);
  if (absence.length === 0) return [bold("WHOSE ABSENCE COSTS MOST"), ...without];
  return [
    bold("WHOSE ABSENCE COSTS MOST"),
    ...paragraph(ABSENCE_MEANS, style.width, " ").map(dim),
    ...absence.flatMap((a) => absentState(a, style)),
    ...(rest > 0 ? [dim(`    and ${count(rest, "state")} whose absence costs less (--all, --states)`)] : []),
    ...without.map(dim),
  ];
}

function absentState(a: Absence, style: PageStyle): string[] {
  const head = `${a.state} ${stateName(a.state)}: ${count(a.classesLost, "class", "classes")} fewer, ${count(a.stepsLost, "goal step")} fewer`;
  const losses = a.losses.filter((l) => l.groups.length > 0 || l.steps.length > 0 || l.largest !== null);
  return [
    style.colours.bold(` ${head}`),
    ...losses.flatMap((l) => paragraph(lossWords(l, style), style.width, "   ", 5)),
  ];
}

function lossWords(l: AbsenceLoss, style: PageStyle): string {
  const groups = l.groups.map((g) => `${cleanText(g.group).replaceAll("-", " ")} ${g.before} -> ${g.after}`);
  const goals = [...new Set(l.steps.map((s) => s.goal))].map((goal) => {
    const own = l.steps.filter((s) => s.goal === goal);
    return `${goal} no longer by ${stepWords(
      own.map((s) => cleanText(s.step)),
      style,
    )}${own.some((s) => s.last) ? ", which leaves no step that closes" : ""}`;
  });
  const largest = l.largest ? [`largest share ${percent(l.largest.share)}% of ${cleanText(l.largest.name)}`] : [];
  const words = [...(groups.length > 0 ? [groups.join(", ")] : []), ...goals, ...largest];
  return `${l.alliance} (without ${l.target}): ${words.join("; ")}`;
}

function stepWords(steps: readonly string[], style: PageStyle): string {
  if (style.all || steps.length <= NAMED + 1) return steps.join(", ");
  return `${steps.slice(0, NAMED).join(", ")} and ${count(steps.length - NAMED, "more step")}`;
}
