import type { IsoDate } from "../../domain/dates.ts";
import { remember } from "../../domain/remember.ts";
import type { State } from "../../domain/states.ts";
import type { Layer } from "../../domain/verdicts.ts";
import type { Facts } from "../condition.ts";
import type { Scene } from "../kleene.ts";
import type { Prepared } from "../specialise.ts";
import { ClassLaw, type ClassQuestion, type LabelledRegion, settleClass } from "./compare.ts";
import { prepareSide, residualsOf, type Side, SideSettler } from "./control.ts";
import type { Aspect, FoundGap, GapClass, GapQuestion } from "./gap.ts";
import { daysOfChange } from "./law-changes.ts";
import { allStates, type Dimension, followingFacts, scopeAxis } from "./scope.ts";
import { scopeBetween, scopeByMaker, scopeWithin } from "./scope-gaps.ts";
import { SharedConditions } from "./shared-conditions.ts";
import { sinceWhen, timeDifferences } from "./time-gaps.ts";

/** A side with its law prepared once for all classes. */
interface ReadySide extends Side {
  readonly prepared: readonly (Prepared | null)[];
}

/** A question with what its classes, states and transactions share. */
interface Search extends GapQuestion {
  readonly shared: SharedConditions;
}

/** Laws of classes of which the same is left. */
type Laws = Map<string, ClassLaw>;

const NONE_OPEN: ReadonlySet<string> = new Set();

/** Every region in which the law of one of the states goes further than that of another: complete and disjoint for each class, transaction and pair. */
export function findGaps(asked: GapQuestion): FoundGap[] {
  const question: Search = { ...asked, shared: new SharedConditions() };
  const aspects = question.aspects.map((aspect) => ({ aspect, sides: sidesOf(question, aspect) }));
  const wide = question.wide ? [destinationSides, actSides, makerSides].flatMap((make) => make(question)) : [];
  const laws: Laws = new Map();
  const histories = question.wide ? historySides(question) : undefined;
  return question.classes.flatMap((cls) => [
    ...aspectGaps(question, cls, aspects, laws),
    ...wide.flatMap((w) => w(cls)),
    ...(histories?.(cls) ?? []),
  ]);
}

function ready(question: Search, side: Side, open: ReadonlySet<string> = NONE_OPEN): ReadySide {
  return { ...side, prepared: prepareSide(question.book, side, open, question.shared) };
}

function sidesOf(question: Search, { probe, goods }: Aspect): ReadySide[] {
  const { date, target } = question;
  return question.states.map((state) => {
    const supplier = goods === "own" ? question.goodsOf(state) : question.makerAbroad(state);
    const regimes = goods === "own" ? question.regimesOf(state, date) : [state];
    return ready(question, { state, regimes, date, transaction: question.transaction(probe, supplier, target) });
  });
}

function classQuestion({ book, shared }: Search, { item }: GapClass, sides: readonly ReadySide[]): ClassQuestion {
  return { book, item, sides, prepared: sides.map((s) => s.prepared), shared };
}

/** The law for a class; classes of which it leaves the same have one. */
function classLaw(question: Search, cls: GapClass, sides: readonly ReadySide[], laws: Laws): ClassLaw {
  const asked = classQuestion(question, cls, sides);
  const settled = settleClass(asked);
  return remember(laws, settled.key, () => new ClassLaw(asked, settled));
}

/** All aspects of a class in one space: laws that do not tell two transactions apart are compared once. */
function aspectGaps(
  question: Search,
  cls: GapClass,
  aspects: readonly { readonly aspect: Aspect; readonly sides: readonly ReadySide[] }[],
  laws: Laws,
): FoundGap[] {
  const sides = aspects.flatMap((a) => a.sides);
  const law = classLaw(question, cls, sides, laws);
  const count = question.states.length;
  return aspects.flatMap(({ aspect }, k) => {
    const layers: ReadonlySet<Layer> = new Set(aspect.layers);
    return pairsOf(count).flatMap(([i, j]) => {
      const [a, b] = [k * count + i, k * count + j];
      return law.differences(a, b, layers).map((r) => gapOf(law, cls, aspect, r, { a, b, sides }));
    });
  });
}

