import { exact, hull, type Range, sum } from "../domain/ranges.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import type { Facts } from "../law/condition.ts";
import type { TechnologyClass } from "../supply/pack.ts";
import { type ShareOfYear, type SharesAt, targetOwn } from "../supply/shares-at.ts";
import type { CoverageBothWays } from "./assessment.ts";
import { type Cell, hullOfCells, type Rank } from "./cell.ts";
import type { CellEngine } from "./cell-engine.ts";
import { type ClassSupply, calcCoverage, hullOfCoverage, outsideTarget, type SupplierCell } from "./coverage.ts";

/** One variant of a class as the law sees it; a class without variants has one with an empty id. */
export interface LawItem {
  readonly id: string;
  readonly name: string;
  readonly facts: Facts;
  /** Part of the class, where a source gives the split. */
  readonly size?: Range;
}

/** A class of the question with its figures and what it is to the law. */
export interface ClassContext {
  readonly cls: TechnologyClass;
  /** Shares fitted to the asked year, for display: of an envelope each supplier's own hull. */
  readonly shares: SharesAt;
  /** The years behind them: one, or the nearest earlier and later. Totals are taken year by year and then enveloped. */
  readonly vintages: readonly SharesAt[];
  /** The target's own share in every year on record. */
  readonly ownOverTime: readonly ShareOfYear[];
  readonly items: readonly LawItem[];
  readonly hs6: readonly string[];
}

/** The parts of one supplier's supply: by known split, or one hull cell where the split is unknown. */
function partsOf(ctx: ClassContext, engine: CellEngine, supplier: State, probe: string): SupplierCell["parts"] {
  const cells = ctx.items.map((item) => engine.cell(supplier, probe, item.facts));
  const sizes = ctx.items.map((i) => i.size);
  if (ctx.items.length > 1 && sizes.every((s) => s !== undefined)) {
    return cells.map((cell, i) => ({ cell, size: sizes[i]! }));
  }
  return [{ cell: wholeCell(ctx, engine, supplier, probe), size: exact(1) }];
}

const WHOLE = new WeakMap<CellEngine, Map<string, Cell>>();

/** The cell of a supplier's whole class: the hull of its variants. */
export function wholeCell(ctx: ClassContext, engine: CellEngine, supplier: State, probe: string): Cell {
  const cells = ctx.items.map((item) => engine.cell(supplier, probe, item.facts));
  if (cells.length === 1) return cells[0]!;
  const ofEngine = remember(WHOLE, engine, () => new Map<string, Cell>());
  return remember(ofEngine, `${ctx.cls.id} ${supplier} ${probe}`, () => hullOfCells(cells));
}

/**
 * Coverage of a class under a probe, over all variants or one: year by year, then the envelope. Suppliers whose goods no
 * member's law reaches count as open.
 */
export function coverageUnder(ctx: ClassContext, engine: CellEngine, probe: string, only?: LawItem): CoverageBothWays {
  const made = remember(COVERAGE, engine, () => new Map<string, CoverageBothWays>());
  return remember(made, `${ctx.cls.id} ${probe} ${only?.id ?? ""}`, () => calc(ctx, engine, probe, only));
}

/**
 * The same, where only low bounds are read: a state that joins changes those of the classes that it supplies. (High bounds
 * may rise elsewhere, since unallocated supply may be the new member's.)
 */
export function lowCoverageUnder(ctx: ClassContext, engine: CellEngine, probe: string): CoverageBothWays {
  const { before } = engine;
  const untouched = before && !ctx.shares.suppliers.some((s) => s.supplier === before.changed);
  return coverageUnder(ctx, untouched ? before.engine : engine, probe);
}

const COVERAGE = new WeakMap<CellEngine, Map<string, CoverageBothWays>>();

function calc(ctx: ClassContext, engine: CellEngine, probe: string, only: LawItem | undefined): CoverageBothWays {
  return ctx.vintages.map((shares) => calcCoverage(supplyOf(ctx, shares, engine, probe, only))).reduce(hullOfCoverage);
}

function supplyOf(
  ctx: ClassContext,
  shares: SharesAt,
  engine: CellEngine,
  probe: string,
  only: LawItem | undefined,
): ClassSupply {
  const { target, members } = engine.question;
  const parts = (s: State): SupplierCell["parts"] =>
    only ? [{ cell: engine.cell(s, probe, only.facts), size: exact(1) }] : partsOf(ctx, engine, s, probe);
  const suppliers = shares.suppliers
    .filter((s) => s.supplier !== "various" && s.supplier !== target)
    .map((s) => ({ share: s.share, parts: parts(s.supplier as State) }));
  return {
    suppliers,
    targetOwn: targetOwn(shares, target),
    unallocated: shares.unallocated,
    unallocatedHigh: Math.max(0, ...members.flatMap((m) => parts(m).map((p) => potentialRank(p.cell)))) as Rank,
  };
}

/** What members supply, as part of the world; unallocated supply may be theirs and counts in the high bound. */
export function potentialOf(ctx: ClassContext, members: readonly State[]): Range {
  return ctx.vintages.map((v) => potentialIn(v, members)).reduce(hull);
}

/** The same as part of the supply outside the target. */
export function potentialOutside(ctx: ClassContext, members: readonly State[], target: State): Range {
  return ctx.vintages.map((v) => outsideTarget(potentialIn(v, members), targetOwn(v, target))).reduce(hull);
}

function potentialIn(shares: SharesAt, members: readonly State[]): Range {
  const own = sum(shares.suppliers.filter((s) => members.includes(s.supplier as State)).map((s) => s.share));
  return { low: Math.min(1, own.low), high: Math.min(1, own.high + shares.unallocated.high) };
}

/** What a cell may amount to: a licence without practice on record may be refused. */
function potentialRank(c: Cell): Rank {
  return c.high === 1 && c.practiceUnknown ? 2 : c.high;
}
