import { daysBetween, type IsoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import { findRule, type RuleBook } from "../law/book.ts";
import type { Lag, MemberLag } from "./assessment.ts";
import type { CellEngine } from "./cell-engine.ts";
import type { ClassContext } from "./class-context.ts";

/** Rules of a member's own and Union law that reach what it supplies of a group of classes, or a part of it. */
interface GroupRules {
  readonly group: string;
  readonly state: State;
  readonly rules: readonly string[];
}

/**
 * How long after the first mover each member's rules came, over all classes and group by group. A rule counts from the first day
 * in force of its earliest version with a sign or an announcement on record; law that is older began before the rivalry.
 */
export function calcLags(engine: CellEngine, classes: readonly ClassContext[], probe: string): MemberLag[] {
  const { book, date, members } = engine.question;
  const met = rulesByGroup(engine, classes, probe);
  const firsts = met.map((m) => ({ ...m, first: firstOf(book, m.rules, date) }));
  const earliest = (list: readonly { readonly first: IsoDate | null }[]) =>
    list
      .flatMap((x) => x.first ?? [])
      .sort()
      .at(0) ?? null;
  const overall = earliest(firsts);
  if (overall === null) return [];
  const groups = [...new Set(met.map((m) => m.group))];
  const lags = members.map((state): MemberLag => {
    const own = firsts.filter((m) => m.state === state);
    const perGroup = groups.flatMap((group) => {
      const inGroup = firsts.filter((m) => m.group === group);
      const first = earliest(inGroup);
      const mine = inGroup.find((m) => m.state === state);
      // A member that supplies nothing of a group cannot lag in it.
      if (first === null || !mine) return [];
      const firstMover = inGroup.find((m) => m.first === first)!.state;
      return [{ group, firstMover, ...lagBehind(first, mine.first, date) }];
    });
    return { state, ...lagBehind(overall, earliest(own), date), groups: perGroup };
  });
  return lags.sort((a, b) => rank(a) - rank(b) || (a.state < b.state ? -1 : 1));
}

/** Members with a rule by their lag, then those that wait. */
function rank(lag: Lag): number {
  return lag.inForce === null ? Number.MAX_SAFE_INTEGER : lag.days;
}

function lagBehind(first: IsoDate, own: IsoDate | null, asOf: IsoDate): Lag {
  return { inForce: own, days: Math.max(0, daysBetween(first, own ?? asOf)) };
}

function firstOf(book: RuleBook, rules: readonly string[], asOf: IsoDate): IsoDate | null {
  const days = rules.flatMap((id) => {
    const dated = (findRule(book, id)?.versions ?? []).filter(
      (v) => v.firstSign !== undefined || v.announced !== undefined,
    );
    return dated.flatMap((v) => (v.from <= asOf ? [v.from] : []));
  });
  return days.sort()[0] ?? null;
}

function rulesByGroup(engine: CellEngine, classes: readonly ClassContext[], probe: string): GroupRules[] {
  const found = new Map<string, { readonly group: string; readonly state: State; readonly rules: Set<string> }>();
  for (const ctx of classes) {
    for (const state of engine.question.members) {
      if (!ctx.shares.suppliers.some((s) => s.supplier === state)) continue;
      const { group } = ctx.cls;
      const key = `${group} ${state}`;
      const entry = found.get(key) ?? { group, state, rules: new Set<string>() };
      found.set(key, entry);
      for (const item of ctx.items) {
        for (const { finding, reach } of engine.cell(state, probe, item.facts).findings) {
          if (reach !== "foreign") entry.rules.add(finding.rule);
        }
      }
    }
  }
  return [...found.values()].map(({ group, state, rules }) => ({ group, state, rules: [...rules].sort() }));
}
