import { hull, type Range, round } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import type { ClassId, Figure, Pack } from "./pack.ts";

/** `figures.csv` rows with this metric are imports less exports as part of use, in per cent. */
const IMPORT_RELIANCE = "net import reliance";

/** `figures.csv` rows whose metric begins so are years until new supply of the class. */
const YEARS_TO_BUILD = "years to build";

/** Net import reliance of one state in a class, from 0 to 1. */
export interface ImportReliance {
  readonly state: State;
  readonly value: Range;
  readonly source: string;
  readonly period: string;
}

/** The latest net import reliance that a pack has for one of `states` in the class; null where none is known. */
export function importReliance(
  pack: Pick<Pack, "figures">,
  classId: ClassId,
  states: readonly State[],
): ImportReliance | null {
  let latest: Figure | undefined;
  for (const f of pack.figures) {
    if (f.metric !== IMPORT_RELIANCE || f.class !== classId || f.unit !== "%" || f.value === null) continue;
    if (!states.includes(f.state as State)) continue;
    if (latest === undefined || f.period > latest.period) latest = f;
  }
  if (!latest?.value) return null;
  const value = { low: round(latest.value.low / 100), high: round(latest.value.high / 100) };
  return { state: latest.state as State, value, source: latest.source, period: latest.period };
}

/** Years until new supply of the class, the hull of what sources give; null where none gives a number. */
export function yearsToBuild(
  pack: Pick<Pack, "figures">,
  classId: ClassId,
): { readonly value: Range; readonly source: string } | null {
  const found = pack.figures.filter(
    (f) => f.metric.startsWith(YEARS_TO_BUILD) && f.class === classId && f.unit === "years" && f.value !== null,
  );
  const [first, ...rest] = found;
  if (!first?.value) return null;
  return { value: rest.reduce((range, f) => hull(range, f.value!), first.value), source: first.source };
}
