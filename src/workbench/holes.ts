import { type IsoDate, parseDate, within } from "../domain/dates.ts";
import { InputError } from "../domain/errors.ts";
import type { State } from "../domain/states.ts";
import type { Hole } from "../law/book.ts";
import type { Condition } from "../law/condition.ts";
import type { Library } from "./store.ts";

/** Law of which no text is held. */
export interface HeldHole {
  readonly id: string;
  /** Absent: from the beginning. */
  readonly from?: IsoDate;
  /** First day on which it is no hole any more; absent: still one. */
  readonly until?: IsoDate;
  readonly why: string;
  /** What it could be about, by fact; empty: anything. */
  readonly concerns: readonly { readonly fact: string; readonly values: readonly string[] }[];
}

/** One state's holes, the oldest first. */
export interface HolesOfState {
  readonly state: State;
  readonly title: string;
  readonly holes: readonly HeldHole[];
}

/** Holes of every rule book, or those of one day; states without any are listed too. Throws InputError on a bad day. */
export function listHoles(library: Library, asOf?: string): HolesOfState[] {
  const day = asOf === undefined ? undefined : parseDate(asOf);
  if (asOf !== undefined && !day) {
    const message = `\`${asOf}\` is no calendar day`;
    throw new InputError([{ code: "bad-date", message, hint: "write YYYY-MM-DD", at: { file: "--as-of" } }]);
  }
  const regimes = [...library.book().book.regimes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return regimes.map(({ id, title, holes }) => ({
    state: id,
    title,
    holes: holes
      .filter((h) => day === undefined || within(day, h))
      .map(describe)
      .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1)),
  }));
}

function describe(h: Hole): HeldHole {
  const concerns = [...valuesOf(h.when)].map(([fact, values]) => ({ fact, values: [...values].sort() }));
  return {
    id: h.id,
    ...(h.from && { from: h.from }),
    ...(h.until && { until: h.until }),
    why: h.why,
    concerns: concerns.sort((a, b) => (a.fact < b.fact ? -1 : 1)),
  };
}

/** Values that a hole's condition names, by fact; what it excludes is left out, and so are bounds of numbers. */
function valuesOf(when: Condition): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [fact, values] of namedIn(when)) found.set(fact, new Set([...(found.get(fact) ?? []), ...values]));
  return found;
}

function namedIn(c: Condition): (readonly [fact: string, values: readonly string[]])[] {
  switch (c.op) {
    case "all":
    case "any":
      return c.of.flatMap(namedIn);
    case "is":
      return [[c.fact, [String(c.value)]]];
    case "in":
    case "includes":
      return [[c.fact, c.values]];
    case "in-group":
      return [[c.fact, c.groups]];
    case "matches":
      return [["paragraph", c.codes]];
    case "term":
      return [["definition", [c.name]]];
    case "number":
      return [[c.fact, []]];
    default:
      return [];
  }
}
