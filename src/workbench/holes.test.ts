import { describe, expect, it } from "vitest";
import { changed, inventedWorld } from "../../test/invented-world.ts";
import { InputError } from "../domain/errors.ts";
import { renderHolesTerminal } from "../report/holes/holes-terminal.ts";
import { createWorkbench } from "../workbench.ts";
import { listHoles } from "./holes.ts";

const { library } = createWorkbench(
  inventedWorld(
    changed(
      "rules/usa/looms.yaml",
      "checkedOn:",
      `holes:
  - { id: parts, from: 2024-01-01, when: { item.kind: { in: [loom, lathe] }, loom.pitch: { atMost: 5 nm } }, why: the annex on parts is not held, cite: { at: annex, source: gazette, evidence: secondary } }
  - { id: early, until: 2022-01-01, when: { activity: export }, why: nothing older is held, cite: { at: s. 1, source: gazette, evidence: secondary } }
checkedOn:`,
    ),
  ),
);

describe("holes in the law", () => {
  it("names each state's holes, the oldest first, and what they could concern", () => {
    expect(listHoles(library).map((s) => [s.state, s.holes.map((h) => h.id)])).toEqual([
      ["JPN", []],
      ["USA", ["usa/looms/early", "usa/looms/parts"]],
    ]);
    expect(listHoles(library)[1]!.holes[1]).toMatchObject({
      from: "2024-01-01",
      concerns: [
        { fact: "item.kind", values: ["lathe", "loom"] },
        { fact: "loom.pitch", values: [] },
      ],
    });
  });

  it("keeps those of a day", () => {
    expect(listHoles(library, "2021-12-31")[1]!.holes.map((h) => h.id)).toEqual(["usa/looms/early"]);
    expect(listHoles(library, "2022-01-01")[1]!.holes).toEqual([]);
    expect(() => listHoles(library, "2022-13-01")).toThrow(InputError);
  });

  it("prints them by state", () => {
    expect(
      renderHolesTerminal(listHoles(library), 100),
    ).toBe(`2 holes in the law of 2 states: there, answers are undetermined.

JPN: invented
  none known

USA: invented
  before 1 January 2022: nothing older is held
    could concern activity export
  since 1 January 2024: the annex on parts is not held
    could concern item.kind lathe, loom; loom.pitch
`);
  });
});
