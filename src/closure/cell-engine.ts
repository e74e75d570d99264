import type { IsoDate } from "../domain/dates.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import { findRule, type Rule, type RuleBook, unionsOf } from "../law/book.ts";
import type { Facts } from "../law/condition.ts";
import { type Finding, judgePrepared, type RegimeAnswer, unheld } from "../law/judge.ts";
import { type Prepared, prepare } from "../law/specialise.ts";
import { type Cell, mergeViews, type View } from "./cell.ts";
import { type ProbeSetting, probeFacts } from "./probe-facts.ts";

export interface CellQuestion extends ProbeSetting {
  readonly members: readonly State[];
  readonly adopt: readonly { readonly rule: string; readonly state: State }[];
}

/** Evaluates cells; the same question is never put to the law twice. */
export class CellEngine {
  private readonly cells = new Map<Facts, Map<string, Cell>>();
  private readonly settled = new Map<string, boolean>();
  private readonly joined = new Map<string, CellEngine>();
  // What one regime says does not depend on who else belongs: a coalition that grew asks none of it again.
  private readonly answers: Map<Facts, Map<string, RegimeAnswer>>;
  private readonly probes: Map<string, Facts>;
  private readonly regimes: Map<string, Prepared | null>;
  private readonly changedBooks = new WeakMap<RuleBook, Map<string, Prepared>>();
  readonly question: CellQuestion;
  private readonly base: { readonly engine: CellEngine; readonly changed: State } | undefined;

  constructor(question: CellQuestion, base?: { readonly engine: CellEngine; readonly changed: State }) {
    this.question = question;
    this.base = base;
    this.answers = base?.engine.answers ?? new Map();
    this.probes = base?.engine.probes ?? new Map();
    this.regimes = base?.engine.regimes ?? new Map();
  }

  /** The coalition before the last state joined, and that state; undefined for a question asked from scratch. */
  get before(): { readonly engine: CellEngine; readonly changed: State } | undefined {
    return this.base;
  }

  /** The same question with one more member that adopts these rules: only its own cells are asked again. */
  joinedBy(state: State, rules: readonly string[]): CellEngine {
    return remember(this.joined, `${state} ${rules.join(" ")}`, () => this.join(state, rules));
  }

  private join(state: State, rules: readonly string[]): CellEngine {
    const adopt = [...this.question.adopt, ...rules.map((rule) => ({ rule, state }))];
    const members = this.question.members.includes(state) ? this.question.members : [...this.question.members, state];
    return new CellEngine({ ...this.question, members, adopt }, { engine: this, changed: state });
  }

  /** The cell of `supplier` for an item under a probe. `item` must be one object per item: it is the cache key. */
  cell(supplier: State, probe: string, item: Facts): Cell {
    if (this.base && supplier !== this.base.changed) return this.base.engine.cell(supplier, probe, item);
    const key = `${supplier} ${probe}`;
    const settled = remember(this.settled, key, () => this.isSettledFor(supplier, probe));
    const asked = settled ? NO_ITEM : item;
    return cached(this.cells, asked, key, () => this.askCell(supplier, probe, asked));
  }

  /** Whether no member's law depends on the item: most suppliers outside the coalition. */
  private isSettledFor(supplier: State, probe: string): boolean {
    const { members, adopt } = this.question;
    if (members.includes(supplier) || adopt.some((a) => a.state === supplier)) return false;
    return members.every((m) => {
      const prepared = this.prepared(m, supplier, probe);
      return prepared === null || isSettled(prepared);
    });
  }

  private askCell(supplier: State, probe: string, item: Facts): Cell {
    const { book, members, date, adopt } = this.question;
    const views: View[] = [];
    const isMember = members.includes(supplier);
    for (const m of members) {
      if (m === supplier || reachesAbroad(book, m)) {
        views.push({ answer: this.answer(m, supplier, probe, item), reach: m === supplier ? "own" : "foreign" });
      }
    }
    if (isMember) {
      for (const u of unionsOf(book, supplier, date))
        views.push({ answer: this.answer(u, supplier, probe, item), reach: "union" });
    }
    const adopted = adopt.filter((a) => a.state === supplier).map((a) => a.rule);
    for (const [regime, rules] of byRegime(book, adopted)) {
      views.push({ answer: onlyRules(this.answer(regime, regime, probe, item), rules), reach: "own" });
    }
    return mergeViews(views);
  }

  /** What `regime` would say if the goods were its own: how far its rules go, wherever the supplier is. */
  asOwn(regime: State, probe: string, item: Facts): RegimeAnswer {
    return this.answer(regime, regime, probe, item);
  }

  /** The supplier's own law alone, its Unions' with it: what it would bring if it were a member. */
  ownLaw(supplier: State, probe: string, item: Facts): Cell {
    const { book, date } = this.question;
    const own: View = { answer: this.answer(supplier, supplier, probe, item), reach: "own" };
    const unions = unionsOf(book, supplier, date).map(
      (u): View => ({ answer: this.answer(u, supplier, probe, item), reach: "union" }),
    );
    return mergeViews([own, ...unions]);
  }

  /** What one regime says of the supplier's goods. */
  lawOf(regime: State, supplier: State, probe: string, item: Facts): RegimeAnswer {
    return this.answer(regime, supplier, probe, item);
  }

