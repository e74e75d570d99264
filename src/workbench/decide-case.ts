import type {
  AnswerVerdict,
  Assessment,
  ClassResult,
  Coverage,
  GoalResult,
  SelfSupply,
} from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import { countReaching, decide, reaches } from "../closure/requirement.ts";
import type { Range } from "../domain/ranges.ts";

function itemsOf(leaf: readonly ClassResult[], probe: string): { readonly id: string; readonly coverage: Coverage }[] {
  return leaf.map((x) => ({ id: x.id, coverage: x.coverage[probe]!.outsideTarget }));
}

/** The answer of a case: by its goal, by the classes that it asks for, or by what members lack. */
export function decideCase(
  c: Case,
  leaf: readonly ClassResult[],
  goals: readonly GoalResult[],
  gaps: readonly SelfSupply[],
): AnswerVerdict {
  if (c.asks === "self-supply") return decideSelfSupply(gaps);
  const { require, threshold } = c;
  if (require.kind === "goal") return goals.find((g) => g.id === require.goal)?.verdict ?? "undetermined";
  const chosen =
    require.kind === "choke-points" ? leaf.filter((x) => reaches(x.potentialOutsideTarget.low, threshold)) : leaf;
  const items = itemsOf(chosen, c.probe);
  return decide({ items, atLeast: require.kind === "at-least" ? require.n : items.length, threshold });
}

/** How many leaf classes reach the threshold at their low bound, measure by measure. */
export function reachOf(leaf: readonly ClassResult[], c: Case): Assessment["answer"]["reach"] {
  const items = itemsOf(leaf, c.probe);
  const count = (pick: (x: Coverage) => Range) => countReaching(items, c.threshold, pick, "low");
  return {
    closed: count((x) => x.closed),
    closedOrPractice: count((x) => x.closedOrPractice),
    controlled: count((x) => x.controlled),
    potential: leaf.filter((x) => reaches(x.potentialOutsideTarget.low, c.threshold)).length,
    leaves: leaf.length,
  };
}

/** Closed: no class has a gap. Open: every class has one. Undetermined while demand is unknown for all. Else partly. */
function decideSelfSupply(gaps: readonly SelfSupply[]): AnswerVerdict {
  const known = gaps.flatMap((g) => g.gap ?? []);
  if (known.length === 0) return "undetermined";
  if (known.length === gaps.length && known.every((g) => g.high === 0)) return "closed";
  return known.length === gaps.length && known.every((g) => g.low > 0) ? "open" : "partly";
}
