import fc from "fast-check";
import highsModule from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import { state } from "../domain/states.ts";
import { bruteForce, type CoverCase, coverCases, coverOf, holds } from "./cover-cases.ts";
import { everyClass, type Need, partsOf } from "./cover-problem.ts";
import { smallestCoalition } from "./smallest-coalition.ts";

/**
 * The case as an integer programme in LP format: x a state joins, y a class closes, z a part of the need holds. All binary,
 * without bounds of their own: with them, HiGHS would read the variables as continuous.
 */
function asProgramme({ permille, threshold, need, required, forbidden }: CoverCase): string {
  const states = permille[0]!.map((_, s) => `x${s}`);
  const binaries = [...states, ...permille.map((_, c) => `y${c}`)];
  const rows = permille.map((row, c) => `${weighted(row)} - ${threshold} y${c} >= 0`);
  const nameOf = (part: Need): string => {
    if ("class" in part) return `y${part.class}`;
    const name = `z${binaries.length}`;
    binaries.push(name);
    const inputs = partsOf(part).map(nameOf);
    const count = "all" in part ? inputs.length : "any" in part ? 1 : part.atLeast;
    rows.push(`${repeated(inputs)} - ${count} ${name} >= 0`);
    return name;
  };
  rows.push(`${nameOf(need)} = 1`);
  rows.push(...required.map((s) => `x${s} = 1`), ...forbidden.map((s) => `x${s} = 0`));
  const constraints = rows.map((row, i) => ` r${i}: ${row}`).join("\n");
  return `Minimize\n size: ${states.join(" + ")}\nSubject To\n${constraints}\nBinary\n ${binaries.join(" ")}\nEnd\n`;
}

/** A class may feed a part more than once: its name is then counted as often. */
function repeated(inputs: readonly string[]): string {
  const times = new Map<string, number>();
  for (const name of inputs) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].map(([name, n]) => `${n} ${name}`).join(" + ");
}

function weighted(row: readonly number[]): string {
  const terms = row.flatMap((x, s) => (x === 0 ? [] : [`${x} x${s}`]));
  return terms.length > 0 ? terms.join(" + ") : "0 x0";
}

/** Larger cases than every subset could be tried for: up to 22 states, 30 classes. */
const largeCases: fc.Arbitrary<CoverCase> = fc
  .record({ states: fc.integer({ min: 12, max: 22 }), classes: fc.integer({ min: 2, max: 30 }) })
  .chain(({ states, classes }) =>
    fc.record({
      permille: fc.array(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: states, maxLength: states }), {
        minLength: classes,
        maxLength: classes,
      }),
      threshold: fc.integer({ min: 50, max: 600 }),
      need: fc.integer({ min: 1, max: classes }).chain((n) => {
        const of: Need[] = Array.from({ length: classes }, (_, i) => ({ class: i }));
        return fc.constantFrom<Need>(
          everyClass(classes),
          { atLeast: n, of },
          { any: [{ all: of.slice(0, n) }, { all: of.slice(-n) }] },
        );
      }),
      required: fc.constant([]),
      forbidden: fc.constant([]),
    }),
  );

/** Up to 22 states, 40 classes of two to six suppliers each: at least n of them must close. */
const sparseCases: fc.Arbitrary<CoverCase> = fc
  .record({ states: fc.integer({ min: 10, max: 22 }), classes: fc.integer({ min: 10, max: 40 }) })
  .chain(({ states, classes }) =>
    fc.record({
      permille: fc.array(
        fc
          .uniqueArray(fc.tuple(fc.integer({ min: 0, max: states - 1 }), fc.integer({ min: 50, max: 160 })), {
            selector: ([s]) => s,
            minLength: 2,
            maxLength: 6,
          })
          .map((suppliers) => {
            const row = new Array<number>(states).fill(0);
            for (const [s, share] of suppliers) row[s] = share;
            return row;
          }),
        { minLength: classes, maxLength: classes },
      ),
      threshold: fc.integer({ min: 90, max: 300 }),
      need: fc.integer({ min: 5, max: classes }).map(
        (n): Need => ({
          atLeast: n,
          of: Array.from({ length: classes }, (_, i) => ({ class: i })),
        }),
      ),
      required: fc.constant([]),
      forbidden: fc.constant([]),
    }),
  );

