import { describe, expect, it } from "vitest";
import { formatProblem, InputError, nearest } from "./errors.ts";

describe("a problem", () => {
  it("is printed as file:line:column, message, code, and the hint on a line of its own", () => {
    const at = { file: "rules/xaa/order.yaml", line: 12, column: 7 };
    expect(
      formatProblem({ code: "unknown-state", message: "no state is called `XAB`", at, hint: "did you mean `XAA`?" }),
    ).toBe("rules/xaa/order.yaml:12:7: no state is called `XAB` [unknown-state]\n  hint: did you mean `XAA`?");
  });

  it("leaves out the place and the hint that it does not have", () => {
    expect(formatProblem({ code: "bad-usage", message: "no command" })).toBe("no command [bad-usage]");
    expect(formatProblem({ code: "missing-file", message: "cannot read it", at: { file: "a.yaml" } })).toBe(
      "a.yaml: cannot read it [missing-file]",
    );
  });
});

describe("an input error", () => {
  it("carries every problem at once, in its message too", () => {
    const error = new InputError([
      { code: "bad-date", message: "`2023-02-30` is no calendar day" },
      { code: "unknown-class", message: "no class is called `euv`" },
    ]);
    expect(error.problems).toHaveLength(2);
    expect(error.message).toContain("`2023-02-30`");
    expect(error.message).toContain("`euv`");
    expect(error).toBeInstanceOf(Error);
  });
});

describe("the nearest name", () => {
  it("is the one with the fewest changes, whatever the case", () => {
    expect(nearest("destinaton", ["destination", "origin", "purpose"])).toBe("destination");
    expect(nearest("Litho.Overlay", ["litho.overlay", "litho.na"])).toBe("litho.overlay");
    expect(nearest("inGruop", ["in", "notIn", "inGroup", "notInGroup"])).toBe("inGroup");
  });

  it("is none where nothing is near", () => {
    expect(nearest("kiwi", ["destination", "origin"])).toBeUndefined();
    expect(nearest("anything", [])).toBeUndefined();
  });

  it("is none that shares no letter with a short word", () => {
    expect(nearest("ab", ["xy"])).toBeUndefined();
    expect(nearest("q", ["in"])).toBeUndefined();
  });

  it("is the first of two that are equally near", () => {
    expect(nearest("bat", ["cat", "hat"])).toBe("cat");
  });
});
