import type { Command } from "commander";
import type { Assessment, CellResult, ClassResult, ClockEntry, GoalResult, NextMember } from "../closure/assessment.ts";
import { InputError, nearest } from "../domain/errors.ts";
import type { Range } from "../domain/ranges.ts";
import { stateName } from "../domain/states.ts";
import { changeNotes, changeWords, groupLags, stayWords } from "../report/sentences.ts";
import { DEFAULT_CASE, type RuleView } from "../workbench.ts";
import type { CliContext } from "./context.ts";

/** `entente show NAME [CASE]`: the evidence behind a figure or grade of the page. */
export function addShow(program: Command, context: CliContext): void {
  program
    .command("show <name> [case]")
    .description(
      "the evidence behind a class, a goal, a leak (leak-3), a rule, a source; or: sources, clock, window, next",
    )
    .action((name: string, caseId: string | undefined) => context.out(show(name, caseId ?? DEFAULT_CASE, context)));
}

function show(name: string, caseId: string, context: CliContext): string {
  const workbench = context.workbench();
  const rule = workbench.rule(name);
  if (rule) return showRule(rule);
  const a = workbench.assess(caseId);
  const evidence = evidenceOf(a, name);
  if (evidence === undefined) throw unknownName(name, caseId, a, workbench.ruleIds());
  // Clauses and dates of law carry no terms; figures do.
  const figures = !["clock", "sources"].includes(name);
  return figures && a.notices.length > 0 ? `${evidence}\n\n${a.notices.join("\n")}` : evidence;
}

/** What stands behind a name of the assessment; undefined when it has none of that name. */
function evidenceOf(a: Assessment, name: string): string | undefined {
  if (name === "sources") return a.sources.map((s) => showSource(a, s.id)).join("\n\n");
  if (name === "clock") return showClock(a);
  if (name === "window") return showWindow(a);
  if (name === "next") return a.next.map(showCandidate).join("\n");
  const goal = a.goals.find((g) => g.id === name);
  if (goal) return showGoal(goal);
  const cls = a.classes.find((c) => c.id === name);
  if (cls) return showClass(a, cls);
  const leak = /^leak-(\d+)$/.exec(name);
  if (leak) return showLeak(a, Number(leak[1]));
  return a.sources.some((s) => s.id === name) ? showSource(a, name) : undefined;
}

function unknownName(name: string, caseId: string, a: Assessment, rules: readonly string[]): InputError {
  const words = ["sources", "clock", "window", "next"];
  const known = [
    ...words,
    ...a.goals.map((g) => g.id),
    ...a.classes.map((c) => c.id),
    ...a.sources.map((s) => s.id),
    ...rules,
  ];
  const guess = nearest(name, known);
  return new InputError([
    {
      code: "unknown-name",
      message: `\`${name}\` is no class, leak, rule or source of \`${caseId}\``,
      hint: guess ? `did you mean \`${guess}\`?` : "class ids: entente assess --json",
    },
  ]);
}

function percent(r: Range): string {
  const f = (x: number) => (x * 100).toFixed(1).replace(/\.0$/, "");
  return r.low === r.high ? `${f(r.low)}%` : `${f(r.low)}-${f(r.high)}%`;
}

