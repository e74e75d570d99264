import type { Fact } from "./read-facts.ts";

export type Use =
  | { readonly as: "ignored"; readonly why: string }
  | { readonly as: "figure"; readonly pack: string; readonly topic: string; readonly class?: string }
  | { readonly as: "share"; readonly pack: string; readonly class: string; readonly of: "firm" | "exporter" | "party" }
  | { readonly as: "members"; readonly pack: string };

/** What becomes of facts that fit `set` and every pattern given; the first rule that fits counts. */
export interface Rule {
  readonly set: string;
  readonly issue?: RegExp;
  readonly subject?: RegExp;
  readonly metric?: RegExp;
  readonly period?: RegExp;
  readonly unit?: RegExp;
  readonly use: Use;
}

const figure = (pack: string, topic: string, cls?: string): Use => ({
  as: "figure",
  pack,
  topic,
  ...(cls ? { class: cls } : {}),
});
const share = (pack: string, cls: string, of: "firm" | "exporter" | "party"): Use => ({
  as: "share",
  pack,
  class: cls,
  of,
});
const ignored = (why: string): Use => ({ as: "ignored", why });

const VENDORS = /^(Huawei|Ericsson|Nokia|ZTE|Samsung|Cisco|Ciena|Other)$/;

const MINERALS: readonly Rule[] = [
  {
    set: "coercion",
    issue: /rare earths 2010/,
    use: figure("minerals", "Episode: rare earths to Japan, 2010", "rare-earths-mine"),
  },
  {
    set: "coercion",
    issue: /gallium germanium/,
    subject: /^gallium/,
    use: figure("minerals", "Episode: gallium and germanium, since 2023", "gallium-refinery"),
  },
  {
    set: "coercion",
    issue: /gallium germanium/,
    subject: /^germanium/,
    use: figure("minerals", "Episode: gallium and germanium, since 2023", "germanium-refinery"),
  },
  {
    set: "coercion",
    issue: /gallium germanium/,
    use: figure("minerals", "Episode: gallium and germanium, since 2023"),
  },
  { set: "coercion", issue: /graphite/, use: figure("minerals", "Episode: graphite, since 2023", "graphite-mine") },
  { set: "coercion", issue: /antimony/, use: figure("minerals", "Episode: antimony, since 2024", "antimony-mine") },
  {
    set: "coercion",
    issue: /rare earths 2025/,
    subject: /^magnets/,
    use: figure("minerals", "Episode: rare earths and magnets, since 2025", "rare-earth-magnets"),
  },
  {
    set: "coercion",
    issue: /rare earths 2025/,
    use: figure("minerals", "Episode: rare earths and magnets, since 2025", "rare-earths-refinery"),
  },
  { set: "coercion", use: ignored("an episode outside minerals, 5G and medicines") },
  {
    set: "curated",
    issue: /^Rare earths$/,
    metric: /mining/,
    use: figure("minerals", "Reported shares of China", "magnet-rare-earths-mine"),
  },
  {
    set: "curated",
    issue: /^Rare earths$/,
    metric: /refining/,
    use: figure("minerals", "Reported shares of China", "rare-earths-refinery"),
  },
  {
    set: "curated",
    issue: /^Rare earths$/,
    metric: /magnet/,
    use: figure("minerals", "Reported shares of China", "rare-earth-magnets"),
  },
  ...(
    [
      ["Heavy rare earths|Light rare earths", "rare-earths-refinery"],
      ["Magnesium", "magnesium-smelter"],
      ["Gallium", "gallium-refinery"],
      ["Germanium", "germanium-refinery"],
      ["Natural graphite", "graphite-mine"],
      ["Tungsten", "tungsten-mine"],
    ] as const
  ).map(([metric, cls]): Rule => {
    return {
      set: "curated",
      issue: /^EU supply dependence/,
      metric: new RegExp(`^(${metric})$`),
      use: figure("minerals", "EU supply from China", cls),
    };
  }),
];

