import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import type { Grade } from "../domain/verdicts.ts";
import { findRule, type Rule, type RuleBook, unionsOf } from "../law/book.ts";
import { ALWAYS, type Condition, type Facts } from "../law/condition.ts";
import { type Finding, isEnforced, type RegimeAnswer } from "../law/judge.ts";
import { versionAt } from "../law/kleene.ts";
import { type Cell, gradeOf, type Rank, rankOf } from "./cell.ts";
import type { CellEngine } from "./cell-engine.ts";
import { applyChange, type LawChange, type MendStep, type TextChange } from "./leak-change.ts";
import { itemRepairs, layerRepairs } from "./leak-repairs.ts";

/** A change of law that was made and judged: what it leaves of the leak. */
export interface Mend {
  readonly step: MendStep;
  /** All of them together. */
  readonly changes: readonly LawChange[];
  /** What is certain for every cell of the leak after the change. */
  readonly after: Grade;
  /** Whether that is as much as was asked of the leak: a licence for an open cell, closure for a gated one. */
  readonly mends: boolean;
  /** Variants and classes (`id`, `id/variant`) of the supplier that the changed words would newly control as well. */
  readonly alsoReaches: readonly string[];
  /** Where a licence is what the change brings: the further change with which the law closes the cells. */
  readonly closing?: LawChange;
}

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

interface Candidate {
  readonly step: MendStep;
  readonly changes: readonly LawChange[];
  /** What `becomes` stands for, where words change. */
  readonly to?: Condition;
}

interface Tried {
  readonly candidate: Candidate;
  readonly rank: Rank;
}

/** What a state supplies of the classes asked for, as the law sees it. */
export interface SuppliedItem {
  readonly name: string;
  readonly facts: Facts;
}

/** Tries changes of law on leaks, smallest first; the same change is made to the book once. */
export class MendTrials {
  private readonly books = new Map<string, RuleBook>();
  private readonly closed = new Map<RuleBook, { readonly further: LawChange; readonly book: RuleBook }>();
  private readonly layers = new Map<string, readonly Candidate[]>();
  private readonly beside = new Map<string, readonly SuppliedItem[]>();
  readonly engine: CellEngine;
  private readonly supplied: (state: State) => readonly SuppliedItem[];

  constructor(engine: CellEngine, supplied: (state: State) => readonly SuppliedItem[]) {
    this.engine = engine;
    this.supplied = supplied;
  }

  /**
   * The smallest single change that mends the cell; failing that the smallest that mends a part of it; null where none does.
   * Of changes of one size the one that takes in least beside the item.
   */
  smallest(leak: LeakCell): Mend | null {
    let part: Mend | null = null;
    for (const alike of this.candidatesFor(leak)) {
      const tried = alike
        .map((candidate) => ({ candidate, rank: this.rankAfter(leak, candidate) }))
        .filter((t) => t.rank > leak.cell.low);
      const mending = tried.filter((t) => t.rank >= leak.goal);
      if (mending.length > 0) return this.describe(leak, this.narrowest(leak, mending));
      if (tried.length > 0) part ??= this.describe(leak, this.narrowest(leak, tried));
    }
    return part;
  }

  private narrowest(leak: LeakCell, tried: readonly Tried[]): Tried {
    if (tried.length === 1) return tried[0]!;
    const beside = tried.map((t) => this.reachedBeside(leak, t.candidate).length);
    return tried[beside.indexOf(Math.min(...beside))]!;
  }

  private describe(leak: LeakCell, { candidate, rank }: Tried): Mend {
    const { step, changes } = candidate;
    const closing = rank === 1 ? this.closingOf(leak, candidate) : undefined;
    return {
      step,
      changes,
      after: gradeOf(rank),
      mends: rank >= leak.goal,
      alsoReaches: this.reachedBeside(leak, candidate),
      ...(closing && { closing }),
    };
  }