  /** Rules of a regime that the transaction alone does not decide against. */
  openRules(regime: State, supplier: State, probe: string): Prepared["rules"] {
    return this.prepared(regime, supplier, probe)?.rules ?? [];
  }

  /** The transaction of a probe for goods of `supplier`, without the item. */
  factsOf(supplier: State, probe: string): Facts {
    return this.transaction(supplier, probe);
  }

  /**
   * What one rule of a changed book says of the supplier's goods. Requirements accumulate, so the cell under the whole changed
   * law is at least as controlled as this.
   */
  ruleUnder(changed: RuleBook, rule: Rule, supplier: State, probe: string, item: Facts): RegimeAnswer {
    const ofBook = remember(this.changedBooks, changed, () => new Map<string, Prepared>());
    const prepared = remember(ofBook, `${rule.id} ${supplier} ${probe}`, () => {
      const { book, date } = this.question;
      const regime = { ...changed.regimes.get(rule.regime)!, rules: [rule], holes: [] };
      // What is known of a book's paragraphs is kept with the book: where they did not change, the old one serves.
      const words = changed.terms === book.terms ? book : changed;
      return prepare(words, regime, date, this.transaction(supplier, probe));
    });
    return judgePrepared(prepared, item);
  }

  private answer(regime: State, supplier: State, probe: string, item: Facts): RegimeAnswer {
    const prepared = this.prepared(regime, supplier, probe);
    // Where the transaction alone settles the law, every item has the same answer.
    const asked = prepared && isSettled(prepared) ? NO_ITEM : item;
    return cached(this.answers, asked, `${regime} ${supplier} ${probe}`, () =>
      prepared ? judgePrepared(prepared, asked) : unheld(regime, `no text of ${regime} law is held`),
    );
  }

  /** A regime with the facts of the probe put in; what an item says of a fact of the probe counts instead of it. */
  private prepared(regime: State, supplier: State, probe: string): Prepared | null {
    return remember(this.regimes, `${regime} ${supplier} ${probe}`, () => {
      const { book, date } = this.question;
      const held = book.regimes.get(regime);
      return held ? prepare(book, held, date, this.transaction(supplier, probe)) : null;
    });
  }

  private transaction(supplier: State, probe: string): Facts {
    return remember(this.probes, `${supplier} ${probe}`, () => {
      const definition = this.question.book.probes.get(probe);
      if (!definition) throw new RangeError(`no probe \`${probe}\``);
      return probeFacts(definition, supplier, this.question);
    });
  }
}

const NO_ITEM: Facts = {};

/** Whether no fact about an item can change the answer any more. */
function isSettled(prepared: Prepared): boolean {
  return prepared.subject === false || (prepared.rules.length === 0 && prepared.holes.length === 0);
}

/** The value under `item` and `key`, made once. */
function cached<T>(store: Map<Facts, Map<string, T>>, item: Facts, key: string, make: () => T): T {
  return remember(
    remember(store, item, () => new Map<string, T>()),
    key,
    make,
  );
}

const ABROAD = new WeakMap<RuleBook, Map<State, boolean>>();

/**
 * Whether a regime's law could reach another state's goods. Law that reaches abroad is known by its text, so a regime of
 * which nothing is held adds nothing to other states' cells; a rule file that is lost may have reached anywhere.
 */
function reachesAbroad(book: RuleBook, regime: State): boolean {
  const ofBook = remember(ABROAD, book, () => new Map<State, boolean>());
  return remember(ofBook, regime, () => hasRules(book, regime));
}

function hasRules(book: RuleBook, regime: State): boolean {
  const held = book.regimes.get(regime);
  return held !== undefined && (held.rules.length > 0 || held.holes.some((h) => h.id.endsWith("/lost")));
}

function byRegime(book: RuleBook, rules: readonly string[]): Map<State, Set<string>> {
  const out = new Map<State, Set<string>>();
  for (const id of rules) {
    const rule = findRule(book, id);
    if (!rule) continue;
    out.set(rule.regime, (out.get(rule.regime) ?? new Set()).add(id));
  }
  return out;
}

/** The answer as if only these rules were adopted: holes and practice of the other state do not come with them. */
function onlyRules(a: RegimeAnswer, rules: ReadonlySet<string>): RegimeAnswer {
  const findings = a.findings.filter((f) => rules.has(f.rule)).map(asAdopted);
  const atLeast = Math.max(0, ...findings.map((f) => f.atLeast)) as RegimeAnswer["atLeast"];
  const atMost = Math.max(0, ...findings.map((f) => f.atMost)) as RegimeAnswer["atMost"];
  const { regime, verdict, suspended } = a;
  return {
    regime,
    verdict,
    suspended,
    findings,
    atLeast,
    atMost,
    holes: [],
    practice: [],
    get missing() {
      return [...new Set(findings.flatMap((f) => (f.atMost > atLeast ? f.missing : [])))];
    },
  };
}

/** The same rule in another state's law: nobody has read those words, so it is inferred. */
function asAdopted(f: Finding): Finding {
  const { rule, title, layer, atLeast, atMost, cite, exceptions } = f;
  return {
    rule,
    title,
    layer,
    atLeast,
    atMost,
    cite,
    exceptions,
    evidence: "inferred",
    get missing() {
      return f.missing;
    },
  };
}

/** The day that a question is asked of; for callers that vary it. */
export function onDay(question: CellQuestion, date: IsoDate): CellQuestion {
  return { ...question, date };
}
