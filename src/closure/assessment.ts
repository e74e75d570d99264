import type { IsoDate } from "../domain/dates.ts";
import type { Range } from "../domain/ranges.ts";
import type { Kind, Source } from "../domain/sourced.ts";
import type { State } from "../domain/states.ts";
import type { Evidence, Grade, Policy, Reach } from "../domain/verdicts.ts";
import type { Requirement } from "./case.ts";
import type { Mend } from "./leak-mend.ts";

/** `entente/assessment@1`: the one result from which every page is made. Ranges are shares from 0 to 1. */
export interface Assessment {
  readonly schema: "entente/assessment@1";
  readonly question: Question;
  readonly answer: Answer;
  /** Classes of the case, parents for display included, in the order of the pack. */
  readonly classes: readonly ClassResult[];
  /** Goals of the case; a goal closes when for some step every alternative closes. */
  readonly goals: readonly GoalResult[];
  /** Minimal cuts of the goals, ranked by low bound, ties listed. */
  readonly binding: readonly Binding[];
  readonly leaks: readonly Leak[];
  readonly clock: readonly ClockEntry[];
  /** The latest of the members' united windows, with what the target bought in it. */
  readonly window: UnitedWindow | null;
  /** All windows, members' lags, and the same clock for the target's own rules against members. Only where the case asks about law. */
  readonly timing?: Timing;
  readonly next: readonly NextMember[];
  readonly minimum: readonly MinimumResult[];
  /** Reverse question: members' own supply if the target and non-members stop. Only where the case asks. */
  readonly selfSupply: readonly SelfSupply[];
  readonly sources: readonly UsedSource[];
  /** Licence notices of the packs that were used. */
  readonly notices: readonly string[];
  /** What was taken as given, each with its reason. */
  readonly assumptions: readonly string[];
  readonly digest: {
    readonly rules: string;
    readonly data: string;
    readonly engine: string;
    /** Of the envelope file, where members are undisclosed. */
    readonly envelope?: string;
  };
  readonly notModelled: readonly string[];
}

export interface Question {
  readonly case: string;
  readonly title: string;
  /** `self-supply` is the reverse question: what members have if the target and non-members stop. */
  readonly asks: "closure" | "self-supply";
  /** `chip tools`: what the classes are called together. */
  readonly subject: string;
  readonly members: readonly State[];
  /** Members beside these are undisclosed: the answer holds under each of so many memberships of the candidates. */
  readonly undisclosed?: { readonly candidates: readonly State[]; readonly memberships: number };
  readonly target: State;
  readonly asOf: IsoDate;
  readonly probe: string;
  readonly probeTitle: string;
  /** Probes that stand beside the headline one. */
  readonly beside: readonly string[];
  readonly threshold: number;
  readonly require: Requirement;
  readonly adopt: readonly { readonly rule: string; readonly state: State }[];
  readonly packs: readonly string[];
  /** Packs that the case names and that are not there; the answer is wider without them. */
  readonly packsMissing: readonly string[];
}

export type AnswerVerdict = "closed" | "closed-in-practice" | "partly" | "open" | "undetermined";

export interface Answer {
  readonly verdict: AnswerVerdict;
  /** Sentences, the most important first. */
  readonly because: readonly string[];
  /** How many leaf classes reach the threshold (outside the target) at their low bound, out of `leaves`. */
  readonly reach: {
    readonly closed: number;
    readonly closedOrPractice: number;
    readonly controlled: number;
    readonly potential: number;
    readonly leaves: number;
  };
}

export interface Coverage {
  /** Closed by law in force. */
  readonly closed: Range;
  /** The same, or a licence that practice refuses. */
  readonly closedOrPractice: Range;
  /** Any licence requirement. */
  readonly controlled: Range;
}

/** As part of world supply, and of the supply outside the target. */
export interface CoverageBothWays extends Coverage {
  readonly outsideTarget: Coverage;
}

export interface ClassResult {
  readonly id: string;
  readonly name: string;
  readonly leaf: boolean;
  readonly group: string;
  readonly parent?: string;
  /** Period of the shares, and how they relate to the asked date: `asked`, `envelope`, `after-date`, `before-date`, `none`. */
  readonly period: string;
  readonly periodFit: "asked" | "envelope" | "after-date" | "before-date" | "none";
  readonly basis: string;
  /** What members supply, so what they could close. */
  readonly potential: Range;
  readonly potentialOutsideTarget: Range;
  readonly targetOwn: Range;
  /** The target's own share in every year on record; `note` names a break in definition. */
  readonly ownOverTime: readonly { readonly period: string; readonly share: Range; readonly note?: string }[];
  readonly unallocated: Range;
  readonly coverage: Readonly<Record<string, CoverageBothWays>>;
  /** Rows of the headline chart: one for the class, or one for each variant for which rules differ. */
  readonly rows: readonly ClassRow[];
  readonly suppliers: readonly SupplierResult[];
  readonly sources: readonly string[];
}

