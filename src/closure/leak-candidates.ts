import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import { findRule, type Rule, type RuleBook, unionsOf } from "../law/book.ts";
import type { Condition, Facts } from "../law/condition.ts";
import { type Finding, isEnforced, type RegimeAnswer } from "../law/judge.ts";
import { type Scene, versionAt } from "../law/kleene.ts";
import { evaluateResidual, type OpenRule } from "../law/specialise.ts";
import type { Cell, Rank } from "./cell.ts";
import type { CellEngine } from "./cell-engine.ts";
import type { LawChange, MendStep, TextChange } from "./leak-change.ts";
import { asksForItem, itemRepairs, layerRepairs } from "./leak-repairs.ts";

/** A cell that is open or weaker than asked. */
export interface LeakCell {
  readonly supplier: State;
  readonly probe: string;
  readonly item: Facts;
  readonly cell: Cell;
  /** The rank that mends it. */
  readonly goal: Rank;
  /** A later day on which the supplier's own law, a rule of it, reaches the item. */
  readonly later?: { readonly rule: string; readonly textOf: Extract<TextChange, { change: "date" }>["textOf"] };
  /** Whether what leaks is only a matter of time: then the date is moved before any other words are. */
  readonly timing?: boolean;
}

/** Whose goods, in which transaction, and what they are. */
export type Asked = Pick<LeakCell, "supplier" | "probe" | "item">;

/** A change worth trying. */
export interface Candidate {
  readonly step: MendStep;
  readonly changes: readonly LawChange[];
  /** What `becomes` stands for, where words change. */
  readonly to?: Condition;
}

/** Layers that the rules of the supplier's law lack for a transaction: the same for every item; rules on some items come first. */
export function layersLacking(engine: CellEngine, supplier: State, probe: string): Candidate[] {
  const { book, date } = engine.question;
  const facts = engine.factsOf(supplier, probe);
  const found = regimesOf(engine, supplier).flatMap((id) =>
    (book.regimes.get(id)?.rules ?? []).flatMap((rule): { candidate: Candidate; isNarrow: boolean }[] => {
      const version = versionAt(rule.versions, date);
      if (!version || version.effect === "no-licence" || !isEnforced(version, date)) return [];
      const scene: Scene = { book, regime: id, date, facts };
      const isNarrow = asksForItem(version, scene);
      return layerRepairs(rule, version, scene).map(({ step, change, to }) => ({
        candidate: { step, changes: [change], to },
        isNarrow,
      }));
    }),
  );
  return [...found.filter((f) => f.isNarrow), ...found.filter((f) => !f.isNarrow)].map((f) => f.candidate);
}

/** Rules of the supplier's own and Union law that reach the item and yet ask for nothing, without what softens them. */
export function softened(engine: CellEngine, { supplier, probe, item }: Asked): Candidate[] {
  return regimesOf(engine, supplier).flatMap((id) =>
    softenedRules(engine.lawOf(id, supplier, probe, item), engine.question.book),
  );
}

export function dateOf(later: NonNullable<LeakCell["later"]>): Candidate {
  return { step: "number", changes: [{ change: "date", ...later }] };
}

/** Rules of members that would control the item if the supplier's law had them: lists before end uses, then by member. */
export function adoptions(
  engine: CellEngine,
  { supplier, probe, item }: Asked,
): Extract<LawChange, { change: "adopt" }>[] {
  const found = engine.question.members
    .filter((m) => m !== supplier)
    .flatMap((m) => engine.asOwn(m, probe, item).findings.filter((f) => f.atLeast > 0));
  const lists = found.filter((f) => f.layer === "list");
  const others = found.filter((f) => f.layer !== "list");
  return [...lists, ...others].map((f) => ({ change: "adopt", rule: f.rule, state: supplier }));
}

