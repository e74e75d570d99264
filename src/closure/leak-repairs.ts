import { remember } from "../domain/remember.ts";
import type { Rule, RuleBook, RuleVersion } from "../law/book.ts";
import { ALWAYS, type Condition, type Facts, isNumberRange, isWithin, type NumberRange } from "../law/condition.ts";
import { formatCondition } from "../law/format-condition.ts";
import { evaluate, paragraphsUnder, regimeOf, type Scene, sceneOf, versionAt } from "../law/kleene.ts";
import type { LawChange, MendStep, WordsPlace } from "./leak-change.ts";

/** A change of words that makes a rule hold for a transaction that it misses, and the condition that takes their place. */
export interface Repair {
  readonly step: MendStep;
  readonly change: Extract<LawChange, { readonly change: "words" }>;
  readonly to: Condition;
}

/** What is handed over; a rule that is silent on one of them lacks a layer. */
const LAYER_FACTS = new Set(["activity", "purpose", "item.part"]);
/** Whom it is for; an end-use rule without them is a rule on the goods. */
const END_USE_FACTS = new Set(["facility.makes", "endUser.lists", "endUser.military", "endUser.party"]);
/** Where it goes; the layer that reaches abroad looks at whose plant it is. */
const PLACE_FACTS = new Set(["destination", "facility.location"]);

/**
 * Single changes of words after which the rule certainly holds for the scene's item: a number moved as far as the item needs, or
 * a limb about the item dropped (a widening where it is not known whether it shuts the item out). Nothing where two conditions fail at once.
 */
export function itemRepairs(rule: Rule, version: RuleVersion, scene: Scene): Repair[] {
  let failed: Conjunct | undefined;
  for (const conjunct of conjunctsOfRule(rule, version)) {
    if (truthOf(conjunct.c, scene) === true) continue;
    if (failed) return [];
    failed = conjunct;
  }
  if (!failed) return [];
  const { c, place } = failed;
  const search: Search = { rule, book: scene.book };
  const whole = place.path.length > 0 ? dropLimb(c, place, scene, search) : [];
  return [...repairsIn(c, place, scene, search), ...whole];
}

/**
 * Single changes of words by which the rule reaches a transaction whatever the item: a layer added, or the end use or the place
 * no longer asked for. `scene` holds the facts of the transaction alone.
 */
export function layerRepairs(rule: Rule, version: RuleVersion, scene: Scene): Repair[] {
  const failed = conjunctsOfRule(rule, version).filter(({ c }) => evaluate(c, scene) === false);
  const [conjunct] = failed;
  return conjunct && failed.length === 1
    ? wholeLimb(conjunct.c, conjunct.place, scene, { rule, book: scene.book })
    : [];
}

/** Whether a version of a rule looks at what the item is: one that does not reaches everything. */
export function asksForItem(version: RuleVersion, scene: Scene): boolean {
  return [...factsOf(version.when, scene)].some((f) => scene.book.facts.get(f)?.role === "item" && f !== "item.part");
}

function conjunctsOfRule(rule: Rule, version: RuleVersion): Conjunct[] {
  return [
    ...conjunctsOf(rule.applies, { in: rule.id, part: "applies", path: [] }),
    ...conjunctsOf(version.when, { in: rule.id, part: "when", path: [] }),
  ];
}

interface Search {
  readonly rule: Rule;
  readonly book: RuleBook;
}

interface Conjunct {
  readonly c: Condition;
  readonly place: WordsPlace;
}

function conjunctsOf(c: Condition, place: WordsPlace): Conjunct[] {
  return c.op === "all" ? c.of.flatMap((x, i) => conjunctsOf(x, within(place, i))) : [{ c, place }];
}

function within(place: WordsPlace, i: number): WordsPlace {
  return { ...place, path: [...place.path, i] };
}

/** Changes inside a condition that does not hold. */
function repairsIn(c: Condition, place: WordsPlace, scene: Scene, search: Search): Repair[] {
  switch (c.op) {
    case "all":
      return repairsOfAll(c.of, place, scene, search);
    case "any":
      return c.of.flatMap((x, i) => repairsIn(x, within(place, i), scene, search));
    case "number":
    case "formula":
      return moveNumber(c, place, scene, search);
    case "term":
      return repairsOfTerm(`${scene.regime}/${c.name}`, scene, search);
    case "matches":
      return paragraphsFor(c, scene).flatMap(({ id }) => repairsOfTerm(id, scene, search));
    default:
      return [];
  }
}

type Matches = Extract<Condition, { readonly op: "matches" }>;

interface Paragraph {
  readonly id: string;
  readonly when: Condition;
}

const FOR_KIND = new WeakMap<RuleBook, Map<Matches, Map<string, readonly Paragraph[]>>>();

