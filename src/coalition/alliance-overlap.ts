import { type ClassContext, potentialOutside } from "../closure/class-context.ts";
import { outsideTarget } from "../closure/coverage.ts";
import { reaches } from "../closure/requirement.ts";
import type { IsoDate } from "../domain/dates.ts";
import { hull, type Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import type { Goal } from "../supply/pack.ts";
import { type SharesAt, targetOwn } from "../supply/shares-at.ts";
import { type Alliance, isHeld, isMember, SEAT_ROLES } from "./alliance.ts";
import type { Absence, AbsenceLoss, HeldRole, OverlapRow } from "./alliance-result.ts";

/** Who holds which part in which alliance on the day; who is in most alliances stands first. */
export function calcOverlapRows(alliances: readonly Alliance[], day: IsoDate): OverlapRow[] {
  const parts = new Map<State, Record<string, HeldRole>>();
  for (const a of alliances) {
    for (const g of a.groupings.filter((x) => x.until === undefined || day < x.until)) {
      for (const seat of g.seats.filter((s) => isHeld(s, day))) {
        if (seat.state === null) continue;
        const member = isMember(seat.role);
        const held = { role: seat.role, member, counted: member && a.counts.includes(g.id) };
        const own = parts.get(seat.state) ?? {};
        own[a.id] = stronger(own[a.id], held);
        parts.set(seat.state, own);
      }
    }
  }
  const count = (row: OverlapRow, pick: (r: HeldRole) => boolean) => Object.values(row.roles).filter(pick).length;
  return [...parts]
    .map(([state, roles]) => ({ state, roles, memberships: Object.values(roles).filter((r) => r.counted).length }))
    .sort(
      (a, b) =>
        b.memberships - a.memberships ||
        count(b, (r) => r.member) - count(a, (r) => r.member) ||
        (a.state < b.state ? -1 : 1),
    );
}

/** What counts for coverage is stronger than what does not, then the role decides. */
function stronger(a: HeldRole | undefined, b: HeldRole): HeldRole {
  if (a === undefined || a.counted !== b.counted) return a?.counted ? a : b;
  return SEAT_ROLES.indexOf(a.role) <= SEAT_ROLES.indexOf(b.role) ? a : b;
}

/** The objective of one alliance with the classes behind it. */
export interface MeasuredAlliance {
  readonly id: string;
  readonly members: readonly State[];
  readonly target: State;
  readonly threshold: number;
  /** Leaf classes that the objective names. */
  readonly classes: readonly ClassContext[];
  readonly goals: readonly Goal[];
  /** Classes of the goals besides. */
  readonly goalClasses: readonly ClassContext[];
}

/**
 * What the members of each alliance could no longer close without a state: potential, at the low bound of every share.
 * States whose absence costs the most classes stand first, then the most goal steps, then the largest single share.
 */
export function calcAbsence(alliances: readonly MeasuredAlliance[]): Absence[] {
  const states = [...new Set(alliances.flatMap((a) => a.members))].sort();
  return states
    .map((state): Absence => {
      const losses = alliances.flatMap((a) => (a.members.includes(state) ? [lossOf(a, state)] : []));
      const classesLost = losses.flatMap((l) => l.groups.flatMap((g) => g.classes)).length;
      return { state, losses, classesLost, stepsLost: losses.flatMap((l) => l.steps).length };
    })
    .sort((a, b) => b.classesLost - a.classesLost || b.stepsLost - a.stepsLost || largestOf(b) - largestOf(a));
}

function largestOf(a: Absence): number {
  return Math.max(0, ...a.losses.map((l) => l.largest?.share.low ?? 0));
}

function lossOf(a: MeasuredAlliance, state: State): AbsenceLoss {
  const without = a.members.filter((m) => m !== state);
  const reached = (x: ClassContext, members: readonly State[]) =>
    reaches(potentialOutside(x, members, a.target).low, a.threshold);
  const groups = [...new Set(a.classes.map((x) => x.cls.group))].flatMap((group) => {
    const before = a.classes.filter((x) => x.cls.group === group && reached(x, a.members));
    const lost = before.filter((x) => !reached(x, without));
    if (lost.length === 0) return [];
    return [{ group, before: before.length, after: before.length - lost.length, classes: lost.map((x) => x.cls.id) }];
  });
  return {
    alliance: a.id,
    target: a.target,
    threshold: a.threshold,
    groups,
    steps: a.goals.flatMap((g) => lostSteps(g, a, reached, without)),
    largest: largestShare(a, state),
  };
}

/** Steps that close with everybody and stay open without the state; `last` where no other step of the goal still closes. */
function lostSteps(
  goal: Goal,
  a: MeasuredAlliance,
  reached: (x: ClassContext, members: readonly State[]) => boolean,
  without: readonly State[],
): AbsenceLoss["steps"] {
  const byId = new Map([...a.goalClasses, ...a.classes].map((x) => [x.cls.id, x]));
  const closing = (members: readonly State[]) =>
    new Set(
      goal.needs
        .filter((n) =>
          n.any.every((alternative) =>
            alternative.classes.some((id) => {
              const x = byId.get(id);
              return x !== undefined && reached(x, members);
            }),
          ),
        )
        .map((n) => n.step),
    );
  const [before, after] = [closing(a.members), closing(without)];
  return [...before]
    .filter((step) => !after.has(step))
    .map((step) => ({ goal: goal.id, step, last: after.size === 0 }));
}

function largestShare({ classes, target }: MeasuredAlliance, state: State): AbsenceLoss["largest"] {
  let best: AbsenceLoss["largest"] = null;
  for (const x of classes) {
    const share = x.vintages.map((v) => shareOutside(v, state, target)).reduce(hull);
    if (share.high > 0 && (best === null || isLarger(share, best.share))) {
      best = { class: x.cls.id, name: x.cls.name, share };
    }
  }
  return best;
}

/** What is certain comes first: a share that nobody knows runs from 0 to the whole. */
function isLarger(a: Range, b: Range): boolean {
  return a.low > b.low || (a.low === b.low && a.high > b.high);
}

function shareOutside(shares: SharesAt, state: State, target: State): Range {
  const own = shares.suppliers.find((s) => s.supplier === state)?.share ?? { low: 0, high: 0 };
  return outsideTarget(own, targetOwn(shares, target));
}
