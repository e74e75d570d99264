import type { Assessment, ClassRow } from "../../closure/assessment.ts";
import {
  type Fold,
  foldWords,
  isFold,
  type PageRow,
  periodCounts,
  rankRange,
  reachOf,
  rowGroups,
  rowsOfLine,
} from "../class-rows.ts";
import { cleanText } from "../clean-text.ts";
import { count, NOT_KNOWN, percent, reaches } from "../format.ts";
import { EVIDENCE_MARKS, PERIOD_FIT_WORDS } from "../words.ts";
import { FILLS, paintBar } from "./coverage-bar.ts";
import type { PageStyle } from "./page-style.ts";
import { flow, pad, paragraph, wrap } from "./text-layout.ts";

const NUMBERS = [
  { part: "closed", title: "law", width: 7 },
  { part: "closedOrPractice", title: "+practice", width: 10 },
  { part: "controlled", title: "controlled", width: 11 },
] as const;
const LEAK_WIDTH = 9;
const LABEL_LEAST = 21;
const LABEL_MOST = 42;
const BAR_LEAST = 20;
const BAR_MOST = 50;

/** Columns of the bars on a page of some width. */
interface BarLayout {
  readonly label: number;
  readonly bar: number;
  readonly numbers: readonly (typeof NUMBERS)[number][];
  readonly leak: boolean;
}

/** What fits: columns drop from the right until a label and a bar have their least width, and these two share the rest. */
function layoutFor(width: number): BarLayout {
  const least = LABEL_LEAST + 1 + BAR_LEAST;
  let numbers: BarLayout["numbers"] = NUMBERS;
  let leak = true;
  const taken = () => numbers.reduce((sum, n) => sum + n.width, 0) + (leak ? LEAK_WIDTH : 0);
  while (least + taken() > width && (leak || numbers.length > 0)) {
    if (leak) leak = false;
    else numbers = numbers.slice(0, -1);
  }
  const free = Math.max(0, width - taken() - least);
  const bar = Math.min(BAR_MOST, BAR_LEAST + Math.round(free * 0.4));
  const label = Math.min(LABEL_MOST, width - taken() - 1 - bar);
  return { label, bar, numbers, leak };
}

/** The classes with their bars, grouped, then the legend and what the reader must know of the figures. */
export function drawClasses(a: Assessment, style: PageStyle): string[] {
  const layout = layoutFor(style.width);
  const { bold } = style.colours;
  const groups = rowGroups(a, { fold: !style.all });
  const lines = [axis(layout, style)];
  for (const { group, lines: rows } of groups) {
    lines.push(bold(cleanText(group).replaceAll("-", " ").toUpperCase()));
    for (const r of rows) lines.push(...(isFold(r) ? drawFold(a, r, layout, style) : drawRow(a, r, layout, style)));
  }
  return [
    ...lines,
    ...legend(
      a,
      groups.flatMap((g) => g.lines.flatMap(rowsOfLine)),
      style,
    ),
  ];
}

function axis({ label, bar, numbers, leak }: BarLayout, { colours }: PageStyle): string {
  const marks = Array<string>(bar + 4).fill(" ");
  for (const mark of bar >= 28 ? [0, 25, 50, 75, 100] : [0, 50, 100]) {
    const text = `${mark}%`;
    const end = mark === 100 ? bar : Math.round((bar * mark) / 100);
    const start = mark === 0 ? 0 : mark === 100 ? end - text.length : end - 1;
    for (const [i, ch] of [...text].entries()) marks[start + i] = ch;
  }
  const heads = numbers.map((n) => pad(n.title, n.width, "right")).join("");
  return colours.dim(`${" ".repeat(label + 1)}${marks.join("").slice(0, bar)}${heads}${leak ? "   leak" : ""}`);
}

function drawRow(a: Assessment, { row, of, evidence }: PageRow, layout: BarLayout, style: PageStyle): string[] {
  const mark = evidence ? EVIDENCE_MARKS[evidence] : "";
  const labels = wrap(`${cleanText(row.label)}${mark}`, layout.label - 1);
  const bar = paintBar(row.coverage, row.members, layout.bar, style.colours);
  const numbers = of.periodFit === "none" ? unknownCells(layout) : numberCells(a, row, layout, style);
  const leak = layout.leak && row.leak !== undefined ? leakMark([row.leak]) : "";
  const first = ` ${pad(labels[0]!, layout.label - 1)} ${bar}${numbers}${leak}`;
  return [first.trimEnd(), ...labels.slice(1).map((l) => `   ${l}`)];
}

