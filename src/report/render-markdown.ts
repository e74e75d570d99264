import type { Assessment, ClockEntry, GoalResult, Timing } from "../closure/assessment.ts";
import { longDate } from "../domain/dates.ts";
import { stateName } from "../domain/states.ts";
import { classNames, type PageRow, periodCounts, reachOf, rowGroups, rowsOfLine } from "./class-rows.ts";
import { cleanText } from "./clean-text.ts";
import { count, money, NOT_KNOWN, numberRange, percent, percentText, shortDate } from "./format.ts";
import {
  changeNotes,
  changeWords,
  goalName,
  groupLags,
  lagWords,
  leakName,
  leakShare,
  minimumWords,
  stayWords,
  TRIED_NOTE,
  windowList,
  windowWords,
} from "./sentences.ts";
import {
  answerWord,
  EVIDENCE_MARKS,
  EVIDENCE_WORDS,
  memberWords,
  missingPacks,
  PERIOD_FIT_WORDS,
  requirementWords,
  subjectWords,
  VERDICT_WORDS,
} from "./words.ts";

/** The assessment as Markdown with pipe tables, in the order of the page. Data text is escaped: it makes no links, HTML or rows. */
export function renderMarkdown(a: Assessment): string {
  const closure = [classes(a), leaks(a), clock(a)];
  const members = [next(a), minimum(a), goals(a)];
  const found =
    a.question.asks === "self-supply" ? [selfSupply(a), ...members] : [...closure, ...members, selfSupply(a)];
  const end = [bullets("Not modelled", a.notModelled), bullets("Taken as given", a.assumptions), sources(a)];
  const sections = [head(a), ...found, ...end];
  return `${sections.filter((s) => s !== "").join("\n\n")}\n`;
}

