import type { IsoDate } from "../domain/dates.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import { type Evidence, type Grade, LAYERS, type Layer, weakest } from "../domain/verdicts.ts";
import { type RuleBook, unionsOf } from "../law/book.ts";
import type { Facts } from "../law/condition.ts";
import { judgePrepared, type RegimeAnswer, unheld } from "../law/judge.ts";
import { type Prepared, prepare } from "../law/specialise.ts";
import type { Assessment, CellCite, CellResult, UsedSource } from "./assessment.ts";
import { describeCell, mergeViews, type View } from "./cell.ts";
import { type ProbeSetting, probeFacts } from "./probe-facts.ts";

/** What one row judges: a variant of a class, or the whole class where it has none. */
export interface MatrixItem {
  /** `class` or `class/variant`. */
  readonly id: string;
  readonly name: string;
  readonly facts: Facts;
}

/** A row: a group of items, or one class. */
export interface MatrixGroup {
  readonly id: string;
  readonly items: readonly MatrixItem[];
}

export interface MatrixQuestion extends ProbeSetting {
  readonly groups: readonly MatrixGroup[];
  readonly states: readonly State[];
  /** One probe for every layer, instead of the one that each layer is about. */
  readonly probe?: string;
}

/** The transaction by which a layer is judged: under which probe, and whose goods. */
export interface LayerProbe {
  readonly probe: string;
  /** The state's own goods, or goods that a third state makes and sends. */
  readonly goods: "own" | "foreign";
}

/**
 * Each layer is judged by the standard transaction that it is about and that starts no other end-user or end-use rule: a
 * mature plant nobody lists shows what lists do, a listed plant what listings add. Rules on foreign products and on content are
 * about goods made elsewhere, sent to a listed plant, since such rules name destinations or listed parties.
 */
export const LAYER_PROBES: Readonly<Record<Layer, LayerProbe>> = {
  list: { probe: "civil-fab", goods: "own" },
  "end-user": { probe: "listed-fab", goods: "own" },
  "end-use": { probe: "advanced-fab", goods: "own" },
  services: { probe: "servicing", goods: "own" },
  "foreign-product": { probe: "listed-fab", goods: "foreign" },
  "de-minimis": { probe: "listed-fab", goods: "foreign" },
};

/** An item of a cell that is not simply open. */
export interface MatrixItemResult {
  readonly id: string;
  readonly name: string;
  readonly grade: Grade;
  readonly possible: Grade;
  readonly rules: readonly string[];
}

/** One group x state x layer. */
export interface MatrixCell {
  readonly group: string;
  readonly state: State;
  readonly layer: Layer;
  /** What holds for every item of the group: its weakest certain grade. */
  readonly grade: Grade;
  /** The strongest certain grade of an item of the group; `open` where nothing is certain. */
  readonly some: Grade;
  /** The strongest grade that missing facts, missing text or unknown practice leave possible for an item. */
  readonly possible: Grade;
  /** Rules behind the certain grades, or where none is certain those that could apply. */
  readonly rules: readonly string[];
  readonly cites: readonly CellCite[];
  /** The weakest evidence behind them. */
  readonly evidence: Evidence | null;
  readonly practice: readonly string[];
  readonly missing: readonly string[];
  readonly holes: readonly string[];
  readonly probe: string;
  /** Whose goods were judged. */
  readonly goodsOf: State;
  /** Items judged, and those of them that are not open. */
  readonly itemCount: number;
  readonly items: readonly MatrixItemResult[];
}

/** The table with what went into it. */
export interface Matrix {
  readonly schema: "entente/matrix@1";
  readonly asOf: IsoDate;
  readonly target: State;
  readonly groups: readonly string[];
  readonly states: readonly State[];
  /** How each layer was judged. */
  readonly layers: readonly (LayerProbe & { readonly layer: Layer; readonly title: string })[];
  readonly rows: readonly MatrixCell[];
  readonly sources: readonly UsedSource[];
  readonly digest: Assessment["digest"];
  readonly notModelled: readonly string[];
}

/** Every group x state x layer: rows in the order of the groups, then states, then layers. */
export function calcMatrix(question: MatrixQuestion): MatrixCell[] {
  const judges = new Map(
    question.states.map((state) => [state, LAYERS.map((layer) => layerJudge(question, state, layer))]),
  );
  return question.groups.flatMap((group) =>
    question.states.flatMap((state) => judges.get(state)!.map((judge) => groupCell(group, judge))),
  );
}

interface LayerJudge {
  readonly state: State;
  readonly layer: Layer;
  readonly probe: string;
  readonly goodsOf: State;
  readonly judge: (item: Facts) => CellResult;
}

