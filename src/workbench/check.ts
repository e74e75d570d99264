import type { IsoDate } from "../domain/dates.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import type { Verdict } from "../domain/verdicts.ts";
import type { Regime, RuleBook } from "../law/book.ts";
import { type RegimeResult, STRICTEST_FIRST, type TransactionResult } from "../law/check-result.ts";
import type { Facts } from "../law/condition.ts";
import { decide } from "../law/decide.ts";
import { type Distinction, distinctionsOf, textOfDistinct } from "../law/distinctions.ts";
import { judgePrepared, type RegimeAnswer, type Severity, unheld } from "../law/judge.ts";
import { nearlyApplied } from "../law/nearly.ts";
import { withLists } from "../law/party-lists.ts";
import { reachRoutes } from "../law/reach-routes.ts";
import { savingsInPlay } from "../law/savings.ts";
import { type Prepared, prepare } from "../law/specialise.ts";
import { concernedRegimes, oldestCheck } from "./check-regimes.ts";
import { once, regimeResult } from "./regime-result.ts";
import type { Transaction } from "./transactions.ts";

/** What a check holds fixed over all transactions of a file. */
export interface CheckSettings {
  /** The day that is asked about; else each transaction's own, else the oldest day on which the law was compared. */
  readonly asOf?: IsoDate;
  /** Only law that could be known by that day counts. */
  readonly knownOn?: IsoDate;
  /** The regimes that are asked; else those that each transaction concerns. */
  readonly regimes?: readonly State[];
  /** Whether what three-valued logic leaves open is decided exactly, and the next fact worth asking is found; unless told otherwise, yes. */
  readonly exact?: boolean;
}

/** Puts one transaction to the law. */
export type Checker = (t: Transaction) => TransactionResult;

/** What is kept of prepared law and of answers; the oldest give way. */
const KEPT_PREPARED = 256;
const KEPT_ANSWERS = 3000;

/** A checker that puts the facts other than the item's into each regime once, and asks once about facts that its law cannot tell apart. */
export function createChecker(book: RuleBook, settings: CheckSettings): Checker {
  const ask = createRegimeAsker(book, settings.exact !== false);
  return ({ id, asOf: own, facts }) => {
    const asOf = settings.asOf ?? own ?? oldestCheck(book, facts, settings.regimes);
    if (asOf === undefined) throw new RangeError("a rule book without regimes answers nothing");
    const asked = settings.regimes ?? concernedRegimes(book, facts, asOf);
    const { facts: listed, party } = withLists(book, facts, asOf, asked);
    const given = stated(listed);
    const answers = asked.map((regime) => ask(regime, asOf, given));
    const verdict = strictest(answers.map((a) => a.result.verdict));
    const regimes = answers.map((a) => a.result);
    return {
      id,
      asOf,
      verdict,
      regimes,
      ...(party && { party }),
      get ask() {
        return nextFact(answers, verdict);
      },
    };
  };
}

/** The strictest of several verdicts, as they count beside one another. */
function strictest(verdicts: readonly Verdict[]): Verdict {
  return STRICTEST_FIRST.find((v) => verdicts.includes(v)) ?? "undetermined";
}