/** Every ordered pair of two different numbers below `count`. */
function pairsOf(count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j): [number, number] => [i, j]).filter(([, j]) => i !== j),
  ).flat();
}

interface Pairing {
  readonly a: number;
  readonly b: number;
  readonly sides: readonly ReadySide[];
}

function gapOf(
  law: ClassLaw,
  cls: GapClass,
  { probe, goods }: Pick<Aspect, "probe" | "goods">,
  r: LabelledRegion,
  { a, b, sides }: Pairing,
): FoundGap {
  const side = (n: number) => {
    const { regimes, transaction, prepared } = sides[n]!;
    return {
      regimes,
      prepared,
      get facts(): Facts {
        return { ...transaction, ...cls.item, ...law.witnessFacts(r, cls.item, n, [a, b]) };
      },
    };
  };
  return {
    kind: r.kind,
    class: cls.id,
    layer: r.layer,
    probe,
    goods,
    by: sides[a]!.state,
    rule: r.rule,
    notBy: sides[b]!.state,
    region: r.region,
    get witness() {
      return law.witnessFacts(r, cls.item, a, [a, b]);
    },
    sides: { by: side(a), notBy: side(b) },
    ...(r.detail !== undefined && { detail: r.detail }),
  };
}

/** Finds gaps of one kind in a class. */
type Finder = (cls: GapClass) => FoundGap[];

/** The sides of a dimension that is open, and how a class's space is cut along it. */
function openDimension(question: Search, sides: readonly Side[], dimension: Dimension) {
  const following = followingFacts(dimension, sides.length);
  const prepared = sides.map((s) => ready(question, s, following));
  const scenes = (item: Facts) =>
    sides.map(
      (s): Scene => ({ book: question.book, regime: s.state, date: s.date, facts: { ...s.transaction, ...item } }),
    );
  const open = (item: Facts) => {
    const all = scenes(item);
    const settler = new SideSettler(question.shared, following);
    const residuals = prepared.map((s, i) => residualsOf(settler.settle(s.prepared, all[i]!)));
    return scopeAxis(dimension, following, all, residuals);
  };
  return {
    prepared,
    law: (cls: GapClass) => new ClassLaw({ ...classQuestion(question, cls, prepared), scope: open(cls.item) }),
  };
}

const LIST_PROBE = "civil-fab";
const LIST_ASPECT = { probe: LIST_PROBE, goods: "own" } as const;

/** Destinations: what both control to the target, and one of them to no more states. */
function destinationSides(question: Search): Finder[] {
  const { states, target, date } = question;
  const suppliers = states.map((s) => question.goodsOf(s));
  const sides = states.map((state, i): Side => {
    const transaction = question.transaction(LIST_PROBE, suppliers[i]!, target);
    return { state, regimes: question.regimesOf(state, date), date, transaction };
  });
  const { prepared, law } = openDimension(question, sides, {
    id: "destination",
    candidates: [target, ...allStates().filter((s) => s !== target)],
    facts: (side, value) => question.transaction(LIST_PROBE, suppliers[side]!, value as State),
    apart: [target, ...suppliers],
  });
  return [
    (cls) => {
      const of = law(cls);
      return pairsOf(states.length).flatMap(([a, b]) =>
        scopeBetween(of, a, b, target)
          .flatMap((r) => withoutValues(r, "destination", new Set([suppliers[a]!, suppliers[b]!])))
          .map((r) => gapOf(of, cls, LIST_ASPECT, r, { a, b, sides: prepared })),
      );
    },
  ];
}

/** The region without some values of a dimension; nothing where none is left. The witness's own value has to stay. */
function withoutValues(r: LabelledRegion, id: string, gone: ReadonlySet<string>): LabelledRegion[] {
  const values = r.region[id];
  if (values === undefined || !("in" in values)) return [r];
  const left = values.in.filter((v) => typeof v !== "string" || !gone.has(v));
  return left.length === 0 ? [] : [{ ...r, region: { ...r.region, [id]: { in: left } } }];
}

