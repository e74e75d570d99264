import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { state } from "../src/domain/states.ts";
import { readFolder } from "../src/input/read-folder.ts";
import { mergePacks } from "../src/supply/merge-packs.ts";
import type { Pack } from "../src/supply/pack.ts";
import { parsePack } from "../src/supply/parse-pack.ts";
import { sharesAt, targetOwn } from "../src/supply/shares-at.ts";
import { verifyPack } from "../src/supply/verify-pack.ts";

const NAMES = ["minerals", "5g", "medicines", "ai", "quantum", "bio"] as const;

function load(name: string): Pack {
  return parsePack(readFolder(process.cwd(), `packs/${name}`, () => true));
}

const packs = new Map<string, Pack>(NAMES.map((name) => [name, load(name)]));

function pack(name: (typeof NAMES)[number]): Pack {
  return packs.get(name)!;
}

/** Share of `supplier` in per cent, low and high. */
function percent(name: (typeof NAMES)[number], cls: string, supplier: string, year: number): [number, number] {
  const found = sharesAt(pack(name), cls, year).suppliers.find((s) => s.supplier === supplier);
  return found ? [found.share.low * 100, found.share.high * 100] : [Number.NaN, Number.NaN];
}

describe.each(NAMES)("pack %s", (name) => {
  it("has every row that it states, and no fault", () => {
    expect(pack(name).warnings).toEqual([]);
    expect(verifyPack(pack(name))).toEqual([]);
  });

  it("names producer, licence, place and day of reading of every source", () => {
    for (const s of pack(name).sources.values()) {
      expect(s.url ?? s.citation).toBeTruthy();
      expect(s.accessed).toBe("2026-11-21");
      expect(s.producer.length * s.licence.length * s.title.length).toBeGreaterThan(0);
    }
  });

  it("calls nothing measured that was read at second hand", () => {
    const rows = [...pack(name).shares, ...pack(name).figures];
    expect(rows.filter((r) => r.kind === "measured")).toEqual([]);
  });

  it("speaks of nothing but its subject", () => {
    const texts = readFolder(process.cwd(), `packs/${name}`, () => true).map((f) => f.text);
    expect(texts.filter((t) => /corpus|from memory|curated_facts|read_file|\/work\//.test(t))).toEqual([]);
  });
});

describe("packs together", () => {
  it("use no source id for two sources, so that any of them can be loaded side by side", () => {
    const all = readdirSync("packs", { withFileTypes: true }).filter((e) => e.isDirectory());
    const merged = mergePacks(all.map((e) => load(e.name)));
    expect(merged.classes.length).toBeGreaterThan(70);
  });
});

describe("minerals", () => {
  const CRITICAL = [
    ..."aluminium,antimony,arsenic,beryllium,bismuth,chromium,cobalt,fluorspar,gallium,graphite,indium".split(","),
    ..."lithium,magnesium,manganese,nickel,niobium,palladium,platinum,rare-earths,silicon,tantalum".split(","),
    ..."tellurium,tin,titanium,tungsten,vanadium,zinc".split(","),
  ];

  it.each(CRITICAL)("has shares of world production of %s in 2025 with China's or the leader's share", (mineral) => {
    const classes = pack("minerals").classes.filter((c) => c.id.startsWith(`${mineral}-`));
    const current = classes.map((c) => sharesAt(pack("minerals"), c.id, 2025)).filter((s) => s.period === "2025");
    expect(current.length).toBeGreaterThan(0);
    for (const shares of current) {
      expect(shares.suppliers.length).toBeGreaterThan(1);
      expect(shares.suppliers.reduce((sum, s) => sum + s.share.high, 0)).toBeGreaterThan(0.95);
    }
  });

  it("keeps mining and refining apart: one basis a class, and no class above another", () => {
    for (const c of pack("minerals").classes) {
      expect(c.parent).toBeUndefined();
      if (c.id.endsWith("-mine")) expect(c.basis).toBe("mine");
      if (c.id.endsWith("-refinery") || c.id.endsWith("-smelter")) expect(c.basis).toBe("refinery");
    }
  });

  it("says what every class is to the law, with a kind where the Chinese rules have one", () => {
    const items = new Map(pack("minerals").items.map((i) => [i.class, i.facts["item.kind"]]));
    expect([...items.keys()].sort()).toEqual(
      pack("minerals")
        .classes.map((c) => c.id)
        .sort(),
    );
    expect(items.get("gallium-refinery")).toBe("gallium");
    expect(items.get("germanium-refinery")).toBe("germanium");
    expect(items.get("graphite-mine")).toBe("graphite-natural");
    expect(items.get("rare-earths-refinery")).toBe("rare-earths");
    expect(items.get("rare-earth-magnets")).toBe("rare-earth-magnets");
    expect(items.get("tungsten-mine")).toBe("tungsten");
    expect(items.get("antimony-mine")).toBe("antimony");
  });

  it("agrees with what the press reports of China: 99% of gallium, about 91% of separation, 94% of magnets", () => {
    expect(percent("minerals", "gallium-refinery", "CHN", 2024)[0]).toBeGreaterThan(98);
    const [low, high] = percent("minerals", "rare-earths-refinery", "CHN", 2024);
    expect(low).toBeGreaterThan(90);
    expect(high).toBeLessThan(92.5);
    expect(percent("minerals", "rare-earth-magnets", "CHN", 2024)).toEqual([94, 94]);
  });

  it("leaves unknown producers unknown: magnets of Japan and Germany lie between nothing and the rest", () => {
    const magnets = sharesAt(pack("minerals"), "rare-earth-magnets", 2024);
    for (const code of ["JPN", "DEU", "USA"]) {
      const share = targetOwn(magnets, state(code));
      expect(share.low).toBe(0);
      expect(share.high).toBeGreaterThan(0.059);
      expect(share.high).toBeLessThan(0.061);
    }
  });

  it("has net import reliance and years to build, each with its source", () => {
    const reliance = pack("minerals").figures.filter((f) => f.metric === "net import reliance");
    expect(reliance.length).toBeGreaterThan(10);
    expect(reliance.every((f) => f.state === "USA" && f.class !== undefined && f.value !== null)).toBe(true);
    expect(pack("minerals").figures.filter((f) => f.topic === "Years to build").length).toBeGreaterThan(3);
  });
});

describe("5g", () => {
  it("adds the firms of a state up to its low bound, and never passes the rest of the market", () => {
    const { shares } = pack("5g");
    const states = shares.filter((s) => s.level === "state");
    expect(states.length).toBeGreaterThan(20);
    for (const s of states) {
      const market = shares.filter((f) => f.level === "firm" && f.class === s.class && f.period === s.period);
      const own = market.filter((f) => f.state === s.state).reduce((sum, f) => sum + f.value!.low, 0);
      const named = market.reduce((sum, f) => sum + f.value!.low, 0);
      expect(Math.abs(s.value!.low - own)).toBeLessThan(1e-9);
      expect(Math.abs(s.value!.high - (own + Math.max(0, 1 - named)))).toBeLessThan(1e-9);
    }
  });

  it("gives China 43% to 46% of the world's radio access networks in 2020 and 24% to 28% outside China", () => {
    const [low, high] = percent("5g", "ran-equipment", "CHN", 2020);
    expect([Math.round(low), Math.round(high)]).toEqual([43, 46]);
    const outside = percent("5g", "ran-equipment-outside-china", "CHN", 2020);
    expect(outside.map(Math.round)).toEqual([24, 28]);
  });

  it("names the twelve states of June 2020 and marks the contested one", () => {
    const joined = pack("5g").memberships.filter((m) => m.alliance === "clean-network" && m.since === "2020-06-25");
    expect(joined.map((m) => m.state).sort()).toEqual(
      ["CZE", "NOR", "POL", "EST", "ROU", "DNK", "GRC", "NZL", "JPN", "AUS", "ISR", "LVA"].sort(),
    );
    expect(joined.find((m) => m.state === "JPN")?.note).toContain("contested");
  });

  it("has the six lines of the Clean Network, positions of states and their Chinese equipment", () => {
    const of = (topic: string) => pack("5g").figures.filter((f) => f.topic === topic);
    expect(
      of("Clean Network: lines")
        .map((f) => f.metric)
        .sort(),
    ).toEqual(["Clean Apps", "Clean Cable", "Clean Carrier", "Clean Cloud", "Clean Path", "Clean Store"]);
    expect(of("Positions on Huawei and ZTE").length).toBeGreaterThan(25);
    const equipment = of("Chinese vendors in networks");
    expect(equipment.find((f) => f.state === "DEU" && f.period === "2022")?.value).toEqual({ low: 59, high: 59 });
    expect(of("Clean Network: carriers").length).toBeGreaterThan(25);
  });
});

describe("medicines", () => {
  it("keeps volume, filings and plants apart and never says that US supply is the world's", () => {
    const byBasis = Map.groupBy(pack("medicines").classes, (c) => c.basis);
    expect([...byBasis.keys()].sort()).toEqual(["facilities", "filings", "revenue", "volume"]);
    for (const c of pack("medicines").classes) {
      expect(c.parent).toBeUndefined();
      if (c.id.startsWith("us-")) expect(c.note).toContain("United States");
    }
  });

  it("shows how far the measures of China lie apart: 8% of volume, 16% of active files, 32% of new ones", () => {
    expect(percent("medicines", "us-api-volume", "CHN", 2024)).toEqual([8, 8]);
    expect(percent("medicines", "api-filings-active", "CHN", 2023)).toEqual([16, 16]);
    expect(percent("medicines", "api-filings-new", "CHN", 2023)).toEqual([32, 32]);
  });
});

describe.each(["ai", "quantum", "bio"] as const)("pack %s", (name) => {
  it("holds research shares and memberships only: nothing that could be called supply", () => {
    expect(pack(name).classes.length).toBeGreaterThan(0);
    for (const c of pack(name).classes) {
      expect(c.type).toBe("research");
      expect(c.basis).toBe("publications");
      expect(c.note).toContain("no coverage");
    }
    expect(pack(name).items).toEqual([]);
    expect(pack(name).memberships.length).toBeGreaterThan(2);
  });
});
