import { describe, expect, it } from "vitest";
import { EVIDENCE, GRADES, POLICIES, strictest, weakest } from "./verdicts.ts";

describe("where several policies apply", () => {
  it("denial beats presumption of denial, which beats case by case, which beats approval", () => {
    expect(strictest(["approval", "case-by-case", "presumption-of-denial", "denial"])).toBe("denial");
    expect(strictest(["approval", "presumption-of-denial", "case-by-case"])).toBe("presumption-of-denial");
    expect(strictest(["approval", "case-by-case"])).toBe("case-by-case");
    expect(strictest(["approval"])).toBe("approval");
  });

  it("none wins when there is none", () => {
    expect(strictest([])).toBeUndefined();
  });

  it("the order in which they are met does not matter", () => {
    for (const a of POLICIES) for (const b of POLICIES) expect(strictest([a, b])).toBe(strictest([b, a]));
  });
});

describe("the evidence of a result", () => {
  it("is that of its weakest part", () => {
    expect(weakest(["text", "official-summary"])).toBe("official-summary");
    expect(weakest(["secondary", "text", "official-summary"])).toBe("secondary");
    expect(weakest(["text", "inferred", "secondary"])).toBe("inferred");
    expect(weakest([])).toBeUndefined();
  });

  it("does not depend on the order of the parts", () => {
    for (const a of EVIDENCE) for (const b of EVIDENCE) expect(weakest([a, b])).toBe(weakest([b, a]));
  });
});

describe("grades", () => {
  it("run from the strongest control to the unknown, which is no control at all and none missing either", () => {
    expect(GRADES).toEqual(["closed", "closed-in-practice", "gated", "open", "undetermined"]);
  });
});
