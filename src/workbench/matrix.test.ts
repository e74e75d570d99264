import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { inventedWorld } from "../../test/invented-world.ts";
import type { Matrix, MatrixCell } from "../closure/matrix.ts";
import { InputError } from "../domain/errors.ts";
import { renderMatrixHtml } from "../report/matrix/matrix-html.ts";
import { renderMatrixTerminal } from "../report/matrix/matrix-terminal.ts";
import { createWorkbench } from "../workbench.ts";
import { answerMatrix, type MatrixOptions } from "./matrix.ts";

/** The invented world with a probe for each layer, a Japanese rule on listed plants and a US one on goods made abroad. */
const probe = (id: string, plus = "") =>
  `  - { id: ${id}, title: ${id}, doc: invented, facts: { activity: export, from: $supplier, destination: $target${plus} } }`;
const LAYERED = {
  "rules/probes.yaml": `probes:
${["civil-fab", "advanced-fab", "plain", "subsidiary", "allied-fab", "parts", "technology"].map((p) => probe(p)).join("\n")}
${probe("listed-fab", ", loom.pitch: 40 nm")}
  - { id: servicing, title: repair, doc: invented, facts: { activity: servicing, from: $supplier, destination: $target } }
`,
  "rules/usa/looms.yaml": `title: Looms
regime: USA
act: Loom Act
rules:
  - id: ban
    title: No looms to China
    layer: list
    applies: { from: USA, activity: export }
    versions:
      - { from: 2022-01-01, when: { item.kind: loom, destination: CHN }, effect: licence-required, policy: denial, cite: { at: s. 1, source: gazette, evidence: text } }
  - id: abroad
    title: Lathes made abroad
    layer: foreign-product
    applies: { from: { notIn: [USA] }, activity: export }
    versions:
      - { from: 2024-01-01, when: { item.kind: lathe, destination: CHN }, effect: licence-required, policy: approval, cite: { at: s. 2, source: gazette, evidence: secondary } }
  - id: repair
    title: No repair of looms
    layer: services
    applies: { activity: servicing }
    versions:
      - { from: 2024-01-01, when: { item.kind: loom, destination: CHN }, effect: prohibited, cite: { at: s. 3, source: gazette, evidence: text } }
checkedOn: 2026-01-01
`,
};
const OPTIONS: MatrixOptions = { case: "cloth", classes: ["tool"], all: false, asOf: "2024-06-01" };
const ask = (more: Partial<MatrixOptions> = {}, changes: Record<string, string> = LAYERED): Matrix =>
  answerMatrix({ ...OPTIONS, ...more }, createWorkbench(inventedWorld(changes)).library);
const cell = (m: Matrix, group: string, state: string, layer: string): MatrixCell =>
  m.rows.find((r) => r.group === group && r.state === state && r.layer === layer)!;

describe("the matrix, worked by hand", () => {
  const m = ask();

  it("has a row for each group x state x layer, the target's own law apart", () => {
    expect(m.states).toEqual(["JPN", "USA"]);
    expect(m.groups).toEqual(["weaving", "turning"]);
    expect(m.rows.length).toBe(2 * 2 * 6);
  });

  it("counts in each layer the rules of that layer alone", () => {
    expect(cell(m, "weaving", "USA", "list")).toMatchObject({
      grade: "closed",
      some: "closed",
      rules: ["usa/looms/ban"],
    });
    expect(cell(m, "weaving", "USA", "end-use")).toMatchObject({ grade: "open", possible: "open", rules: [] });
    expect(cell(m, "weaving", "USA", "services")).toMatchObject({ grade: "closed", rules: ["usa/looms/repair"] });
    expect(cell(m, "turning", "USA", "list")).toMatchObject({ grade: "open", possible: "open" });
  });

  it("tells what holds for every item of a group from what holds for some", () => {
    // Japan licenses fine looms and not coarse ones; with no practice on record the licence may be refused.
    expect(cell(m, "weaving", "JPN", "list")).toMatchObject({
      grade: "open",
      some: "gated",
      possible: "closed-in-practice",
      evidence: "inferred",
      itemCount: 2,
      items: [{ id: "looms/fine", grade: "gated" }],
    });
  });

  it("judges rules on foreign products by goods of a third state", () => {
    const abroad = cell(m, "turning", "USA", "foreign-product");
    expect(abroad).toMatchObject({ grade: "gated", goodsOf: "MYS", probe: "listed-fab", evidence: "secondary" });
    expect(abroad.rules).toEqual(["usa/looms/abroad"]);
    expect(cell(ask({ asOf: "2023-12-31" }), "turning", "USA", "foreign-product").possible).toBe("open");
  });

  it("leaves every layer of a state open to doubt where no text of its law is held", () => {
    const doubt = ask({ states: ["Germany"] });
    expect(doubt.states).toEqual(["DEU"]);
    expect(cell(doubt, "turning", "DEU", "end-user")).toMatchObject({ grade: "undetermined", possible: "closed" });
    expect(cell(doubt, "turning", "DEU", "foreign-product")).toMatchObject({ grade: "open", possible: "open" });
  });

  it("shows one row for each class on request, and one probe for every layer", () => {
    const all = ask({ all: true, probe: "servicing" });
    expect(all.groups).toEqual(["looms", "lathes"]);
    expect(cell(all, "looms", "USA", "list").possible).toBe("open");
    expect(new Set(all.rows.map((r) => r.probe))).toEqual(new Set(["servicing"]));
  });

  it("takes the oldest comparison of the law shown where no date is given", () => {
    const { asOf: _, ...undated } = OPTIONS;
    expect(answerMatrix(undated, createWorkbench(inventedWorld(LAYERED)).library).asOf).toBe("2026-01-01");
  });

  it("names every problem at once", () => {
    const wrong = () => ask({ asOf: "2024-13-01", target: "Atlantis", states: ["Narnia"], probe: "plane" });
    expect(wrong).toThrow(InputError);
    try {
      wrong();
    } catch (error) {
      const codes = (error as InputError).problems.map((p) => p.code);
      expect(codes).toEqual(["unknown-state", "unknown-state", "bad-date", "unknown-probe"]);
    }
  });
});

