import type { Assessment, CellResult, ClassResult, ClassRow, Coverage } from "../closure/assessment.ts";
import { hull, type Range } from "../domain/ranges.ts";
import { type Evidence, type Grade, weakest } from "../domain/verdicts.ts";
import { reaches } from "./format.ts";

/** One bar with the class it belongs to and the weakest evidence of the rules behind it. */
export interface PageRow {
  readonly row: ClassRow;
  readonly of: ClassResult;
  readonly evidence: Evidence | null;
}

/** Rows that may stand as one line: nothing of them is controlled, or they are variants of one class with the same figures. */
export interface Fold {
  readonly why: "open" | "not-supplied" | "alike";
  readonly rows: readonly PageRow[];
  readonly coverage: Coverage;
  /** Hull of what members supply of each. */
  readonly members: Range;
  readonly evidence: Evidence | null;
  /** Ranks of the leaks that the rows are part of, ascending. */
  readonly leaks: readonly number[];
}

export interface RowGroup {
  readonly group: string;
  /** Single rows, and folds at the place of their first row. */
  readonly lines: readonly (PageRow | Fold)[];
}

const FOLD_FROM = 3;

/** The bars of the leaf classes by group, groups in the order of the classes; with `fold`, rows that are alike gathered. */
export function rowGroups(a: Assessment, { fold }: { readonly fold: boolean }): RowGroup[] {
  const groups = new Map<string, PageRow[]>();
  for (const of of a.classes) {
    if (!of.leaf) continue;
    const list = groups.get(of.group) ?? [];
    for (const row of of.rows) list.push({ row, of, evidence: rowEvidence(a, of, row) });
    groups.set(of.group, list);
  }
  return [...groups].map(([group, rows]) => ({ group, lines: fold ? foldRows(rows) : rows }));
}

export function isFold(line: PageRow | Fold): line is Fold {
  return "why" in line;
}

/** The rows of a line, one or many. */
export function rowsOfLine(line: PageRow | Fold): readonly PageRow[] {
  return isFold(line) ? line.rows : [line];
}

function foldRows(rows: readonly PageRow[]): (PageRow | Fold)[] {
  const alike = new Map<string, PageRow[]>();
  for (const r of rows) {
    const key = foldKey(r);
    const list = alike.get(key);
    if (list) list.push(r);
    else alike.set(key, [r]);
  }
  return rows.flatMap((r): (PageRow | Fold)[] => {
    const list = alike.get(foldKey(r))!;
    if (list.length < FOLD_FROM) return [r];
    return list[0] === r ? [makeFold(list)] : [];
  });
}

/** Rows with the same key may stand together. */
function foldKey({ row, of }: PageRow): string {
  const { controlled } = row.coverage;
  if (of.periodFit !== "none" && controlled.high === 0) return row.members.high > 0 ? "open" : "not-supplied";
  return JSON.stringify(["alike", of.id, row.coverage, row.members, row.splitUnknown]);
}

function makeFold(rows: readonly PageRow[]): Fold {
  const first = rows[0]!;
  const key = foldKey(first);
  const leaks = new Set(rows.flatMap((r) => (r.row.leak === undefined ? [] : [r.row.leak])));
  return {
    why: key === "open" || key === "not-supplied" ? key : "alike",
    rows,
    coverage: first.row.coverage,
    members: rows.map((r) => r.row.members).reduce(hull),
    evidence: weakest(rows.flatMap((r) => r.evidence ?? [])) ?? null,
    leaks: [...leaks].sort((x, y) => x - y),
  };
}

/** What the line of a fold says, and what it stands for. */
export function foldWords({ why, rows }: Fold): { readonly label: string; readonly names: readonly string[] } {
  if (why === "alike") {
    const name = rows[0]!.of.name;
    const variant = (label: string) => (label.startsWith(`${name}, `) ? label.slice(name.length + 2) : label);
    return { label: `${name}, ${rows.length} variants`, names: rows.map((r) => variant(r.row.label)) };
  }
  const what = why === "open" ? "no member controls" : "no member supplies";
  return { label: `+ ${rows.length} classes ${what}`, names: rows.map((r) => r.row.label) };
}

/** `3`, `12-17`, `3,5`. */
export function rankRange(ranks: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const r of ranks) {
    const last = runs.at(-1);
    if (last && r === last[1] + 1) last[1] = r;
    else runs.push([r, r]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}

/** Weakest evidence of the rules that control what members supply of the row; null where nothing is controlled. */
function rowEvidence(a: Assessment, of: ClassResult, row: ClassRow): Evidence | null {
  const found: Evidence[] = [];
  for (const s of of.suppliers) {
    if (s.state === a.question.target) continue;
    const cell = cellOf(s.cells[a.question.probe], row.variant);
    if (cell?.evidence && cell.grade !== "open") found.push(cell.evidence);
  }
  return weakest(found) ?? null;
}

function cellOf(cell: CellResult | undefined, variant: string | undefined): CellResult | undefined {
  if (variant === undefined) return cell;
  return cell?.variants?.find((v) => v.id === variant)?.cell ?? cell;
}

/** How many leaf classes reach the threshold at the low bound outside the target, for any probe of the assessment. */
export function reachOf(a: Assessment, probe: string): Readonly<Record<keyof Coverage, number>> | null {
  const leaves = a.classes.filter((c) => c.leaf);
  if (!leaves.every((c) => c.coverage[probe])) return null;
  const reached = (part: keyof Coverage) =>
    leaves.filter((c) => reaches(c.coverage[probe]!.outsideTarget[part].low, a.question.threshold)).length;
  return {
    closed: reached("closed"),
    closedOrPractice: reached("closedOrPractice"),
    controlled: reached("controlled"),
  };
}

/** Leaf classes counted by the period of their shares and how it fits the date, most frequent first. */
export function periodCounts(a: Assessment): { period: string; fit: ClassResult["periodFit"]; classes: number }[] {
  const counts = new Map<string, { period: string; fit: ClassResult["periodFit"]; classes: number }>();
  for (const { leaf, period, periodFit: fit } of a.classes) {
    if (!leaf) continue;
    const key = JSON.stringify([fit, fit === "none" ? "" : period]);
    const entry = counts.get(key) ?? { period, fit, classes: 0 };
    counts.set(key, { ...entry, classes: entry.classes + 1 });
  }
  return [...counts.values()].sort((x, y) => y.classes - x.classes);
}

/** The name of a class by its id; the id itself where the case does not have it. */
export function classNames(a: Assessment): (id: string) => string {
  const names = new Map(a.classes.map((c) => [c.id, c.name]));
  return (id) => names.get(id) ?? id;
}

/** How far a step of a goal is closed at its low bound, in the words of the grades. */
export function stepGrade(c: Coverage, threshold: number): Grade {
  if (reaches(c.closed.low, threshold)) return "closed";
  if (reaches(c.closedOrPractice.low, threshold)) return "closed-in-practice";
  if (reaches(c.controlled.low, threshold)) return "gated";
  return reaches(c.controlled.high, threshold) ? "undetermined" : "open";
}
