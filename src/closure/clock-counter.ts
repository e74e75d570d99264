import type { State } from "../domain/states.ts";
import { findRule, type RuleVersion } from "../law/book.ts";
import type { Facts } from "../law/condition.ts";
import { versionAt } from "../law/kleene.ts";
import { prepare } from "../law/specialise.ts";
import type { CellQuestion } from "./cell-engine.ts";

/**
 * Rules of the target's own law that reach what leaves it for a member, whatever the item: the law that answers the members'.
 * Only rules with a sign or an announcement on record count; a rule that is stayed on the day counts too.
 */
export function counterRules({ book, date, target, members }: CellQuestion): string[] {
  const regime = book.regimes.get(target);
  if (!regime) return [];
  const met = new Set<string>();
  for (const destination of members) {
    for (const { rule } of prepare(book, regime, date, exportTo(target, destination)).rules) met.add(rule.id);
  }
  const isDated = (v: RuleVersion | undefined) => v?.firstSign !== undefined || v?.announced !== undefined;
  return [...met].filter((id) => isDated(versionAt(findRule(book, id)!.versions, date))).sort();
}

/** A new item that leaves the target for a member; what it is and who uses it is left open. */
function exportTo(from: State, destination: State): Facts {
  return { activity: "export", from, origin: from, "exporter.headquarters": from, destination, purpose: "new" };
}
