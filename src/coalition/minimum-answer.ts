import type { MinimumResult } from "../closure/assessment.ts";
import type { CoalitionFront } from "./coalition-front.ts";
import type { WeightedCoalition } from "./weighted-coalition.ts";

/** A minimum result with what it counts. */
export interface MinimumEntry extends MinimumResult {
  /** What states supply (`potential`), or what their law certainly closes or puts under licence on the day. */
  readonly by: "potential" | "closed" | "controlled";
  /** `certain`: at the low bound of every share; `possible`: at the high one. */
  readonly bound: "certain" | "possible";
}

export interface MinimumAnswer {
  readonly schema: "entente/minimum@1";
  readonly minimum: readonly MinimumEntry[];
  /** By potential, certain. */
  readonly front?: CoalitionFront;
  /** By potential, certain; with a budget `met` counts the classes that close, of `of`. */
  readonly weighted?: WeightedAnswer;
  /** Licence notices of the packs that were used. */
  readonly notices: readonly string[];
  readonly digest: { readonly rules: string; readonly data: string; readonly engine: string };
  readonly notModelled: readonly string[];
}

/** The cheapest coalition, or with a budget the one that closes most. */
export type WeightedAnswer = WeightedCoalition & {
  readonly budget: number | null;
  /** How many classes there are to close; 1 where the need counts as a whole. */
  readonly of: number;
};
