import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exact } from "../domain/ranges.ts";
import { type State, state } from "../domain/states.ts";
import { bruteForce, coverCases, coverOf } from "./cover-cases.ts";
import { atLeastClasses, type CoverProblem, everyClass, goalNeed } from "./cover-problem.ts";
import { minimalCoalitions, minimalCoalitionsInRanges } from "./minimal-coalitions.ts";

const states = (...codes: string[]): State[] => codes.map(state);
const row = (id: string, shares: Record<string, number>) => ({
  id,
  shares: new Map(Object.entries(shares).map(([code, share]) => [state(code), share])),
});

/** Scanners: the Netherlands 90, Japan 10. Coaters: Japan 90, Korea 10. Etchers: the United States 60, Japan 30, Korea 10. */
const TOOLS: CoverProblem = {
  states: states("USA", "JPN", "NLD", "KOR"),
  classes: [
    row("scanner", { NLD: 0.9, JPN: 0.1 }),
    row("coater", { JPN: 0.9, KOR: 0.1 }),
    row("etcher", { USA: 0.6, JPN: 0.3, KOR: 0.1 }),
  ],
  threshold: 0.9,
  need: everyClass(3),
};

describe("minimalCoalitions", () => {
  it("finds the one coalition that closes every class", () => {
    expect(minimalCoalitions(TOOLS)).toMatchObject({
      status: "proven",
      complete: true,
      coalitions: [["JPN", "NLD", "USA"]],
      indispensable: ["JPN", "NLD", "USA"],
      irrelevant: ["KOR"],
    });
  });

  it("lists alternatives by size, then by code, with who is in all and in none", () => {
    const result = minimalCoalitions({ ...TOOLS, threshold: 0.5, need: atLeastClasses(2, 3) });
    expect(result.coalitions).toEqual([
      ["JPN", "NLD"],
      ["JPN", "USA"],
      ["NLD", "USA"],
    ]);
    expect(result.indispensable).toEqual([]);
    expect(result.irrelevant).toEqual(["KOR"]);
  });

  it("closes a goal when for some step every alternative closes", () => {
    const needs = [
      { step: "patterning", source: "s", any: [{ classes: ["scanner"] }, { classes: ["etcher", "coater"] }] },
      { step: "coating", source: "s", any: [{ classes: ["coater"] }] },
    ];
    const need = goalNeed({ id: "logic", needs }, ["scanner", "coater", "etcher"]);
    expect(minimalCoalitions({ ...TOOLS, need }).coalitions).toEqual([["JPN"]]);
    const patterning = goalNeed({ id: "logic", needs: needs.slice(0, 1) }, ["scanner", "coater", "etcher"]);
    expect(minimalCoalitions({ ...TOOLS, need: patterning }).coalitions).toEqual([["JPN", "NLD"]]);
    const noCoater = goalNeed({ id: "logic", needs: [{ ...needs[0]!, any: [{ classes: ["scanner", "etcher"] }] }] }, [
      "scanner",
      "coater",
      "etcher",
    ]);
    expect(minimalCoalitions({ ...TOOLS, need: noCoater }).coalitions).toEqual([["NLD"], ["JPN", "USA"]]);
  });

  it("counts a tie as reached, whatever the order of addition", () => {
    const third = 1 / 3;
    const thirds = row("thirds", { USA: third, JPN: third, NLD: third });
    const tenths = row("tenths", { USA: 0.1, JPN: 0.7, NLD: 0.1 });
    const one = { ...TOOLS, classes: [thirds], need: everyClass(1), threshold: 1 };
    expect(minimalCoalitions(one).coalitions).toEqual([["JPN", "NLD", "USA"]]);
    const sum = 0.1 + 0.7 + 0.1;
    expect(sum).toBeLessThan(0.9);
    expect(minimalCoalitions({ ...one, classes: [tenths], threshold: 0.9 }).coalitions).toEqual([
      ["JPN", "NLD", "USA"],
    ]);
    expect(minimalCoalitions({ ...one, classes: [tenths], threshold: 0.9001 }).status).toBe("infeasible");
  });

  it("keeps required states in and forbidden ones out", () => {
    const need = { any: [{ class: 1 }, { class: 2 }] };
    const free = minimalCoalitions({ ...TOOLS, need });
    expect(free.coalitions).toEqual([["JPN"]]);
    const held = minimalCoalitions({ ...TOOLS, need, required: states("KOR") });
    expect(held).toMatchObject({
      coalitions: [["JPN", "KOR"]],
      indispensable: ["JPN", "KOR"],
      irrelevant: ["NLD", "USA"],
    });
    const without = minimalCoalitions({ ...TOOLS, need, forbidden: states("JPN") });
    expect(without).toMatchObject({ status: "infeasible", complete: true, coalitions: [], indispensable: null });
    const lower = minimalCoalitions({ ...TOOLS, need, threshold: 0.7, forbidden: states("JPN") });
    expect(lower).toMatchObject({ coalitions: [["KOR", "USA"]], irrelevant: ["NLD"] });
  });

  it("says that a need which all candidates together miss is infeasible", () => {
    const impossible = [
      { ...TOOLS, need: { atLeast: 4, of: [{ class: 0 }, { class: 1 }, { class: 2 }] } },
      { ...TOOLS, classes: [...TOOLS.classes, row("unknown", {})], need: everyClass(4) },
    ];
    for (const problem of impossible) {
      expect(minimalCoalitions(problem)).toEqual({
        status: "infeasible",
        complete: true,
        coalitions: [],
        indispensable: null,
        irrelevant: null,
        nodes: 0,
      });
    }
  });

  it("says that it gave up, and what it found until then, all minimal", () => {
    const codes = "USA JPN NLD KOR DEU FRA GBR ITA".split(" ");
    const eighths = row("eighths", Object.fromEntries(codes.map((code) => [code, 0.125])));
    const problem = { states: states(...codes), classes: [eighths], threshold: 0.5, need: everyClass(1) };
    const whole = minimalCoalitions(problem);
    expect(whole).toMatchObject({ status: "proven", indispensable: [], irrelevant: [] });
    expect(whole.coalitions).toHaveLength(70);
    expect(minimalCoalitions(problem, { coalitions: 70 })).toEqual(whole);
    for (const limits of [{ coalitions: 69 }, { nodes: 20 }, { nodes: whole.nodes - 1 }]) {
      const part = minimalCoalitions(problem, limits);
      expect(part).toMatchObject({ status: "limit", complete: false, indispensable: null, irrelevant: null });
      expect(part.coalitions.length).toBeLessThan(70);
      expect(part.coalitions.every((c) => c.length === 4)).toBe(true);
      expect(part.nodes).toBeLessThanOrEqual(limits.nodes ?? whole.nodes);
    }
    expect(minimalCoalitions(problem, { nodes: whole.nodes })).toEqual(whole);
  });

  it("handles more states than one word holds", () => {
    const codes = [..."ABCDEFGHIJ"].flatMap((a) => [..."KLMNOPQ"].map((b) => `X${a}${b}` as State));
    const pairs = codes.slice(1).map((code, i) => ({
      id: `pair-${i}`,
      shares: new Map([
        [codes[i]!, 0.5],
        [code, 0.5],
      ]),
    }));
    const chain = { states: codes, classes: pairs, threshold: 1, need: everyClass(pairs.length) };
    expect(codes).toHaveLength(70);
    expect(minimalCoalitions(chain).coalitions).toEqual([codes]);
    const one = minimalCoalitions({ ...chain, need: atLeastClasses(1, pairs.length) });
    expect(one.coalitions).toEqual(codes.slice(1).map((code, i) => [codes[i], code]));
  });

  it("agrees with trying every subset, each coalition once", () => {
    fc.assert(
      fc.property(coverCases, (example) => {
        const { coalitions, status, complete, indispensable, irrelevant } = minimalCoalitions(coverOf(example));
        const expected = bruteForce(example);
        expect(coalitions).toEqual(expected);
        expect({ status, complete }).toEqual({ status: expected.length > 0 ? "proven" : "infeasible", complete: true });
        if (expected.length === 0) return;
        const free = coverOf(example)
          .states.filter((s) => !coverOf(example).forbidden!.includes(s))
          .sort();
        expect(indispensable).toEqual(free.filter((s) => expected.every((c) => c.includes(s))));
        expect(irrelevant).toEqual(free.filter((s) => expected.every((c) => !c.includes(s))));
      }),
      { seed: 2, numRuns: 600 },
    );
  });

  it("gives the same answer for any order of states and classes", () => {
    fc.assert(
      fc.property(coverCases, (example) => {
        const problem = coverOf(example);
        const turned = { ...problem, states: problem.states.toReversed() };
        expect(minimalCoalitions(turned)).toEqual(minimalCoalitions(problem));
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe("minimalCoalitionsInRanges", () => {
  const ranged = {
    states: states("USA", "JPN", "NLD"),
    classes: [
      {
        id: "etcher",
        shares: new Map([
          [state("USA"), { low: 0.5, high: 0.7 }],
          [state("JPN"), { low: 0.2, high: 0.3 }],
          [state("NLD"), exact(0.1)],
        ]),
      },
    ],
    need: everyClass(1),
  };

  it("tells what suffices at every bound from what may suffice", () => {
    const { certain, possible } = minimalCoalitionsInRanges({ ...ranged, threshold: 0.7 });
    expect(certain.coalitions).toEqual([["JPN", "USA"]]);
    expect(possible.coalitions).toEqual([["USA"]]);
  });

  it("can be possible and not certain", () => {
    const { certain, possible } = minimalCoalitionsInRanges({ ...ranged, threshold: 0.9 });
    expect(certain.status).toBe("infeasible");
    expect(possible.coalitions).toEqual([["JPN", "USA"]]);
  });
});
