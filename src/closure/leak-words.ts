import { longDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { Policy } from "../domain/verdicts.ts";
import { findRule, type RuleBook } from "../law/book.ts";
import type { LawChange } from "./leak-change.ts";
import type { Mend } from "./leak-mend.ts";

const POLICY_WORDS: Readonly<Record<Policy, string>> = {
  denial: "denial",
  "presumption-of-denial": "presumption of denial",
  "case-by-case": "case by case",
  approval: "approval",
};

/** A mend in a phrase: what changes where. What it leaves of the leak stands beside it. */
export function mendWords({ changes }: Mend, book: RuleBook): string {
  const [first, second] = changes;
  if (first?.change === "join" && second?.change === "adopt") return `${first.state} joins and adopts ${second.rule}`;
  return changes.map((c) => changeWords(c, book)).join("; ");
}

/** One change of law in a phrase. */
function changeWords(change: LawChange, book: RuleBook): string {
  switch (change.change) {
    case "words":
      return wordsChanged(change);
    case "policy": {
      const where =
        change.exception === undefined ? change.rule : `exception \`${change.exception}\` of ${change.rule}`;
      const was = change.was === null ? "" : ` instead of ${POLICY_WORDS[change.was]}`;
      return `${POLICY_WORDS[change.becomes]}${was} in ${where}`;
    }
    case "exception":
      return `${change.rule} without its exception \`${change.exception}\`${exceptionPlace(change, book)}`;
    case "stay":
      return `the stay of ${change.rule} ended`;
    case "date":
      return `${change.rule} in its words of ${longDate(change.textOf)}, in force at once`;
    case "adopt":
      return `${change.state} adopts ${change.rule}`;
    case "join":
      return `${change.state} joins: its own law reaches it`;
  }
}

type WordsChange = Extract<LawChange, { readonly change: "words" }>;

function wordsChanged({ rule, in: place, was, becomes }: WordsChange): string {
  const where = place === rule ? rule : paragraphName(place);
  if (becomes === "") return `${where} without \`${was}\``;
  const added = addedTo(was, becomes);
  if (added !== undefined) return `${where} also for \`${added}\``;
  return `${where} with ${numbersMoved(was, becomes) ?? `\`${becomes}\` instead of \`${was}\``}`;
}

const SIDES: Readonly<Record<string, string>> = {
  atMost: "at most",
  below: "below",
  atLeast: "at least",
  above: "above",
};

/** `overlay at most 2.4 nm instead of 1.5 nm`: the bounds of one number that differ. */
function numbersMoved(was: string, becomes: string): string | undefined {
  const [before, after] = [was, becomes].map((text) => /^([\w.]+): \{ (.*) \}$/.exec(text));
  if (!before || !after || before[1] !== after[1]) return undefined;
  const old = boundsOf(before[2]!);
  const moved = boundsOf(after[2]!).filter((b) => !old.some((o) => o.text === b.text));
  const [bound] = moved;
  const from = bound && old.find((o) => o.isUpper === bound.isUpper);
  if (!bound || !from || moved.length !== 1) return undefined;
  const side = from.side === bound.side ? "" : `${SIDES[from.side]} `;
  return `${measureName(before)} ${SIDES[bound.side]} ${bound.amount} instead of ${side}${from.amount}`;
}

/** The fact, or the formula with its constant: lists compare the same quantity with constants of their own. */
function measureName([, name, inside]: RegExpExecArray): string {
  const formula = /^name: (\w+), k: ([\d.]+)/.exec(inside!);
  if (!formula) return `\`${name}\``;
  return `${FORMULA_WORDS[formula[1]!] ?? formula[1]} (K ${formula[2]})`;
}

const FORMULA_WORDS: Readonly<Record<string, string>> = { mrf: "resolution" };

interface Bound {
  readonly text: string;
  readonly side: string;
  readonly amount: string;
  readonly isUpper: boolean;
}

function boundsOf(inside: string): Bound[] {
  return inside.split(", ").flatMap((text): Bound[] => {
    const [, side, amount] = /^(atMost|below|atLeast|above): (.*)$/.exec(text) ?? [];
    return side && amount ? [{ text, side, amount, isUpper: side === "atMost" || side === "below" }] : [];
  });
}

/** `NLD:3B001.f.4.b`, or a definition by its name and regime. */
function paragraphName(key: string): string {
  const [regime, name] = key.split("/");
  return name === undefined ? key : `the definition \`${name}\` of ${regime as State}`;
}

/** What an alternative was added for, where the words are the old ones or something else. */
function addedTo(was: string, becomes: string): string | undefined {
  const head = `any: [{ ${was} }, { `;
  return becomes.startsWith(head) && becomes.endsWith(" }]") ? becomes.slice(head.length, -3) : undefined;
}

function exceptionPlace(change: Extract<LawChange, { readonly change: "exception" }>, book: RuleBook): string {
  const cite = findRule(book, change.rule)?.exceptions.find((e) => e.id === change.exception)?.cite;
  return cite === undefined ? "" : ` (${cite.act} ${cite.at})`;
}
