import type { IsoDate } from "../domain/dates.ts";
import type { Range } from "../domain/ranges.ts";
import { remember } from "../domain/remember.ts";
import { type State, stateNameInText } from "../domain/states.ts";
import type { Grade } from "../domain/verdicts.ts";
import { findRule } from "../law/book.ts";
import type { Finding } from "../law/judge.ts";
import { versionAt } from "../law/kleene.ts";
import { targetOwn } from "../supply/shares-at.ts";
import type { CellCite, Leak } from "./assessment.ts";
import { type Cell, gradeOf } from "./cell.ts";
import { CellEngine, onDay } from "./cell-engine.ts";
import type { ClassContext, LawItem } from "./class-context.ts";
import { outsideTarget } from "./coverage.ts";
import { adoptions, type LeakCell } from "./leak-candidates.ts";
import type { Mend, MendTrials } from "./leak-mend.ts";
import { mendWords } from "./leak-words.ts";

/** Where leaks are looked for. */
export interface LeakSearch {
  readonly engine: CellEngine;
  readonly trials: MendTrials;
  readonly probe: string;
  /** Probes whose layer is compared with the headline. */
  readonly layers: readonly string[];
  readonly scopes: readonly string[];
}

/** A leak of one class and supplier, before those with one cause are gathered. */
export type LeakDraft = Omit<Leak, "rank" | "classes" | "cells" | "className" | "size"> & {
  readonly ctx: ClassContext;
  readonly share: Range;
};

type Base = Pick<LeakDraft, "ctx" | "share" | "class" | "state">;
type Cause = Pick<LeakDraft, "kind" | "because" | "change" | "mend" | "rule" | "clause">;

/** The open or weaker cells of a supplier's goods of one class; `world` is its share of world supply. */
export function leaksOfSupplier(q: LeakSearch, ctx: ClassContext, supplier: State, world: Range): LeakDraft[] {
  const { target, members } = q.engine.question;
  const share = supplier === target ? world : outsideTarget(world, targetOwn(ctx.shares, target));
  if (share.high === 0) return [];
  const base: Base = { ctx, share, class: ctx.cls.id, state: supplier };
  if (supplier === target) return [indigenous(q, base)];
  const headline = ctx.items.flatMap((item): LeakDraft[] => {
    const cell = q.engine.cell(supplier, q.probe, item.facts);
    if (cell.low >= 2) return [];
    const cause = cell.low === 1 ? weakPolicy(q, supplier, item, cell) : openCause(q, ctx, supplier, item, cell);
    return [{ ...base, ...named(item), probe: q.probe, grade: gradeOfLeak(cell), ...cause }];
  });
  return members.includes(supplier) ? [...headline, ...sideLeaks(q, ctx, supplier, base)] : headline;
}

function indigenous(q: LeakSearch, base: Base): LeakDraft {
  return {
    ...base,
    kind: "indigenous",
    probe: q.probe,
    grade: "open",
    because: `${capital(stateNameInText(base.state))} supplies itself`,
    change: "inputs to its own makers are controlled: no export rule reaches the goods themselves",
    mend: null,
  };
}

function named(item: LawItem): Pick<LeakDraft, "variant" | "variantName"> {
  return item.id ? { variant: item.id, variantName: item.name } : {};
}

function gradeOfLeak(cell: Cell): Grade {
  return cell.low === 0 && cell.high > 0 ? "undetermined" : gradeOf(cell.low);
}

const NO_CHANGE = "no single change of the rules held here; it needs an entry of its own";

/** The smallest change that was tried and mends the cell, in words and as data. */
function mended(q: LeakSearch, leak: Omit<LeakCell, "goal">, none = NO_CHANGE): { change: string; mend: Mend | null } {
  const mend = q.trials.smallest({ ...leak, goal: leak.cell.low === 0 ? 1 : 2 });
  return { mend, change: mend ? mendWords(mend, q.engine.question.book) : none };
}

function clauseOf(f: Finding): Pick<LeakDraft, "rule" | "clause"> {
  const { act, at, source, evidence } = f.cite;
  return { rule: f.rule, clause: { rule: f.rule, act, at, source, evidence } };
}

