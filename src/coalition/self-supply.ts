import type { SelfSupply } from "../closure/assessment.ts";
import { InputError, type Problem } from "../domain/errors.ts";
import { clampShare, type Range, round, sum } from "../domain/ranges.ts";
import { type State, stateName } from "../domain/states.ts";

/** One class of a supply-chain alliance. Shares are parts of world supply, demand is part of world demand, 0 to 1. */
export interface SelfSupplyInput {
  readonly class: {
    readonly id: string;
    readonly name: string;
    readonly basis: string;
    readonly sources: readonly string[];
  };
  /** By state; null where a state takes part and its share is unknown. */
  readonly shares: ReadonlyMap<State, Range | null>;
  /** Supply that no state is named for; null: whatever the named shares leave. */
  readonly unallocated: Range | null;
  readonly members: readonly State[];
  readonly target: State;
  /** Members' demand; null or absent is unknown, never none. */
  readonly demand?: Range | null;
  readonly yearsToBuild?: SelfSupply["yearsToBuild"];
  readonly importReliance?: SelfSupply["importReliance"];
}

/**
 * What members can supply themselves when the target and all non-members stop, against what they need.
 *
 * gap = max(0, demand - members' supply), supply and demand being parts of the same world market; null while demand is
 * unknown. An unknown share lies between 0 and what the others leave. Where a member has no row of its own, the unallocated
 * rest may be its supply: `members` holds it in its high end. `couldFill` is residual
 * share, not spare capacity; it is empty only when there is certainly no gap or no one else supplies. Throws InputError on
 * shares that are none, no members, or a target among them.
 */
export function calcSelfSupply(input: SelfSupplyInput): SelfSupply {
  refuseFaults(input);
  const { members, target } = input;
  const unallocated = input.unallocated ?? remainder([...input.shares.values()]);
  const shares = boundUnknown(input.shares, unallocated);
  const named = totalOf(shares, (s) => members.includes(s));
  const hidden = members.some((m) => !shares.has(m)) ? unallocated.high : 0;
  const memberSupply = clampShare({ low: named.low, high: round(named.high + hidden) });
  const demand = input.demand ?? null;
  const gap = demand && {
    low: round(Math.max(0, demand.low - memberSupply.high)),
    high: round(Math.max(0, demand.high - memberSupply.low)),
  };
  return {
    class: input.class.id,
    name: input.class.name,
    basis: input.class.basis,
    members: memberSupply,
    target: totalOf(shares, (s) => s === target),
    others: totalOf(shares, (s) => s !== target && !members.includes(s)),
    unallocated,
    demand,
    gap,
    couldFill: gap?.high === 0 ? [] : othersBySize(shares, input),
    yearsToBuild: input.yearsToBuild ?? null,
    importReliance: input.importReliance ?? null,
    sources: input.class.sources,
  };
}

function totalOf(shares: ReadonlyMap<State, Range>, counts: (s: State) => boolean): Range {
  return clampShare(sum([...shares].filter(([s]) => counts(s)).map(([, share]) => share)));
}

/** What is left of one when the known shares are taken away; an unknown one may take it all or nothing. */
function remainder(shares: readonly (Range | null)[]): Range {
  const known = sum(shares.filter((share) => share !== null));
  const left = { low: round(1 - known.high), high: round(1 - known.low) };
  return clampShare(shares.includes(null) ? { low: 0, high: left.high } : left);
}

/** Unknown shares become `[0, what the known ones and the unallocated rest leave]`. */
function boundUnknown(shares: ReadonlyMap<State, Range | null>, unallocated: Range): ReadonlyMap<State, Range> {
  const left = remainder([unallocated, ...[...shares.values()].filter((share) => share !== null)]);
  return new Map([...shares].map(([s, share]) => [s, share ?? { low: 0, high: left.high }]));
}

/** Largest first by the middle of the range, then by its high end, then by code. */
function othersBySize(
  shares: ReadonlyMap<State, Range>,
  { members, target }: SelfSupplyInput,
): { readonly state: State; readonly share: Range }[] {
  return [...shares]
    .filter(([s, share]) => s !== target && !members.includes(s) && share.high > 0)
    .map(([s, share]) => ({ state: s, share }))
    .sort(
      (a, b) =>
        b.share.low + b.share.high - a.share.low - a.share.high ||
        b.share.high - a.share.high ||
        (a.state < b.state ? -1 : 1),
    );
}

function refuseFaults({ class: { id }, shares, unallocated, members, target, demand }: SelfSupplyInput): void {
  const problems: Problem[] = [];
  if (members.length === 0) {
    problems.push({ code: "bad-value", message: `self-supply of \`${id}\` is asked for no members` });
  }
  if (members.includes(target)) {
    problems.push({
      code: "bad-value",
      message: `the target \`${target}\` is also a member`,
      hint: "it cannot be both",
    });
  }
  const named: [string, Range | null | undefined][] = [...shares].map(([s, share]) => [
    `share of ${stateName(s)}`,
    share,
  ]);
  named.push(["unallocated share", unallocated], ["demand", demand]);
  for (const [what, range] of named) {
    if (!range || (range.low >= 0 && range.low <= range.high && range.high <= 1)) continue;
    problems.push({
      code: "bad-value",
      message: `${what} in \`${id}\` is \`${range.low} to ${range.high}\``,
      hint: "give a range from 0 to 1, low end first",
    });
  }
  if (problems.length > 0) throw new InputError(problems);
}