describe("the pages of the matrix", () => {
  const m = ask();

  it("reads without colour in 100 columns", () => {
    const text = renderMatrixTerminal(m, { width: 100, colour: false });
    expect(text.split("\n").slice(2, 6)).toEqual([
      "                JPN USA",
      "layer           123 123",
      "weaving         l·· CC·",
      "turning         ··· ··L",
    ]);
    expect(text).toContain("  3 foreign-product: goods made in a third state to: listed-fab (listed-fab)");
    expect(text).toContain("JPN 1  jpn/looms/fine‡");
    expect(Math.max(...text.split("\n").map((l) => l.length))).toBeLessThanOrEqual(100);
  });

  it("lets states whose every cell reads the same share a column", () => {
    const text = renderMatrixTerminal(ask({ states: ["FRA", "DEU", "USA"] }), { width: 100, colour: false });
    expect(text).toContain("* FRA: DEU read the same in every cell");
  });

  it("is one HTML file whose style alone is allowed and whose cells lead to their rules", () => {
    const page = renderMatrixHtml(m);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
    expect(page).toContain(
      `style-src &#39;sha256-${createHash("sha256").update(style).digest("base64")}&#39;`.replaceAll("&#39;", "'"),
    );
    expect(page).not.toMatch(/<(script|link|img|iframe)\b|\sstyle=/i);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((x) => x[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map((x) => x[1]!);
    expect(links).toContain("list-usa-weaving");
    expect(links.filter((l) => !ids.includes(l))).toEqual([]);
    expect(renderMatrixHtml(ask())).toBe(page);
  });
});

describe("the matrix of the rules held", () => {
  let before: Matrix;
  let after: Matrix;
  beforeAll(() => {
    const { library } = createWorkbench(new URL("../..", import.meta.url).pathname);
    const base: MatrixOptions = {
      case: "chip-tools-2023",
      classes: ["lithography"],
      all: true,
      states: ["NLD", "USA"],
    };
    before = answerMatrix({ ...base, asOf: "2024-09-06" }, library);
    after = answerMatrix({ ...base, asOf: "2024-09-07" }, library);
  });

  it("sees the Netherlands reach immersion scanners of 1.50 to 2.40 nm on 2024-09-07 (Stcrt. 2024, 29222)", () => {
    const id = "arf-immersion-duv-lithography-tools/overlay-150-240";
    const graded = (m: Matrix) =>
      cell(m, "arf-immersion-duv-lithography-tools", "NLD", "list").items.find((i) => i.id === id);
    expect(graded(before)?.grade ?? "open").not.toMatch(/gated|closed/);
    expect(graded(after)?.grade).toMatch(/gated|closed/);
  });

  it("sees the United States control an advanced-node plant whatever the tool", () => {
    for (const c of after.rows.filter((r) => r.state === "USA" && r.layer === "end-use")) {
      expect(c.grade, c.group).toMatch(/gated|closed/);
      expect(c.rules).toContain("usa/ear-744-23/advanced-node");
    }
  });
});
