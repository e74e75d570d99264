import type { Assessment, MinimumResult, NextMember } from "../../closure/assessment.ts";
import type { State } from "../../domain/states.ts";
import { stateName } from "../../domain/states.ts";
import { cleanText } from "../clean-text.ts";
import { money, NOT_KNOWN, percent } from "../format.ts";
import type { PageStyle } from "./page-style.ts";
import { drawTable } from "./table.ts";
import { paragraph } from "./text-layout.ts";

/** Who should join next: counts of classes before and after, what newly binds, and what it sells to the target. */
export function drawNext(a: Assessment, style: PageStyle): string[] {
  const share = percent({ low: a.question.threshold, high: a.question.threshold });
  const columns = [
    { title: "WHO NEXT", wrapFrom: 14 },
    { title: `controlled ${share}%`, align: "right" as const },
    { title: "by law", align: "right" as const },
    { title: "could close", align: "right" as const },
    { title: "newly binds", wrapFrom: 14 },
    { title: "sells to target", wrapFrom: 14 },
  ];
  if (a.next.length === 0)
    return [style.colours.bold("WHO NEXT"), " No further state that supplies any class is known."];
  const rows = a.next.map((n) => [
    `+ ${n.state} ${nameUnlessCode(n.state)}`,
    ...[n.gains.controlled, n.gains.closed, n.gains.potential].map(beforeAfter),
    n.gains.binding.length > 0 ? n.gains.binding.join(", ") : "none new",
    n.salesToTarget ? `${money(n.salesToTarget.usd)} ${n.salesToTarget.period}` : NOT_KNOWN,
  ]);
  const notes = style.all ? a.next.flatMap((n) => nextDetail(n, style)) : [];
  return [...drawTable({ columns, rows }, style), ...notes];
}

function nameUnlessCode(s: State): string {
  const name = stateName(s);
  return name === s ? "" : name;
}

/** `31 -> 34`, or `31 (same)`. */
function beforeAfter({ before, after }: { readonly before: number; readonly after: number }): string {
  return before === after ? `${before} (same)` : `${before} -> ${after}`;
}

function nextDetail({ state, adopts, gains }: NextMember, style: PageStyle): string[] {
  const rules = adopts.length > 0 ? `adopts ${adopts.join(", ")}` : "no member's rule to adopt";
  const classes = gains.classes.map((c) => `${cleanText(c.name)} +${percent({ low: c.gain, high: c.gain })}`);
  const rise = classes.length > 0 ? `; low bound rises: ${classes.join("; ")}` : "";
  return paragraph(`${rules}${rise}`, style.width, `   ${state} `).map(style.colours.dim);
}

/** The smallest coalitions for each scope, with what is proven. */
export function drawMinimum(a: Assessment, style: PageStyle): string[] {
  if (a.minimum.length === 0) return [];
  const lines = a.minimum.flatMap((m) => paragraph(minimumWords(m), style.width, " ", 3));
  return [style.colours.bold("SMALLEST COALITIONS"), ...lines];
}

const COALITIONS_SHOWN = 6;

/** `for ... at 90%: USA+JPN ; USA+KOR (proven, complete; in each: USA)`. */
export function minimumWords(m: MinimumResult): string {
  const scope = `for ${cleanText(m.scope)} at ${percent({ low: m.threshold, high: m.threshold })}%:`;
  if (m.status === "infeasible") return `${scope} none, not even with every candidate (proven)`;
  const shown = m.coalitions.slice(0, COALITIONS_SHOWN).map((c) => c.join("+"));
  const rest = m.count - shown.length;
  const list = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(" ; ");
  const facts = [
    m.status === "proven" ? "proven" : "search limit reached, not proven",
    m.complete ? "none left out" : "may not be all",
    ...(m.indispensable && m.indispensable.length > 0 ? [`in each: ${m.indispensable.join(", ")}`] : []),
    ...(m.irrelevant && m.irrelevant.length > 0 ? [`in none: ${m.irrelevant.join(", ")}`] : []),
  ];
  return `${scope} ${list} (${facts.join("; ")})`;
}
