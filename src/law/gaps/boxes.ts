import type { Box, Diagram, Diagrams } from "./decision-diagram.ts";

/** The axes of a space as boxes need them. */
export interface BoxAxes {
  /** How many values each axis has. */
  readonly sizes: readonly number[];
  /** Whether only neighbouring values of the axis may stand in one box. */
  readonly ordered: (level: number) => boolean;
}

/**
 * Disjoint boxes that together make up the points at which `f` is 1: each is as wide as what is left allows, so that few
 * are needed (their number is not proven to be the least).
 */
export function boxesOf(f: Diagram, diagrams: Diagrams, axes: BoxAxes): Box[] {
  const without = diagrams.combiner((a, b) => (b === 1 ? 0 : a));
  const boxes: Box[] = [];
  for (let left = f; ; ) {
    const seed = diagrams.heaviestPath(left);
    if (!seed) return boxes;
    const box = widest(seed, left, diagrams, axes);
    boxes.push(box);
    left = without(left, diagrams.boxDiagram(box, axes.sizes));
  }
}

/** The box widened axis by axis for as long as `f` stays 1 on it: first axes that need not be restricted at all. */
function widest(seed: Box, f: Diagram, diagrams: Diagrams, axes: BoxAxes): Box {
  const box = new Map(seed);
  const levels = [...seed.keys()];
  for (const level of levels) {
    const values = box.get(level)!;
    box.delete(level);
    if (!diagrams.holdsOn(f, box)) box.set(level, values);
  }
  for (const level of levels.reverse()) if (box.has(level)) widenAxis(box, level, f, diagrams, axes);
  return box;
}

function widenAxis(
  box: Map<number, readonly number[]>,
  level: number,
  f: Diagram,
  diagrams: Diagrams,
  axes: BoxAxes,
): void {
  const start = box.get(level)![0]!;
  const holds = (value: number) => {
    box.set(level, [value]);
    return diagrams.holdsOn(f, box);
  };
  const size = axes.sizes[level]!;
  if (axes.ordered(level)) {
    let low = start;
    let high = start;
    while (low > 0 && holds(low - 1)) low--;
    while (high < size - 1 && holds(high + 1)) high++;
    box.set(
      level,
      Array.from({ length: high - low + 1 }, (_, i) => low + i),
    );
    return;
  }
  const values = Array.from({ length: size }, (_, v) => v).filter((v) => v === start || holds(v));
  box.set(level, values);
}
