import { parseState } from "../src/domain/states.ts";

/** A licence question with its answer, as the upstream file writes it. */
export interface LicenceCase {
  readonly id: string;
  readonly regime: string;
  readonly as_of: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly question: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** What is asked of the law once the facts are in our vocabulary. */
export type Ask =
  | { readonly kind: "licence" }
  | { readonly kind: "term"; readonly term: string }
  | { readonly kind: "routes" }
  | { readonly kind: "listed" }
  | { readonly kind: "matches"; readonly code: string }
  | { readonly kind: "group"; readonly group: string }
  | { readonly kind: "treated-as"; readonly state: string }
  | { readonly kind: "performance" };

/** A question in our words: facts as a `.cases.yaml` file would write them, and what is asked. */
export interface Question {
  readonly regime: string;
  readonly ask: Ask;
  readonly facts: Readonly<Record<string, unknown>>;
}

type Raw = Record<string, unknown>;

const REGIMES: Raw = { US: "USA", NL: "NLD", JP: "JPN", EU: "EUU", UK: "GBR", CN: "CHN" };
const HOME: Raw = { US: "USA", NL: "NLD", JP: "JPN", EU: "DEU", UK: "GBR", CN: "CHN" };

/** The routes of 734.9 by the paragraph that a question names. */
export const FOREIGN_PRODUCT_ROUTES: Readonly<Record<string, string>> = {
  "734.9(b)": "fdp-national-security",
  "734.9(c)": "fdp-9x515",
  "734.9(d)": "fdp-600-series",
  "734.9(e)(1)": "footnote-1-foreign-product",
  "734.9(e)(2)": "footnote-4-foreign-product",
  "734.9(e)(3)": "footnote-5-foreign-product",
  "734.9(h)": "chip-foreign-product",
  "734.9(i)": "fdp-supercomputer",
  "734.9(k)": "sme-foreign-product",
};

/** What a question asks, by its words. */
const ASKS: readonly (readonly [RegExp, (match: RegExpMatchArray, facts: Raw) => Ask])[] = [
  [/de minimis route/, () => ({ kind: "term", term: "de-minimis-route" })],
  [/eligible for de minimis/, () => ({ kind: "term", term: "may-use-de-minimis" })],
  [/Which foreign direct product rules/, () => ({ kind: "routes" })],
  [/Does (734\.9\([a-z]\)(?:\(\d\))?) apply/, (m) => ({ kind: "term", term: FOREIGN_PRODUCT_ROUTES[m[1]!]! })],
  [/national security FDP rule/, () => ({ kind: "term", term: FOREIGN_PRODUCT_ROUTES["734.9(b)"]! })],
  [/Footnote 1 rule/, () => ({ kind: "term", term: FOREIGN_PRODUCT_ROUTES["734.9(e)(1)"]! })],
  [/Specified in (3A090(?:\.[a-c])?)/, (m) => ({ kind: "matches", code: `USA:${m[1]}` })],
  [/Listed in/, () => ({ kind: "listed" })],
  [/Catch-all class/, () => ({ kind: "listed" })],
  [/Small-value exception/, () => ({ kind: "term", term: "small-value-50000" })],
  [/TPP\?/, () => ({ kind: "performance" })],
  [
    /Country group/,
    (_, f) =>
      f.treated_as === undefined
        ? { kind: "group", group: `USA:${String(f.group)}` }
        : { kind: "treated-as", state: String(f.treated_as) },
  ],
];

/** Items that a question describes in words. */
const ITEMS: readonly (readonly [RegExp, Raw])[] = [
  [/^any CCL item, AT only/, { "item.family": "other", "item.usClass": "ECCN", "item.usEntry": "none" }],
  [/EUV pellicle/, { "item.family": "chip-material", "item.kind": "euv-pellicle" }],
  [/NXT:2000i/, scanner({ atMost: "1.50 nm" })],
  [/NXT:1980i/, scanner({ above: "1.50 nm", atMost: "2.40 nm" })],
  [
    /ArF immersion scanner/,
    { "item.family": "chip-tool", "item.kind": "litho-scanner", "litho.source": "ArF-immersion" },
  ],
  [
    /metrology and inspection tools/,
    { "item.family": "chip-tool", "item.kind": "wafer-inspection", "item.classified": ["NLD:annex-2025.measuring"] },
  ],
  [/isotropic dry etcher/, { "item.family": "chip-tool", "item.kind": "dry-etch-other", "etch.isotropic": true }],
  [
    /wet cleaner, single wafer, drying after surface modification/,
    {
      "item.family": "chip-tool",
      "item.kind": "wet-clean",
      "clean.singleWafer": true,
      "clean.process": ["surface-modification-drying"],
    },
  ],
  [
    /dry etch equipment of PL9013/,
    { "item.family": "chip-tool", "item.kind": "dry-etch-other", "item.classified": ["GBR:PL9013.etch"] },
  ],
  [
    /GAAFET process technology/,
    { "item.family": "chip-design", activity: "technology", "technology.gaafet": true, "technology.toolUpkeep": false },
  ],
  [/magnets with ([\d.]+)% China-origin/, { "item.family": "mineral", "item.kind": "rare-earth-magnets" }],
  [/China-origin gallium/, { "item.family": "mineral", "item.kind": "gallium", origin: "CHN", from: "CHN" }],
  [/^7 no kou \(1\)/, { "item.family": "chip", "item.classified": ["JPN:row-7.1"] }],
  [/^15 no kou/, { "item.family": "other", "item.classified": ["JPN:row-15"] }],
  [/^(IC|B200)$/, { "item.family": "chip", "chip.role": "processor", "chip.dataCentre": true }],
];

function scanner(overlay: Raw): Raw {
  return {
    "item.family": "chip-tool",
    "item.kind": "litho-scanner",
    "litho.source": "ArF-immersion",
    "litho.wavelength": "193 nm",
    "litho.na": 1.35,
    "litho.overlay": overlay,
  };
}

/** An item given by its code falls under that entry of the US list and under no other. */
function itemFacts(item: string): Raw {
  if (item === "EAR99") {
    return {
      "item.family": "other",
      "item.classified": ["USA:EAR99"],
      "item.usClass": "EAR99",
      "item.usEntry": "none",
    };
  }
  if (/^\d[A-E]\d{3}(\.\w+)*$/.test(item)) {
    const family = item.startsWith("3B") ? "chip-tool" : item.startsWith("3A") ? "chip" : "other";
    return {
      "item.family": family,
      "item.classified": [`USA:${item}`],
      "item.usClass": "ECCN",
      "item.usEntry": "none",
    };
  }
  const known = ITEMS.find(([words]) => words.test(item));
  const share = /([\d.]+)% China-origin/.exec(item);
  return { ...known?.[1], ...(share && { "content.chnRareEarth": `${share[1]} %` }) };
}

/** Kinds of US content for which the de minimis level can be zero, by the code of what is inside. */
function contentKind(eccn: string): string | undefined {
  if (/^9[A-E]515\.y|^\d[A-E]6\d\d\.y/.test(eccn)) return "9x515-or-600-y";
  if (/^9[A-E]515|^\d[A-E]6\d\d/.test(eccn)) return "9x515-or-600-a-to-x";
  if (/^5E002/.test(eccn)) return "encryption-technology";
  if (/^0A919\.a\.1/.test(eccn)) return "military-0a919";
  if (/^9E003/.test(eccn)) return "engine-technology";
  return undefined;
}

/** A chip by the numbers in its description: `H20 (2368 TPP, PD 2.9, 900 GB/s)`. */
function chipFacts(chip: string): Raw {
  const number = (pattern: RegExp): string | undefined => pattern.exec(chip)?.[1];
  const tpp = number(/([\d.]+) TPP/);
  const rate = number(/([\d.]+) GB\/s/);
  const density = number(/PD ([\d.]+)/);
  return {
    "item.family": "chip",
    "chip.role": "processor",
    "chip.dataCentre": true,
    ...(tpp && { "chip.tpp": `${tpp} TPP` }),
    ...(rate && { "chip.transferRate": `${rate} GB/s` }),
    ...(density && { "chip.density": `${density} TPP/mm2` }),
  };
}

/** TPP is operations a second (in tera, a multiply and accumulate counting as two) times the bit length. */
function performance(ops: string): Raw {
  const [, tera, bits] = /([\d.]+) (?:tera|TFLOPS).* (\d+) bits/.exec(ops) ?? [];
  return { "chip.tpp": `${Number(tera) * Number(bits)} TPP` };
}

/** One field of a question's facts in our vocabulary. */
const FIELDS: Readonly<Record<string, (value: never, facts: Raw) => Raw>> = {
  origin: (v: string) => ({ origin: parseState(v) }),
  destination: (v: string) => ({ destination: parseState(v) }),
  from_: (v: string) => ({ from: parseState(v) }),
  country: (v: string) => ({ destination: parseState(v) }),
  us_controlled_pct: (v: number) => ({ "content.us": `${v} %` }),
  us_pct: (v: number) => ({ "content.us": `${v} %` }),
  us_content: (v: readonly { eccn: string; pct: number }[]) => ({
    "content.us": `${v.reduce((sum, part) => sum + part.pct, 0)} %`,
    "content.usKinds": v.map((part) => contentKind(part.eccn)).filter((kind) => kind !== undefined),
  }),
  kind: (v: string) => (/US-origin software/.test(v) ? { activity: "software", origin: "USA" } : {}),
  item: (v: string) => itemFacts(v),
  chip: (v: string) => chipFacts(v),
  ops: (v: string) => performance(v),
  tpp: (v: number) => ({ "chip.tpp": `${v} TPP` }),
  dram_gbps: (v: number) => ({ "chip.dramBandwidth": `${v} GB/s` }),
  produced_with: (v: readonly string[] | string) =>
    typeof v === "string"
      ? { "madeWith.writtenAssurance": true }
      : { "madeWith.eccns": v.map((code) => `USA:${code}`), "madeWith.usTechnology": false },
  plant_is_direct_product: (v: boolean) => (v ? {} : { "madeWith.plantEccns": [] }),
  contains_ic_from_such_plant: (v: boolean) => (v ? {} : { "content.icPlantEccns": [] }),
  consignee_hq: (v: string) => ({ "endUser.headquarters": parseState(v) }),
  consignee_lists: (v: readonly string[]) => ({ "endUser.lists": v.map((list) => LISTS[list] ?? list) }),
  consignee: (v: string) =>
    /50% owned by an Entity List party/.test(v) ? { "endUser.lists": ["USA:entity-list-affiliate"] } : {},
  knowledge: (v: string) => ({ "endUser.military": /military/.test(v) }),
  end_user: (v: string) => ({ "endUser.military": /military/.test(v) }),
  end_use: (v: string) => ({
    "endUser.military": /military/.test(v),
    ...(/Japanese/.test(v) && { destination: "JPN" }),
  }),
  hts: (v: string) => ({ "item.hs": headings(v) }),
  hs: (v: string) => ({ "item.hs": headings(v) }),
  cls: (v: string) => ({ "item.family": "other", "item.classified": [`JPN:row-${v.replace(/\((\d)\)/, ".$1")}`] }),
  value_jpy: (v: number) => ({ "value.yen": v }),
  sige_si_selectivity: (v: number) => ({ "etch.selectivitySiGeSi": v }),
  dco_nm: (v: number) => ({ "litho.overlay": `${v} nm` }),
  na: (v: number) => ({ "litho.na": v }),
  wavelength_nm: (v: number) => ({ "litho.wavelength": `${v} nm` }),
  employer_hq: (v: string) => ({ "persons.us": true, "persons.employer": parseState(v) }),
  activity: (v: string) => (/^servicing non-EAR etcher/.test(v) ? FOREIGN_ETCHER : {}),
  site: (v: string) =>
    /advanced-node fab in China, CN-HQ/.test(v)
      ? {
          destination: "CHN",
          "facility.location": "CHN",
          "facility.makes": ["advanced-logic"],
          "endUser.headquarters": "CHN",
        }
      : {},
};

const LISTS: Readonly<Record<string, string>> = { DPL: "USA:denied-persons", EL: "USA:entity-list" };

const FOREIGN_ETCHER: Raw = {
  activity: "servicing",
  origin: "JPN",
  from: "CHN",
  "item.family": "chip-tool",
  "item.kind": "dry-etch-other",
  "content.us": "0 %",
  "content.usIc": false,
  "madeWith.usTechnology": false,
  "madeWith.eccns": [],
  "madeWith.plantEccns": [],
  "content.icPlantEccns": [],
};

/** `8542.31` and the headings above it: chapter 85, heading 85.42. */
function headings(code: string): string[] {
  const digits = code.replaceAll(".", "");
  return [digits.slice(0, 2), `${digits.slice(0, 2)}.${digits.slice(2, 4)}`, code];
}

/** What a question on a licence leaves unsaid is the ordinary case: a new item for a civil, unlisted end user there. */
function ordinary(home: string, said: Raw): Raw {
  const from = said.from ?? (said.origin !== undefined && said.origin !== home ? said.origin : home);
  const place = said.destination;
  return {
    activity: said.origin !== undefined && said.origin !== from ? "reexport" : "export",
    from,
    origin: from,
    purpose: "new",
    "item.part": false,
    "item.foreignEquivalent": false,
    "exporter.headquarters": from,
    "exporter.letters": [],
    "persons.us": from === "USA",
    "endUser.lists": [],
    "endUser.authorisations": [],
    "endUser.military": false,
    "facility.makes": ["other"],
    ...(place !== undefined && { "endUser.headquarters": place, "facility.location": place }),
  };
}

/** What a question on content leaves unsaid: an item of no special kind, none of the contents with a level of zero. */
const ORDINARY_CONTENT: Raw = {
  activity: "reexport",
  "item.family": "other",
  "item.kind": "other",
  "item.usEntry": "none",
  "content.usKinds": [],
  "content.usIc": false,
};

/** What a red flag that is open leaves unknown. */
const PARTY = /^(endUser|facility)\./;

/** The question in our vocabulary. */
export function questionOf(c: LicenceCase): Question {
  const said: Raw = {};
  const unknown = Object.keys(c.facts).filter((field) => !(field in FIELDS || SILENT.has(field)));
  if (unknown.length > 0) throw new Error(`${c.id}: no mapping for ${unknown.join(", ")}`);
  for (const [field, value] of Object.entries(c.facts)) Object.assign(said, FIELDS[field]?.(value as never, said));
  const found = ASKS.map(([words, ask]) => ({ match: words.exec(c.question), ask })).find(({ match }) => match);
  const ask: Ask = found ? found.ask(found.match!, c.facts) : { kind: "licence" };
  return { regime: String(REGIMES[c.regime]), ask, facts: { ...unsaid(c, ask, said), ...said } };
}

function unsaid(c: LicenceCase, ask: Ask, said: Raw): Raw {
  if (ask.kind === "term" && /de-minimis/.test(ask.term)) return { ...ORDINARY_CONTENT, from: said.origin ?? "USA" };
  if (ask.kind === "term" || ask.kind === "routes")
    return { activity: "export", from: said.origin ?? "KOR", origin: "KOR" };
  if (ask.kind !== "licence") return {};
  const all = { ...ordinary(String(HOME[c.regime]), said) };
  if (c.facts.red_flags === undefined) return all;
  return Object.fromEntries(Object.entries(all).filter(([fact]) => !PARTY.test(fact)));
}

/** Fields that say what stays unsaid, or that another field carries. */
const SILENT = new Set(["footnote_status", "red_flags", "group", "treated_as", "person"]);
