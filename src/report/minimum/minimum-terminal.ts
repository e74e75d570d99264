import type { CoalitionFront } from "../../coalition/coalition-front.ts";
import type { MinimumAnswer, MinimumEntry, WeightedAnswer } from "../../coalition/minimum-answer.ts";
import { cleanText } from "../clean-text.ts";

const BY = { potential: "by what states supply", closed: "closed by law", controlled: "under licence by law" } as const;
const BOUND = { certain: "certain", possible: "possible" } as const;

/** The answer of `entente minimum` as a page: every coalition, the front as bars, the weighted answer, the notices. */
export function renderMinimum(answer: MinimumAnswer, width: number): string {
  return [
    ...answer.minimum.map(entry),
    ...(answer.front ? [front(answer.front, width)] : []),
    ...(answer.weighted ? [weighted(answer.weighted)] : []),
    ...answer.notices,
  ].join("\n");
}

function entry(m: MinimumEntry): string {
  const states = (list: readonly string[] | null) => (list === null ? "not known" : list.join(", ") || "none");
  const what = `${cleanText(m.scope)} at ${Math.round(m.threshold * 100)}%, ${BY[m.by]} (${BOUND[m.bound]})`;
  if (m.status === "infeasible") return `${what}: none, not even with every candidate (proven)`;
  const count = `${m.count} minimal coalition${m.count === 1 ? "" : "s"}`;
  const proof = m.status === "proven" ? "proven, none left out" : "search limit reached: there may be more";
  const rest = m.count - m.coalitions.length;
  return [
    `${what}: ${count} (${proof})`,
    ...m.coalitions.map((c) => `  ${c.join(" + ") || "nobody has to join"}`),
    ...(rest > 0 ? [`  ${rest} more`] : []),
    `  in all: ${states(m.indispensable)}`,
    `  in none: ${states(m.irrelevant)}`,
  ].join("\n");
}

const BAR = 30;

/** One bar for each size: what coalitions of that size reach at most, and one that does. */
function front({ axis, whole, points }: CoalitionFront, width: number): string {
  const what = axis === "classes" ? `classes that close, of ${whole}` : "highest share that is reached";
  const rows = points.map(({ size, coverage, coalition, proven }) => {
    const bar = "█".repeat(Math.max(1, Math.round((BAR * coverage) / whole))).padEnd(BAR, "·");
    const value = axis === "classes" ? String(coverage).padStart(4) : `${Math.round(coverage * 100)}%`.padStart(4);
    const members = `${coalition.join(" ")}${proven ? "" : " (not proven)"}`;
    const row = `${String(size).padStart(4)}  ${bar} ${value}  `;
    return row + wrap(members, Math.max(20, width - row.length), row.length);
  });
  if (rows.length === 0) rows.push("  nothing closes, not even with every candidate");
  return [`Size against coverage (${what}):`, ...rows].join("\n");
}

function wrap(text: string, width: number, indent: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}

function weighted(w: WeightedAnswer): string {
  const what = w.budget === null ? "Cheapest coalition" : `Most within a budget of ${w.budget}`;
  if (w.status === "infeasible") return `${what}: none (proven)`;
  if (w.status === "limit") return `${what}: not found within the solver's time`;
  const met = w.budget === null ? "" : `${w.met} of ${w.of} closed, `;
  return `${what}: ${w.coalition?.join(" + ") || "nobody"} (${met}weight ${w.cost}, proven)`;
}
