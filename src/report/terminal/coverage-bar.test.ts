import { describe, expect, it } from "vitest";
import { barCells } from "./coverage-bar.ts";

const r = (low: number, high = low) => ({ low, high });
const bar = (
  closed: ReturnType<typeof r>,
  practice: typeof closed,
  controlled: typeof closed,
  members: typeof closed,
) => barCells({ closed, closedOrPractice: practice, controlled }, members, 10);

describe("a coverage bar", () => {
  it("nests the grades at their low bounds", () => {
    expect(bar(r(0.2), r(0.4), r(0.6), r(0.8))).toBe("██▓▓▒▒░░··");
  });

  it("marks what only the high bounds reach", () => {
    expect(bar(r(0, 0.3), r(0, 0.3), r(0.2, 0.5), r(0.7, 0.9))).toBe("▒▒┄┄┄░░┄┄·");
  });

  it("gives the smallest share a cell and leaves one for the smallest rest", () => {
    expect(bar(r(0), r(0), r(0.001), r(0.999))).toBe("▒░░░░░░░░·");
  });

  it("is full only at 100 per cent and empty only at 0", () => {
    expect(bar(r(1), r(1), r(1), r(1))).toBe("██████████");
    expect(bar(r(0), r(0), r(0), r(0))).toBe("··········");
  });
});