function weakPolicy(q: LeakSearch, supplier: State, item: LawItem, cell: Cell): Cause {
  const f = cell.findings[0]!.finding;
  const granted = cell.practice.find((p) => p.decision === "granted");
  const how = granted ? `; on record: ${granted.title}` : ", and no practice is on record";
  return {
    kind: "policy",
    ...clauseOf(f),
    because: `${words(f)} requires a licence under ${cell.policy ?? "no stated policy"}${how}`,
    ...mended(q, { supplier, probe: q.probe, item: item.facts, cell }),
  };
}

/** Why nothing certain controls an item of this supplier. */
function openCause(q: LeakSearch, ctx: ClassContext, supplier: State, item: LawItem, cell: Cell): Cause {
  if (!q.engine.question.members.includes(supplier)) return outsider(q, supplier, item, cell);
  if (cell.high > 0) {
    const first = cell.findings[0]?.finding;
    return {
      kind: item.id || cell.holes.length === 0 ? "threshold" : "no-control",
      ...(first && clauseOf(first)),
      because: undecided(cell),
      ...mended(q, { supplier, probe: q.probe, item: item.facts, cell }),
    };
  }
  const neighbour = ctx.items
    .map((i) => ({ item: i, cell: q.engine.cell(supplier, q.probe, i.facts) }))
    .find((n) => n.cell.low > 0 && n.cell.reach !== "foreign");
  const found = laterControl(q, supplier, item);
  const later = found && { rule: found.rule, textOf: found.date };
  const leak = { supplier, probe: q.probe, item: item.facts, cell, ...(later && { later }) };
  if (neighbour) {
    const f = neighbour.cell.findings[0]!.finding;
    const laterText = found ? `; its law of ${found.date} reaches it` : "";
    return {
      kind: "threshold",
      ...clauseOf(f),
      because: `${words(f)} reaches \`${neighbour.item.name}\` and stops there${laterText}`,
      ...mended(q, leak),
    };
  }
  if (found) {
    return {
      kind: "timing",
      rule: found.rule,
      ...(found.clause && { clause: found.clause }),
      because: `${found.words} reaches it only from ${found.date}`,
      ...mended(q, { ...leak, timing: true }),
    };
  }
  return uncontrolled(q, supplier, leak);
}

function outsider(q: LeakSearch, supplier: State, item: LawItem, cell: Cell): Cause {
  const model = adoptions(q.engine, { supplier, probe: q.probe, item: item.facts })[0];
  const name = capital(stateNameInText(supplier));
  return {
    kind: "no-control",
    ...(model && ruleClause(q, model.rule)),
    because:
      cell.high > 0
        ? `${name} is no member; ${undecided(cell)}`
        : `${name} is no member, and no member's rule reaches its goods`,
    ...mended(
      q,
      { supplier, probe: q.probe, item: item.facts, cell },
      `${supplier} joins with a rule of its own: no rule held here would do`,
    ),
  };
}

/** No rule of the member reaches the item: its own clause that comes nearest, or the member's rule that would. */
function uncontrolled(q: LeakSearch, supplier: State, leak: Omit<LeakCell, "goal">): Cause {
  const { book } = q.engine.question;
  const { change, mend } = mended(q, leak);
  const held = book.regimes.has(supplier)
    ? `no rule of ${stateNameInText(supplier)} reaches it`
    : `no text of ${stateNameInText(supplier)} law is held`;
  const own = mend?.changes.find((c) => c.change === "words" || c.change === "exception" || c.change === "stay");
  const adopted = mend?.changes.find((c) => c.change === "adopt");
  const clause = own ?? adopted;
  const named = clause && ruleClause(q, clause.rule);
  const short = own?.change === "words" ? `: ${own.in} stops at \`${own.was}\`` : "";
  const would =
    adopted && named?.clause
      ? `; ${named.clause.act} ${named.clause.at} of ${stateNameInText(regimeOfRule(q, adopted.rule))} would`
      : "";
  return {
    kind: "no-control",
    ...named,
    because: mend ? `${held}${short}${would}` : `${held}, and no member's rule names it`,
    change,
    mend,
  };
}

function regimeOfRule(q: LeakSearch, rule: string): State {
  return findRule(q.engine.question.book, rule)!.regime;
}

