import type { Cells, Table } from "./csv-text.ts";

/** Class of ISIC Rev. 3 that the World Bank's concordance (WITS, HS 2007) gives a code; empty where it was not read. */
type Place = readonly [hs6: string, sector: string, isic3: string, note: string];

const ELECTRONICS = "854110 854121 854129 854130 854160 854190 854231 854232 854233 854290 852352".split(" ");

/** Product codes of chips, chip tools and their materials by sector of the ICIO base. A note says where the choice is ours. */
const PLACES: readonly Place[] = [
  ["280461", "C20", "", "HS chapter 28, inorganic chemicals"],
  ["381800", "C20", "", "HS chapter 38, chemical products"],
  ["811292", "C24B", "", "HS chapter 81, base metals other than iron and steel"],
  ["848610", "C28", "2929", ""],
  ["848620", "C28", "3190", "the concordance puts it with electrical equipment; placed with the rest of its heading"],
  ["848630", "C28", "2922", ""],
  ["848640", "C28", "2929", ""],
  ["848690", "C28", "2929", ""],
  ["852351", "C26", "2213", "the concordance puts it with recorded media; placed where the device is made"],
  ["852359", "C26", "2213", "the concordance puts it with recorded media; placed where the device is made"],
  ["854239", "C26", "3190", "the concordance puts it with electrical equipment; placed with the rest of its heading"],
  ["903082", "C26", "3312", ""],
  ...ELECTRONICS.map((hs6): Place => [hs6, "C26", "3210", ""]),
];

/** The concordance of product codes for a base; `sectorOf` names its sector that holds a sector of the ICIO base. */
export function hs6Table(sectorOf: (icio: string) => string): {
  readonly table: Table;
  readonly key: readonly string[];
} {
  const rows = [...PLACES]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([hs6, sector, isic3, note]): Cells => ({
        ...{ hs6, sector: sectorOf(sector), isic3, note },
        evidence: note === "" ? "text" : "inferred",
      }),
    );
  return {
    table: { path: "concordance-hs6.csv", columns: ["hs6", "sector", "isic3", "evidence", "note"], rows },
    key: ["hs6"],
  };
}

/** Where the classes of ISIC come from. */
export const HS6_SOURCE = {
  id: "wits-hs-isic",
  producer: "World Bank, World Integrated Trade Solution",
  title: "Product concordance HS 2007 to ISIC Rev. 3",
  url: "https://wits.worldbank.org/product_concordance.html",
  licence: "not stated; read in the R package insongkim/concordance",
} as const;
