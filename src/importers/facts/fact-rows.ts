import type { Problem } from "../../domain/errors.ts";
import { parseState } from "../../domain/states.ts";
import type { Cells } from "../csv-text.ts";
import { slug } from "./fact-sources.ts";
import { normalisePeriod, normaliseValue, partiesOf } from "./normalise.ts";
import type { Use } from "./plan.ts";
import { HEADQUARTERS } from "./planned-classes.ts";
import type { Fact } from "./read-facts.ts";

/** Remarks of collectors about their own work, put as what they mean for the reader. */
const REMARKS: readonly (readonly [RegExp, string])[] = [
  [/;? ?also in curated_facts/g, ""],
  [/exact date from memory/g, "the exact date was not read in a source"],
  [/\(?conclusion from memory\)?/g, ""],
  [/ ?\(Cyprus, from memory\)/g, ""],
  [/only the opening of the column is stored/g, "only the opening of the column was read"],
  [/recalled from memory/g, "was not read in a source"],
  [/,? ?from memory/g, " (not read in a source)"],
  [/subject elided in stored copy, read as Italy from the headline/g, "Italy by the headline"],
  [/; data file not in the stored pages; could not be saved/g, ""],
  [/see the CEPR row/g, "see the check of the customs data"],
];

function cleaned(text: string): string {
  return REMARKS.reduce((t, [pattern, words]) => t.replaceAll(pattern, words), text).trim();
}

/** Notes of a row, without the empty ones. */
function noteOf(fact: Fact, ...more: readonly (string | undefined)[]): string {
  const low = fact.confidence === "low" ? "low confidence" : undefined;
  return [cleaned(fact.note), ...more, low].filter(Boolean).join("; ");
}

function kindOf(fact: Fact): string {
  // A remark beside the figure does not make the figure itself an assumption.
  const note = fact.note.replace("(Cyprus, from memory)", "");
  if (/memory/.test(`${note} ${fact.value}`)) return "assumed";
  return /derived/.test(fact.note) ? "derived" : "reported";
}

/** A row of `figures.csv`; undefined, with a problem, when period or unit are not understood. */
export function figureRow(
  fact: Fact,
  use: Use & { as: "figure" },
  source: string,
  problems: Problem[],
): Cells | undefined {
  const period = normalisePeriod(fact.period);
  const value = normaliseValue(fact);
  if (!period) problems.push(notUnderstood("bad-date", `period \`${fact.period}\``, fact));
  if (!value) problems.push(notUnderstood("bad-value", `value \`${fact.value}\` in \`${fact.unit}\``, fact));
  if (!period || !value) return undefined;
  const { text, ...numbers } = value.cells;
  return {
    id: slug(
      `${fact.set === "curated" ? "curated " : ""}${fact.subject} ${fact.metric} ${fact.party} ${fact.period}`,
    ).slice(0, 110),
    topic: use.topic,
    metric: metricOf(fact),
    ...partiesOf(fact.party),
    class: use.class ?? "",
    period: period.period,
    ...numbers,
    ...(text === undefined ? {} : { text: cleaned(text) }),
    unit: value.unit,
    source,
    kind: kindOf(fact),
    note: noteOf(fact, value.note, period.note),
  };
}

function metricOf(fact: Fact): string {
  if (fact.set === "curated") return fact.metric;
  return fact.metric === "members / event" ? fact.subject : `${fact.subject}: ${fact.metric}`;
}

/** Figures with ids that are told apart: the second of one id is `-2`. */
export function distinctIds(rows: readonly Cells[]): Cells[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const count = (seen.get(row.id!) ?? 0) + 1;
    seen.set(row.id!, count);
    return count === 1 ? row : { ...row, id: `${row.id}-${count}` };
  });
}

