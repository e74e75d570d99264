import type { Assessment, GoalResult, SelfSupply } from "../../closure/assessment.ts";
import { classNames, stepGrade } from "../class-rows.ts";
import { cleanText } from "../clean-text.ts";
import { NOT_KNOWN, numberRange, percent } from "../format.ts";
import { goalName } from "../sentences.ts";
import { VERDICT_WORDS } from "../words.ts";
import type { PageStyle } from "./page-style.ts";
import { drawTable } from "./table.ts";
import { paragraph } from "./text-layout.ts";

/** Each goal with its verdict and, step by step, how far it is closed; then the steps that bind. */
export function drawGoals(a: Assessment, style: PageStyle): string[] {
  if (a.goals.length === 0) return [];
  const columns = [
    { title: "GOALS", wrapFrom: 20, most: 40 },
    { title: "law", align: "right" as const },
    { title: "+practice", align: "right" as const },
    { title: "controlled", align: "right" as const },
    { title: "met by any of", wrapFrom: 18 },
  ];
  const rows = a.goals.flatMap((g) => goalRows(a, g, style.all));
  return [...drawTable({ columns, rows }, style), ...(style.all ? bindingLines(a, style) : [])];
}

function bindingLines(a: Assessment, style: PageStyle): string[] {
  if (a.binding.length === 0) return [];
  const steps = a.binding.map(
    (b) => `${cleanText(b.name)} (${b.goal}, at least ${percent({ low: b.low, high: b.low })}%)`,
  );
  return paragraph(`binding, strongest first: ${steps.join("; ")}`, style.width, " ", 3);
}

/** The verdict, then every step, or only those that close and a count of the others. */
function goalRows(a: Assessment, g: GoalResult, all: boolean): string[][] {
  const { threshold } = a.question;
  const grades = g.steps.map((s) => stepGrade(s.coverage, threshold));
  const closing = g.steps.filter((_, i) => grades[i] !== "open" && grades[i] !== "undetermined");
  const shown = all ? g.steps : closing;
  const count = (grade: string) => grades.filter((x) => x === grade).length;
  const share = percent({ low: threshold, high: threshold });
  const rest = `- below ${share}%: ${count("open")} steps, undecided: ${count("undetermined")} (--all)`;
  return [
    [`${goalName(g, a.question.probe)}: ${VERDICT_WORDS[g.verdict].toUpperCase()}`],
    ...shown.map((s) => stepRow(a, s)),
    ...(shown.length < g.steps.length ? [[rest]] : []),
  ];
}

function stepRow(a: Assessment, { step, alternatives, coverage }: GoalResult["steps"][number]): string[] {
  const name = classNames(a);
  const options = { threshold: a.question.threshold };
  const met = alternatives.map((x) => {
    const penalty = x.penalty === undefined ? "" : ` (${cleanText(x.penalty)})`;
    return `${x.classes.map((c) => cleanText(name(c))).join(" with ")}${penalty}`;
  });
  return [
    `- ${cleanText(step)}`,
    percent(coverage.closed, options),
    percent(coverage.closedOrPractice, options),
    percent(coverage.controlled, options),
    met.join(" / "),
  ];
}

/** Members' own supply if the target and the others stop, where the case asks. */
export function drawSelfSupply(a: Assessment, style: PageStyle): string[] {
  if (a.selfSupply.length === 0) return [];
  const columns = [
    { title: "SELF-SUPPLY, % of world", wrapFrom: 18 },
    { title: "members", align: "right" as const },
    { title: "demand", align: "right" as const },
    { title: "gap", align: "right" as const },
    { title: a.question.target, align: "right" as const },
    { title: "various", align: "right" as const },
    { title: "could fill", wrapFrom: 12 },
    { title: "years to build", wrapFrom: 9 },
  ];
  const orUnknown = (r: Parameters<typeof percent>[0] | null) => (r === null ? NOT_KNOWN : percent(r));
  const rows = a.selfSupply.map((s) => [
    `${cleanText(s.name)} (${s.basis})`,
    percent(s.members),
    orUnknown(s.demand),
    orUnknown(s.gap),
    percent(s.target),
    percent(s.unallocated),
    fillers(s),
    s.yearsToBuild === null ? NOT_KNOWN : numberRange(s.yearsToBuild.value),
  ]);
  return drawTable({ columns, rows }, style);
}

/** The largest states that could fill a gap, and how many more there are. */
function fillers({ couldFill }: SelfSupply): string {
  const named = couldFill.slice(0, 3).map((f) => `${f.state} ${percent(f.share)}`);
  if (couldFill.length > 3) named.push(`${couldFill.length - 3} more`);
  return named.join(", ") || "nobody known";
}
