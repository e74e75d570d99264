import { hull, type Range, round, upTo, ZERO } from "../domain/ranges.ts";
import type { Kind } from "../domain/sourced.ts";
import type { State } from "../domain/states.ts";
import type { ClassId, Pack, Share } from "./pack.ts";
import { yearOf } from "./periods.ts";

/** How the period of the shares relates to the year asked for. */
export type PeriodFit = "asked" | "envelope" | "after-date" | "before-date" | "none";

export interface FirmShare {
  readonly name: string;
  readonly share: Range;
  readonly source: string;
}

/** What one state supplies, or `various` (several states, unallocated). */
export interface SupplierShare {
  readonly supplier: State | "various";
  readonly share: Range;
  readonly kind: Kind;
  readonly sources: readonly string[];
  /** Firms with their headquarters in the state, largest first. */
  readonly firms: readonly FirmShare[];
}

/** Shares of world supply of one class, fitted to a year. */
export interface SharesAt {
  readonly class: ClassId;
  readonly year: number;
  /** `2025`, `2022..2025` for an envelope, empty for none. */
  readonly period: string;
  readonly fit: PeriodFit;
  /** Largest first; `various` last. It is part of `unallocated`, so never add the two up. */
  readonly suppliers: readonly SupplierShare[];
  /** Supply that no state is named for: `various` and the remainder to 100%. A lost row makes it larger. */
  readonly unallocated: Range;
  readonly sources: readonly string[];
}

/** A remainder up to this is dust of rounding, not a rest. */
export const ROUNDING_DUST = 0.005;

/** A note that begins so says that the class meant something else in that year. */
const BREAK = "break in definition";

/**
 * Shares of `classId` in `year`: of that year where given; else the envelope of the nearest earlier and later ones
 * (`derived`); else the nearest one, marked `after-date` or `before-date`; else none, and all of it is unallocated. A year
 * in which the class meant something else stands for no other year, unless there is nothing else.
 */
export function sharesAt(pack: Pick<Pack, "shares">, classId: ClassId, year: number): SharesAt {
  const rows = pack.shares.filter((s) => s.class === classId);
  const [first, last] = standIns(rows, year);
  const of = (y: number) => inYear(rows, y);
  const base = { class: classId, year };
  if (first === undefined) {
    return { ...base, period: "", fit: "none", suppliers: [], unallocated: { low: 0, high: 1 }, sources: [] };
  }
  if (last !== undefined)
    return { ...base, period: `${first}..${last}`, fit: "envelope", ...envelope(of(first), of(last)) };
  const fit = first === year ? "asked" : first < year ? "before-date" : "after-date";
  return { ...base, period: String(first), fit, ...finish(of(first)) };
}

/** The years whose shares stand for `year`: itself, or the nearest earlier and later, or the nearest; itself when there are none. */
export function yearsAround(pack: Pick<Pack, "shares">, classId: ClassId, year: number): number[] {
  const found = standIns(
    pack.shares.filter((s) => s.class === classId),
    year,
  );
  return found.length === 0 ? [year] : found;
}

/** At most two years, the earlier first. */
function standIns(rows: readonly Share[], year: number): number[] {
  const ofStates = rows.filter((s) => s.level !== "firm");
  const years = yearsOf(ofStates);
  if (years.includes(year)) return [year];
  const broken = new Set(yearsOf(ofStates.filter((s) => s.note?.startsWith(BREAK))));
  const same = years.filter((y) => !broken.has(y));
  const usable = same.length > 0 ? same : years;
  return [usable.findLast((y) => y < year), usable.find((y) => y > year)].filter((y) => y !== undefined);
}

function yearsOf(rows: readonly Share[]): number[] {
  return [...new Set(rows.map((s) => yearOf(s.period)))].sort((a, b) => a - b);
}

/** One state's own share of a class, year by year, with what changed in the definition. */
export interface ShareOfYear {
  readonly period: string;
  readonly share: Range;
  readonly note?: string;
}

/** The share of `target` in every year on record, oldest first: how far it came to supply itself. */
export function shareHistory(pack: Pick<Pack, "shares">, classId: ClassId, target: State): ShareOfYear[] {
  const rows = pack.shares.filter((s) => s.class === classId && s.level !== "firm");
  return yearsOf(rows).map((year) => {
    const note = rows.find((s) => yearOf(s.period) === year && s.note?.startsWith(BREAK))?.note;
    return { period: String(year), share: targetOwn(sharesAt(pack, classId, year), target), ...(note && { note }) };
  });
}

/** The share of `target` itself; `[0, unallocated]` when no row names it. */
export function targetOwn(shares: SharesAt, target: State): Range {
  return shares.suppliers.find((s) => s.supplier === target)?.share ?? upTo(shares.unallocated);
}

