import type { Assessment, NextMember } from "../../closure/assessment.ts";
import type { State } from "../../domain/states.ts";
import { stateName } from "../../domain/states.ts";
import { cleanText } from "../clean-text.ts";
import { money, NOT_KNOWN, percent } from "../format.ts";
import { minimumWords } from "../sentences.ts";
import type { PageStyle } from "./page-style.ts";
import { drawTable } from "./table.ts";
import { paragraph } from "./text-layout.ts";

/** Who should join next: counts of classes before and after, what newly binds, and what it sells to the target. */
export function drawNext(a: Assessment, style: PageStyle): string[] {
  const share = percent({ low: a.question.threshold, high: a.question.threshold });
  if (a.next.length === 0) {
    const none = paragraph("No further state that supplies any class is known.", style.width, " ");
    return [style.colours.bold("WHO NEXT"), ...none];
  }
  const byLaw = a.question.asks === "closure";
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "WHO NEXT", wrapFrom: 14 },
    ...(byLaw ? [right(`controlled ${share}%`), right("by law"), right("could close")] : [right(`supplied ${share}%`)]),
    ...(byLaw ? [{ title: "newly binds", wrapFrom: 14 }] : []),
    { title: "sells to target", wrapFrom: 14 },
  ];
  const rows = a.next.map((n) => [
    `+ ${n.state} ${nameUnlessCode(n.state)}`,
    ...(byLaw ? [n.gains.controlled, n.gains.closed, n.gains.potential] : [n.gains.potential]).map(beforeAfter),
    ...(byLaw ? [n.gains.binding.length > 0 ? n.gains.binding.join(", ") : "none new"] : []),
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
