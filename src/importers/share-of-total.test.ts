import { describe, expect, it } from "vitest";
import { inPercent, shareOfTotal } from "./share-of-total.ts";

describe("shareOfTotal", () => {
  it("is the quantity by the total, in per cent with four decimals", () => {
    expect(shareOfTotal(1, 3, 3)).toEqual({ value: "33.3333" });
    expect(shareOfTotal(45, 101, 100)).toEqual({ value: "45" });
    expect(inPercent(0)).toBe("0");
  });

  it("is a range from the sum to the rounded total where the rows pass it by more than 2%", () => {
    expect(shareOfTotal(82, 113, 110)).toEqual({ low: "72.5664", high: "74.5455" });
  });
});
