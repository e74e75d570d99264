import type { Solution } from "./solve.ts";
import type { CountryOutcome } from "./welfare.ts";

/** One set of trade elasticities by sector. */
export interface ElasticitySet {
  readonly id: string;
  readonly title: string;
  /** Published estimates give the range; the others are assumptions and only run when they are asked for by id. */
  readonly kind: "published" | "assumed";
  readonly theta: readonly number[];
}

/** The sets that give the range. */
export function publishedSets(sets: readonly ElasticitySet[]): ElasticitySet[] {
  return sets.filter((set) => set.kind === "published");
}

/**
 * Sectors that have the same elasticity as each other in every set: one estimate that was given to several. A draw must take them
 * together, or it would average out what is one doubt.
 */
export function jointSectors(sets: readonly ElasticitySet[]): number[][] {
  const groups = new Map<string, number[]>();
  for (let j = 0; j < (sets[0]?.theta.length ?? 0); j++) {
    const key = sets.map((set) => set.theta[j]).join(" ");
    groups.set(key, [...(groups.get(key) ?? []), j]);
  }
  return [...groups.values()];
}

/**
 * Sets drawn from the published estimates: for each group of sectors that share an estimate one of the sets, each equally likely and
 * each group on its own. The same seed gives the same draws.
 */
export function drawElasticities(sets: readonly ElasticitySet[], count: number, seed: number): ElasticitySet[] {
  const from = publishedSets(sets);
  if (from.length === 0) return [];
  const groups = jointSectors(from);
  const next = randomOf(seed);
  return Array.from({ length: count }, (_, d) => {
    const theta: number[] = [];
    for (const group of groups) {
      const chosen = from[Math.floor(next() * from.length)]!;
      for (const j of group) theta[j] = chosen.theta[j]!;
    }
    return { id: `draw-${d + 1}`, title: `draw ${d + 1} of seed ${seed}`, kind: "assumed" as const, theta };
  });
}

/** Numbers in [0, 1) from a seed (splitmix32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** The figures of an outcome that are numbers. */
export const MEASURES = [
  "wage",
  "price",
  "realWage",
  "welfareExact",
  "termsOfTrade",
  "volumeOfTrade",
  "welfareLinear",
] as const;
export type Measure = (typeof MEASURES)[number];

/** A country's outcome as ranges. */
export type OutcomeRange = { readonly id: string } & {
  readonly [M in Measure]: { readonly low: number; readonly high: number };
};

/**
 * Lowest and highest of each figure over several solutions. Empty when one of them found no equilibrium: a range over the rest would
 * hide what could not be worked out.
 */
export function outcomeRanges(solutions: readonly Pick<Solution, "countries">[]): OutcomeRange[] {
  return bandsOf(solutions, 0, 1);
}

/** The band between two quantiles (0 to 1) of each figure over many solutions, interpolated between neighbours. */
export function bandsOf(solutions: readonly Pick<Solution, "countries">[], low: number, high: number): OutcomeRange[] {
  const first = solutions[0]?.countries ?? [];
  if (solutions.some((s) => s.countries.length !== first.length)) return [];
  return first.map(({ id }, n) => {
    const all = solutions.map((s) => s.countries[n]!);
    const band = (measure: Measure) => {
      const values = all.map((c: CountryOutcome) => c[measure]).sort((a, b) => a - b);
      return { low: quantile(values, low), high: quantile(values, high) };
    };
    return { id, ...Object.fromEntries(MEASURES.map((m) => [m, band(m)])) } as OutcomeRange;
  });
}

function quantile(sorted: readonly number[], at: number): number {
  const place = at * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
