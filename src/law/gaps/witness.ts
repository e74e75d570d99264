import { remember } from "../../domain/remember.ts";
import { RATIO_FACTS } from "../cell-domains.ts";
import { type Facts, type FactValue, type NumberRange, point } from "../condition.ts";
import { evaluate, regimeOf, type Scene, sceneOf, versionAt } from "../kleene.ts";
import { type Axis, type AxisValue, factValueOf, isCode, RATIO } from "./axes.ts";
import type { Box, Diagram } from "./decision-diagram.ts";
import { type Space, TRUE } from "./space.ts";

/** One value of each axis, by its number. */
export type Point = ReadonlyMap<number, number>;

/** A point of the box that can occur; undefined where the box has none. */
export function pointIn(box: Box, possible: Diagram, space: Space): Point | undefined {
  const dead = new Set<Diagram>();
  const chosen = new Map<number, number>();
  const visit = (f: Diagram): boolean => {
    const end = space.diagrams.valueOf(f);
    if (end !== undefined) return end === TRUE;
    if (dead.has(f)) return false;
    const level = space.diagrams.level(f);
    for (const value of inOrder(space.axes[level]!, box.get(level))) {
      if (!visit(space.diagrams.kid(f, value))) continue;
      chosen.set(level, value);
      return true;
    }
    dead.add(f);
    return false;
  };
  if (!visit(possible)) return undefined;
  space.axes.forEach((axis, level) => {
    if (!chosen.has(level)) chosen.set(level, inOrder(axis, box.get(level))[0]!);
  });
  return chosen;
}

/** Values that say least come first: no, nothing of what is named, a number between bounds. */
function inOrder({ id, values }: Axis, allowed: readonly number[] | undefined): readonly number[] {
  const order = remember(PLAINEST, values, () => {
    // A ratio that is just on its bound leaves an aperture of many digits, and nothing at all is seldom what a tool has.
    const rank = values.map((v) => (isPoint(v) && (id === RATIO || isZero(v)) ? 1.5 : plainness(v)));
    return values.map((_, i) => i).sort((a, b) => rank[a]! - rank[b]! || a - b);
  });
  return allowed === undefined ? order : order.filter((v) => allowed.includes(v));
}

/** The values of an axis, those that say least first. */
const PLAINEST = new WeakMap<readonly AxisValue[], readonly number[]>();

function isPoint(v: AxisValue): boolean {
  return v.kind === "number" && v.cell.low === v.cell.high;
}

function isZero(v: AxisValue): boolean {
  return v.kind === "number" && v.cell.low === 0;
}

function plainness(v: AxisValue): number {
  switch (v.kind) {
    case "number":
      // A bound that belongs to the region shows it best; beyond all bounds is the last resort.
      return Number.isFinite(v.cell.low) && Number.isFinite(v.cell.high) ? (v.cell.low === v.cell.high ? 0 : 1) : 2;
    case "truth":
      return v.value ? 1 : 0;
    case "member":
      return v.members.length === 0 || v.members[0] === "other" ? 0 : 1;
    default:
      return v.value.startsWith("any other") || v.value === "other" ? 0 : 1;
  }
}

/** Facts of the point; of a scope's dimension the side's own. Wavelength and aperture are chosen to give the ratio. */
export function factsAt(at: Point, space: Space, side: number): Facts {
  const facts: Record<string, FactValue> = {};
  for (const [level, value] of at) {
    const axis = space.axes[level]!;
    const v = axis.values[value]!;
    if (isCode(axis)) continue;
    if (v.kind === "scope") Object.assign(facts, v.facts[side]);
    else if (v.kind === "number") facts[axis.id] = point(shortIn(v.cell, axis.one));
    else facts[axis.id] = factValueOf(v);
  }
  const ratio = space.level(RATIO);
  if (ratio !== undefined) Object.assign(facts, lightOf(at, ratio, space));
  const { [RATIO]: _ratio, ...rest } = facts;
  return rest;
}

/**
 * List codes that somebody would assign to the point's item in the regimes of which it falls under no unwritten paragraph: those
 * whose own words hold. `R:none` stands for an item that no paragraph names.
 */