/** Changes of what carries the grade of a gated cell: its policy, the exceptions that soften it. */
export function* strengthenings(engine: CellEngine, leak: LeakCell): Generator<readonly Candidate[]> {
  const { book, date } = engine.question;
  const carrying = leak.cell.findings.filter((f) => f.finding.atLeast > 0);
  const found = carrying.flatMap(({ finding }): { finding: Finding; rule: Rule }[] => {
    const rule = findRule(book, finding.rule);
    return rule ? [{ finding, rule }] : [];
  });
  const becomes = "presumption-of-denial";
  yield found.flatMap(({ finding, rule }): Candidate[] => {
    const soft = finding.exceptions.filter((e) => e.applies === true);
    const was = versionAt(rule.versions, date)?.policy ?? null;
    if (soft.length === 0) return [policyChange({ change: "policy", rule: rule.id, was, becomes })];
    return soft.map(({ id: exception }) => {
      const own = rule.exceptions.find((e) => e.id === exception)?.policy ?? null;
      return policyChange({ change: "policy", rule: rule.id, exception, was: own, becomes });
    });
  });
  yield found.flatMap(({ finding, rule }) => droppedExceptions(finding.exceptions, rule));
}

function policyChange(change: LawChange): Candidate {
  return { step: "number", changes: [change] };
}

function droppedExceptions(exceptions: readonly { readonly id: string }[], rule: Rule): Candidate[] {
  return exceptions.map(({ id }) => ({
    step: "exclusion",
    changes: [{ change: "exception", rule: rule.id, exception: id }],
  }));
}

/** Changes of words in the supplier's own and Union law that make a rule on such transactions reach the item. */
export function ownWords(engine: CellEngine, { supplier, probe, item }: LeakCell): Candidate[] {
  const { book, date } = engine.question;
  const facts: Facts = { ...engine.factsOf(supplier, probe), ...item };
  return regimesOf(engine, supplier).flatMap((id) =>
    engine.openRules(id, supplier, probe).flatMap((open): Candidate[] => {
      const { rule, version } = open;
      const binds = version.effect !== "no-licence" && isEnforced(version, date) && concernsKind(open, item, engine);
      const repairs = binds ? itemRepairs(rule, version, { book, regime: id, date, facts }) : [];
      return repairs.map(({ step, change, to }) => ({ step, changes: [change], to }));
    }),
  );
}

function regimesOf({ question: { book, date } }: CellEngine, supplier: State): State[] {
  return [supplier, ...unionsOf(book, supplier, date)];
}

const CONCERNS = new WeakMap<OpenRule, Map<string, boolean>>();

/** Whether the kind of thing alone leaves a rule open; the same for every item of the kind. */
function concernsKind(open: OpenRule, item: Facts, { question }: CellEngine): boolean {
  const ofRule = remember(CONCERNS, open, () => new Map<string, boolean>());
  const { "item.kind": kind, "item.family": family } = item;
  return remember(ofRule, `${String(kind)} ${String(family)}`, () => {
    const facts = {
      ...(kind !== undefined && { "item.kind": kind }),
      ...(family !== undefined && { "item.family": family }),
    };
    const scene: Scene = { book: question.book, regime: open.rule.regime, date: question.date, facts };
    return evaluateResidual(open.left, scene) !== false;
  });
}

/** Whether a yes or no, or a number, is known of the item that could be what shuts it out. */
export function hasQualities(item: Facts, book: RuleBook): boolean {
  return Object.keys(item).some((name) => ["boolean", "quantity"].includes(book.facts.get(name)?.type ?? ""));
}

/** Rules that reach the item and yet ask for nothing: by an exception, or because they are stayed. */
function softenedRules(answer: RegimeAnswer, book: RuleBook): Candidate[] {
  const excepted = answer.findings.flatMap((f) => {
    const taken = f.atLeast === 0 ? f.exceptions.filter((e) => e.applies !== false) : [];
    return taken.length > 0 ? droppedExceptions(taken, findRule(book, f.rule)!) : [];
  });
  const stayed = answer.suspended.map(
    ({ rule }): Candidate => ({ step: "exclusion", changes: [{ change: "stay", rule }] }),
  );
  return [...excepted, ...stayed];
}