/** One bar of the page: the headline probe on a class or on one variant of it, outside the target. */
export interface ClassRow {
  readonly class: string;
  readonly variant?: string;
  readonly label: string;
  readonly coverage: Coverage;
  /** Supply outside the target that members have, open or not. */
  readonly members: Range;
  /** True when open item facts or variants of unknown size make the range. */
  readonly splitUnknown: boolean;
  /** Rank of the leak that this row is part of. */
  readonly leak?: number;
}

export interface SupplierResult {
  /** A state, or `various`. */
  readonly state: string;
  readonly share: Range;
  readonly kind: Kind;
  readonly source: string;
  readonly firms?: readonly { readonly name: string; readonly share: Range; readonly source: string }[];
  readonly cells: Readonly<Record<string, CellResult>>;
}

/** One supplier x probe; with variants, `variants` tells them apart and the cell itself is their hull. */
export interface CellResult {
  readonly grade: Grade;
  /** The strongest grade that missing facts leave possible; equal to `grade` when nothing is missing. */
  readonly possible: Grade;
  readonly policy?: Policy;
  readonly rules: readonly string[];
  readonly practice: readonly string[];
  /** Whose law decides; null where nothing controls. */
  readonly reach: Reach | null;
  readonly evidence: Evidence | null;
  readonly cites: readonly CellCite[];
  readonly missing: readonly string[];
  readonly holes: readonly string[];
  readonly variants?: readonly { readonly id: string; readonly name: string; readonly cell: CellResult }[];
}

export interface CellCite {
  readonly rule: string;
  readonly act: string;
  readonly at: string;
  readonly source: string;
  readonly evidence: Evidence;
}

export interface GoalResult {
  readonly id: string;
  readonly title: string;
  /** The standard transaction that stands for the maker of the product. */
  readonly probe: string;
  readonly verdict: AnswerVerdict;
  readonly steps: readonly {
    readonly step: string;
    readonly alternatives: readonly {
      readonly classes: readonly string[];
      readonly penalty?: string;
      readonly coverage: Coverage;
    }[];
    /** The alternative that stays most open decides the step. */
    readonly coverage: Coverage;
  }[];
}

export interface Binding {
  readonly goal: string;
  readonly name: string;
  /** The classes that must close together. */
  readonly step: readonly string[];
  readonly low: number;
}

export const LEAK_KINDS = [
  "no-control",
  "threshold",
  "layer",
  "scope",
  "timing",
  "policy",
  "indigenous",
  "stock",
] as const;
export type LeakKind = (typeof LEAK_KINDS)[number];

export interface Leak {
  readonly rank: number;
  readonly kind: LeakKind;
  readonly class: string;
  readonly className: string;
  /** Further classes with the same cause, where one row stands for many. */
  readonly classes: readonly string[];
  /** Every cell of the row: a class, or a variant of it (`class/variant`); the state and probe are those of the row. */
  readonly cells: readonly string[];
  readonly variant?: string;
  readonly variantName?: string;
  readonly state: State;
  readonly probe: string;
  readonly grade: Grade;
  readonly size: {
    /** Part of the supply outside the target. */
    readonly share: Range;
    readonly tradeUsd?: {
      readonly value: Range;
      readonly period: string;
      readonly what: string;
      readonly source: string;
    };
  };
  /** The clause that stops short, in words. */
  readonly because: string;
  readonly rule?: string;
  /** Where that clause stands, and how its own words are known; absent where no clause of any member comes near. */
  readonly clause?: CellCite;
  /** The smallest change that mends it, in words; what the trial left of the leak is in `mend`. */
  readonly change: string;
  /** That change as data, made in the rule book and judged again; null where it is none of law, or no single one does. */
  readonly mend: Mend | null;
}

export interface ClockEntry {
  readonly rule: string;
  readonly title: string;
  readonly state: State;
  readonly firstSign: IsoDate | null;
  readonly firstSignSource: string | null;
  readonly announced?: IsoDate;
  readonly published: IsoDate | null;
  /** May lie after the asked day, where the rule was announced by then. */
  readonly inForce: IsoDate;
  readonly lastLawfulDelivery?: IsoDate;
  readonly lastLawfulDeliverySource?: string;
  /** Times in which the text stands and is not enforced, the known end of each included; null while none is known. */
  readonly stays?: readonly Stay[];
  /** From the first sign (or the announcement, or publication) to the last lawful delivery. */
  readonly windowDays: number;
  /** Days behind the first member's rule. */
  readonly lagDays: number;
  readonly evidence: Evidence;
}

