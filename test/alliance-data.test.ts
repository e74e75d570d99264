import { existsSync, globSync, readFileSync } from "node:fs";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { createWorkbench } from "../src/workbench.ts";

/** The files as plain YAML, read beside the program's own reader. */
interface Step {
  readonly states: readonly string[];
  readonly rules?: readonly string[];
  readonly cite?: { readonly evidence: string; readonly source: string };
}
interface RawAlliance {
  readonly issue: string;
  readonly objective: { readonly measure?: { readonly target: string } };
  readonly groupings: readonly {
    readonly id: string;
    readonly seats: readonly {
      readonly states?: readonly string[];
      readonly role: string;
      readonly disclosed?: boolean;
    }[];
  }[];
  readonly pledges?: readonly { readonly delivery?: readonly Step[] }[];
  readonly besides?: readonly Step[];
  readonly sources: readonly { readonly id: string }[];
}

const FILES = globSync("alliances/*.yaml").sort();
const text = (path: string) => readFileSync(path, "utf8");
const raw = (path: string) => load(text(path), { schema: CORE_SCHEMA }) as RawAlliance;
const steps = (a: RawAlliance): readonly Step[] => [
  ...(a.pledges ?? []).flatMap((p) => p.delivery ?? []),
  ...(a.besides ?? []),
];
const workbench = createWorkbench(".");

describe("the alliances", () => {
  it("cover every issue of the texts that the project began from", () => {
    expect(new Set(FILES.map((f) => raw(f).issue))).toEqual(
      new Set([
        "chips",
        "ai",
        "quantum",
        "biotechnology",
        "5g",
        "export-controls",
        "standards",
        "surveillance",
        "minerals",
        "medicines",
      ]),
    );
  });

  it("name rules that stand in the rule books, each in the file of its instrument", () => {
    const rules = FILES.flatMap((f) => steps(raw(f)).flatMap((s) => s.rules ?? []));
    expect(rules.length).toBeGreaterThan(40);
    const lost = rules.filter((rule) => {
      const [state, instrument, id] = rule.split("/");
      const path = `rules/${state}/${instrument}.yaml`;
      return !existsSync(path) || !new RegExp(`^  - id: ${id}$`, "m").test(text(path));
    });
    expect(lost).toEqual([]);
  });

  it("cite every source that they list, and keep what was not read apart as inferred", () => {
    for (const file of FILES) {
      const cited = new Set([...text(file).matchAll(/cite: \{ source: ([\w.-]+)/g)].map((m) => m[1]));
      const listed = raw(file).sources.map((s) => s.id);
      expect([
        file,
        listed.filter((id) => !cited.has(id) && !text(file).replace(`id: ${id}`, "").includes(id)),
      ]).toEqual([file, []]);
      const unread = steps(raw(file)).filter((s) => s.cite?.source === "not-read");
      expect([file, unread.filter((s) => s.cite!.evidence !== "inferred")]).toEqual([file, []]);
    }
  });

  it("name no holder of a seat that is not disclosed", () => {
    const hidden = FILES.flatMap((f) => raw(f).groupings.flatMap((g) => g.seats)).filter((s) => s.disclosed === false);
    expect(hidden.filter((s) => s.states !== undefined)).toEqual([]);
  });

  it("hold a group on each side, so that any state can be us", async () => {
    const { alliances } = await workbench.alliances({ names: [], overlap: false });
    const withState = (s: string) =>
      alliances.filter((a) => (a.members as readonly string[]).includes(s)).map((a) => a.id);
    expect(withState("CHN")).toEqual(["ai-sco", "minerals-green"]);
    expect(withState("USA").length).toBeGreaterThan(7);
    expect(raw("alliances/minerals-green.yaml").objective.measure!.target).toBe("USA");
  });

  it.each([
    ["packs/ai/memberships.csv", "pax-silica", "alliances/chips.yaml", "pax-silica"],
    [
      "packs/ai/memberships.csv",
      "quad-critical-and-emerging-technology-working-group",
      "alliances/standards.yaml",
      "quad",
    ],
    ["packs/bio/memberships.csv", "biopharmaceutical-alliance", "alliances/biotechnology.yaml", "biopharma-coalition"],
    [
      "packs/minerals/memberships.csv",
      "minerals-security-partnership",
      "alliances/minerals.yaml",
      "minerals-security-partnership",
    ],
    ["packs/minerals/memberships.csv", "minerals-security-partnership-forum", "alliances/minerals.yaml", "msp-forum"],
  ])("agree with %s on %s", (csv, name, file, grouping) => {
    const rows = text(csv)
      .split("\n")
      .map((l) => l.split(","));
    const inPack = rows.filter((r) => r[0] === name).map((r) => r[1]!);
    const seats = raw(file).groupings.find((g) => g.id === grouping)!.seats;
    const members = seats
      .filter((s) => ["founder", "member", "signatory"].includes(s.role))
      .flatMap((s) => s.states ?? []);
    expect(members.sort()).toEqual(inPack.sort());
  });
});

describe("an alliance of the tree", () => {
  it("says of the understanding of January 2023 what each of the three had in force by September", async () => {
    const { alliances } = await workbench.alliances({ names: [], overlap: false, asOf: "2023-09-01" });
    const chips = alliances.find((a) => a.id === "chips")!;
    const pledge = chips.pledges.find((p) => p.id === "advanced-tools")!;
    // The Japanese ordinance of 23 July and the Dutch one of 1 September 2023, counted from 27 January by hand.
    expect(pledge.states.map((d) => [d.state, d.status, d.inForce, d.lagDays])).toEqual([
      ["USA", "in-force", "2022-10-07", { low: -112, high: -112 }],
      ["JPN", "in-force", "2023-07-23", { low: 177, high: 177 }],
      ["NLD", "in-force", "2023-09-01", { low: 217, high: 217 }],
    ]);
    expect(chips.members).toEqual(["JPN", "NLD", "USA"]);
  });
});
