/** Leaks, clock and candidates under every membership of a class: which of them hold whoever the undisclosed members are. */
import type { ClockEntry, Leak, NextMember, Timing } from "../closure/assessment.ts";
import { daysBetween } from "../domain/dates.ts";
import { agree, hullOf, inAll, inAny } from "./disclosure-hull.ts";

/** Leaks that every membership has come first; the others say under how many of them. */
export function leaksUnderAll(all: readonly (readonly Leak[])[]): Leak[] {
  const keyOf = (l: Leak) => JSON.stringify([l.kind, l.class, l.variant, l.state, l.probe, l.rule]);
  const found = new Map<string, Leak[]>();
  for (const leak of all.flat()) found.set(keyOf(leak), [...(found.get(keyOf(leak)) ?? []), leak]);
  const merged = [...found].map(([key, leaks]) => ({
    key,
    open: leaks.length < all.length,
    leak: mergeLeaks(leaks, all.length),
  }));
  merged.sort((a, b) => Number(a.open) - Number(b.open) || a.leak.rank - b.leak.rank || (a.key < b.key ? -1 : 1));
  return merged.map(({ leak }, i) => ({ ...leak, rank: i + 1 }));
}

function mergeLeaks(leaks: readonly Leak[], memberships: number): Leak {
  const first = leaks[0]!;
  const trade = first.size.tradeUsd;
  const share = hullOf(leaks.map((l) => l.size.share));
  const certain = leaks.length === memberships;
  const changes = inAny(
    leaks.map((l) => [l.change]),
    (x) => x,
  );
  return {
    ...first,
    rank: Math.min(...leaks.map((l) => l.rank)),
    classes: inAny(
      leaks.map((l) => l.classes),
      (x) => x,
    ),
    cells: inAny(
      leaks.map((l) => l.cells),
      (x) => x,
    ),
    grade: agree(leaks.map((l) => l.grade)) ? first.grade : "undetermined",
    size: {
      ...first.size,
      share: certain ? share : { low: 0, high: share.high },
      ...(trade && {
        tradeUsd: { ...trade, value: hullOf(leaks.flatMap((l) => l.size.tradeUsd?.value ?? [])) },
      }),
    },
    change: changes.length === 1 ? first.change : `${changes.join("; or ")}: that depends on who is a member`,
    mend: agree(leaks.map((l) => l.mend)) ? first.mend : null,
    because: certain ? first.because : `${first.because}; under ${leaks.length} of ${memberships} memberships`,
  };
}

/** Rules that the question meets under every membership, their lag counted among themselves. */
export function clockUnderAll(all: readonly (readonly ClockEntry[])[]): ClockEntry[] {
  const kept = inAll(all, (e) => `${e.rule} ${e.inForce}`);
  const first = kept.find((e) => e.firstSign !== null)?.inForce;
  return kept.map((e) => ({ ...e, lagDays: first ? Math.max(0, daysBetween(first, e.inForce)) : 0 }));
}

/** Windows, lags and counter-measures that are the same under every membership; undefined where the case asks for none. */
export function timingUnderAll(all: readonly (Timing | undefined)[]): Timing | undefined {
  const known = all.flatMap((t) => t ?? []);
  const first = known[0];
  if (!first || agree(known)) return first;
  const windows = known.map((t) => t.counter.window);
  return {
    windows: inAll(
      known.map((t) => t.windows),
      (w) => JSON.stringify(w),
    ),
    lags: inAll(
      known.map((t) => t.lags),
      (l) => JSON.stringify(l),
    ),
    counter: {
      clock: clockUnderAll(known.map((t) => t.counter.clock)),
      window: agree(windows) ? windows[0]! : null,
    },
  };
}

/** What a state adds if it is no member yet: what it adds at least, over the memberships that lack it. */
export function nextUnderAll(all: readonly (readonly NextMember[])[]): NextMember[] {
  const states = inAny(all, (n) => n.state).map((n) => n.state);
  const merged = states.map((state) => mergeNext(all.flatMap((list) => list.filter((n) => n.state === state))));
  const score = ({ gains }: NextMember) => gains.classes.reduce((s, c) => s + c.gain, 0);
  return merged.sort(
    (a, b) =>
      b.gains.controlled.after - a.gains.controlled.after ||
      b.gains.potential.after - a.gains.potential.after ||
      score(b) - score(a) ||
      (a.state < b.state ? -1 : 1),
  );
}

function mergeNext(entries: readonly NextMember[]): NextMember {
  const first = entries[0]!;
  const least = (measure: "controlled" | "closed" | "potential") => ({
    before: Math.min(...entries.map((n) => n.gains[measure].before)),
    after: Math.min(...entries.map((n) => n.gains[measure].after)),
  });
  const asItIs = entries.flatMap((n) => n.asItIs ?? []);
  const leastOf = (measure: "controlled" | "closed") => ({
    before: Math.min(...asItIs.map((x) => x[measure].before)),
    after: Math.min(...asItIs.map((x) => x[measure].after)),
  });
  const gainIn = (id: string) => entries.map((n) => n.gains.classes.find((c) => c.class === id)?.gain ?? 0);
  return {
    ...first,
    adopts: inAll(
      entries.map((n) => n.adopts),
      (x) => x,
    ),
    gains: {
      controlled: least("controlled"),
      closed: least("closed"),
      potential: least("potential"),
      classes: first.gains.classes
        .map((c) => ({ ...c, gain: Math.min(...gainIn(c.class)) }))
        .filter((c) => c.gain > 0)
        .sort((a, b) => b.gain - a.gain || (a.class < b.class ? -1 : 1)),
      binding: inAll(
        entries.map((n) => n.gains.binding),
        (x) => x,
      ),
    },
    ...(asItIs.length > 0 && { asItIs: { controlled: leastOf("controlled"), closed: leastOf("closed") } }),
  };
}