function showClass(a: Assessment, c: ClassResult): string {
  const coverage = c.coverage[a.question.probe]!.outsideTarget;
  const lines = [
    `${c.name}  (${c.id}; ${c.group}; shares by ${c.basis}, ${c.period || "no figure"}, ${c.periodFit})`,
    `members supply ${percent(c.potential)} of the world; ${stateName(a.question.target)} itself ${percent(c.targetOwn)}; unallocated ${percent(c.unallocated)}`,
    ...(c.ownOverTime.length > 1
      ? [
          `${stateName(a.question.target)} over time: ${c.ownOverTime.map((y) => `${y.period} ${percent(y.share)}${y.note ? ` (${y.note})` : ""}`).join(", ")}`,
        ]
      : []),
    `outside ${stateName(a.question.target)}: closed by law ${percent(coverage.closed)}, in practice ${percent(coverage.closedOrPractice)}, licence ${percent(coverage.controlled)}`,
    "",
  ];
  for (const s of c.suppliers) {
    lines.push(`${s.state}  ${percent(s.share)}  ${s.kind}, source ${s.source}`);
    for (const f of s.firms ?? []) lines.push(`       ${f.name} ${percent(f.share)}`);
    for (const [probe, cell] of Object.entries(s.cells)) lines.push(...showCell(probe, cell));
  }
  return lines.join("\n");
}

function showCell(label: string, cell: CellResult, indent = "  "): string[] {
  const possible = cell.possible === cell.grade ? "" : `, possibly ${cell.possible}`;
  const how = [cell.policy, cell.reach && `${cell.reach} law`, cell.evidence && `evidence: ${cell.evidence}`]
    .filter(Boolean)
    .join("; ");
  const lines = [`${indent}${label}: ${cell.grade}${possible}${how ? `  (${how})` : ""}`];
  for (const cite of cell.cites)
    lines.push(`${indent}  ${cite.rule}: ${cite.act} ${cite.at} [${cite.evidence}; ${cite.source}]`);
  if (cell.missing.length > 0) lines.push(`${indent}  not known: ${cell.missing.join(", ")}`);
  for (const hole of cell.holes) lines.push(`${indent}  text not held: ${hole}`);
  for (const v of cell.variants ?? []) lines.push(...showCell(v.name, v.cell, `${indent}  `));
  return lines;
}

function showLeak(a: Assessment, rank: number): string {
  const leak = a.leaks.find((l) => l.rank === rank);
  if (!leak)
    throw new InputError([
      { code: "unknown-name", message: `there is no leak ${rank}`, hint: `leaks run from 1 to ${a.leaks.length}` },
    ]);
  const trade = leak.size.tradeUsd;
  return [
    `leak ${leak.rank}: ${leak.kind}, ${leak.className}${leak.variantName ? `, ${leak.variantName}` : ""}, ${stateName(leak.state)}, ${leak.probe}, ${leak.grade}`,
    `because   ${leak.because}`,
    `change    ${[changeWords(leak), ...changeNotes(leak)].join("; ")}`,
    `size      ${percent(leak.size.share)} of the supply outside ${stateName(a.question.target)}${leak.classes.length > 1 ? `, over ${leak.classes.length} classes` : ""}`,
    trade
      ? `sold      at most $${(trade.value.high / 1e9).toFixed(2)}bn in ${trade.period} (${trade.what}; source ${trade.source})`
      : "sold      not known",
    ...(leak.rule ? [`rule      ${leak.rule}`] : []),
    ...(leak.classes.length > 1 ? [`classes   ${leak.classes.join(", ")}`] : []),
  ].join("\n");
}

function showRule({ rule, sources }: RuleView): string {
  const where = (id: string) => [id, sources.get(id)?.url].filter(Boolean).join(" ");
  const lines = [
    `${rule.id}  ${rule.title}`,
    `${stateName(rule.regime)}, layer ${rule.layer}, compared with the law on ${rule.checkedOn}`,
  ];
  for (const v of rule.versions) {
    lines.push(`from ${v.from}${v.until ? ` until ${v.until}` : ""}: ${v.effect}${v.policy ? `, ${v.policy}` : ""}`);
    lines.push(`  ${v.cite.act} ${v.cite.at} [${v.cite.evidence}] ${where(v.cite.source)}`);
    if (v.cite.note) lines.push(`  note: ${v.cite.note}`);
  }
  for (const e of rule.exceptions) {
    lines.push(
      `exception ${e.id}: ${e.effect}${e.policy ? `, ${e.policy}` : ""}  (${e.cite.act} ${e.cite.at} [${e.cite.evidence}])`,
    );
  }
  return lines.join("\n");
}

