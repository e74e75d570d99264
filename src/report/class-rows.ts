import type { Assessment, CellResult, ClassResult, ClassRow, Coverage } from "../closure/assessment.ts";
import { hull, type Range } from "../domain/ranges.ts";
import { type Evidence, weakest } from "../domain/verdicts.ts";
import { reaches } from "./format.ts";

/** One bar with the class it belongs to and the weakest evidence of the rules behind it. */
export interface PageRow {
  readonly row: ClassRow;
  readonly of: ClassResult;
  readonly evidence: Evidence | null;
}

/** Rows of one group that may stand as one line, because none of them has anything controlled. */
export interface Fold {
  readonly why: "open" | "not-supplied";
  readonly rows: readonly PageRow[];
  /** Hull of what members supply of each. */
  readonly members: Range;
  /** Ranks of the leaks that the rows are part of, ascending. */
  readonly leaks: readonly number[];
}

export interface RowGroup {
  readonly group: string;
  readonly rows: readonly PageRow[];
  readonly folds: readonly Fold[];
}

const FOLD_FROM = 3;

/** The bars of the leaf classes by group, groups in the order of the classes; with `fold`, all-open rows gathered. */
export function rowGroups(a: Assessment, { fold }: { readonly fold: boolean }): RowGroup[] {
  const groups = new Map<string, PageRow[]>();
  for (const of of a.classes) {
    if (!of.leaf) continue;
    const list = groups.get(of.group) ?? [];
    for (const row of of.rows) list.push({ row, of, evidence: rowEvidence(a, of, row) });
    groups.set(of.group, list);
  }
  return [...groups].map(([group, rows]) => (fold ? foldGroup(group, rows) : { group, rows, folds: [] }));
}

function foldGroup(group: string, rows: readonly PageRow[]): RowGroup {
  const folds: Fold[] = [];
  for (const why of ["open", "not-supplied"] as const) {
    const alike = rows.filter((r) => foldReason(r) === why);
    if (alike.length < FOLD_FROM) continue;
    const leaks = new Set(alike.flatMap((r) => (r.row.leak === undefined ? [] : [r.row.leak])));
    const members = alike.map((r) => r.row.members).reduce(hull);
    folds.push({ why, rows: alike, members, leaks: [...leaks].sort((x, y) => x - y) });
  }
  const folded = new Set(folds.flatMap((f) => f.rows));
  return { group, rows: rows.filter((r) => !folded.has(r)), folds };
}

function foldReason({ row, of }: PageRow): Fold["why"] | null {
  if (of.periodFit === "none" || row.coverage.controlled.high > 0) return null;
  return row.members.high > 0 ? "open" : "not-supplied";
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
