import { daysBetween, type IsoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { Figure } from "../supply/pack.ts";
import type { ClockEntry, UnitedWindow, WindowSpan } from "./assessment.ts";
import type { SeriesName } from "./case.ts";
import { measureImports } from "./clock-imports.ts";

const CONFOUNDERS = ["trend", "growth of plant capacity"] as const;

/**
 * Stock-up windows, those that overlap or touch united, the earliest first. A rule's window runs from its first sign to its last
 * lawful delivery; a stay is a window too, as deliveries are lawful again, up to `asOf` where its end is later or not known.
 */
export function uniteWindows(clock: readonly ClockEntry[], asOf: IsoDate): WindowSpan[] {
  const spans = clock
    .flatMap((e) => spansOf(e, asOf).map((s) => ({ ...s, state: e.state, rule: e.rule })))
    .filter((s) => s.from < s.until)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const united: { from: IsoDate; until: IsoDate; states: Set<State>; rules: Set<string> }[] = [];
  for (const span of spans) {
    const last = united.at(-1);
    if (last && span.from <= last.until) {
      if (span.until > last.until) last.until = span.until;
      last.states.add(span.state);
      last.rules.add(span.rule);
    } else {
      const { from, until, state, rule } = span;
      united.push({ from, until, states: new Set([state]), rules: new Set([rule]) });
    }
  }
  return united.map(({ from, until, states, rules }) => ({
    from,
    until,
    days: daysBetween(from, until),
    states: [...states].sort(),
    rules: [...rules].sort(),
  }));
}

interface Span {
  readonly from: IsoDate;
  readonly until: IsoDate;
}

function spansOf(e: ClockEntry, asOf: IsoDate): Span[] {
  const stays = (e.stays ?? []).map(({ from, until }) => ({
    from,
    until: until !== null && until < asOf ? until : asOf,
  }));
  return [{ from: e.firstSign ?? e.published ?? e.inForce, until: e.lastLawfulDelivery ?? e.inForce }, ...stays];
}

/** The latest of the united windows, with imports in it against two baselines; null where every rule bit at once. */
export function calcWindow(
  clock: readonly ClockEntry[],
  asOf: IsoDate,
  series: SeriesName | undefined,
  figures: readonly Figure[],
): UnitedWindow | null {
  const windows = uniteWindows(clock, asOf);
  const latest = windows.reduce<WindowSpan | undefined>((a, b) => (a && a.until >= b.until ? a : b), undefined);
  if (!latest) return null;
  const { from, until } = latest;
  return {
    from,
    until,
    imports: series ? measureImports(from, until, series, figures) : null,
    confounders: CONFOUNDERS,
  };
}