const TELECOM: readonly Rule[] = [
  { set: "5g", subject: VENDORS, metric: /^RAN revenue share, world$/, use: share("5g", "ran-equipment", "firm") },
  {
    set: "5g",
    subject: VENDORS,
    metric: /^RAN revenue share, world excluding China$/,
    use: share("5g", "ran-equipment-outside-china", "firm"),
  },
  {
    set: "5g",
    subject: /^Other$/,
    metric: /^5G base station share/,
    use: ignored("the rest of a table: not a supplier"),
  },
  { set: "5g", subject: VENDORS, metric: /^5G base station share/, use: share("5g", "5g-base-stations", "firm") },
  {
    set: "5g",
    subject: VENDORS,
    metric: /^5G equipment share/,
    period: /^2020$/,
    use: share("5g", "5g-equipment", "firm"),
  },
  {
    set: "5g",
    subject: VENDORS,
    metric: /^total telecom equipment share/,
    period: /^(2019|2020)$/,
    use: share("5g", "telecom-equipment", "firm"),
  },
  {
    set: "5g",
    subject: /^Chinese vendors$/,
    metric: /^installed|^share of 5G users/,
    use: figure("5g", "Chinese vendors in networks", "ran-equipment"),
  },
  { set: "5g", metric: /share/, use: figure("5g", "Vendor shares") },
  { set: "5g", metric: /^state position$/, use: figure("5g", "Positions on Huawei and ZTE", "ran-equipment") },
  { set: "5g", subject: /^clean network$/, metric: /declaration or memorandum/, use: { as: "members", pack: "5g" } },
  { set: "5g", subject: /^clean network$/, use: figure("5g", "Clean Network") },
  { set: "5g", metric: /clean telco|clean 5G carrier/, use: figure("5g", "Clean Network: carriers") },
  { set: "5g", subject: /^rip and replace|removal$|^Canada$/, use: figure("5g", "Cost of removal") },
  { set: "5g", use: figure("5g", "Networks and measures") },
  {
    set: "curated",
    issue: /^5G RAN Chinese vendor share$|^Global RAN market$/,
    use: ignored("stands in the 5G set as well"),
  },
  { set: "curated", subject: /^clean_network_2020_06_25$/, use: ignored("its states are memberships of the pack") },
  { set: "curated", subject: /^eu_toolbox_2024$/, use: ignored("stands in the 5G set as well") },
  { set: "curated", issue: /^Clean Network$/, use: figure("5g", "Clean Network") },
  { set: "curated", issue: /^Huawei restrictions$/, use: figure("5g", "Networks and measures") },
];

const MEDICINES: readonly Rule[] = [
  { set: "medicines", subject: /^prescription API volume$/, use: share("medicines", "us-api-volume", "exporter") },
  { set: "medicines", subject: /^branded API volume$/, use: share("medicines", "us-api-volume-branded", "exporter") },
  {
    set: "medicines",
    subject: /^essential API volume$/,
    use: share("medicines", "us-api-volume-essential", "exporter"),
  },
  {
    set: "medicines",
    subject: /^non-essential API volume$/,
    use: share("medicines", "us-api-volume-non-essential", "exporter"),
  },
  {
    set: "medicines",
    subject: /^antibiotic API imports$/,
    metric: /^China share$/,
    use: share("medicines", "us-antibiotic-api-imports", "exporter"),
  },
  {
    set: "medicines",
    subject: /^API drug master files$/,
    period: /^2023 filings$/,
    use: share("medicines", "api-filings-new", "party"),
  },
  {
    set: "medicines",
    subject: /^API drug master files$/,
    period: /^all active 2023$/,
    use: share("medicines", "api-filings-active", "party"),
  },
  {
    set: "medicines",
    subject: /^API facilities for the US market$/,
    use: share("medicines", "us-api-facilities", "party"),
  },
  {
    set: "medicines",
    subject: /^antibiotics$/,
    metric: /^share of world exports$/,
    use: share("medicines", "antibiotic-exports", "party"),
  },
  {
    set: "medicines",
    subject: /^key starting materials$|^US-approved APIs$|^amoxicillin$/,
    use: figure("medicines", "Key starting materials"),
  },
  { set: "medicines", use: figure("medicines", "Dependence and supply") },
  { set: "curated", issue: /^API$/, use: ignored("stands in the medicines set as well") },
];

