import { describe, expect, it } from "vitest";
import { renderGapsTerminal } from "../src/report/gaps/gaps-terminal.ts";
import { answerGaps } from "../src/workbench/gaps.ts";
import { createWorkbench } from "../src/workbench.ts";
import { changed, inventedWorld } from "./invented-world.ts";

/** Japan licenses fine looms until 2026 and know-how for everything; the USA denies looms. */
const LOOMS = "rules/jpn/looms.yaml";
const KNOW_HOW = `  - id: know-how
    title: Know-how
    layer: list
    applies: { from: JPN, activity: servicing }
    versions:
      - { from: 2023-01-01, when: { destination: CHN }, effect: licence-required, policy: case-by-case, cite: { at: art. 9, source: gazette, evidence: text } }
checkedOn: 2026-01-01
`;
const { library } = createWorkbench(inventedWorld(changed(LOOMS, "checkedOn: 2026-01-01\n", KNOW_HOW)));

function gaps(probe: string) {
  return answerGaps({ between: ["USA", "JPN"], asOf: "2024-06-01", case: "cloth", probe }, library);
}

const page = (probe: string, all = false) => renderGapsTerminal(gaps(probe), { width: 100, colour: false, all });

describe("the page of gaps in the invented world", () => {
  it("says what the one denies and the other leaves free or licenses", async () => {
    await expect(page("plain")).toMatchFileSnapshot("golden/gaps-plain.txt");
  });

  it("shows a hole that is the same in two classes once, and the JSON both regions", async () => {
    expect(gaps("servicing").gaps.map((g) => g.class)).toEqual(["loom", "lathe"]);
    await expect(page("servicing")).toMatchFileSnapshot("golden/gaps-servicing.txt");
  });

  it("gives witnesses with few digits in the unit of the fact", () => {
    const pitches = gaps("plain").gaps.flatMap((g) => g.witness["loom.pitch"] ?? []);
    expect(pitches.length).toBeGreaterThan(0);
    expect(pitches.filter((p) => String(p).length > 4)).toEqual([]);
  });
});
