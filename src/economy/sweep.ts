import type { Termination } from "./equilibrium.ts";
import { type SolvedBase, solveScenario } from "./solve.ts";
import type { WelfareTable } from "./terms.ts";
import type { Shock, TradeBase } from "./trade-base.ts";

/** At most so many members: 4,096 coalitions. */
export const MOST_MEMBERS = 12;

/** What one member does when it is in the coalition, and what is done to it for that: the flows that change. */
export interface SweepMember {
  readonly id: string;
  /** Places of the base's countries whose welfare is the member's. */
  readonly countries: readonly number[];
  /** Places in `TradeBase.shares`, rising. */
  readonly places: Int32Array;
  /** Tariff and factor on the iceberg cost of each of `places`. */
  readonly tariffs: Float64Array;
  readonly costs: Float64Array;
}

/** A coalition's answer; welfare only where an equilibrium was found. */
export interface CoalitionOutcome {
  readonly coalition: number;
  readonly termination: Termination;
  /** Largest trade imbalance left, as a fraction of value added; null where the numbers ran away. */
  readonly residual: number | null;
  readonly iterations: number;
  /** Hat of exact welfare of each country of the base. */
  readonly welfare: readonly number[];
}

/** What of a shock differs from the base, as the shock of one member. */
export function sweepMember(
  member: { readonly id: string; readonly countries: readonly number[] },
  base: TradeBase,
  { tariffs, costs }: Shock,
): SweepMember {
  const places: number[] = [];
  for (let at = 0; at < costs.length; at++) if (costs[at] !== 1 || tariffs[at] !== base.tariffs[at]) places.push(at);
  return {
    ...member,
    places: Int32Array.from(places),
    tariffs: Float64Array.from(places, (at) => tariffs[at]!),
    costs: Float64Array.from(places, (at) => costs[at]!),
  };
}

/**
 * The shock of a coalition: what its members do together. Where several change one flow, the highest tariff and the highest cost
 * hold, each among those that change it: a ban by two is the ban of the stricter. Does not depend on the order of the members.
 */
export function coalitionShock(base: TradeBase, members: readonly SweepMember[], coalition: number): Shock {
  const tariffs = base.tariffs.slice();
  const costs = new Float64Array(tariffs.length).fill(1);
  const taxed = new Uint8Array(tariffs.length);
  const hindered = new Uint8Array(tariffs.length);
  for (const [m, member] of members.entries()) {
    if (((coalition >> m) & 1) === 0) continue;
    for (let p = 0; p < member.places.length; p++) {
      const at = member.places[p]!;
      const tariff = member.tariffs[p]!;
      const cost = member.costs[p]!;
      if (tariff !== base.tariffs[at]) {
        tariffs[at] = taxed[at] ? Math.max(tariffs[at]!, tariff) : tariff;
        taxed[at] = 1;
      }
      if (cost !== 1) {
        costs[at] = hindered[at] ? Math.max(costs[at]!, cost) : cost;
        hindered[at] = 1;
      }
    }
  }
  return { tariffs, costs };
}

/** Solves one coalition from the base, never from another coalition: the answer is the same in whatever order they are solved. */
export function solveCoalition(base: SolvedBase, members: readonly SweepMember[], coalition: number): CoalitionOutcome {
  const { countries, ...ended } = solveScenario(base, coalitionShock(base.base, members, coalition));
  const residual = Number.isFinite(ended.residual) ? ended.residual : null;
  return { coalition, ...ended, residual, welfare: countries.map((c) => c.welfareExact) };
}

/** Welfare by coalition in the money of the base: income of a member's countries times the hat less one. */
export function welfareTable(
  members: readonly Pick<SweepMember, "id" | "countries">[],
  income: ArrayLike<number>,
  outcomes: readonly CoalitionOutcome[],
): WelfareTable {
  const change: (readonly number[] | null)[] = Array.from({ length: 1 << members.length }, () => null);
  for (const { coalition, welfare } of outcomes) {
    if (welfare.length === 0) continue;
    change[coalition] = members.map(({ countries }) =>
      countries.reduce((sum, n) => sum + income[n]! * (welfare[n]! - 1), 0),
    );
  }
  return { members: members.map((m) => m.id), change };
}
