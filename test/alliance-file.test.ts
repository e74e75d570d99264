import { describe, expect, it } from "vitest";
import { formatPlace, InputError, type Problem } from "../src/domain/errors.ts";
import { createWorkbench } from "../src/workbench.ts";
import { alliedWorld, WEAVERS } from "./invented-alliance.ts";

/** What is wrong with the invented alliance after a change. */
async function problemsAfter(...changes: readonly [from: string, to: string][]): Promise<readonly Problem[]> {
  const text = changes.reduce((t, [from, to]) => {
    if (!t.includes(from)) throw new Error(`the alliance has no ${from}`);
    return t.replace(from, to);
  }, WEAVERS);
  const world = alliedWorld({ "alliances/weavers.yaml": text });
  try {
    await createWorkbench(world).alliances({ names: ["weavers"], overlap: false });
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems;
  }
}

const lineOf = (words: string) => WEAVERS.split("\n").findIndex((l) => l.includes(words)) + 1;

describe("an alliance file", () => {
  it("is read as it stands", async () => {
    expect(await problemsAfter()).toEqual([]);
  });

  it("gives every problem at once, each with its line", async () => {
    const problems = await problemsAfter(
      ["counts: [guild]", "counts: [guilt]"],
      ['role: member, since: "2023-06"', 'role: member, since: "2023-13"'],
      ["states: [FRA], role: guest", "states: [Frankreich], role: guest"],
      ["usa/looms/ban", "usa/looms/bann"],
      ["at: p. 7, evidence: text", "at: p. 7, evidence: text, note: x"],
      ["{ source: herald, at: p. 8", "{ source: heralt, at: p. 8"],
      ["grouping: guild\n    made: 2024-02-01", "grouping: fare\n    made: 2024-02-01"],
    );
    expect(problems.map((p) => [p.code, p.hint, p.at?.line])).toEqual([
      ["unknown-name", "did you mean `guild`?", lineOf("counts:")],
      [
        "bad-date",
        "write YYYY-MM-DD, or YYYY-MM or YYYY in quotes where the source gives no day",
        lineOf("states: [JPN], role"),
      ],
      ["unknown-state", "use ISO 3166-1 alpha-3 codes or English names", lineOf("role: guest")],
      ["unknown-rule", "did you mean `usa/looms/ban`?", lineOf("usa/looms/ban")],
      ["unknown-name", "did you mean `fair`?", lineOf("made: 2024-02-01") - 1],
      ["unknown-source", "did you mean `herald`?", lineOf("Yarn subsidy")],
    ]);
  });

  it("refuses a seat that is not disclosed and names its holder, without saying who that is", async () => {
    const problems = await problemsAfter(["disclosed: false, number: 2", "disclosed: false, states: [SWE]"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "bad-value", message: "a seat that is not disclosed names its holder" });
    expect(problems[0]!.hint).toContain("entente disclose");
    expect(formatPlace(problems[0]!.at!)).toMatch(/^alliances\/weavers\.yaml:\d+:\d+$/);
    expect(JSON.stringify(problems)).not.toMatch(/SWE|Sweden/);
  });

  it("says nothing of the holder even where the name is misspelt", async () => {
    const problems = await problemsAfter(["disclosed: false, number: 2", "disclosed: false, states: [Swedenn]"]);
    expect(problems.map((p) => p.code)).toEqual(["bad-value"]);
    expect(JSON.stringify(problems)).not.toContain("Swed");
  });

  it.each([
    [
      "a rule of another state",
      [["rules: [usa/looms/ban]", "rules: [jpn/looms/fine]"]],
      "bad-value",
      "`jpn/looms/fine` is law of JPN and does not bind USA",
    ],
    [
      "neither a rule nor an instrument",
      [["rules: [usa/looms/ban]", "note: done"]],
      "bad-shape",
      "say exactly one of `rules` and `instrument`",
    ],
    [
      "days beside a rule",
      [["rules: [usa/looms/ban]", "rules: [usa/looms/ban], from: 2022-01-01"]],
      "bad-shape",
      "a step by `rules` has no days and no citation of its own",
    ],
    [
      "an instrument without a day",
      [["from: 2024-03-01, until: 2025-03-01, ", ""]],
      "bad-shape",
      "no day for `Repair act`",
    ],
    [
      "an instrument without a citation",
      [[", cite: { source: herald, at: p. 8, evidence: text }", ""]],
      "missing-cite",
      "no citation for `Yarn subsidy`",
    ],
    [
      "two days of joining",
      [['role: member, since: "2023-06"', 'role: member, since: "2023-06", by: "2023-07"']],
      "bad-shape",
      "say one of `since` (it joined) and `by` (a source names it by then)",
    ],
    [
      "two seats of one state at a time",
      [["states: [FRA], role: guest", "states: [JPN], role: guest"]],
      "duplicate-id",
      "`JPN` has two seats at one time in `guild`",
    ],
    [
      "a seat before its grouping",
      [["by: 2025-01-01", "by: 2021-12-31"]],
      "bad-date",
      "a seat begins before `guild` itself",
    ],
    ["two groupings of one name", [["- id: fair", "- id: guild"]], "duplicate-id", "two groupings are called `guild`"],
    [
      "an objective with and without a measure",
      [
        [
          "cite: { source: herald, at: p. 1, evidence: secondary }\n  measure",
          "cite: { source: herald, at: p. 1, evidence: secondary }\n  unmeasured: no\n  measure",
        ],
      ],
      "bad-shape",
      "say exactly one of `measure` and `unmeasured`",
    ],
    [
      "a disclosed seat without states",
      [["states: [FRA], role: guest", "role: guest"]],
      "bad-shape",
      "a disclosed seat names its `states`",
    ],
    ["an unknown field", [["issue: cloth", "issue: cloth\nmembers: [USA]"]], "bad-shape", "unknown field `members`"],
    [
      "a class that no pack has",
      [["classes: [tool]", "classes: [toll]"]],
      "unknown-class",
      "`toll` is no class or group",
    ],
  ] as const)("refuses %s", async (_, changes, code, message) => {
    const problems = await problemsAfter(...changes.map(([from, to]): [string, string] => [from, to]));
    expect(problems.map((p) => [p.code, p.message])).toEqual([[code, message]]);
  });

  it("never ends in a fault, whichever line is lost", async () => {
    const lines = WEAVERS.split("\n");
    for (const [i, line] of lines.entries()) {
      if (line === "") continue;
      const text = lines.filter((_, k) => k !== i).join("\n");
      const world = alliedWorld({ "alliances/weavers.yaml": text });
      const asked = createWorkbench(world).alliances({ names: [], overlap: false, asOf: "2025-06-01" });
      await asked.catch((error: unknown) => expect([line, error]).toEqual([line, expect.any(InputError)]));
    }
  });

  it("takes a state back that left and came again", async () => {
    const again = `      - { states: [JPN], role: member, since: "2023-06", until: 2024-01-01 }
      - { states: [JPN], role: founder, since: 2024-06-01 }
`;
    expect(await problemsAfter(['      - { states: [JPN], role: member, since: "2023-06" }\n', again])).toEqual([]);
  });
});
