import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Gap, GapsResult } from "../src/law/gaps/gaps-result.ts";
import type { ParameterRange } from "../src/law/gaps/region.ts";
import { renderGapsTerminal } from "../src/report/gaps/gaps-terminal.ts";
import { answerGaps } from "../src/workbench/gaps.ts";
import { createWorkbench } from "../src/workbench.ts";

const { library } = createWorkbench(join(import.meta.dirname, ".."));
const asked = new Map<string, GapsResult>();

function gapsOf(between: string, classes: string, probe?: string): readonly Gap[] {
  const key = `${between} ${classes} ${probe ?? ""}`;
  const options = {
    between: between.split(","),
    classes: classes.split(","),
    asOf: "2026-11-21",
    case: "chip-tools-2023",
  };
  const result = asked.get(key) ?? answerGaps({ ...options, ...(probe !== undefined && { probe }) }, library);
  asked.set(key, result);
  return result.gaps;
}

/** A bound as a law's text writes it: `[300,500) ms`. */
function written(p: unknown): string {
  const r = p as ParameterRange;
  const low = r.exact?.low ?? r.low ?? "";
  const high = r.exact?.high ?? r.high ?? "";
  return `${r.lowIncluded ? "[" : "("}${low},${high}${r.highIncluded ? "]" : ")"} ${r.unit}`;
}

interface Wanted {
  readonly by: string;
  readonly notBy: string;
  /** Numbers as intervals, all other parameters as the list of their values. */
  readonly region: Readonly<Record<string, string | readonly (string | boolean)[]>>;
}

/** Gaps whose region restricts these parameters exactly so; others may be restricted too. */
function found(gaps: readonly Gap[], { by, notBy, region }: Wanted): Gap[] {
  return gaps.filter(
    (g) =>
      g.controlledBy.some((c) => c.state === by) &&
      g.notBy.includes(notBy as never) &&
      Object.entries(region).every(([name, wanted]) => {
        const p = g.region[name];
        if (p === undefined) return false;
        if ("in" in p) return typeof wanted !== "string" && wanted.every((v) => p.in.includes(v));
        return written(p) === wanted;
      }),
  );
}

/** What is found for each of the states; nothing where one of them has nothing. */
function each(states: readonly string[], find: (state: string) => Gap[]): Gap[] {
  const all = states.map(find);
  return all.some((gaps) => gaps.length === 0) ? [] : all.flat();
}

/**
 * What the texts themselves say of each hole, by its id in the list of known holes: bounds of the US Commerce Control List, of
 * Annex I to the Union's regulation of 2025-11-15, and of the Japanese ordinance of 2026-02-14.
 */
const KNOWN: Readonly<Record<string, () => Gap[]>> = {
  "GAP-01": () =>
    found(gapsOf("USA,EUU", "chip", "civil-fab"), {
      by: "USA",
      notBy: "EUU",
      region: { "chip.tpp": "[4800,6000) TPP" },
    }),
  "GAP-02": () =>
    found(gapsOf("JPN,NLD,EUU", "litho-scanner", "civil-fab"), {
      by: "JPN",
      notBy: "EUU",
      region: { "litho.overlay": "(1.5,2.4] nm", "litho.wavelength": "[193,) nm" },
    }),
  "GAP-04": () =>
    found(gapsOf("JPN,NLD,EUU", "litho-scanner", "civil-fab"), {
      by: "NLD",
      notBy: "EUU",
      region: { "litho.wavelength / litho.na": "(45 / 0.35,45 / 0.25] nm" },
    }),
  "GAP-06": () =>
    found(gapsOf("JPN,EUU", "dry-etch-conductor", "civil-fab"), {
      by: "JPN",
      notBy: "EUU",
      region: { "etch.gasValve": "[300,500) ms", "etch.chuckZones": "[10,) count", "etch.pulsedRf": [true] },
    }),
  "GAP-10": () =>
    each(["USA", "EUU"], (notBy) =>
      found(gapsOf("JPN,USA,EUU", "ald", "civil-fab"), {
        by: "JPN",
        notBy,
        region: {
          "deposition.designedFor": ["tungsten-nitride-multistep"],
          "deposition.temperature": "(20,500) degC",
          "deposition.pressure": "(133.3,53330) Pa",
        },
      }),
    ),
  "GAP-12": () =>
    each(["USA", "JPN", "NLD"], (by) =>
      found(gapsOf("USA,JPN,NLD,EUU", "pellicle-maker", "civil-fab"), {
        by,
        notBy: "EUU",
        region: { "item.forEuv": [true] },
      }),
    ),
  "GAP-16": () =>
    each(["JPN", "EUU"], (notBy) =>
      found(gapsOf("USA,JPN,EUU", "ion-implanter", "listed-fab"), {
        by: "USA",
        notBy,
        region: { "implant.energy": "[0,5) keV", "implant.current": "(5,) mA", "wafer.diameter": "[300,) mm" },
      }),
    ),
  "GAP-18": () =>
    found(gapsOf("USA,EUU", "chip", "civil-fab"), {
      by: "USA",
      notBy: "EUU",
      region: { "chip.role": ["memory"], "chip.memoryDensity": "(2,) GB/s/mm2" },
    }),
  "GAP-20": () =>
    found(gapsOf("USA,JPN", "epitaxy"), { by: "USA", notBy: "USA", region: { activity: ["deemed-export"] } }).filter(
      (g) => g.kind === "scope" && g.elsewhere?.includes("technology"),
    ),
  "GAP-22": () =>
    found(gapsOf("USA,JPN", "epitaxy"), { by: "USA", notBy: "USA", region: { from: ["JPN", "NLD", "DEU"] } }).filter(
      (g) => {
        const states = g.region.from && "in" in g.region.from ? g.region.from.in : [];
        const reached = ["KOR", "TWN", "ISR", "SGP", "MYS"];
        return states.length === 33 && reached.every((s) => g.elsewhere?.includes(s) && !states.includes(s));
      },
    ),
};

