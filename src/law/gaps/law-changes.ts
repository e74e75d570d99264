import type { Interval, IsoDate } from "../../domain/dates.ts";
import type { State } from "../../domain/states.ts";
import type { RuleBook } from "../book.ts";
import type { Condition } from "../condition.ts";
import { paragraphsUnder, regimeOf } from "../kleene.ts";

/** The days up to `last` on which the law of these regimes changed, with what they name of others; `last` itself comes last. */
export function daysOfChange(book: RuleBook, regimes: readonly State[], last: IsoDate): IsoDate[] {
  const days = new Set<IsoDate>();
  const terms = new Set<string>();
  const groups = new Set<string>();
  const interval = (i: Interval) => {
    if (i.from !== undefined) days.add(i.from);
    if (i.until !== undefined) days.add(i.until);
  };
  const visitTerm = (key: string): void => {
    if (terms.has(key)) return;
    terms.add(key);
    for (const v of book.terms.get(key)?.versions ?? []) {
      interval(v);
      visit(v.when, regimeOf(key));
    }
  };
  const visit = (c: Condition, regime: string): void => {
    if (c.op === "all" || c.op === "any") for (const x of c.of) visit(x, regime);
    else if (c.op === "not") visit(c.of, regime);
    else if (c.op === "term") visitTerm(`${regime}/${c.name}`);
    else if (c.op === "matches") for (const code of c.codes) for (const p of paragraphsUnder(book, code)) visitTerm(p);
    else if (c.op === "in-group") {
      for (const id of c.groups) {
        if (groups.has(id)) continue;
        groups.add(id);
        for (const v of book.groups.get(id)?.versions ?? []) interval(v);
      }
    }
  };
  for (const id of regimes) {
    const regime = book.regimes.get(id);
    if (!regime) continue;
    if (regime.subject !== undefined) visitTerm(`${id}/${regime.subject}`);
    for (const rule of regime.rules) {
      visit(rule.applies, id);
      for (const v of rule.versions) {
        interval(v);
        for (const s of v.status) days.add(s.from);
        visit(v.when, id);
      }
      for (const e of rule.exceptions) {
        interval(e);
        visit(e.when, id);
      }
    }
    for (const h of regime.holes) {
      interval(h);
      visit(h.when, id);
    }
  }
  return [...[...days].filter((d) => d < last).sort(), last];
}
