import { nearest, type Problem } from "../domain/errors.ts";
import type { RuleBook } from "./book.ts";
import type { Condition } from "./condition.ts";

/**
 * Names that lead nowhere: terms, groups, and list paragraphs that no file defines. A lost file must not be an error
 * (its absence is a hole), so a name counts as dangling only when its regime's files are all there.
 */
export function lintLinks(book: RuleBook): Problem[] {
  const problems: Problem[] = [];
  for (const regime of book.regimes.values()) {
    if (regime.holes.some((h) => h.id.endsWith("/lost"))) continue;
    const files = new Map(regime.instruments.map((i) => [i.id, i.file]));
    const check = (c: Condition, instrument: string, owner: string) => {
      for (const bad of danglingNames(c, regime.id, book)) {
        const known = [...book.terms.keys(), ...book.groups.keys()].map((k) => k.replace(`${regime.id}/`, ""));
        const guess = nearest(bad, known);
        problems.push({
          code: "unknown-name",
          message: `\`${owner}\` names \`${bad}\`, which no file defines`,
          at: { file: files.get(instrument) ?? instrument },
          ...(guess && { hint: `did you mean \`${guess}\`?` }),
        });
      }
    };
    for (const rule of regime.rules) {
      check(rule.applies, rule.instrument, rule.id);
      for (const v of rule.versions) check(v.when, rule.instrument, rule.id);
      for (const e of rule.exceptions) check(e.when, rule.instrument, `${rule.id} (${e.id})`);
    }
    for (const [key, term] of book.terms) {
      if (!files.has(term.instrument)) continue;
      for (const v of term.versions) check(v.when, term.instrument, key);
    }
  }
  return problems;
}

function danglingNames(c: Condition, regime: string, book: RuleBook): string[] {
  switch (c.op) {
    case "all":
    case "any":
      return c.of.flatMap((x) => danglingNames(x, regime, book));
    case "not":
      return danglingNames(c.of, regime, book);
    case "term":
      return book.terms.has(`${regime}/${c.name}`) ? [] : [c.name];
    case "in-group":
      return c.groups.filter((g) => !book.groups.has(g));
    default:
      return [];
  }
}
