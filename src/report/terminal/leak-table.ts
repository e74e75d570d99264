import type { Assessment, Leak } from "../../closure/assessment.ts";
import { stateName } from "../../domain/states.ts";
import { count, money, NOT_KNOWN } from "../format.ts";
import { changeNotes, changeWords, leakName, leakShare, TRIED_NOTE } from "../sentences.ts";
import type { PageStyle } from "./page-style.ts";
import { drawTable, layTable } from "./table.ts";
import { paragraph } from "./text-layout.ts";

const SHOWN = 10;
/** Below it the change stands under each leak instead of in a column. */
const COLUMN_FROM = 92;

/** The leaks by rank: what and whose, kind, share, sales, and the smallest change that closes it. */
export function drawLeaks(a: Assessment, style: PageStyle): string[] {
  const { bold, dim } = style.colours;
  if (a.leaks.length === 0) return [bold("WHAT LEAKS"), " Nothing was found open or weaker than asked."];
  const shown = style.all ? a.leaks : a.leaks.slice(0, SHOWN);
  const rest = a.leaks.length - shown.length;
  const tried = shown.some((l) => l.mend !== null) ? paragraph(TRIED_NOTE, style.width, " ").map(dim) : [];
  const more = [...(rest > 0 ? [dim(`    and ${count(rest, "further leak")} of lower rank (--all)`)] : []), ...tried];
  if (style.all || style.width < COLUMN_FROM) return [...eachInFull(a, shown, style), ...more];
  const columns = [
    { title: "WHAT LEAKS", wrapFrom: 24, most: 34 },
    { title: "kind" },
    { title: "share", align: "right" as const },
    { title: `sold to ${stateName(a.question.target)}`, wrapFrom: 13, most: 20 },
    { title: "smallest change", wrapFrom: 20 },
  ];
  return [...drawTable({ columns, rows: shown.map((l) => [...cells(a, l), changeWords(l)]) }, style), ...more];
}

function eachInFull(a: Assessment, leaks: readonly Leak[], style: PageStyle): string[] {
  const { dim } = style.colours;
  const columns = [
    { title: "WHAT LEAKS", wrapFrom: 20, most: 52 },
    { title: "kind" },
    { title: "share", align: "right" as const },
    { title: `sold to ${stateName(a.question.target)}`, wrapFrom: 12, most: 20 },
  ];
  const { head, body } = layTable({ columns, rows: leaks.map((l) => cells(a, l)) }, style);
  const below = (l: Leak) => [
    ...(style.all ? paragraph(l.because, style.width, "   because: ") : []),
    ...paragraph([changeWords(l), ...changeNotes(l)].join("; "), style.width, "   smallest change: "),
  ];
  return [...head, ...leaks.flatMap((l, i) => [...body[i]!, ...below(l).map(dim)])];
}

function cells(a: Assessment, l: Leak): string[] {
  const trade = l.size.tradeUsd;
  return [
    `${l.rank} ${leakName(l, a.question.probe)}, ${stateName(l.state)}`,
    l.kind,
    leakShare(l, a.question.threshold),
    trade ? `${money(trade.value)} ${trade.period}` : NOT_KNOWN,
  ];
}
