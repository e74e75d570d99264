import type { IsoDate } from "../domain/dates.ts";
import { within } from "../domain/dates.ts";
import { remember } from "../domain/remember.ts";
import type { Exception, Hole, Regime, Rule, RuleBook, RuleVersion } from "./book.ts";
import type { Condition, Facts } from "./condition.ts";
import { evaluate, paragraphsUnder, regimeOf, type Scene, sceneOf, versionAt } from "./kleene.ts";

/** A condition after known facts were put in: decided, or what is left of it. */
export type Residual = Condition | boolean;

/** A rule that could still require something once the known facts were put in. */
export interface OpenRule<R = Residual> {
  readonly rule: Rule;
  readonly version: RuleVersion;
  /** `applies` and `when` together. */
  readonly left: R;
  /** Exceptions of the day that could still apply. */
  readonly exceptions: readonly { readonly exception: Exception; readonly left: R }[];
}

/** A regime on a day with the facts of a transaction put in: what remains is decided by the item alone. */
export interface Prepared {
  readonly book: RuleBook;
  readonly regime: Regime;
  readonly date: IsoDate;
  readonly known: Facts;
  readonly subject: Residual;
  readonly rules: readonly OpenRule[];
  readonly holes: readonly { readonly hole: Hole; readonly left: Residual }[];
}

/** Puts the known facts into every rule of the day and drops the rules that they decide against. */
export function prepare(book: RuleBook, regime: Regime, date: IsoDate, known: Facts): Prepared {
  const scene: Scene = { book, regime: regime.id, date, facts: known };
  const subject = regime.subject === undefined ? true : simplify({ op: "term", name: regime.subject }, scene);
  const rules = regime.rules.flatMap((rule): OpenRule[] => {
    const version = versionAt(rule.versions, date);
    if (!version || subject === false) return [];
    const left = simplify({ op: "all", of: [rule.applies, version.when] }, scene);
    if (left === false) return [];
    const exceptions = rule.exceptions.flatMap((exception) => {
      const applies = within(date, exception) && simplify(exception.when, scene);
      return applies === false ? [] : [{ exception, left: applies }];
    });
    return [{ rule, version, left, exceptions }];
  });
  const holes = regime.holes.flatMap((hole) => {
    const left = within(date, hole) && simplify(hole.when, scene);
    return left === false ? [] : [{ hole, left }];
  });
  return { book, regime, date, known, subject, rules, holes };
}

/** Truth of a residual under further facts. */
export function evaluateResidual(r: Residual, scene: Scene): boolean | null {
  return typeof r === "boolean" ? r : evaluate(r, scene);
}

/**
 * The condition with the scene's facts put in. It has the same truth as the original under every completion of the facts,
 * unless that adds list codes: where none are given, `matches` is replaced by the paragraphs' own words.
 */
export function simplify(c: Condition, scene: Scene): Residual {
  switch (c.op) {
    case "all":
      return simplifyList(c.of, scene, "all");
    case "any":
      return simplifyList(c.of, scene, "any");
    case "not": {
      const inner = simplify(c.of, scene);
      return typeof inner === "boolean" ? !inner : { op: "not", of: inner };
    }
    case "term":
      return simplifyTerm(`${scene.regime}/${c.name}`, scene);
    case "matches": {
      // Assigned codes decide alone for their regime; the paragraphs' own words decide for the others.
      const assigned = c.codes.filter((code) => isAssigned(code, scene));
      const others = c.codes.filter((code) => !assigned.includes(code));
      const paragraphs = others.flatMap((code) => paragraphsUnder(scene.book, code).map((id) => ({ code, id })));
      const undefinedCodes = others.filter((code) => !paragraphs.some((p) => p.code === code));
      const parts: Residual[] = [...new Set(paragraphs.map((p) => p.id))].map((id) => simplifyTerm(id, scene));
      if (assigned.length > 0) parts.push(decidedOr({ op: "matches", codes: assigned }, scene));
      if (undefinedCodes.length > 0) parts.push({ op: "matches", codes: undefinedCodes });
      return combine(parts, "any");
    }
    default:
      return decidedOr(c, scene);
  }
}

function isAssigned(code: string, scene: Scene): boolean {
  const codes = scene.facts["item.classified"] as readonly string[] | undefined;
  return codes?.some((c) => regimeOf(c) === regimeOf(code)) ?? false;
}

function decidedOr(c: Condition, scene: Scene): Residual {
  const v = evaluate(c, scene);
  return v === null ? c : v;
}

/** What is left of each definition and paragraph under a scene: many rules name the same ones. */
const TERMS = new WeakMap<Scene, Map<string, Residual>>();

function simplifyTerm(key: string, scene: Scene): Residual {
  const known = remember(TERMS, scene, () => new Map<string, Residual>());
  return remember(known, key, () => simplifyTermAnew(key, scene));
}

function simplifyTermAnew(key: string, scene: Scene): Residual {
  const term = scene.book.terms.get(key);
  // No text, no truth: a fact that nobody gives stays unknown under every completion.
  if (!term) return { op: "is", fact: `text of ${key}`, value: true };
  const version = versionAt(term.versions, scene.date);
  return version ? simplify(version.when, sceneOf(key, scene)) : false;
}

function simplifyList(of: readonly Condition[], scene: Scene, op: "all" | "any"): Residual {
  const absorbing = op === "any";
  const parts: Residual[] = [];
  for (const x of of) {
    const part = simplify(x, scene);
    if (part === absorbing) return absorbing;
    parts.push(part);
  }
  return combine(parts, op);
}

function combine(parts: readonly Residual[], op: "all" | "any"): Residual {
  const absorbing = op === "any";
  if (parts.includes(absorbing)) return absorbing;
  const open = parts.filter((p) => typeof p !== "boolean");
  if (open.length === 0) return !absorbing;
  return open.length === 1 ? open[0]! : { op, of: open };
}
