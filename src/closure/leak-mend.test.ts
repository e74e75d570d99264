import { describe, expect, it } from "vitest";
import { changed, inventedWorld } from "../../test/invented-world.ts";
import { createWorkbench } from "../workbench.ts";
import type { Assessment, Leak } from "./assessment.ts";

/*
 * The invented world: the USA denies looms to China, Japan licenses looms of a pitch up to 100 nm, case by case, and from 2026
 * all looms. What mends each leak is worked out by hand from those three sentences.
 */
const assess = (changes: Record<string, string> = {}, asOf?: string): Assessment =>
  createWorkbench(inventedWorld(changes)).assess("cloth", asOf === undefined ? {} : { asOf });
const leakOf = (a: Assessment, where: Readonly<Record<string, string>>): Leak =>
  a.leaks.find((l) => Object.entries(where).every(([k, v]) => l[k as keyof Leak] === v))!;
const JAPAN = "rules/jpn/looms.yaml";

describe("the smallest change that mends a leak", () => {
  it("is a threshold moved as far as the variant needs, where the variant ends", () => {
    const wide = changed("packs/cloth/items.yaml", "above: 100 nm }", "above: 100 nm, atMost: 250 nm }");
    const leak = leakOf(assess(wide), { state: "JPN", kind: "threshold" });
    expect(leak.mend).toEqual({
      step: "number",
      changes: [
        {
          change: "words",
          rule: "jpn/looms/fine",
          in: "jpn/looms/fine",
          part: "when",
          path: [1],
          was: "loom.pitch: { atMost: 100 nm }",
          becomes: "loom.pitch: { atMost: 250 nm }",
        },
      ],
      after: "gated",
      mends: true,
      alsoReaches: [],
      closing: {
        change: "policy",
        rule: "jpn/looms/fine",
        was: "case-by-case",
        becomes: "presumption-of-denial",
      },
    });
    expect(leak.change).toBe("jpn/looms/fine with `loom.pitch` at most 250 nm instead of 100 nm");
    expect(leak.clause).toEqual({
      rule: "jpn/looms/fine",
      act: "Loom Order",
      at: "art. 2",
      source: "gazette",
      evidence: "inferred",
    });
  });

  it("is the later text at once, where no bound of the variant says how far a number would have to move", () => {
    const leak = leakOf(assess(), { state: "JPN", kind: "threshold" });
    expect(leak.mend).toMatchObject({
      step: "number",
      changes: [{ change: "date", rule: "jpn/looms/fine", textOf: "2026-01-01" }],
      after: "gated",
    });
  });

  it("is the limb dropped, where no later text is known", () => {
    const text = changed(JAPAN, "2023-01-01, until: 2026-01-01", "2023-01-01")[JAPAN]!;
    const alone = { [JAPAN]: text.replace(/\n {6}- \{ from: 2026-01-01.*\n/, "\n") };
    expect(leakOf(assess(alone), { state: "JPN", kind: "threshold" }).mend).toMatchObject({
      step: "exclusion",
      changes: [{ change: "words", was: "loom.pitch: { atMost: 100 nm }", becomes: "" }],
      after: "gated",
    });
  });

  it("is another member's entry, where no rule of its own comes near", () => {
    const gone = changed(JAPAN, "item.kind: loom, loom.pitch: { atMost: 100 nm }", "item.kind: lathe");
    const text = { [JAPAN]: gone[JAPAN]!.replace("when: { item.kind: loom }", "when: { item.kind: lathe }") };
    const leak = leakOf(assess(text), { state: "JPN", kind: "no-control" });
    expect(leak.mend).toMatchObject({
      step: "adoption",
      changes: [{ change: "adopt", rule: "usa/looms/ban", state: "JPN" }],
      after: "closed",
      mends: true,
    });
    expect(leak.because).toBe("no rule of Japan reaches it; Loom Act s. 1 of the United States would");
  });

  it("is a policy word for what is under licence alone, and the exception's where an exception softens it", () => {
    expect(leakOf(assess(), { state: "JPN", kind: "policy" }).mend).toMatchObject({
      step: "number",
      changes: [{ change: "policy", rule: "jpn/looms/fine", was: "case-by-case", becomes: "presumption-of-denial" }],
      after: "closed",
    });
    const soft = changed(
      "rules/usa/looms.yaml",
      "checkedOn",
      `    exceptions:
      - { id: friends, overrides: ban, when: { destination: CHN }, effect: licence-required, policy: approval, cite: { at: s. 2, source: gazette, evidence: text } }
checkedOn`,
    );
    expect(leakOf(assess(soft), { state: "USA", kind: "policy" }).mend).toMatchObject({
      step: "number",
      changes: [{ change: "policy", rule: "usa/looms/ban", exception: "friends", was: "approval" }],
      after: "closed",
    });
  });

  it("is an exception dropped, or a stay ended, where that leaves the goods free", () => {
    const free = changed(
      "rules/usa/looms.yaml",
      "checkedOn",
      `    exceptions:
      - { id: friends, overrides: ban, when: { destination: CHN }, effect: no-licence, cite: { at: s. 2, source: gazette, evidence: text } }
checkedOn`,
    );
    expect(leakOf(assess(free), { state: "USA", probe: "plain", grade: "open" }).mend).toMatchObject({
      step: "exclusion",
      changes: [{ change: "exception", rule: "usa/looms/ban", exception: "friends" }],
      after: "closed",
    });
    const stayed = changed(
      "rules/usa/looms.yaml",
      "announced: 2021-12-01,",
      "announced: 2021-12-01, status: [{ from: 2024-01-01, status: stayed, cite: { at: s. 9, source: gazette, evidence: text } }],",
    );
    expect(leakOf(assess(stayed), { state: "USA", probe: "plain", grade: "open" }).mend).toMatchObject({
      step: "exclusion",
      changes: [{ change: "stay", rule: "usa/looms/ban" }],
      after: "closed",
    });
  });

  it("is a layer added to the rule, where no member's law has one on repair", () => {
    const leak = leakOf(assess(), { state: "USA", kind: "layer", probe: "servicing" });
    expect(leak.mend).toMatchObject({
      step: "layer",
      changes: [
        {
          change: "words",
          rule: "usa/looms/ban",
          part: "applies",
          becomes: "any: [{ activity: export }, { activity: servicing }]",
        },
      ],
      after: "closed",
    });
    expect(leak.change).toBe("usa/looms/ban also for `activity: servicing`");
  });

  it("is for a state outside to join, with its own law where that will do", () => {
    const german = {
      "rules/deu/regime.yaml": `regime: DEU
title: invented
instruments: [{ id: deu/lathes, from: 2020-01-01 }]
checkedOn: 2026-01-01
`,
      "rules/deu/lathes.yaml": `title: Lathes
regime: DEU
act: Lathe Act
rules:
  - id: licence
    title: Lathes to China
    layer: list
    applies: { from: DEU, activity: export }
    versions:
      - { from: 2022-01-01, when: { item.kind: lathe, destination: CHN }, effect: licence-required, policy: case-by-case, cite: { at: s. 1, source: gazette, evidence: text } }
checkedOn: 2026-01-01
`,
    };
    expect(leakOf(assess(german), { state: "DEU" }).mend).toMatchObject({
      step: "joining",
      changes: [{ change: "join", state: "DEU" }],
      after: "gated",
    });
    const without = leakOf(assess(), { state: "DEU" });
    expect([without.mend, without.change]).toEqual([
      null,
      "DEU joins with a rule of its own: no rule held here would do",
    ]);
  });

  it("says what else a moved number takes in", () => {
    const third = changed(
      "packs/cloth/items.yaml",
      "{ id: coarse, name: over 100 nm, facts: { loom.pitch: { above: 100 nm } } }",
      `{ id: middle, name: 100 to 200 nm, facts: { loom.pitch: { above: 100 nm, atMost: 200 nm } } }
      - { id: coarse, name: 200 to 300 nm, facts: { loom.pitch: { above: 200 nm, atMost: 300 nm } } }`,
    );
    const a = assess(third);
    expect(leakOf(a, { variant: "middle", state: "JPN", probe: "plain" }).mend?.alsoReaches).toEqual([]);
    expect(leakOf(a, { variant: "coarse", state: "JPN", probe: "plain" }).mend?.alsoReaches).toEqual(["looms/middle"]);
  });
});