const RESEARCH: readonly Rule[] = [
  {
    set: "ai-quantum-bio",
    subject: /^High-performance computing$/,
    use: share("ai", "research-high-performance-computing", "party"),
  },
  {
    set: "ai-quantum-bio",
    subject: /^Advanced integrated circuits$/,
    use: share("ai", "research-advanced-integrated-circuits", "party"),
  },
  {
    set: "ai-quantum-bio",
    subject: /^Genetic engineering$/,
    use: share("bio", "research-genetic-engineering", "party"),
  },
  {
    set: "ai-quantum-bio",
    subject: /^Quantum computing$/,
    use: share("quantum", "research-quantum-computing", "party"),
  },
  { set: "ai-quantum-bio", subject: /^Atomic clocks$/, use: share("quantum", "research-atomic-clocks", "party") },
  {
    set: "ai-quantum-bio",
    subject: /^(Hypersonic|Undersea|Electric batteries|Advanced aircraft|Space launch)/,
    use: ignored("a technology outside these packs"),
  },
  { set: "ai-quantum-bio", issue: /^technology lead$/, use: figure("ai", "Research leads") },
  { set: "ai-quantum-bio", issue: /^AI accelerators$/, use: figure("ai", "AI accelerators") },
  { set: "ai-quantum-bio", issue: /^cloud$/, use: figure("ai", "Cloud") },
  { set: "ai-quantum-bio", issue: /^quantum/, use: figure("quantum", "Components") },
  { set: "ai-quantum-bio", issue: /^biotech/, use: figure("bio", "Sequencing") },
  {
    set: "ai-quantum-bio",
    issue: /^alliance/,
    subject: /^Chip 4/,
    use: ignored("an alliance on chips: the chip packs have it"),
  },
  {
    set: "ai-quantum-bio",
    issue: /^alliance/,
    subject: /^(Minerals|FORGE)/,
    unit: /^members$/,
    use: { as: "members", pack: "minerals" },
  },
  { set: "ai-quantum-bio", issue: /^alliance/, subject: /^(Minerals|FORGE)/, use: figure("minerals", "Alliances") },
  { set: "ai-quantum-bio", issue: /^alliance/, subject: /^Global Coalition/, use: { as: "members", pack: "5g" } },
  {
    set: "ai-quantum-bio",
    issue: /^alliance/,
    subject: /^AUKUS/,
    unit: /^members$/,
    use: { as: "members", pack: "quantum" },
  },
  { set: "ai-quantum-bio", issue: /^alliance/, subject: /^AUKUS/, use: figure("quantum", "Alliances") },
  { set: "ai-quantum-bio", issue: /^alliance/, unit: /^members$/, use: { as: "members", pack: "ai" } },
  { set: "ai-quantum-bio", issue: /^alliance/, use: figure("ai", "Alliances") },
  { set: "cooperation", subject: /^coauthored AI articles$/, use: figure("ai", "Joint research") },
  { set: "cooperation", use: ignored("cooperation outside these packs") },
];

const REST: readonly Rule[] = [
  {
    set: "curated",
    issue: /^(China SME imports|Lithography imports|Vendor exposure|Foundry share|Fab capacity|China chip)/,
    use: ignored("the chip packs have it"),
  },
  { set: "curated", issue: /^R&D$/, use: ignored("research spending outside these packs") },
];

/** Every rule in order. */
const PLAN: readonly Rule[] = [...MINERALS, ...TELECOM, ...MEDICINES, ...RESEARCH, ...REST];

/** The first rule that fits, or undefined: such a fact is refused. */
export function useOf(fact: Fact): Use | undefined {
  return PLAN.find(
    (rule) =>
      rule.set === fact.set &&
      (rule.issue?.test(fact.issue) ?? true) &&
      (rule.subject?.test(fact.subject) ?? true) &&
      (rule.metric?.test(fact.metric) ?? true) &&
      (rule.period?.test(fact.period) ?? true) &&
      (rule.unit?.test(fact.unit) ?? true),
  )?.use;
}
