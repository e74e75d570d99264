import { nearest, type Place, type Problem } from "../domain/errors.ts";
import type { Regime, RuleBook } from "./book.ts";
import type { Condition } from "./condition.ts";
import { paragraphsUnder, regimeOf } from "./kleene.ts";

/** Finds where a rule, term, practice or hole stands in its file. */
type Locate = (owner: string) => Place | undefined;

/**
 * Names that lead nowhere or back to where they began: terms, groups, and definitions in a circle. A lost file must not
 * be an error (its absence is a hole), so a name counts as dangling only when its regime's files are all there.
 */
export function lintLinks(book: RuleBook, locate: Locate): Problem[] {
  const dangling = [...book.regimes.values()].flatMap((regime) => danglingIn(regime, book, locate));
  return [...dangling, ...circles(book, locate)];
}

interface Use {
  readonly owner: string;
  readonly when: Condition;
}

function danglingIn(regime: Regime, book: RuleBook, locate: Locate): Problem[] {
  if (regime.holes.some((h) => h.id.endsWith("/lost"))) return [];
  const known = [...book.terms.keys(), ...book.groups.keys()].map((k) => k.replace(`${regime.id}/`, ""));
  return usesIn(regime, book).flatMap(({ owner, when }) =>
    danglingNames(when, regime.id, book).map((bad): Problem => {
      const guess = nearest(bad, known);
      const at = locate(owner);
      return {
        code: "unknown-name",
        message: `\`${owner}\` names \`${bad}\`, which no file defines`,
        ...(at && { at }),
        ...(guess !== undefined && { hint: `did you mean \`${guess}\`?` }),
      };
    }),
  );
}

/** Every condition of the regime's files, with the id of what it belongs to. */
function usesIn(regime: Regime, book: RuleBook): Use[] {
  const files = new Set(regime.instruments.map((i) => i.id));
  const terms = [...book.terms].filter(([, term]) => files.has(term.instrument));
  return [
    ...(regime.subject === undefined
      ? []
      : [{ owner: regime.id, when: { op: "term", name: regime.subject } as const }]),
    ...regime.rules.flatMap((rule) => [
      { owner: rule.id, when: rule.applies },
      ...[...rule.versions, ...rule.exceptions].map(({ when }) => ({ owner: rule.id, when })),
    ]),
    ...[...regime.practice, ...regime.holes].map(({ id, when }) => ({ owner: id, when })),
    ...terms.flatMap(([owner, term]) => term.versions.map(({ when }) => ({ owner, when }))),
  ];
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

/** Definitions that need themselves, each circle once. */
function circles(book: RuleBook, locate: Locate): Problem[] {
  const problems: Problem[] = [];
  const done = new Set<string>();
  const visit = (key: string, trail: readonly string[]): void => {
    const start = trail.indexOf(key);
    if (start >= 0) {
      const at = locate(key);
      const circle = [...trail.slice(start), key].join(" -> ");
      problems.push({
        code: "cyclic-definition",
        message: `\`${key}\` leads back to itself: ${circle}`,
        ...(at && { at }),
      });
      return;
    }
    if (done.has(key)) return;
    for (const v of book.terms.get(key)?.versions ?? []) {
      for (const next of termsOf(v.when, regimeOf(key), book)) visit(next, [...trail, key]);
    }
    done.add(key);
  };
  for (const key of book.terms.keys()) visit(key, []);
  return problems;
}

function termsOf(c: Condition, regime: string, book: RuleBook): string[] {
  switch (c.op) {
    case "all":
    case "any":
      return c.of.flatMap((x) => termsOf(x, regime, book));
    case "not":
      return termsOf(c.of, regime, book);
    case "term":
      return [`${regime}/${c.name}`];
    case "matches":
      return c.codes.flatMap((code) => paragraphsUnder(book, code));
    default:
      return [];
  }
}
