/** A class that facts fill, as `classes.csv` has it. */
export interface PlannedClass {
  readonly id: string;
  readonly name: string;
  readonly type: "vendor-market" | "medicine" | "research";
  readonly group: string;
  readonly stage: string;
  readonly basis: "revenue" | "volume" | "filings" | "facilities" | "publications";
  readonly note?: string;
}

/** Where each firm that facts name has its headquarters. */
export const HEADQUARTERS: Readonly<Record<string, string>> = {
  Huawei: "CHN",
  ZTE: "CHN",
  Ericsson: "SWE",
  Nokia: "FIN",
  Samsung: "KOR",
  Cisco: "USA",
  Ciena: "USA",
};

/** Classes that facts fill, by pack. */
export const CLASSES: Readonly<Record<string, readonly PlannedClass[]>> = {
  "5g": [
    ran("ran-equipment", "Radio access network equipment, world", "revenue"),
    ran(
      "ran-equipment-outside-china",
      "Radio access network equipment, world without China",
      "revenue",
      "a market of its own: never added to the world's",
    ),
    ran(
      "5g-base-stations",
      "5G base stations, world",
      "volume",
      "estimates of one house; not the same count as revenue",
    ),
    ran("5g-equipment", "5G equipment, world", "revenue", "estimates of one house"),
    ran("telecom-equipment", "Telecom equipment of all segments, world", "revenue"),
  ],
  medicines: [
    medicine("us-api-volume", "Active ingredients of US prescription medicines", "volume"),
    medicine("us-api-volume-branded", "Active ingredients of branded US prescription medicines", "volume"),
    medicine(
      "us-api-volume-essential",
      "Active ingredients of essential medicines, US supply",
      "volume",
      "essential by the lists of the US regulator and the WHO",
    ),
    medicine("us-api-volume-non-essential", "Active ingredients of other medicines, US supply", "volume"),
    medicine(
      "us-antibiotic-api-imports",
      "Active ingredients of antibiotics, US imports",
      "volume",
      "part of imports, not of supply",
    ),
    medicine(
      "api-filings-new",
      "Drug master files for active ingredients, filed in the year",
      "filings",
      "registrations, not production",
    ),
    medicine(
      "api-filings-active",
      "Drug master files for active ingredients, all active",
      "filings",
      "registrations, not production",
    ),
    medicine(
      "us-api-facilities",
      "Plants that make active ingredients for the US market",
      "facilities",
      "registered plants, not output",
    ),
    medicine("antibiotic-exports", "Antibiotics, world exports by value", "revenue", "exports, not output"),
  ],
  ai: [
    research("research-high-performance-computing", "High-performance computing, research", "ai"),
    research("research-advanced-integrated-circuits", "Advanced integrated circuits, research", "ai"),
  ],
  quantum: [
    research("research-quantum-computing", "Quantum computing, research", "quantum"),
    research("research-atomic-clocks", "Atomic clocks, research", "quantum"),
  ],
  bio: [research("research-genetic-engineering", "Genetic engineering, research", "bio")],
};

function ran(id: string, name: string, basis: "revenue" | "volume", note?: string): PlannedClass {
  return {
    id,
    name,
    type: "vendor-market",
    group: "mobile-networks",
    stage: "equipment",
    basis,
    ...(note ? { note } : {}),
  };
}

function medicine(
  id: string,
  name: string,
  basis: "volume" | "filings" | "facilities" | "revenue",
  note?: string,
): PlannedClass {
  const scope = id.startsWith("us-") ? "part of what the United States uses, not of world supply" : "";
  const notes = [scope, note].filter(Boolean).join("; ");
  return {
    id,
    name,
    type: "medicine",
    group: "active-ingredients",
    stage: "active-ingredient",
    basis,
    ...(notes ? { note: notes } : {}),
  };
}

function research(id: string, name: string, group: string): PlannedClass {
  const note = "part of the most cited tenth of papers; research, not supply: no coverage is made of it";
  return { id, name, type: "research", group, stage: "research", basis: "publications", note };
}
