import type { Form } from "../../coalition/alliance.ts";
import type { DeliveredItem, Delivery, DeliveryStatus, PledgeResult } from "../../coalition/alliance-delivery.ts";
import type { AllianceResult, GroupingResult, HeldRole, SeatResult } from "../../coalition/alliance-result.ts";
import { parseDate } from "../../domain/dates.ts";
import type { Range } from "../../domain/ranges.ts";
import { cleanText } from "../clean-text.ts";
import { count, shortDate } from "../format.ts";
import { EVIDENCE_MARKS } from "../words.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `27 Jan 2023`, `Jan 2023` or `2023`, as precisely as the source says it. */
export function dayWords(written: string): string {
  const day = parseDate(written);
  if (day) return shortDate(day);
  const [year, month] = written.split("-");
  return month === undefined ? year! : `${MONTHS[Number(month) - 1]} ${year}`;
}

/** `177 d`, `112 d before`, `30-60 d`. */
function lagWords(lag: Range | null): string {
  if (lag === null) return "";
  const days = (low: number, high: number) => (low === high ? `${low} d` : `${low}-${high} d`);
  if (lag.high < 0) return `${days(-lag.high, -lag.low)} before`;
  return lag.low < 0 ? `${lag.low} to ${lag.high} d` : days(lag.low, lag.high);
}

const STATUS_WORDS: Readonly<Record<DeliveryStatus, string>> = {
  "in-force": "in force",
  stayed: "stayed",
  lapsed: "lapsed",
  announced: "announced",
  later: "later",
  nothing: "nothing on record",
};

export const FORM_WORDS: Readonly<Record<Form, string>> = {
  talks: "talks",
  understanding: "understanding",
  declaration: "declaration",
  network: "network",
  partnership: "partnership",
  "parallel-lists": "parallel national lists",
  arrangement: "arrangement",
  organisation: "organisation",
};

/** How the marks of the overlap are to be read. */
export const ROLE_MARKS = [
  ["●", "member of a grouping that counts for coverage"],
  ["◐", "member of another grouping"],
  ["○", "supporter, participant, guest, observer or invited"],
  ["×", "declined"],
] as const;

/** What the cost of an absence counts. */
export const ABSENCE_MEANS =
  "Classes of which members supply at least the threshold outside the target, at the low bound of every share, with the state and " +
  "without it. A class counts in each alliance that measures it.";

/** The mark of a part in the overlap. */
export function roleMark(held: HeldRole | undefined): string {
  if (held === undefined) return "·";
  if (held.member) return held.counted ? "●" : "◐";
  return held.role === "declined" ? "×" : "○";
}

/** Seats with the same role, day and standing, in the order of the file. */
export function seatLines(g: GroupingResult): { readonly label: string; readonly states: readonly string[] }[] {
  const groups = new Map<string, { seat: SeatResult; states: string[] }>();
  for (const seat of g.seats) {
    const key = JSON.stringify([seat.role, seat.since, seat.known, seat.until, seat.status]);
    const group = groups.get(key) ?? { seat, states: [] };
    group.states.push(seat.state);
    groups.set(key, group);
  }
  const lines = [...groups.values()].map(({ seat, states }) => ({ label: seatLabel(seat, g), states }));
  return g.undisclosed === 0
    ? lines
    : [...lines, { label: `${count(g.undisclosed, "seat")} not disclosed`, states: [] }];
}

function seatLabel(seat: SeatResult, g: GroupingResult): string {
  const day = dayWords(seat.since);
  const since = seat.known === "named" ? ` by ${day}` : seat.since === g.since ? "" : ` since ${day}`;
  const until = seat.until === null ? "" : ` until ${dayWords(seat.until)}`;
  const later = seat.status === "later" ? " (later)" : seat.status === "ended" ? " (ended)" : "";
  return `${seat.role}${since}${until}${later}`;
}

/**
 * What a state has done: rules of one instrument under one name (`usa/ear-744-23: advanced-node, servicing`), instruments by
 * title and act; the day where it is not the state's first one, and the status where it is not in force.
 */
function itemWords(d: Delivery): string[] {
  const groups = new Map<string, Named[]>();
  for (const item of d.items) {
    const at = item.rule?.lastIndexOf("/") ?? -1;
    const group = item.rule === null ? "" : item.rule.slice(0, at);
    const name = item.rule === null ? instrumentWords(item) : item.rule.slice(at + 1);
    const note = item.note === null ? "" : ` (${cleanText(item.note)})`;
    groups.set(group, [...(groups.get(group) ?? []), { name, aside: asideWords(item, d), note }]);
  }
  return [...groups].map(([group, named]) =>
    group === "" ? runsOf(named).join("; ") : `${group}: ${runsOf(named).join(", ")}`,
  );
}

interface Named {
  readonly name: string;
  readonly aside: string;
  readonly note: string;
}

/** A day or a status that several in a row share stands once, behind the last of them. */
function runsOf(named: readonly Named[]): string[] {
  return named.map(({ name, aside, note }, i) => `${name}${named[i + 1]?.aside === aside ? "" : aside}${note}`);
}

function instrumentWords(item: DeliveredItem): string {
  return cleanText(item.title) + (item.act === null ? "" : `, ${cleanText(item.act)}`);
}

function asideWords(item: DeliveredItem, d: Delivery): string {
  if (item.status === "announced" && item.announced !== null) return ` (announced ${dayWords(item.announced)})`;
  if (item.status === "later" && item.inForce !== null) return ` (later: ${dayWords(item.inForce)})`;
  if (item.status !== "in-force") return ` (${STATUS_WORDS[item.status]})`;
  return item.inForce === null || item.inForce === d.inForce ? "" : ` (${dayWords(item.inForce)})`;
}

/** `in force` with its first day and the mark of its evidence; else the status in words. */
function standing(d: Delivery): string {
  const mark = d.evidence === null ? "" : EVIDENCE_MARKS[d.evidence];
  if (d.status === "in-force" && d.inForce !== null) return `${dayWords(d.inForce)}${mark}`;
  return `${STATUS_WORDS[d.status]}${mark}`;
}

/** How many of the states that made a pledge have something in force on it. */
export function kept(p: PledgeResult): { readonly done: number; readonly of: number } {
  const bound = p.states.filter((d) => d.bound);
  return { done: bound.filter((d) => d.status === "in-force").length, of: bound.length };
}

/** Over all pledges of an alliance. */
export function keptInAll(a: AllianceResult): { readonly done: number; readonly of: number } {
  const all = a.pledges.map(kept);
  return { done: all.reduce((n, k) => n + k.done, 0), of: all.reduce((n, k) => n + k.of, 0) };
}

/** States of which a page says the same stand on one line, in the order of the first of each. */
export function deliveryRows(states: readonly Delivery[]): {
  readonly states: string;
  readonly standing: string;
  readonly lag: string;
  readonly items: string;
  readonly sources: readonly string[];
}[] {
  const rows = new Map<string, { states: string[]; of: Delivery }>();
  for (const d of states.filter((x) => x.status !== "nothing")) {
    const key = JSON.stringify([standing(d), lagWords(d.lagDays), itemWords(d), d.bound]);
    const row = rows.get(key) ?? { states: [], of: d };
    row.states.push(d.state);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ states, of }) => ({
    states: states.join(" "),
    standing: standing(of),
    lag: lagWords(of.lagDays),
    items: itemWords(of).join("; "),
    sources: [...new Set(of.items.map((i) => i.source))],
  }));
}
