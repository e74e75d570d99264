import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import { parseState, state, stateName, stateNames } from "./states.ts";

countries.registerLocale(english);
/** Kosovo has no code in ISO 3166-1: that list writes XKK for it, law and trade data XKX. */
const independent = Object.entries(countries.getAlpha3Codes()).filter(([alpha3]) => alpha3 !== "XKK");

describe("states", () => {
  it("are all those of an independent list, by alpha-3 and alpha-2 code in either case", () => {
    expect(independent.length).toBeGreaterThanOrEqual(249);
    const wrong = independent.filter(
      ([alpha3, alpha2]) =>
        ![alpha3, alpha2, alpha3.toLowerCase(), alpha2.toLowerCase()].every((text) => parseState(text) === alpha3),
    );
    expect(wrong).toEqual([]);
  });

  it("have no code beyond that list, the Union's own law apart", () => {
    const codes = new Set(stateNames().filter((n) => /^[A-Z]{3}$/.test(n)));
    const known = new Set(independent.map(([alpha3]) => alpha3));
    expect([...codes].filter((c) => !known.has(c))).toEqual(["XKX", "EUU"]);
  });

  it("are understood by the English name of that list where it is the short one", () => {
    const understood = independent.filter(([alpha3]) => parseState(countries.getName(alpha3, "en") ?? "") === alpha3);
    const misread = independent.filter(([alpha3]) => {
      const read = parseState(countries.getName(alpha3, "en") ?? "");
      return read !== undefined && read !== alpha3;
    });
    expect(misread).toEqual([]);
    expect(understood.length).toBeGreaterThanOrEqual(200);
  });

  it("answer to the names that people and official lists use", () => {
    const names: Record<string, string> = {
      "South Korea": "KOR",
      "Korea, Republic of": "KOR",
      "north korea": "PRK",
      "China (PRC)": "CHN",
      Taiwan: "TWN",
      "The Netherlands": "NLD",
      UK: "GBR",
      "U.S.": "USA",
      " usa ": "USA",
      EU: "EUU",
      Turkey: "TUR",
      Macao: "MAC",
      UAE: "ARE",
      "Congo (Kinshasa)": "COD",
      Kosovo: "XKX",
      XKK: "XKX",
    };
    for (const [name, code] of Object.entries(names)) expect(parseState(name), name).toBe(code);
  });

  it("keep two states apart whose names nearly agree", () => {
    expect(parseState("Niger")).toBe("NER");
    expect(parseState("Nigeria")).toBe("NGA");
    expect(parseState("Dominica")).toBe("DMA");
    expect(parseState("Dominican Republic")).toBe("DOM");
    expect(parseState("Congo")).toBe("COG");
    expect(parseState("Guinea")).toBe("GIN");
  });

  it("are not guessed: what nobody knows is no state", () => {
    for (const text of ["", "XXX", "Ruritania", "no such", "C HN"]) expect(parseState(text)).toBeUndefined();
    expect(() => state("Ruritania")).toThrow("`Ruritania`");
  });

  it("read `NO` as Norway and not as a truth value", () => {
    expect(parseState("NO")).toBe("NOR");
    expect(stateName(state("NO"))).toBe("Norway");
  });

  it("have each one name of their own", () => {
    const names = stateNames().filter((n) => !/^[A-Z]{3}$/.test(n));
    expect(new Set(names.map((n) => n.toLowerCase())).size).toBe(names.length);
  });
});
