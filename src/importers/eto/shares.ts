import type { Problem } from "../../domain/errors.ts";
import type { CsvRow } from "../../input/csv-file.ts";
import type { Cells } from "../csv-text.ts";
import type { ImportedClass } from "./classes.ts";
import type { Provider } from "./providers.ts";
import { cellProblem, type Release } from "./read-release.ts";

export const SHARE_COLUMNS = ["class", "supplier", "state", "value", "low", "high", "period", "source", "kind", "note"];

/** Rounded shares of one class and year may add up to this. */
const SUM_LIMIT = 102.5;

/** One share as the release gives it; `percent` null when the supplier is named without a figure. */
export interface Provision {
  readonly classId: string;
  readonly provider: Provider;
  readonly percent: number | null;
  readonly period: string;
  readonly source: string;
  readonly notes: readonly string[];
}

/** How the rows of a release become shares: the class of an upstream id, and the year and source of a row. */
export interface ProvisionContext {
  readonly release: Release;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly classOf: (upstream: string) => Pick<ImportedClass, "id"> | undefined;
  readonly periodOf: (row: CsvRow, classId: string) => string;
  readonly sourceOf: (row: CsvRow) => string;
  readonly notesOf: (row: CsvRow) => readonly string[];
  readonly problems: Problem[];
}

/** Reads every provision row; reports unknown providers and classes, bad years, and shares outside 0 to 100. */
export function readProvision(context: ProvisionContext): Provision[] {
  const { release, providers, problems } = context;
  const found: Provision[] = [];
  for (const row of release.rows["provision.csv"]) {
    const refuse = (column: string, problem: Pick<Problem, "code" | "message" | "hint">): void => {
      problems.push(cellProblem(release, "provision.csv", row, column, problem));
    };
    const provider = providers.get(row.cells.provider_id!);
    const target = context.classOf(row.cells.provided_id!);
    const share = parseShare(row.cells.share_provided!);
    if (!provider) {
      const message = `unknown provider \`${row.cells.provider_id}\` (${row.cells.provider_name})`;
      refuse("provider_id", { code: "unknown-name", message, hint: "providers.csv of the release lacks it" });
    }
    if (!target) {
      const message = `unknown input \`${row.cells.provided_id}\` (${row.cells.provided_name})`;
      refuse("provided_id", { code: "unknown-class", message, hint: "inputs.csv of the release lacks it" });
    }
    if (share === undefined) {
      const message = `\`${row.cells.share_provided}\` is no share`;
      refuse("share_provided", { code: "bad-value", message, hint: "shares are per cent, 0 to 100, or empty" });
    }
    if (!provider || !target || share === undefined) continue;
    const period = context.periodOf(row, target.id);
    if (!/^\d{4}$/.test(period)) {
      refuse("year", { code: "bad-date", message: `\`${period}\` is no year`, hint: "every share carries its year" });
    }
    const notes = [...context.notesOf(row), ...(share === 0 ? ["rounded to 0.0 by the source"] : [])];
    found.push({ classId: target.id, provider, percent: share, period, source: context.sourceOf(row), notes });
  }
  return found;
}

/** `61%`, `4.0`, or empty (null); undefined for anything else. */
function parseShare(text: string): number | null | undefined {
  if (text === "") return null;
  const digits = /^(\d+(?:\.\d+)?)%?$/.exec(text);
  const value = Number(digits?.[1] ?? Number.NaN);
  return value <= 100 ? value : undefined;
}

/**
 * Rows of shares.csv in the order of `classIds`: by year, states before the unallocated rest before firms, large before
 * small. `atMostOne` says that the release writes 1 for everything from 0 to 1.
 */
export function shareRows(provision: readonly Provision[], classIds: readonly string[], atMostOne: boolean): Cells[] {
  const place = new Map(classIds.map((id, i) => [id, i]));
  const levels = ["state", "various", "firm"];
  const sorted = mergeVarious(provision).sort(
    (a, b) =>
      place.get(a.classId)! - place.get(b.classId)! ||
      compare(a.period, b.period) ||
      levels.indexOf(a.provider.level) - levels.indexOf(b.provider.level) ||
      (b.percent ?? -1) - (a.percent ?? -1) ||
      compare(a.provider.supplier, b.provider.supplier),
  );
  return sorted.map((p) => shareRow(p, atMostOne));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function shareRow(p: Provision, atMostOne: boolean): Cells {
  const range = atMostOne && p.percent === 1;
  const notes = range ? [...p.notes, "the source writes 1 for everything from 0 to 1"] : p.notes;
  return {
    class: p.classId,
    supplier: p.provider.supplier,
    state: p.provider.level === "firm" ? p.provider.state || "various" : "",
    value: p.percent === null || range ? "" : String(p.percent),
    low: range ? "0" : "",
    high: range ? "1" : "",
    period: p.period,
    source: p.source,
    kind: "reported",
    note: notes.join("; "),
  };
}

/** Regions and the rest become one unallocated row for a class, year and source; its note keeps the parts. */
function mergeVarious(provision: readonly Provision[]): Provision[] {
  const merged: Provision[] = [];
  const groups = Map.groupBy(
    provision.filter((p) => p.provider.level === "various"),
    (p) => `${p.classId}\n${p.period}\n${p.source}`,
  );
  for (const group of groups.values()) {
    const parts = group.filter((p) => p.percent !== null);
    const regional = group.some((p) => p.provider.level === "various" && p.provider.region !== "");
    const percent = parts.length === 0 ? null : Number(parts.reduce((sum, p) => sum + p.percent!, 0).toFixed(4));
    const named = group.map((p) => `${regionOf(p)} ${p.percent ?? "unknown"}`).sort();
    const notes = regional ? [named.join(", "), ...new Set(group.flatMap((p) => p.notes))] : group[0]!.notes;
    merged.push({ ...group[0]!, percent, notes });
  }
  return [...provision.filter((p) => p.provider.level !== "various"), ...merged];
}

function regionOf(p: Provision): string {
  return p.provider.level === "various" && p.provider.region !== "" ? p.provider.region : "various countries";
}

/** Refuses suppliers given twice, and states that add up to more than rounding explains. */
export function shareProblems(provision: readonly Provision[], file: string, atMostOne: boolean): Problem[] {
  const problems: Problem[] = [];
  const groups = Map.groupBy(provision, (p) => `${p.classId}\n${p.period}`);
  for (const rows of groups.values()) {
    const { classId, period } = rows[0]!;
    const seen = new Set<string>();
    let sum = 0;
    for (const p of rows) {
      const key = p.provider.level === "various" ? `various ${p.provider.region}` : p.provider.supplier;
      if (seen.has(key)) {
        const message = `\`${key}\` stands twice for \`${classId}\` in ${period}`;
        problems.push({ code: "duplicate-id", message, at: { file }, hint: "one figure for a supplier and year" });
      }
      seen.add(key);
      if (p.provider.level !== "firm") sum += atMostOne && p.percent === 1 ? 0 : (p.percent ?? 0);
    }
    if (sum > SUM_LIMIT) {
      const message = `states of \`${classId}\` in ${period} add up to ${Number(sum.toFixed(4))}%`;
      problems.push({ code: "bad-sum", message, at: { file }, hint: `rounding explains ${SUM_LIMIT}% at most` });
    }
  }
  return problems;
}
