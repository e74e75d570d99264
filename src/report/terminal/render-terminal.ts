import pc from "picocolors";
import type { Assessment } from "../../closure/assessment.ts";
import { longDate } from "../../domain/dates.ts";
import { cleanText } from "../clean-text.ts";
import { answerWord, memberWords, missingPacks, subjectWords } from "../words.ts";
import { drawClasses } from "./class-bars.ts";
import { drawClock } from "./clock-lines.ts";
import { drawGoals, drawSelfSupply } from "./goal-lines.ts";
import { drawLeaks } from "./leak-table.ts";
import { drawMinimum, drawNext } from "./member-tables.ts";
import type { PageStyle } from "./page-style.ts";
import { flow, paragraph } from "./text-layout.ts";

export interface TerminalOptions {
  /** Columns of the terminal; the page uses 50 to 120. */
  readonly width: number;
  readonly colour: boolean;
  /** Every row and leak, nothing folded, with reasons. */
  readonly all?: boolean;
}

const LEAST = 50;
const MOST = 120;

/** The assessment as a page for a terminal, ending in a line break; the same bytes for the same result and options. */
export function renderTerminal(a: Assessment, { width, colour, all = false }: TerminalOptions): string {
  const style: PageStyle = { width: Math.min(MOST, Math.max(LEAST, width)), colours: pc.createColors(colour), all };
  const sections = [drawHeader(a, style), drawAnswer(a, style), ...drawFindings(a, style), drawEnd(a, style)];
  return `${sections
    .filter((s) => s.length > 0)
    .map((s) => s.join("\n"))
    .join("\n\n")}\n`;
}

/** What was found, in the order of the question: law and leaks, or members' own supply. */
function drawFindings(a: Assessment, style: PageStyle): string[][] {
  const closure = [drawClasses(a, style), drawLeaks(a, style), drawClock(a, style)];
  const members = [drawNext(a, style), drawMinimum(a, style), drawGoals(a, style)];
  const supply = drawSelfSupply(a, style);
  return a.question.asks === "self-supply" ? [supply, ...members] : [...closure, ...members, supply];
}

function drawHeader(a: Assessment, style: PageStyle): string[] {
  const q = a.question;
  const parts = [
    subjectWords(q, " -> "),
    memberWords(q, " "),
    longDate(q.asOf),
    ...(q.asks === "closure" ? [`end user: ${cleanText(q.probeTitle)}`] : []),
  ];
  const [first, ...rest] = flow(["Entente", ...parts], style.width, { gap: 3 });
  return [style.colours.bold(first!), ...rest];
}

function drawAnswer(a: Assessment, style: PageStyle): string[] {
  const { bold, dim } = style.colours;
  const verdict = `${answerWord(a).toUpperCase()}.`;
  const because = a.answer.because.map(cleanText).join(" ");
  const [first, ...rest] = paragraph(`${verdict} ${because}`, style.width);
  const adopted = a.question.adopt.map((x) => `${x.state} is taken to adopt ${cleanText(x.rule)}.`);
  return [
    bold(first!.slice(0, verdict.length)) + first!.slice(verdict.length),
    ...rest,
    ...[...adopted, ...missingPacks(a)].flatMap((s) => paragraph(s, style.width)).map(dim),
  ];
}

function drawEnd(a: Assessment, style: PageStyle): string[] {
  const { bold, dim } = style.colours;
  const texts = (list: readonly string[]) => list.map(cleanText).filter((t) => t !== "");
  const labelled = (label: string, list: readonly string[]) =>
    list.length === 0 ? [] : paragraph(`${label} ${texts(list).join("; ")}.`, style.width, "", 1);
  const notModelled = labelled("NOT MODELLED:", a.notModelled).map((l) =>
    l.replace("NOT MODELLED:", bold("NOT MODELLED:")),
  );
  const assumed = labelled("TAKEN AS GIVEN:", a.assumptions).map((l) =>
    l.replace("TAKEN AS GIVEN:", bold("TAKEN AS GIVEN:")),
  );
  const notices = texts(a.notices).flatMap((n) => paragraph(n, style.width));
  const { rules, data, engine } = a.digest;
  const digest = `digest: rules ${rules.slice(0, 12)}, data ${data.slice(0, 12)}, engine ${engine.slice(0, 12)}`;
  return [
    ...notModelled,
    ...assumed,
    `Sources: ${a.sources.length}.`,
    ...notices,
    ...paragraph(digest, style.width).map(dim),
  ];
}
