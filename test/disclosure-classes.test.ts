import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ClassPlan,
  classOf,
  type Membership,
  planClasses,
  type UsablePlan,
} from "../src/coalition/disclosure-classes.ts";

/** Every subset of n places with at most `atMost` of them, by counting in binary: nothing of the code under test. */
function subsets(n: number, atMost: number): number[][] {
  const found: number[][] = [];
  for (let bits = 0; bits < 2 ** n; bits++) {
    const m: number[] = [];
    for (let place = 0; place < n; place++) if (Math.floor(bits / 2 ** place) % 2 === 1) m.push(place);
    if (m.length <= atMost) found.push(m);
  }
  return found;
}

const usable = (plan: ClassPlan): UsablePlan => {
  if (plan.kind === "none") throw new Error(plan.why);
  return plan;
};
const nameOf = (m: Membership) => m.join();
const countOf = (memberships: readonly Membership[], place: number) =>
  memberships.filter((m) => m.includes(place)).length;

/** The classes of a space by brute force over its memberships: how often each membership is held, and the classes. */
function cut(plan: UsablePlan): { readonly classes: ReadonlyMap<string, readonly Membership[]> } {
  const classes = new Map<string, readonly Membership[]>();
  for (const m of subsets(plan.space.candidates, plan.space.atMost)) {
    const { memberships } = classOf(plan, m);
    const names = memberships.map(nameOf);
    if (!names.includes(nameOf(m))) throw new Error(`${nameOf(m)} is not in its own class`);
    classes.set(names.join(" "), memberships);
  }
  return { classes };
}

const UP_TO_EIGHT = Array.from({ length: 7 }, (_, i) => i + 2).flatMap((n) =>
  Array.from({ length: n }, (_, i) => i + 1).flatMap((atMost) => [2, 4, 8].map((k) => ({ n, atMost, k }))),
);
const NINE_AND_TEN = [9, 10].flatMap((n) => [2, Math.floor(n / 2), n].map((atMost) => ({ n, atMost, k: 8 })));
const SMALL = [...UP_TO_EIGHT, ...NINE_AND_TEN];

describe("classes of memberships, against brute force over every space of up to ten candidates", () => {
  it("hold every membership exactly once, at least k each, and no state in more than half", () => {
    let partitions = 0;
    for (const { n, atMost, k } of SMALL) {
      const plan = planClasses({ candidates: n, atMost, least: k });
      const space = subsets(n, atMost);
      if (plan.kind === "none") {
        expect(space.length, `${n} ${atMost} ${k}`).toBeLessThan(k);
        continue;
      }
      partitions++;
      const { classes } = cut(plan);
      const held = [...classes.values()].flat().map(nameOf);
      expect(held.length, `${n} ${atMost} ${k}: no membership is in two classes`).toBe(space.length);
      expect(new Set(held)).toEqual(new Set(space.map(nameOf)));
      for (const memberships of classes.values()) {
        expect(memberships.length, `${n} ${atMost} ${k}`).toBeGreaterThanOrEqual(k);
        for (let place = 0; place < n; place++) {
          expect(2 * countOf(memberships, place), `${n} ${atMost} ${k}`).toBeLessThanOrEqual(memberships.length);
        }
      }
    }
    expect(partitions).toBeGreaterThan(80);
  });

  it("hold each state equally often, so that a belief that treats states alike stays at members by candidates", () => {
    for (const { n, atMost, k } of UP_TO_EIGHT.filter((x) => x.n !== 7)) {
      const plan = planClasses({ candidates: n, atMost, least: k });
      if (plan.kind === "none") continue;
      for (const memberships of cut(plan).classes.values()) {
        for (const size of new Set(memberships.map((m) => m.length))) {
          const layer = memberships.filter((m) => m.length === size);
          for (let place = 0; place < n; place++) {
            expect(countOf(layer, place) * n, `${n} ${atMost} ${k} ${size}`).toBe(layer.length * size);
          }
        }
      }
    }
  });

  it("exist for every membership of everybody exactly when there are k subsets at all", () => {
    const fewest = (k: number) =>
      [1, 2, 3, 4, 5, 6].find((n) => planClasses({ candidates: n, atMost: n, least: k }).kind !== "none");
    expect([2, 4, 8, 16, 32].map(fewest)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("classes of larger spaces, without listing the space", () => {
  const spaces = fc
    .tuple(fc.integer({ min: 8, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 9 }))
    .map(([n, atMost, k]) => ({ candidates: n, atMost: Math.min(n, atMost), least: Math.min(n, k) }));
  const withMembership = spaces.chain((space) =>
    fc
      .tuple(
        fc.constant(space),
        fc.subarray(
          Array.from({ length: space.candidates }, (_, i) => i),
          { maxLength: space.atMost },
        ),
      )
      .map(([s, m]) => ({ space: s, membership: [...m].sort((a, b) => a - b) })),
  );

  it("are the same from each of their memberships, with both bounds", () => {
    fc.assert(
      fc.property(withMembership, ({ space, membership }) => {
        const plan = usable(planClasses(space));
        const found = classOf(plan, membership);
        expect(found.memberships.map(nameOf)).toContain(nameOf(membership));
        expect(found.memberships.length).toBeGreaterThanOrEqual(space.least);
        for (const other of [found.memberships[0]!, found.memberships.at(-1)!]) {
          expect(classOf(plan, other)).toEqual(found);
        }
        for (let place = 0; place < space.candidates; place++) {
          expect(2 * countOf(found.memberships, place)).toBeLessThanOrEqual(found.memberships.length);
        }
      }),
      { numRuns: 100, seed: 11 },
    );
  });
});

describe("where no partition of use exists it says so, and what would do", () => {
  it.each([
    [
      { candidates: 2, atMost: 2, least: 8 },
      "2 candidates of whom at most 2 are members make 4 memberships",
      "name more candidates (4 or more will do)",
    ],
    [{ candidates: 3, atMost: 1, least: 8 }, "make 4 memberships, and a class needs 8", "or lower --k"],
    [{ candidates: 20, atMost: 10, least: 24 }, "all 616666 memberships in one class", "use --k 20 or less"],
    [{ candidates: 40, atMost: 20, least: 24 }, "more regular patterns", "use --k 10 or less"],
  ])("%j", (space, why, hint) => {
    const plan = planClasses(space);
    expect(plan.kind).toBe("none");
    if (plan.kind === "none") {
      expect(plan.why).toContain(why);
      expect(plan.hint).toContain(hint);
    }
  });
});

describe("several envelopes over one circle", () => {
  it("keep the half while members are only added, where at most half of the candidates may be members", () => {
    const n = 7;
    const plan = usable(planClasses({ candidates: n, atMost: 3, least: 7 }));
    const space = subsets(n, 3);
    for (const before of space) {
      const first = classOf(plan, before).memberships;
      for (const after of space.filter((m) => before.every((place) => m.includes(place)))) {
        const second = classOf(plan, after).memberships;
        const pairs = first.flatMap((a) => second.filter((b) => a.every((place) => b.includes(place))));
        for (let place = 0; place < n; place++) expect(2 * countOf(pairs, place)).toBeLessThanOrEqual(pairs.length);
        expect(new Set(pairs.map(nameOf)).size).toBeGreaterThanOrEqual(7);
      }
    }
  });
});
