import { createHash } from "node:crypto";
import type { Delivery, PledgeResult } from "../../coalition/alliance-delivery.ts";
import type {
  Absence,
  AllianceAnswer,
  AllianceCoverage,
  AllianceResult,
  GroupingResult,
  HeldRole,
} from "../../coalition/alliance-result.ts";
import { longDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import { NOT_KNOWN, percent } from "../format.ts";
import { httpsUrl } from "../html/end-sections.ts";
import { type Html, html, joinParts, type Part, prose, rawMarkup, writeMarkup } from "../html/markup.ts";
import { STYLE } from "../html/style.ts";
import { changeWords, leakName, leakShare } from "../sentences.ts";
import { EVIDENCE_WORDS, requirementWords, VERDICT_WORDS } from "../words.ts";
import {
  ABSENCE_MEANS,
  dayWords,
  deliveryRows,
  FORM_WORDS,
  kept,
  ROLE_MARKS,
  roleMark,
  seatLines,
} from "./alliance-words.ts";

/** Alliances as one HTML file, in full or beside each other: no script, no request, the same bytes for the same result. */
export function renderAllianceHtml(answer: AllianceAnswer): string {
  const hash = createHash("sha256").update(STYLE, "utf8").digest("base64");
  const [only] = answer.alliances;
  const title =
    answer.alliances.length === 1 ? only!.title : answer.overlap ? "Alliances beside each other" : "Alliances";
  return writeMarkup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}, ${longDate(answer.asOf)} – Entente</title>
<style>${rawMarkup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">To the alliance</a>
<header><p class="eyebrow">Entente</p><h1>${title}</h1><p class="quiet">${longDate(answer.asOf)}</p></header>
<main id="main">
${answer.overlap ? overlapSections(answer) : answer.alliances.map(allianceSections)}
<section id="limits"><h2>Not modelled</h2><ul class="plain">${answer.notModelled.map((n) => html`<li>${n}</li>`)}</ul></section>
${sourceSection(answer)}
</main>
</body>
</html>
`);
}

function table(heads: readonly string[], rows: readonly (readonly Part[])[]): Html {
  return html`<div class="scroll"><table class="stack"><thead><tr>${heads.map((h) => html`<th scope="col">${h}</th>`)}</tr></thead><tbody>${rows.map((r) => html`<tr>${r.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td data-label="${heads[i]!}">${cell}</td>`))}</tr>`)}</tbody></table></div>`;
}

function source(id: string): Html {
  return html`<a class="source" href="#source-${id}">[${id}]</a>`;
}

function allianceSections(a: AllianceResult): Html {
  const { words, cite, unmeasured } = a.objective;
  return html`<section class="answer"><h2>${a.id}</h2><p class="lead">${a.summary}</p><p>Objective: ${words}. ${source(cite.source)} <small>${EVIDENCE_WORDS[cite.evidence]}</small></p>${unmeasured !== null && html`<p class="quiet">Not measured: ${unmeasured}.</p>`}</section>
<section><h2>Who</h2><p>Members, by ${a.counts.join(" and ")}: ${a.members.join(" ") || "nobody on that day"}</p>${a.groupings.map(groupingPart)}</section>
${a.coverage && coverageSection(a.coverage)}
${a.pledges.length > 0 && html`<section><h2>Pledged against in force</h2>${a.pledges.map(pledgePart)}</section>`}
${a.besides.length > 0 && html`<section><h2>Besides, without a pledge on record</h2>${deliveryTable(a.besides, false)}</section>`}`;
}

function groupingPart(g: GroupingResult): Html {
  const lines = seatLines(g).map(
    (l) => html`<li>${l.label}${l.states.length > 0 && html`: ${l.states.join(" ")}`}</li>`,
  );
  const until = g.until === null ? "" : `, until ${dayWords(g.until)}`;
  return html`<h3>${g.title}</h3><p class="quiet">${FORM_WORDS[g.form]}, ${dayWords(g.since)}${until} ${source(g.cite.source)} ${g.cite.at} <small>${EVIDENCE_WORDS[g.cite.evidence]}</small></p><ul class="plain">${lines}</ul>${g.note !== null && html`<p class="quiet">${g.note}</p>`}`;
}

