import type { Case } from "../closure/case.ts";
import { unknownState } from "../closure/parse-case.ts";
import { InputError } from "../domain/errors.ts";
import { parseState, type State } from "../domain/states.ts";
import type { DeskEpisode, DeskResult, Relation, ReportedDependence, ReportedFigure } from "../economy/desk.ts";
import { episodesOf } from "../economy/episodes.ts";
import { dependences, exportsByHeading, importsFrom } from "../economy/exposure.ts";
import { leverageOver, purchasesFrom } from "../economy/leverage.ts";
import { type DeskClass, firmSales, lostSales, openings } from "../economy/lost-sales.ts";
import { resolveClasses } from "../supply/class-tree.ts";
import type { Figure, Item, Pack, TechnologyClass } from "../supply/pack.ts";
import { assessCase } from "./assess.ts";
import { buildContexts } from "./contexts.ts";
import { deskClasses, firmExposures } from "./desk-classes.ts";
import { deskSources } from "./desk-sources.ts";
import { dependenceOf, type SupplyQuestion, worldSupplies } from "./desk-supply.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import type { Overrides } from "./question.ts";
import type { Library } from "./store.ts";

/** Topic of figures that documents give of what a state stands to lose to a partner. */
const REPORTED_TOPIC = "State desk: as reported";
/** `figures.csv` rows whose metric begins so are parts of a state's imports by partner. */
const IMPORT_SHARE = "share of ";

/** From which part of the world the target counts as holding a product, and below which it counts as having to buy it. */
const HOLDS = 0.5;
const MUST_BUY = 0.25;

const NOT_MODELLED = [
  "prices, and what is sold instead: lost sales are sales of the year on record",
  "trade by way of third states; customs count by origin or by last port, exports of Singapore, Hong Kong and Malaysia include re-exports",
  "sales from plants of the state's firms in other states: customs count where goods leave, shares by headquarters who sells",
  "classes of which no row names the state, though part of their supply has no owner in the figures",
  "services, know-how, investment and visitors, except where an episode counts them",
  "whether a past measure would be taken again",
];

const FIRM_ASSUMPTION =
  "a firm sells the target as large a part of each class as of all that it sells, where its part is reported";

/** What a caller asks of the desk. */
export interface DeskRequest {
  readonly state: string;
  readonly case: string;
  readonly target?: string;
  readonly members?: readonly string[];
  readonly asOf?: string;
}

/**
 * What of the case the caller changes. Where another target is named and no members are, the state stands alone: the members of
 * the case are no coalition against it. Throws InputError when the state is unknown or its own target.
 */
export function deskOverrides(
  request: DeskRequest,
  target: State,
): { readonly state: State; readonly changes: Overrides } {
  const state = parseState(request.state);
  if (!state) throw new InputError([unknownState(request.state)]);
  const named = request.target === undefined ? undefined : parseState(request.target);
  const other = named !== undefined && named !== target;
  if ((named ?? target) === state) {
    const message = `\`${state}\` is the target of \`${request.case}\``;
    throw new InputError([{ code: "bad-value", message, hint: "name whose measures are feared with --target" }]);
  }
  const members = request.members ?? (other ? [state] : undefined);
  return {
    state,
    changes: {
      ...(request.target !== undefined && { target: request.target }),
      ...(members && { members }),
      ...(request.asOf !== undefined && { asOf: request.asOf }),
    },
  };
}

/** The desk of one state for a case: losses, openings, exposure, counter-leverage and past episodes. */
export function answerDesk(state: State, c: Case, library: Library): DeskResult {
  const isMember = c.members.includes(state);
  // One assessment says what a state that joins would adopt, and refuses what is wrong with the case.
  const assessment = assessCase({ ...c, candidates: isMember ? [] : [state], minimum: [] }, library);
  const adopts = isMember ? [] : (assessment.next.find((n) => n.state === state)?.adopts ?? []);
  const names = packsInOrder(c, library);
  const { pack, hash } = library.merged(names)!;
  const { target, members } = c;
  const q = { state, target, members, year: Number(c.asOf.slice(0, 4)) };
  const classes = classesOf(q, c, adopts, pack, library);
  const draft = {
    schema: "entente/desk@1" as const,
    question: { ...questionOf(c), state, isMember, adopts, classes: classes.length },
    sales: exportsByHeading(pack.trade, state, target, q.year),
    lost: {
      now: lostSales(classes, pack.trade, q, (x) => x.now),
      joined: lostSales(classes, pack.trade, q, (x) => x.joined),
      firms: firmSales(classes, firmExposures(pack.figures, classes, q), (x) => x.joined),
    },
    openings: openings(classes, pack.trade, q),
    reported: pack.figures.flatMap((f) => reportedFigure(f, state, target) ?? []),
    ...dependenceBothWays(q, pack),
    episodes: deskEpisodes(pack.figures, c, state),
    codes: classesByCode(pack.items, pack.classes),
    notices: pack.notice?.split("\n") ?? [],
    assumptions: [...assessment.assumptions, FIRM_ASSUMPTION],
    digest: { rules: library.book().hash, data: hash, engine: hashText(ENGINE) },
    notModelled: [...NOT_MODELLED, ...assessment.notModelled],
  };
  return {
    ...draft,
    sources: deskSources(
      draft,
      names.flatMap((name) => library.pack(name)?.pack ?? []),
    ),
  };
}

