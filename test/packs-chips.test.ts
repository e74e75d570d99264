import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { parseState } from "../src/domain/states.ts";
import { readFolder } from "../src/input/read-folder.ts";
import { mergePacks } from "../src/supply/merge-packs.ts";
import type { Pack } from "../src/supply/pack.ts";
import { parsePack } from "../src/supply/parse-pack.ts";
import { verifyPack } from "../src/supply/verify-pack.ts";

const ROOT = join(import.meta.dirname, "..");

function load(id: string): Pack {
  return parsePack(readFolder(ROOT, `packs/${id}`, () => true));
}

const chips = load("chips");
const open = load("chips-open");
const both = mergePacks([chips, open]);

interface FactDeclaration {
  readonly type: string;
  readonly values?: readonly string[];
}

function declaredFacts(): Readonly<Record<string, FactDeclaration>> {
  const [file] = readFolder(ROOT, "rules", (path) => path.endsWith("rules/facts.yaml") || path.endsWith("facts.yaml"));
  return (parseYaml(file!.text) as { facts: Record<string, FactDeclaration> }).facts;
}

describe.each([
  ["chips", chips, [open]],
  ["chips-open", open, [chips]],
] as const)("pack %s", (_, pack, others) => {
  it("has no fault, and as many rows as it states", () => {
    expect(verifyPack(pack, others).filter((f) => f.severity === "fault")).toEqual([]);
  });

  it("has ids once, parents that exist, and edges that end at classes", () => {
    const ids = pack.classes.map((c) => c.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(pack.classes.filter((c) => c.parent !== undefined && !ids.includes(c.parent))).toEqual([]);
    expect(pack.edges.filter((e) => !ids.includes(e.from) || !ids.includes(e.to))).toEqual([]);
  });

  it("gives every share, figure, flow and item a source of its manifest", () => {
    const rows = [...pack.shares, ...pack.figures, ...pack.trade, ...pack.items, ...pack.classes];
    expect(rows.filter((r) => !pack.sources.has(r.source))).toEqual([]);
  });

  it("keeps the states of a class and year within 102.5%, and every share within 0 to 100%", () => {
    const states = pack.shares.filter((s) => s.level !== "firm" && s.value !== null);
    const sums = Map.groupBy(states, (s) => `${s.class} ${s.period} ${s.source}`);
    const over = [...sums].filter(([, rows]) => rows.reduce((sum, r) => sum + r.value!.low, 0) > 1.025);
    expect(over.map(([key]) => key)).toEqual([]);
    expect(pack.shares.filter((s) => s.value && (s.value.low < 0 || s.value.high > 1))).toEqual([]);
  });

  it("names firms with a known headquarters, or says that there are several", () => {
    const firms = pack.shares.filter((s) => s.level === "firm");
    const homeless = new Set(firms.filter((s) => s.state === undefined).map((s) => s.supplier));
    expect([...homeless].filter((name) => name !== "Various companies")).toEqual([]);
    expect(firms.filter((s) => s.state !== undefined && parseState(s.state) !== s.state)).toEqual([]);
  });
});

describe("classes that both packs have", () => {
  it("carry the same name, type, group and stage", () => {
    const shared = open.classes.flatMap((o) => {
      const c = chips.classes.find((x) => x.id === o.id);
      return c ? [[o, c] as const] : [];
    });
    expect(shared.length).toBeGreaterThan(20);
    const pick = (c: (typeof shared)[number][0]) => [c.id, c.name, c.type, c.group, c.stage];
    for (const [o, c] of shared) expect(pick(o)).toEqual(pick(c));
  });

  it("leave the number of tool classes as it is in the first pack listed", () => {
    const tools = (p: Pack) => p.classes.filter((c) => c.type === "tool" && c.leaf).map((c) => c.id);
    expect(tools(both)).toEqual(tools(chips));
  });
});

describe("what classes are to the law", () => {
  const facts = declaredFacts();
  const items = new Map(open.items.map((i) => [i.class, i]));

  it("every leaf class of tools, materials and design has an item, in both packs", () => {
    const leaves = [chips, open].flatMap((p) =>
      p.classes.filter((c) => c.leaf && ["tool", "material", "design"].includes(c.type)),
    );
    expect(leaves.filter((c) => !items.has(c.id)).map((c) => c.id)).toEqual([]);
  });

  it("every fact is declared, and so is every value of a fact with a list", () => {
    for (const item of open.items) {
      for (const given of [item.facts, ...item.variants.map((v) => v.facts)]) {
        for (const [fact, value] of Object.entries(given)) {
          expect(Object.keys(facts), `${item.class}: ${fact}`).toContain(fact);
          const allowed = facts[fact]?.type === "one-of" ? facts[fact]?.values : undefined;
          if (allowed) expect(allowed, `${item.class}: ${fact}`).toContain(value);
        }
      }
    }
  });

  it("every tool has one kind, by itself or in each of its variants", () => {
    const kindless = open.items.filter((i) => {
      if (i.facts["item.family"] !== "chip-tool" || i.facts["item.kind"] !== undefined) return false;
      return i.variants.length === 0 || i.variants.some((v) => v.facts["item.kind"] === undefined);
    });
    expect(kindless.map((i) => i.class)).toEqual([]);
  });

  it("immersion scanners are cut where the lists cut them, without gap or overlap", () => {
    const item = items.get("arf-immersion-duv-lithography-tools")!;
    expect(item.facts).toMatchObject({
      "item.kind": "litho-scanner",
      "litho.source": "ArF-immersion",
      "litho.wavelength": "193 nm",
    });
    expect(item.variants.map((v) => v.facts["litho.overlay"])).toEqual([
      { atMost: "1.50 nm" },
      { above: "1.50 nm", atMost: "2.40 nm" },
      { above: "2.40 nm" },
    ]);
  });
});

describe("goals", () => {
  it("are there for 5 nm logic, 28 nm logic and HBM, over leaf classes of chips", () => {
    expect(open.goals.map((g) => g.id)).toEqual(["hbm", "logic-28nm", "logic-5nm"]);
    const leaves = new Set(chips.classes.filter((c) => c.leaf).map((c) => c.id));
    const used = open.goals.flatMap((g) => g.needs.flatMap((n) => n.any.flatMap((a) => a.classes)));
    expect(used.filter((id) => !leaves.has(id))).toEqual([]);
  });

  it("let immersion stand in for EUV at 5 nm at a sourced penalty, and need no EUV at 28 nm", () => {
    const goal = (id: string) => open.goals.find((g) => g.id === id)!;
    const finest = goal("logic-5nm").needs.find((n) => n.any.some((a) => a.penalty !== undefined))!;
    expect(finest.any.map((a) => [a.classes[0], a.penalty !== undefined, a.source])).toEqual([
      ["euv-lithography-tools", false, undefined],
      ["arf-immersion-duv-lithography-tools", true, "abachy-2024"],
    ]);
    const mature = goal("logic-28nm").needs.flatMap((n) => n.any.flatMap((a) => a.classes));
    expect(mature).not.toContain("euv-lithography-tools");
  });
});

describe("open figures", () => {
  it("give the share of exporters of HS 848620 as the trade table does, hubs of re-export from zero", () => {
    for (const year of ["2019", "2022"]) {
      const flows = open.trade.filter((t) => t.hs6 === "848620" && t.period === year);
      const usd = (keep: (exporter: string) => boolean) =>
        flows.filter((t) => keep(t.exporter)).reduce((sum, t) => sum + t.usd, 0);
      const hubs = ["SGP", "HKG", "MYS"];
      const all = usd(() => true);
      const producers = usd((e) => !hubs.includes(e));
      const rows = open.shares.filter((s) => s.class === "front-end-tool-exports" && s.period === year);
      expect(rows.length).toBeGreaterThan(8);
      for (const row of rows) {
        const own = usd((e) => e === row.supplier);
        const range = hubs.includes(row.supplier) ? [0, own / all] : [own / all, own / producers];
        expect([row.value!.low, row.value!.high].map((x, i) => Math.abs(x - range[i]!) < 0.0006)).toEqual([true, true]);
      }
    }
  });

  it("derive lithography shares from the machines shipped", () => {
    const machines = open.figures.filter(
      (f) => f.metric.startsWith("machines shipped by") && f.class === "krf-duv-lithography-tools",
    );
    const total = machines.reduce((sum, f) => sum + f.value!.low, 0);
    const dutch = machines.find((f) => f.state === "NLD")!.value!.low / total;
    const share = open.shares.find((s) => s.class === "krf-duv-lithography-tools" && s.supplier === "NLD")!.value!.low;
    expect(Math.abs(share - dutch) < 0.0001).toBe(true);
  });

  it("use no source whose licence forbids commercial use", () => {
    expect([...open.sources.values()].filter((s) => /NC|non-?commercial/i.test(s.licence))).toEqual([]);
  });
});