/** Paragraphs that a condition names and that the kind of thing alone does not shut out; the same for every item of the kind. */
function paragraphsFor(c: Matches, scene: Scene): readonly Paragraph[] {
  const ofBook = remember(FOR_KIND, scene.book, () => new Map<Matches, Map<string, readonly Paragraph[]>>());
  const ofNode = remember(ofBook, c, () => new Map<string, readonly Paragraph[]>());
  const { "item.kind": kind, "item.family": family } = scene.facts;
  return remember(ofNode, `${scene.date} ${String(kind)} ${String(family)}`, () => {
    const known = {
      ...(kind !== undefined && { "item.kind": kind }),
      ...(family !== undefined && { "item.family": family }),
    };
    const alone: Scene = { ...scene, facts: known };
    const ids = new Set(c.codes.flatMap((code) => paragraphsUnder(scene.book, code)));
    return [...ids].flatMap((id): Paragraph[] => {
      const when = versionAt(scene.book.terms.get(id)?.versions ?? [], scene.date)?.when;
      return when && evaluate(when, sceneOf(id, alone)) !== false ? [{ id, when }] : [];
    });
  });
}

/** Truth of a condition; of paragraphs only those of the item's kind are read. */
function truthOf(c: Condition, scene: Scene): boolean | null {
  if (c.op !== "matches" || scene.facts["item.classified"] !== undefined) return evaluate(c, scene);
  let unknown = false;
  for (const { id, when } of paragraphsFor(c, scene)) {
    const truth = evaluate(when, sceneOf(id, scene));
    if (truth === true) return true;
    if (truth === null) unknown = true;
  }
  return unknown ? null : false;
}

function repairsOfAll(of: readonly Condition[], place: WordsPlace, scene: Scene, search: Search): Repair[] {
  let failed = -1;
  for (const [i, c] of of.entries()) {
    if (evaluate(c, scene) === true) continue;
    if (failed >= 0) return [];
    failed = i;
  }
  const c = of[failed];
  if (!c) return [];
  const at = within(place, failed);
  return [...repairsIn(c, at, scene, search), ...dropLimb(c, at, scene, search)];
}

/** Only words of the regime's own law are its to change. */
function repairsOfTerm(key: string, scene: Scene, search: Search): Repair[] {
  if (regimeOf(key) !== search.rule.regime) return [];
  const term = scene.book.terms.get(key);
  const version = term && versionAt(term.versions, scene.date);
  if (!version) return [];
  return repairsIn(version.when, { in: key, part: "when", path: [] }, sceneOf(key, scene), search);
}

type NumberTest = Extract<Condition, { readonly op: "number" | "formula" }>;

/** The bound moved just as far as the item needs; none where the item has no bound of its own on that side. */
function moveNumber(c: NumberTest, place: WordsPlace, scene: Scene, search: Search): Repair[] {
  const value = c.op === "number" ? numberOf(scene.facts, c.fact) : featureOf(c, scene.facts);
  if (!value) return [];
  const bounds = stretched(c.bounds, value, c.op === "formula");
  return bounds ? [words("number", c, { ...c, bounds }, place, search)] : [];
}

function numberOf(facts: Facts, fact: string): NumberRange | undefined {
  const value = facts[fact];
  return value !== undefined && isNumberRange(value) ? value : undefined;
}

/** The resolvable feature of an item whose wavelength and aperture are single numbers. */
function featureOf({ name, k }: Extract<Condition, { op: "formula" }>, facts: Facts): NumberRange | undefined {
  if (name !== "mrf") return undefined;
  const lambda = numberOf(facts, "litho.wavelength");
  const na = numberOf(facts, "litho.na");
  if (!lambda || !na || lambda.low !== lambda.high || na.low !== na.high || na.low <= 0) return undefined;
  const value = (k * lambda.low) / na.low;
  return { low: value, high: value, lowIncluded: true, highIncluded: true };
}

function stretched(bounds: NumberRange, value: NumberRange, inTenths: boolean): NumberRange | undefined {
  let out = bounds;
  if (value.low < out.low || (value.low === out.low && value.lowIncluded && !out.lowIncluded)) {
    const low = inTenths ? Math.floor(value.low * 10) / 10 : value.low;
    out = { ...out, low, lowIncluded: value.lowIncluded };
  }
  if (value.high > out.high || (value.high === out.high && value.highIncluded && !out.highIncluded)) {
    const high = inTenths ? Math.ceil(value.high * 10) / 10 : value.high;
    out = { ...out, high, highIncluded: value.highIncluded };
  }
  // A bound moved to infinity is a limb dropped.
  const gone =
    (Number.isFinite(bounds.low) && out.low === -Infinity) || (Number.isFinite(bounds.high) && out.high === Infinity);
  return out !== bounds && !gone && isWithin(value, out) ? out : undefined;
}