export function codesAt(at: Point, space: Space, scene: Scene): string[] {
  const said = { not: new Set<string>(), may: new Set<string>() };
  for (const [level, value] of at) {
    const axis = space.axes[level]!;
    const v = axis.values[value]!;
    if (isCode(axis) && v.kind === "truth") said[v.value ? "may" : "not"].add(regimeOf(axis.id));
  }
  // Where something may fall under a paragraph without words, nobody has classified it.
  const regimes = [...said.not].filter((r) => !said.may.has(r));
  return regimes.flatMap((regime) => {
    const codes = [...scene.book.terms].flatMap(([id, term]) => {
      if (!id.startsWith(`${regime}:`)) return [];
      const version = versionAt(term.versions, scene.date);
      return version && evaluate(version.when, sceneOf(id, scene)) === true ? [id] : [];
    });
    return codes.length > 0 ? codes : [`${regime}:none`];
  });
}

function lightOf(at: Point, ratio: number, space: Space): Facts {
  const cell = (level: number): NumberRange => {
    const v = space.axes[level]!.values[at.get(level)!]!;
    return v.kind === "number" ? v.cell : point(Number.NaN);
  };
  const [wavelength, aperture] = RATIO_FACTS.map((f) => cell(space.level(f)!));
  const found = chooseLight(wavelength!, aperture!, cell(ratio));
  return { [RATIO_FACTS[0]!]: point(found.wavelength), [RATIO_FACTS[1]!]: point(found.aperture) };
}

/** A wavelength and an aperture in their cells whose ratio lies in its own: the cells are known to allow it. */
function chooseLight(
  wavelength: NumberRange,
  aperture: NumberRange,
  ratio: NumberRange,
): { readonly wavelength: number; readonly aperture: number } {
  for (const w of candidates(wavelength)) {
    const wanted = {
      low: w / ratio.high,
      high: ratio.low > 0 ? w / ratio.low : Infinity,
      lowIncluded: ratio.highIncluded,
      highIncluded: ratio.lowIncluded,
    };
    const a = common(aperture, wanted);
    if (a.low > a.high || (a.low === a.high && !(a.lowIncluded && a.highIncluded))) continue;
    return { wavelength: w, aperture: numberIn(a) };
  }
  return { wavelength: numberIn(wavelength), aperture: numberIn(aperture) };
}

function candidates(r: NumberRange): number[] {
  if (r.low === r.high) return [r.low];
  const high = Number.isFinite(r.high) ? r.high : Math.max(1, r.low) * 1000;
  const low = Number.isFinite(r.low) ? r.low : 0;
  const steps = Array.from({ length: 63 }, (_, i) => low + ((high - low) * (i + 1)) / 64);
  const geometric = Array.from({ length: 40 }, (_, i) => (low > 0 ? low : high / 1e6) * 1.25 ** (i + 1));
  return [numberIn(r), ...steps, ...geometric.filter((x) => x < high)];
}

function common(a: NumberRange, b: NumberRange): NumberRange {
  const low = a.low > b.low || (a.low === b.low && !a.lowIncluded) ? a : b;
  const high = a.high < b.high || (a.high === b.high && !a.highIncluded) ? a : b;
  return { low: low.low, lowIncluded: low.lowIncluded, high: high.high, highIncluded: high.highIncluded };
}

/** A number of the range that has few digits in a unit of which `one` is so much. */
function shortIn(r: NumberRange, one = 1): number {
  if (one === 1 || r.low === r.high) return numberIn(r);
  const inUnit = numberIn({ ...r, low: r.low / one, high: r.high / one }) * one;
  return inUnit > r.low && inUnit < r.high ? inUnit : numberIn(r);
}

/** A number of the range with as few digits as possible. */
function numberIn({ low, high }: NumberRange): number {
  if (low === high) return low;
  if (!Number.isFinite(low)) return Number.isFinite(high) ? high - 1 : 0;
  if (!Number.isFinite(high)) return low === 0 ? 1 : low + Math.abs(low);
  const middle = (low + high) / 2;
  for (let digits = 1; digits < 17; digits++) {
    const rounded = Number(middle.toPrecision(digits));
    if (rounded > low && rounded < high) return rounded;
  }
  return middle;
}