function coverageSection(c: AllianceCoverage): Html {
  const closure = c.question.asks === "closure";
  const share = percent({ low: c.question.threshold, high: c.question.threshold });
  const groups = table(
    [`classes that reach ${share}%`, "of", "could close", "by law", "with practice", "controlled"],
    c.groups.map((g) => [g.group, g.classes, g.potential, g.closed, g.closedOrPractice, g.controlled]),
  );
  const supply = table(
    ["part of world supply, %", "members", "demand", c.question.target],
    c.selfSupply.map((s) => [s.name, percent(s.members), s.demand ? percent(s.demand) : NOT_KNOWN, percent(s.target)]),
  );
  const leaks = table(
    ["what leaks", "kind", "share", "smallest change"],
    c.leaks.map((l) => [
      `${leakName(l, c.question.probe)}, ${stateName(l.state)}`,
      l.kind,
      leakShare(l, c.question.threshold, "–"),
      prose(changeWords(l, "→")),
    ]),
  );
  return html`<section><h2>Coverage: ${closure ? VERDICT_WORDS[c.verdict] : "members' own supply"}</h2>${c.because.map((s) => html`<p>${prose(s)}</p>`)}<p class="quiet">Measured: ${c.question.subject}, ${stateName(c.question.target)}; ${requirementWords(c.question)}.</p>${closure ? groups : supply}${c.leaks.length > 0 && html`<h3>The first of ${c.leakCount} leaks</h3>${leaks}`}</section>`;
}

function pledgePart(p: PledgeResult): Html {
  const { done, of } = kept(p);
  return html`<h3>${p.title}</h3><p class="quiet">${p.kind} ${dayWords(p.made)}, ${p.grouping}; ${done} of ${of} have something in force ${source(p.cite.source)} <small>${EVIDENCE_WORDS[p.cite.evidence]}</small></p>${deliveryTable(p.states, true)}`;
}

function deliveryTable(states: readonly Delivery[], pledge: boolean): Html {
  const heads = ["state", "in force since", ...(pledge ? ["after the pledge"] : []), "rules and instruments"];
  const silent = states.filter((d) => d.status === "nothing").map((d) => d.state);
  const rows = deliveryRows(states).map((r) => [
    r.states,
    r.standing,
    ...(pledge ? [r.lag] : []),
    html`${r.items} ${joinParts(r.sources.map(source), " ")}`,
  ]);
  return html`${rows.length > 0 && table(heads, rows)}${silent.length > 0 && html`<p class="quiet">Nothing on record: ${silent.join(" ")}</p>`}`;
}

function overlapSections(answer: AllianceAnswer): Html {
  const { rows, absence, unmeasured } = answer.overlap!;
  const ids = answer.alliances.map((a) => a.id);
  const matrix = table(
    ["state", ...ids, "member of"],
    rows.map((r) => [stateName(r.state), ...ids.map((id) => markedRole(r.roles[id])), r.memberships]),
  );
  return html`<section><h2>Who is in what</h2><ul class="legend">${ROLE_MARKS.map(([mark, words]) => html`<li>${mark} ${words}</li>`)}</ul>${matrix}</section>
<section><h2>Whose absence costs most</h2><p>${ABSENCE_MEANS}</p>${table(["state", "classes fewer", "goal steps fewer", "where"], absence.map(absenceRow))}${unmeasured.length > 0 && html`<p class="quiet">Not measured: ${unmeasured.join(", ")}.</p>`}</section>`;
}

/** The mark, and the role in words for who does not see it. */
function markedRole(held: HeldRole | undefined): Html {
  return html`<span title="${held?.role ?? "no part"}">${roleMark(held)}<span class="hidden"> ${held?.role ?? "no part"}</span></span>`;
}

function absenceRow(a: Absence): Part[] {
  const where = a.losses.map((l) => {
    const groups = l.groups.map((g) => `${g.group} ${g.before} to ${g.after}`);
    const steps = l.steps.map((s) => `${s.goal} no longer by ${s.step}`);
    const largest = l.largest ? [`largest share ${percent(l.largest.share, { dash: "–" })}% of ${l.largest.name}`] : [];
    return html`<li>${l.alliance}: ${[...groups, ...steps, ...largest].join("; ")}</li>`;
  });
  return [stateName(a.state), a.classesLost, a.stepsLost, html`<ul class="plain">${where}</ul>`];
}

function sourceSection(answer: AllianceAnswer): Html {
  const items = answer.sources.map((s) => {
    const url = httpsUrl(s.url);
    const title =
      url === undefined ? html`${s.title}` : html`<a href="${url}" rel="noreferrer noopener">${s.title}</a>`;
    const read = s.accessed === undefined ? "" : `read ${s.accessed}; `;
    return html`<li id="source-${s.id}"><span class="id">${s.id}</span> ${joinParts([s.producer, title], ", ")} <small>${read}${s.from}; licence: ${s.licence}</small></li>`;
  });
  const digest = Object.entries(answer.digest).map(([name, hash]) => html`<div><dt>${name}</dt><dd>${hash}</dd></div>`);
  return html`<section id="sources"><h2>Sources</h2>${answer.notices.map((n) => html`<p class="notice">${n}</p>`)}<ol class="sources">${items}</ol><details class="more"><summary>Digest of what went in</summary><dl class="facts digest">${digest}</dl></details></section>`;
}
