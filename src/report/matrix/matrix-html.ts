import { createHash } from "node:crypto";
import type { Matrix, MatrixCell, MatrixItemResult } from "../../closure/matrix.ts";
import { longDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import type { Grade } from "../../domain/verdicts.ts";
import { chartDefinitions } from "../html/coverage-chart.ts";
import { httpsUrl } from "../html/end-sections.ts";
import { type Html, html, joinParts, rawMarkup, writeMarkup } from "../html/markup.ts";
import { STYLE } from "../html/style.ts";
import { EVIDENCE_WORDS, GRADE_WORDS } from "../words.ts";
import { cellAnchor, cellWords, heatMap, sampleCell } from "./heat-map.ts";
import { cellMark, columnsOf, MARK_WORDS, type MatrixColumn, shownGrade, splitLayers } from "./matrix-marks.ts";
import { MATRIX_STYLE } from "./matrix-style.ts";

const PAGE_STYLE = STYLE + MATRIX_STYLE;
type LayerInfo = Matrix["layers"][number];

/** The matrix as one HTML file: a heat map a layer, and behind each cell its items, rules and citations. No script, no request. */
export function renderMatrixHtml(m: Matrix): string {
  const columns = columnsOf(m);
  const { shown, open } = splitLayers(m);
  const hash = createHash("sha256").update(PAGE_STYLE, "utf8").digest("base64");
  const title = `What each layer of law does to goods for ${stateName(m.target)}`;
  return writeMarkup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}, ${longDate(m.asOf)} – Entente</title>
<style>${rawMarkup(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#reading">To the heat maps</a>
${chartDefinitions()}
<header><p class="eyebrow">Entente</p><h1>${title}</h1>${question(m, columns)}<nav aria-label="Sections"><ul>${[...shown.map((l) => l.layer), "limits", "sources"].map((id) => html`<li><a href="#${id}">${id}</a></li>`)}</ul></nav></header>
<main>
${reading(columns, open)}
${shown.map((l) => layerSection(m, columns, l))}
<section id="limits"><h2>Not modelled</h2><ul class="plain">${m.notModelled.map((n) => html`<li>${n}</li>`)}</ul></section>
${sourceSection(m)}
</main>
</body>
</html>
`);
}

function question(m: Matrix, columns: readonly MatrixColumn[]): Html {
  const facts: [string, string][] = [
    ["date", longDate(m.asOf)],
    ["target", stateName(m.target)],
    ["states", `${m.states.length}, of which ${columns.length} differ`],
    ["rows", `${m.groups.length}`],
  ];
  return html`<dl class="question">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** How to read the maps: marks, folded states, layers without a cell. */
function reading(columns: readonly MatrixColumn[], open: readonly LayerInfo[]): Html {
  const folded = columns.filter((c) => c.also.length > 0);
  return html`<section id="reading"><h2>How to read it</h2><p>Each map is one layer of law. A cell is what the rules of that layer alone do, in one state, to one group of items; choose a cell for its items and rules. A filled lower half and a small letter mean that it is certain for some items of the group only.</p><ul class="legend marks">${MARK_WORDS.map(([mark, words]) => html`<li>${sampleCell(mark)} ${words}</li>`)}</ul>${folded.map((c) => html`<p class="quiet">${c.state} stands for ${c.also.map(stateName).join(", ")} too: the same in every cell.</p>`)}${open.length > 0 && html`<p class="quiet">No rule of these layers requires anything here: ${open.map((l) => l.layer).join(", ")}.</p>`}</section>`;
}

function layerSection(m: Matrix, columns: readonly MatrixColumn[], { layer, title, probe, goods }: LayerInfo): Html {
  const whose = goods === "own" ? "Each state's own goods" : "Goods made in a third state";
  return html`<section id="${layer}" class="layer"><h2>${layer}</h2><p class="quiet">${whose}, to: ${title} (${probe}).</p>${heatMap(m, columns, layer)}${columns.map((c) => stateDetails(m, c, layer))}</section>`;
}

function stateDetails(m: Matrix, column: MatrixColumn, layer: LayerInfo["layer"]): Html | false {
  const cells = m.groups.map((g) => column.cell(g, layer)).filter((c) => shownGrade(c) !== "open");
  if (cells.length === 0) return false;
  const also = column.also.length > 0 && html` <small>(the same for ${column.also.join(" ")})</small>`;
  const rules = new Set(cells.filter((c) => c.some !== "open").flatMap((c) => c.rules)).size;
  const count = rules === 0 ? "nothing certain" : `${rules} ${rules === 1 ? "rule" : "rules"}`;
  return html`<details><summary><b>${column.state}</b>${count}${also}</summary><table class="cells stack"><thead><tr><th scope="col">group</th><th scope="col">grade</th><th scope="col">items</th><th scope="col">rules</th></tr></thead><tbody>${cells.map(cellRow)}</tbody></table></details>`;
}

function cellRow(c: MatrixCell): Html {
  return html`<tr id="${cellAnchor(c)}"><th scope="row">${c.group}</th><td data-label="grade"><span class="grade ${shownGrade(c)}"><b>${cellMark(c)}</b> ${cellWords(c)}</span></td><td data-label="items">${itemList(c.items)}</td><td data-label="rules">${ruleList(c)}</td></tr>`;
}

const ORDER: readonly Grade[] = ["closed", "closed-in-practice", "gated", "undetermined"];

function itemList(items: readonly MatrixItemResult[]): Html {
  const lines = ORDER.flatMap((grade) => {
    const names = items.filter((i) => i.grade === grade).map((i) => i.name);
    return names.length === 0
      ? []
      : [html`<li>${GRADE_WORDS[grade]}: <span class="quiet">${names.join("; ")}</span></li>`];
  });
  return html`<ul>${lines}</ul>`;
}

function ruleList(c: MatrixCell): Html {
  const cites = c.cites.map(
    (x) =>
      html`<li><span class="id">${x.rule}</span> ${x.act} ${x.at} <a class="source" href="#source-${x.source}">[${x.source}]</a> <small>${EVIDENCE_WORDS[x.evidence]}</small></li>`,
  );
  const open = c.some === "open" ? [...c.holes, ...dependsOn(c.missing)] : [];
  return html`<ul>${cites}${open.map((text) => html`<li class="quiet">${text}</li>`)}</ul>`;
}

function dependsOn(facts: readonly string[]): string[] {
  return facts.length === 0 ? [] : [`depends on what is not known: ${facts.join(", ")}`];
}

function sourceSection(m: Matrix): Html {
  const items = m.sources.map((s) => {
    const url = httpsUrl(s.url);
    const title =
      url === undefined ? html`${s.title}` : html`<a href="${url}" rel="noreferrer noopener">${s.title}</a>`;
    return html`<li id="source-${s.id}"><span class="id">${s.id}</span> ${joinParts([s.producer, title], ", ")} <small>licence: ${s.licence}</small></li>`;
  });
  const digest = Object.entries(m.digest).map(([name, hash]) => html`<div><dt>${name}</dt><dd>${hash}</dd></div>`);
  return html`<section id="sources"><h2>Sources</h2><ol class="sources">${items}</ol><details class="more"><summary>Digest of what went in</summary><dl class="facts digest">${digest}</dl></details></section>`;
}
