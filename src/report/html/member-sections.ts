import type { Assessment, GoalResult, MinimumResult, NextMember, SelfSupply } from "../../closure/assessment.ts";
import { type State, stateName } from "../../domain/states.ts";
import { stepGrade } from "../class-rows.ts";
import { count, money, NOT_KNOWN, numberRange, percentText } from "../format.ts";
import { goalName, minimumWords } from "../sentences.ts";
import { VERDICT_WORDS } from "../words.ts";
import { gradeBadge } from "./class-evidence.ts";
import { shareBar } from "./coverage-chart.ts";
import { classLink } from "./leak-section.ts";
import { type Html, html, joinParts } from "./markup.ts";
import type { PageIndex } from "./page-index.ts";

const DASH = { dash: "–" };

/** Who should join next and the smallest coalitions. */
export function nextSection(a: Assessment, index: PageIndex): Html {
  const share = percentText({ low: a.question.threshold, high: a.question.threshold });
  const byLaw = a.question.asks === "closure";
  const heads = [
    "state",
    ...(byLaw ? [`controlled to ${share}`, "closed by law", "could close", "newly binds"] : [`supplied to ${share}`]),
    "sells to the target",
    ...(byLaw ? ["what rises"] : []),
  ];
  const body =
    a.next.length === 0
      ? html`<p>No further state that supplies any class is known.</p>`
      : html`<table class="stack"><caption>What changes when one more state joins: classes before and after, at the low bound</caption><thead><tr>${heads.map((h) => html`<th scope="col">${h}</th>`)}</tr></thead><tbody>${a.next.map((n) => nextRow(n, byLaw, index))}</tbody></table>`;
  return html`<section id="next"><h2>Who next</h2>${body}${minimumList(a.minimum)}</section>`;
}

function nextRow(n: NextMember, byLaw: boolean, index: PageIndex): Html {
  const step = ({ before, after }: { readonly before: number; readonly after: number }) =>
    before === after ? html`${before} <small>same</small>` : html`${before} → <b>${after}</b>`;
  const rises = n.gains.classes.map(
    (c) => html`${classLink(c.class, index)} +${percentText({ low: c.gain, high: c.gain }, DASH)}`,
  );
  const sales = n.salesToTarget;
  const counts: [string, { readonly before: number; readonly after: number }][] = byLaw
    ? [
        ["controlled", n.gains.controlled],
        ["by law", n.gains.closed],
        ["could close", n.gains.potential],
      ]
    : [["supplied", n.gains.potential]];
  const sold = sales
    ? html`${money(sales.usd, "–")} <small>${sales.period}, ${sales.what} ${index.sourceLinks(sales.source)}</small>`
    : html`<span class="quiet">${NOT_KNOWN}</span>`;
  const adopts = n.adopts.length > 0 ? joinParts(n.adopts.map(index.ruleLink), html`, `) : "nothing named";
  const detail = html`<details><summary>${count(rises.length, "class", "classes")}, ${count(n.adopts.length, "rule")} adopted</summary><p>${rises.length > 0 ? joinParts(rises, html`; `) : "no class rises"}</p><p>Adopts: ${adopts}.</p></details>`;
  return html`<tr><th scope="row" data-label="state">${stateName(n.state)} <small>${n.state}</small></th>${counts.map(([name, x]) => html`<td data-label="${name}">${step(x)}</td>`)}${byLaw && html`<td data-label="newly binds">${n.gains.binding.join(", ") || "none new"}</td>`}<td data-label="sells to the target">${sold}</td>${byLaw && html`<td data-label="what rises">${detail}</td>`}</tr>`;
}

function minimumList(list: readonly MinimumResult[]): Html | null {
  if (list.length === 0) return null;
  return html`<h3 id="minimum">Smallest coalitions</h3><p>Every state that is in the list is needed there: without it the requirement fails.</p><ul class="plain">${list.map((m) => html`<li>${minimumWords(m)}</li>`)}</ul>`;
}

