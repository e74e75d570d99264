import type { Assessment, ClockEntry, Timing } from "../../closure/assessment.ts";
import type { IsoDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import { count, shortDate } from "../format.ts";
import { groupLags, lagWords, stayWords, windowList, windowWords } from "../sentences.ts";
import { type TimeScale, ticks, timeScale } from "../time-scale.ts";
import { EVIDENCE_MARKS, EVIDENCE_WORDS } from "../words.ts";
import { type Html, html } from "./markup.ts";
import type { PageIndex } from "./page-index.ts";

const HEIGHT = 26;
const MIDDLE = HEIGHT / 2;
const TICKS = 9;

/** The time line of the rules; each opens its dates, clauses and sources. Then who came when, what was bought, and what answers it. */
export function clockSection(a: Assessment, index: PageIndex): Html {
  const chart = clockChart(a, a.clock, index, "rule");
  const { timing } = a;
  const answer = timing && timing.counter.clock.length > 0 ? counterMeasures(a, timing, index) : null;
  if (!chart) {
    return html`<section id="clock"><h2>When it bites</h2><p>No dated rule takes part.</p>${answer}</section>`;
  }
  const said = timing ? [...lagWords(timing), ...windowList(timing)].map((s) => html`<p>${s}</p>`) : [];
  return html`<section id="clock"><h2>When it bites</h2>${legend()}
${chart}${said}${timing ? lagTable(timing) : null}${bought(a.window, index)}${answer}</section>`;
}

function clockChart(
  a: Assessment,
  clock: readonly ClockEntry[],
  index: PageIndex,
  prefix: "rule" | "counter",
): Html | null {
  const scale = timeScale(clock, a.question.asOf);
  if (!scale) return null;
  const anchored = new Set<string>();
  const rows = clock.map((entry, i) => {
    const anchor = anchored.has(entry.rule) ? null : `${prefix}-${i + 1}`;
    anchored.add(entry.rule);
    return clockRow(a, entry, anchor, scale, index);
  });
  return html`<div class="chart clock"><div class="row head" aria-hidden="true"><span>rule</span>${axis(scale, a.question.asOf)}<span>in force</span><span class="n">window</span></div>${rows}</div>`;
}

function counterMeasures(a: Assessment, { counter }: Timing, index: PageIndex): Html {
  const name = stateName(a.question.target);
  return html`<h3>In return: rules of ${name} on what leaves it for a member</h3>${clockChart(a, counter.clock, index, "counter")}${bought(counter.window, index)}`;
}

function bought(window: Assessment["window"], index: PageIndex): Html | null {
  if (window === null) return null;
  const { imports } = window;
  const words = windowWords(window, { dash: "–", sources: false }).map((s) => html`<p>${s}</p>`);
  return html`${words}${imports && html`<p>Sources of the purchases: ${index.sourceLinks(imports.sources.join(","))}.</p>`}`;
}

/** Who came when in each group of classes, behind a line that says so. */
function lagTable(timing: Timing): Html | null {
  const groups = groupLags(timing);
  if (groups.length === 0) return null;
  const rows = groups.map((g) => html`<tr><th scope="row">${g.group}</th><td>${g.words}</td></tr>`);
  return html`<details class="more"><summary>Who came when, by group</summary><table><caption>First rules by group of classes</caption><thead><tr><th scope="col">group</th><th scope="col">who came when</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}

function per(position: number): string {
  return `${Math.round(position * 10000) / 100}%`;
}

function axis(scale: TimeScale, asOf: IsoDate): Html {
  const marks = ticks(scale, TICKS).map((t, i) => {
    const at = scale.position(t.date);
    const anchor = at > 0.92 ? "end" : "start";
    return html`<text class="${i % 2 === 0 ? "" : "minor"}" x="${per(at)}" y="30" text-anchor="${anchor}">${t.label}</text>`;
  });
  const at = scale.position(asOf);
  const words = html`<text class="threshold-label" x="${per(at)}" y="12" text-anchor="${at > 0.5 ? "end" : "start"}">asked: ${shortDate(asOf)}</text>`;
  return html`<svg class="axis" width="100%" height="34" aria-hidden="true" focusable="false">${marks}${words}<line class="threshold" x1="${per(at)}" x2="${per(at)}" y1="2" y2="34"/></svg>`;
}

function clockRow(a: Assessment, e: ClockEntry, anchor: string | null, scale: TimeScale, index: PageIndex): Html {
  const mark = EVIDENCE_MARKS[e.evidence];
  const label = html`<span class="label"><b>${e.state}</b> ${e.title}${mark !== "" && html`<abbr title="${EVIDENCE_WORDS[e.evidence]}">${mark}</abbr>`}</span>`;
  return html`<details${anchor !== null && html` id="${anchor}"`}><summary class="row">${label}${timeLine(a, e, scale)}<span data-label="in force">${shortDate(e.inForce)}</span><span class="n" data-label="window">${count(e.windowDays, "day")}</span></summary>${entryEvidence(e, index)}</details>`;
}

function timeLine(a: Assessment, e: ClockEntry, scale: TimeScale): Html {
  const at = (d: IsoDate) => per(scale.position(d));
  const line = (name: string, from: IsoDate, to: string) =>
    html`<line class="${name}" x1="${at(from)}" x2="${to}" y1="${MIDDLE}" y2="${MIDDLE}"/>`;
  const start = [e.firstSign, e.published, e.inForce].filter((d): d is IsoDate => d !== null).sort()[0]!;
  const last = e.lastLawfulDelivery;
  return html`<svg class="bar" width="100%" height="${HEIGHT}" role="img" aria-label="${spoken(e)}"><line class="threshold" x1="${at(a.question.asOf)}" x2="${at(a.question.asOf)}" y1="0" y2="${HEIGHT}"/>${start < e.inForce && line("ahead", start, at(e.inForce))}${last !== undefined && line("old-licences", e.inForce, at(last))}${line("bites", last ?? e.inForce, "100%")}${e.firstSign !== null && mark("first-sign", at(e.firstSign))}${e.published !== null && mark("published", at(e.published))}${last !== undefined && mark("last", at(last))}${mark("in-force", at(e.inForce))}</svg>`;
}

function spoken(e: ClockEntry): string {
  const last = e.lastLawfulDelivery === undefined ? "" : `, last lawful delivery ${shortDate(e.lastLawfulDelivery)}`;
  return `first sign ${shortDate(e.firstSign)}, published ${shortDate(e.published)}, in force ${shortDate(e.inForce)}${last}`;
}

type MarkName = "first-sign" | "published" | "in-force" | "last";

/** A mark at a place on the line; shapes differ without colour. */
function mark(name: MarkName, x: string): Html {
  return html`<svg x="${x}" y="${MIDDLE}" overflow="visible">${shape(name)}</svg>`;
}

function shape(name: MarkName): Html {
  switch (name) {
    case "first-sign":
      return html`<circle class="mark hollow" r="5"/>`;
    case "published":
      return html`<circle class="mark hollow" r="5"/><path class="mark full" d="M0 -5 A5 5 0 0 0 0 5 Z"/>`;
    case "in-force":
      return html`<circle class="mark full" r="6"/>`;
    case "last":
      return html`<path class="mark stroke" d="M0 -8 V8"/>`;
  }
}

function legend(): Html {
  const items: [MarkName, string][] = [
    ["first-sign", "first public sign"],
    ["published", "published"],
    ["in-force", "in force"],
    ["last", "last lawful delivery under old licences"],
  ];
  return html`<ul class="legend">${items.map(([name, words]) => html`<li><svg width="16" height="18" aria-hidden="true" focusable="false"><svg x="8" y="9" overflow="visible">${shape(name)}</svg></svg> ${words}</li>`)}<li>window: first sign to last lawful delivery</li></ul>`;
}

function entryEvidence(e: ClockEntry, index: PageIndex): Html {
  const clauses = index
    .clauses(e.rule)
    .map((c) => html`<li>${c.act}, ${c.at}: ${EVIDENCE_WORDS[c.evidence]} ${index.sourceLinks(c.source)}</li>`);
  const rows: [string, Html][] = [
    ["rule", html`<span class="id">${e.rule}</span>, ${stateName(e.state)}`],
    [
      "first sign",
      html`${shortDate(e.firstSign)}${e.firstSignSource !== null && html` ${index.sourceLinks(e.firstSignSource)}`}`,
    ],
    ["published", html`${shortDate(e.published)}`],
    ["in force", html`${shortDate(e.inForce)}, ${count(e.lagDays, "day")} after the first rule here`],
    [
      "last lawful delivery",
      e.lastLawfulDelivery === undefined
        ? html`the day it came into force; no later one is known`
        : html`${shortDate(e.lastLawfulDelivery)}${e.lastLawfulDeliverySource !== undefined && html` ${index.sourceLinks(e.lastLawfulDeliverySource)}`}`,
    ],
    ...(e.stays ?? []).map((s): [string, Html] => [
      "not enforced",
      html`${stayWords(s)} ${index.sourceLinks(s.source)}`,
    ]),
    ["how the text is known", html`${EVIDENCE_WORDS[e.evidence]}`],
    ["clauses met here", clauses.length > 0 ? html`<ul>${clauses}</ul>` : html`none of the rows of this page`],
  ];
  return html`<div class="evidence"><dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></div>`;
}
