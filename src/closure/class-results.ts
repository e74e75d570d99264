import type { Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import { targetOwn } from "../supply/shares-at.ts";
import type { CellResult, ClassResult, ClassRow, Coverage, Leak, SupplierResult } from "./assessment.ts";
import { type Cell, describeCell } from "./cell.ts";
import type { CellEngine } from "./cell-engine.ts";
import { type ClassContext, coverageUnder, potentialOf, potentialOutside, wholeCell } from "./class-context.ts";

export interface ClassQuestion {
  readonly engine: CellEngine;
  readonly probe: string;
  readonly beside: readonly string[];
  readonly leaks: readonly Leak[];
}

/** What a class comes to: coverage by probe, bars, suppliers with their cells. */
export function describeClass(ctx: ClassContext, q: ClassQuestion): ClassResult {
  const { members, target } = q.engine.question;
  const probes = [q.probe, ...q.beside];
  const potential = potentialOf(ctx, members);
  const own = targetOwn(ctx.shares, target);
  return {
    id: ctx.cls.id,
    name: ctx.cls.name,
    leaf: ctx.cls.leaf,
    group: ctx.cls.group,
    ...(ctx.cls.parent !== undefined && { parent: ctx.cls.parent }),
    period: ctx.shares.period,
    periodFit: ctx.shares.fit,
    basis: ctx.cls.basis,
    potential,
    potentialOutsideTarget: potentialOutside(ctx, members, target),
    targetOwn: own,
    ownOverTime: ctx.ownOverTime,
    unallocated: ctx.shares.unallocated,
    coverage: Object.fromEntries(probes.map((p) => [p, coverageUnder(ctx, q.engine, p)])),
    rows: rowsOf(ctx, q),
    suppliers: ctx.shares.suppliers.map((s) => supplierResult(ctx, q, s, probes)),
    sources: ctx.shares.sources,
  };
}

/** One bar for the class, or one for each variant where rules differ between variants. */
function rowsOf(ctx: ClassContext, q: ClassQuestion): ClassRow[] {
  const { members, target } = q.engine.question;
  const membersOutside = potentialOutside(ctx, members, target);
  const byVariant = ctx.items.map((item) => ({
    item,
    coverage: coverageUnder(ctx, q.engine, q.probe, item).outsideTarget,
  }));
  // Sub-classes have rows of their own.
  const differ = ctx.cls.leaf && byVariant.some((v) => !sameCoverage(v.coverage, byVariant[0]!.coverage));
  const whole = coverageUnder(ctx, q.engine, q.probe).outsideTarget;
  const list = differ ? byVariant : [{ item: undefined, coverage: whole }];
  return list.map(({ item, coverage }) => {
    const leak = q.leaks.find(
      (l) =>
        l.classes.includes(ctx.cls.id) &&
        members.includes(l.state) &&
        l.probe === q.probe &&
        (l.variant === undefined || l.variant === item?.id),
    );
    return {
      class: ctx.cls.id,
      ...(item && { variant: item.id }),
      label: item ? `${ctx.cls.name}, ${item.name}` : ctx.cls.name,
      coverage,
      members: membersOutside,
      splitUnknown: members.some((m) => isSplitUnknown(q.engine.cell(m, q.probe, (item ?? ctx.items[0]!).facts), q)),
      ...(leak && { leak: leak.rank }),
    };
  });
}

function sameCoverage(a: Coverage, b: Coverage): boolean {
  const same = (x: Range, y: Range) => x.low === y.low && x.high === y.high;
  return same(a.closed, b.closed) && same(a.closedOrPractice, b.closedOrPractice) && same(a.controlled, b.controlled);
}

/** Whether only facts about the item stand between the certain and the possible grade. */
function isSplitUnknown(cell: Cell, q: ClassQuestion): boolean {
  if (cell.high === cell.low || cell.missing.length === 0) return false;
  const { facts } = q.engine.question.book;
  return cell.missing.every((name) => facts.get(name)?.role === "item");
}

function supplierResult(
  ctx: ClassContext,
  q: ClassQuestion,
  s: ClassContext["shares"]["suppliers"][number],
  probes: readonly string[],
): SupplierResult {
  const isState = s.supplier !== "various" && s.supplier !== q.engine.question.target;
  const cells = isState
    ? Object.fromEntries(probes.map((p) => [p, cellResult(ctx, q.engine, s.supplier as State, p)]))
    : {};
  return {
    state: s.supplier,
    share: s.share,
    kind: s.kind,
    source: s.sources.join(", "),
    ...(s.firms.length > 0 && { firms: s.firms.map((f) => ({ name: f.name, share: f.share, source: f.source })) }),
    cells,
  };
}

function cellResult(ctx: ClassContext, engine: CellEngine, supplier: State, probe: string): CellResult {
  const cells = ctx.items.map((i) => engine.cell(supplier, probe, i.facts));
  const whole = describeCell(wholeCell(ctx, engine, supplier, probe));
  if (ctx.items.length === 1 || !ctx.cls.leaf) return whole;
  return { ...whole, variants: ctx.items.map((i, n) => ({ id: i.id, name: i.name, cell: describeCell(cells[n]!) })) };
}