/** The clause of a rule as it stands on the day. */
function ruleClause(q: LeakSearch, id: string): Pick<LeakDraft, "rule" | "clause"> {
  const { book, date } = q.engine.question;
  const version = versionAt(findRule(book, id)?.versions ?? [], date);
  if (!version) return { rule: id };
  const { act, at, source, evidence } = version.cite;
  return { rule: id, clause: { rule: id, act, at, source, evidence } };
}

function undecided(cell: Cell): string {
  if (cell.holes.length > 0) return `not decided: ${cell.holes.join("; ")}`;
  const f = cell.findings[0]?.finding;
  const facts = cell.missing.map((m) => `\`${m}\``).join(", ");
  return f
    ? `${words(f)} reaches a part of the class; the split by ${facts || "its parameters"} is not known`
    : "not decided";
}

/** The first later version of the supplier's own law, known to the rule book, under which the item is controlled. */
function laterControl(
  q: LeakSearch,
  supplier: State,
  item: LawItem,
): { readonly date: IsoDate; readonly rule: string; readonly words: string; readonly clause?: CellCite } | undefined {
  for (const day of laterDays(q.engine, supplier)) {
    const engine = laterEngine(q.engine, day);
    const found = engine.asOwn(supplier, q.probe, item.facts).findings.find((f) => f.atLeast > 0);
    if (found) return { date: day, words: words(found), ...clauseOf(found), rule: found.rule };
  }
  return undefined;
}

const LATER_DAYS = new WeakMap<CellEngine, Map<State, readonly IsoDate[]>>();

/** Days after the asked one on which a rule, paragraph or definition of the supplier's law begins. */
function laterDays(engine: CellEngine, supplier: State): readonly IsoDate[] {
  const ofEngine = remember(LATER_DAYS, engine, () => new Map<State, readonly IsoDate[]>());
  return remember(ofEngine, supplier, () => {
    const { book, date } = engine.question;
    const regime = book.regimes.get(supplier);
    const instruments = new Set(regime?.instruments.map((i) => i.id));
    const terms = [...book.terms.values()].filter((t) => instruments.has(t.instrument));
    const starts = [...(regime?.rules ?? []), ...terms].flatMap((r) => r.versions.map((v) => v.from));
    return [...new Set(starts.filter((d) => d > date))].sort();
  });
}

const LATER = new WeakMap<CellEngine, Map<IsoDate, CellEngine>>();

function laterEngine(engine: CellEngine, day: IsoDate): CellEngine {
  const engines = remember(LATER, engine, () => new Map<IsoDate, CellEngine>());
  return remember(engines, day, () => new CellEngine(onDay(engine.question, day)));
}

/** Layers and end users that a member leaves weaker than the headline sale. */
function sideLeaks(q: LeakSearch, ctx: ClassContext, supplier: State, base: Base): LeakDraft[] {
  const out: LeakDraft[] = [];
  // A mineral is not repaired: servicing, parts and know-how are layers of tools.
  const layers = ctx.cls.type === "tool" ? q.layers : [];
  for (const probe of [...layers, ...q.scopes]) {
    for (const item of ctx.items) {
      const head = q.engine.cell(supplier, q.probe, item.facts);
      const side = q.engine.cell(supplier, probe, item.facts);
      if (head.low === 0 || side.low >= Math.min(head.low, 2)) continue;
      const f = head.findings[0]!.finding;
      out.push({
        ...base,
        ...named(item),
        kind: q.layers.includes(probe) ? "layer" : "scope",
        probe,
        grade: gradeOfLeak(side),
        ...clauseOf(side.findings[0]?.finding ?? f),
        because: sideCause(q, probe, f, side),
        ...mended(q, { supplier, probe, item: item.facts, cell: side }),
      });
    }
  }
  return out;
}

function sideCause(q: LeakSearch, probe: string, head: Finding, side: Cell): string {
  const title = q.engine.question.book.probes.get(probe)?.title ?? probe;
  if (side.low > 0)
    return `${title}: ${words(side.findings[0]!.finding)} asks for a licence, ${words(head)} closes the sale`;
  if (side.high > 0) return `${title}: ${undecided(side)}`;
  return `${words(head)} reaches the sale to the headline end user and not: ${title}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function words(f: Finding): string {
  return `${f.cite.act} ${f.cite.at}`;
}
