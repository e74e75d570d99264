import type { Range } from "../../domain/ranges.ts";
import { parseState, stateName } from "../../domain/states.ts";
import type { Control } from "../../economy/lost-sales.ts";
import { cleanText } from "../clean-text.ts";
import { count, money, NOT_KNOWN } from "../format.ts";

const CONTROLS = ["open", "licence", "closed in practice", "closed by law"] as const;

/** How hard a sale is controlled, in words. */
export function controlWords({ low, high }: Control): string {
  const [a, b] = [CONTROLS[low] ?? "open", CONTROLS[high] ?? "open"];
  return a === b ? a : `${a} to ${b}`;
}

/** The name of a state, or the text itself where it is none. */
export function partyName(text: string): string {
  const state = parseState(text);
  return cleanText(state === undefined ? text : stateName(state));
}

/** `at most $2.1bn`; null is `not known`. */
export function atMost(r: Range | null): string {
  if (r === null) return NOT_KNOWN;
  return r.low === 0 && r.high > 0 ? `at most ${money({ low: r.high, high: r.high })}` : money(r);
}

/** Dollars of one figure. */
export function dollars(usd: number): string {
  return money({ low: usd, high: usd });
}

/** Digits as the source gives them, thousands apart. */
export function digits({ low, high }: Range): string {
  const one = (x: number) => {
    const [whole = "", fraction] = String(Math.abs(x)).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return `${x < 0 ? "-" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
  };
  return low === high ? one(low) : `${one(low)}-${one(high)}`;
}

/** The first names, and how many more there are. */
export function firstOf(names: readonly string[], shown: number): string {
  const rest = names.length - shown;
  const head = names.slice(0, shown).map(cleanText).join(", ");
  return rest > 0 ? `${head} and ${rest} more` : head;
}

/** The first rows of a table; with `all` every one. */
export function rowsShown<T>(rows: readonly T[], most: number, all: boolean): { rows: readonly T[]; rest: string[] } {
  if (all || rows.length <= most) return { rows, rest: [] };
  return { rows: rows.slice(0, most), rest: [` ${count(rows.length - most, "more row")} with --all.`] };
}
