import { outsideTarget } from "../src/closure/coverage.ts";
import type { CoverProblem } from "../src/coalition/cover-problem.ts";
import type { State } from "../src/domain/states.ts";
import { sharesAt, targetOwn } from "../src/supply/shares-at.ts";
import { createWorkbench } from "../src/workbench.ts";
import { mulberry32 } from "../test/random.ts";

/**
 * How shares are drawn. `concentrated`: the sorted shares of a real class, each moved by up to a fifth, for states that are as
 * likely to supply as their rank r is (r to the power -1.5, as in the real classes). `skewed`: the same shares, any states.
 * `uniform`: as many suppliers as a real class has, any states, shares uniform at random. `uniform, all`: the same with every
 * state a supplier of every input.
 */
export type Draw = "concentrated" | "skewed" | "uniform" | "uniform, all";

/** A random problem in whole numbers, so that all sides are given the same: at least `need` classes must reach their goals. */
export interface CoverInstance {
  readonly draw: Draw;
  readonly seed: number;
  /** By class, by state. */
  readonly permille: readonly (readonly number[])[];
  /** By class: per mille that must be reached. */
  readonly goals: readonly number[];
  readonly need: number;
}

export interface InstanceSize {
  readonly states: number;
  readonly classes: number;
  readonly need: number;
}

const THRESHOLD = 0.7;

/** A random instance in which at least `need` inputs must reach 70% of their supply. */
export function coverInstance(draw: Draw, seed: number, { states, classes, need }: InstanceSize): CoverInstance {
  const random = mulberry32(seed * 7919 + states * 131 + classes);
  const profiles = realProfiles();
  const permille = Array.from({ length: classes }, () => {
    const profile = profiles[Math.floor(random() * profiles.length)]!;
    const parts = new Array<number>(states).fill(0);
    if (draw === "uniform, all") for (let s = 0; s < states; s++) parts[s] = random();
    else {
      const likely = parts.map((_, s) => (draw === "concentrated" ? (s + 1) ** -1.5 : 1));
      const suppliers = pick(random, likely, Math.min(states, profile.length));
      for (const [i, s] of suppliers.entries())
        parts[s] = draw === "uniform" ? random() : profile[i]! * (0.8 + 0.4 * random());
    }
    const whole = parts.reduce((a, b) => a + b);
    return parts.map((x) => Math.round((1000 * x) / whole));
  });
  const goals = permille.map((row) => Math.ceil(THRESHOLD * row.reduce((a, b) => a + b) - 1e-9));
  return { draw, seed, permille, goals, need };
}

/** The same as shares, scaled so that every class has the one threshold. */
export function problemOf({ permille, goals, need }: CoverInstance): CoverProblem {
  const states = permille[0]!.map((_, s) => `S${String(s).padStart(3, "0")}` as State);
  return {
    states,
    classes: permille.map((row, c) => ({
      id: `c${c}`,
      shares: new Map(
        row.flatMap((x, s) => (x > 0 ? [[states[s]!, Math.min(1, (THRESHOLD * x) / goals[c]!)] as const] : [])),
      ),
    })),
    threshold: THRESHOLD,
    need: { atLeast: need, of: permille.map((_, c) => ({ class: c })) },
  };
}

const TARGET = "CHN" as State;

let profiles: number[][] | undefined;

/** Shares of the supply outside the target of every class of the chips pack, newest period, largest first. */
function realProfiles(): number[][] {
  if (profiles) return profiles;
  const { pack } = createWorkbench(new URL("..", import.meta.url).pathname).library.merged(["chips"])!;
  profiles = pack.classes.flatMap((cls) => {
    const years = pack.shares
      .filter((s) => s.class === cls.id && s.level !== "firm")
      .map((s) => Number(s.period.slice(0, 4)));
    const shares = sharesAt(pack, cls.id, Math.max(...years, 1900));
    const own = targetOwn(shares, TARGET);
    const sorted = shares.suppliers
      .filter((s) => s.supplier !== "various" && s.supplier !== TARGET)
      .map((s) => outsideTarget(s.share, own).low)
      .filter((x) => x > 0)
      .sort((a, b) => b - a);
    return sorted.length > 0 ? [sorted] : [];
  });
  return profiles;
}

/** `count` different positions, each as likely as its weight. */
function pick(random: () => number, weights: readonly number[], count: number): number[] {
  const left = [...weights];
  return Array.from({ length: count }, () => {
    let at = random() * left.reduce((a, b) => a + b);
    let i = 0;
    while (i < left.length - 1 && at >= left[i]!) at -= left[i++]!;
    while (left[i] === 0) i--;
    left[i] = 0;
    return i;
  });
}