/** The leaf classes of the case with the law on them as it is and once the state has joined. */
function classesOf(q: SupplyQuestion, c: Case, adopts: readonly string[], pack: Pack, library: Library): DeskClass[] {
  const { book } = library.book();
  const { asOf: date, target, cast, members, adopt, probe } = c;
  const ofCase = library.merged(c.packs)!;
  const contexts = buildContexts(c, book, ofCase, resolveClasses(ofCase.pack, c.classes), []);
  const now = library.engine({ book, date, target, cast, members, adopt });
  const joined = members.includes(q.state) ? now : now.joinedBy(q.state, adopts);
  const leaves = contexts.filter((x) => x.cls.leaf);
  return deskClasses(leaves, { state: q.state, members, probe, year: q.year, now, joined }, pack);
}

function questionOf({ target, members, id, title, subject, asOf, probe }: Case) {
  return { target, members, case: id, title, subject, asOf, probe };
}

function dependenceBothWays(q: SupplyQuestion, pack: Pack): Pick<DeskResult, "exposure" | "leverage"> {
  const { state, target, members, year } = q;
  const supplies = worldSupplies(pack, q);
  return {
    exposure: {
      imports: importsFrom(pack.trade, state, target, year),
      reported: reportedDependences(pack.figures, state, target),
      world: dependences(supplies, HOLDS).map((s) => dependenceOf(s, pack, state)),
    },
    leverage: {
      purchases: purchasesFrom(pack.trade, target, members, state, year),
      world: leverageOver(supplies, MUST_BUY, HOLDS),
    },
  };
}

/** The packs of the case first, so that their figures win, then every other one. */
function packsInOrder(c: Case, library: Library): string[] {
  return [...c.packs, ...library.store.packNames().filter((name) => !c.packs.includes(name))];
}

function reportedFigure(f: Figure, state: State, target: State): ReportedFigure | undefined {
  if (f.topic !== REPORTED_TOPIC || f.state !== state || f.partner !== target) return undefined;
  return asReported(f);
}

function asReported(f: Figure): ReportedFigure {
  const { metric: what, value, unit, period, kind, source, note } = f;
  return { what, value, unit, period, kind, source, ...(note !== undefined && { note }) };
}

function reportedDependences(figures: readonly Figure[], state: State, target: State): ReportedDependence[] {
  return figures
    .filter((f) => f.state === state && f.partner === target && f.unit === "%" && f.value !== null)
    .filter((f) => f.metric.startsWith(IMPORT_SHARE) && f.metric.includes("imports"))
    .map((f): ReportedDependence => ({ ...asReported(f), ...(f.class !== undefined && { class: f.class }) }))
    .sort((a, b) => b.value!.low - a.value!.low || (a.what < b.what ? -1 : 1));
}

function deskEpisodes(figures: readonly Figure[], c: Case, state: State): DeskEpisode[] {
  return episodesOf(figures).flatMap((e): DeskEpisode[] => {
    const relation = relationOf(e, state, c.target);
    return relation ? [{ ...e, relation, later: e.began > c.asOf }] : [];
  });
}

function relationOf(
  e: { readonly sender: string; readonly hit: string | null },
  state: State,
  target: State,
): Relation | undefined {
  if (e.sender === target) return "by-target";
  if (e.hit === state) return "on-state";
  return e.sender === state ? "by-state" : undefined;
}

/** Names of leaf classes by the product codes that hold them. */
function classesByCode(items: readonly Item[], classes: readonly TechnologyClass[]): Record<string, string[]> {
  const names = new Map(classes.filter((x) => x.leaf).map((x) => [x.id, x.name]));
  const codes = new Map<string, string[]>();
  for (const item of items) {
    const name = names.get(item.class);
    if (name === undefined) continue;
    for (const code of item.hs6) codes.set(code, [...(codes.get(code) ?? []), name]);
  }
  return Object.fromEntries([...codes].sort(([a], [b]) => (a < b ? -1 : 1)));
}
