import { isIn, membershipGain, namesOf, type WelfareTable } from "./terms.ts";

/** Whether something holds at every security value of a range, at some, at none, or is not known. */
export type Holds = "always" | "sometimes" | "never" | "unknown";

/** What a member may think being in is worth in security, in the money of the table. */
export interface SecurityRange {
  readonly low: number;
  readonly high: number;
}

/** Whether a coalition holds together while each member's security value moves in its own range. */
export interface Stability {
  /** No member gains by leaving. */
  readonly internal: Holds;
  /** No outsider gains by joining. */
  readonly external: Holds;
  /** Both at once. */
  readonly stable: Holds;
  /** Members that would leave, and outsiders that would join, at some value of their range. */
  readonly leave: readonly string[];
  readonly join: readonly string[];
}

/** A coalition that is stable while the common factor of the security values lies in `[from, to]`. */
export interface StableCoalition {
  readonly coalition: number;
  readonly members: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** All coalitions that are stable somewhere in a range of the factor, and those of which it is not known. */
export interface StableCoalitions {
  readonly stable: readonly StableCoalition[];
  /** Coalitions that cannot be judged for want of an equilibrium. */
  readonly unknown: readonly number[];
}

/**
 * Internal and external stability (d'Aspremont, Jacquemin, Gabszewicz and Weymark, Canadian Journal of Economics 16(1), 1983) without
 * transfers: `gain_m + s_m >= 0` for each member, `gain_m + s_m <= 0` for each outsider, with `s_m` anywhere in its range, independent
 * of the others. A member that breaks even stays; an outsider that breaks even stays out.
 */
export function stabilityOf(table: WelfareTable, coalition: number, security: readonly SecurityRange[]): Stability {
  const judged = table.members.map((member, m): Judged => {
    const gain = membershipGain(table, coalition, m);
    const { low, high } = security[m] ?? { low: 0, high: 0 };
    const inside = isIn(coalition, m);
    if (gain === null) return { member, inside, holds: "unknown" };
    const worst = inside ? gain + low : -(gain + high);
    const best = inside ? gain + high : -(gain + low);
    const holds: Holds = worst >= 0 ? "always" : best >= 0 ? "sometimes" : "never";
    return { member, inside, holds };
  });
  const all = (inside?: boolean) =>
    together(judged.filter((x) => inside === undefined || x.inside === inside).map((x) => x.holds));
  const moves = (inside: boolean) =>
    judged.filter((x) => x.inside === inside && (x.holds === "sometimes" || x.holds === "never")).map((x) => x.member);
  return { internal: all(true), external: all(false), stable: all(), leave: moves(true), join: moves(false) };
}

interface Judged {
  readonly member: string;
  readonly inside: boolean;
  readonly holds: Holds;
}

/** All of several conditions whose values are independent: one that never holds decides, then one that is not known. */
function together(parts: readonly Holds[]): Holds {
  for (const found of ["never", "unknown", "sometimes"] as const) if (parts.includes(found)) return found;
  return "always";
}

/**
 * Every coalition that is stable for some factor `t` in `[low, high]` when each member's security value is `t * weight_m` (weights above
 * 0, such as income, so that `t` is a fraction of it), with the exact interval: from the largest break-even over weight among the members
 * to the smallest among the outsiders.
 */
export function stableCoalitions(
  table: WelfareTable,
  weights: readonly number[],
  { low, high }: SecurityRange,
): StableCoalitions {
  const stable: StableCoalition[] = [];
  const unknown: number[] = [];
  for (let coalition = 0; coalition < 1 << table.members.length; coalition++) {
    let from = low;
    let to = high;
    let isKnown = true;
    for (let m = 0; m < table.members.length; m++) {
      const gain = membershipGain(table, coalition, m);
      if (gain === null) isKnown = false;
      else if (isIn(coalition, m)) from = Math.max(from, (0 - gain) / weights[m]!);
      else to = Math.min(to, (0 - gain) / weights[m]!);
    }
    // What is known may rule a coalition out whatever the rest is.
    if (from > to) continue;
    if (isKnown) stable.push({ coalition, members: namesOf(table.members, coalition), from, to });
    else unknown.push(coalition);
  }
  return { stable, unknown };
}
