/** Who publishes the release and where; `rows` are the plausible numbers of rows. */
export const PUBLISHER = {
  name: "U.S. Geological Survey",
  title: "Mineral Commodity Summaries 2026",
  url: "https://www.usgs.gov/centers/national-minerals-information-center/mineral-commodity-summaries",
  licence: "public domain (United States government work)",
  published: "2026",
  production: { file: "usgs_mcs2026_world_production_shares.csv", rows: [1200, 3000] },
  imports: { file: "usgs_mcs2026_us_import_sources.csv", rows: [400, 1500] },
} as const;

/** A class that a production series becomes: id, name, group, and how it is counted. */
export interface SeriesClass {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly basis: "mine" | "refinery" | "plant";
  /** The series is part of another one's world total and shares its class. */
  readonly partOf?: string;
}

const mine = (id: string, name: string, group: string): SeriesClass => ({ id, name, group, basis: "mine" });
const refinery = (id: string, name: string, group: string): SeriesClass => ({ id, name, group, basis: "refinery" });
const plant = (id: string, name: string, group: string): SeriesClass => ({ id, name, group, basis: "plant" });

/** Production series by `commodity | series`; a series that is neither here nor in IGNORED is refused. */
export const SERIES: Readonly<Record<string, SeriesClass>> = {
  "Aluminum | Smelter production": refinery("aluminium-smelter", "Aluminium, primary smelting", "base-metals"),
  "Alumina | Alumina, refinery production": refinery("alumina-refinery", "Alumina, refining", "base-metals"),
  "Bauxite | Bauxite, mine production": mine("bauxite-mine", "Bauxite, mining", "base-metals"),
  "Antimony | Mine production": mine("antimony-mine", "Antimony, mining", "alloy-minerals"),
  "Arsenic | Production (arsenic trioxide, gross weight)": refinery(
    "arsenic-refinery",
    "Arsenic trioxide, production",
    "chip-minerals",
  ),
  "Barite | Mine production": mine("barite-mine", "Barite, mining", "industrial-minerals"),
  "Beryllium | Mine production": mine("beryllium-mine", "Beryllium, mining", "alloy-minerals"),
  "Bismuth | Refinery production": refinery("bismuth-refinery", "Bismuth, refining", "alloy-minerals"),
  "Chromium | Mine production": mine("chromium-mine", "Chromium, mining", "alloy-minerals"),
  "Cobalt | Mine production": mine("cobalt-mine", "Cobalt, mining", "battery-minerals"),
  "Copper | Mine production": mine("copper-mine", "Copper, mining", "base-metals"),
  "Copper | Refinery production": refinery("copper-refinery", "Copper, refining", "base-metals"),
  "Fluorspar | Mine production": mine("fluorspar-mine", "Fluorspar, mining", "chip-minerals"),
  "Gallium | Primary production": refinery("gallium-refinery", "Gallium, primary production", "chip-minerals"),
  "Graphite (Natural) | Mine production": mine("graphite-mine", "Natural graphite, mining", "battery-minerals"),
  "Helium | Helium Production": plant("helium-plant", "Helium, production", "chip-gases"),
  "Neon | Rare gases production, (million liters)": plant("neon-plant", "Neon, production", "chip-gases"),
  "Krypton | Rare gases production, (million liters)": plant("krypton-plant", "Krypton, production", "chip-gases"),
  "Xenon | Rare gases production, (million liters)": plant("xenon-plant", "Xenon, production", "chip-gases"),
  "Indium | Refinery production": refinery("indium-refinery", "Indium, refining", "chip-minerals"),
  "Lead | Mine production": mine("lead-mine", "Lead, mining", "base-metals"),
  "Lithium | Mine production": mine("lithium-mine", "Lithium, mining", "battery-minerals"),
  "Magnesium Metal | Smelter production": refinery("magnesium-smelter", "Magnesium metal, smelting", "alloy-minerals"),
  "Manganese | Mine production": mine("manganese-mine", "Manganese, mining", "battery-minerals"),
  "Molybdenum | Mine production": mine("molybdenum-mine", "Molybdenum, mining", "alloy-minerals"),
  "Nickel | Mine production": mine("nickel-mine", "Nickel, mining", "battery-minerals"),
  "Niobium (Columbium) | Mine production": mine("niobium-mine", "Niobium, mining", "alloy-minerals"),
  "Phosphate Rock | Mine production": mine("phosphate-mine", "Phosphate rock, mining", "industrial-minerals"),
  "Palladium | Mine production: Palladium": mine("palladium-mine", "Palladium, mining", "precious-metals"),
  "Platinum | Mine production: Platinum": mine("platinum-mine", "Platinum, mining", "precious-metals"),
  "Potash | Mine production": mine("potash-mine", "Potash, mining", "industrial-minerals"),
  "Rare Earths | Mine production": mine("rare-earths-mine", "Rare earths, mining", "rare-earths"),
  "Rhenium | Mine production": mine("rhenium-mine", "Rhenium, mining", "alloy-minerals"),
  "Silicon | Ferrosilicon": refinery("ferrosilicon-smelter", "Ferrosilicon, smelting", "alloy-minerals"),
  "Silicon | Silicon metal": refinery("silicon-smelter", "Silicon metal, smelting", "chip-minerals"),
  "Silver | Mine production": mine("silver-mine", "Silver, mining", "precious-metals"),
  "Tantalum | Mine production": mine("tantalum-mine", "Tantalum, mining", "alloy-minerals"),
  "Tellurium | Refinery production": refinery("tellurium-refinery", "Tellurium, refining", "chip-minerals"),
  "Tellurium | Refinery production: concentrate": {
    ...refinery("tellurium-refinery", "Tellurium, refining", "chip-minerals"),
    partOf: "Tellurium | Refinery production",
  },
  "Tin | Mine production": mine("tin-mine", "Tin, mining", "base-metals"),
  "Titanium Sponge Metal | Titanium sponge metal production": refinery(
    "titanium-refinery",
    "Titanium sponge metal, production",
    "alloy-minerals",
  ),
  "Titanium Mineral Concentrates | Mine production: Ilmenite": mine(
    "ilmenite-mine",
    "Ilmenite, mining",
    "alloy-minerals",
  ),
  "Titanium Mineral Concentrates | Mine production: Rutile": mine("rutile-mine", "Rutile, mining", "alloy-minerals"),
  "Tungsten | Mine production": mine("tungsten-mine", "Tungsten, mining", "alloy-minerals"),
  "Vanadium | Mine production": mine("vanadium-mine", "Vanadium, mining", "alloy-minerals"),
  "Zinc | Mine production": mine("zinc-mine", "Zinc, mining", "base-metals"),
  "Zirconium | Zirconium mineral concentrates, mine production (thousand metric tons, gross weight)": mine(
    "zirconium-mine",
    "Zirconium minerals, mining",
    "alloy-minerals",
  ),
};