/**
 * A limb that shuts the item out, or a part of it, taken out of a list of limbs: a yes or no, or a number. A limb that says
 * what kind of thing it is makes the entry what it is.
 */
function dropLimb(c: Condition, place: WordsPlace, scene: Scene, search: Search): Repair[] {
  const step = evaluate(c, scene) === null ? "widening" : "exclusion";
  const facts = factsOf(c, scene);
  const isLimb = (name: string) => {
    const fact = scene.book.facts.get(name);
    const isQuality = fact?.type === "boolean" || fact?.type === "quantity";
    return fact?.role === "item" && isQuality && !LAYER_FACTS.has(name);
  };
  return facts.size > 0 && [...facts].every(isLimb) ? [words(step, c, ALWAYS, place, search)] : [];
}

/** A limb of the rule itself: dropped where it is about the end use, widened where it names layers or places. */
function wholeLimb(c: Condition, place: WordsPlace, scene: Scene, search: Search): Repair[] {
  if (place.path.length === 0 && place.part === "when") return [];
  const facts = factsOf(c, scene);
  if (facts.size === 0) return [];
  const only = (set: ReadonlySet<string>) => [...facts].every((f) => set.has(f));
  if (only(END_USE_FACTS)) return [words("layer", c, ALWAYS, place, search)];
  if (only(LAYER_FACTS)) return widened(c, [...facts].sort(), place, scene, search);
  return only(PLACE_FACTS) ? reachedAbroad(c, place, scene, search) : [];
}

/** The limb, or the headquarters of the end user where the limb would hold at its home. */
function reachedAbroad(c: Condition, place: WordsPlace, scene: Scene, search: Search): Repair[] {
  const { "endUser.headquarters": owner } = scene.facts;
  if (typeof owner !== "string") return [];
  const atHome: Scene = { ...scene, facts: { ...scene.facts, destination: owner, "facility.location": owner } };
  if (evaluate(c, atHome) !== true) return [];
  const test: Condition = { op: "is", fact: "endUser.headquarters", value: owner };
  return [words("layer", c, { op: "any", of: [c, test] }, place, search)];
}

/** The limb, or what the transaction hands over. */
function widened(c: Condition, facts: readonly string[], place: WordsPlace, scene: Scene, search: Search): Repair[] {
  const tests = facts.flatMap((fact): Condition[] => {
    const value = scene.facts[fact];
    return typeof value === "string" || typeof value === "boolean" ? [{ op: "is", fact, value }] : [];
  });
  if (tests.length === 0) return [];
  const added: Condition = tests.length === 1 ? tests[0]! : { op: "all", of: tests };
  return [words("layer", c, { op: "any", of: [c, added] }, place, search)];
}

function words(step: MendStep, was: Condition, to: Condition, place: WordsPlace, { rule, book }: Search): Repair {
  const text = (c: Condition) => formatCondition(c, book.facts);
  return { step, change: { change: "words", rule: rule.id, ...place, was: text(was), becomes: text(to) }, to };
}

const MENTIONED = new WeakMap<RuleBook, Map<string, Map<Condition, ReadonlySet<string>>>>();

/** Facts that a condition looks at, in the definitions and paragraphs that it names too; a set with a name of no fact if one is not held. */
function factsOf(c: Condition, scene: Scene): ReadonlySet<string> {
  const ofBook = remember(MENTIONED, scene.book, () => new Map<string, Map<Condition, ReadonlySet<string>>>());
  const ofDay = remember(ofBook, scene.date, () => new Map<Condition, ReadonlySet<string>>());
  return remember(ofDay, c, () => new Set(mentioned(c, scene, new Set())));
}

function mentioned(c: Condition, scene: Scene, seen: Set<string>): string[] {
  switch (c.op) {
    case "all":
    case "any":
      return c.of.flatMap((x) => mentioned(x, scene, seen));
    case "not":
      return mentioned(c.of, scene, seen);
    case "term":
      return mentionedByTerm(`${scene.regime}/${c.name}`, scene, seen);
    case "matches":
      return [
        "item.classified",
        ...c.codes.flatMap((code) =>
          paragraphsUnder(scene.book, code).flatMap((id) => mentionedByTerm(id, scene, seen)),
        ),
      ];
    case "formula":
      return ["litho.wavelength", "litho.na"];
    case "same":
      return [c.fact, c.other];
    default:
      return [c.fact];
  }
}

function mentionedByTerm(key: string, scene: Scene, seen: Set<string>): string[] {
  if (seen.has(key)) return [];
  seen.add(key);
  const term = scene.book.terms.get(key);
  const version = term && versionAt(term.versions, scene.date);
  return version ? mentioned(version.when, sceneOf(key, scene), seen) : [`text of ${key}`];
}
