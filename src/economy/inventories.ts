/** A user of an input that no sector of the table makes by itself, such as gallium. */
export interface InputUser {
  /** Place of the industry in the table. */
  readonly industry: number;
  /** Part of its output, above 0 and at most 1, that cannot be made without the input. */
  readonly needs: number;
  /** Stock when the cut begins, in weeks of normal use, the first week's own included; at least 1. */
  readonly weeks: number;
  /** Normal use a week, in any unit that is the same for all users. */
  readonly use: number;
}

/** An input that comes from outside the table and falls short for some weeks. */
export interface InputCut {
  readonly id: string;
  /** Part of the normal supply that is missing, from 0 to 1, week by week; after the last week all of it is there. */
  readonly missing: readonly number[];
  readonly users: readonly InputUser[];
}

/** The stocks of one input at its users, as weeks pass. */
export interface InputStocks {
  /** Most output of user `u`, as a multiple of normal, when it plans for `plan`. */
  readonly limit: (u: number, plan: number) => number;
  /** Takes what user `u` needed for output `made` where the limit was worked out for `plan`. */
  readonly take: (u: number, plan: number, made: number) => void;
  /** Deliveries at the end of week `t`, and the orders for the next. */
  readonly deliver: (t: number) => void;
  /** Stocks in weeks of normal use. */
  readonly weeks: () => Float64Array;
}

/**
 * Stocks of an input that falls short. Stocks are used first: a user makes what needs the input as long as there is some, and the rest of
 * its output always. What is supplied goes to users in proportion to their orders, never beyond them; users order what they used
 * and a part of what their stock lacks, one in `refill` weeks.
 */
export function createInputStocks({ missing, users }: InputCut, refill: number): InputStocks {
  // In weeks of the user's own normal use.
  const stock = Float64Array.from(users, (u) => u.weeks);
  const used = new Float64Array(users.length);
  const order = new Float64Array(users.length).fill(1);
  const supply = users.reduce((sum, u) => sum + u.use, 0);
  /** What user `u` can make with the input, as a multiple of normal output. */
  const withInput = (u: number, plan: number) => users[u]!.needs * Math.min(plan, stock[u]!);
  const limit = (u: number, plan: number) => {
    const { needs } = users[u]!;
    return plan <= stock[u]! ? plan : (1 - needs) * plan + withInput(u, plan);
  };
  return {
    limit,
    take: (u, plan, made) => {
      const most = limit(u, plan);
      used[u] = most > 0 ? Math.min(plan, stock[u]!) * (made / most) : 0;
    },
    deliver: (t) => {
      const ordered = users.reduce((sum, u, at) => sum + u.use * order[at]!, 0);
      const there = supply * (1 - (missing[t] ?? 0));
      const filled = ordered > there ? there / ordered : 1;
      for (const [u, { weeks }] of users.entries()) {
        stock[u] = Math.max(0, stock[u]! - used[u]!) + order[u]! * filled;
        order[u] = Math.max(0, used[u]! + (weeks - stock[u]!) / refill);
      }
    },
    weeks: () => stock.slice(),
  };
}
