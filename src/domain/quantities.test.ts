import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dimensionOf, formatQuantity, knownUnits, parseQuantity, quantity } from "./quantities.ts";

describe("a quantity", () => {
  it("is read with its unit, with or without a space", () => {
    expect(parseQuantity("2.40 nm")).toEqual({ value: 2.4, unit: "nm" });
    expect(parseQuantity("2.40nm")).toEqual({ value: 2.4, unit: "nm" });
    expect(parseQuantity(" -196 degC ")).toEqual({ value: -196, unit: "degC" });
    expect(parseQuantity("10 %")).toEqual({ value: 10, unit: "%" });
    expect(parseQuantity(".5 um")).toEqual({ value: 500, unit: "nm" });
  });

  it("is brought to the base unit of its dimension", () => {
    expect(parseQuantity("1.5 um")).toEqual({ value: 1500, unit: "nm" });
    expect(parseQuantity("0.3 s")).toEqual({ value: 300, unit: "ms" });
    expect(parseQuantity("1e19 1/cm3")).toEqual({ value: 1e19, unit: "1/cm3" });
    expect(parseQuantity("5 eV")).toEqual({ value: 0.005, unit: "keV" });
    expect(parseQuantity("1.2 TB/s")).toEqual({ value: 1200, unit: "GB/s" });
    expect(parseQuantity("8 cm2")).toEqual({ value: 800, unit: "mm2" });
    expect(parseQuantity("38.3 USD bn")).toEqual({ value: 38.3e9, unit: "USD" });
    expect(parseQuantity("2 MeV")).toEqual({ value: 2000, unit: "keV" });
    expect(parseQuantity("1500 V")).toEqual({ value: 1.5, unit: "kV" });
  });

  it("is refused without a number, without a unit, and with a unit that nobody knows", () => {
    for (const text of ["", "nm", "2.4", "2.4 furlong", "two nm", "2,4 nm", "1.2.3 nm", "2.4 NM"]) {
      expect(parseQuantity(text), text).toBeUndefined();
    }
    expect(quantity(1, "furlong")).toBeUndefined();
  });

  it("keeps dimensions apart that look alike: a permittivity `k` is no kelvin, `mm` no `ms`", () => {
    expect(dimensionOf("k")).not.toBe(dimensionOf("K"));
    expect(dimensionOf("degC")).not.toBe(dimensionOf("K"));
    expect(dimensionOf("mm")).not.toBe(dimensionOf("ms"));
    expect(dimensionOf("nm")).toBe(dimensionOf("m"));
    expect(dimensionOf("furlong")).toBeUndefined();
  });

  it("is printed without a unit where it only counts", () => {
    expect(formatQuantity({ value: 84, unit: "count" })).toBe("84");
    expect(formatQuantity({ value: 1.35, unit: "ratio" })).toBe("1.35");
    expect(formatQuantity({ value: 2.4, unit: "nm" })).toBe("2.4 nm");
  });

  it("survives printing and reading again, in every unit", () => {
    const value = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1000);
    fc.assert(
      fc.property(value, fc.constantFrom(...knownUnits()), (n, unit) => {
        const q = quantity(n, unit)!;
        expect(dimensionOf(q.unit)).toBe(dimensionOf(unit));
        expect(parseQuantity(`${q.value} ${q.unit}`)).toEqual(q);
      }),
    );
  });
});
