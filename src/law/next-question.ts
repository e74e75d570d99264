import type { IsoDate } from "../domain/dates.ts";
import type { Policy, Verdict } from "../domain/verdicts.ts";
import type { CheckDigest } from "./check-result.ts";
import type { FactDeclaration } from "./facts.ts";

/** An answer that the law tells apart from others, and what the regime says after it. */
export interface FactAnswer {
  readonly answer: string;
  readonly verdict: Verdict;
  readonly policy?: Policy;
  /** Whether nothing that is still missing can change the regime's answer after it. */
  readonly settled: boolean;
}

/** The answer to `entente ask`; `ask` is null where no fact can make the verdict stricter or settle it. */
export interface NextQuestion {
  readonly schema: "entente/ask@1";
  readonly id: string;
  readonly asOf: IsoDate;
  readonly verdict: Verdict;
  readonly ask:
    | (Pick<FactDeclaration, "type" | "doc"> & {
        readonly fact: string;
        readonly values?: readonly string[];
        readonly unit?: string;
        /** By regime that would ask this first: what each answer leads to. */
        readonly leadsTo: readonly { readonly regime: string; readonly answers: readonly FactAnswer[] }[];
      })
    | null;
  readonly digest: CheckDigest;
}
