import { type State, stateName } from "../../domain/states.ts";
import type { Evidence } from "../../domain/verdicts.ts";
import type { Gap, ShortClause } from "../../law/gaps/gaps-result.ts";
import type { ParameterRange, ParameterValues, Region } from "../../law/gaps/region.ts";
import { EVIDENCE_MARKS } from "../words.ts";

/** What each kind of difference means. */
export const GAP_KIND_WORDS: Readonly<Record<Gap["kind"], string>> = {
  control: "one law requires a licence or forbids, the other asks for nothing",
  policy: "one law denies as a rule, the other decides case by case or approves",
  scope: "controlled for one destination, act or maker, and not for another",
  time: "both control it now, one of them later",
  undetermined: "one law controls, and a text of the other is not held: no gap and no control",
};

/** Names beyond these are counted. */
const NAMED = 6;

/** A region in words: `etch.gasValve from 300 to below 500 ms, etch.pulsedRf`. */
export function regionWords(region: Region): string {
  const parts = Object.entries(region).map(([name, p]) => ("in" in p ? valuesWords(name, p) : rangeWords(name, p)));
  return parts.length === 0 ? "every item of the class" : parts.join(", ");
}

function valuesWords(name: string, { in: values, notIn }: ParameterValues): string {
  if (notIn !== undefined && notIn.length > 0) {
    const left = notIn.slice(0, NAMED).join(", ");
    return `${name} none of ${left}${notIn.length > NAMED ? ` and ${notIn.length - NAMED} others` : ""}`;
  }
  const [only] = values;
  if (values.length === 1 && typeof only === "boolean") {
    const what = /^[A-Z]{3}:/.test(name) ? `said to fall under ${name}` : name;
    return only ? what : `not ${what}`;
  }
  const shown = values.slice(0, NAMED).map(String);
  const more = values.length - shown.length;
  return `${name} ${shown.join(" or ")}${more > 0 ? ` or ${more} others` : ""}`;
}

/** `from` and `to` take the bound in, `above` and `below` leave it out. */
function rangeWords(name: string, r: ParameterRange): string {
  const unit = r.unit === "count" || r.unit === "ratio" ? "" : ` ${r.unit}`;
  const low = r.exact?.low ?? r.low;
  const high = r.exact?.high ?? r.high;
  if (low !== null && low === high) return `${name} exactly ${low}${unit}`;
  const from = low === null || (low === 0 && high !== null) ? "" : `${r.lowIncluded ? "from" : "above"} ${low}`;
  const to = high === null ? "" : `${r.highIncluded ? "up to" : "below"} ${high}`;
  return `${name} ${[from, to].filter((t) => t !== "").join(" ") || "any"}${unit}`;
}

/** The clause that controls: rule, place and how well it is known. */
export function clauseWords({ clause }: Gap): string {
  const where = clause.paragraphs.length > 0 ? ` (${clause.paragraphs.slice(0, 3).join(", ")})` : "";
  return `${clause.rule}${where}, ${clause.act} ${clause.at}${mark(clause.evidence)}`;
}

function mark(evidence: Evidence): string {
  return EVIDENCE_MARKS[evidence];
}

/** Where another law stops short, in words. */
export function shortWords(s: ShortClause, gap: Gap): string {
  if (s.nearest.length === 0) {
    return s.holes.length > 0 ? s.holes.join("; ") : "no clause that is held speaks of such an item or transaction";
  }
  const clauses = s.nearest.map((n) => {
    const name = n.paragraph ?? n.rule;
    if (n.failed.length > 0) return `${name} (${n.at}) wants ${n.failed.join(" and ")}`;
    return gap.kind === "policy" || gap.kind === "time" ? `${name} (${n.at}) asks for a licence` : `${name} (${n.at})`;
  });
  if (s.exceptions.length > 0) return s.exceptions.map((e) => `left out by ${e.id} (${e.at})`).join("; ");
  const holes = s.holes.length > 0 ? `; not held: ${s.holes.join("; ")}` : "";
  return `${clauses.join("; or ")}${holes}`;
}

/** What else is to be said of a difference in scope or time. */
export function detailWords(gap: Gap): string | undefined {
  if (gap.since) return `controlled since ${gap.since.controlled}, by the other not until ${gap.since.notUntil}`;
  if (!gap.elsewhere) return undefined;
  const names = gap.elsewhere.slice(0, NAMED).map((s) => (/^[A-Z]{3}$/.test(s) ? stateName(s as State) : s));
  const more = gap.elsewhere.length - names.length;
  return `controlled for ${names.join(", ")}${more > 0 ? ` and ${more} others` : ""}, not here`;
}
