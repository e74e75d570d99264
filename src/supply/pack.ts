import type { Problem } from "../domain/errors.ts";
import type { Range } from "../domain/ranges.ts";
import type { Kind, Source } from "../domain/sourced.ts";
import type { State } from "../domain/states.ts";

/** Ids are lower-case words joined by hyphens. */
export type ClassId = string;

export const CLASS_TYPES = [
  "tool",
  "material",
  "component",
  "process",
  "design",
  "product",
  "vendor-market",
  "mineral",
  "medicine",
  "research",
] as const;
export type ClassType = (typeof CLASS_TYPES)[number];

/** How shares are counted. Measures of different basis are never added up. */
export const BASES = [
  "headquarters",
  "plant",
  "mine",
  "refinery",
  "volume",
  "filings",
  "facilities",
  "revenue",
  "publications",
] as const;
export type Basis = (typeof BASES)[number];

/** A node of a supply network. */
export interface TechnologyClass {
  readonly id: ClassId;
  readonly name: string;
  readonly parent?: ClassId;
  /** True when no class is a type of this one: counts, n-of-m and goals use leaves. */
  readonly leaf: boolean;
  readonly type: ClassType;
  readonly group: string;
  readonly stage: string;
  readonly basis: Basis;
  readonly source: string;
  readonly note?: string;
  readonly pack: string;
}

/** Part of world supply of a class. `value: null` says that the supplier takes part and its share is unknown. */
export interface Share {
  readonly class: ClassId;
  /** A state, `various` (several states, unallocated), or a firm. */
  readonly supplier: string;
  readonly level: "state" | "various" | "firm";
  /** The supplier itself, or the firm's headquarters. Absent for `various`. */
  readonly state?: State;
  /** From 0 to 1. */
  readonly value: Range | null;
  /** A year, `2025`. */
  readonly period: string;
  readonly source: string;
  readonly kind: Kind;
  readonly note?: string;
  readonly pack: string;
}

/** The output of `from` goes into `to`. */
export interface Edge {
  readonly from: ClassId;
  readonly to: ClassId;
  readonly source: string;
}

/** Any other sourced figure. `value: null` is unknown. */
export interface Figure {
  readonly id: string;
  readonly topic: string;
  readonly metric: string;
  /** The state or party that the figure is about; for trade the importer. */
  readonly state?: string;
  readonly partner?: string;
  readonly class?: ClassId;
  /** `2022`, `2023Q3`, `2023-07`, `2023-01/2023-07`. */
  readonly period: string;
  readonly value: Range | null;
  /** Non-numeric findings are kept as text. */
  readonly text?: string;
  readonly unit: string;
  readonly source: string;
  readonly kind: Kind;
  readonly note?: string;
  readonly pack: string;
}

/** Annual trade in one product code, as the exporter or a mirror reports it. */
export interface TradeFlow {
  readonly hs6: string;
  readonly exporter: State;
  readonly importer: State;
  readonly period: string;
  readonly usd: number;
  readonly source: string;
  readonly note?: string;
}

export interface Membership {
  readonly alliance: string;
  readonly state: State;
  readonly role: string;
  readonly since?: string;
  readonly until?: string;
  readonly disclosed: boolean;
  readonly source: string;
  readonly note?: string;
}

/** Facts of an item as raw YAML values; the closure reads them in the fact vocabulary of the rules. */
export type RawFacts = Readonly<Record<string, unknown>>;

/** A range of parameters inside a class for which rules differ. */
export interface Variant {
  readonly id: string;
  readonly name: string;
  readonly facts: RawFacts;
  /** Part of the class's supply, where a source gives the split. */
  readonly share?: Range;
}

/** What a class is to the law. */
export interface Item {
  readonly class: ClassId;
  readonly hs6: readonly string[];
  readonly facts: RawFacts;
  readonly evidence: Readonly<Record<string, Kind>>;
  readonly source: string;
  readonly variants: readonly Variant[];
  readonly pack: string;
  readonly file: string;
}

export interface Alternative {
  /** All are needed: the alternative closes when one of them closes. */
  readonly classes: readonly ClassId[];
  readonly penalty?: string;
  readonly source?: string;
  readonly kind?: Kind;
}

export interface Step {
  readonly step: string;
  readonly any: readonly Alternative[];
  readonly source: string;
}

/** What a product needs: every step; a step is met by any one of its alternatives. */
export interface Goal {
  readonly id: string;
  readonly title: string;
  readonly product: string;
  /** The probe that stands for its maker (a 28 nm line is no advanced-node plant); the case's own where it is absent. */
  readonly probe?: string;
  readonly needs: readonly Step[];
  readonly pack: string;
}

export interface Pack {
  readonly id: string;
  readonly title: string;
  readonly issue: string;
  readonly licence: string;
  /** Printed by every output that uses the pack's figures. */
  readonly notice?: string;
  readonly checkedOn: string;
  /** Packs whose classes this one's figures, items and goals may name. */
  readonly extends: readonly string[];
  /** Groups in the order in which pages show them; groups that are not named come last. */
  readonly groups?: readonly string[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly classes: readonly TechnologyClass[];
  readonly shares: readonly Share[];
  readonly edges: readonly Edge[];
  readonly figures: readonly Figure[];
  readonly trade: readonly TradeFlow[];
  readonly memberships: readonly Membership[];
  readonly items: readonly Item[];
  readonly goals: readonly Goal[];
  /** What is lost: tables that are not there, rows fewer than stated. A lost figure widens the answer and stops nothing. */
  readonly warnings: readonly Problem[];
}
