import type { Interval, IsoDate } from "../domain/dates.ts";
import type { Place } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import type { State } from "../domain/states.ts";
import type { Evidence, Layer, Policy, Status } from "../domain/verdicts.ts";
import type { Condition, FactValue } from "./condition.ts";
import type { FactDeclarations } from "./facts.ts";
import type { Effect, PRACTICE_DECISIONS } from "./schema.ts";

/** Where the operative words stand, and how they are known. */
export interface Cite {
  readonly act: string;
  readonly at: string;
  readonly source: string;
  readonly evidence: Evidence;
  readonly note?: string;
  readonly sha256?: string;
}

export interface Dated extends Interval {
  readonly from: IsoDate;
}

export interface TermVersion extends Dated {
  readonly when: Condition;
  readonly cite: Cite;
}

/** A list paragraph (`USA:3B001.c`) or a definition (`subject-to-the-ear`): a named condition with dates. */
export interface Term {
  readonly id: string;
  readonly title: string;
  readonly instrument: string;
  readonly versions: readonly TermVersion[];
}

export interface GroupVersion extends Dated {
  readonly members: ReadonlySet<string>;
  readonly cite: Cite;
}

export interface Group {
  readonly id: string;
  readonly versions: readonly GroupVersion[];
}

/** Transactions that keep to earlier law because of what they began with, or were authorised by, before a day. */
export interface Saving {
  readonly id: string;
  readonly title: string;
  /** The fact by which a transaction relies on it; one that does not state it does not rely on it. */
  readonly claim: string;
  /** The claim lies early enough, and what else is asked. */
  readonly holds: Condition;
  /** The first day on which it no longer helps. */
  readonly until?: IsoDate;
  readonly cite: Cite;
}

/** A party on an official list for a time. */
export interface Listing extends Dated {
  readonly list: string;
  readonly party: string;
  /** Other names of the same party. */
  readonly aliases?: readonly string[];
  /** Whether the list says what the party may get. */
  readonly grants?: boolean;
  readonly savings?: readonly Saving[];
  readonly cite: Cite;
}

export interface StatusChange {
  readonly from: IsoDate;
  readonly status: Status;
  readonly cite: Cite;
}

export interface RuleVersion extends Dated {
  readonly firstSign?: IsoDate;
  readonly firstSignSource?: string;
  readonly announced?: IsoDate;
  readonly published?: IsoDate;
  readonly lastDelivery?: IsoDate;
  readonly lastDeliverySource?: string;
  readonly status: readonly StatusChange[];
  readonly when: Condition;
  readonly effect: Effect;
  readonly policy?: Policy;
  readonly savings?: readonly Saving[];
  readonly cite: Cite;
}

export interface Exception extends Interval {
  readonly id: string;
  /** A rule or another exception of the same instrument. */
  readonly overrides: string;
  readonly when: Condition;
  readonly effect: Effect;
  readonly policy?: Policy;
  readonly savings?: readonly Saving[];
  readonly cite: Cite;
  /** Where it stands in its file; found when asked, since only a problem needs it. */
  readonly place: () => Place;
}

export interface Rule {
  /** `usa/ear-744-23/advanced-node`. */
  readonly id: string;
  readonly title: string;
  readonly regime: State;
  readonly instrument: string;
  readonly layer: Layer;
  readonly applies: Condition;
  readonly versions: readonly RuleVersion[];
  readonly exceptions: readonly Exception[];
  readonly checkedOn: IsoDate;
}

/** How licences are really decided. */
export interface Practice extends Dated {
  readonly id: string;
  readonly title: string;
  readonly when: Condition;
  readonly decision: (typeof PRACTICE_DECISIONS)[number];
  readonly cite: Cite;
}

/** What a regime may control although no text of it is held. */
export interface Hole extends Interval {
  readonly id: string;
  readonly when: Condition;
  readonly why: string;
}

export interface Instrument {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly regime: State;
  readonly act: string;
  readonly checkedOn: IsoDate;
}

export interface Regime {
  readonly id: State;
  readonly title: string;
  readonly subject?: string;
  readonly instruments: readonly Instrument[];
  readonly rules: readonly Rule[];
  readonly practice: readonly Practice[];
  readonly holes: readonly Hole[];
  readonly checkedOn: IsoDate;
}

export interface Union {
  readonly id: State;
  readonly title: string;
  readonly members: readonly (Interval & { readonly state: State })[];
}

/** A standard transaction. `$supplier` and its kin are filled in by the closure. */
export interface Probe {
  readonly id: string;
  readonly title: string;
  readonly doc: string;
  readonly facts: Readonly<Record<string, FactValue | Placeholder>>;
  readonly assumed: Readonly<Record<string, string>>;
}

/** `$supplier`, `$target`, ... */
export interface Placeholder {
  readonly placeholder: string;
}

/** What holds of every transaction by the meaning of its facts: where one condition holds, so does another. */
export interface Constraint {
  readonly id: string;
  readonly holds: Condition;
}

/** All law that is held, parsed and linked. */
export interface RuleBook {
  readonly facts: FactDeclarations;
  readonly constraints: readonly Constraint[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly regimes: ReadonlyMap<State, Regime>;
  readonly unions: readonly Union[];
  readonly probes: ReadonlyMap<string, Probe>;
  /** Definitions are keyed `USA/subject-to-the-ear`, list paragraphs by their code. */
  readonly terms: ReadonlyMap<string, Term>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly listings: readonly Listing[];
}

/** The Union regimes that bind `s` on the day. */
export function unionsOf(book: RuleBook, s: State, d: IsoDate): State[] {
  return book.unions
    .filter((u) =>
      u.members.some(
        (m) => m.state === s && (m.from === undefined || m.from <= d) && (m.until === undefined || d < m.until),
      ),
    )
    .map((u) => u.id);
}

/** The rule of that id, anywhere in the book. */
export function findRule(book: RuleBook, id: string): Rule | undefined {
  for (const regime of book.regimes.values()) {
    const rule = regime.rules.find((r) => r.id === id);
    if (rule) return rule;
  }
  return undefined;
}
