import { remember } from "../domain/remember.ts";
import type { Regime, RuleBook } from "./book.ts";
import type { Condition } from "./condition.ts";
import { paragraphsUnder, regimeOf } from "./kleene.ts";

const USED = new WeakMap<Regime, ReadonlySet<string>>();

/** Every fact that the regime's answer can depend on, on any day: what differs in no other fact has the same answer. */
export function factsUsed(book: RuleBook, regime: Regime): ReadonlySet<string> {
  return remember(USED, regime, () => {
    const used = new Set<string>();
    const visited = new Set<string>();
    const visitTerm = (key: string): void => {
      if (visited.has(key)) return;
      visited.add(key);
      for (const v of book.terms.get(key)?.versions ?? []) visit(v.when, regimeOf(key));
    };
    const visit = (c: Condition, of: string): void => {
      switch (c.op) {
        case "all":
        case "any":
          for (const x of c.of) visit(x, of);
          return;
        case "not":
          visit(c.of, of);
          return;
        case "term":
          visitTerm(`${of}/${c.name}`);
          return;
        case "matches":
          used.add("item.classified");
          for (const code of c.codes) for (const p of paragraphsUnder(book, code)) visitTerm(p);
          return;
        case "formula":
          used.add("litho.wavelength").add("litho.na");
          return;
        case "same":
          used.add(c.fact).add(c.other);
          return;
        default:
          used.add(c.fact);
      }
    };
    if (regime.subject !== undefined) visitTerm(`${regime.id}/${regime.subject}`);
    for (const rule of regime.rules) {
      visit(rule.applies, regime.id);
      for (const x of [...rule.versions, ...rule.exceptions]) visit(x.when, regime.id);
    }
    for (const x of [...regime.practice, ...regime.holes]) visit(x.when, regime.id);
    return used;
  });
}
