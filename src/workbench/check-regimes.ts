import type { IsoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import { type RuleBook, unionsOf } from "../law/book.ts";
import type { Facts } from "../law/condition.ts";

/** Facts that name a state whose own law may be concerned. */
const STATES = ["from", "origin", "exporter.headquarters", "persons.employer"];

/** The state whose law reaches abroad by content, technology and persons, whether or not the facts name it. */
const REACHING = "USA" as State;

/** The regimes that a transaction concerns on the day: of the states that its facts name, of their Unions, and of the USA. */
export function concernedRegimes(book: RuleBook, facts: Facts, date: IsoDate): State[] {
  const regimes = new Set<State>();
  for (const s of namedStates(facts)) {
    regimes.add(s);
    for (const union of unionsOf(book, s, date)) regimes.add(union);
  }
  regimes.add(REACHING);
  return [...regimes];
}

function namedStates(facts: Facts): State[] {
  return STATES.flatMap((name) => {
    const value = facts[name];
    return typeof value === "string" ? [value as State] : [];
  });
}

/** The oldest day on which the law of a regime that the transaction may concern was last compared with its sources. */
export function oldestCheck(book: RuleBook, facts: Facts, asked: readonly State[] | undefined): IsoDate | undefined {
  const unions = namedStates(facts).flatMap((s) =>
    book.unions.filter((u) => u.members.some((m) => m.state === s)).map((u) => u.id),
  );
  const candidates = asked ?? [...namedStates(facts), ...unions, REACHING];
  const days = candidates.flatMap((r) => book.regimes.get(r)?.checkedOn ?? []).sort();
  return days[0] ?? [...book.regimes.values()].map((r) => r.checkedOn).sort()[0];
}
