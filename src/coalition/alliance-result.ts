import type { Answer, AnswerVerdict, Binding, Leak, Question, SelfSupply, UsedSource } from "../closure/assessment.ts";
import type { IsoDate } from "../domain/dates.ts";
import type { Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import type { AllianceCite, Form, SeatRole } from "./alliance.ts";
import type { Delivery, PledgeResult } from "./alliance-delivery.ts";

/** `entente/alliance@1`: one alliance in full, or several with their overlap. */
export interface AllianceAnswer {
  readonly schema: "entente/alliance@1";
  readonly asOf: IsoDate;
  readonly alliances: readonly AllianceResult[];
  /** Only where several alliances are compared. */
  readonly overlap: Overlap | null;
  readonly sources: readonly UsedSource[];
  /** Licence notices of the packs that were used. */
  readonly notices: readonly string[];
  readonly digest: { readonly rules: string; readonly data: string; readonly engine: string };
  readonly notModelled: readonly string[];
}

export interface AllianceResult {
  readonly id: string;
  readonly title: string;
  readonly issue: string;
  readonly summary: string;
  readonly checkedOn: IsoDate;
  readonly objective: {
    readonly words: string;
    readonly cite: AllianceCite;
    readonly unmeasured: string | null;
  };
  /** States whose membership decides coverage on the day. */
  readonly members: readonly State[];
  readonly counts: readonly string[];
  readonly groupings: readonly GroupingResult[];
  readonly pledges: readonly PledgeResult[];
  readonly besides: readonly Delivery[];
  /** Null where the objective cannot be measured, where nobody is a member yet, or where only a list was asked for. */
  readonly coverage: AllianceCoverage | null;
  /** Why coverage is null; null where it is there. */
  readonly noCoverage: string | null;
}

export interface GroupingResult {
  readonly id: string;
  readonly title: string;
  readonly form: Form;
  readonly since: string;
  readonly until: IsoDate | null;
  /** `later`: it begins after the day of the question. */
  readonly status: "standing" | "ended" | "later";
  readonly note: string | null;
  readonly cite: AllianceCite;
  readonly seats: readonly SeatResult[];
  /** Seats whose holders are not disclosed. */
  readonly undisclosed: number;
}

export interface SeatResult {
  readonly state: State;
  readonly role: SeatRole;
  /** Whether the role makes it a member. */
  readonly member: boolean;
  readonly since: string;
  readonly known: "joined" | "named";
  readonly until: IsoDate | null;
  /** `later`: the seat begins after the day of the question, or within the period that its source gives. */
  readonly status: "held" | "ended" | "later";
  readonly cite: AllianceCite;
}

/** What the members could close and what their law closes, by group; leaks by rank. */
export interface AllianceCoverage {
  readonly question: Question;
  readonly verdict: AnswerVerdict;
  readonly because: readonly string[];
  readonly reach: Answer["reach"];
  readonly groups: readonly GroupReach[];
  readonly goals: readonly { readonly id: string; readonly title: string; readonly verdict: AnswerVerdict }[];
  readonly binding: readonly Binding[];
  readonly leaks: readonly Leak[];
  /** How many leaks there are in all. */
  readonly leakCount: number;
  readonly selfSupply: readonly SelfSupply[];
}

/** How many leaf classes of a group reach the threshold at their low bound. */
export interface GroupReach {
  readonly group: string;
  readonly classes: number;
  readonly potential: number;
  readonly closed: number;
  readonly closedOrPractice: number;
  readonly controlled: number;
}

/** Who is in what, and what the absence of each would cost. */
export interface Overlap {
  readonly rows: readonly OverlapRow[];
  readonly absence: readonly Absence[];
  /** Alliances whose objective no pack measures: absence costs there are not known. */
  readonly unmeasured: readonly string[];
}

export interface OverlapRow {
  readonly state: State;
  /** By alliance: the strongest part held on the day; absent where none is held. */
  readonly roles: Readonly<Record<string, HeldRole>>;
  /** In how many alliances it is a member of a grouping that counts. */
  readonly memberships: number;
}

/** `counted`: a member of a grouping whose members decide coverage; `member`: of any grouping of the issue. */
export interface HeldRole {
  readonly role: SeatRole;
  readonly member: boolean;
  readonly counted: boolean;
}

/** What the members of the alliances would lose without the state: what they supply, not what their law closes. */
export interface Absence {
  readonly state: State;
  readonly losses: readonly AbsenceLoss[];
  /** Leaf classes that fall below the threshold, over all alliances. */
  readonly classesLost: number;
  /** Goal steps that no longer close, over all alliances. */
  readonly stepsLost: number;
}

export interface AbsenceLoss {
  readonly alliance: string;
  readonly target: State;
  readonly threshold: number;
  /** Groups in which classes fall below the threshold. */
  readonly groups: readonly {
    readonly group: string;
    readonly before: number;
    readonly after: number;
    readonly classes: readonly string[];
  }[];
  /** Steps of goals that members could close and no longer could. */
  readonly steps: readonly { readonly goal: string; readonly step: string; readonly last: boolean }[];
  /** The largest share of the supply outside the target that goes. */
  readonly largest: { readonly class: string; readonly name: string; readonly share: Range } | null;
}
