import type { Cover } from "./cover-board.ts";

/**
 * Units of each class that every coalition has which meets the need, whether the class closes or not; null where the need is
 * not a plain "at least n of the classes".
 *
 * With n of m classes closed, at most m - n fail. For a class c, let v(d) be the least of c that comes with closing d (what the
 * goal of d takes, from the states that bring least of c for it, the last one in part: Dantzig 1957). Among the m - n + 1
 * classes with the largest v, one is closed, so every coalition has the smallest of these v at least (the quantile of
 * chance-constrained covering: Luedtke 2014).
 */
export function classFloors(cover: Cover): Float64Array | null {
  const { gates, classCount } = cover;
  if (gates.needs.length !== 1 || gates.fedBy.some((g) => g.length !== 1)) return null;
  const failing = classCount - gates.needs[0]!;
  const floors = new Float64Array(classCount);
  if (failing < 0) return floors;
  const least = new Float64Array(classCount);
  for (let c = 0; c < classCount; c++) {
    for (let d = 0; d < classCount; d++) least[d] = c === d ? cover.goal : leastWith(cover, c, d);
    floors[c] = least.toSorted()[classCount - 1 - failing]!;
  }
  return floors;
}

/** The least of class `c` that comes with closing `d`; infinite where nobody can close it. */
function leastWith({ units, suppliers, goal }: Cover, c: number, d: number): number {
  const dearness = (s: number) => units[s]![c]! / units[s]![d]!;
  const order = Array.from(suppliers[d]!).sort((a, b) => dearness(a) - dearness(b));
  let left = goal;
  let sum = 0;
  for (const s of order) {
    const taken = Math.min(1, left / units[s]![d]!);
    sum += taken * units[s]![c]!;
    left -= units[s]![d]!;
    if (left <= 0) return sum;
  }
  return Infinity;
}