describe("gaps between the laws that are held", () => {
  for (const [id, gaps] of Object.entries(KNOWN)) {
    it(`${id} is found with its exact bounds`, () => expect(gaps().length).toBeGreaterThan(0));
  }

  it("tells 685 degrees apart from below 685 degrees", () => {
    const region = { "epitaxy.temperature": "[685,685] degC", "epitaxy.preclean": [true] };
    const all = gapsOf("JPN,EUU", "epitaxy", "civil-fab");
    expect(found(all, { by: "JPN", notBy: "EUU", region }).length).toBeGreaterThan(0);
    expect(all.filter((g) => g.controlledBy[0]!.state === "EUU")).toEqual([]);
  });

  it("finds the zones below 20 too, where the valve alone would be fast enough", () => {
    const region = { "etch.gasValve": "[0,300) ms", "etch.chuckZones": "[10,20) count" };
    expect(
      found(gapsOf("JPN,EUU", "dry-etch-conductor", "civil-fab"), { by: "JPN", notBy: "EUU", region }),
    ).not.toEqual([]);
  });

  it("names the paragraph that controls, and what of the other's nearest paragraph fails", () => {
    const [gap] = KNOWN["GAP-01"]!().filter((g) => g.clause.rule === "usa/ear-742-6-chips/chips");
    expect(gap!.clause.paragraphs).toContain("USA:3A090.a");
    const nearest = gap!.stopsShort[0]!.nearest.map((n) => [n.paragraph, n.failed]);
    expect(nearest).toContainEqual(["EUU:3A501.a.16", ["chip.tpp: { atLeast: 6000 TPP }"]]);
  });

  it("says since when the one controls and until when the other did not", () => {
    const later = gapsOf("JPN,EUU", "dry-etch-conductor").filter((g) => g.kind === "time");
    expect(later.map((g) => g.since)).toContainEqual({ controlled: "2023-07-23", notUntil: "2025-11-15" });
  });

  it("never counts what is undetermined", () => {
    gapsOf("USA,EUU", "chip", "civil-fab");
    const result = asked.get("USA,EUU chip civil-fab")!;
    expect(result.gaps.some((g) => g.kind === "undetermined")).toBe(false);
    expect(result.undetermined.length).toBe(result.counts.undetermined);
    expect(result.undetermined.length).toBeGreaterThan(0);
  });

  it("prints the same page for the same question", () => {
    gapsOf("JPN,EUU", "epitaxy", "civil-fab");
    const page = renderGapsTerminal(asked.get("JPN,EUU epitaxy civil-fab")!, { width: 100, colour: false, all: false });
    expect(page).toContain("epitaxy: JPN and not EUU (control, list, civil-fab)");
    expect(page).toContain("epitaxy.temperature exactly 685 degC");
    expect(page).toContain("EUU:3B501.a.4 (3B501.a.4) wants epitaxy.temperature: { below: 685 degC }");
    expect(Math.max(...page.split("\n").map((l) => l.length))).toBeLessThanOrEqual(100);
  });
});

describe("what may be asked", () => {
  const ask = (options: Partial<Parameters<typeof answerGaps>[0]>) => () =>
    answerGaps({ between: ["USA", "JPN"], case: "chip-tools-2023", ...options }, library);

  it("refuses one state, unknown classes and impossible days, each with its place", () => {
    expect(ask({ between: ["USA"] })).toThrow(/nothing to compare/);
    expect(ask({ classes: ["epitaxi"] })).toThrow(/`epitaxi` is no kind, class or group/);
    expect(ask({ asOf: "2026-02-30" })).toThrow(/is no calendar day/);
    expect(ask({ probe: "civil" })).toThrow(/no probe is called `civil`/);
  });

  it("takes a class of the packs with all that they know of it", () => {
    const gaps = gapsOf("JPN,EUU", "arf-immersion-duv-lithography-tools", "civil-fab");
    expect(gaps.map((g) => Object.keys(g.region))).toEqual([["litho.overlay"]]);
    expect(written(gaps[0]!.region["litho.overlay"])).toBe("(1.5,2.4] nm");
  });
});

const UPSTREAM = process.env.ENTENTE_UPSTREAM;
const LIST = UPSTREAM === undefined ? undefined : join(UPSTREAM, "..", "cases", "gaps.jsonl");
const isThere = LIST !== undefined && existsSync(LIST);

describe.skipIf(!isThere)(
  "known holes upstream (skipped without ENTENTE_UPSTREAM and cases/gaps.jsonl beside it)",
  () => {
    const rows = isThere
      ? readFileSync(LIST!, "utf8")
          .split("\n")
          .filter((l) => l.trim() !== "")
          .map((l) => JSON.parse(l) as { id: string })
      : [];
    it("are all looked for", () => {
      expect(rows.map((r) => r.id).filter((id) => !(id in KNOWN))).toEqual([]);
      expect(rows.length).toBeGreaterThan(0);
    });
  },
);
