import { describe, expect, it } from "vitest";
import { InputError } from "../domain/errors.ts";
import { type State, state } from "../domain/states.ts";
import { atLeastClasses, type CoverProblem, checkCoverProblem, everyClass, goalNeed } from "./cover-problem.ts";
import { minimalCoalitions } from "./minimal-coalitions.ts";

const USA = state("USA");
const JPN = state("JPN");
const SOUND: CoverProblem = {
  states: [USA, JPN],
  classes: [{ id: "etcher", shares: new Map([[USA, 0.6]]) }],
  threshold: 0.5,
  need: everyClass(1),
};

function messagesOf(action: () => unknown): string[] {
  try {
    action();
  } catch (e) {
    if (e instanceof InputError) return e.problems.map((p) => `${p.code}: ${p.message}`);
    throw e;
  }
  return [];
}

describe("checkCoverProblem", () => {
  it("passes a sound problem", () => {
    expect(messagesOf(() => checkCoverProblem(SOUND))).toEqual([]);
    expect(messagesOf(() => checkCoverProblem({ ...SOUND, threshold: 1, forbidden: [USA], required: [JPN] }))).toEqual(
      [],
    );
  });

  it("refuses every fault at once", () => {
    const shares = new Map<State, number>([
      [USA, 60],
      [JPN, Number.NaN],
    ]);
    const bad: CoverProblem = {
      states: [USA, JPN, USA],
      classes: [
        { id: "etcher", shares },
        { id: "etcher", shares: new Map() },
      ],
      threshold: 90,
      need: { all: [{ class: 2 }, { any: [] }, { atLeast: 0, of: [{ class: 0 }] }] },
      required: [state("NLD"), JPN],
      forbidden: [JPN],
    };
    const messages = [
      "duplicate-id: candidate `USA` stands twice",
      "unknown-state: `NLD` is not among the candidates",
      "bad-value: `JPN` is both required and forbidden",
      "duplicate-id: class `etcher` stands twice",
      "bad-value: share `60` of `USA` in `etcher` is not a part of supply",
      "bad-value: share `NaN` of `JPN` in `etcher` is not a part of supply",
      "bad-value: the need names class number `2` of 2",
      "bad-shape: a part of the need lists nothing",
      "bad-value: `0` is not a count of at least 1",
      "bad-value: threshold `90` is not a share of supply",
    ];
    expect(messagesOf(() => checkCoverProblem(bad))).toEqual(messages);
    expect(messagesOf(() => minimalCoalitions(bad))).toEqual(messages);
  });

  it("refuses a problem without classes, which nobody would close for free", () => {
    expect(messagesOf(() => minimalCoalitions({ ...SOUND, classes: [], need: everyClass(0) }))).toEqual([
      "bad-shape: a part of the need lists nothing",
    ]);
  });
});

describe("needs", () => {
  it("numbers the classes in their order", () => {
    expect(everyClass(2)).toEqual({ all: [{ class: 0 }, { class: 1 }] });
    expect(atLeastClasses(1, 2)).toEqual({ atLeast: 1, of: [{ class: 0 }, { class: 1 }] });
  });

  it("turns a goal round: some step, all its alternatives, one class of each", () => {
    const needs = [
      { step: "patterning", source: "s", any: [{ classes: ["euv"] }, { classes: ["arf", "resist"] }] },
      { step: "etch", source: "s", any: [{ classes: ["etcher"] }] },
    ];
    expect(goalNeed({ id: "logic", needs }, ["etcher", "euv", "arf", "resist"])).toEqual({
      any: [
        { all: [{ any: [{ class: 1 }] }, { any: [{ class: 2 }, { class: 3 }] }] },
        { all: [{ any: [{ class: 0 }] }] },
      ],
    });
  });

  it("refuses a goal whose classes the problem does not have", () => {
    const needs = [{ step: "etch", source: "s", any: [{ classes: ["etchers"] }, { classes: ["ion-beam"] }] }];
    expect(() => goalNeed({ id: "logic", needs }, ["etcher"])).toThrow("did you mean `etcher`?");
    expect(messagesOf(() => goalNeed({ id: "logic", needs }, ["etcher"]))).toEqual([
      "unknown-class: goal `logic` needs the class `etchers`, which the problem does not have",
      "unknown-class: goal `logic` needs the class `ion-beam`, which the problem does not have",
    ]);
  });
});
