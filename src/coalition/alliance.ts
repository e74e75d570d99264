import type { Case } from "../closure/case.ts";
import type { IsoDate } from "../domain/dates.ts";
import type { Place } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import type { State } from "../domain/states.ts";
import type { Evidence } from "../domain/verdicts.ts";

/** Part in a grouping. Founders, members, signatories and adopters count as members; the others are only named. */
export const SEAT_ROLES = [
  "founder",
  "member",
  "signatory",
  "adopter",
  "supporter",
  "participant",
  "guest",
  "observer",
  "invited",
  "declined",
] as const;
export type SeatRole = (typeof SEAT_ROLES)[number];

const COUNTED: ReadonlySet<SeatRole> = new Set(["founder", "member", "signatory", "adopter"]);

/** Whether a role makes a state a member. */
export function isMember(role: SeatRole): boolean {
  return COUNTED.has(role);
}

/** What a grouping rests on, from loose to firm. */
export const FORMS = [
  "talks",
  "understanding",
  "declaration",
  "network",
  "partnership",
  "parallel-lists",
  "arrangement",
  "organisation",
] as const;
export type Form = (typeof FORMS)[number];

/** Where something was read, and how well it is known. */
export interface AllianceCite {
  readonly source: string;
  readonly at: string;
  readonly evidence: Evidence;
  readonly note?: string;
}

/** A day, a month or a year as a source gives it, with its first and last day. */
export interface DayText {
  readonly written: string;
  readonly first: IsoDate;
  readonly last: IsoDate;
}

/** One state's part in a grouping; without a state it is a seat whose holder is not disclosed. */
export interface Seat {
  readonly state: State | null;
  readonly role: SeatRole;
  readonly since: DayText;
  /** `named`: a source names it by then, the day of joining was not read. */
  readonly known: "joined" | "named";
  readonly until?: IsoDate;
  readonly cite: AllianceCite;
}

/** A public format of states on the issue: talks, a declaration, a standing body. */
export interface Grouping {
  readonly id: string;
  readonly title: string;
  readonly form: Form;
  readonly since: DayText;
  readonly until?: IsoDate;
  readonly cite: AllianceCite;
  readonly note?: string;
  readonly seats: readonly Seat[];
}

/** What states have done: rules that the rule books hold, or an instrument that they do not hold. */
export type Step = { readonly states: readonly State[]; readonly note?: string } & (
  | { readonly rules: readonly string[] }
  | {
      readonly instrument: string;
      readonly act?: string;
      readonly announced?: DayText;
      readonly from?: DayText;
      readonly until?: IsoDate;
      readonly cite: AllianceCite;
    }
);

/** What the members of a grouping said they would do, or were asked to do. */
export interface Pledge {
  readonly id: string;
  readonly title: string;
  readonly kind: "pledged" | "asked";
  readonly grouping: string;
  readonly made: DayText;
  /** Who pledged or was asked; without it every member of the grouping on the day of the question. */
  readonly by?: readonly State[];
  readonly cite: AllianceCite;
  readonly steps: readonly Step[];
}

/** An issue on which states act together: who, since when, to what end, and what was pledged and done. */
export interface Alliance {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly issue: string;
  readonly summary: string;
  readonly objective: {
    readonly words: string;
    readonly cite: AllianceCite;
    /** The objective as a question that can be put to packs and law; members and date are filled in when it is asked. */
    readonly measure: Case | null;
    /** Why it cannot be measured. */
    readonly unmeasured?: string;
  };
  /** Groupings whose members count for coverage. */
  readonly counts: readonly string[];
  readonly groupings: readonly Grouping[];
  readonly pledges: readonly Pledge[];
  /** Steps on the issue that no pledge on record asks for. */
  readonly besides: readonly Step[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly checkedOn: IsoDate;
  readonly notModelled: readonly string[];
  readonly place: (path: readonly (string | number)[]) => Place;
}

/** Whether a seat is held on the day: from the last day of what its source gives, so never before it is certain. */
export function isHeld(seat: Seat, day: IsoDate): boolean {
  return seat.since.last <= day && (seat.until === undefined || day < seat.until);
}

/** The states that are members of these groupings on the day, in the order of their codes. */
export function membersOn(groupings: readonly Grouping[], day: IsoDate): State[] {
  const states = groupings
    .filter((g) => g.until === undefined || day < g.until)
    .flatMap((g) => g.seats.filter((s) => s.state !== null && isMember(s.role) && isHeld(s, day)))
    .map((s) => s.state as State);
  return [...new Set(states)].sort();
}

/** The states whose membership decides coverage on the day. */
export function coalitionOn(alliance: Alliance, day: IsoDate): State[] {
  return membersOn(
    alliance.groupings.filter((g) => alliance.counts.includes(g.id)),
    day,
  );
}
