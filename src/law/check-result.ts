import type { IsoDate } from "../domain/dates.ts";
import type { Layer, Policy, Status, Verdict } from "../domain/verdicts.ts";
import type { Cite } from "./book.ts";
import type { PartyMatches } from "./party-lists.ts";
import type { SavingInPlay } from "./savings.ts";

/** A rule that requires something, or could. */
export interface RuleReason {
  readonly rule: string;
  readonly title: string;
  readonly layer: Layer;
  readonly cite: Cite;
}

/** One route by which a regime may reach the transaction, and whether it does; `subject` is null where facts are missing. */
export interface ReachRoute {
  readonly route: string;
  readonly subject: boolean | null;
  readonly because: readonly { readonly term: string; readonly title: string; readonly cite: Cite }[];
  readonly missing: readonly string[];
}

/** What one regime says of a transaction. */
export interface RegimeResult {
  readonly regime: string;
  readonly verdict: Verdict;
  readonly policy?: Policy;
  /** Three-valued logic alone, every cell of the missing facts, or the budget of cells ran out. */
  readonly decidedBy: "kleene" | "cells" | "budget";
  /** Rules that require something for certain. */
  readonly because: readonly RuleReason[];
  /** Rules that would require something, depending on facts that are missing. */
  readonly possible: readonly (RuleReason & { readonly missing: readonly string[] })[];
  readonly reach: readonly ReachRoute[];
  /** Exceptions that apply, or could: then `applies` is null. */
  readonly exceptions: readonly {
    readonly id: string;
    readonly rule: string;
    readonly cite: Cite;
    readonly applies: boolean | null;
  }[];
  /** Savings that leave the transaction to earlier law, or would if it relied on them. */
  readonly savings: readonly SavingInPlay[];
  readonly missing: readonly string[];
  readonly nearly: readonly { readonly rule: string; readonly failed: readonly string[] }[];
  /** Text that is not held and could matter. */
  readonly holes: readonly { readonly id: string; readonly why: string }[];
  /** Rules in the text that are not enforced on the day. */
  readonly suspended: readonly { readonly rule: string; readonly status: Status; readonly cite: Cite }[];
  /** How such licences are decided. */
  readonly practice: readonly {
    readonly id: string;
    readonly title: string;
    readonly decision: string;
    readonly cite: Cite;
  }[];
}

/** What all asked regimes say of one transaction; the verdict is the strictest of theirs. */
export interface TransactionResult {
  readonly id: string;
  readonly asOf: IsoDate;
  readonly verdict: Verdict;
  readonly regimes: readonly RegimeResult[];
  /** Where the transaction names its end user: what the lists of these regimes say of that name. */
  readonly party?: PartyMatches;
  /** The next fact worth asking; absent where no fact can change the verdict. */
  readonly ask?: string | undefined;
}

/** SHA-256 over the rules, the transactions and the name of the engine. */
export interface CheckDigest {
  readonly rules: string;
  readonly data: string;
  readonly engine: string;
}

/** The answer to `entente check`. */
export interface CheckResult {
  readonly schema: "entente/check@1";
  readonly results: readonly TransactionResult[];
  readonly digest: CheckDigest;
  readonly notModelled: readonly string[];
}

/** From the strictest to the mildest: the order in which verdicts of several regimes count. */
export const STRICTEST_FIRST: readonly Verdict[] = [
  "prohibited",
  "licence-required",
  "undetermined",
  "no-licence",
  "not-subject",
];