function layerJudge(question: MatrixQuestion, state: State, layer: Layer): LayerJudge {
  const { book, date } = question;
  const { goods } = LAYER_PROBES[layer];
  const probe = question.probe ?? LAYER_PROBES[layer].probe;
  const definition = book.probes.get(probe);
  if (!definition) throw new RangeError(`no probe \`${probe}\``);
  const union = book.unions.some((u) => u.id === state);
  const goodsOf = goods === "foreign" ? makerAbroad(question, state) : union ? memberOf(book, state, date) : state;
  const facts = probeFacts(definition, goodsOf, question);
  const regimes: readonly State[] =
    goods === "own" ? [state, ...unionsOf(book, state, date)] : reachesAbroad(book, state) ? [state] : [];
  const prepared = regimes.map((r) => {
    const held = book.regimes.get(r);
    return { regime: r, prepared: held ? prepare(book, held, date, facts) : null };
  });
  const known = new Map<Facts, CellResult>();
  const judge = (item: Facts) =>
    remember(known, item, () => describeCell(mergeViews(prepared.map((p) => viewOf(p, state, item, layer, goods)))));
  return { state, layer, probe, goodsOf, judge };
}

function viewOf(
  { regime, prepared }: { readonly regime: State; readonly prepared: Prepared | null },
  state: State,
  item: Facts,
  layer: Layer,
  goods: LayerProbe["goods"],
): View {
  const answer = prepared ? judgePrepared(prepared, item) : unheld(regime, `no text of ${regime} law is held`);
  const reach = goods === "foreign" ? "foreign" : regime === state ? "own" : "union";
  return { answer: onlyLayer(answer, layer), reach };
}

/** Goods of the case's third state; where that is the state itself, those of the ally. */
function makerAbroad({ cast }: MatrixQuestion, state: State): State {
  return cast.third === state ? cast.ally : cast.third;
}

/** A member of the Union on that day, the first by code: its goods stand for what the Union's own law does. */
function memberOf(book: RuleBook, union: State, date: MatrixQuestion["date"]): State {
  const states = book.unions.find((u) => u.id === union)!.members.map((m) => m.state);
  return states.sort().find((s) => unionsOf(book, s, date).includes(union)) ?? union;
}

/** Law that reaches abroad is known by its text; a rule file that is lost may have reached anywhere. */
function reachesAbroad(book: RuleBook, regime: State): boolean {
  const held = book.regimes.get(regime);
  return held !== undefined && (held.rules.length > 0 || held.holes.some((h) => h.id.endsWith("/lost")));
}

/**
 * The answer as the rules of one layer leave it. Text that is not held could belong to any layer, so holes stay; practice
 * stays where the layer itself requires a licence.
 */
function onlyLayer(a: RegimeAnswer, layer: Layer): RegimeAnswer {
  const findings = a.findings.filter((f) => f.layer === layer);
  const atLeast = Math.max(0, ...findings.map((f) => f.atLeast)) as RegimeAnswer["atLeast"];
  const highest = Math.max(0, ...findings.map((f) => f.atMost)) as RegimeAnswer["atMost"];
  const { regime, verdict, holes, suspended } = a;
  return {
    regime,
    verdict,
    findings,
    atLeast,
    atMost: holes.length > 0 ? 5 : highest,
    holes,
    suspended,
    practice: highest > 0 ? a.practice : [],
    get missing() {
      return holes.length > 0
        ? a.missing
        : [...new Set(findings.flatMap((f) => (f.atMost > atLeast ? f.missing : [])))];
    },
  };
}

/** Grades from weakest to strongest; a grade that is not known may still be open. */
const STRENGTH: readonly Grade[] = ["open", "undetermined", "gated", "closed-in-practice", "closed"];

function strongest(grades: readonly Grade[]): Grade {
  return STRENGTH[Math.max(0, ...grades.map((g) => STRENGTH.indexOf(g)))]!;
}

function groupCell(group: MatrixGroup, { state, layer, probe, goodsOf, judge }: LayerJudge): MatrixCell {
  const results = group.items.map((item) => ({ item, result: judge(item.facts) }));
  const grades = results.map(({ result }) => result.grade);
  const certain = results.filter(({ result }) => STRENGTH.indexOf(result.grade) > 1).map(({ result }) => result);
  const carrying = certain.length > 0 ? certain : results.map(({ result }) => result);
  const cites = new Map(carrying.flatMap((r) => r.cites).map((c) => [c.rule, c]));
  return {
    group: group.id,
    state,
    layer,
    grade: STRENGTH[Math.min(STRENGTH.length - 1, ...grades.map((g) => STRENGTH.indexOf(g)))]!,
    some: strongest(certain.map((r) => r.grade)),
    possible: strongest(results.map(({ result }) => result.possible)),
    rules: union(carrying.map((r) => r.rules)),
    cites: [...cites.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1)),
    evidence: weakest(carrying.flatMap((r) => r.evidence ?? [])) ?? null,
    practice: union(carrying.map((r) => r.practice)),
    missing: union(results.map(({ result }) => result.missing)),
    holes: union(results.map(({ result }) => result.holes)),
    probe,
    goodsOf,
    itemCount: results.length,
    items: results.flatMap(({ item, result: r }) =>
      r.grade === "open"
        ? []
        : [{ id: item.id, name: item.name, grade: r.grade, possible: r.possible, rules: r.rules }],
    ),
  };
}

function union(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}
