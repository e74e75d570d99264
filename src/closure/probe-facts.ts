import { type IsoDate, within } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { Probe, RuleBook } from "../law/book.ts";
import { type Facts, type FactValue, point } from "../law/condition.ts";
import type { Cast } from "./case.ts";

/** Who stands where when a probe is put to the law. */
export interface ProbeSetting {
  readonly book: RuleBook;
  readonly date: IsoDate;
  readonly target: State;
  readonly cast: Cast;
}

/** Controlled US content that probes take as given for tools made elsewhere: at most the lowest level that is not zero (15 CFR 734.4(c)). */
const FOREIGN_CONTENT: FactValue = { low: 0, high: 10, lowIncluded: true, highIncluded: true };

/** The facts of a probe for goods of `supplier`. */
export function probeFacts(probe: Probe, supplier: State, setting: ProbeSetting): Facts {
  const facts: Record<string, FactValue> = {};
  for (const [name, value] of Object.entries(probe.facts)) {
    const filled = isPlaceholder(value) ? fill(value.placeholder, supplier, setting) : value;
    if (filled !== undefined) facts[name] = filled;
  }
  return facts;
}

function isPlaceholder(v: Probe["facts"][string]): v is { readonly placeholder: string } {
  return typeof v === "object" && "placeholder" in v;
}

/** A placeholder that nobody fills stays an unknown fact. */
function fill(placeholder: string, supplier: State, setting: ProbeSetting): FactValue | undefined {
  switch (placeholder) {
    case "supplier":
      return supplier;
    case "target":
      return setting.target;
    case "third":
      return setting.cast.third;
    case "ally":
      return setting.cast.ally;
    case "listed":
      return listsNaming(setting.cast.listedParty, setting);
    case "authorised":
      return listsNaming(setting.cast.alliedParty, setting);
    case "supplierIsUs":
      return supplier === "USA";
    case "contentUs":
      return supplier === "USA" ? point(100) : FOREIGN_CONTENT;
    default:
      return undefined;
  }
}

/** Official lists and authorisations that name the party on the day. */
function listsNaming(party: string, { book, date }: Pick<ProbeSetting, "book" | "date">): string[] {
  return [...new Set(book.listings.filter((l) => l.party === party && within(date, l)).map((l) => l.list))].sort();
}
