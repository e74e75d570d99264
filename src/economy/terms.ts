/**
 * What each coalition of the members does to each of them. Coalitions are numbered by bits: bit `m` stands for member `m`, 0 for no
 * coalition.
 */
export interface WelfareTable {
  readonly members: readonly string[];
  /**
   * By coalition, then by member: equivalent variation against the base year, in its money. It is income of the base times the hat of
   * exact welfare less one, which for homothetic tastes is what the coalition is worth at the prices of the base. `null` where no
   * equilibrium was found.
   */
  readonly change: readonly (readonly number[] | null)[];
}

/** The terms on which one member is in a coalition, or would be. */
export interface MemberTerms {
  readonly member: string;
  readonly inside: boolean;
  /** What the coalition with it does to it, against the base year; null where no equilibrium was found. */
  readonly change: number | null;
  /** What being in is worth to it against the same coalition without it, shocks worked out anew; null where either is not known. */
  readonly gain: number | null;
  /**
   * What the member must think being in is worth in security, in money a year, so that it pays: the gain with its sign turned. At or
   * below 0 it pays without.
   */
  readonly breakEven: number | null;
}

/** A figure over several assumptions, and how many of them gave one. */
export interface TermsRange {
  readonly member: string;
  readonly inside: boolean;
  readonly gain: { readonly low: number; readonly high: number } | null;
  readonly breakEven: { readonly low: number; readonly high: number } | null;
  /** Tables in which the gain is not known; the range is that of the others. */
  readonly unknown: number;
}

/** Equivalent variation of `member` from being in: the coalition with it against the same without it; null where not known. */
export function membershipGain({ change }: WelfareTable, coalition: number, member: number): number | null {
  const inside = change[coalition | (1 << member)];
  const outside = change[coalition & ~(1 << member)];
  return inside && outside ? inside[member]! - outside[member]! : null;
}

/** The terms of every member of the table: of those in the coalition for staying, of the others for joining it. */
export function termsOf(table: WelfareTable, coalition: number): MemberTerms[] {
  return table.members.map((member, m) => {
    const gain = membershipGain(table, coalition, m);
    return {
      member,
      inside: isIn(coalition, m),
      change: table.change[coalition | (1 << m)]?.[m] ?? null,
      gain,
      breakEven: gain === null ? null : 0 - gain,
    };
  });
}

/** The terms over tables of the same members under other assumptions, such as other elasticities: lowest and highest. */
export function termsRange(tables: readonly WelfareTable[], coalition: number): TermsRange[] {
  const [first] = tables;
  if (!first) return [];
  return first.members.map((member, m) => {
    const gains = tables.map((t) => membershipGain(t, coalition, m)).filter((g) => g !== null);
    const low = Math.min(...gains);
    const high = Math.max(...gains);
    return {
      member,
      inside: isIn(coalition, m),
      gain: gains.length > 0 ? { low, high } : null,
      breakEven: gains.length > 0 ? { low: 0 - high, high: 0 - low } : null,
      unknown: tables.length - gains.length,
    };
  });
}

/** Whether member `m` is in the coalition. */
export function isIn(coalition: number, m: number): boolean {
  return ((coalition >> m) & 1) === 1;
}

/** The members of a coalition by name, in the order of the table. */
export function namesOf(members: readonly string[], coalition: number): string[] {
  return members.filter((_, m) => isIn(coalition, m));
}
