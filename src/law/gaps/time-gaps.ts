import type { IsoDate } from "../../domain/dates.ts";
import { LAYERS } from "../../domain/verdicts.ts";
import type { ClassLaw, LabelledRegion } from "./compare.ts";
import type { Diagram } from "./decision-diagram.ts";

const ALL_LAYERS = new Set(LAYERS);

/** The sides that are one state's law on the days on which it changed, the asked day last. */
export interface History {
  readonly sides: readonly number[];
  readonly days: readonly IsoDate[];
}

/** Since when a state's law has controlled each point without a break up to the asked day, as numbers of its days from 1. */
export interface Since {
  /** With certainty; 0 where it does not now. */
  readonly certain: Diagram;
  /** As far as texts that are not held leave possible. */
  readonly possible: Diagram;
}

/** Follows a state's control of every point from day to day. */
export function sinceWhen(law: ClassLaw, { sides }: History): Since {
  const { diagrams } = law.space;
  const follow = (holds: (control: number) => boolean): Diagram =>
    sides.reduce((before, side, i) => {
      const step = diagrams.combiner((since, c) => (holds(c) ? (since === 0 ? i + 1 : since) : 0));
      return step(before, law.control[side]!);
    }, diagrams.end(0));
  return {
    certain: follow((c) => law.controls.at(c).atLeast > 0),
    possible: follow((c) => law.controls.at(c).atMost > 0),
  };
}

/** What both control now and `b` certainly did not when `a` already did; `detail` holds the two days. */
export function timeDifferences(
  law: ClassLaw,
  a: { readonly history: History; readonly since: Since },
  b: { readonly history: History; readonly since: Since },
): LabelledRegion[] {
  const { diagrams } = law.space;
  const now = a.history.sides.at(-1)!;
  const pairs: { readonly from: IsoDate; readonly until: IsoDate }[] = [];
  const numbers = new Map<string, number>();
  const both = diagrams.combiner((x, y) => {
    const from = a.history.days[x - 1];
    const until = b.history.days[y - 1];
    if (from === undefined || until === undefined || from >= until) return 0;
    const key = `${from} ${until}`;
    const found = numbers.get(key) ?? pairs.push({ from, until });
    numbers.set(key, found);
    return found;
  });
  const certainToo = diagrams.combiner((pair, since) => (since === 0 ? 0 : pair));
  const label = diagrams.combiner((pair, c) => {
    if (pair === 0) return 0;
    const { from, until } = pairs[pair - 1]!;
    return law.ruleLabel(
      { kind: "time", side: now, layers: ALL_LAYERS, detail: `${from} ${until}` },
      law.controls.at(c),
    );
  });
  const apart = certainToo(both(a.since.certain, b.since.possible), b.since.certain);
  return law.regionsOf(label(apart, law.control[now]!));
}