/** Shares of one year, before rounding dust is swept. */
interface YearShares {
  readonly suppliers: ReadonlyMap<State | "various", SupplierShare>;
  /** 100% without what states are known to supply at least; never below zero. */
  readonly rest: number;
  readonly unallocated: Range;
}

function inYear(rows: readonly Share[], year: number): YearShares {
  const now = rows.filter((s) => yearOf(s.period) === year);
  const known = new Map<State | "various", SupplierShare>();
  const open: Share[] = [];
  for (const row of now) {
    if (row.level === "firm") continue;
    if (row.value === null) open.push(row);
    else known.set(nameOf(row), merged(known.get(nameOf(row)), row, row.value));
  }
  let lows = 0;
  for (const s of known.values()) if (s.supplier !== "various") lows += s.share.low;
  const various = known.get("various")?.share ?? ZERO;
  const rest = Math.max(0, round(1 - lows));
  const isOpen = open.some((row) => !known.has(nameOf(row)));
  const high = Math.max(various.high, isOpen || rest - various.high > ROUNDING_DUST ? rest : 0);
  // An unknown share is at most what is left, and never less than what rounding could hide.
  const unknown = { low: 0, high: Math.max(round(rest - various.low), ROUNDING_DUST) };
  for (const row of open) if (!known.has(nameOf(row))) known.set(nameOf(row), merged(undefined, row, unknown));
  for (const [name, s] of known) known.set(name, { ...s, firms: firmsOf(now, name) });
  return { suppliers: known, rest, unallocated: { low: various.low, high } };
}

function nameOf(row: Share): State | "various" {
  return row.level === "various" ? "various" : row.state!;
}

/** Two sources for the same supplier and year stay side by side as their hull. */
function merged(found: SupplierShare | undefined, row: Share, value: Range): SupplierShare {
  const supplier = nameOf(row);
  if (!found) return { supplier, share: value, kind: row.kind, sources: [row.source], firms: [] };
  const kind = found.kind === row.kind ? row.kind : "derived";
  return { supplier, share: hull(found.share, value), kind, sources: union(found.sources, [row.source]), firms: [] };
}

function firmsOf(rows: readonly Share[], state: State | "various"): FirmShare[] {
  const firms = new Map<string, FirmShare>();
  for (const row of rows) {
    if (row.level !== "firm" || row.state !== state || row.value === null) continue;
    const found = firms.get(row.supplier);
    const share = found ? hull(found.share, row.value) : row.value;
    firms.set(row.supplier, { name: row.supplier, share, source: found?.source ?? row.source });
  }
  return [...firms.values()].sort((a, b) => b.share.high - a.share.high || compare(a.name, b.name));
}

/** The hull of two years. Who is missing in one of them may have supplied anything up to the rest of that year. */
function envelope(a: YearShares, b: YearShares): Pick<SharesAt, "suppliers" | "unallocated" | "sources"> {
  const suppliers = new Map<State | "various", SupplierShare>();
  for (const name of new Set([...a.suppliers.keys(), ...b.suppliers.keys()])) {
    const [x, y] = [a.suppliers.get(name), b.suppliers.get(name)];
    const share = hull(x?.share ?? absent(name, a), y?.share ?? absent(name, b));
    const sources = union(x?.sources ?? [], y?.sources ?? []);
    const firms = firmEnvelope(x?.firms ?? [], y?.firms ?? []);
    suppliers.set(name, { supplier: name, share, kind: "derived", sources, firms });
  }
  return finish({ suppliers, rest: Math.max(a.rest, b.rest), unallocated: hull(a.unallocated, b.unallocated) });
}

function absent(name: State | "various", year: YearShares): Range {
  return name === "various" ? year.unallocated : { low: 0, high: Math.max(year.rest, year.unallocated.high) };
}

/** A firm that one year does not name has an unknown share there: only its high bound is kept. */
function firmEnvelope(a: readonly FirmShare[], b: readonly FirmShare[]): FirmShare[] {
  const names = union(
    a.map((f) => f.name),
    b.map((f) => f.name),
  );
  return names.map((name) => {
    const [x, y] = [a.find((f) => f.name === name), b.find((f) => f.name === name)];
    const share = x && y ? hull(x.share, y.share) : upTo((x ?? y)!.share);
    return { name, share, source: (x ?? y)!.source };
  });
}

function finish({ suppliers, unallocated }: YearShares): Pick<SharesAt, "suppliers" | "unallocated" | "sources"> {
  const order = [...suppliers.values()].sort(
    (a, b) =>
      Number(a.supplier === "various") - Number(b.supplier === "various") ||
      b.share.high - a.share.high ||
      b.share.low - a.share.low ||
      compare(a.supplier, b.supplier),
  );
  return { suppliers: order, unallocated, sources: [...new Set(order.flatMap((s) => s.sources))].sort(compare) };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
