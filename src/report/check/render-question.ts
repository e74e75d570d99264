import pc from "picocolors";
import { longDate } from "../../domain/dates.ts";
import type { NextQuestion } from "../../law/next-question.ts";
import { cleanText } from "../clean-text.ts";
import { drawTable } from "../terminal/table.ts";
import { paragraph } from "../terminal/text-layout.ts";
import { verdictWords } from "./check-words.ts";
import type { CheckPageOptions } from "./render-check.ts";

/** The next question as a page for a terminal, ending in a line break. */
export function renderQuestion(q: NextQuestion, options: CheckPageOptions): string {
  const style = { width: Math.max(50, options.width), colours: pc.createColors(options.colour), all: true };
  const head = [
    `${style.colours.bold(cleanText(q.id))}  by the law of ${longDate(q.asOf)}`,
    ...paragraph(verdictWords(q.verdict, undefined), style.width),
    "",
  ];
  if (q.ask === null) return [...head, "No further fact can change this verdict.", ""].join("\n");
  const { fact, doc, leadsTo } = q.ask;
  const tables = leadsTo.flatMap(({ regime, answers }) => [
    "",
    ...drawTable(
      {
        columns: [{ title: `answer`, wrapFrom: 16 }, { title: `then ${regime} says`, wrapFrom: 20 }, { title: "" }],
        rows: answers.map((a) => [a.answer, verdictWords(a.verdict, a.policy), a.settled ? "settled" : "more to ask"]),
      },
      style,
    ),
  ]);
  return [
    ...head,
    ...paragraph(`${style.colours.bold(fact)}  ${expected(q.ask)}`, style.width, "next to find out: "),
    ...paragraph(doc, style.width, "  "),
    ...tables,
    "",
  ].join("\n");
}

function expected({ type, values, unit }: NonNullable<NextQuestion["ask"]>): string {
  if (values) return `${type === "set" ? "any of" : "one of"} ${values.join(", ")}`;
  if (type === "quantity") return `a number of ${unit ?? "count"}`;
  if (type === "date") return "a day, YYYY-MM-DD, or never";
  if (type === "boolean") return "true or false";
  return type === "set" ? "any set of codes" : `a ${type}`;
}