  private reachedBeside(leak: LeakCell, { changes, to }: Candidate): string[] {
    const [change] = changes;
    if (change?.change !== "words") return [];
    const { supplier, probe } = leak;
    const reached = remember(this.beside, `${supplier} ${probe} ${keyOf(change)}`, () => {
      const changed = this.book(change, to);
      const rule = findRule(changed, change.rule)!;
      return this.supplied(supplier)
        .filter(({ facts }) => this.engine.cell(supplier, probe, facts).low === 0)
        .filter(({ facts }) => this.engine.ruleUnder(changed, rule, supplier, probe, facts).atLeast > 0);
    });
    return reached.filter(({ facts }) => facts !== leak.item).map(({ name }) => name);
  }

  /** The presumption of denial that closes what the change of a rule's text brings under licence, if it does. */
  private closingOf(leak: LeakCell, candidate: Candidate): LawChange | undefined {
    const change = candidate.changes[0]!;
    if (change.change === "adopt" || change.change === "join" || change.change === "policy") return undefined;
    const changed = this.book(change, candidate.to);
    const { further, book } = remember(this.closed, changed, () => this.denied(changed, change.rule));
    return this.rankUnder(book, change.rule, leak) >= 2 ? further : undefined;
  }

  private denied(changed: RuleBook, id: string): { readonly further: LawChange; readonly book: RuleBook } {
    const { date } = this.engine.question;
    const was = versionAt(findRule(changed, id)!.versions, date)?.policy ?? null;
    const further: TextChange = { change: "policy", rule: id, was, becomes: "presumption-of-denial" };
    return { further, book: applyChange(changed, date, further) };
  }

  private rankAfter(leak: LeakCell, { changes, to }: Candidate): Rank {
    const ranks = changes.map((change): Rank => {
      switch (change.change) {
        case "join":
          return this.engine.ownLaw(leak.supplier, leak.probe, leak.item).low;
        case "adopt": {
          const { regime } = findRule(this.engine.question.book, change.rule)!;
          const found = this.engine.asOwn(regime, leak.probe, leak.item).findings.find((f) => f.rule === change.rule);
          return rankOf(found?.atLeast ?? 0, false);
        }
        default:
          return this.rankUnder(this.book(change, to), change.rule, leak);
      }
    });
    return Math.max(leak.cell.low, ...ranks) as Rank;
  }

  private rankUnder(changed: RuleBook, id: string, leak: LeakCell): Rank {
    const rule = findRule(changed, id)!;
    const { adopt } = this.engine.question;
    const isAdopted = adopt.some((a) => a.rule === id && a.state === leak.supplier);
    const supplier = isAdopted ? rule.regime : leak.supplier;
    return rankOfAnswer(this.engine.ruleUnder(changed, rule, supplier, leak.probe, leak.item), isAdopted);
  }

  private book(change: TextChange, to: Condition = ALWAYS): RuleBook {
    const { book, date } = this.engine.question;
    return remember(this.books, keyOf(change), () => applyChange(book, date, change, to));
  }

  /** Changes worth trying, in groups of one size, smallest first; each group is worked out only when those before it did not do. */
  private *candidatesFor(leak: LeakCell): Generator<readonly Candidate[]> {
    const { engine } = this;
    const { members } = engine.question;
    if (leak.cell.low > 0) yield* strengthenings(engine, leak);
    if (!members.includes(leak.supplier)) {
      yield [{ step: "joining", changes: [{ change: "join", state: leak.supplier }] }];
      for (const adopt of adoptions(engine, leak)) {
        yield [{ step: "adoption", changes: [{ change: "join", state: leak.supplier }, adopt] }];
      }
      return;
    }
    if (leak.timing && leak.later) yield [dateOf(leak.later)];
    const words = hasQualities(leak.item, engine.question.book) ? ownWords(engine, leak) : [];
    yield words.filter((w) => w.step === "number");
    if (!leak.timing && leak.later) yield [dateOf(leak.later)];
    const softened = regimesOf(engine, leak.supplier).flatMap((id) =>
      softenedRules(engine.lawOf(id, leak.supplier, leak.probe, leak.item), engine.question.book),
    );
    yield [...words.filter((w) => w.step === "exclusion"), ...softened];
    for (const adopt of adoptions(engine, leak)) yield [{ step: "adoption", changes: [adopt] }];
    yield leak.cell.high > 0 ? ownWords(engine, leak).filter((w) => w.step === "widening") : [];
    yield this.layersFor(leak.supplier, leak.probe);
  }

