import type { IsoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { Removal } from "./disclosure-candidates.ts";
import {
  type ClassPlan,
  classOf,
  type Guarantee,
  guaranteeOf,
  type MembershipClass,
  type UsablePlan,
} from "./disclosure-classes.ts";

/** `entente/envelope@1`: all that a process without clearance knows of undisclosed members. It is public. */
export interface Envelope {
  readonly schema: "entente/envelope@1";
  readonly case: string;
  readonly asOf: IsoDate;
  readonly target: State;
  readonly disclosed: readonly State[];
  /** The circle: who may be an undisclosed member, in the order of codes. */
  readonly candidates: readonly State[];
  readonly removed: readonly Removal[];
  /** Of the candidates at most so many are members. */
  readonly atMost: number;
  /** The least number of memberships of a class. */
  readonly k: number;
  /** One of these memberships is the true one. */
  readonly class: { readonly kind: MembershipClass["kind"]; readonly memberships: readonly (readonly State[])[] };
  readonly guarantee: EnvelopeGuarantee;
  readonly digest: { readonly rules: string; readonly data: string; readonly engine: string };
}

export interface EnvelopeGuarantee extends Guarantee {
  /** What is left of it once one undisclosed member comes into the open: at least so many memberships... */
  readonly afterOneIsKnown: {
    readonly memberships: number;
    /** ... and no other state is in a larger part of them than this. */
    readonly largestPart: number;
  };
}

/** What is public before anybody is a member: all but the class. */
export type EnvelopeFrame = Omit<Envelope, "schema" | "class" | "guarantee">;

/** The envelope of a membership: a function of the frame and of the class that holds the membership. */
export function sealEnvelope(frame: EnvelopeFrame, plan: UsablePlan, undisclosed: readonly State[]): Envelope {
  const places = undisclosed.map((s) => frame.candidates.indexOf(s)).sort((a, b) => a - b);
  const found = classOf(plan, places);
  const { digest, ...rest } = frame;
  return {
    schema: "entente/envelope@1",
    ...rest,
    class: { kind: found.kind, memberships: found.memberships.map((m) => m.map((place) => frame.candidates[place]!)) },
    guarantee: envelopeGuarantee(found),
    digest,
  };
}

/** What a class holds to, before and after one of the members comes into the open. */
export function envelopeGuarantee({ memberships }: MembershipClass): EnvelopeGuarantee {
  const places = [...new Set(memberships.flat())];
  const known = places.map((place) => {
    const left = memberships.filter((m) => m.includes(place));
    const others = places.filter((p) => p !== place).map((p) => left.filter((m) => m.includes(p)).length);
    return { memberships: left.length, largestPart: Math.max(0, ...others) / left.length };
  });
  return {
    ...guaranteeOf(memberships),
    afterOneIsKnown: {
      memberships: Math.min(...known.map((x) => x.memberships)),
      largestPart: Math.round(Math.max(0, ...known.map((x) => x.largestPart)) * 1e4) / 1e4,
    },
  };
}

/** How a space is cut, before anybody is a member. */
export interface DisclosurePlanSummary {
  readonly schema: "entente/disclosure-plan@1";
  readonly frame: EnvelopeFrame;
  /** Memberships of the whole space. */
  readonly memberships: number;
  /** Classes by rotation, or one class of all; `none` with the reason where there is no partition of use. */
  readonly classes: "rotations" | "whole" | "none";
  readonly why?: string;
  readonly hint?: string;
  /** The class that holds "nobody"; the other classes have as many memberships as the circle has places, or twice as many. */
  readonly ofNobody?: EnvelopeGuarantee;
}

/** The public side of a plan. */
export function summarisePlan(frame: EnvelopeFrame, plan: ClassPlan, memberships: number): DisclosurePlanSummary {
  const start = { schema: "entente/disclosure-plan@1", frame, memberships, classes: plan.kind } as const;
  if (plan.kind === "none") return { ...start, why: plan.why, hint: plan.hint };
  return { ...start, ofNobody: envelopeGuarantee(classOf(plan, [])) };
}