/** The goals: verdict, steps and what meets them, binding steps. */
export function goalSection(a: Assessment, index: PageIndex): Html | null {
  if (a.goals.length === 0) return null;
  const binding = a.binding.map(
    (b) =>
      html`<li>${b.name} <small>${b.goal}</small>: controlled at least ${percentText({ low: b.low, high: b.low })}</li>`,
  );
  const list =
    binding.length > 0 &&
    html`<details class="more"><summary>All steps by how far they are closed, strongest first</summary><ol class="plain">${binding}</ol></details>`;
  return html`<section id="goals"><h2>Goals</h2><p>Steps are complements: a goal closes when one step does, and a step closes when every alternative does.</p>${a.goals.map((g) => goalTable(a, g, index))}${list}</section>`;
}

function goalTable(a: Assessment, g: GoalResult, index: PageIndex): Html {
  const options = { ...DASH, threshold: a.question.threshold };
  const rows = g.steps.map(({ step, alternatives, coverage }) => {
    const any = alternatives.map(
      (x) =>
        html`${joinParts(
          x.classes.map((c) => classLink(c, index)),
          html` with `,
        )}${x.penalty !== undefined && html` <small>${x.penalty}</small>`}`,
    );
    const numbers = [coverage.closed, coverage.closedOrPractice, coverage.controlled].map(
      (r, i) =>
        html`<td class="n" data-label="${["law", "practice", "controlled"][i]!}">${percentText(r, options)}</td>`,
    );
    return html`<tr><th scope="row" data-label="step">${step}</th><td>${gradeBadge(stepGrade(coverage, a.question.threshold))}</td>${numbers}<td data-label="met by any of">${joinParts(any, html` <i>or</i> `)}</td></tr>`;
  });
  if (rows.length === 0)
    return html`<p><b>${goalName(g, a.question.probe)}: ${VERDICT_WORDS[g.verdict].toLowerCase()}</b></p>`;
  return html`<table class="stack"><caption>${goalName(g, a.question.probe)}: <b>${VERDICT_WORDS[g.verdict].toLowerCase()}</b></caption><thead><tr><th scope="col">step</th><th scope="col">state</th>${["law", "practice", "controlled"].map((t) => html`<th scope="col" class="n">${t}</th>`)}<th scope="col">met by any of</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** Members' own supply if the target and the others stop. */
export function selfSupplySection(a: Assessment, index: PageIndex): Html | null {
  if (a.selfSupply.length === 0) return null;
  const heads = [
    "class",
    "members",
    "their demand",
    "gap",
    stateName(a.question.target),
    "others",
    "not allocated",
    "could fill",
    "years to build",
    "sources",
  ];
  return html`<section id="self-supply"><h2>Self-supply</h2><p>What members have if the target and the others stop, in per cent of world supply.</p><table class="stack"><caption>Members' supply against their demand</caption><thead><tr>${heads.map((h) => html`<th scope="col">${h}</th>`)}</tr></thead><tbody>${a.selfSupply.map((s) => selfSupplyRow(a, s, index))}</tbody></table></section>`;
}

function selfSupplyRow(a: Assessment, s: SelfSupply, index: PageIndex): Html {
  const numbers: [string, SelfSupply["gap"]][] = [
    ["members", s.members],
    ["their demand", s.demand],
    ["gap", s.gap],
    [stateName(a.question.target), s.target],
    ["others", s.others],
    ["not allocated", s.unallocated],
  ];
  const fill = s.couldFill.map((f) => `${stateName(f.state as State)} ${percentText(f.share, DASH)}`).join(", ");
  const reliance =
    s.importReliance &&
    html`<br><small>${stateName(s.importReliance.state)} imports ${percentText(s.importReliance.value, DASH)} of its use, ${s.importReliance.period} ${index.sourceLinks(s.importReliance.source)}</small>`;
  return html`<tr><th scope="row" data-label="class">${classLink(s.class, index)} <small>${s.basis}</small>${reliance}</th>${numbers.map(([name, r]) => html`<td data-label="${name}">${percentText(r, DASH)}${r !== null && shareBar(r)}</td>`)}<td data-label="could fill">${fill || NOT_KNOWN}</td><td data-label="years to build">${s.yearsToBuild === null ? NOT_KNOWN : html`${numberRange(s.yearsToBuild.value, "–")} ${index.sourceLinks(s.yearsToBuild.source)}`}</td><td data-label="sources">${index.sourceLinks(s.sources.join(","))}</td></tr>`;
}