/** What an act is compared with: showing know-how to a foreigner at home with sending it, all others with exporting the goods. */
const BASE_ACTS: Readonly<Record<string, string>> = {
  technology: "export",
  software: "export",
  servicing: "export",
  brokering: "export",
  "deemed-export": "technology",
};

/** Acts: what a state controls when it is exported or sent, and not when it is serviced, brokered or shown at home. */
function actSides(question: Search): Finder[] {
  const { states, target, date } = question;
  const sides = states.map((state): Side => {
    const transaction = question.transaction(LIST_PROBE, question.goodsOf(state), target);
    return { state, regimes: question.regimesOf(state, date), date, transaction };
  });
  const acts = ["export", ...Object.keys(BASE_ACTS)];
  const { prepared, law } = openDimension(question, sides, {
    id: "activity",
    candidates: acts,
    facts: (side, value) => ({ ...sides[side]!.transaction, activity: value }),
    apart: acts,
  });
  return [
    (cls) => {
      const of = law(cls);
      return states.flatMap((_, s) =>
        scopeWithin(of, s, BASE_ACTS).map((r) => gapOf(of, cls, LIST_ASPECT, r, { a: s, b: s, sides: prepared })),
      );
    },
  ];
}

/** Makers: whose goods a state's law reaches abroad, and whose it leaves free. */
function makerSides(question: Search): Finder[] {
  const { states, target, date } = question;
  return [LIST_PROBE, "listed-fab"].flatMap((probe): Finder[] => {
    const sides = states.map((state): Side => {
      const transaction = question.transaction(probe, question.makerAbroad(state), target);
      return { state, regimes: [state], date, transaction };
    });
    const { prepared, law } = openDimension(question, sides, {
      id: "from",
      candidates: allStates(),
      facts: (_, value) => question.transaction(probe, value as State, target),
      apart: [target, ...states],
    });
    // Law that reaches no goods of a third state reaches none from abroad.
    const reaching = sides.flatMap((s, i) =>
      ready(question, s).prepared.some((p) => (p?.rules.length ?? 0) > 0) ? [i] : [],
    );
    return [
      (cls) => {
        if (reaching.length === 0) return [];
        const of = law(cls);
        return reaching.flatMap((s) =>
          scopeByMaker(of, s, new Set([target, states[s]!])).map((r) =>
            gapOf(of, cls, { probe, goods: "foreign" }, withoutValues(r, "from", new Set([target, states[s]!]))[0]!, {
              a: s,
              b: s,
              sides: prepared,
            }),
          ),
        );
      },
    ];
  });
}

/** Days: what both control now, and one of them later than the other. */
function historySides(question: Search): Finder {
  const { book, states, target, date } = question;
  const sides: ReadySide[] = [];
  const histories = states.map((state) => {
    const supplier = question.goodsOf(state);
    const days: readonly IsoDate[] = daysOfChange(book, [...new Set(question.regimesOf(state, date))], date);
    const numbers = days.map((day) => {
      const transaction = question.transaction(LIST_PROBE, supplier, target);
      return (
        sides.push(ready(question, { state, regimes: question.regimesOf(state, day), date: day, transaction })) - 1
      );
    });
    return { days, sides: numbers };
  });
  const laws: Laws = new Map();
  return (cls) => {
    const law = classLaw(question, cls, sides, laws);
    const since = histories.map((h) => sinceWhen(law, h));
    return pairsOf(states.length).flatMap(([i, j]) => {
      const [a, b] = [
        { history: histories[i]!, since: since[i]! },
        { history: histories[j]!, since: since[j]! },
      ];
      const [now, then] = [a.history.sides.at(-1)!, b.history.sides.at(-1)!];
      return timeDifferences(law, a, b).map((r) => gapOf(law, cls, LIST_ASPECT, r, { a: now, b: then, sides }));
    });
  };
}
