/**
 * Classes of memberships by rotation. The candidates stand in a circle in the order of their codes; a membership is a set of places.
 * A class is a membership with all its rotations (and, where they are in the space, their complements): every state is then in
 * as large a part of it as every other. docs/disclosure.md has the proofs.
 */

/** Which memberships are possible, as the public is told. */
export interface MembershipSpace {
  /** How many candidates stand in the circle. */
  readonly candidates: number;
  /** At most so many of them are undisclosed members. */
  readonly atMost: number;
  /** k: a class has at least so many memberships. */
  readonly least: number;
}

/** Places in the circle from 0, ascending. */
export type Membership = readonly number[];

/** `rotations`: classes by rotation; `whole`: one class of all; `none`: why no partition of use exists, and what would do. */
export type ClassPlan =
  | { readonly kind: "rotations" | "whole"; readonly space: MembershipSpace }
  | { readonly kind: "none"; readonly why: string; readonly hint: string };

export type UsablePlan = Extract<ClassPlan, { readonly space: MembershipSpace }>;

/** `gathered` is the one class of memberships that have too few rotations: nobody, one state alone, and regular patterns. */
export interface MembershipClass {
  readonly kind: "rotations" | "gathered" | "whole";
  /** By size, then by places. */
  readonly memberships: readonly Membership[];
}

/** What a class holds to: `mostOften` is the largest number of its memberships that have a state in common. */
export interface Guarantee {
  readonly memberships: number;
  readonly mostOften: number;
  /** Sizes that occur among them, ascending. */
  readonly sizes: readonly number[];
}

/** An answer goes through every membership of a class; more than this is too slow to be asked. */
const CLASS_LIMIT = 1024;

/** Regular patterns are written out up to this period: 2^10 of them. */
const PERIOD_LIMIT = 10;

/** How the space is cut. It depends on the three public numbers alone, so that the choice tells nothing of the truth. */
export function planClasses(space: MembershipSpace): ClassPlan {
  const { candidates: n, atMost, least } = space;
  const all = countMemberships(n, atMost);
  if (all < least) {
    return {
      kind: "none",
      why: `${n} candidates of whom at most ${atMost} are members make ${all} memberships, and a class needs ${least}`,
      hint: `name more candidates (${fewestCandidates(least)} or more will do), or lower --k`,
    };
  }
  if (least > n) {
    if (all <= CLASS_LIMIT) return { kind: "whole", space };
    return {
      kind: "none",
      why: `a class of ${least} is more than the ${n} rotations, and all ${all} memberships in one class are more than the ${CLASS_LIMIT} that an answer goes through`,
      hint: `use --k ${n} or less, or a smaller --at-most`,
    };
  }
  const longest = Math.max(1, ...properDivisors(n).filter((p) => p < least));
  if (longest > PERIOD_LIMIT || 2 * n > CLASS_LIMIT) {
    return {
      kind: "none",
      why: `${n} candidates in classes of ${least} leave more regular patterns than an answer can go through`,
      hint: `use --k ${PERIOD_LIMIT} or less, or a number of candidates that is prime`,
    };
  }
  return { kind: "rotations", space };
}

/** The class of a membership of the space: the same for each of its members, whichever is true. */
export function classOf(plan: UsablePlan, membership: Membership): MembershipClass {
  if (plan.kind === "whole") return { kind: "whole", memberships: sorted(allMemberships(plan.space)) };
  return isGathered(membership, plan.space)
    ? { kind: "gathered", memberships: sorted(gathered(plan.space)) }
    : { kind: "rotations", memberships: sorted(blockOf(membership, plan.space)) };
}

/** What a class holds to, counted. */
export function guaranteeOf(memberships: readonly Membership[]): Guarantee {
  const counts = new Map<number, number>();
  for (const m of memberships) for (const place of m) counts.set(place, (counts.get(place) ?? 0) + 1);
  return {
    memberships: memberships.length,
    mostOften: Math.max(0, ...counts.values()),
    sizes: [...new Set(memberships.map((m) => m.length))].sort((a, b) => a - b),
  };
}

/** `sum over m <= atMost of C(n, m)`. */
export function countMemberships(n: number, atMost: number): number {
  let term = 1;
  let total = 1;
  for (let m = 1; m <= atMost; m++) {
    term = (term * (n - m + 1)) / m;
    total += term;
  }
  return total;
}

/** All memberships of the space; for small spaces alone. */
function allMemberships({ candidates, atMost }: MembershipSpace): Membership[] {
  let found: Membership[] = [[]];
  for (let place = 0; place < candidates; place++) {
    found = [...found, ...found.filter((m) => m.length < atMost).map((m) => [...m, place])];
  }
  return found;
}

/** The fewest candidates that make `least` memberships when at most half of them are members. */
function fewestCandidates(least: number): number {
  let n = 1;
  while (countMemberships(n, Math.floor(n / 2)) < least) n++;
  return n;
}

function properDivisors(n: number): number[] {
  return Array.from({ length: n - 1 }, (_, i) => i + 1).filter((p) => n % p === 0);
}

function rotations(m: Membership, n: number): Membership[] {
  const found = new Map<string, Membership>();
  for (let by = 0; by < n; by++) {
    const turned = m.map((place) => (place + by) % n).sort((a, b) => a - b);
    found.set(turned.join(), turned);
  }
  return [...found.values()];
}

/** A membership with its rotations, and their complements where the space has them: each state is in at most half. */
function blockOf(m: Membership, { candidates: n, atMost }: MembershipSpace): Membership[] {
  const turned = rotations(m, n);
  if (n - m.length > atMost) return turned;
  const rest = Array.from({ length: n }, (_, place) => place).filter((place) => !m.includes(place));
  return unique([...turned, ...rotations(rest, n)]);
}

function isGathered(m: Membership, space: MembershipSpace): boolean {
  const { candidates: n, least } = space;
  return m.length <= 1 || m.length >= n - 1 || blockOf(m, space).length < least;
}

/** Nobody, one state alone, everybody, all but one (as far as the space has them), and every pattern with too few rotations. */
function gathered(space: MembershipSpace): Membership[] {
  const { candidates: n, atMost, least } = space;
  const patterns = properDivisors(n)
    .filter((p) => p < least)
    .flatMap((p) =>
      allMemberships({ candidates: p, atMost: p, least })
        .map((m) => Array.from({ length: n / p }, (_, i) => m.map((place) => place + i * p)).flat())
        .filter((m) => m.length <= atMost && isGathered(m, space)),
    );
  return unique([...blockOf([], space), ...blockOf([0], space), ...patterns]);
}

function unique(memberships: readonly Membership[]): Membership[] {
  return [...new Map(memberships.map((m) => [m.join(), m])).values()];
}

function sorted(memberships: readonly Membership[]): Membership[] {
  return [...memberships].sort((a, b) => a.length - b.length || comparePlaces(a, b));
}

function comparePlaces(a: Membership, b: Membership): number {
  const i = a.findIndex((place, at) => place !== b[at]);
  return i === -1 ? 0 : a[i]! - b[i]!;
}
