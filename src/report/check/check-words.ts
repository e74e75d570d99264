import { longDate } from "../../domain/dates.ts";
import type { Policy, Verdict } from "../../domain/verdicts.ts";
import type { Cite } from "../../law/book.ts";
import type { PartyListing } from "../../law/party-lists.ts";
import type { SavingInPlay } from "../../law/savings.ts";
import { cleanText } from "../clean-text.ts";

/** Verdicts as pages say them. What was not found is never a clearance. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  prohibited: "prohibited",
  "licence-required": "licence required",
  undetermined: "undetermined",
  "no-licence": "no licence requirement found in the rules held (not a clearance)",
  "not-subject": "not subject to this law by the rules held (not a clearance)",
};

/** The same in one or two words, for the heads of tables that say below that nothing is a clearance. */
export const VERDICT_SHORT: Readonly<Record<Verdict, string>> = {
  ...VERDICT_WORDS,
  "no-licence": "none found",
  "not-subject": "not subject",
};

const POLICY_WORDS: Readonly<Record<Policy, string>> = {
  denial: "policy of denial",
  "presumption-of-denial": "presumption of denial",
  "case-by-case": "case by case",
  approval: "policy of approval",
};

/** A verdict with its licensing policy. */
export function verdictWords(verdict: Verdict, policy: Policy | undefined): string {
  return policy === undefined ? VERDICT_WORDS[verdict] : `${VERDICT_WORDS[verdict]}, ${POLICY_WORDS[policy]}`;
}

/** What a saving does to the transaction, or would if the transaction relied on it. */
export function savingWords({ rule, title, claim, stated, applies, until, cite }: SavingInPlay): string {
  const end = until === undefined ? "" : `, until ${longDate(until)}`;
  const words = `${title}${end}, for ${rule}; ${citeWords(cite)}`;
  if (applies === true) return words;
  if (applies === null) return `${words}; depends on ${claim}`;
  return stated ? `${words}; not met by ${claim}` : `${words}; not relied on, state ${claim} if it applies`;
}

/** What a listing of a name means for the transaction. */
export function listingWords({ listed, match, effect, from, cite, saving }: PartyListing): string {
  const since = `listed since ${longDate(from)} as ${cleanText(listed)}`;
  if (effect === "decide") return `possible match, decide: ${since}; ${citeWords(cite)}`;
  const how = match === "alias" ? `${since}, by another of its names` : since;
  if (effect === "saved") return `${how}, kept from it by ${saving!.title}; ${citeWords(saving!.cite)}`;
  if (effect === "grants") return `${how}, state endUser.authorisations to rely on it; ${citeWords(cite)}`;
  return `${how}; ${citeWords(cite)}`;
}

/** Where the words stand and how they are known: `15 CFR 744.23 (a)(2)(i) [text]`. */
export function citeWords({ act, at, evidence }: Cite): string {
  return cleanText(`${act} ${at} [${evidence}]`);
}