/** Commodities whose production series are left out: building, fertiliser and filler materials, gems, gold, and boron (no world total). */
export const IGNORED: readonly string[] = [
  ..."Asbestos,Boron,Bromine,Cadmium,Cement,Clays,Diamond (Industrial),Diatomite".split(","),
  ..."Feldspar And Nepheline Syenite,Garnet (Industrial),Gemstones,Gold,Gypsum,Iodine,Iron And Steel".split(","),
  ..."Iron Ore,Iron Oxide Pigments,Kyanite And Related Minerals,Lime,Magnesium Compounds,Mercury".split(","),
  ..."Mica (Natural),Nitrogen (Fixed)\u0097Ammonia,Peat,Perlite,Pumice And Pumicite,Salt".split(","),
  ..."Sand And Gravel (Construction),Sand And Gravel (Industrial),Selenium,Soda Ash,Stone (Crushed)".split(","),
  ..."Stone (Dimension),Strontium,Sulfur,Talc And Pyrophyllite,Vermiculite,Wollastonite,Zeolites (Natural)".split(","),
];

/** The class that US imports of a commodity are noted at; imports of critical minerals without a class stay without one. */
export const IMPORT_CLASS: Readonly<Record<string, string>> = {
  Aluminum: "aluminium-smelter",
  Antimony: "antimony-mine",
  Arsenic: "arsenic-refinery",
  Barite: "barite-mine",
  Bauxite: "bauxite-mine",
  Alumina: "alumina-refinery",
  Beryllium: "beryllium-mine",
  Bismuth: "bismuth-refinery",
  Chromium: "chromium-mine",
  Cobalt: "cobalt-refinery",
  Copper: "copper-refinery",
  Fluorspar: "fluorspar-mine",
  Gallium: "gallium-refinery",
  Germanium: "germanium-refinery",
  "Graphite (Natural)": "graphite-mine",
  Indium: "indium-refinery",
  Lead: "lead-mine",
  Lithium: "lithium-refinery",
  "Magnesium Metal": "magnesium-smelter",
  Manganese: "manganese-mine",
  Nickel: "nickel-refinery",
  "Niobium (Columbium)": "niobium-mine",
  "Phosphate Rock": "phosphate-mine",
  Palladium: "palladium-mine",
  Platinum: "platinum-mine",
  Potash: "potash-mine",
  "Rare Earths": "rare-earths-refinery",
  Rhenium: "rhenium-mine",
  Silicon: "silicon-smelter",
  Silver: "silver-mine",
  Tantalum: "tantalum-mine",
  Tellurium: "tellurium-refinery",
  Tin: "tin-mine",
  "Titanium Sponge Metal": "titanium-refinery",
  "Titanium Mineral Concentrates": "ilmenite-mine",
  Tungsten: "tungsten-mine",
  Vanadium: "vanadium-mine",
  Zinc: "zinc-mine",
  Zirconium: "zirconium-mine",
};

/** Names that ISO does not know. */
export const STATES: Readonly<Record<string, string>> = { "The Bahamas": "BHS", "C\u00f4te d\u0092Ivoire": "CIV" };
