import type { Gap } from "../../law/gaps/gaps-result.ts";

/** One hole: a region that the same rule makes against the same laws, in every class in which it is the same. */
export interface Hole {
  /** The region in the first of the classes. */
  readonly gap: Gap;
  readonly classes: readonly string[];
  /** Whether one of the classes is one that a pack holds. */
  readonly isHeld: boolean;
}

/** Holes that one rule makes in one transaction, in the same classes and against the same states. */
export type HoleGroup = readonly [Hole, ...Hole[]];

/** Regions that differ by the class alone, taken together; in the order in which they are first met. */
export function holesOf(gaps: readonly Gap[]): Hole[] {
  const holes = new Map<string, { gap: Gap; classes: string[]; isHeld: boolean }>();
  for (const g of gaps) {
    const key = JSON.stringify([ruleKey(g), g.region, g.since, g.elsewhere]);
    const hole = holes.get(key);
    const isHeld = g.classes.length > 0;
    if (hole === undefined) holes.set(key, { gap: g, classes: [g.class], isHeld });
    else {
      hole.classes.push(g.class);
      hole.isHeld ||= isHeld;
    }
  }
  return [...holes.values()];
}

function ruleKey(g: Gap): readonly unknown[] {
  return [g.kind, g.layer, g.probe, g.goods, g.controlledBy, g.notBy];
}

/** Holes by rule, transaction, classes and states, the weightiest first. */
export function groupsByWeight(holes: readonly Hole[]): HoleGroup[] {
  const groups = new Map<string, [Hole, ...Hole[]]>();
  for (const h of holes) {
    const key = JSON.stringify([ruleKey(h.gap), h.classes]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [h]);
    else group.push(h);
  }
  return [...groups.values()]
    .map((group, i) => ({ group, weight: [...weightOf(group[0]), i] }))
    .sort((a, b) => a.weight.map((w, k) => w - b.weight[k]!).find((d) => d !== 0) ?? 0)
    .map(({ group }) => group);
}

const KINDS: readonly Gap["kind"][] = ["control", "policy", "scope", "time", "undetermined"];
/** Goods themselves before firms of the target abroad, services, parts and know-how. */
const LATER = ["subsidiary", "servicing", "parts", "technology"];

/** Less is weightier: the kind, whether a pack holds one of the classes, then what is delivered. */
function weightOf({ gap, isHeld }: Hole): number[] {
  return [KINDS.indexOf(gap.kind), isHeld ? 0 : 1, LATER.indexOf(gap.probe), gap.goods === "own" ? 0 : 1];
}