/** A row of `shares.csv`: of a firm, of the exporter of a flow, or of the party itself. */
export function shareRow(
  fact: Fact,
  use: Use & { as: "share" },
  source: string,
  problems: Problem[],
): Cells | undefined {
  const period = normalisePeriod(fact.period);
  const year = period?.period.slice(-4 - period.period.replace(/^.*\//, "").slice(4).length).slice(0, 4);
  const value = normaliseValue(fact);
  if (!period || !year) problems.push(notUnderstood("bad-date", `period \`${fact.period}\``, fact));
  if (value?.unit !== "%")
    problems.push(notUnderstood("bad-value", `share \`${fact.value}\` in \`${fact.unit}\``, fact));
  const { state, partner } = partiesOf(fact.party);
  const supplier = use.of === "firm" ? fact.subject : use.of === "exporter" ? (partner ?? state) : state;
  const home = use.of === "firm" ? HEADQUARTERS[supplier] : undefined;
  if (use.of === "firm" ? home === undefined : parseState(supplier) === undefined) {
    problems.push(notUnderstood("unknown-state", `supplier \`${supplier}\``, fact));
  }
  if (!period || !year || value?.unit !== "%") return undefined;
  const note = noteOf(fact, value.note, period.period === year ? period.note : `of ${fact.period}`);
  const row = { class: use.class, supplier, state: home ?? "", ...value.cells, period: year, source };
  return { ...row, kind: kindOf(fact), note };
}

/**
 * Rows of states from rows of firms: the firms with headquarters there together at least, and at most with all that no
 * named firm supplies.
 */
export function statesOfFirms(firms: readonly Cells[]): Cells[] {
  const groups = Map.groupBy(
    firms.filter((f) => f.state !== ""),
    (f) => `${f.class}\n${f.period}`,
  );
  return [...groups.values()].flatMap((rows) => {
    const named = total(rows);
    const rest = Math.max(0, 100 - named);
    return [...Map.groupBy(rows, (r) => r.state!)].map(([state, own]) => {
      const low = total(own);
      const bounds = rest === 0 ? { value: text(low) } : { low: text(low), high: text(low + rest) };
      const { class: cls, period, source } = own[0]!;
      const note = `${own.map((r) => r.supplier).join(" and ")}; at most with the ${text(rest)}% of firms not named`;
      return { class: cls!, supplier: state, ...bounds, period: period!, source: source!, kind: "derived", note };
    });
  });
}

function total(rows: readonly Cells[]): number {
  return rows.reduce((sum, r) => sum + Number(r.value), 0);
}

function text(percent: number): string {
  return String(Number(percent.toFixed(4)));
}

/** Rows of `memberships.csv`: signatories with their day, or lists of members; who joins a list later has no day. */
export function memberRows(facts: readonly { fact: Fact; source: string }[], problems: Problem[]): Cells[] {
  const seen = new Set<string>();
  const ordered = [...facts].sort((a, b) =>
    a.fact.period < b.fact.period ? -1 : a.fact.period > b.fact.period ? 1 : 0,
  );
  return ordered.flatMap(({ fact, source }) => {
    const signed = fact.value === "signed";
    const names = signed ? [fact.party] : String(fact.value).split(" ");
    const dated =
      signed ||
      (!/^(members|all)$/.test(fact.party) &&
        !ordered.some((o) => o.fact.subject === fact.subject && o.fact.period < fact.period));
    return names.flatMap((name) => {
      const state = partiesOf(name).state;
      const key = `${fact.subject}\n${state}`;
      if (parseState(state) === undefined) problems.push(notUnderstood("unknown-state", `member \`${name}\``, fact));
      if (seen.has(key)) return [];
      seen.add(key);
      const note = dated
        ? noteOf(fact)
        : noteOf(fact, `named as a member by ${fact.period}; the day of joining was not read in a source`);
      const row = { alliance: slug(fact.subject), state, role: signed ? "signatory" : "member" };
      return [{ ...row, since: dated ? fact.period : "", until: "", disclosed: "true", source, note }];
    });
  });
}

function notUnderstood(code: Problem["code"], what: string, fact: Fact): Problem {
  return { code, message: `${what} is not understood`, at: fact.at, hint: "teach it to src/importers/facts" };
}
