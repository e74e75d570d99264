import type { IsoDate } from "../domain/dates.ts";
import type { Place } from "../domain/errors.ts";
import type { State } from "../domain/states.ts";
import type { Path } from "../input/yaml-file.ts";

/** A runnable question: who, against whom, about what, when, and what must hold. */
export interface Case {
  readonly id: string;
  readonly file: string;
  /** Where a part of it stands in its file; absent for a case that was made without one. */
  readonly place?: (path: Path) => Place;
  readonly title: string;
  /** What the classes are called together (`chip tools`). */
  readonly subject: string;
  readonly asOf: IsoDate;
  readonly members: readonly State[];
  readonly target: State;
  /** In order of preference: the first pack that has a class decides its shares. */
  readonly packs: readonly string[];
  /** Class ids, groups, or types. */
  readonly classes: readonly string[];
  readonly probe: string;
  readonly beside: readonly string[];
  readonly threshold: number;
  readonly require: Requirement;
  readonly goals: readonly string[];
  /** Variants that the question needs, by class; where a class is not named all its variants count. */
  readonly variants: Readonly<Record<string, readonly string[]>>;
  readonly candidates: readonly State[];
  /** Rules that a candidate would adopt; without them the strictest member's. */
  readonly candidatesAdopt: readonly string[];
  readonly adopt: readonly { readonly rule: string; readonly state: State }[];
  readonly cast: Cast;
  readonly minimum: readonly MinimumQuestion[];
  /** Imports of the target in the members' windows, and of a member in the window of the target's own rules. */
  readonly clock: { readonly series?: SeriesName; readonly counterSeries?: SeriesName };
  /** Whether the coalition closes a choke point, or (the reverse) could supply itself if the target and non-members stop. */
  readonly asks: "closure" | "self-supply";
  readonly notModelled: readonly string[];
  readonly expect: readonly Expectation[];
}

/** Of the leaf classes: all; at least n; those that members could close (their potential reaches the threshold); or a goal. */
export type Requirement =
  | { readonly kind: "all" }
  | { readonly kind: "choke-points" }
  | { readonly kind: "at-least"; readonly n: number }
  | { readonly kind: "goal"; readonly goal: string };

/** Who plays the parts that the probes leave open. */
export interface Cast {
  /** Party on official lists for `listed-fab`. */
  readonly listedParty: string;
  /** Party with authorisations for `allied-fab`, and where its parent has its headquarters. */
  readonly alliedParty: string;
  readonly ally: State;
  /** Where the target's subsidiary stands. */
  readonly third: State;
}

export interface MinimumQuestion {
  readonly scope: string;
  readonly threshold: number;
  /** Fraction of the leaf classes, a number of them, or a goal. */
  readonly need: { readonly fraction: number } | { readonly atLeast: number } | { readonly goal: string };
}

/** Names a series among the packs' figures: imports of the target by month or quarter. */
export interface SeriesName {
  readonly metric: string;
  readonly state: string;
  readonly partner?: string;
  readonly unit: string;
  readonly what: string;
}

/** A line of `expect:`; `at` is a path into the assessment, `[x]` picks the element whose id, state or class is x. */
export interface Expectation {
  readonly at: string;
  readonly is?: unknown;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly includes?: unknown;
  readonly why?: string;
}