  /** Layers that the rules of the supplier's law lack for a transaction: the same for every item. */
  private layersFor(supplier: State, probe: string): readonly Candidate[] {
    return remember(this.layers, `${supplier} ${probe}`, () => {
      const { book, date } = this.engine.question;
      const facts = this.engine.factsOf(supplier, probe);
      return regimesOf(this.engine, supplier).flatMap((id) =>
        (book.regimes.get(id)?.rules ?? []).flatMap((rule): Candidate[] => {
          const version = versionAt(rule.versions, date);
          if (!version || version.effect === "no-licence" || !isEnforced(version, date)) return [];
          const repairs = layerRepairs(rule, version, { book, regime: id, date, facts });
          return repairs.map(({ step, change, to }) => ({ step, changes: [change], to }));
        }),
      );
    });
  }
}

/** A change by what it does to which words; their text adds nothing to where they stand and what they become. */
function keyOf(change: TextChange): string {
  return change.change === "words"
    ? `${change.rule} ${change.in} ${change.part} ${change.path.join(".")} ${change.becomes}`
    : JSON.stringify(change);
}

/** Practice does not come with an adopted rule. */
function rankOfAnswer(answer: RegimeAnswer, isAdopted: boolean): Rank {
  return rankOf(answer.atLeast, !isAdopted && answer.practice.some((p) => p.decision !== "granted"));
}

function dateOf(later: NonNullable<LeakCell["later"]>): Candidate {
  return { step: "number", changes: [{ change: "date", ...later }] };
}

/** Rules of members that would control the item if the supplier's law had them: lists before end uses, then by member. */
export function adoptions(
  engine: CellEngine,
  { supplier, probe, item }: Pick<LeakCell, "supplier" | "probe" | "item">,
): Extract<LawChange, { change: "adopt" }>[] {
  const found = engine.question.members
    .filter((m) => m !== supplier)
    .flatMap((m) => engine.asOwn(m, probe, item).findings.filter((f) => f.atLeast > 0));
  const lists = found.filter((f) => f.layer === "list");
  const others = found.filter((f) => f.layer !== "list");
  return [...lists, ...others].map((f) => ({ change: "adopt", rule: f.rule, state: supplier }));
}

/** Changes of what carries the grade of a gated cell: its policy, the exceptions that soften it. */
function* strengthenings(engine: CellEngine, leak: LeakCell): Generator<readonly Candidate[]> {
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
function ownWords(engine: CellEngine, { supplier, probe, item }: LeakCell): Candidate[] {
  const { book, date } = engine.question;
  const facts: Facts = { ...engine.factsOf(supplier, probe), ...item };
  return regimesOf(engine, supplier).flatMap((id) =>
    engine.openRules(id, supplier, probe).flatMap(({ rule, version }): Candidate[] => {
      const binds = version.effect !== "no-licence" && isEnforced(version, date);
      const repairs = binds ? itemRepairs(rule, version, { book, regime: id, date, facts }) : [];
      return repairs.map(({ step, change, to }) => ({ step, changes: [change], to }));
    }),
  );
}

function regimesOf({ question: { book, date } }: CellEngine, supplier: State): State[] {
  return [supplier, ...unionsOf(book, supplier, date)];
}

/** Whether a yes or no, or a number, is known of the item that could be what shuts it out. */
function hasQualities(item: Facts, book: RuleBook): boolean {
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
