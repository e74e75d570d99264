import type { ElasticitySet, OutcomeRange } from "./elasticities.ts";
import type { Solution, SolveResult } from "./solve.ts";

/** The base as it was read, for the page and for who reads the figures. */
export interface BaseNote {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly notice?: string;
  readonly assumptions: readonly string[];
}

/** The answer of a named base with one set of elasticities. */
export interface NamedSolveResult extends SolveResult {
  readonly base: BaseNote;
  readonly elasticities: Omit<ElasticitySet, "theta">;
}

/** The answer of a named base over several sets. Without a range where one of them found no equilibrium. */
export interface SolveRangeResult {
  readonly schema: "entente/solve-range@1";
  readonly base: BaseNote;
  readonly sets: readonly (Omit<ElasticitySet, "theta"> & Solution)[];
  readonly ranges: readonly OutcomeRange[];
  readonly bootstrap?: {
    readonly draws: number;
    readonly seed: number;
    /** Draws without an equilibrium; with one of them there are no bands. */
    readonly failed: number;
    /** From the 5th to the 95th of a hundred. */
    readonly bands: readonly OutcomeRange[];
  };
  readonly seconds: number;
  readonly digest: { readonly data: string; readonly engine: string };
  readonly notModelled: readonly string[];
}

/** What a named base answers. */
export type NamedSolve = NamedSolveResult | SolveRangeResult;
