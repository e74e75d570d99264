import type { Range } from "../domain/ranges.ts";
import type { AnswerVerdict, Coverage } from "./assessment.ts";

/** The three measures at one of their ends, for one leaf class or step. */
export interface Reached {
  readonly id: string;
  /** Outside the target. */
  readonly coverage: Coverage;
}

/** How many of `items` must reach the threshold. */
export interface Need {
  readonly items: readonly Reached[];
  readonly atLeast: number;
  readonly threshold: number;
}

/** Shares are sums of decimal figures: a coverage within a ten-thousandth of the threshold reaches it. */
const TOLERANCE = 1e-4;

export function reaches(value: number, threshold: number): boolean {
  return value >= threshold - TOLERANCE;
}

export function countReaching(
  items: readonly Reached[],
  threshold: number,
  pick: (c: Coverage) => Range,
  end: "low" | "high",
): number {
  return items.filter((x) => reaches(pick(x.coverage)[end], threshold)).length;
}

/**
 * The verdict on a requirement. Closed: it holds at every low bound by law. Closed in practice: with refused licences.
 * Open: it fails at every high bound, even counting all that is controlled; where all of several classes are asked for,
 * that is when not one of them could reach the threshold. Undetermined: nothing that it asks for is certain, and missing
 * facts could still make it hold. Else partly.
 */
export function decide(need: Need): AnswerVerdict {
  const { items, atLeast, threshold } = need;
  const count = (pick: (c: Coverage) => Range, end: "low" | "high") => countReaching(items, threshold, pick, end);
  if (items.length === 0) return "undetermined";
  if (count((c) => c.closed, "low") >= atLeast) return "closed";
  if (count((c) => c.closedOrPractice, "low") >= atLeast) return "closed-in-practice";
  const possible = count((c) => c.controlled, "high");
  if (possible === 0 || (atLeast < items.length && possible < atLeast)) return "open";
  return count((c) => c.controlled, "low") === 0 ? "undetermined" : "partly";
}
