import type { IsoDate } from "../domain/dates.ts";
import { hull, type Range } from "../domain/ranges.ts";
import { remember } from "../domain/remember.ts";
import { type State, stateNameInText } from "../domain/states.ts";
import type { RegimeAnswer } from "../law/judge.ts";
import { targetOwn } from "../supply/shares-at.ts";
import type { Leak, LeakKind, UnitedWindow } from "./assessment.ts";
import { type Cell, gradeOf } from "./cell.ts";
import { CellEngine, onDay } from "./cell-engine.ts";
import type { ClassContext, LawItem } from "./class-context.ts";
import { outsideTarget } from "./coverage.ts";

/** Sales of a state to the target in some product codes: an upper bound for any class among them. */
export type TradeLookup = (state: State, hs6: readonly string[]) => Leak["size"]["tradeUsd"];

export interface LeakQuestion {
  readonly engine: CellEngine;
  readonly classes: readonly ClassContext[];
  readonly probe: string;
  /** Probes whose layer is compared with the headline. */
  readonly layers: readonly string[];
  readonly scopes: readonly string[];
  readonly trade: TradeLookup;
  readonly window: UnitedWindow | null;
}

type Draft = Omit<Leak, "rank" | "classes" | "className" | "size"> & {
  readonly ctx: ClassContext;
  readonly share: Range;
};

/** Every open or weaker cell of the question, gathered by cause, the most telling first. */
export function findLeaks(q: LeakQuestion): Leak[] {
  const drafts = q.classes.flatMap((ctx) =>
    ctx.shares.suppliers.flatMap((s) =>
      s.supplier === "various" ? [] : leaksOfSupplier(q, ctx, s.supplier as State, s.share),
    ),
  );
  const gathered = gather(drafts, q.trade);
  gathered.push(...stockLeak(q));
  const { members } = q.engine.question;
  gathered.sort(
    (a, b) =>
      urgency(a, members) - urgency(b, members) ||
      weight(b) - weight(a) ||
      a.state.localeCompare(b.state) ||
      a.class.localeCompare(b.class),
  );
  return gathered.map((leak, i) => ({ ...leak, rank: i + 1 }));
}

/** What a rule of a member could mend comes first, then what is not decided; what no member's law reaches comes last. */
const KIND_ORDER: readonly LeakKind[] = [
  "threshold",
  "timing",
  "layer",
  "no-control",
  "scope",
  "policy",
  "stock",
  "indigenous",
];

function urgency(leak: Omit<Leak, "rank">, members: readonly State[]): number {
  if (leak.kind === "no-control" && !members.includes(leak.state)) return KIND_ORDER.length;
  const undecided = leak.grade === "undetermined" ? 3.5 : 0;
  return Math.max(KIND_ORDER.indexOf(leak.kind), undecided);
}

function weight(leak: Omit<Leak, "rank">): number {
  const open = leak.grade === "open" ? 2 : leak.grade === "undetermined" ? 1 : 0;
  return open * 1000 + leak.size.share.high * Math.sqrt(leak.classes.length);
}

function leaksOfSupplier(q: LeakQuestion, ctx: ClassContext, supplier: State, world: Range): Draft[] {
  const { target, members } = q.engine.question;
  const share = supplier === target ? world : outsideTarget(world, targetOwn(ctx.shares, target));
  if (share.high === 0) return [];
  const base = { ctx, share, class: ctx.cls.id, state: supplier };
  if (supplier === target) {
    return [
      {
        ...base,
        kind: "indigenous",
        probe: q.probe,
        grade: "open",
        because: `${capital(stateNameInText(target))} supplies itself`,
        change: "inputs to its own makers are controlled: no export rule reaches the goods themselves",
      },
    ];
  }
  const headline = ctx.items.flatMap((item): Draft[] => {
    const cell = q.engine.cell(supplier, q.probe, item.facts);
    if (cell.low >= 2) return [];
    const named = item.id ? { variant: item.id, variantName: item.name } : {};
    const cause = cell.low === 1 ? weakPolicy(cell) : openCause(q, ctx, supplier, item, cell);
    return [
      {
        ...base,
        ...named,
        probe: q.probe,
        grade: cell.low === 1 ? "gated" : cell.high > 0 ? "undetermined" : "open",
        ...cause,
      },
    ];
  });
  return members.includes(supplier) ? [...headline, ...sideLeaks(q, ctx, supplier, base)] : headline;
}

type Cause = Pick<Leak, "kind" | "because" | "change"> & { readonly rule?: string };

function weakPolicy(cell: Cell): Cause {
  const f = cell.findings[0]!.finding;
  const granted = cell.practice.find((p) => p.decision === "granted");
  const how = granted ? `, and ${granted.title}` : ", and no practice is on record";
  return {
    kind: "policy",
    rule: f.rule,
    because: `${clause(f)} requires a licence under ${cell.policy ?? "no stated policy"}${how}`,
    change: `a presumption of denial in ${clause(f)}`,
  };
}

