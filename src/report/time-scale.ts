import type { ClockEntry } from "../closure/assessment.ts";
import { daysBetween, type IsoDate } from "../domain/dates.ts";

/** A stretch of whole months; `position` is 0 at its first day and 1 at its end. */
export interface TimeScale {
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly position: (d: IsoDate) => number;
}

export interface Tick {
  readonly date: IsoDate;
  readonly label: string;
}

/** The months from the earliest sign of any rule to the last day that matters, the date asked included; null without rules. */
export function timeScale(clock: readonly ClockEntry[], asOf: IsoDate): TimeScale | null {
  if (clock.length === 0) return null;
  const days = clock.flatMap((e) =>
    [e.firstSign, e.published, e.inForce, e.lastLawfulDelivery].filter((d): d is IsoDate => d != null),
  );
  const all = [...days, asOf].sort();
  const from = monthStart(all[0]!, 0);
  const until = monthStart(all.at(-1)!, 1);
  const length = daysBetween(from, until);
  return { from, until, position: (d) => daysBetween(from, d) / length };
}

function monthStart(d: IsoDate, plus: number): IsoDate {
  const month = Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7)) - 1 + plus;
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01` as IsoDate;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const STEPS = [1, 3, 6, 12, 24, 60, 120, 240];

/** Marks at round months, at most `most` of them: the year with the first and with every January, else the month. */
export function ticks(scale: TimeScale, most: number): Tick[] {
  const months = Math.round(daysBetween(scale.from, scale.until) / 30.4375);
  const step = STEPS.find((s) => months / s <= most) ?? STEPS.at(-1)!;
  const result: Tick[] = [];
  for (let d = scale.from; d < scale.until; d = monthStart(d, 1)) {
    const index = Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7)) - 1;
    if (index % step !== 0) continue;
    const month = MONTHS[index % 12]!;
    const withYear = result.length === 0 || index % 12 === 0;
    result.push({ date: d, label: step >= 12 ? d.slice(0, 4) : withYear ? `${d.slice(0, 4)} ${month}` : month });
  }
  return result;
}
