import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { Assessment } from "../closure/assessment.ts";
import { renderClassesCsv } from "./render-csv.ts";
import { renderJson } from "./render-json.ts";
import { escapeMarkdown, renderMarkdown } from "./render-markdown.ts";
import { HOSTILE, TEST_ASSESSMENT } from "./test-assessment.ts";

describe("the Markdown report", () => {
  it("is the stored report", async () => {
    await expect(renderMarkdown(TEST_ASSESSMENT)).toMatchFileSnapshot("golden/report.md");
  });

  it("has as many cells in every row as its table has columns", () => {
    const lines = renderMarkdown(TEST_ASSESSMENT).split("\n");
    const cells = (line: string) => line.replaceAll("\\|", "").split("|").length;
    for (const [i, line] of lines.entries()) {
      if (line.startsWith("|") && lines[i - 1]?.startsWith("|")) expect(cells(line), line).toBe(cells(lines[i - 1]!));
    }
  });

  it("makes no HTML, link or code of data text", () => {
    expect(escapeMarkdown(HOSTILE)).toBe(
      '&lt;script&gt;alert("x")&lt;/script&gt; &amp; red tfel \\[link\\](javascript:alert(1)) \\| \\`tick\\`',
    );
    expect(escapeMarkdown("# not a heading")).toBe("\\# not a heading");
    expect(escapeMarkdown("1. not a list")).toBe("1\\. not a list");
  });

  it("links to https addresses alone", () => {
    const links = [...renderMarkdown(TEST_ASSESSMENT).matchAll(/<([a-z]+:[^>]*)>/g)].map((m) => m[1]);
    expect(links).toEqual(["https://example.org/census?a=1&b=2"]);
  });
});

describe("the table of classes", () => {
  const rows = parse(renderClassesCsv(TEST_ASSESSMENT), { columns: true }) as Record<string, string>[];

  it("has a row for each class and probe", () => {
    const expected = TEST_ASSESSMENT.classes.flatMap((c) => Object.keys(c.coverage).map((p) => `${c.id} ${p}`));
    expect(rows.map((r) => `${r.class} ${r.probe}`)).toEqual(expected);
  });

  it("carries the shares as numbers and leaves unknown ones empty", () => {
    const etchers = rows.find((r) => r.class === "coil-etchers" && r.probe === "advanced-works")!;
    expect([etchers.controlled_outside_target_low, etchers.controlled_outside_target_high]).toEqual(["0.4", "0.897"]);
    expect(etchers.weakest_evidence).toBe("inferred");
    const unknown = rows.find((r) => r.class === "unknown-shares")!;
    expect([unknown.potential_low, unknown.controlled_world_high]).toEqual(["", ""]);
  });

  it("disarms text that a spreadsheet would run", () => {
    const [first, ...others] = TEST_ASSESSMENT.classes;
    const attack: Assessment = { ...TEST_ASSESSMENT, classes: [{ ...first!, name: '=HYPERLINK("x","y")' }, ...others] };
    const [row] = parse(renderClassesCsv(attack), { columns: true }) as Record<string, string>[];
    expect(row!.name).toBe('\'=HYPERLINK("x","y")');
  });
});

describe("the JSON document", () => {
  it("holds the assessment, whole", () => {
    expect(JSON.parse(renderJson(TEST_ASSESSMENT))).toEqual(JSON.parse(JSON.stringify(TEST_ASSESSMENT)));
  });

  it("begins with the schema and puts low before high", () => {
    expect(renderJson(TEST_ASSESSMENT)).toMatch(/^\{\n {2}"schema": "entente\/assessment@1",\n {2}"question"/);
    expect(renderJson(TEST_ASSESSMENT)).not.toMatch(/"high": [^,\n]+,\n\s+"low"/);
    expect(renderJson(TEST_ASSESSMENT)).toMatch(/\}\n$/);
  });
});
