import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import type { Grade } from "../domain/verdicts.ts";
import { findRule, type RuleBook } from "../law/book.ts";
import { ALWAYS, type Condition, type Facts } from "../law/condition.ts";
import type { RegimeAnswer } from "../law/judge.ts";
import { evaluate, versionAt } from "../law/kleene.ts";
import { gradeOf, type Rank, rankOf } from "./cell.ts";
import type { CellEngine } from "./cell-engine.ts";
import {
  type Asked,
  adoptions,
  type Candidate,
  dateOf,
  hasQualities,
  type LeakCell,
  layersLacking,
  ownWords,
  softened,
  strengthenings,
} from "./leak-candidates.ts";
import { applyChange, type LawChange, type MendStep, type TextChange } from "./leak-change.ts";

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

type WordsChange = Extract<LawChange, { readonly change: "words" }>;

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
    yield [...words.filter((w) => w.step === "exclusion"), ...softened(engine, leak)];
    for (const adopt of adoptions(engine, leak)) yield [{ step: "adoption", changes: [adopt] }];
    yield leak.cell.high > 0 ? ownWords(engine, leak).filter((w) => w.step === "widening") : [];
    for (const layer of this.layersFor(leak.supplier, leak.probe)) yield [layer];
  }

  private layersFor(supplier: State, probe: string): readonly Candidate[] {
    return remember(this.layers, `${supplier} ${probe}`, () => layersLacking(this.engine, supplier, probe));
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
