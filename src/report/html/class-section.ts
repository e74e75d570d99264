import type { Assessment } from "../../closure/assessment.ts";
import { stateName } from "../../domain/states.ts";
import type { Evidence } from "../../domain/verdicts.ts";
import {
  type Fold,
  foldWords,
  isFold,
  type PageRow,
  periodCounts,
  rankRange,
  reachOf,
  rowGroups,
} from "../class-rows.ts";
import { count, NOT_KNOWN, percent, percentText } from "../format.ts";
import { EVIDENCE_MARKS, EVIDENCE_WORDS, PERIOD_FIT_WORDS } from "../words.ts";
import { classEvidence } from "./class-evidence.ts";
import { coverageAxis, coverageBar, coverageLegend } from "./coverage-chart.ts";
import { type Html, html } from "./markup.ts";
import type { PageIndex } from "./page-index.ts";

/** The chart of the classes; each row opens its evidence. */
export function classSection(a: Assessment, index: PageIndex): Html {
  const anchored = new Set<string>();
  const groups = rowGroups(a, { fold: true }).map(({ group, lines }) => {
    const rows = lines.map((l) => (isFold(l) ? foldRow(a, l, index, anchored) : classRow(a, l, index, anchored)));
    return html`<section class="group"><h3>${group.replaceAll("-", " ")}</h3>${rows}</section>`;
  });
  return html`<section id="classes"><h2>Classes</h2>
<p>How much of the supply outside ${stateName(a.question.target)} the members' law closes, class by class. Open a row for its suppliers, grades, clauses and sources.</p>
${coverageLegend(stateName(a.question.target))}
<div class="chart"><div class="row head" aria-hidden="true"><span>class</span>${coverageAxis(a.question.threshold)}<span class="n">law</span><span class="n">practice</span><span class="n">controlled</span><span class="n">leak</span></div>
${groups}</div>
${chartNotes(a, index)}</section>`;
}

/** The leaf classes with what members supply; each opens its suppliers and sources. */
export function supplierSection(a: Assessment, index: PageIndex): Html {
  const rows = a.classes
    .filter((c) => c.leaf)
    .map((c) => {
      const share = c.periodFit === "none" ? NOT_KNOWN : percentText(c.potential, { dash: "–" });
      return html`<details id="${index.classAnchor(c.id) ?? ""}" class="more"><summary>${c.name}: members supply ${share}</summary>${classEvidence(a, c, index)}</details>`;
    });
  return html`<section id="classes"><h2>Suppliers</h2><p>Part of world supply; open a class for its suppliers and sources.</p>${rows}</section>`;
}

function classRow(a: Assessment, { row, of, evidence }: PageRow, index: PageIndex, anchored: Set<string>): Html {
  const anchor = anchored.has(of.id) ? undefined : index.classAnchor(of.id);
  anchored.add(of.id);
  const known = of.periodFit !== "none";
  const options = { threshold: a.question.threshold, dash: "–" };
  const number = (r: Parameters<typeof percent>[0], name: string) =>
    html`<span class="n" data-label="${name}" aria-hidden="true">${known ? percent(r, options) : "?"}</span>`;
  const notes = [
    evidenceMark(evidence),
    row.splitUnknown && html` <small>split unknown</small>`,
    !known && html` <small>shares ${NOT_KNOWN}</small>`,
  ];
  const leak =
    row.leak === undefined ? html`<span class="n none"></span>` : html`<span class="n leak">leak ${row.leak}</span>`;
  const links =
    row.leak === undefined
      ? null
      : html`<p><a href="#leak-${row.leak}">Leak ${row.leak}</a> says why it stays open and what would close it.</p>`;
  return html`<details${anchor !== undefined && html` id="${anchor}"`}><summary class="row"><span class="label">${row.label}${notes}</span>${coverageBar(row.coverage, row.members, a.question.threshold, known)}${number(row.coverage.closed, "law")}${number(row.coverage.closedOrPractice, "practice")}${number(row.coverage.controlled, "controlled")}${leak}</summary>${links}${classEvidence(a, of, index, row.variant)}</details>`;
}

/** Rows that are alike behind one line that names them and opens to all of them. */
function foldRow(a: Assessment, fold: Fold, index: PageIndex, anchored: Set<string>): Html {
  const { label, names } = foldWords(fold);
  const options = { threshold: a.question.threshold, dash: "–" };
  const number = (r: Parameters<typeof percent>[0], name: string) =>
    html`<span class="n" data-label="${name}" aria-hidden="true">${percent(r, options)}</span>`;
  const { closed, closedOrPractice, controlled } = fold.coverage;
  const leak =
    fold.leaks.length === 0
      ? html`<span class="n none"></span>`
      : html`<span class="n leak">leak ${rankRange(fold.leaks)}</span>`;
  const rows = fold.rows.map((r) => classRow(a, r, index, anchored));
  return html`<details class="fold"><summary class="row"><span class="label">${label}${evidenceMark(fold.evidence)} <small>${names.join("; ")}</small></span>${coverageBar(fold.coverage, fold.members, a.question.threshold)}${number(closed, "law")}${number(closedOrPractice, "practice")}${number(controlled, "controlled")}${leak}</summary><div class="folded">${rows}</div></details>`;
}

function evidenceMark(evidence: Evidence | null): Html | null {
  const mark = evidence === null ? "" : EVIDENCE_MARKS[evidence];
  return evidence === null || mark === "" ? null : html`<abbr title="${EVIDENCE_WORDS[evidence]}">${mark}</abbr>`;
}

function chartNotes(a: Assessment, index: PageIndex): Html {
  const sources = [...new Set(a.classes.filter((c) => c.leaf).flatMap((c) => c.sources))];
  const periods = periodCounts(a).map(
    (p) =>
      `${count(p.classes, "class", "classes")} ${p.fit === "none" ? NOT_KNOWN : `${p.period} (${PERIOD_FIT_WORDS[p.fit]})`}`,
  );
  const share = percentText({ low: a.question.threshold, high: a.question.threshold });
  const beside = a.question.beside.map((probe) => {
    const r = reachOf(a, probe);
    return (
      r &&
      html`<li>Beside it, <b>${probe}</b>: ${r.closed} of ${count(a.answer.reach.leaves, "class", "classes")} reach ${share} by law, ${r.closedOrPractice} with practice, ${r.controlled} controlled.</li>`
    );
  });
  return html`<ul class="notes"><li>${EVIDENCE_MARKS.secondary} ${EVIDENCE_WORDS.secondary}; ${EVIDENCE_MARKS.inferred} ${EVIDENCE_WORDS.inferred}: the weakest evidence among the rules of a row.</li><li>“Split unknown”: rules reach only some variants of the class, and how supply splits between them is not known.</li><li>Shares: ${periods.join("; ")}.</li>${beside}<li>Source of the shares: ${index.sourceLinks(sources.join(","))}.</li></ul>`;
}
