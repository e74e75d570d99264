import fc from "fast-check";
import { type State, state } from "../domain/states.ts";
import type { CoverProblem, Need } from "./cover-problem.ts";

/** A random problem in whole per mille, so that a test can decide it without fractions. */
export interface CoverCase {
  /** By class, by state. */
  readonly permille: readonly (readonly number[])[];
  readonly threshold: number;
  readonly need: Need;
  /** Positions of states. */
  readonly required: readonly number[];
  readonly forbidden: readonly number[];
}

const CODES = "USA JPN NLD KOR DEU TWN FRA GBR ISR ITA AUT CHE SWE SGP MYS FIN ESP BEL IND CAN POL CZE"
  .split(" ")
  .map(state);

/** Random problems with up to nine states; shares often tie, are often zero, and leave a rest unallocated. */
export const coverCases: fc.Arbitrary<CoverCase> = fc
  .record({ states: fc.integer({ min: 1, max: 9 }), classes: fc.integer({ min: 1, max: 6 }) })
  .chain(({ states, classes }) =>
    fc.record({
      permille: fc.array(permilleRow(states), { minLength: classes, maxLength: classes }),
      threshold: fc.oneof(fc.constantFrom(300, 500, 700, 900), fc.integer({ min: 1, max: 1000 })),
      need: needs(classes),
      required: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 1 }),
      forbidden: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 2 }),
    }),
  )
  .map((example) => {
    const states = example.permille[0]!.length;
    const required = example.required.filter((s) => s < states);
    return { ...example, required, forbidden: example.forbidden.filter((s) => s < states && !required.includes(s)) };
  });

/** Parts of 1000 for `states` suppliers and a rest: equal parts, a few large ones, or any. */
function permilleRow(states: number): fc.Arbitrary<number[]> {
  const part = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.constant(10) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 400 }) },
  );
  return fc.tuple(fc.array(part, { minLength: states, maxLength: states }), part).map(([parts, rest]) => {
    const whole = parts.reduce((a, b) => a + b, rest);
    return parts.map((p) => (whole === 0 ? 0 : Math.floor((1000 * p) / whole)));
  });
}

/** All, at least n, a goal (some step, every alternative, one of its classes), or any other monotone formula. */
function needs(classes: number): fc.Arbitrary<Need> {
  const one: fc.Arbitrary<Need> = fc.integer({ min: 0, max: classes - 1 }).map((i) => ({ class: i }));
  const list = (of: fc.Arbitrary<Need>) => fc.array(of, { minLength: 1, maxLength: 3 });
  const every: Need[] = Array.from({ length: classes }, (_, i) => ({ class: i }));
  const alternative = list(one).map((any): Need => ({ any }));
  const step = list(alternative).map((all): Need => ({ all }));
  const { tree } = fc.letrec<{ tree: Need }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      one,
      list(tie("tree")).map((all): Need => ({ all })),
      list(tie("tree")).map((any): Need => ({ any })),
      fc.tuple(fc.integer({ min: 1, max: 3 }), list(tie("tree"))).map(([atLeast, of]): Need => ({ atLeast, of })),
    ),
  }));
  return fc.oneof(
    fc.constant<Need>({ all: every }),
    fc.integer({ min: 1, max: classes }).map((atLeast): Need => ({ atLeast, of: every })),
    list(step).map((any): Need => ({ any })),
    tree,
  );
}

/** The case as the search takes it. */
export function coverOf({ permille, threshold, need, required, forbidden }: CoverCase): CoverProblem {
  const states = CODES.slice(0, permille[0]!.length);
  return {
    states,
    classes: permille.map((row, c) => ({
      id: `class-${c}`,
      shares: new Map(row.flatMap((x, s) => (x === 0 ? [] : [[states[s]!, x / 1000] as const]))),
    })),
    threshold: threshold / 1000,
    need,
    required: required.map((s) => states[s]!),
    forbidden: forbidden.map((s) => states[s]!),
  };
}

/** Every inclusion-minimal coalition by trying all subsets in whole numbers, by size and then by code. */
export function bruteForce(example: CoverCase): State[][] {
  const { permille, threshold, need, required, forbidden } = example;
  const count = permille[0]!.length;
  const bits = (positions: readonly number[]) => positions.reduce((mask, s) => mask | (1 << s), 0);
  const must = bits(required);
  const mustNot = bits(forbidden);
  const suffices = (mask: number): boolean => {
    const closes = permille.map((row) => row.reduce((sum, x, s) => sum + ((mask >> s) & 1) * x, 0) >= threshold);
    return holds(need, closes);
  };
  const coalitions: State[][] = [];
  for (let mask = 0; mask < 1 << count; mask++) {
    if ((mask & must) !== must || (mask & mustNot) !== 0 || !suffices(mask)) continue;
    const members = [...Array(count).keys()].filter((s) => (mask >> s) & 1);
    if (members.some((s) => !required.includes(s) && suffices(mask & ~(1 << s)))) continue;
    coalitions.push(members.map((s) => CODES[s]!).sort());
  }
  return coalitions.sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
}

/** Whether the need holds, given which classes close. */
export function holds(need: Need, closes: readonly boolean[]): boolean {
  if ("class" in need) return closes[need.class]!;
  if ("all" in need) return need.all.every((n) => holds(n, closes));
  if ("any" in need) return need.any.some((n) => holds(n, closes));
  return need.of.filter((n) => holds(n, closes)).length >= need.atLeast;
}
