import { describe, expect, it } from "vitest";
import { createWorkbench } from "../src/workbench.ts";
import { changed, inventedWorld } from "./invented-world.ts";

/** The loom ban also reaches looms that others make. */
const REACHING = changed(
  "rules/usa/looms.yaml",
  "applies: { from: USA, activity: export }",
  "applies: { activity: export }",
);

describe("who next", () => {
  it("finds for a candidate what assessing the case with it as a member finds, its reach abroad included", () => {
    const gained: number[] = [];
    for (const world of [{}, REACHING]) {
      for (const asOf of ["2021-06-01", "2024-06-01", "2026-06-01"]) {
        for (const threshold of [0.3, 0.6, 0.9]) {
          for (const member of ["JPN", "DEU"]) {
            const workbench = createWorkbench(inventedWorld(world));
            const ask = (members: readonly string[], candidates: readonly string[]) =>
              workbench.assess("cloth", { members, candidates, asOf, threshold });
            const [usa] = ask([member], ["USA"]).next;
            const before = ask([member], []).answer.reach;
            const after = ask([member, "USA"], []).answer.reach;
            expect(usa!.asItIs).toEqual({
              closed: { before: before.closed, after: after.closed },
              controlled: { before: before.controlled, after: after.controlled },
            });
            expect(usa!.gains.potential).toEqual({ before: before.potential, after: after.potential });
            gained.push(after.closed - before.closed);
          }
        }
      }
    }
    expect(Math.max(...gained)).toBeGreaterThan(0);
  });

  it("tells the law that a state has from the rules that it would adopt", () => {
    // Japan licenses looms case by case; with the American denial it closes its 30 of the 80 outside China.
    const [jpn] = createWorkbench(inventedWorld()).assess("cloth", {
      members: ["USA"],
      candidates: ["JPN"],
      asOf: "2026-06-01",
    }).next;
    expect(jpn).toMatchObject({
      adopts: ["usa/looms/ban"],
      asItIs: { closed: { before: 0, after: 0 }, controlled: { before: 0, after: 1 } },
      gains: { closed: { before: 0, after: 1 }, controlled: { before: 0, after: 1 } },
    });
  });
});
