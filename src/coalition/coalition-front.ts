import type { State } from "../domain/states.ts";
import { type CoverProblem, type Need, partsOf } from "./cover-problem.ts";
import { meetsNeed } from "./meets-need.ts";
import { smallestCoalition } from "./smallest-coalition.ts";

/** The most that coalitions of one size reach; no smaller coalition reaches as much. */
export interface FrontPoint {
  readonly size: number;
  /** Classes that close, or the threshold that is reached: see `CoalitionFront.axis`. */
  readonly coverage: number;
  /** One coalition that does it. */
  readonly coalition: readonly State[];
  /** False where a search was given up: a smaller coalition may do as much. */
  readonly proven: boolean;
}

/** Sizes against coverage, none of them beaten in both. */
export interface CoalitionFront {
  /** `classes`: how many parts of the need close at the threshold. `share`: the highest threshold at which the need is met. */
  readonly axis: "classes" | "share";
  /** The most that there could be: how many parts there are, or 1. */
  readonly whole: number;
  /** Sizes and coverage ascending. */
  readonly points: readonly FrontPoint[];
}

/** How many of `parts` coalitions of each size close at the threshold of the problem. Throws InputError as the search does. */
export function frontByCount(problem: Omit<CoverProblem, "need">, parts: readonly Need[]): CoalitionFront {
  const points: FrontPoint[] = [];
  for (let n = 1; n <= parts.length; ) {
    const { coalition, status } = smallestCoalition({ ...problem, need: { atLeast: n, of: parts } });
    if (coalition === null) break;
    const coverage = parts.filter((part) => meetsNeed({ ...problem, need: part }, coalition)).length;
    addPoint(points, { size: coalition.length, coverage, coalition, proven: status === "proven" });
    n = coverage + 1;
  }
  return { axis: "classes", whole: parts.length, points };
}

/** Thresholds are tried in whole per cent. */
const PER_CENT = 100;

/** The highest threshold, in whole per cent, at which coalitions of each size meet the need of the problem. */
export function frontByShare(problem: CoverProblem): CoalitionFront {
  const points: FrontPoint[] = [];
  for (let percent = 1; percent <= PER_CENT; percent++) {
    const { coalition, status } = smallestCoalition({ ...problem, threshold: percent / PER_CENT });
    if (coalition === null) break;
    addPoint(points, { size: coalition.length, coverage: percent / PER_CENT, coalition, proven: status === "proven" });
  }
  return { axis: "share", whole: 1, points };
}

/** A point that reaches more with no more members takes the place of the last one. */
function addPoint(points: FrontPoint[], point: FrontPoint): void {
  while (points.length > 0 && points.at(-1)!.size >= point.size) points.pop();
  points.push(point);
}

/** The parts that a set of classes counts: those of its outermost `all` or `atLeast`, or the need itself. */
export function countedParts(need: Need): readonly Need[] {
  return "class" in need || "any" in need ? [need] : partsOf(need);
}
