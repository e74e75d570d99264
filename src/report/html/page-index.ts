import type { Assessment, CellCite, CellResult, ClockEntry, UsedSource } from "../../closure/assessment.ts";
import { type Html, html, joinParts, type Part } from "./markup.ts";

/** What links of the page are made from. Anchors are numbered, so that no data text becomes an id. */
export interface PageIndex {
  readonly classAnchor: (id: string) => string | undefined;
  readonly className: (id: string) => string;
  readonly clauses: (rule: string) => readonly CellCite[];
  readonly versions: (rule: string) => readonly ClockEntry[];
  /** Source ids, one or several joined by commas, as numbers that link to the list of sources. */
  readonly sourceLinks: (ids: string) => Part;
  /** A rule id as a link to its place on the time line, where it has one. */
  readonly ruleLink: (rule: string) => Html;
  readonly sourceAnchor: (s: UsedSource) => string;
}

/** Indexes an assessment by class, rule and source. */
export function indexPage(a: Assessment): PageIndex {
  const classes = new Map(a.classes.map((c, i) => [c.id, { anchor: `class-${i + 1}`, name: c.name }]));
  const sources = new Map(a.sources.map((s, i) => [s.id, i + 1]));
  const rules = new Map<string, { anchor: string; versions: ClockEntry[] }>();
  for (const [i, entry] of a.clock.entries()) {
    const known = rules.get(entry.rule);
    if (known) known.versions.push(entry);
    else rules.set(entry.rule, { anchor: `rule-${i + 1}`, versions: [entry] });
  }
  const clauses = collectClauses(a);
  const sourceLink = (id: string): Html => {
    const n = sources.get(id);
    return n === undefined
      ? html`<span class="id">${id}</span>`
      : html`<a class="source" href="#source-${n}" aria-label="source ${n}, ${id}">[${n}]</a>`;
  };
  return {
    classAnchor: (id) => classes.get(id)?.anchor,
    className: (id) => classes.get(id)?.name ?? id,
    clauses: (rule) => clauses.get(rule) ?? [],
    versions: (rule) => rules.get(rule)?.versions ?? [],
    sourceLinks: (ids) => joinParts(splitIds(ids).map(sourceLink), html` `),
    ruleLink: (rule) => {
      const known = rules.get(rule);
      return known ? html`<a class="id" href="#${known.anchor}">${rule}</a>` : html`<span class="id">${rule}</span>`;
    },
    sourceAnchor: (s) => `source-${sources.get(s.id)}`,
  };
}

function splitIds(ids: string): string[] {
  return ids.split(/,\s*/).filter((id) => id !== "");
}

/** Every clause that a cell cites, once, by rule. */
function collectClauses(a: Assessment): Map<string, CellCite[]> {
  const found = new Map<string, CellCite[]>();
  const seen = new Set<string>();
  for (const cite of a.classes.flatMap((c) => c.suppliers.flatMap((s) => Object.values(s.cells).flatMap(citesOf)))) {
    const key = JSON.stringify([cite.rule, cite.act, cite.at, cite.source, cite.evidence]);
    if (seen.has(key)) continue;
    seen.add(key);
    const list = found.get(cite.rule);
    if (list) list.push(cite);
    else found.set(cite.rule, [cite]);
  }
  return found;
}

/** The clauses of a cell and of its variants. */
export function citesOf(cell: CellResult): readonly CellCite[] {
  return [...cell.cites, ...(cell.variants ?? []).flatMap((v) => citesOf(v.cell))];
}