/** The fact that most of the regimes ask for whose answer could still make the verdict stricter. */
function nextFact(answers: readonly Answered[], verdict: Verdict): string | undefined {
  const rank = (v: Verdict) => STRICTEST_FIRST.indexOf(v);
  const votes = new Map<string, number>();
  for (const a of answers) {
    const open = a.result.verdict === "undetermined" && rank(verdict) >= rank("undetermined");
    const stricter = rank(possible(a.answer.atMost)) < rank(verdict);
    const fact = open || stricter ? a.ask() : undefined;
    if (fact !== undefined) votes.set(fact, (votes.get(fact) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function possible(atMost: Severity): Verdict {
  return atMost === 5 ? "prohibited" : atMost > 0 ? "licence-required" : "no-licence";
}

interface Answered {
  readonly answer: RegimeAnswer;
  readonly result: RegimeResult;
  readonly ask: () => string | undefined;
}

/** Facts with the text of each value, made once for all regimes, in an order of their own. */
interface Stated {
  readonly facts: Facts;
  readonly texts: readonly (readonly [name: string, text: string])[];
}

function stated(facts: Facts): Stated {
  return {
    facts,
    texts: Object.keys(facts)
      .sort()
      .map((name) => [name, textOfDistinct(facts[name]!, "every-value")]),
  };
}

/** Asks one regime; what its law does not tell apart makes no difference to what is kept. */
function createRegimeAsker(book: RuleBook, exact: boolean): (regime: State, date: IsoDate, stated: Stated) => Answered {
  const regimes = new Map<string, (stated: Stated) => Answered>();
  return (regime, date, facts) => {
    const asker = remember(regimes, `${regime} ${date}`, () => {
      const held = book.regimes.get(regime);
      return held ? heldAsker(book, held, date, exact) : unheldAsker(regime);
    });
    return asker(facts);
  };
}

function unheldAsker(regime: State): (stated: Stated) => Answered {
  const answer = unheld(regime, `no text of ${regime} law is held`);
  const answered = {
    answer,
    result: regimeResult(answer, "kleene", { reach: () => [], nearly: () => [], savings: () => [] }),
    ask: () => undefined,
  };
  return () => answered;
}

function heldAsker(book: RuleBook, regime: Regime, date: IsoDate, exact: boolean): (stated: Stated) => Answered {
  const distinctions = distinctionsOf(book, regime);
  // Amounts differ from row to row: what is put in first is what many rows share.
  const isFirst = (name: string) => {
    const fact = book.facts.get(name);
    return name === "item.classified" || (fact?.role !== "item" && fact?.type !== "quantity");
  };
  const prepared = new Map<string, Prepared>();
  const answers = new Map<string, Answered>();
  return ({ facts, texts }) => {
    let key = "";
    for (const [name, text] of texts) {
      const of = distinctions.get(name);
      if (of !== undefined) key += `${name}=${textIn(facts, name, text, of)}\n`;
    }
    return keep(answers, key, KEPT_ANSWERS, () => {
      const relevant = texts.filter(([name]) => distinctions.has(name));
      const first = relevant.filter(([name]) => isFirst(name));
      const ready = keep(prepared, first.map((of) => of.join("=")).join("\n"), KEPT_PREPARED, () =>
        prepare(book, regime, date, pick(facts, first)),
      );
      const rest = pick(
        facts,
        relevant.filter(([name]) => !isFirst(name)),
      );
      return answer(ready, rest, pick(facts, relevant), exact);
    });
  };
}

function textIn(facts: Facts, name: string, text: string, of: Distinction): string {
  return of === "every-value" ? text : textOfDistinct(facts[name]!, of);
}

function pick(facts: Facts, names: Stated["texts"]): Facts {
  return Object.fromEntries(names.map(([name]) => [name, facts[name]!]));
}

/** The value under `key`, made on the first call; beyond `most` values the oldest is dropped. */
function keep<T>(memory: Map<string, T>, key: string, most: number, make: () => T): T {
  const found = memory.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (memory.size >= most) memory.delete(memory.keys().next().value!);
  memory.set(key, made);
  return made;
}

/** Three-valued logic first; what it leaves open is decided exactly. What is seldom read is worked out on demand. */
function answer(prepared: Prepared, rest: Facts, facts: Facts, exact: boolean): Answered {
  const { book, regime, date } = prepared;
  const kleene = judgePrepared(prepared, rest);
  const settled = kleene.atLeast === kleene.atMost;
  const decision = settled || !exact ? undefined : decide(book, regime.id, date, facts);
  const answer = decision ?? kleene;
  const ask = once(() => decision?.ask);
  const reach = () => reachRoutes(book, regime.id, regime.subject, { book, regime: regime.id, date, facts });
  const nearly = () => nearlyApplied(book, regime.id, date, facts);
  const savings = () => (answer.verdict === "not-subject" ? [] : savingsInPlay(book, regime, date, facts));
  const decidedBy = decision?.decidedBy ?? "kleene";
  return { answer, ask, result: regimeResult(answer, decidedBy, { reach, nearly, savings }) };
}
