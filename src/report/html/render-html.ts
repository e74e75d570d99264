import { createHash } from "node:crypto";
import type { Answer, Assessment } from "../../closure/assessment.ts";
import { longDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import { percentText } from "../format.ts";
import { answerWord, memberWords, missingPacks, requirementWords, subjectWords } from "../words.ts";
import { classSection, supplierSection } from "./class-section.ts";
import { clockSection } from "./clock-section.ts";
import { chartDefinitions, shareBar } from "./coverage-chart.ts";
import { limitsSection, sourceSection } from "./end-sections.ts";
import { leakSection } from "./leak-section.ts";
import { type Html, html, type Part, prose, rawMarkup, writeMarkup } from "./markup.ts";
import { goalSection, nextSection, selfSupplySection } from "./member-sections.ts";
import { indexPage, type PageIndex } from "./page-index.ts";
import { STYLE } from "./style.ts";

/**
 * The assessment as one HTML file: no script, no request, its style allowed by its hash alone. The same bytes for the same
 * result.
 */
export function renderHtml(a: Assessment): string {
  const index = indexPage(a);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${a.question.title} – Entente</title>
<style>${rawMarkup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#answer">To the answer</a>
${chartDefinitions()}
${header(a)}
<main>
${answerSection(a)}
${findings(a, index)}
${limitsSection(a)}
${sourceSection(a, index)}
</main>
</body>
</html>
`;
  return writeMarkup(page);
}

/** What was found, in the order of the question: law and leaks, or members' own supply and who supplies. */
function findings(a: Assessment, index: PageIndex): readonly Part[] {
  const members = [nextSection(a, index), goalSection(a, index)];
  const supply = selfSupplySection(a, index);
  if (a.question.asks === "self-supply") return [supply, supplierSection(a, index), ...members];
  return [classSection(a, index), leakSection(a, index), clockSection(a, index), ...members, supply];
}

function policy(): string {
  const hash = createHash("sha256").update(STYLE, "utf8").digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function header(a: Assessment): Html {
  const q = a.question;
  const closure = q.asks === "closure";
  const facts: [string, string][] = [
    ["what", subjectWords(q, " to ")],
    ["members", memberWords(q, ", ", stateName)],
    ["date", longDate(q.asOf)],
    ...(closure ? [["end user", q.probeTitle] as [string, string]] : []),
    [closure ? "closed means" : "supplied means", requirementWords(q)],
  ];
  const links: [string, string, boolean][] = [
    ["self-supply", "Self-supply", !closure && a.selfSupply.length > 0],
    ["classes", closure ? "Classes" : "Suppliers", true],
    ["leaks", "What leaks", closure],
    ["clock", "When it bites", closure],
    ["next", "Who next", true],
    ["goals", "Goals", a.goals.length > 0],
    ["self-supply", "Self-supply", closure && a.selfSupply.length > 0],
    ["limits", "Not modelled", true],
    ["sources", "Sources", true],
  ];
  return html`<header><p class="eyebrow">Entente</p><h1>${q.title}</h1><dl class="question">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl><nav aria-label="Sections"><ul>${links.filter(([, , shown]) => shown).map(([id, words]) => html`<li><a href="#${id}">${words}</a></li>`)}</ul></nav></header>`;
}

function answerSection(a: Assessment): Html {
  const [first, ...rest] = a.answer.because;
  const notes = [
    ...a.question.adopt.map((x) => `${stateName(x.state)} is taken to adopt ${x.rule}.`),
    ...missingPacks(a),
  ];
  return html`<section id="answer" class="answer ${a.answer.verdict}"><h2><span class="hidden">Answer: </span>${answerWord(a)}</h2>${first !== undefined && html`<p class="lead">${prose(first)}</p>`}${rest.map((s) => html`<p>${prose(s)}</p>`)}${notes.map((n) => html`<p class="quiet">${n}</p>`)}${a.question.asks === "closure" && reachFigures(a, a.answer.reach)}</section>`;
}

function reachFigures(a: Assessment, r: Answer["reach"]): Html {
  const share = percentText({ low: a.question.threshold, high: a.question.threshold });
  const figures: [string, number][] = [
    ["closed by law", r.closed],
    ["counting refused licences", r.closedOrPractice],
    ["counting every licence", r.controlled],
    ["members could close", r.potential],
  ];
  const part = (n: number) => ({ low: r.leaves === 0 ? 0 : n / r.leaves, high: r.leaves === 0 ? 0 : n / r.leaves });
  return html`<dl class="figures">${figures.map(([words, n]) => html`<div><dt>${words}</dt><dd><a href="#classes"><b>${n}</b> of ${r.leaves}</a>${shareBar(part(n))}</dd></div>`)}</dl><p class="quiet">Classes that reach ${share} of the supply outside ${stateName(a.question.target)} at their low bound.</p>`;
}
