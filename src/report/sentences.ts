import type { GoalResult, Lag, Leak, MinimumResult, Stay, Timing, UnitedWindow } from "../closure/assessment.ts";
import type { Grade } from "../domain/verdicts.ts";
import { cleanText } from "./clean-text.ts";
import { amount, count, NOT_MEASURED, percent, percentText, shortDate } from "./format.ts";

/** What leaks: the class, its variant, how many further classes have the same cause, and the probe if it is not the headline one. */
export function leakName(l: Leak, headline: string): string {
  const variant = l.variantName === undefined ? "" : `, ${cleanText(l.variantName)}`;
  const others = l.classes.filter((c) => c !== l.class).length;
  const more = others > 0 ? ` and ${count(others, "more class", "more classes")}` : "";
  return `${cleanText(l.className)}${variant}${more}${l.probe === headline ? "" : ` (${cleanText(l.probe)})`}`;
}

/** The share of a leak; what was bought before a rule was in force is no share of supply. */
export function leakShare(l: Leak, threshold: number, dash = "-"): string {
  return l.kind === "stock" ? "no share" : percentText(l.size.share, { threshold, dash });
}

const LEFT_WORDS: Readonly<Record<Grade, string>> = {
  closed: "closed",
  "closed-in-practice": "closed in practice",
  gated: "licence",
  open: "open",
  undetermined: "undetermined",
};

/** `overlay at most 2.4 nm instead of 1.5 nm -> licence`: the smallest change, and what the law said once it was made. */
export function changeWords({ change, mend }: Leak, arrow = "->"): string {
  const words = cleanText(change);
  return mend === null ? words : `${words} ${arrow} ${LEFT_WORDS[mend.after]}`;
}

/** What else is to be said of the change: what closes the leak where a licence is all it brings, and what else it takes in. */
export function changeNotes({ mend }: Leak): string[] {
  if (mend === null) return [];
  const beside = mend.alsoReaches?.length ?? 0;
  return [
    ...(mend.mends ? [] : ["it mends a part only"]),
    ...(mend.closing ? ["a presumption of denial with it closes the leak"] : []),
    ...(beside > 0 ? [`it takes in ${count(beside, "further item")} that ${beside === 1 ? "is" : "are"} open`] : []),
  ];
}

/** How the changes were found, for the end of a table of leaks. */
export const TRIED_NOTE =
  "A change stands with what the law said once it was made (->). The smallest is shown: a number, date or policy word; an exclusion dropped; a state that joins; an entry adopted; an entry widened; a layer added.";

/** The title of a goal, with its probe where that is not the headline one. */
export function goalName(g: GoalResult, headline: string): string {
  return `${cleanText(g.title)}${g.probe === headline ? "" : ` (${cleanText(g.probe)})`}`;
}

/** Sentences on the united window: when, what was bought against both baselines, what else was at work. */
export function windowWords(w: UnitedWindow, { dash = "-", sources = true } = {}): string[] {
  const span = `Window ${shortDate(w.from)} to ${shortDate(w.until)}`;
  const bought = w.imports === null ? `purchases ${NOT_MEASURED}.` : importWords(w.imports, dash, sources);
  const confounders = w.confounders.map(cleanText).join("; ");
  // Where nothing is measured, nothing is confounded.
  const beside = w.imports === null || confounders === "" ? [] : [`Also at work: ${confounders}.`];
  return [`${span}: ${bought}`, ...beside];
}

/** Who moved first and how long the others took, over all classes: `USA first, on 7 Oct 2022; JPN 289 days later`. */
export function lagWords({ lags }: Timing): string[] {
  const [first, ...rest] = lags;
  if (!first?.inForce) return [];
  const others = rest.map((l) => `${l.state} ${lagOf(l)}`);
  return [`${[`${first.state} first, on ${shortDate(first.inForce)}`, ...others].join("; ")}.`];
}

/** `289 days later`, `the same day`, or `none in 329 days`. */
function lagOf(l: Lag): string {
  if (l.inForce === null) return `none in ${count(l.days, "day")}`;
  return l.days === 0 ? "the same day" : `${count(l.days, "day")} later`;
}

/** Lags of all members in each group of classes, one phrase a group. */
export function groupLags({ lags }: Timing): { readonly group: string; readonly words: string }[] {
  const groups = [...new Set(lags.flatMap((l) => l.groups.map((g) => g.group)))];
  return groups.map((group) => {
    const of = lags.flatMap((l) => l.groups.flatMap((g) => (g.group === group ? [{ state: l.state, lag: g }] : [])));
    const first = of.find((x) => x.state === x.lag.firstMover);
    const others = of.filter((x) => x !== first).map((x) => `${x.state} ${lagOf(x.lag)}`);
    const lead = first?.lag.inForce ? [`${first.state} first, on ${shortDate(first.lag.inForce)}`] : [];
    return { group, words: [...lead, ...others].join("; ") };
  });
}

/** Every united window with whose it is; none where the one that is told in full is the only one. */
export function windowList({ windows }: Pick<Timing, "windows">): string[] {
  if (windows.length < 2) return [];
  const each = windows.map(
    (w) => `${shortDate(w.from)} to ${shortDate(w.until)} (${w.states.join(" ")}, ${count(w.days, "day")})`,
  );
  return [`All windows, united where they overlap: ${each.join("; ")}.`];
}

/** `stayed 9 Nov 2025 to 27 Nov 2026`. */
export function stayWords(s: Stay): string {
  const until = s.until === null ? "with no end known" : `to ${shortDate(s.until)}`;
  return `${s.status === "announced" ? "not yet enforced" : s.status} ${shortDate(s.from)} ${until}`;
}

function importWords(i: NonNullable<UnitedWindow["imports"]>, dash: string, withSources: boolean): string {
  const of = (r: typeof i.yearEarlier) => amount(r, i.unit, dash);
  const months = i.monthsOfNormalSupply;
  const supply = months === null ? "" : `, ${amount(months, "months", dash)} of normal supply`;
  const sources = withSources && i.sources.length > 0 ? ` (${i.sources.map(cleanText).join(", ")})` : "";
  const note = cleanText(i.note);
  return [
    `${cleanText(i.what)} ${of(i.value)} in ${cleanText(i.period)}`,
    `the same months a year earlier: ${of(i.yearEarlier)}`,
    `at the rate of the twelve months before: ${of(i.twelveMonthsBefore)}`,
    `excess: ${of(i.excess)}${supply}${sources}.${note === "" ? "" : ` Note: ${note}.`}`,
  ].join("; ");
}

const COALITIONS_SHOWN = 6;

/** `for ... at 90%: USA+JPN ; USA+KOR (proven; none left out; in each: USA)`. */
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
