import { describe, expect, it } from "vitest";
import type { Assessment, ClassResult } from "../src/closure/assessment.ts";
import { InputError } from "../src/domain/errors.ts";
import type { Overrides } from "../src/workbench/question.ts";
import { createWorkbench } from "../src/workbench.ts";
import { changed, inventedWorld } from "./invented-world.ts";

const assess = (changes: Record<string, string> = {}, overrides: Overrides = {}): Assessment =>
  createWorkbench(inventedWorld(changes)).assess("cloth", overrides);
const classOf = (a: Assessment, id: string): ClassResult => a.classes.find((c) => c.id === id)!;
const outside = (a: Assessment, id: string) => classOf(a, id).coverage.plain!.outsideTarget;

const PRACTICE = (decision: string) => ({
  "rules/jpn/practice.yaml": `title: Practice
regime: JPN
act: Statements
practice:
  - { id: looms, title: looms are ${decision}, from: 2023-06-01, when: { item.kind: loom }, decision: ${decision}, cite: { at: p. 1, source: gazette, evidence: secondary } }
checkedOn: 2026-01-01
`,
});

describe("coverage, worked by hand", () => {
  it("takes the denial of half the world as 50/80 of what China can turn to", () => {
    expect(outside(assess(), "looms").closed).toEqual({ low: 0.625, high: 0.625 });
    expect(classOf(assess(), "looms").coverage.plain!.closed).toEqual({ low: 0.5, high: 0.5 });
  });

  it("counts the Japanese licence as possible only, while the split of looms by pitch is unknown", () => {
    expect(outside(assess(), "looms").controlled).toEqual({ low: 0.625, high: 1 });
  });

  it("counts it as certain where the case needs fine looms alone", () => {
    const a = assess(changed("cases/cloth.yaml", "threshold: 0.9", "threshold: 0.9\nvariants: { looms: [fine] }"));
    expect(outside(a, "looms").controlled).toEqual({ low: 1, high: 1 });
    expect(outside(a, "looms").closed).toEqual({ low: 0.625, high: 0.625 });
  });

  it("weighs variants whose split is known", () => {
    const split = changed("packs/cloth/items.yaml", "id: fine, name", "id: fine, share: 40, name");
    const both = {
      "packs/cloth/items.yaml": split["packs/cloth/items.yaml"]!.replace(
        "id: coarse, name",
        "id: coarse, share: 60, name",
      ),
    };
    // (50 + 0.4 x 30) / 80
    expect(outside(assess(both), "looms").controlled).toEqual({ low: 0.775, high: 0.775 });
  });

  it("takes a licence without practice on record as possibly refused, a granted one as not, a refused one as closed in practice", () => {
    const fine = changed("cases/cloth.yaml", "threshold: 0.9", "threshold: 0.9\nvariants: { looms: [fine] }");
    expect(outside(assess(fine), "looms").closedOrPractice).toEqual({ low: 0.625, high: 1 });
    expect(outside(assess({ ...fine, ...PRACTICE("granted") }), "looms").closedOrPractice).toEqual({
      low: 0.625,
      high: 0.625,
    });
    expect(outside(assess({ ...fine, ...PRACTICE("refused") }), "looms").closedOrPractice).toEqual({ low: 1, high: 1 });
  });

  it("leaves supply of unknown origin in the high bound of the potential and calls it unallocated", () => {
    const lathes = classOf(assess(), "lathes");
    expect(lathes.potential).toEqual({ low: 0.2, high: 0.4 });
    expect(lathes.unallocated).toEqual({ low: 0, high: 0.2 });
    expect(lathes.targetOwn).toEqual({ low: 0, high: 0.2 });
    expect(lathes.coverage.plain!.controlled).toEqual({ low: 0, high: 0 });
  });
});

describe("the answer", () => {
  it("is partly closed only when something is certain, undetermined when missing facts alone decide", () => {
    expect(assess().answer).toMatchObject({
      verdict: "undetermined",
      reach: { closed: 0, controlled: 0, potential: 1, leaves: 2 },
    });
  });

  it("is open when even everything controlled falls short", () => {
    // Japan alone could at most gate 30 of the 80 outside China: no choke point is in its hands.
    const alone = { members: ["JPN"] };
    expect(assess(changed("cases/cloth.yaml", "require: choke-points", "require: all"), alone).answer.verdict).toBe(
      "open",
    );
  });

  it("is closed by law when both deny, and closed in practice when one refuses", () => {
    const fine = changed("cases/cloth.yaml", "threshold: 0.9", "threshold: 0.9\nvariants: { looms: [fine] }");
    const denied = changed("rules/jpn/looms.yaml", "policy: case-by-case", "policy: presumption-of-denial");
    expect(assess({ ...fine, ...denied }).answer.verdict).toBe("closed");
    expect(assess({ ...fine, ...PRACTICE("never-granted") }).answer.verdict).toBe("closed-in-practice");
  });

  it("counts the licences of 2026 for all looms, whatever their pitch", () => {
    const a = assess({}, { asOf: "2026-06-01" });
    expect(outside(a, "looms").controlled).toEqual({ low: 1, high: 1 });
    expect(a.answer.verdict).toBe("partly");
  });
});

