import type { RuleBook } from "./book.ts";
import type { ReachRoute } from "./check-result.ts";
import type { Condition } from "./condition.ts";
import { evaluate, missingOf, type Scene, sceneOf, versionAt } from "./kleene.ts";

/**
 * The routes by which a regime reaches the transaction: the alternatives of its `subject` definition, and of those that are
 * alternatives themselves. A definition of another form is one route. None where the definition is not held on the day.
 */
export function reachRoutes(book: RuleBook, regime: string, subject: string | undefined, scene: Scene): ReachRoute[] {
  return subject === undefined ? [] : routesOf(`${regime}/${subject}`, book, scene);
}

function routesOf(key: string, book: RuleBook, scene: Scene): ReachRoute[] {
  const term = book.terms.get(key);
  const version = term && versionAt(term.versions, scene.date);
  if (!version) return [];
  const inside = sceneOf(key, scene);
  const named = (c: Condition): c is Extract<Condition, { op: "term" }> => c.op === "term";
  const alternatives = version.when.op === "any" && version.when.of.some(named) ? version.when.of : [];
  const route = (name: string, when: Condition): ReachRoute => {
    const truth = evaluate(when, inside);
    return {
      route: name,
      subject: truth,
      because: [{ term: term.id, title: term.title, cite: version.cite }],
      missing: truth === null ? [...missingOf(when, inside)] : [],
    };
  };
  if (alternatives.length === 0) return [route(shortName(key), version.when)];
  return alternatives.flatMap((c) =>
    named(c) ? routesOf(`${inside.regime}/${c.name}`, book, inside) : [route(factOf(c) ?? shortName(key), c)],
  );
}

function shortName(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}

/** An alternative that is one test goes by the name of its fact. */
function factOf(c: Condition): string | undefined {
  return "fact" in c ? c.fact : undefined;
}
