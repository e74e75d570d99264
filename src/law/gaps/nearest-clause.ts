import { within } from "../../domain/dates.ts";
import type { State } from "../../domain/states.ts";
import type { Layer } from "../../domain/verdicts.ts";
import type { Cite, Regime, Rule, RuleBook } from "../book.ts";
import type { Condition } from "../condition.ts";
import { formatCondition } from "../format-condition.ts";
import { evaluate, paragraphsUnder, type Scene, sceneOf, versionAt } from "../kleene.ts";
import type { GapSide } from "./gap.ts";

/** The clause of a law that comes nearest to a transaction that it does not reach. */
export interface NearestClause {
  readonly rule: string;
  readonly title: string;
  /** The list paragraph or definition that stops short; the rule's own clause where it names none. */
  readonly clause?: string;
  readonly cite: Cite;
  /** The conditions that failed, as rule files write them. */
  readonly failed: readonly string[];
}

interface Candidate extends NearestClause {
  readonly distance: number;
  readonly layer: Layer;
}

/** More failed conditions than this are no stopping short. */
const FARTHEST = 6;

/**
 * The clauses of the side's law that fail by the fewest conditions, at most three, those of the same layer before all others;
 * none where no clause speaks of such an item.
 */
export function nearestClauses(book: RuleBook, side: GapSide, layer: Layer): NearestClause[] {
  const { "item.classified": _codes, ...facts } = side.facts;
  const candidates = side.prepared.flatMap((p) => {
    if (p === null) return [];
    const scene: Scene = { book, regime: p.regime.id, date: p.date, facts };
    const outside = beyondReach(p.regime, scene);
    return outside ? [{ ...outside, distance: 0, layer }] : p.regime.rules.flatMap((rule) => candidatesOf(rule, scene));
  });
  const near = candidates.filter((c) => c.distance <= FARTHEST);
  const ofLayer = near.filter((c) => c.layer === layer);
  const compared = ofLayer.length > 0 ? ofLayer : near;
  const least = Math.min(...compared.map((c) => c.distance));
  return compared
    .filter((c) => c.distance === least)
    .sort((a, b) => order(a) - order(b) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))
    .slice(0, MOST)
    .map(({ distance: _distance, layer: _layer, ...clause }) => clause);
}

/** The definition of what a law reaches, where the transaction lies outside it. */
function beyondReach(regime: Regime, scene: Scene): NearestClause | undefined {
  const term = regime.subject === undefined ? undefined : scene.book.terms.get(`${regime.id}/${regime.subject}`);
  const version = term && versionAt(term.versions, scene.date);
  if (!version || evaluate(version.when, scene) !== false) return undefined;
  const failed = [formatCondition(version.when, scene.book.facts)];
  return { rule: `${regime.id}/${regime.subject}`, title: term.title, cite: version.cite, failed };
}

/** A bound that is missed says more than a property that is not there. */
function order(c: Candidate): number {
  return c.failed.some((f) => /atMost|below|atLeast|above/.test(f)) ? 0 : 1;
}

/** More are not shown: they are alike in how far they are. */
const MOST = 3;

function candidatesOf(rule: Rule, scene: Scene): Candidate[] {
  const version = rule.versions.find((v) => within(scene.date, v));
  if (!version || version.effect === "no-licence") return [];
  const own = failures([rule.applies, version.when], scene);
  return own.map(({ failed, clause, cite }) => ({
    rule: rule.id,
    title: rule.title,
    cite: cite ?? version.cite,
    ...(clause !== undefined && { clause }),
    failed: [...new Set(failed)],
    distance: failed.length,
    layer: rule.layer,
  }));
}

/** One way in which a condition could hold, and what fails of it; `clause` is the innermost paragraph or definition that fails. */
interface Way {
  readonly failed: readonly string[];
  readonly clause?: string;
  readonly cite?: Cite;
}

const HOLDS: Way = { failed: [] };
/** What the item is, is no condition that stops short. */
const SAYS_WHAT_IT_IS = new Set(["item.kind", "item.family", "chip.role"]);

function failures(parts: readonly Condition[], scene: Scene): Way[] {
  return parts.reduce<Way[]>(
    (ways, c) => {
      if (ways.length === 0) return ways;
      if (evaluate(c, scene) === true) return ways;
      const next = waysOf(c, scene);
      return next
        .flatMap((n) => ways.map((w): Way => joined(w, n)))
        .sort((a, b) => a.failed.length - b.failed.length)
        .slice(0, 8);
    },
    [HOLDS],
  );
}

function joined(a: Way, b: Way): Way {
  const named = b.clause !== undefined ? b : a;
  return {
    failed: [...a.failed, ...b.failed],
    ...(named.clause !== undefined && { clause: named.clause }),
    ...(named.cite !== undefined && { cite: named.cite }),
  };
}

function waysOf(c: Condition, scene: Scene): Way[] {
  switch (c.op) {
    case "all":
      return failures(c.of, scene);
    case "any":
      return c.of.flatMap((x) => failures([x], scene));
    case "term":
      return waysOfTerm(`${scene.regime}/${c.name}`, scene);
    case "matches":
      return c.codes.flatMap((code) => paragraphsUnder(scene.book, code).flatMap((p) => waysOfTerm(p, scene)));
    default:
      if ("fact" in c && SAYS_WHAT_IT_IS.has(c.fact)) return [];
      return [{ failed: [formatCondition(c, scene.book.facts)] }];
  }
}

function waysOfTerm(key: string, scene: Scene): Way[] {
  const term = scene.book.terms.get(key);
  const version = term && versionAt(term.versions, scene.date);
  if (!version) return [];
  const clause = isParagraph(key) ? { clause: key, cite: version.cite } : {};
  return failures([version.when], sceneOf(key, scene)).map(
    (w): Way => (w.clause === undefined ? { ...w, ...clause } : w),
  );
}

/** The list paragraphs by which a rule holds in the transaction, so the clause that controls it. */
export function clausesThatHold(
  book: RuleBook,
  rule: Rule,
  regime: State,
  side: GapSide,
): { readonly clause: string; readonly cite: Cite }[] {
  const prepared = side.prepared.find((p) => p?.regime.id === regime);
  const version = prepared && rule.versions.find((v) => within(prepared.date, v));
  if (!prepared || !version) return [];
  const found = new Map<string, Cite>();
  const visit = (c: Condition, scene: Scene): void => {
    if (c.op === "all" || c.op === "any") {
      for (const x of c.of) if (evaluate(x, scene) === true) visit(x, scene);
    } else if (c.op === "term") visitTerm(`${scene.regime}/${c.name}`, scene);
    else if (c.op === "matches") {
      for (const code of c.codes) for (const p of paragraphsUnder(book, code)) visitTerm(p, scene);
    }
  };
  const visitTerm = (key: string, scene: Scene): void => {
    const term = book.terms.get(key);
    const held = term && versionAt(term.versions, scene.date);
    const inside = sceneOf(key, scene);
    if (!held || evaluate(held.when, inside) !== true) return;
    if (isParagraph(key)) found.set(key, held.cite);
    visit(held.when, inside);
  };
  visit(version.when, { book, regime, date: prepared.date, facts: side.facts });
  return [...found].map(([clause, cite]) => ({ clause, cite }));
}

function isParagraph(key: string): boolean {
  return /^[A-Z]{3}:/.test(key);
}
