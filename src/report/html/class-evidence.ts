import type { Assessment, CellResult, ClassResult, SupplierResult } from "../../closure/assessment.ts";
import { type State, stateName } from "../../domain/states.ts";
import type { Grade } from "../../domain/verdicts.ts";
import { NOT_KNOWN, percentText, shortDate } from "../format.ts";
import {
  EVIDENCE_MARKS,
  EVIDENCE_WORDS,
  GRADE_MARKS,
  GRADE_WORDS,
  KIND_WORDS,
  PERIOD_FIT_WORDS,
  REACH_WORDS,
} from "../words.ts";
import { type Html, html, joinParts, type Part } from "./markup.ts";
import { citesOf, type PageIndex } from "./page-index.ts";

const DASH = { dash: "–" };

/** What stands behind the bar of a class or of one variant: how shares are counted, suppliers with their grades, clauses. */
export function classEvidence(a: Assessment, whole: ClassResult, index: PageIndex, variant?: string): Html {
  const c = variant === undefined ? whole : ofVariant(whole, variant);
  const asked = a.question.asks === "closure" ? [a.question.probe, ...a.question.beside] : [];
  const probes = asked.filter((p) => c.coverage[p] !== undefined);
  const period = c.periodFit === "none" ? NOT_KNOWN : `${c.period} (${PERIOD_FIT_WORDS[c.periodFit]})`;
  const target = stateName(a.question.target);
  return html`<div class="evidence">
<p>Shares of ${period}, counted by ${c.basis}. Part of world supply: members ${percentText(c.potential, DASH)}, ${target} itself ${percentText(c.targetOwn, DASH)}, not allocated to a state ${percentText(c.unallocated, DASH)}. ${c.ownOverTime.length > 1 && overTime(c, target)}Sources: ${c.sources.length > 0 ? index.sourceLinks(c.sources.join(",")) : NOT_KNOWN}.</p>
${a.question.asks === "closure" && coverageTable(a, c, probes)}${supplierTable(a, c, probes, index)}${clauseTable(c, probes, index)}</div>`;
}

/** How far the target came to supply itself, year by year, with breaks in definition named. */
function overTime(c: ClassResult, target: string): Html {
  const years = c.ownOverTime.map((y) => `${y.period} ${percentText(y.share, DASH)}${y.note ? ` (${y.note})` : ""}`);
  return html`${target} over time: ${years.join(", ")}. `;
}

/** The class with the cells of one variant alone. */
function ofVariant(c: ClassResult, variant: string): ClassResult {
  const one = (cell: CellResult) => cell.variants?.find((v) => v.id === variant)?.cell ?? cell;
  const suppliers = c.suppliers.map((s) => ({
    ...s,
    cells: Object.fromEntries(Object.entries(s.cells).map(([probe, cell]) => [probe, one(cell)])),
  }));
  return { ...c, suppliers };
}

