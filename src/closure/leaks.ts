import { hull } from "../domain/ranges.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import { findRule } from "../law/book.ts";
import type { ClockEntry, Leak, LeakKind, UnitedWindow } from "./assessment.ts";
import type { CellEngine } from "./cell-engine.ts";
import type { ClassContext } from "./class-context.ts";
import { type LeakDraft, type LeakSearch, leaksOfSupplier } from "./leak-causes.ts";
import { type Mend, MendTrials, type SuppliedItem } from "./leak-mend.ts";

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
  /** The rules whose windows are united in it. */
  readonly clock: readonly ClockEntry[];
}

/** Every open or weaker cell of the question, gathered by cause, the most telling first. */
export function findLeaks(q: LeakQuestion): Leak[] {
  const { engine, probe, layers, scopes } = q;
  const search: LeakSearch = {
    engine,
    trials: trialsFor(engine, q.classes),
    probe,
    layers,
    scopes,
  };
  const drafts = q.classes.flatMap((ctx) =>
    ctx.shares.suppliers.flatMap((s) =>
      s.supplier === "various" ? [] : leaksOfSupplier(search, ctx, s.supplier as State, s.share),
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

const TRIALS = new WeakMap<CellEngine, Map<string, MendTrials>>();

/** Trials for a question and its classes: a question that is asked again finds what was tried. */
function trialsFor(engine: CellEngine, classes: readonly ClassContext[]): MendTrials {
  const ofEngine = remember(TRIALS, engine, () => new Map<string, MendTrials>());
  const key = classes.map((c) => `${c.cls.id} ${c.items.map((i) => i.id).join(" ")}`).join(",");
  return remember(ofEngine, key, () => new MendTrials(engine, suppliedItems(classes)));
}

/** What each state supplies of the classes, each thing that is one to the law once. */
function suppliedItems(classes: readonly ClassContext[]): (state: State) => readonly SuppliedItem[] {
  const byState = new Map<State, readonly SuppliedItem[]>();
  const itemsOf = (state: State) => {
    const supplied = classes.filter((ctx) => ctx.shares.suppliers.some((s) => s.supplier === state));
    const items = supplied.flatMap((ctx) =>
      ctx.items.map((i) => ({ name: i.id ? `${ctx.cls.id}/${i.id}` : ctx.cls.id, facts: i.facts })),
    );
    return [...new Map(items.map((i) => [i.facts, i])).values()];
  };
  return (state) => remember(byState, state, () => itemsOf(state));
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

function stockLeak(q: LeakQuestion): Omit<Leak, "rank">[] {
  const imports = q.window?.imports;
  const stocked = imports?.class ?? q.classes[0]?.cls.id;
  if (!imports?.excess || imports.excess.high <= 0 || stocked === undefined || !q.window) return [];
  const last = q.clock.find((e) => (e.lastLawfulDelivery ?? e.inForce) === q.window!.until);
  const unit = imports.unit === "USD bn" ? 1e9 : imports.unit === "USD m" ? 1e6 : undefined;
  return [
    {
      kind: "stock",
      class: stocked,
      className: imports.what,
      classes: [],
      cells: [],
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
      ...(last && clauseOfEntry(q, last)),
      because: `bought between the first sign on ${q.window.from} and the last lawful delivery on ${q.window.until}${last ? ` (${last.rule})` : ""}`,
      change: "shorter time from first sign to last delivery",
      mend: null,
    },
  ];
}

/** The clause of the rule under which deliveries ended last. */
function clauseOfEntry(q: LeakQuestion, entry: ClockEntry): Pick<Leak, "rule" | "clause"> {
  const version = findRule(q.engine.question.book, entry.rule)?.versions.find((v) => v.from === entry.inForce);
  if (!version) return { rule: entry.rule };
  const { act, at, source, evidence } = version.cite;
  return { rule: entry.rule, clause: { rule: entry.rule, act, at, source, evidence } };
}

/** What makes two leaks of a state one: the same rule that is not decided, the same mend, or the same clause. */
function causeOf(d: LeakDraft): string {
  const mend = `${d.change} ${d.mend?.after} ${d.mend?.closing !== undefined}`;
  if (d.grade === "undetermined") return `${d.rule ?? d.because} ${mend}`;
  if (d.kind === "threshold") return `${d.class}/${d.variant ?? ""}`;
  return d.kind === "policy" || d.kind === "timing" ? `${d.because} ${mend}` : mend;
}

function cellName(d: LeakDraft): string {
  return d.variant === undefined ? d.class : `${d.class}/${d.variant}`;
}

/** The mend of a row: what it reaches beside the leak is what lies in none of the row's cells. */
function mendOfRow(mend: Mend | null, cells: readonly string[]): Mend | null {
  const beside = mend?.alsoReaches;
  return beside ? { ...mend, alsoReaches: beside.filter((name) => !cells.includes(name)) } : mend;
}

/** One row for each cause: classes that a state leaves open for the same reason stand together. */
function gather(drafts: readonly LeakDraft[], trade: TradeLookup): Omit<Leak, "rank">[] {
  const groups = new Map<string, LeakDraft[]>();
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
    const cells = sorted.map(cellName);
    // Variants speak for one class: a row over several classes does not name one.
    const { variant, variantName, ...plain } = lead;
    return {
      ...(classes.length > 1 ? plain : { ...plain, ...(variant && { variant }), ...(variantName && { variantName }) }),
      cells,
      mend: mendOfRow(lead.mend, cells),
      className: ctx.cls.name,
      classes,
      size: { share: sorted.map((d) => d.share).reduce(hull), ...(tradeUsd && { tradeUsd }) },
    };
  });
}