/** Why nothing certain controls an item of this supplier, and the nearest rule that would. */
function openCause(q: LeakQuestion, ctx: ClassContext, supplier: State, item: LawItem, cell: Cell): Cause {
  const { members, book } = q.engine.question;
  if (!members.includes(supplier)) {
    const model = nearestModel(q, supplier, item);
    return {
      kind: "no-control",
      ...(model && { rule: model.rule }),
      because:
        cell.high > 0
          ? `${capital(stateNameInText(supplier))} is no member; ${undecided(cell)}`
          : `${capital(stateNameInText(supplier))} is no member, and no member's rule reaches its goods`,
      change: model ? `${supplier} joins and adopts ${model.rule}` : `${supplier} joins with a rule of its own`,
    };
  }
  if (cell.high > 0) {
    const first = cell.findings[0]?.finding;
    return {
      kind: item.id || cell.holes.length === 0 ? "threshold" : "no-control",
      ...(first && { rule: first.rule }),
      because: undecided(cell),
      change:
        cell.holes.length > 0
          ? "the text that is not held shows that it is"
          : "the part in use turns out to lie within the clause",
    };
  }
  const neighbour = ctx.items
    .map((i) => ({ item: i, cell: q.engine.cell(supplier, q.probe, i.facts) }))
    .find((n) => n.cell.low > 0 && n.cell.reach !== "foreign");
  const later = laterControl(q, supplier, item);
  const laterText = later ? `; its law of ${later.date} reaches it` : "";
  if (neighbour) {
    const f = neighbour.cell.findings[0]!.finding;
    return {
      kind: "threshold",
      rule: f.rule,
      because: `${clause(f)} reaches \`${neighbour.item.name}\` and stops there${laterText}`,
      change: `${clause(f)} extended to \`${item.name}\``,
    };
  }
  if (later) {
    return {
      kind: "timing",
      rule: later.rule,
      because: `${later.clause} reaches it only from ${later.date}`,
      change: `${later.rule} in force at once`,
    };
  }
  const model = nearestModel(q, supplier, item);
  const held = book.regimes.has(supplier)
    ? `no rule of ${stateNameInText(supplier)} reaches it`
    : `no text of ${stateNameInText(supplier)} law is held`;
  return {
    kind: "no-control",
    ...(model && { rule: model.rule }),
    because: model
      ? `${held}; ${model.clause} of ${stateNameInText(model.state)} would`
      : `${held}, and no member's list names it`,
    change: model ? `${supplier} adopts ${model.rule}` : "a new entry in a member's list",
  };
}

function undecided(cell: Cell): string {
  if (cell.holes.length > 0) return `not decided: ${cell.holes.join("; ")}`;
  const f = cell.findings[0]?.finding;
  const facts = cell.missing.map((m) => `\`${m}\``).join(", ");
  return f
    ? `${clause(f)} reaches a part of the class; the split by ${facts || "its parameters"} is not known`
    : "not decided";
}

/** A member's own rule that would reach the item if it were that member's: own law only, lists before end uses. */
function nearestModel(
  q: LeakQuestion,
  supplier: State,
  item: LawItem,
  probe = q.probe,
): { state: State; rule: string; clause: string } | undefined {
  const options = q.engine.question.members
    .filter((m) => m !== supplier)
    .flatMap((m) =>
      q.engine
        .asOwn(m, probe, item.facts)
        .findings.filter((f) => f.atLeast > 0)
        .map((f) => ({ state: m, rule: f.rule, clause: clause(f), list: f.layer === "list" })),
    );
  return options.find((o) => o.list) ?? options[0];
}

/** The first later version of the supplier's own law, known to the rule book, under which the item is controlled. */
function laterControl(
  q: LeakQuestion,
  supplier: State,
  item: LawItem,
): { date: IsoDate; rule: string; clause: string } | undefined {
  const { book, date } = q.engine.question;
  const regime = book.regimes.get(supplier);
  const terms = [...book.terms.values()].filter((t) => regime?.instruments.some((i) => i.id === t.instrument));
  const starts = [...(regime?.rules ?? []), ...terms]
    .flatMap((r) => r.versions.map((v) => v.from))
    .filter((d) => d > date);
  for (const day of [...new Set(starts)].sort()) {
    const engine = laterEngine(q.engine, day);
    const found = engine.asOwn(supplier, q.probe, item.facts).findings.find((f) => f.atLeast > 0);
    if (found) return { date: day, rule: found.rule, clause: clause(found) };
  }
  return undefined;
}

const LATER = new WeakMap<CellEngine, Map<IsoDate, CellEngine>>();