/** Characters that mean something to Markdown or HTML, made plain. */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]|~]/g, (c) => `\\${c}`)
    .replace(/^(?=[#+-])/, "\\")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

const e = escapeMarkdown;

function table(columns: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = `|${[...align].map((x) => (x === "r" ? "---:" : "---")).join("|")}|`;
  return [line(columns), rule, ...rows.map(line)].join("\n");
}

function section(title: string, ...parts: readonly string[]): string {
  return [`## ${title}`, ...parts.filter((p) => p !== "")].join("\n\n");
}

function bullets(title: string, list: readonly string[]): string {
  return list.length === 0 ? "" : section(title, list.map((x) => `- ${e(x)}`).join("\n"));
}

function head(a: Assessment): string {
  const q = a.question;
  const missing = missingPacks(a).map(e).join(" ");
  const adopted = q.adopt.map((x) => `${x.state} is taken to adopt ${e(x.rule)}.`).join(" ");
  const facts = [
    e(subjectWords(q, " to ")),
    `members ${memberWords(q, ", ")}`,
    longDate(q.asOf),
    ...(q.asks === "closure" ? [`end user: ${e(q.probeTitle)}`] : []),
    `asked: ${e(requirementWords(q))}`,
  ];
  const answer = `**${answerWord(a)}.** ${a.answer.because.map(e).join(" ")}`;
  return [`# ${e(q.title)}`, facts.join(" · "), answer, adopted, missing].filter((p) => p !== "").join("\n\n");
}

function classes(a: Assessment): string {
  const rows = rowGroups(a, { fold: false }).flatMap(({ group, lines }) =>
    lines.flatMap(rowsOfLine).map((r) => classRow(a, group, r)),
  );
  const columns = ["Group", "Class", "By law", "With practice", "Controlled", "Members supply", "Shares of", "Leak"];
  const t = `Per cent of the supply outside ${a.question.target}; low-high where it is not exact.`;
  const marks = `${EVIDENCE_MARKS.secondary} ${EVIDENCE_WORDS.secondary}; ${EVIDENCE_MARKS.inferred} ${EVIDENCE_WORDS.inferred}.`;
  const share = percent({ low: a.question.threshold, high: a.question.threshold });
  const beside = a.question.beside.flatMap((probe) => {
    const r = reachOf(a, probe);
    if (!r) return [];
    return [
      `Beside it, ${e(probe)}: ${r.closed} of ${count(a.answer.reach.leaves, "class", "classes")} reach ${share}% by law, ${r.closedOrPractice} with practice, ${r.controlled} controlled.`,
    ];
  });
  const periods = periodCounts(a).map(
    (p) =>
      `${count(p.classes, "class", "classes")} ${p.fit === "none" ? NOT_KNOWN : `${e(p.period)} (${PERIOD_FIT_WORDS[p.fit]})`}`,
  );
  return section(
    "Classes",
    table(columns, "llrrrrlr", rows),
    [t, marks, `Shares: ${periods.join("; ")}.`, ...beside].join(" "),
  );
}

function classRow(a: Assessment, group: string, { row, of, evidence }: PageRow): string[] {
  const number = (r: Parameters<typeof percent>[0]) =>
    of.periodFit === "none" ? NOT_KNOWN : percent(r, { threshold: a.question.threshold });
  return [
    e(group),
    `${e(row.label)}${evidence ? EVIDENCE_MARKS[evidence] : ""}`,
    number(row.coverage.closed),
    number(row.coverage.closedOrPractice),
    `${number(row.coverage.controlled)}${row.splitUnknown ? " (split unknown)" : ""}`,
    number(row.members),
    of.periodFit === "none" ? NOT_KNOWN : e(of.period),
    row.leak === undefined ? "" : String(row.leak),
  ];
}

function leaks(a: Assessment): string {
  if (a.leaks.length === 0) return section("What leaks", "Nothing was found open or weaker than asked.");
  const columns = [
    "#",
    "Leak",
    "State",
    "Kind",
    "Share of supply",
    `Sold to ${stateName(a.question.target)}`,
    "Because",
    "Smallest change",
  ];
  const rows = a.leaks.map((l) => [
    String(l.rank),
    e(leakName(l, a.question.probe)),
    stateName(l.state),
    l.kind,
    leakShare(l, a.question.threshold),
    l.size.tradeUsd
      ? `${money(l.size.tradeUsd.value)} (${e(l.size.tradeUsd.period)}, ${e(l.size.tradeUsd.what)})`
      : NOT_KNOWN,
    e(l.because),
    e([changeWords(l, "→"), ...changeNotes(l)].join("; ")),
  ]);
  const tried = a.leaks.some((l) => l.mend !== null) ? e(TRIED_NOTE.replace("->", "→")) : "";
  return section("What leaks", table(columns, "rlllrlll", rows), tried);
}

function clock(a: Assessment): string {
  const { timing } = a;
  const counter = timing && timing.counter.clock.length > 0 ? counterMeasures(a, timing) : "";
  if (a.clock.length === 0) return section("When it bites", "No dated rule takes part.", counter);
  const lags = timing ? groupLags(timing) : [];
  return section(
    "When it bites",
    clockTable(a.clock),
    timing ? [...lagWords(timing), ...windowList(timing)].map(e).join(" ") : "",
    lags.length > 0
      ? table(
          ["Group", "Who came when"],
          "ll",
          lags.map((g) => [e(g.group), e(g.words)]),
        )
      : "",
    a.window === null ? "" : windowWords(a.window).map(e).join(" "),
    counter,
  );
}

function counterMeasures(a: Assessment, { counter }: Timing): string {
  const title = `### In return: rules of ${stateName(a.question.target)} on what leaves it for a member`;
  const bought = counter.window === null ? "" : windowWords(counter.window).map(e).join(" ");
  return [title, clockTable(counter.clock), bought].filter((p) => p !== "").join("\n\n");
}

function clockTable(entries: readonly ClockEntry[]): string {
  const columns = [
    "State",
    "Rule",
    "First sign",
    "Published",
    "In force",
    "Last lawful delivery",
    "Stayed",
    "Window, days",
    "Behind the first, days",
  ];
  const rows = entries.map((c) => [
    c.state,
    `${e(c.title)}${EVIDENCE_MARKS[c.evidence]} (${e(c.rule)})`,
    shortDate(c.firstSign),
    shortDate(c.published),
    shortDate(c.inForce),
    c.lastLawfulDelivery === undefined ? "the day itself" : shortDate(c.lastLawfulDelivery),
    (c.stays ?? []).map((s) => e(stayWords(s))).join("; "),
    String(c.windowDays),
    String(c.lagDays),
  ]);
  return table(columns, "lllllllrr", rows);
}

function next(a: Assessment): string {
  if (a.next.length === 0) return section("Who next", "No further state that supplies any class is known.");
  const share = percent({ low: a.question.threshold, high: a.question.threshold });
  const step = ({ before, after }: { before: number; after: number }) => `${before} → ${after}`;
  const byLaw = a.question.asks === "closure";
  const columns = [
    "State",
    ...(byLaw ? [`Classes controlled to ${share}%`, "By law", "Could close"] : [`Classes supplied to ${share}%`]),
    ...(byLaw ? ["Newly binds", "Adopts"] : []),
    "Sells to the target",
  ];
  const rows = a.next.map((n) => [
    `${stateName(n.state)} (${n.state})`,
    ...(byLaw ? [n.gains.controlled, n.gains.closed, n.gains.potential] : [n.gains.potential]).map(step),
    ...(byLaw ? [n.gains.binding.map(e).join(", ") || "none new", n.adopts.map(e).join(", ") || "nothing named"] : []),
    n.salesToTarget
      ? `${money(n.salesToTarget.usd)} (${e(n.salesToTarget.period)}, ${e(n.salesToTarget.what)})`
      : NOT_KNOWN,
  ]);
  return section("Who next", table(columns, byLaw ? "lrrrlll" : "lrl", rows));
}

function minimum(a: Assessment): string {
  return a.minimum.length === 0
    ? ""
    : section("Smallest coalitions", a.minimum.map((m) => `- ${e(minimumWords(m))}`).join("\n"));
}

function goals(a: Assessment): string {
  if (a.goals.length === 0) return "";
  const binding = a.binding.map(
    (b) => `${e(b.name)} (${e(b.goal)}, at least ${percent({ low: b.low, high: b.low })}%)`,
  );
  const list = binding.length > 0 ? `Binding steps, strongest first: ${binding.join("; ")}.` : "";
  return section("Goals", ...a.goals.map((g) => goal(a, g)), list);
}

function goal(a: Assessment, g: GoalResult): string {
  const name = classNames(a);
  const options = { threshold: a.question.threshold };
  const rows = g.steps.map(({ step, alternatives, coverage }) => [
    e(step),
    percent(coverage.closed, options),
    percent(coverage.closedOrPractice, options),
    percent(coverage.controlled, options),
    alternatives
      .map((x) => `${x.classes.map((c) => e(name(c))).join(" with ")}${x.penalty ? ` (${e(x.penalty)})` : ""}`)
      .join(" / "),
  ]);
  const steps =
    rows.length > 0 ? table(["Step", "By law", "With practice", "Controlled", "Met by any of"], "lrrrl", rows) : "";
  return [`### ${e(goalName(g, a.question.probe))}: ${VERDICT_WORDS[g.verdict].toLowerCase()}`, steps]
    .filter((p) => p !== "")
    .join("\n\n");
}

function selfSupply(a: Assessment): string {
  if (a.selfSupply.length === 0) return "";
  const columns = [
    "Class",
    "Members",
    "Their demand",
    "Gap",
    a.question.target,
    "Others",
    "Not allocated",
    "Could fill",
    "Years to build",
  ];
  const rows = a.selfSupply.map((s) => [
    `${e(s.name)} (${e(s.basis)})`,
    percentText(s.members),
    percentText(s.demand),
    percentText(s.gap),
    percentText(s.target),
    percentText(s.others),
    percentText(s.unallocated),
    s.couldFill.map((f) => `${e(f.state)} ${percentText(f.share)}`).join(", ") || NOT_KNOWN,
    s.yearsToBuild === null ? NOT_KNOWN : numberRange(s.yearsToBuild.value),
  ]);
  return section(
    "Self-supply",
    "Per cent of world supply, if the target and the others stop.",
    table(columns, "lrrrrrrll", rows),
  );
}

function sources(a: Assessment): string {
  const items = a.sources.map((s) => {
    const url = s.url && /^https:\/\/[^\s<>"]+$/.test(s.url) ? ` <${s.url}>` : "";
    const dates = [s.published ? `published ${e(s.published)}` : "", s.accessed ? `read ${e(s.accessed)}` : ""].filter(
      (x) => x !== "",
    );
    return `- ${e(s.id)}: ${e(s.producer)}, ${e(s.title)}${dates.length > 0 ? `, ${dates.join(", ")}` : ""}. Licence: ${e(s.licence)}.${url}`;
  });
  const { rules, data, engine } = a.digest;
  return section(
    "Sources",
    items.join("\n"),
    a.notices.map(e).join(" "),
    `Digest: rules ${e(rules)}, data ${e(data)}, engine ${e(engine)}.`,
  );
}
