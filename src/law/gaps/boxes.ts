import type { Box, Diagram, Diagrams } from "./decision-diagram.ts";

/** The axes of a space as boxes need them. */
export interface BoxAxes {
  /** How many values each axis has. */
  readonly sizes: readonly number[];
  /** Whether only neighbouring values of the axis may stand in one box. */
  readonly ordered: (level: number) => boolean;
}

/** A box that is being widened, by the number of the axis. */
type Growing = (readonly number[] | undefined)[];

/**
 * Disjoint boxes that together make up the points at which `f` is 1: each is as wide as what is left allows, so that few
 * are needed (their number is not proven to be the least).
 */
export function boxesOf(f: Diagram, diagrams: Diagrams, axes: BoxAxes): Box[] {
  const boxes: Box[] = [];
  for (let left = f; ; ) {
    const seed = diagrams.heaviestPath(left);
    if (!seed) return boxes;
    const box = widest(seed, left, diagrams, axes);
    const levels = [...seed.keys()].filter((level) => box[level] !== undefined);
    boxes.push(new Map(levels.map((level) => [level, box[level]!])));
    left = diagrams.cutOut(left, box, levels, axes.sizes);
  }
}

/** The box widened axis by axis for as long as `f` stays 1 on it: first axes that need not be restricted at all. */
function widest(seed: ReadonlyMap<number, number>, f: Diagram, diagrams: Diagrams, axes: BoxAxes): Growing {
  const box: Growing = new Array(axes.sizes.length).fill(undefined);
  for (const [level, value] of seed) box[level] = [value];
  const levels = [...seed.keys()];
  for (const level of levels) {
    const values = box[level];
    box[level] = undefined;
    if (!diagrams.holdsOn(f, box)) box[level] = values;
  }
  for (const level of levels.reverse()) {
    if (box[level] !== undefined) box[level] = widenAxis(box, level, f, diagrams, axes);
  }
  return box;
}

/** The values of one axis to which the box may be widened. */
function widenAxis(box: Growing, level: number, f: Diagram, diagrams: Diagrams, axes: BoxAxes): readonly number[] {
  const start = box[level]![0]!;
  const tried = [start];
  box[level] = tried;
  const holds = (value: number) => {
    tried[0] = value;
    return diagrams.holdsOn(f, box);
  };
  const size = axes.sizes[level]!;
  const values: number[] = [];
  if (axes.ordered(level)) {
    let low = start;
    let high = start;
    while (low > 0 && holds(low - 1)) low--;
    while (high < size - 1 && holds(high + 1)) high++;
    for (let v = low; v <= high; v++) values.push(v);
  } else {
    for (let v = 0; v < size; v++) if (v === start || holds(v)) values.push(v);
  }
  return values;
}
