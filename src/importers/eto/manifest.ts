import type { CsvColumns } from "../../input/csv-file.ts";
import type { Basis, ClassType } from "../../supply/pack.ts";

/** A table of a release: columns that are read, columns that are known and left out, and how many rows are plausible. */
export interface TableManifest {
  readonly read: CsvColumns;
  readonly ignored: readonly string[];
  readonly rows: readonly [atLeast: number, atMost: number];
}

export type TableName = "inputs.csv" | "providers.csv" | "provision.csv" | "sequence.csv" | "stages.csv";

/** Who publishes the releases, where, and under which terms. */
export const PUBLISHER = {
  name: "Emerging Technology Observatory, Center for Security and Emerging Technology, Georgetown University",
  licence: "CC BY-NC 4.0",
  releases: "https://github.com/georgetown-cset/eto-chip-explorer",
  firstRelease: "https://github.com/georgetown-cset/eto-supply-chain",
  documentation: "https://eto.tech/dataset-docs/chipexplorer",
  report: "https://cset.georgetown.edu/publication/the-semiconductor-supply-chain/",
} as const;

const CHART = "market_share_chart";

/** Tables of a release. The first release (2019) has no years, sources and aliases, and a mark for negligible shares. */
export const TABLES: Readonly<Record<TableName, TableManifest>> = {
  "inputs.csv": {
    read: {
      required: ["input_id", "input_name", "type", "stage_id", `${CHART}_global_market_size_info`, `${CHART}_source`],
      optional: ["year"],
    },
    ignored: ["stage_name", "description", `${CHART}_caption`],
    rows: [70, 200],
  },
  "providers.csv": {
    read: { required: ["provider_name", "provider_id", "provider_type", "country"], optional: ["alias"] },
    ignored: [],
    rows: [250, 700],
  },
  "provision.csv": {
    read: {
      required: ["provider_name", "provider_id", "provided_name", "provided_id", "share_provided"],
      optional: ["year", "source", "negligible_market_share"],
    },
    ignored: [],
    rows: [600, 2500],
  },
  "sequence.csv": {
    read: {
      required: ["input_name", "input_id", "goes_into_name", "goes_into_id", "is_type_of_name", "is_type_of_id"],
      optional: [],
    },
    ignored: [],
    rows: [80, 250],
  },
  "stages.csv": {
    read: { required: ["stage_id", "stage_name", `${CHART}_global_market_size_info`, `${CHART}_source`], optional: [] },
    ignored: ["description", `${CHART}_caption`],
    rows: [3, 3],
  },
};

/** Types upstream and here. */
export const TYPES: Readonly<Record<string, ClassType>> = {
  tool_resource: "tool",
  material_resource: "material",
  design_resource: "design",
  process: "process",
  ultimate_output: "product",
};

/** Classes whose type here is another than the table above says: core IP is no material. */
export const TYPE_OF: Readonly<Record<string, ClassType>> = { N85: "design" };

/** Supplier codes that are no ISO 3166-1 state. */
export const STATE_ALIASES: Readonly<Record<string, string>> = { MAL: "MYS" };

/** Supplier codes that stand for several states: the share is known, its states are not. */
export const SEVERAL_STATES: Readonly<Record<string, string>> = {
  "Various countries": "",
  Various: "",
  EUR: "Europe",
};

/** Page groups by upstream id; a class without an entry takes that of its parent. Processes form a group of their own. */
export const GROUPS: Readonly<Record<string, string>> = {
  ...group("lithography", "N19", "N20", "N21", "N22", "N105", "N106", "N107", "N108", "N123"),
  ...group("masks-and-resist", "N28", "N29", "N30", "N31", "N32", "N33"),
  ...group("deposition", "N36"),
  ...group("etch-and-clean", "N55", "N48", "N49"),
  ...group("ion-implantation", "N17"),
  ...group("cmp", "N86"),
  ...group("process-control", "N60"),
  ...group("handling", "N59"),
  ...group("wafer-and-crystal", "N8", "N9", "N26"),
  ...group("assembly-and-packaging", "N76", "N119"),
  ...group("advanced-packaging", "N109"),
  ...group("test", "N120", "N83"),
  ...group("materials", "N88", "N90", "N91", "N92", "N100", "N121", "N126"),
  ...group("design", "N5", "N6", "N13", "N84", "N85"),
  ...group("product", "N99"),
};

function group(name: string, ...ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, name]));
}

/** How shares of a stage are counted; everything else is counted by headquarters. */
export const STAGES: Readonly<Record<string, { readonly stage: string; readonly basis: Basis }>> = {
  S1: { stage: "design", basis: "headquarters" },
  S2: { stage: "fabrication", basis: "plant" },
  S3: { stage: "assembly-test", basis: "plant" },
};

/** Where the stage shares of the first release go: they measure other things than the later ones. */
export const EARLIER_STAGES: Readonly<
  Record<string, { readonly into: string } | { readonly id: string; readonly name: string; readonly basis: Basis }>
> = {
  S1: { into: "N6" },
  S2: {
    id: "stage-fabrication-logic-45nm-headquarters",
    name: "Fabrication: logic capacity at 45 nm or below, by headquarters",
    basis: "headquarters",
  },
  S3: {
    id: "stage-assembly-testing-and-packaging-market",
    name: "Assembly, testing, and packaging: market",
    basis: "revenue",
  },
};

/** Classes of the first release whose extent is another today; a mere new name needs no entry. */
export const BREAKS: Readonly<Record<string, string>> = {
  N10: "counted with wafer making in 2019, with advanced packaging since",
  N19: "2019: advanced photolithography only; since: all lithography tools",
  N29: "2019: all electron-beam lithography; since: mask exposure only, direct writing apart",
  N30: "2019: all laser lithography; since: mask exposure only, direct writing apart",
  N41: "2019: a type of chemical vapour deposition; since: a class beside it",
  N63: "2019: wafer-level packaging; since: all advanced packaging",
  S1: "2019: the design stage held logic chips only",
};