function showClock({ clock, timing, question }: Assessment): string {
  const lines = clock.map(showEntry);
  if (!timing) return lines.join("\n");
  for (const { group, words } of groupLags(timing)) lines.push(`${group}: ${words}`);
  const answer = timing.counter.clock.map(showEntry);
  if (answer.length > 0) lines.push(`in return, rules of ${stateName(question.target)}:`, ...answer);
  return lines.join("\n");
}

function showEntry(e: ClockEntry): string {
  const stays = (e.stays ?? []).map((s) => `, ${stayWords(s)} (${s.source})`).join("");
  const last = `${e.lastLawfulDelivery ? `, last lawful delivery ${e.lastLawfulDelivery}` : ""}${stays}`;
  return [
    `${e.state}  ${e.rule}  ${e.title}`,
    `  first sign ${e.firstSign ?? "not known"}${e.firstSignSource ? ` (${e.firstSignSource})` : ""}, published ${e.published ?? "not known"}, in force ${e.inForce}${last} [${e.evidence}]`,
  ].join("\n");
}

function showWindow({ window }: Assessment): string {
  if (!window) return "no window: every rule bit on the day of its first sign";
  const { imports } = window;
  const range = (r: Range | null, unit: string) =>
    r === null ? "not measured" : `${r.low === r.high ? r.low : `${r.low} to ${r.high}`} ${unit}`;
  if (!imports) return `${window.from} to ${window.until}; imports not measured`;
  return [
    `${window.from} to ${window.until}: ${imports.what}, ${imports.period}`,
    `  in the window                       ${range(imports.value, imports.unit)}`,
    `  the same months a year earlier      ${range(imports.yearEarlier, imports.unit)}`,
    `  at the rate of twelve months before ${range(imports.twelveMonthsBefore, imports.unit)}`,
    `  excess                              ${range(imports.excess, imports.unit)}, ${range(imports.monthsOfNormalSupply, "months of normal supply")}`,
    `  ${imports.note}`,
    `  sources: ${imports.sources.join(", ")}`,
  ].join("\n");
}

function showCandidate(n: NextMember): string {
  const sales = n.salesToTarget;
  const sold = sales
    ? `at most $${(sales.usd.high / 1e9).toFixed(3)}bn in ${sales.period} (${sales.what}; source ${sales.source})`
    : "not known";
  const gained = n.gains.classes.map((c) => `${c.class} +${(c.gain * 100).toFixed(1)}`).join(", ");
  return [
    `${n.state}  adopts ${n.adopts.join(", ") || "nothing"}`,
    `  sells to the target: ${sold}`,
    `  points of supply gained: ${gained || "none"}`,
  ].join("\n");
}

function showGoal(goal: GoalResult): string {
  const lines = [`${goal.title}: ${goal.verdict} (probe ${goal.probe})`];
  for (const s of goal.steps) {
    lines.push(`${s.step}: by law ${percent(s.coverage.closed)}, licence ${percent(s.coverage.controlled)}`);
    for (const x of s.alternatives) {
      lines.push(
        `  ${x.classes.join(" + ")}: by law ${percent(x.coverage.closed)}, licence ${percent(x.coverage.controlled)}${x.penalty ? `; ${x.penalty}` : ""}`,
      );
    }
  }
  return lines.join("\n");
}

function showSource(a: Assessment, id: string): string {
  const s = a.sources.find((x) => x.id === id)!;
  return [
    `${s.id}  (${s.from})`,
    `  ${s.producer}: ${s.title}`,
    ...(s.citation ? [`  ${s.citation}`] : []),
    ...(s.url ? [`  ${s.url}`] : []),
    `  licence: ${s.licence}${s.accessed ? `; accessed ${s.accessed}` : ""}`,
  ].join("\n");
}
