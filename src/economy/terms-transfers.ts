import { isIn, membershipGain, type WelfareTable } from "./terms.ts";

/** The smallest transfers under which no member of a coalition is worse off inside than outside, or why there are none. */
export type Transfers = BalancedTransfers | TransferShortfall | UnknownTransfers;

/** Transfers that add up to 0; where members can share the cost in many ways, `range` says how far each can go. */
export interface BalancedTransfers {
  readonly status: "balanced";
  /** The least that must change hands. */
  readonly total: number;
  readonly members: readonly MemberTransfer[];
}

export interface MemberTransfer {
  readonly member: string;
  /** What the member gains by being in, its security value counted, before transfers. */
  readonly surplus: number;
  /** What it receives, or pays where below 0: those who gain pay in proportion to what they gain. */
  readonly receives: number;
  /** Least and most that it receives in any way to share the same total. */
  readonly range: { readonly low: number; readonly high: number };
}

/** All that members gain does not make up for what others lose. */
export interface TransferShortfall {
  readonly status: "shortfall";
  /** What would have to come from outside. */
  readonly shortfall: number;
  /** What would have to reach those who lose, and what those who gain could pay. */
  readonly needed: number;
  readonly available: number;
}

export interface UnknownTransfers {
  readonly status: "unknown";
  /** Members whose gain is not known. */
  readonly members: readonly string[];
}

/**
 * Minimises `sum |t_m| / 2` over the members of the coalition subject to `gain_m + security_m + t_m >= 0` and `sum t_m = 0`. Solved in closed
 * form: who loses must receive the loss, so no plan moves less than the losses together, and that much is enough if the gains
 * together reach it; otherwise the shortfall is the sum of both. The condition is potential internal stability (Carraro, Eyckmans
 * and Finus, Review of International Organizations 1, 2006). `security` is by member, in the money of the table.
 */
export function smallestTransfers(table: WelfareTable, coalition: number, security: readonly number[]): Transfers {
  const inside = table.members.flatMap((member, m) =>
    isIn(coalition, m) ? [{ member, gain: membershipGain(table, coalition, m), security: security[m] ?? 0 }] : [],
  );
  const unknown = inside.filter((x) => x.gain === null);
  if (unknown.length > 0) return { status: "unknown", members: unknown.map((x) => x.member) };
  const members = inside.map((x) => ({ member: x.member, surplus: x.gain! + x.security }));
  const needed = sum(members.map((x) => Math.max(0, -x.surplus)));
  const available = sum(members.map((x) => Math.max(0, x.surplus)));
  if (needed > available) return { status: "shortfall", shortfall: needed - available, needed, available };
  return {
    status: "balanced",
    total: needed,
    members: members.map(({ member, surplus }) => {
      const loses = surplus < 0;
      const most = loses ? 0 - surplus : 0 - Math.max(0, needed - (available - surplus));
      const least = loses ? most : 0 - Math.min(surplus, needed);
      const share = surplus <= 0 || needed === 0 ? 0 : (needed * surplus) / available;
      return { member, surplus, receives: loses ? most : 0 - share, range: { low: least, high: most } };
    }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, x) => total + x, 0);
}
