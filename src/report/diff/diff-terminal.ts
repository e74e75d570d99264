import pc from "picocolors";
import type { Diff, DiffChange, DiffDecision } from "../../closure/diff.ts";
import { longDate } from "../../domain/dates.ts";
import { cleanText } from "../clean-text.ts";
import { count } from "../format.ts";
import { flow, paragraph } from "../terminal/text-layout.ts";

const LEAST = 50;
const MOST = 120;

export interface DiffPageOptions {
  readonly width: number;
  readonly colour: boolean;
  /** Changes from or to `undetermined` too. */
  readonly all: boolean;
}

/** Changed decisions as a page for a terminal, grouped by the rule responsible, a witness each. */
export function renderDiffTerminal(d: Diff, { width: asked, colour, all }: DiffPageOptions): string {
  const width = Math.min(MOST, Math.max(LEAST, asked));
  const { bold } = pc.createColors(colour);
  const sides = d.folders
    ? [`${cleanText(d.folders[0])} -> ${cleanText(d.folders[1])}`, longDate(d.to)]
    : [`${longDate(d.from)} -> ${longDate(d.to)}`];
  const [first, ...rest] = flow(["Entente", "changed decisions", d.regime ?? "every regime", ...sides], width, {
    gap: 3,
  });
  const shown = all ? d.changes : d.changes.filter(isSettled);
  const left = d.changes.length - shown.length;
  const groups = new Map<string, DiffChange[]>();
  for (const c of shown) {
    const key = c.rules.join(" + ");
    groups.set(key, [...(groups.get(key) ?? []), c]);
  }
  const sections = [
    [bold(first!), ...rest],
    paragraph(summary(d), width),
    ...[...groups].map(([rules, changes]) => ruleSection(rules, changes, width, bold)),
    left > 0 ? paragraph(`${count(left, "change")} from or to undetermined not shown: --all shows them`, width) : [],
    clauseLines(d, width, all),
    ["NOT MODELLED", ...d.notModelled.flatMap((n) => paragraph(n, width, "  ", 4))],
  ];
  return `${sections
    .filter((s) => s.length > 0)
    .map((s) => s.join("\n"))
    .join("\n\n")}\n`;
}

function isSettled(c: DiffChange): boolean {
  return c.before.verdict !== "undetermined" && c.after.verdict !== "undetermined";
}

function summary(d: Diff): string {
  if (d.clauses.length === 0) return "The text in force is the same on both sides.";
  const changed = d.changes.reduce((sum, c) => sum + c.count, 0);
  const what = `${count(d.clauses.length, "clause")} of the text ${d.clauses.length === 1 ? "differs" : "differ"}`;
  return `${what}; of ${count(d.tried, "transaction")} tried, ${count(changed, "decision")} changed.`;
}

function ruleSection(
  rules: string,
  changes: readonly DiffChange[],
  width: number,
  bold: (text: string) => string,
): string[] {
  const [first, ...rest] = paragraph(`${rules}: ${changes[0]!.title}`, width, "", 2);
  return [
    bold(first!),
    ...rest,
    ...changes.flatMap((c) => [
      ...paragraph(`${c.kind}: ${words(c.before)} -> ${words(c.after)} (${c.count} tried)`, width, "  ", 4),
      ...paragraph(`such as ${factWords(c)}`, width, "    ", 6),
    ]),
  ];
}

function words({ verdict, policy }: DiffDecision): string {
  return policy === undefined ? verdict : `${verdict}, ${policy}`;
}

function factWords(c: DiffChange): string {
  return Object.entries(c.witness.facts)
    .map(([name, value]) => `${name}: ${factValue(value)}`)
    .join("; ");
}

function factValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([bound, x]) => `${bound} ${x}`)
    .join(", ");
}

const CLAUSES_SHOWN = 12;

function clauseLines(d: Diff, width: number, all: boolean): string[] {
  if (d.clauses.length === 0) return [];
  const shown = all ? d.clauses : d.clauses.slice(0, CLAUSES_SHOWN);
  const more = d.clauses.length - shown.length;
  return [
    "TEXT THAT DIFFERS",
    ...shown.flatMap((c) => paragraph(`${c.change}: ${c.kind} ${c.id}`, width, "  ", 4)),
    ...(more > 0 ? [`  and ${more} more: --all shows them`] : []),
  ];
}