/** A time `[from, until)` in which a rule in force is not enforced, so that deliveries are lawful again. */
export interface Stay {
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly status: "stayed" | "lapsed" | "announced";
  readonly source: string;
}

export interface Timing {
  /** Members' windows, each united from those that overlap, stays included; the earliest first. Their days are never summed. */
  readonly windows: readonly WindowSpan[];
  readonly lags: readonly MemberLag[];
  /** The target's rules that reach what leaves it for a member. */
  readonly counter: {
    readonly clock: readonly ClockEntry[];
    readonly window: UnitedWindow | null;
  };
}

export interface WindowSpan {
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly days: number;
  /** Whose rules' windows are united in it. */
  readonly states: readonly State[];
  readonly rules: readonly string[];
}

/** How long after the first mover a member's rules came, over all and for each group of classes. */
export interface MemberLag extends Lag {
  readonly state: State;
  readonly groups: readonly (Lag & { readonly group: string; readonly firstMover: State })[];
}

export interface Lag {
  /** The first day in force of a rule with a dated sign or announcement; null where the member has none by the asked day. */
  readonly inForce: IsoDate | null;
  /** Days behind the first mover; where the member has no rule, the days so far: at least as many. */
  readonly days: number;
}

export interface UnitedWindow {
  readonly from: IsoDate;
  readonly until: IsoDate;
  /** Null where months are missing: "not measured". */
  readonly imports: {
    readonly what: string;
    /** Class of the series, where its figures name one. */
    readonly class: string | null;
    readonly period: string;
    readonly value: Range;
    readonly yearEarlier: Range | null;
    readonly twelveMonthsBefore: Range | null;
    /** Excess over the two baselines, as one range. */
    readonly excess: Range | null;
    /** The same for each baseline alone: what was compared may be fewer months. */
    readonly excessOver?: { readonly yearEarlier: Range | null; readonly twelveMonthsBefore: Range | null };
    /** Months of the window that figures cover, out of all; the others are not measured. */
    readonly months?: { readonly measured: number; readonly of: number; readonly missing: readonly string[] };
    /** The excess over each baseline in months of that baseline. */
    readonly monthsOfNormalSupply: Range | null;
    readonly unit: string;
    readonly sources: readonly string[];
    readonly note: string;
  } | null;
  readonly confounders: readonly string[];
}

export interface NextMember {
  readonly state: State;
  /** Rules of members that it would adopt. */
  readonly adopts: readonly string[];
  /** Leaf classes that reach the threshold when it joins with the law that it has and adopts nothing, low bound. */
  readonly asItIs?: {
    readonly controlled: { readonly before: number; readonly after: number };
    readonly closed: { readonly before: number; readonly after: number };
  };
  readonly gains: {
    /** Leaf classes that reach the threshold, before and after, low bound. */
    readonly controlled: { readonly before: number; readonly after: number };
    readonly closed: { readonly before: number; readonly after: number };
    readonly potential: { readonly before: number; readonly after: number };
    /** Coverage gained over all leaf classes, in the strictest order: classes whose low bound rises most. */
    readonly classes: readonly { readonly class: string; readonly name: string; readonly gain: number }[];
    readonly binding: readonly string[];
  };
  /** What it sells to the target in the product codes of the classes, where known. */
  readonly salesToTarget?: {
    readonly usd: Range;
    readonly period: string;
    readonly source: string;
    readonly what: string;
  };
}

export interface MinimumResult {
  readonly scope: string;
  readonly threshold: number;
  readonly status: "proven" | "limit" | "infeasible";
  /** True when `coalitions` lists every inclusion-minimal one. */
  readonly complete: boolean;
  readonly count: number;
  readonly coalitions: readonly (readonly State[])[];
  readonly indispensable: readonly State[] | null;
  readonly irrelevant: readonly State[] | null;
}

export interface SelfSupply {
  readonly class: string;
  readonly name: string;
  readonly basis: string;
  readonly members: Range;
  readonly target: Range;
  readonly others: Range;
  readonly unallocated: Range;
  /** Members' demand as part of world demand; null is unknown. */
  readonly demand: Range | null;
  readonly gap: Range | null;
  /** Non-members other than the target who could fill it, largest first. */
  readonly couldFill: readonly { readonly state: string; readonly share: Range }[];
  readonly yearsToBuild: { readonly value: Range; readonly source: string } | null;
  readonly importReliance: {
    readonly state: State;
    readonly value: Range;
    readonly source: string;
    readonly period: string;
  } | null;
  readonly sources: readonly string[];
}

export interface UsedSource extends Source {
  /** `packs/chips` or `rules`. */
  readonly from: string;
}
