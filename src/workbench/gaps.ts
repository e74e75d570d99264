import { parseCase, unknownState } from "../closure/parse-case.ts";
import { probeFacts } from "../closure/probe-facts.ts";
import { type IsoDate, parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { quantity } from "../domain/quantities.ts";
import { remember } from "../domain/remember.ts";
import { parseState, type State } from "../domain/states.ts";
import { LAYERS, type Layer, weakest } from "../domain/verdicts.ts";
import { findRule, type RuleBook, unionsOf } from "../law/book.ts";
import { type Facts, type FactValue, isNumberRange } from "../law/condition.ts";
import { closeClaims } from "../law/facts.ts";
import { findGaps } from "../law/gaps/find-gaps.ts";
import { ASPECTS, type Aspect, type FoundGap, type GapQuestion, type GapSide } from "../law/gaps/gap.ts";
import type { Gap, GapClause, GapsResult, ShortClause } from "../law/gaps/gaps-result.ts";
import { clausesThatHold, nearestClauses } from "../law/gaps/nearest-clause.ts";
import { judgePrepared } from "../law/judge.ts";
import { ENGINE } from "./engine.ts";
import { type GapClasses, readGapClasses } from "./gap-classes.ts";
import { hashText } from "./hash.ts";
import type { Library } from "./store.ts";

/** What may be asked about gaps. */
export interface GapsOptions {
  readonly between: readonly string[];
  /** Kinds of items, or classes, groups or types of the packs; left out: every kind that rules and packs know. */
  readonly classes?: readonly string[];
  /** Left out: the oldest day on which the law of these states was last compared with its sources. */
  readonly asOf?: string;
  readonly target?: string;
  /** One standard transaction instead of all that layers are about; scope and time are then left out. */
  readonly probe?: string;
  /** The case whose packs, target and parties are used. */
  readonly case: string;
}

/** Every region in which one of these states controls and another does not. Throws InputError with every problem. */
export function answerGaps(options: GapsOptions, library: Library): GapsResult {
  const { book, hash } = library.book();
  const { question, known, dataHash } = readGapQuestion(options, library);
  const found = findGaps(question);
  const rows = inOrder(merged(found), question).map((group) => gapRow(group, book, known));
  const numbered = numberRows(rows);
  const [gaps, undetermined] = [numbered.filter(isGap), numbered.filter((g) => !isGap(g))];
  const counts: Record<string, number> = {};
  for (const g of numbered) counts[g.kind] = (counts[g.kind] ?? 0) + 1;
  return {
    schema: "entente/gaps@1",
    asOf: question.date,
    target: question.target,
    between: question.states,
    complete: true,
    aspects: question.aspects.map(({ probe, goods }) => ({ probe, goods, title: book.probes.get(probe)!.title })),
    classes: question.classes.map((c) => c.id),
    counts,
    gaps,
    undetermined,
    digest: { rules: hash, data: dataHash, engine: hashText(ENGINE) },
    notModelled: NOT_MODELLED,
  };
}

function isGap(g: Gap): boolean {
  return g.kind !== "undetermined";
}

const NOT_MODELLED = [
  "a tool designed for several of the purposes that lists name: regions name one purpose, and what is listed for one stays listed",
  "list codes that somebody assigned: the paragraphs' own words decide",
  "how licences are really decided: only what the text requires is compared",
];

/** What is asked, checked, with what it is asked about. */
export interface ReadGapQuestion {
  readonly question: GapQuestion;
  readonly known: GapClasses;
  readonly dataHash: string;
}

/** The options as a question to the law. Throws InputError with every problem. */
export function readGapQuestion(options: GapsOptions, library: Library): ReadGapQuestion {
  const { book } = library.book();
  const base = parseCase(library.caseFile(options.case));
  const problems: Problem[] = [];
  const state = (text: string, file: string): State => {
    const s = parseState(text);
    if (!s) problems.push({ ...unknownState(text), at: { file } });
    return s ?? (text as State);
  };
  const states = [...new Set(options.between.map((s) => state(s, "--between")))];
  if (states.length < 2 && problems.length === 0) {
    const hint = "name two states or more, joined by commas: --between USA,JPN";
    problems.push({ code: "bad-value", message: "nothing to compare", hint, at: { file: "--between" } });
  }
  const target = options.target === undefined ? base.target : state(options.target, "--target");
  const date = readDay(options.asOf, states, book, problems);
  if (options.probe !== undefined && !book.probes.has(options.probe)) problems.push(unknownProbe(options.probe, book));
  if (!date || problems.length > 0) throw new InputError(problems);
  const known = readGapClasses(library, base, date, options.classes);
  const { cast } = base;
  const aspects: readonly Aspect[] =
    options.probe === undefined ? ASPECTS : [{ probe: options.probe, goods: "own", layers: LAYERS }];
  const transactions = new Map<string, Facts>();
  const question: GapQuestion = {
    book,
    date,
    target,
    states,
    classes: known.classes,
    aspects,
    wide: options.probe === undefined,
    transaction: (probe, supplier, to) =>
      remember(transactions, `${probe} ${supplier} ${to}`, () =>
        // A saving clause counts for whoever claims it, and standard transactions claim none.
        closeClaims(book.facts, probeFacts(book.probes.get(probe)!, supplier, { book, date, target: to, cast })),
      ),
    goodsOf: (s) => memberFor(book, s, date),
    makerAbroad: (s) => (cast.third === s ? cast.ally : cast.third),
    regimesOf: (s, day) => [s, ...unionsOf(book, s, day)],
  };
  return { question, known, dataHash: known.hash };
}

/** A Union's goods are those of a member, the first by code that has no law of its own in the book. */
function memberFor(book: RuleBook, state: State, date: IsoDate): State {
  const union = book.unions.find((u) => u.id === state);
  if (!union) return state;
  const members = [...new Set(union.members.map((m) => m.state))].sort();
  const bound = members.filter((m) => unionsOf(book, m, date).includes(state));
  return bound.find((m) => !book.regimes.has(m)) ?? bound[0] ?? state;
}

function readDay(
  asOf: string | undefined,
  states: readonly State[],
  book: RuleBook,
  problems: Problem[],
): IsoDate | undefined {
  if (asOf !== undefined) {
    const day = parseDate(asOf);
    if (!day) {
      const message = `\`${asOf}\` is no calendar day`;
      problems.push({ code: "bad-date", message, hint: "write YYYY-MM-DD", at: { file: "--as-of" } });
    }
    return day;
  }
  const asked = new Set([
    ...states,
    ...book.unions.filter((u) => u.members.some((m) => states.includes(m.state))).map((u) => u.id),
  ]);
  const days = [...asked].flatMap((s) => book.regimes.get(s)?.checkedOn ?? []).sort();
  return days[0] ?? [...book.regimes.values()].map((r) => r.checkedOn).sort()[0];
}

function unknownProbe(probe: string, book: RuleBook): Problem {
  const guess = nearest(probe, book.probes.keys());
  const hint = guess ? `did you mean \`${guess}\`?` : `probes: ${[...book.probes.keys()].join(", ")}`;
  return { code: "unknown-probe", message: `no probe is called \`${probe}\``, hint, at: { file: "--probe" } };
}

/** A region with every state whose law stops short of it in the same way. */
interface Group {
  readonly found: FoundGap;
  readonly notBy: readonly { readonly state: State; readonly side: GapSide }[];
}

function merged(found: readonly FoundGap[]): Group[] {
  const groups = new Map<string, { readonly found: FoundGap; readonly notBy: Group["notBy"][number][] }>();
  for (const f of found) {
    const { kind, class: cls, layer, probe, goods, by, rule, region, detail } = f;
    const key = JSON.stringify([kind, cls, layer, probe, goods, by, rule, region, detail]);
    const group = remember(groups, key, () => ({ found: f, notBy: [] }));
    group.notBy.push({ state: f.notBy, side: f.sides.notBy });
  }
  return [...groups.values()];
}

const KINDS = ["control", "policy", "scope", "time", "undetermined"];

function inOrder(groups: readonly Group[], { classes, states }: GapQuestion): Group[] {
  const classOrder = new Map(classes.map((c, i) => [c.id, i]));
  const rank = ({ found: f }: Group): readonly number[] => [
    KINDS.indexOf(f.kind),
    classOrder.get(f.class)!,
    states.indexOf(f.by),
    LAYERS.indexOf(f.layer),
  ];
  return groups
    .map((group, i) => ({ group, key: [...rank(group), i] }))
    .sort((a, b) => a.key.map((x, k) => x - b.key[k]!).find((d) => d !== 0) ?? 0)
    .map(({ group }) => group);
}

type Row = Omit<Gap, "id">;

function numberRows(rows: readonly Row[]): Gap[] {
  const counted = new Map<string, number>();
  return rows.map((row) => {
    const stem = `${row.class}/${row.probe}/${row.kind}/${row.controlledBy[0]!.state}`;
    const n = (counted.get(stem) ?? 0) + 1;
    counted.set(stem, n);
    return Object.defineProperties({ id: `${stem}/${n}` }, Object.getOwnPropertyDescriptors(row)) as Gap;
  });
}

/** A row of the result; what explains it is worked out when it is read. */
function gapRow({ found: f, notBy }: Group, book: RuleBook, known: GapClasses): Row {
  let clause: GapClause | undefined;
  let short: readonly ShortClause[] | undefined;
  const [from, until] = f.kind === "time" ? f.detail!.split(" ") : [];
  return {
    kind: f.kind,
    class: f.class,
    classes: known.packClasses.get(f.class) ?? [],
    layer: f.layer,
    probe: f.probe,
    goods: f.goods,
    region: f.region,
    controlledBy: [{ state: f.by, rule: f.rule }],
    notBy: notBy.map((n) => n.state),
    get witness() {
      return Object.fromEntries(Object.entries(f.witness).map(([name, v]) => [name, plainValue(name, v, book)]));
    },
    get evidence() {
      return this.clause.evidence;
    },
    ...(from && until && { since: { controlled: from as IsoDate, notUntil: until as IsoDate } }),
    ...(f.kind === "scope" && f.detail !== undefined && { elsewhere: f.detail.split(" ") }),
    get clause() {
      clause ??= clauseOf(f, book);
      return clause;
    },
    get stopsShort() {
      short ??= notBy.map((n) => shortClause(n, f.layer, book));
      return short;
    },
  };
}

function plainValue(name: string, v: FactValue, book: RuleBook): unknown {
  if (!isNumberRange(v)) return v;
  const unit = book.facts.get(name)?.unit;
  const one = unit === undefined ? 1 : (quantity(1, unit)?.value ?? 1);
  const amount = (n: number) => (one === 1 ? n : Number((n / one).toPrecision(15)));
  return v.low === v.high ? amount(v.low) : [amount(v.low), amount(v.high)];
}

function clauseOf(f: FoundGap, book: RuleBook): GapClause {
  const rule = findRule(book, f.rule)!;
  // A difference in scope is explained where the rule does control.
  const side = f.sides.by;
  const prepared = side.prepared.find((p) => p?.regime.id === rule.regime);
  const finding = prepared && judgePrepared(prepared, side.facts).findings.find((x) => x.rule === f.rule);
  const held = clausesThatHold(book, rule, rule.regime, side);
  const cite = finding?.cite ?? rule.versions.at(-1)!.cite;
  return {
    state: f.by,
    rule: f.rule,
    title: rule.title,
    paragraphs: held.map((h) => h.clause),
    act: cite.act,
    at: cite.at,
    source: cite.source,
    evidence: finding?.evidence ?? weakest([cite.evidence, ...held.map((h) => h.cite.evidence)])!,
  };
}

function shortClause({ state, side }: Group["notBy"][number], layer: Layer, book: RuleBook): ShortClause {
  const nearest = nearestClauses(book, side, layer).map(({ rule, clause, cite, failed }) => ({
    rule,
    ...(clause !== undefined && { paragraph: clause }),
    act: cite.act,
    at: cite.at,
    failed,
  }));
  const answers = side.prepared.map((p) => p && judgePrepared(p, side.facts));
  const holes = answers.flatMap((a) =>
    a === null ? ["no text of its law is held for that day"] : a.holes.map((h) => h.why),
  );
  const exceptions = answers.flatMap((a) =>
    (a?.findings ?? []).flatMap((f) => (f.atMost === 0 ? f.exceptions.filter((e) => e.applies === true) : [])),
  );
  return { state, nearest, exceptions: exceptions.map((e) => ({ id: e.id, at: `${e.cite.act} ${e.cite.at}` })), holes };
}
