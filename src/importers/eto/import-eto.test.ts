import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { InputError } from "../../domain/errors.ts";
import type { TextFile } from "../../input/text-file.ts";
import { parsePack } from "../../supply/parse-pack.ts";
import { importEto } from "./import-eto.ts";
import { inventedFirstRelease, inventedRelease, SMALL } from "./invented-release.ts";

function run(files: readonly TextFile[], pack: readonly TextFile[] = []) {
  return importEto({ files, packs: pack, accessed: "2031-06-01" }, { newest: SMALL, first: SMALL });
}

function table(files: readonly TextFile[], name: string): Record<string, string>[] {
  return parse(files.find((f) => f.path === `packs/chips/${name}`)!.text, { columns: true });
}

function problemsOf(files: readonly TextFile[]): string[] {
  try {
    run(files);
  } catch (e) {
    if (e instanceof InputError) return e.problems.map((p) => `${p.code} ${p.at?.file}:${p.at?.line} ${p.message}`);
    throw e;
  }
  return [];
}

const HEAD = "provider_name,provider_id,provided_name,provided_id,share_provided,year,source";

describe("an import of an invented release", () => {
  const { files, report } = run(inventedRelease());

  it("makes classes with stable ids, the tree, page groups, and the stage that a tool leads to", () => {
    expect(table(files, "classes.csv").map((c) => [c.id, c.parent, c.type, c.group, c.stage, c.basis])).toEqual([
      ["glow-tools", "", "tool", "lithography", "fabrication", "headquarters"],
      ["soft-glow-x-tools", "glow-tools", "tool", "lithography", "fabrication", "headquarters"],
      ["drawing", "", "process", "process", "fabrication", "headquarters"],
      ["stage-fabrication", "", "process", "stages", "fabrication", "plant"],
    ]);
  });

  it("keeps a supplier without a figure as unknown, and a figure rounded to 0.0 apart from it", () => {
    const rows = table(files, "shares.csv");
    expect(rows.find((r) => r.class === "soft-glow-x-tools")).toMatchObject({ supplier: "NOR", value: "", low: "" });
    expect(rows.find((r) => r.class === "stage-fabrication")).toMatchObject({
      value: "0",
      note: "rounded to 0.0 by the source",
    });
  });

  it("joins regions and various countries in one unallocated row that names its parts", () => {
    const rows = table(files, "shares.csv").filter((r) => r.supplier === "various");
    expect(rows).toMatchObject([{ class: "glow-tools", value: "39.5", note: "Europe 9.5, various countries 30" }]);
  });

  it("gives firms their headquarters and other names", () => {
    expect(table(files, "shares.csv").find((r) => r.supplier === "Fjord Optics")).toMatchObject({
      state: "NOR",
      value: "60.5",
    });
    expect(table(files, "figures.csv").filter((f) => f.topic === "firm")).toMatchObject([
      { text: "Fjord Optics", state: "NOR", note: "also Fjord Light" },
    ]);
  });

  it("reads market sizes with their year, unit and vagueness", () => {
    expect(table(files, "figures.csv").filter((f) => f.topic === "market size")).toMatchObject([
      { class: "glow-tools", period: "2030", value: "32.6", unit: "USD bn", source: "eto-2031-02-techinsights-2030" },
      { class: "soft-glow-x-tools", value: "40.1", unit: "USD m", note: 'the source says "about"' },
    ]);
  });

  it("makes a pack that the loader takes", () => {
    const pack = parsePack(files);
    expect(pack.warnings).toEqual([]);
    expect(pack.edges).toEqual([{ from: "glow-tools", to: "drawing", source: "eto-2031-02" }]);
    expect(pack.sources.get("eto-2031-02")?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("lists what it left out", () => {
    expect(report.ignored).toContain("inputs.csv: column description");
    expect(report.notes).toEqual([
      "eto-2031-02: classes.csv 4 rows, shares.csv 5 rows, edges.csv 1 rows, figures.csv 3 rows",
      "no folder `eto-2019`: no shares of 2019 beside the newer ones",
    ]);
  });

  it("writes the same bytes again and then reports no change", () => {
    const again = run(inventedRelease(), files);
    expect(again.files).toEqual(files);
    expect(again.report.changes.flatMap((c) => [...c.added, ...c.removed, ...c.changed])).toEqual([]);
  });

  it("keeps the id of a class that is renamed upstream, and reports the change and the changed share", () => {
    const renamed = inventedRelease().map((f) => ({
      ...f,
      text: f.text.replaceAll("Soft glow (X) tools", "Dim tools").replace("N19,60.5,2030", "N19,60,2030"),
    }));
    const { report: second, files: made } = run(renamed, files);
    expect(table(made, "classes.csv")[1]).toMatchObject({ id: "soft-glow-x-tools", name: "Dim tools" });
    expect(second.changes.flatMap((c) => c.changed)).toEqual([
      "soft-glow-x-tools: name `Soft glow (X) tools` -> `Dim tools`",
      "glow-tools | NOR | 2030 | eto-2031-02-techinsights-2030: value `60.5` -> `60`",
    ]);
  });
});

describe("the first release beside a later one", () => {
  const { files, report } = run([...inventedRelease(), ...inventedFirstRelease()]);
  const old = table(files, "shares.csv").filter((r) => r.period === "2019");

  it("adds shares of 2019 to the class of the same upstream id and notes the other name", () => {
    expect(old.find((r) => r.class === "soft-glow-x-tools" && r.supplier === "NOR")).toMatchObject({
      value: "99",
      source: "eto-2019",
      note: "named `Gentle glow tools` in 2019",
    });
  });

  it("reads 1% as anything from 0 to 1, and its code for Malaysia", () => {
    expect(old.find((r) => r.supplier === "MYS")).toMatchObject({ value: "", low: "0", high: "1" });
  });

  it("marks a break in definition", () => {
    expect(old.find((r) => r.class === "glow-tools")?.note).toContain("break in definition");
  });

  it("says which classes are gone and which suppliers have no figure", () => {
    expect(report.notes).toContain("eto-2019: `N68` (Lost tools) is no class any more: left out");
    expect(report.notes).toContain("eto-2019: 1 rows name a supplier without a figure: left out");
    expect(old.some((r) => r.class?.includes("lost"))).toBe(false);
  });

  it("keeps stage figures that measure something else in classes of their own", () => {
    const stages = table(files, "classes.csv").filter((c) => c.group === "stages");
    expect(stages.map((c) => [c.id, c.basis])).toEqual([
      ["stage-fabrication", "plant"],
      ["stage-fabrication-logic-45nm-headquarters", "headquarters"],
      ["stage-assembly-testing-and-packaging-market", "revenue"],
    ]);
  });
});

describe("a release that does not fit is refused, with its place", () => {
  it.each([
    [
      "an unknown provider",
      `${HEAD}\nX,P77,Glow tools,N19,5,2030,`,
      "unknown-name eto-2031-02/provision.csv:2 unknown provider `P77` (X)",
    ],
    [
      "an unknown input",
      `${HEAD}\nNOR,P1,Y,N77,5,2030,`,
      "unknown-class eto-2031-02/provision.csv:2 unknown input `N77` (Y)",
    ],
    [
      "a share over 100",
      `${HEAD}\nNOR,P1,Glow tools,N19,100.5,2030,`,
      "bad-value eto-2031-02/provision.csv:2 `100.5` is no share",
    ],
    [
      "a share in words",
      `${HEAD}\nNOR,P1,Glow tools,N19,most,2030,`,
      "bad-value eto-2031-02/provision.csv:2 `most` is no share",
    ],
    [
      "a share without a year",
      `${HEAD}\nNOR,P1,Glow tools,N19,5,,`,
      "bad-date eto-2031-02/provision.csv:2 `` is no year",
    ],
    [
      "a source in unknown words",
      `${HEAD}\nNOR,P1,Glow tools,N19,5,2030,hearsay`,
      "unknown-source eto-2031-02/provision.csv:undefined unknown wording of a source: `hearsay`",
    ],
    [
      "states above 102.5%",
      `${HEAD}\nNOR,P1,Glow tools,N19,90,2030,\nVarious countries,P2,Glow tools,N19,13,2030,`,
      "bad-sum eto-2031-02/provision.csv:undefined states of `glow-tools` in 2030 add up to 103%",
    ],
    [
      "a supplier given twice",
      `${HEAD}\nNOR,P1,Glow tools,N19,40,2030,\nNOR,P1,Glow tools,N19,41,2030,`,
      "duplicate-id eto-2031-02/provision.csv:undefined `NOR` stands twice for `glow-tools` in 2030",
    ],
    [
      "a new column",
      `${HEAD},mood\nNOR,P1,Glow tools,N19,40,2030,,good`,
      "bad-shape eto-2031-02/provision.csv:1 unknown column `mood`",
    ],
  ])("%s", (_, provision, problem) => {
    expect(problemsOf(inventedRelease({ "provision.csv": provision }))).toEqual([problem]);
  });

  it("a class with two parents, or without a page group, or of an unknown type", () => {
    const sequence = "input_name,input_id,goes_into_name,goes_into_id,is_type_of_name,is_type_of_id";
    const twice = problemsOf(inventedRelease({ "sequence.csv": `${sequence}\na,N20,,,b,N19\na,N20,,,b,N25` }));
    expect(twice).toEqual([
      "bad-shape eto-2031-02/sequence.csv:3 `N20` is a type of two classes; a class has one parent",
    ]);
    const inputs = inventedRelease()[0]!.text.trim();
    expect(problemsOf(inventedRelease({ "inputs.csv": `${inputs}\nN900,Odd tools,tool_resource,,,,,,,` }))).toEqual([
      "unknown-name eto-2031-02/inputs.csv:5 no page group for `N900` (Odd tools)",
    ]);
    expect(problemsOf(inventedRelease({ "inputs.csv": `${inputs}\nN900,Odd tools,dream,,,,,,,` }))).toEqual([
      "bad-value eto-2031-02/inputs.csv:5 unknown type `dream`",
    ]);
  });

  it("a market size without a number, at its cell", () => {
    const inputs = inventedRelease()[0]!.text.replace("$32.6 billion (2030)", "rather large").trim();
    expect(problemsOf(inventedRelease({ "inputs.csv": inputs }))).toEqual([
      "bad-value eto-2031-02/inputs.csv:2 `rather large` is no market size with a year",
    ]);
  });

  it("a missing table, and a table with far too few rows", () => {
    expect(problemsOf(inventedRelease().filter((f) => !f.path.endsWith("stages.csv")))).toEqual([
      "missing-file undefined:undefined `eto-2031-02/stages.csv` is missing",
    ]);
    expect(() => importEto({ files: inventedRelease(), packs: [], accessed: "2031-06-01" })).toThrow(
      /3 rows where 70 to 200/,
    );
  });

  it("a folder without a release", () => {
    expect(problemsOf(inventedFirstRelease())).toEqual([
      "missing-file undefined:undefined no release `eto-YYYY-MM` here",
    ]);
  });
});
