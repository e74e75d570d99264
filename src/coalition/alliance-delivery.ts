import { daysBetween, type IsoDate, within } from "../domain/dates.ts";
import type { Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import { type Evidence, weakest } from "../domain/verdicts.ts";
import { findRule, type Rule, type RuleBook, type RuleVersion } from "../law/book.ts";
import { type Alliance, type DayText, membersOn, type Pledge, type Step } from "./alliance.ts";

/** `later`: on record, and not yet announced on the day. `nothing`: no step of that state is on record. */
export type DeliveryStatus = "in-force" | "stayed" | "lapsed" | "announced" | "later" | "nothing";

/** One rule or instrument that keeps a pledge, as it stood on the day of the question. */
export interface DeliveredItem {
  /** The id of a rule in the rule books; null for an instrument that they do not hold. */
  readonly rule: string | null;
  readonly title: string;
  readonly act: string | null;
  readonly announced: string | null;
  readonly inForce: string | null;
  readonly status: Exclude<DeliveryStatus, "nothing">;
  readonly evidence: Evidence;
  readonly source: string;
  readonly at: string;
  readonly note: string | null;
}

/** What one state has done on a pledge. */
export interface Delivery {
  readonly state: State;
  /** False for a state that did what the pledge says without having made it. */
  readonly bound: boolean;
  readonly status: DeliveryStatus;
  readonly items: readonly DeliveredItem[];
  /** The first day on which an item was in force, as its source gives it. */
  readonly inForce: string | null;
  /** Days from the pledge to that day; below 0 the rule is older than the pledge. A range where a source gives no day. */
  readonly lagDays: Range | null;
  readonly evidence: Evidence | null;
}

/** A pledge with what every state that made it has done. */
export interface PledgeResult {
  readonly id: string;
  readonly title: string;
  readonly kind: Pledge["kind"];
  readonly grouping: string;
  readonly made: string;
  readonly cite: Pledge["cite"];
  readonly states: readonly Delivery[];
}

interface Dated {
  readonly item: DeliveredItem;
  readonly from: DayText | null;
}

/** From strongest to weakest: the status of a state is that of its best item. */
const ORDER: readonly DeliveryStatus[] = ["in-force", "stayed", "announced", "later", "lapsed", "nothing"];

/** Pledges against rules and instruments in force on the day. Rules that the book lacks are left out: the reader of the file refuses them. */
export function calcDelivery(alliance: Alliance, book: RuleBook, day: IsoDate): PledgeResult[] {
  return alliance.pledges.map((p) => {
    const grouping = alliance.groupings.filter((g) => g.id === p.grouping);
    const bound = p.by ?? membersOn(grouping, day);
    const others = p.steps.flatMap((s) => s.states).filter((s) => !bound.includes(s));
    return {
      id: p.id,
      title: p.title,
      kind: p.kind,
      grouping: p.grouping,
      made: p.made.written,
      cite: p.cite,
      states: [...bound, ...new Set(others)]
        .map((state) => ({ ...deliveryOf(state, p.steps, book, day, p.made), bound: bound.includes(state) }))
        .sort(byDelivery),
    };
  });
}

/** Steps that no pledge asks for, state by state. */
export function calcBesides(alliance: Alliance, book: RuleBook, day: IsoDate): Delivery[] {
  const states = [...new Set(alliance.besides.flatMap((s) => s.states))];
  return states.map((state) => deliveryOf(state, alliance.besides, book, day, null)).sort(byDelivery);
}

/** Who delivered first stands first; who did nothing stands last. */
function byDelivery(a: Delivery, b: Delivery): number {
  const place = (d: Delivery) => (d.status === "nothing" ? "9" : `${d.inForce ? "0" : "1"}${d.inForce ?? ""}`);
  const [x, y] = [`${place(a)} ${a.state}`, `${place(b)} ${b.state}`];
  return x < y ? -1 : x > y ? 1 : 0;
}

function deliveryOf(
  state: State,
  steps: readonly Step[],
  book: RuleBook,
  day: IsoDate,
  made: DayText | null,
): Delivery {
  const own = steps.filter((s) => s.states.includes(state));
  const dated = own.flatMap((s) => itemsOf(s, book, day));
  const begun = dated.flatMap(({ from }) => (from && from.last <= day ? [from] : []));
  const first = begun.sort((a, b) => (a.last < b.last ? -1 : a.last > b.last ? 1 : 0))[0];
  const statuses = new Set<DeliveryStatus>(dated.map((x) => x.item.status));
  return {
    state,
    bound: false,
    status: ORDER.find((s) => statuses.has(s)) ?? "nothing",
    items: dated.map((x) => x.item),
    inForce: first?.written ?? null,
    lagDays:
      first && made ? { low: daysBetween(made.last, first.first), high: daysBetween(made.first, first.last) } : null,
    evidence: weakest(dated.map((x) => x.item.evidence)) ?? null,
  };
}

function itemsOf(step: Step, book: RuleBook, day: IsoDate): Dated[] {
  if ("rules" in step) {
    const rules = step.rules.flatMap((id) => findRule(book, id) ?? []);
    // What is said of several rules stands once, behind the last of them.
    return rules.map((rule, i) => ruleItem(rule, day, i === rules.length - 1 ? step.note : undefined));
  }
  const { instrument, act, announced, from, until, cite } = step;
  const item: DeliveredItem = {
    rule: null,
    title: instrument,
    act: act ?? null,
    announced: announced?.written ?? null,
    inForce: from?.written ?? null,
    status: instrumentStatus(announced, from, until, day),
    evidence: cite.evidence,
    source: cite.source,
    at: cite.at,
    note: step.note ?? null,
  };
  return [{ item, from: from ?? null }];
}

function instrumentStatus(
  announced: DayText | undefined,
  from: DayText | undefined,
  until: IsoDate | undefined,
  day: IsoDate,
): DeliveredItem["status"] {
  if (until !== undefined && until <= day) return "lapsed";
  if (from && from.last <= day) return "in-force";
  return announced && announced.last <= day ? "announced" : "later";
}

function ruleItem(rule: Rule, day: IsoDate, note: string | undefined): Dated {
  const first = rule.versions.reduce((a, b) => (b.from < a.from ? b : a));
  const current = rule.versions.find((v) => within(day, v));
  const announced = signOf(first);
  const { cite } = current ?? first;
  const item: DeliveredItem = {
    rule: rule.id,
    title: rule.title,
    act: cite.act,
    announced: announced ?? null,
    inForce: first.from,
    status: current
      ? statusOn(current, day)
      : first.from <= day
        ? "lapsed"
        : announced && announced <= day
          ? "announced"
          : "later",
    evidence: cite.evidence,
    source: cite.source,
    at: cite.at,
    note: note ?? null,
  };
  return { item, from: { written: first.from, first: first.from, last: first.from } };
}

function signOf(v: RuleVersion): IsoDate | undefined {
  return v.announced ?? v.published ?? v.firstSign;
}

function statusOn(v: RuleVersion, day: IsoDate): DeliveredItem["status"] {
  const last = v.status
    .filter((s) => s.from <= day)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
  return last?.status ?? "in-force";
}
