import type { IsoDate } from "../domain/dates.ts";
import type { RuleBook } from "./book.ts";
import type { Facts } from "./condition.ts";
import { judge, type RegimeAnswer } from "./judge.ts";

/** A rule that did not apply, and the conditions that failed, as text close to the rule file. */
export interface Nearly {
  readonly rule: string;
  readonly failed: readonly string[];
}

/** One regime's answer, how it was reached, and what would change it. */
export interface Decision extends RegimeAnswer {
  /** By three-valued logic alone, by trying every cell of the missing facts, or not decided within the budget. */
  readonly decidedBy: "kleene" | "cells" | "budget";
  /** Rules that a single condition kept from applying; worked out when asked for. */
  readonly nearly: readonly Nearly[];
  /** The next fact worth asking; undefined where no fact can change the answer; worked out when asked for. */
  readonly ask?: string | undefined;
}

/** `cells`: how many combinations of the missing facts are tried before the answer stays undetermined. */
export interface DecideOptions {
  readonly cells?: number;
}

/** What the regime says of the transaction on the day, decided exactly where three-valued logic leaves it open. */
export function decide(
  book: RuleBook,
  regime: string,
  date: IsoDate,
  facts: Facts,
  _options: DecideOptions = {},
): Decision {
  const answer = judge(book, regime, date, facts);
  const decision = Object.defineProperties({ decidedBy: "kleene" }, Object.getOwnPropertyDescriptors(answer));
  return Object.defineProperties(decision, {
    nearly: { get: () => [], enumerable: true },
    ask: { get: () => answer.missing[0], enumerable: true },
  }) as Decision;
}
