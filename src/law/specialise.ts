import type { IsoDate } from "../domain/dates.ts";
import { within } from "../domain/dates.ts";
import { remember } from "../domain/remember.ts";
import type { Exception, Hole, Regime, Rule, RuleBook, RuleVersion } from "./book.ts";
import { ALWAYS, type Condition, type Facts } from "./condition.ts";
import { claimNames } from "./facts.ts";
import { evaluate, paragraphsUnder, regimeOf, type Scene, sceneOf, versionAt } from "./kleene.ts";
import { judgingExceptions, judgingVersions } from "./savings.ts";

/** A condition after known facts were put in: decided, or what is left of it. */
export type Residual = Condition | boolean;

/** A rule that could still require something once the known facts were put in. */
export interface OpenRule<R = Residual> {
  readonly rule: Rule;
  readonly version: RuleVersion;
  /** `applies` and `when` together. */
  readonly left: R;
  /** The day whose text is read, where savings leave the transaction to earlier law. */
  readonly textOf?: IsoDate;
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
  /** Claims that may still be stated; those that a whole transaction does not state are not made. */
  readonly claims: readonly string[];
}

/** Puts the known facts into every rule of the day and drops the rules that they decide against. */
export function prepare(book: RuleBook, regime: Regime, date: IsoDate, known: Facts): Prepared {
  const scene: Scene = { book, regime: regime.id, date, facts: known };
  const subject = regime.subject === undefined ? true : simplify({ op: "term", name: regime.subject }, scene);
  const scenes = new Map([[date, scene]]);
  const rules = subject === false ? [] : regime.rules.flatMap((rule) => openRules(rule, scene, scenes));
  const holes = regime.holes.flatMap((hole) => {
    const left = within(date, hole) && simplify(hole.when, scene);
    return left === false ? [] : [{ hole, left }];
  });
  const claims = rules.some((r) => r.textOf !== undefined) ? claimNames(book.facts).filter((c) => !(c in known)) : [];
  return { book, regime, date, known, subject, rules, holes, claims };
}

/** What is left of each version of the rule that may judge the transaction; `scenes` keeps one scene for each text. */
function openRules(rule: Rule, scene: Scene, scenes: Map<IsoDate, Scene>): OpenRule[] {
  const versions = judgingVersions(rule, scene.date);
  return versions.flatMap(({ version, textOf, given }): OpenRule[] => {
    const left = underText({ op: "all", of: [rule.applies, version.when] }, textOf, given, scene, scenes);
    if (left === false) return [];
    const exceptions = judgingExceptions(rule, textOf, scene.date).flatMap((e) => {
      const applies = underText(e.exception.when, e.textOf, e.given, scene, scenes);
      return applies === false ? [] : [{ exception: e.exception, left: applies }];
    });
    const isSaving = versions.length > 1 || given !== ALWAYS || version.savings !== undefined;
    return [{ rule, version, left, exceptions, ...(isSaving && { textOf }) }];
  });
}

/** A condition in the words of an earlier day, where something holds on the asked one. */
function underText(
  c: Condition,
  textOf: IsoDate,
  given: Condition,
  scene: Scene,
  scenes: Map<IsoDate, Scene>,
): Residual {
  const claimed = given === ALWAYS ? true : simplify(given, scene);
  if (claimed === false) return false;
  const text = remember(scenes, textOf, () => ({ ...scene, date: textOf }));
  const left = simplify(c, text);
  return combine([claimed, textOf === scene.date ? left : pinned(left, text)], "all");
}

/** The residual with groups replaced by their members on the scene's day, so that it says the same on any other. */
function pinned(r: Residual, scene: Scene): Residual {
  if (typeof r === "boolean") return r;
  switch (r.op) {
    case "all":
    case "any":
      return { op: r.op, of: r.of.map((x) => pinned(x, scene) as Condition) };
    case "not":
      return { op: "not", of: pinned(r.of, scene) as Condition };
    case "in-group": {
      const held = r.groups.map((g) => ({
        g,
        version: versionAt(scene.book.groups.get(g)?.versions ?? [], scene.date),
      }));
      const members: Condition = {
        op: "in",
        fact: r.fact,
        values: held.flatMap((h) => [...(h.version?.members ?? [])]),
      };
      const lost = held.filter((h) => !h.version).map((h): Condition => unheldText(h.g));
      return lost.length === 0 ? members : { op: "any", of: [members, ...lost] };
    }
    default:
      return r;
  }
}

/** No text, no truth: a fact that nobody gives stays unknown under every completion. */
function unheldText(key: string): Condition {
  return { op: "is", fact: `text of ${key}`, value: true };
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
  if (!term) return unheldText(key);
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
