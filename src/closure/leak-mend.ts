import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import type { Grade } from "../domain/verdicts.ts";
import { findRule, type Rule, type RuleBook, unionsOf } from "../law/book.ts";
import { ALWAYS, type Condition, type Facts } from "../law/condition.ts";
import { type Finding, isEnforced, type RegimeAnswer } from "../law/judge.ts";
import { evaluate, type Scene, versionAt } from "../law/kleene.ts";
import { evaluateResidual, type OpenRule } from "../law/specialise.ts";
import { type Cell, gradeOf, type Rank, rankOf } from "./cell.ts";
import type { CellEngine } from "./cell-engine.ts";
import { applyChange, type LawChange, type MendStep, type TextChange } from "./leak-change.ts";
import { asksForItem, itemRepairs, layerRepairs } from "./leak-repairs.ts";

/** A change of law that was made and judged: what it leaves of the leak. */
export interface Mend {
  readonly step: MendStep;
  /** All of them together. */
  readonly changes: readonly LawChange[];
  /** What is certain for every cell of the leak after the change. */
  readonly after: Grade;
  /** Whether that is as much as was asked of the leak: a licence for an open cell, closure for a gated one. */
  readonly mends: boolean;
  /**
   * Variants and classes (`id`, `id/variant`) of the supplier that the changed words would newly control as well; counted for
   * numbers and exclusions alone.
   */
  readonly alsoReaches?: readonly string[];
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

type WordsChange = Extract<LawChange, { readonly change: "words" }>;

interface Candidate {
  readonly step: MendStep;
  readonly changes: readonly LawChange[];
  /** What `becomes` stands for, where words change. */
  readonly to?: Condition;
}

type Asked = Pick<LeakCell, "supplier" | "probe" | "item">;

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
  private readonly ranks = new Map<string, Map<Facts, Rank>>();
  private readonly found = new Map<Facts, Map<string, Mend | null>>();
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
    const ofItem = remember(this.found, leak.item, () => new Map<string, Mend | null>());
    const key = `${leak.supplier} ${leak.probe}`;
    const known = ofItem.get(key);
    if (known !== undefined) return known;
    const mend = this.search(leak);
    ofItem.set(key, mend);
    return mend;
  }

  private search(leak: LeakCell): Mend | null {
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
    const beside = tried.map((t) => this.reachedBeside(leak, t.candidate)?.length ?? 0);
    return tried[beside.indexOf(Math.min(...beside))]!;
  }

  private describe(leak: LeakCell, { candidate, rank }: Tried): Mend {
    const { step, changes } = candidate;
    const closing = rank === 1 ? this.closingOf(leak, candidate) : undefined;
    const alsoReaches = this.reachedBeside(leak, candidate);
    return {
      step,
      changes,
      after: gradeOf(rank),
      mends: rank >= leak.goal,
      ...(alsoReaches && { alsoReaches }),
      ...(closing && { closing }),
    };
  }

  private reachedBeside(leak: LeakCell, { step, changes, to }: Candidate): string[] | undefined {
    const [change] = changes;
    if (change?.change !== "words" || (step !== "number" && step !== "exclusion")) return undefined;
    const { supplier, probe } = leak;
    const reads = this.changedWords(change, to, this.engine.factsOf(supplier, probe));
    return this.supplied(supplier)
      .filter(({ facts }) => facts !== leak.item && reads(facts) && this.engine.cell(supplier, probe, facts).low === 0)
      .filter(({ facts }) => this.rankOfText({ supplier, probe, item: facts }, change, to) > 0)
      .map(({ name }) => name);
  }

  /** Whether an item falls under the words that were changed: others are reached no more than before. */
  private changedWords(change: WordsChange, to: Condition | undefined, probe: Facts): (item: Facts) => boolean {
    const { date } = this.engine.question;
    const book = this.book(change, to);
    const { regime, versions } = findRule(book, change.rule)!;
    const when = versionAt(book.terms.get(change.in)?.versions ?? versions, date)?.when;
    return (item) =>
      when === undefined || evaluate(when, { book, regime, date, facts: { ...probe, ...item } }) === true;
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
          return this.rankOfText(leak, change, to);
      }
    });
    return Math.max(leak.cell.low, ...ranks) as Rank;
  }

  /** What a rule comes to for an item once its text is changed; asked once. */
  private rankOfText(asked: Asked, change: TextChange, to: Condition | undefined): Rank {
    const key = `${asked.supplier} ${asked.probe} ${keyOf(change)}`;
    const ofChange = remember(this.ranks, key, () => new Map<Facts, Rank>());
    return remember(ofChange, asked.item, () => this.rankUnder(this.book(change, to), change.rule, asked));
  }

  private rankUnder(changed: RuleBook, id: string, leak: Asked): Rank {
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
    for (const layer of this.layersFor(leak.supplier, leak.probe)) yield [layer];
  }

  /** Layers that the rules of the supplier's law lack for a transaction: the same for every item; rules on some items come first. */
  private layersFor(supplier: State, probe: string): readonly Candidate[] {
    return remember(this.layers, `${supplier} ${probe}`, () => {
      const { book, date } = this.engine.question;
      const facts = this.engine.factsOf(supplier, probe);
      const found = regimesOf(this.engine, supplier).flatMap((id) =>
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