function numberCells(
  a: Assessment,
  { coverage }: Pick<ClassRow, "coverage">,
  { numbers }: BarLayout,
  style: PageStyle,
): string {
  return numbers
    .map(({ part, width }) => {
      const text = pad(percent(coverage[part], { threshold: a.question.threshold }), width, "right");
      return reaches(coverage[part].low, a.question.threshold) ? style.colours.bold(text) : text;
    })
    .join("");
}

/** `not known` over the columns of numbers; `?` where they are too narrow for it. */
function unknownCells({ numbers }: BarLayout): string {
  const room = numbers.reduce((sum, n) => sum + n.width, 0);
  return room === 0 ? "" : pad(room > NOT_KNOWN.length + 1 ? `  ${NOT_KNOWN}` : pad("?", room, "right"), room);
}

/** One line for rows that are alike, and their names below it. */
function drawFold(a: Assessment, fold: Fold, layout: BarLayout, style: PageStyle): string[] {
  const words = foldWords(fold);
  const mark = fold.evidence ? EVIDENCE_MARKS[fold.evidence] : "";
  const labels = wrap(`${cleanText(words.label)}${mark}`, layout.label - 1);
  const bar = paintBar(fold.coverage, fold.members, layout.bar, style.colours);
  const leak = layout.leak && fold.leaks.length > 0 ? leakMark(fold.leaks) : "";
  const first = ` ${pad(labels[0]!, layout.label - 1)} ${bar}${numberCells(a, fold, layout, style)}${leak}`;
  const names = words.names.map(cleanText).join("; ");
  return [
    first.trimEnd(),
    ...labels.slice(1).map((l) => `   ${l}`),
    ...paragraph(names, style.width, "   ").map((l) => style.colours.dim(l)),
  ];
}

/** `<- 3`, `<- 12-17`; more than the column holds is cut with a sign. */
function leakMark(leaks: readonly number[]): string {
  const text = `  <- ${rankRange(leaks)}`;
  if (text.length <= LEAK_WIDTH) return text;
  const tight = ` <-${rankRange(leaks)}`;
  return tight.length <= LEAK_WIDTH ? tight : `  <- ${leaks[0]}..`;
}

const FILL_WORDS = [
  `${FILLS.closed} closed by law`,
  `${FILLS.practice} closed in practice`,
  `${FILLS.licence} licence`,
  `${FILLS.open} member, open`,
  `${FILLS.outside} not a member`,
  `${FILLS.range} only at the high bound`,
];

function legend(a: Assessment, rows: readonly PageRow[], style: PageStyle): string[] {
  const { dim } = style.colours;
  const target = a.question.target;
  const fills = flow(FILL_WORDS, style.width, { indent: " " });
  const notes = [`Shares of the supply outside ${target}, in per cent; low-high where they are not exact.`];
  if (rows.some((r) => r.row.splitUnknown)) {
    notes.push("A wide range: rules reach only some variants and their split is unknown, or a fact is missing.");
  }
  const marked = new Set(rows.map((r) => r.evidence));
  const marks = [
    marked.has("secondary") ? `${EVIDENCE_MARKS.secondary} the rule is known from a secondary source` : "",
    marked.has("inferred") ? `${EVIDENCE_MARKS.inferred} the rule is inferred, its text was not read` : "",
  ].filter((m) => m !== "");
  if (marks.length > 0) notes.push(`${marks.join("; ")}.`);
  notes.push(`Shares: ${periodCounts(a).map(periodWords).join("; ")}.`);
  notes.push(...a.question.beside.flatMap((probe) => besideWords(a, probe)));
  return [...fills, ...notes.flatMap((n) => paragraph(n, style.width, " "))].map(dim);
}

function periodWords({ period, fit, classes }: ReturnType<typeof periodCounts>[number]): string {
  const many = count(classes, "class", "classes");
  return fit === "none" ? `${many} ${NOT_KNOWN}` : `${many} ${cleanText(period)} (${PERIOD_FIT_WORDS[fit]})`;
}

/** What the probe beside the headline one reaches, in a sentence. */
function besideWords(a: Assessment, probe: string): string[] {
  const reach = reachOf(a, probe);
  if (!reach) return [];
  const share = percent({ low: a.question.threshold, high: a.question.threshold });
  return [
    `Beside it, ${cleanText(probe)}: ${reach.closed} of ${a.answer.reach.leaves} classes reach ${share}% by law, ${reach.closedOrPractice} with practice, ${reach.controlled} controlled.`,
  ];
}