// The package's types describe its CommonJS build, whose loader is one level deeper.
const loadHighs = highsModule as unknown as (typeof highsModule)["default"];

describe("smallestCoalition", () => {
  let highs: Awaited<ReturnType<typeof loadHighs>>;
  beforeAll(async () => {
    highs = await loadHighs();
  });

  it("takes one large supplier rather than two that fit exactly", () => {
    const [USA, JPN, NLD] = [state("USA"), state("JPN"), state("NLD")];
    const shares = new Map([
      [USA, 0.3],
      [JPN, 0.3],
      [NLD, 0.4],
    ]);
    const problem = {
      states: [USA, JPN, NLD],
      classes: [{ id: "etcher", shares }],
      threshold: 0.4,
      need: everyClass(1),
    };
    expect(smallestCoalition(problem)).toMatchObject({ status: "proven", coalition: ["NLD"], atLeast: 1 });
    const withUsa = smallestCoalition({ ...problem, required: [USA] });
    expect(withUsa).toMatchObject({ status: "proven", atLeast: 2 });
    expect([
      ["JPN", "USA"],
      ["NLD", "USA"],
    ]).toContainEqual(withUsa.coalition);
    expect(smallestCoalition({ ...problem, forbidden: [NLD], threshold: 0.7 })).toEqual({
      status: "infeasible",
      coalition: null,
      atLeast: null,
      nodes: 0,
    });
  });

  it("has the size of the smallest of all subsets, and meets the need", () => {
    fc.assert(
      fc.property(coverCases, (example) => {
        const expected = bruteForce(example);
        const result = smallestCoalition(coverOf(example));
        if (expected.length === 0) {
          expect(result).toMatchObject({ status: "infeasible", coalition: null });
          return;
        }
        expect(result).toMatchObject({ status: "proven", atLeast: result.coalition!.length });
        expect(expected.filter((c) => c.length === expected[0]!.length)).toContainEqual(result.coalition);
      }),
      { seed: 4, numRuns: 600 },
    );
  });

  it("has the size that HiGHS finds", () => {
    const sizes = new Set<number>();
    for (const [cases, numRuns] of [
      [coverCases, 30],
      [largeCases, 15],
      [sparseCases, 20],
    ] as const) {
      fc.assert(
        fc.property(cases, (example) => {
          const ours = smallestCoalition(coverOf(example));
          const theirs = highs.solve(asProgramme(example), { output_flag: false });
          expect(theirs.Status).toBe(ours.status === "infeasible" ? "Infeasible" : "Optimal");
          if (ours.coalition === null) return;
          expect(ours.status).toBe("proven");
          expect(ours.coalition).toHaveLength(Math.round(theirs.ObjectiveValue));
          sizes.add(ours.coalition.length);
        }),
        { seed: 5, numRuns },
      );
    }
    expect(sizes.size).toBeGreaterThan(6);
  });

  it("says that it gave up, with a coalition that suffices and a bound that holds", () => {
    let gaveUp = 0;
    fc.assert(
      fc.property(largeCases, (example) => {
        const problem = coverOf(example);
        const part = smallestCoalition(problem, { nodes: 1 });
        const whole = smallestCoalition(problem);
        if (part.status !== "limit") {
          expect(part).toEqual(whole);
          return;
        }
        gaveUp++;
        expect(part.atLeast).toBeLessThanOrEqual(whole.atLeast!);
        expect(part.coalition!.length).toBeGreaterThanOrEqual(whole.coalition!.length);
        const closes = example.permille.map(
          (row) => part.coalition!.reduce((sum, s) => sum + row[problem.states.indexOf(s)]!, 0) >= example.threshold,
        );
        expect(holds(example.need, closes)).toBe(true);
      }),
      { seed: 6, numRuns: 60 },
    );
    expect(gaveUp).toBeGreaterThan(10);
  });
});
