import type { Policy, Verdict } from "../../domain/verdicts.ts";
import type { Cite } from "../../law/book.ts";
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

/** Where the words stand and how they are known: `15 CFR 744.23 (a)(2)(i) [text]`. */
export function citeWords({ act, at, evidence }: Cite): string {
  return cleanText(`${act} ${at} [${evidence}]`);
}