function coverageTable(a: Assessment, c: ClassResult, probes: readonly string[]): Html {
  const options = { ...DASH, threshold: a.question.threshold };
  const rows = probes.map((p) => {
    const world = c.coverage[p]!;
    const outside = world.outsideTarget;
    const cells = [
      outside.closed,
      outside.closedOrPractice,
      outside.controlled,
      world.closed,
      world.closedOrPractice,
      world.controlled,
    ];
    return html`<tr><th scope="row">${p}${p === a.question.probe && html` <small>headline</small>`}</th>${cells.map((r) => html`<td class="n">${c.periodFit === "none" ? NOT_KNOWN : percentText(r, options)}</td>`)}</tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Coverage by probe"><table><caption>Coverage of the whole class, by standard transaction</caption><thead><tr><td></td><th scope="colgroup" colspan="3">outside ${stateName(a.question.target)}</th><th scope="colgroup" colspan="3">of the world</th></tr><tr><th scope="col">probe</th>${["law", "practice", "controlled", "law", "practice", "controlled"].map((t) => html`<th scope="col" class="n">${t}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function supplierTable(a: Assessment, c: ClassResult, probes: readonly string[], index: PageIndex): Html | null {
  if (c.suppliers.length === 0) return html`<p>No supplier is known.</p>`;
  const rows = c.suppliers.map((s) => supplierRow(a, s, probes, index));
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Suppliers and grades"><table><caption>Suppliers and what reaches them</caption><thead><tr><th scope="col">supplier</th><th scope="col" class="n">of world</th><th scope="col">kind, source</th>${probes.map((p) => html`<th scope="col">${p}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function supplierRow(a: Assessment, s: SupplierResult, probes: readonly string[], index: PageIndex): Html {
  const role = a.question.members.includes(s.state as State) ? "member" : s.state === a.question.target ? "target" : "";
  const name = s.state === "various" ? "various, not allocated" : stateName(s.state as State);
  const firms = (s.firms ?? []).map(
    (f) => html`<li>${f.name} ${percentText(f.share, DASH)} ${index.sourceLinks(f.source)}</li>`,
  );
  return html`<tr><th scope="row">${name}${role !== "" && html` <small>${role}</small>`}${firms.length > 0 && html`<ul class="firms">${firms}</ul>`}</th><td class="n">${percentText(s.share, DASH)}</td><td>${KIND_WORDS[s.kind]} ${index.sourceLinks(s.source)}</td>${probes.map((p) => html`<td>${cellView(s.cells[p], index)}</td>`)}</tr>`;
}

/** A grade as its fill and a word. */
export function gradeBadge(grade: Grade): Html {
  return html`<span class="grade ${grade}"><b aria-hidden="true">${GRADE_MARKS[grade]}</b> ${GRADE_WORDS[grade]}</span>`;
}

function cellView(cell: CellResult | undefined, index: PageIndex): Part {
  if (!cell) return html`<span class="quiet">not put to the law</span>`;
  const reach = cell.reach === null ? "" : REACH_WORDS[cell.reach];
  const facts: Part[] = [
    cell.possible !== cell.grade && html`could be ${GRADE_WORDS[cell.possible]}`,
    cell.policy !== undefined && html`policy: ${cell.policy.replaceAll("-", " ")}`,
    reach !== "" && html`by ${reach}`,
    cell.rules.length > 0 && html`rules: ${joinParts(cell.rules.map(index.ruleLink), html`, `)}`,
    cell.practice.length > 0 && html`practice: ${cell.practice.join(", ")}`,
    cell.missing.length > 0 && html`missing: ${cell.missing.join(", ")}`,
    cell.holes.length > 0 && html`text not held: ${cell.holes.join("; ")}`,
  ];
  const list = facts.filter((f) => f !== false).map((f) => html`<li>${f}</li>`);
  const variants = (cell.variants ?? []).map((v) => html`<li><em>${v.name}</em>: ${cellView(v.cell, index)}</li>`);
  return html`${gradeBadge(cell.grade)}${cell.evidence !== null && html` <small>${EVIDENCE_WORDS[cell.evidence]}${EVIDENCE_MARKS[cell.evidence]}</small>`}${list.length > 0 && html`<ul class="facts">${list}</ul>`}${variants.length > 0 && html`<ul class="variants">${variants}</ul>`}`;
}

function clauseTable(c: ClassResult, probes: readonly string[], index: PageIndex): Html | null {
  const cited = c.suppliers.flatMap((s) => probes.flatMap((p) => (s.cells[p] ? citesOf(s.cells[p]) : [])));
  const unique = [
    ...new Map(cited.map((x) => [JSON.stringify([x.rule, x.act, x.at, x.source, x.evidence]), x])).values(),
  ];
  if (unique.length === 0) return null;
  const rows = unique.map((x) => {
    const from = index.versions(x.rule).map((v) => shortDate(v.inForce));
    return html`<tr><th scope="row">${index.ruleLink(x.rule)}</th><td>${x.act}, ${x.at}</td><td>${from.length > 0 ? from.join("; ") : NOT_KNOWN}</td><td>${EVIDENCE_WORDS[x.evidence]}${EVIDENCE_MARKS[x.evidence]}</td><td>${index.sourceLinks(x.source)}</td></tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Clauses"><table><caption>Clauses behind the grades</caption><thead><tr><th scope="col">rule</th><th scope="col">clause</th><th scope="col">in force from</th><th scope="col">how the text is known</th><th scope="col">source</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
