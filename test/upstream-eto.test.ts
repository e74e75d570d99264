import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";

type Row = Record<string, string>;

const UPSTREAM = process.env.ENTENTE_UPSTREAM;
const ROOT = join(import.meta.dirname, "..");

function read(...path: string[]): Row[] {
  return parse(readFileSync(join(...path), "utf8"), { columns: true, bom: true });
}

/** Members of the question of 2023. */
const MEMBERS = ["USA", "JPN", "NLD"];

interface Potential {
  readonly count: number;
  readonly atLeast95: number;
  readonly atLeast80: number;
  readonly below50: number;
}

/** What the members supply of each class, in per cent, counted by thresholds. Binary dust is rounded away. */
function countPotential(
  classes: readonly (readonly Row[])[],
  share: (row: Row) => [state: string, percent: number],
): Potential {
  const complete = classes.filter((rows) => {
    const sum = rows.reduce((total, row) => total + share(row)[1], 0);
    return sum >= 99 && sum <= 101;
  });
  const members = complete.map((rows) => {
    const own = rows.map(share).filter(([state]) => MEMBERS.includes(state));
    return Number(own.reduce((total, [, percent]) => total + percent, 0).toFixed(6));
  });
  return {
    count: members.length,
    atLeast95: members.filter((m) => m >= 95).length,
    atLeast80: members.filter((m) => m >= 80).length,
    below50: members.filter((m) => m < 50).length,
  };
}

const NAMED = "the pack against the upstream release";
const SKIPPED = `${NAMED} (skipped: ENTENTE_UPSTREAM names no folder with supply/eto-2026-08)`;