function laterEngine(engine: CellEngine, day: IsoDate): CellEngine {
  const engines = remember(LATER, engine, () => new Map<IsoDate, CellEngine>());
  return remember(engines, day, () => new CellEngine(onDay(engine.question, day)));
}

/** Layers and end users that a member leaves weaker than the headline sale. */
function sideLeaks(
  q: LeakQuestion,
  ctx: ClassContext,
  supplier: State,
  base: { ctx: ClassContext; share: Range; class: string; state: State },
): Draft[] {
  const out: Draft[] = [];
  // A mineral is not repaired: servicing, parts and know-how are layers of tools.
  const layers = ctx.cls.type === "tool" ? q.layers : [];
  for (const probe of [...layers, ...q.scopes]) {
    for (const item of ctx.items) {
      const head = q.engine.cell(supplier, q.probe, item.facts);
      const side = q.engine.cell(supplier, probe, item.facts);
      if (head.low === 0 || side.low >= Math.min(head.low, 2)) continue;
      const title = q.engine.question.book.probes.get(probe)?.title ?? probe;
      const isLayer = q.layers.includes(probe);
      const model = nearestModel(q, supplier, item, probe);
      const f = head.findings[0]!.finding;
      out.push({
        ...base,
        ...(item.id && { variant: item.id, variantName: item.name }),
        kind: isLayer ? "layer" : "scope",
        probe,
        grade: side.low === 0 ? (side.high > 0 ? "undetermined" : "open") : gradeOf(side.low),
        rule: f.rule,
        because:
          side.high > side.low && side.low === 0
            ? `${title}: ${undecided(side)}`
            : `${clause(f)} reaches the sale of the tool to the headline end user and not: ${title}`,
        change: isLayer
          ? model
            ? `${supplier} adopts ${model.rule}`
            : "a persons, parts or technology rule"
          : model
            ? `${supplier} adopts ${model.rule}`
            : "a list control that does not depend on the end use",
      });
    }
  }
  return out;
}

function stockLeak(q: LeakQuestion): Omit<Leak, "rank">[] {
  const imports = q.window?.imports;
  const stocked = imports?.class ?? q.classes[0]?.cls.id;
  if (!imports?.excess || imports.excess.high <= 0 || stocked === undefined || !q.window) return [];
  const unit = imports.unit === "USD bn" ? 1e9 : imports.unit === "USD m" ? 1e6 : undefined;
  return [
    {
      kind: "stock",
      class: stocked,
      className: imports.what,
      classes: [],
      state: q.engine.question.target,
      probe: q.probe,
      grade: "open",
      size: {
        // Which part of later supply the stock stands for is not known.
        share: { low: 0, high: 1 },
        ...(unit && {
          tradeUsd: {
            value: { low: Math.max(0, imports.excess.low * unit), high: imports.excess.high * unit },
            period: imports.period,
            what: `${imports.what}, above normal`,
            source: imports.sources[0]!,
          },
        }),
      },
      because: `bought between the first sign on ${q.window.from} and the last lawful delivery on ${q.window.until}`,
      change: "shorter time from first sign to last delivery",
    },
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function clause(f: RegimeAnswer["findings"][number]): string {
  return `${f.cite.act} ${f.cite.at}`;
}

/** What makes two leaks of a state one: the same rule that is not decided, the same mend, or the same clause. */
function causeOf(d: Draft): string {
  if (d.grade === "undetermined") return d.rule ?? d.because;
  if (d.kind === "threshold") return `${d.class}/${d.variant ?? ""}`;
  return d.kind === "policy" || d.kind === "timing" ? d.because : d.change;
}

/** One row for each cause: classes that a state leaves open for the same reason stand together. */
function gather(drafts: readonly Draft[], trade: TradeLookup): Omit<Leak, "rank">[] {
  const groups = new Map<string, Draft[]>();
  for (const d of drafts) {
    const key = [d.kind, d.state, d.probe, d.grade, causeOf(d)].join("|");
    groups.set(key, [...(groups.get(key) ?? []), d]);
  }
  return [...groups.values()].map((group) => {
    const sorted = [...group].sort((a, b) => b.share.high - a.share.high || (a.class < b.class ? -1 : 1));
    const { ctx, share: _share, ...lead } = sorted[0]!;
    const hs6 = [...new Set(sorted.flatMap((d) => d.ctx.hs6))].sort();
    const tradeUsd = lead.kind === "indigenous" ? undefined : trade(lead.state, hs6);
    const classes = [...new Set(sorted.map((d) => d.class))];
    // Variants speak for one class: a row over several classes does not name one.
    const { variant, variantName, ...plain } = lead;
    return {
      ...(classes.length > 1 ? plain : { ...plain, ...(variant && { variant }), ...(variantName && { variantName }) }),
      className: ctx.cls.name,
      classes,
      size: { share: sorted.map((d) => d.share).reduce(hull), ...(tradeUsd && { tradeUsd }) },
    };
  });
}
