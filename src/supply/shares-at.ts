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

/**
 * Shares of `classId` in `year`: of that year where given; else the envelope of the nearest earlier and later ones
 * (`derived`); else the nearest one, marked `after-date` or `before-date`; else none, and all of it is unallocated.
 */
export function sharesAt(pack: Pick<Pack, "shares">, classId: ClassId, year: number): SharesAt {
  const rows = pack.shares.filter((s) => s.class === classId);
  const years = [...new Set(rows.filter((s) => s.level !== "firm").map((s) => yearOf(s.period)))].sort((a, b) => a - b);
  const before = years.findLast((y) => y <= year);
  const after = years.find((y) => y >= year);
  const of = (y: number) => inYear(rows, y);
  const base = { class: classId, year };
  if (before === undefined && after === undefined) {
    return { ...base, period: "", fit: "none", suppliers: [], unallocated: { low: 0, high: 1 }, sources: [] };
  }
  if (before !== undefined && after !== undefined && before !== after) {
    return { ...base, period: `${before}..${after}`, fit: "envelope", ...envelope(of(before), of(after)) };
  }
  const nearest = (before ?? after)!;
  const fit = nearest === year ? "asked" : nearest < year ? "before-date" : "after-date";
  return { ...base, period: String(nearest), fit, ...finish(of(nearest)) };
}

/** The years whose shares stand for `year`: itself, or the nearest earlier and later, or the nearest; itself when there are none. */
export function yearsAround(pack: Pick<Pack, "shares">, classId: ClassId, year: number): number[] {
  const years = [
    ...new Set(pack.shares.filter((s) => s.class === classId && s.level !== "firm").map((s) => yearOf(s.period))),
  ].sort((a, b) => a - b);
  const found = [years.findLast((y) => y <= year), years.find((y) => y >= year)].filter((y) => y !== undefined);
  return found.length === 0 ? [year] : [...new Set(found)];
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
