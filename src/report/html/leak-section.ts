import type { Assessment, Leak } from "../../closure/assessment.ts";
import { stateName } from "../../domain/states.ts";
import { count, money, NOT_KNOWN } from "../format.ts";
import { changeNotes, changeWords, leakName, leakShare, TRIED_NOTE } from "../sentences.ts";
import { LEAK_WORDS } from "../words.ts";
import { gradeBadge } from "./class-evidence.ts";
import { shareBar } from "./coverage-chart.ts";
import { type Html, html, joinParts, prose } from "./markup.ts";
import type { PageIndex } from "./page-index.ts";

const OPEN_ROWS = 12;

/** The leaks by rank: the first ones in the open, the others behind a line that counts them. */
export function leakSection(a: Assessment, index: PageIndex): Html {
  const kinds = [...new Set(a.leaks.map((l) => l.kind))];
  const first = a.leaks.slice(0, OPEN_ROWS);
  const rest = a.leaks.slice(OPEN_ROWS);
  const more =
    rest.length > 0 &&
    html`<details class="more"><summary>${rest.length} further leaks of lower rank</summary>${leakTable(a, rest, index, "Further leaks")}</details>`;
  const body =
    a.leaks.length === 0
      ? html`<p>Nothing was found open or weaker than asked.</p>`
      : html`${leakTable(a, first, index, "Leaks, the most telling first")}${more}<p>${TRIED_NOTE.replace("->", "→")}</p><dl class="kinds">${kinds.map((k) => html`<div><dt>${k}</dt><dd>${LEAK_WORDS[k]}</dd></div>`)}</dl>`;
  return html`<section id="leaks"><h2>What leaks</h2>${body}</section>`;
}

function leakTable(a: Assessment, leaks: readonly Leak[], index: PageIndex, caption: string): Html {
  const target = stateName(a.question.target);
  const heads = ["#", "leak", "kind", "share of supply", `sold to ${target}`, "why", "smallest change"];
  return html`<table class="stack leaks"><caption>${caption}</caption><thead><tr>${heads.map((h) => html`<th scope="col">${h}</th>`)}</tr></thead><tbody>${leaks.map((l) => leakRow(a, l, index, target))}</tbody></table>`;
}

function leakRow(a: Assessment, l: Leak, index: PageIndex, target: string): Html {
  const anchor = index.classAnchor(l.class);
  const name = leakName(l, a.question.probe);
  const others = l.classes.filter((c) => c !== l.class);
  const also =
    others.length > 0 &&
    html`<details><summary>${count(others.length, "further class", "further classes")}</summary><p>${joinParts(
      others.map((c) => classLink(c, index)),
      html`; `,
    )}</p></details>`;
  const trade = l.size.tradeUsd;
  const sold = trade
    ? html`${money(trade.value, "–")} <small>${trade.period}, ${trade.what} ${index.sourceLinks(trade.source)}</small>`
    : html`<span class="quiet">${NOT_KNOWN}</span>`;
  return html`<tr id="leak-${l.rank}"><td data-label="#">${l.rank}</td><th scope="row" data-label="leak">${anchor !== undefined ? html`<a href="#${anchor}">${name}</a>` : name}<br><small>${stateName(l.state)}</small> ${gradeBadge(l.grade)}${also}</th><td data-label="kind">${l.kind}</td><td data-label="share">${leakShare(l, a.question.threshold, "–")}${l.kind !== "stock" && shareBar(l.size.share)}</td><td data-label="sold to ${target}">${sold}</td><td data-label="why">${prose(l.because)}${l.clause ? html` <small>${index.ruleLink(l.clause.rule)}: ${l.clause.act}, ${l.clause.at} ${index.sourceLinks(l.clause.source)}</small>` : l.rule !== undefined && html` <small>${index.ruleLink(l.rule)}</small>`}</td><td data-label="smallest change">${prose(changeWords(l, "→"))}${changeNotes(l).map((n) => html`<br><small>${n}</small>`)}</td></tr>`;
}

/** A class as a link to its row. */
export function classLink(id: string, index: PageIndex): Html {
  const anchor = index.classAnchor(id);
  return anchor === undefined ? html`${id}` : html`<a href="#${anchor}">${index.className(id)}</a>`;
}