describe.skipIf(!UPSTREAM)(UPSTREAM ? NAMED : SKIPPED, () => {
  // The body of a skipped suite is run to collect its titles: without the folder there is nothing to read.
  const upstream = (release: string, file: string): Row[] => (UPSTREAM ? read(UPSTREAM, "supply", release, file) : []);
  const up = (file: string): Row[] => upstream("eto-2026-08", file);
  const old = (file: string): Row[] => upstream("eto-2019", file);
  const pack = (file: string): Row[] => read(ROOT, "packs", "chips", file);

  const stateLevel = new Set(
    up("providers.csv")
      .filter((p) => p.provider_type === "country")
      .map((p) => p.provider_id),
  );
  const isState = (row: Row): boolean => stateLevel.has(row.provider_id);
  const parents = new Set(
    up("sequence.csv")
      .map((s) => s.is_type_of_id)
      .filter((id) => id !== ""),
  );
  const tools = up("inputs.csv").filter((i) => i.type === "tool_resource");
  const nameOf = new Map(pack("classes.csv").map((c) => [c.id, c.name]));

  function upstreamPotential(ids: readonly (string | undefined)[]): Potential {
    const rows = up("provision.csv").filter((p) => isState(p) && p.year === "2025" && p.share_provided !== "");
    return countPotential(
      ids.map((id) => rows.filter((r) => r.provided_id === id)),
      (r) => [r.provider_name!, Number(r.share_provided)],
    );
  }

  function packPotential(leavesOnly: boolean): Potential {
    const classes = pack("classes.csv");
    const withTypes = new Set(classes.map((c) => c.parent));
    const chosen = classes.filter((c) => c.type === "tool" && !(leavesOnly && withTypes.has(c.id!)));
    const rows = pack("shares.csv").filter((s) => s.period === "2025" && s.state === "" && s.value !== "");
    return countPotential(
      chosen.map((c) => rows.filter((r) => r.class === c.id)),
      (r) => [r.supplier!, Number(r.value)],
    );
  }

  it("counts the potential of USA, JPN and NLD over all 84 complete tool classes alike", () => {
    const expected = { count: 84, atLeast95: 20, atLeast80: 54, below50: 22 };
    expect(upstreamPotential(tools.map((t) => t.input_id))).toEqual(expected);
    expect(packPotential(false)).toEqual(expected);
  });

  it("and over the 69 that have no sub-class", () => {
    const expected = { count: 69, atLeast95: 19, atLeast80: 42, below50: 19 };
    expect(upstreamPotential(tools.map((t) => t.input_id).filter((id) => !parents.has(id!)))).toEqual(expected);
    expect(packPotential(true)).toEqual(expected);
  });

  it("carries every one of the 1,054 figures, with its year", () => {
    const figures = up("provision.csv").filter((p) => p.share_provided !== "");
    expect(figures.length).toBe(1054);
    const fresh = pack("shares.csv").filter((s) => s.value !== "" && s.source !== "eto-2019");
    const inPack = new Map(fresh.map((s) => [`${nameOf.get(s.class!)}|${s.supplier}|${s.period}`, Number(s.value)]));
    const names = new Map(up("providers.csv").map((p) => [p.provider_id, p.provider_name]));
    const sums = new Map<string, number>();
    for (const f of figures) {
      const several = ["P5", "P312"].includes(f.provider_id!);
      const stage = f.provided_id!.startsWith("S") ? "Stage: " : "";
      const key = `${stage}${f.provided_name}|${several ? "various" : names.get(f.provider_id!)}|${f.year}`;
      sums.set(key, (sums.get(key) ?? 0) + Number(f.share_provided));
    }
    expect([...inPack].sort()).toEqual([...sums].sort());
  });

  it("names every supplier that upstream names without a figure, and gives it no value", () => {
    const unknown = up("provision.csv").filter((p) => p.share_provided === "");
    const inPack = pack("shares.csv").filter((s) => s.value === "" && s.low === "" && s.source !== "eto-2019");
    expect(inPack.length).toBe(unknown.length);
  });

  it("has every input, and every sequence row as an edge or a parent", () => {
    const inputs = up("inputs.csv");
    expect(inputs.length).toBe(126);
    const names = new Set(nameOf.values());
    expect(inputs.filter((i) => !names.has(i.input_name!))).toEqual([]);
    const edges = new Set(pack("edges.csv").map((e) => `${nameOf.get(e.from!)} > ${nameOf.get(e.to!)}`));
    const types = new Set(pack("classes.csv").map((c) => `${c.name} < ${nameOf.get(c.parent!) ?? ""}`));
    const rows = up("sequence.csv");
    const lost = rows.filter((s) =>
      s.goes_into_id !== ""
        ? !edges.has(`${s.input_name} > ${s.goes_into_name}`)
        : !types.has(`${s.input_name} < ${s.is_type_of_name}`),
    );
    expect(lost).toEqual([]);
    expect(edges.size + pack("classes.csv").filter((c) => c.parent !== "").length).toBe(rows.length);
  });

  it("has every firm with its headquarters", () => {
    const firms = new Map(
      pack("figures.csv")
        .filter((f) => f.topic === "firm")
        .map((f) => [f.text, f.state]),
    );
    const listed = up("providers.csv").filter((p) => p.provider_type === "organization" && p.provider_id !== "P370");
    expect([...firms].sort()).toEqual([...new Map(listed.map((p) => [p.provider_name, p.country]))].sort());
  });

  it("sets every figure of the 2019 release beside the later ones, unless the later release repeats it", () => {
    const newNames = new Map(up("inputs.csv").map((i) => [i.input_id, i.input_name]));
    const stages: Row = {
      S1: "Logic chip design",
      S2: "Fabrication: logic capacity at 45 nm or below, by headquarters",
      S3: "Assembly, testing, and packaging: market",
    };
    const codes: Row = { MAL: "MYS", Various: "various" };
    const names = new Map(old("providers.csv").map((p) => [p.provider_id, p.provider_name!]));
    const shares = new Map(
      pack("shares.csv")
        .filter((s) => s.period === "2019")
        .map((s) => [`${nameOf.get(s.class!)}|${s.supplier}`, s]),
    );
    const figures = old("provision.csv").filter((p) => p.share_provided !== "");
    expect(figures.length).toBe(206);
    for (const f of figures) {
      const supplier = names.get(f.provider_id!)!;
      const key = `${stages[f.provided_id!] ?? newNames.get(f.provided_id)}|${codes[supplier] ?? supplier}`;
      const share = shares.get(key);
      const percent = Number(f.share_provided!.replace("%", ""));
      const rounded = share?.low === "0" && share.high === "1";
      expect([key, rounded ? 1 : Number(share?.value || Number.NaN)]).toEqual([key, percent]);
    }
  });
});