describe("who decides a cell", () => {
  it("says which law bound, with its evidence", () => {
    const cells = classOf(assess({}, { asOf: "2026-06-01" }), "looms").suppliers.map((s) => [
      s.state,
      s.cells.plain?.grade,
      s.cells.plain?.reach,
      s.cells.plain?.evidence,
    ]);
    expect(cells).toEqual([
      ["USA", "closed", "own", "text"],
      ["JPN", "gated", "own", "text"],
      ["CHN", undefined, undefined, undefined],
    ]);
  });

  it("leaves a supplier outside the coalition open, since only members' law counts", () => {
    expect(classOf(assess(), "lathes").suppliers[0]).toMatchObject({
      state: "DEU",
      cells: { plain: { grade: "open", rules: [] } },
    });
  });

  it("leaves a member whose law is not held undetermined", () => {
    const a = assess({}, { members: ["USA", "JPN", "DEU"] });
    expect(classOf(a, "lathes").suppliers[0]).toMatchObject({
      state: "DEU",
      cells: { plain: { grade: "undetermined", possible: "closed" } },
    });
    expect(classOf(a, "lathes").coverage.plain!.closed).toEqual({ low: 0, high: 0.8 });
  });

  it("lets a state adopt another one's rule", () => {
    const a = assess({}, { adopt: ["usa/looms/ban=JPN"] });
    expect(outside(a, "looms").closed).toEqual({ low: 1, high: 1 });
    expect(a.answer.verdict).toBe("closed");
  });
});

describe("nothing that is lost becomes a silent zero", () => {
  it("a lost rule file leaves its state undetermined", () => {
    const a = assess({ "rules/usa/looms.yaml": "" });
    expect(outside(a, "looms").closed).toEqual({ low: 0, high: 1 });
    expect(classOf(a, "looms").suppliers[0]!.cells.plain).toMatchObject({
      grade: "undetermined",
      holes: ["the rule file usa/looms.yaml is not there"],
    });
  });

  it("a lost rule book leaves its state undetermined", () => {
    const a = assess({ "rules/usa/looms.yaml": "", "rules/usa/regime.yaml": "" });
    expect(classOf(a, "looms").suppliers[0]!.cells.plain!.grade).toBe("undetermined");
  });

  it("a lost share makes the rest unallocated", () => {
    const a = assess(changed("packs/cloth/shares.csv", "looms,USA,USA,50,,,2024,survey,measured,\n", ""));
    expect(classOf(a, "looms").unallocated.high).toBe(0.5);
    expect(classOf(a, "looms").potential).toEqual({ low: 0.3, high: 0.8 });
    expect(outside(a, "looms").closed).toEqual({ low: 0, high: 0.625 });
  });

  it("a lost table of shares leaves the class unknown", () => {
    const a = assess({ "packs/cloth/shares.csv": "" });
    expect(classOf(a, "looms").periodFit).toBe("none");
    expect(outside(a, "looms").closed).toEqual({ low: 0, high: 1 });
    expect(a.answer.verdict).toBe("undetermined");
  });
});

describe("leaks and candidates", () => {
  it("names the clause that stops at the threshold, and the later text that reaches it", () => {
    const a = assess();
    expect(a.leaks[0]).toMatchObject({
      kind: "threshold",
      class: "looms",
      variant: "coarse",
      state: "JPN",
      grade: "open",
      rule: "jpn/looms/fine",
      size: { share: { low: 0.375, high: 0.375 } },
    });
    expect(a.leaks[0]!.because).toBe(
      "Loom Order art. 2 reaches `pitch <=100 nm` and stops there; its law of 2026-01-01 reaches it",
    );
  });

  it("names the repair of looms that nobody controls as a hole in layer", () => {
    const servicing = assess()
      .leaks.filter((l) => l.kind === "layer" && l.probe === "servicing")
      .map((l) => l.state);
    expect(servicing).toEqual(["USA", "JPN"]);
  });

  it("says what a candidate adds", () => {
    const [first] = assess({}, { candidates: ["DEU"] }).next;
    // Looms alone are within reach before; with Germany 80 of the 80 to 100 of lathes outside China.
    expect(first).toMatchObject({ state: "DEU", gains: { potential: { before: 1, after: 1 } } });
  });

  it("finds the smallest coalition for half the classes, and proves it", () => {
    expect(assess().minimum).toEqual([
      {
        scope: "all",
        threshold: 0.9,
        status: "proven",
        complete: true,
        count: 1,
        coalitions: [["JPN", "USA"]],
        indispensable: ["JPN", "USA"],
        irrelevant: ["DEU"],
      },
    ]);
  });
});

describe("the same and the wrong", () => {
  it("gives the same bytes for the same input", () => {
    expect(JSON.stringify(assess())).toBe(JSON.stringify(assess()));
  });

  it("reports every wrong override at once", () => {
    const wrong = () =>
      assess(
        {},
        { members: ["Japann", "USA"], asOf: "2024-02-30", probe: "plan", adopt: ["usa/looms/bann=JPN"], threshold: 2 },
      );
    expect(wrong).toThrow(InputError);
    try {
      wrong();
    } catch (e) {
      expect((e as InputError).problems.map((p) => [p.code, p.hint])).toEqual([
        ["bad-date", "write YYYY-MM-DD"],
        ["bad-value", "give a share above 0, up to 1, such as 0.9"],
        ["unknown-state", "did you mean `Japan`?"],
        ["unknown-probe", "did you mean `plain`?"],
        ["unknown-rule", "did you mean `usa/looms/ban`?"],
      ]);
    }
  });
});
