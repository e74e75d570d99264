import { describe, expect, it } from "vitest";
import * as z from "zod";
import { formatProblem } from "../domain/errors.ts";
import { parseYaml, placeOf } from "./yaml-file.ts";

const SCHEMA = z.strictObject({
  title: z.string(),
  rows: z.array(z.strictObject({ state: z.string(), share: z.number().optional() })).optional(),
  require: z.union([z.literal("all"), z.strictObject({ atLeast: z.number() })]).optional(),
});

const read = (text: string) => parseYaml({ path: "x.yaml", text }, SCHEMA);

/** What is wrong with the text, as printed for the reader without hints. */
function problems(text: string): string[] {
  const result = read(text);
  return result.ok ? [] : result.problems.map((p) => formatProblem(p).split("\n")[0]!);
}

describe("a YAML file", () => {
  it("is read as YAML 1.2: NO, yes and on are texts, 012 is twelve", () => {
    expect(read("title: NO\nrows: [{ state: yes }, { state: on, share: 012 }]\n")).toEqual({
      ok: true,
      value: { title: "NO", rows: [{ state: "yes" }, { state: "on", share: 12 }] },
    });
  });

  it("keeps dates as the texts they are written as", () => {
    expect(read("title: 2023-09-01\n")).toEqual({ ok: true, value: { title: "2023-09-01" } });
  });

  it("gives every problem of shape at once, each with line and column", () => {
    expect(problems("title: 5\nrows:\n  - { state: JPN, share: much }\n  - { stat: NLD }\ncolour: blue\n")).toEqual([
      "x.yaml:1:1: invalid input: expected string, received number at `title` [bad-shape]",
      "x.yaml:3:19: invalid input: expected number, received string at `rows.0.share` [bad-shape]",
      "x.yaml:4:5: invalid input: expected string, received undefined at `rows.1.state` [bad-shape]",
      "x.yaml:4:7: unknown field `stat` [bad-shape]",
      "x.yaml:5:1: unknown field `colour` [bad-shape]",
    ]);
  });

  it("says of alternatives what is wrong with the one that came nearest", () => {
    expect(problems("title: t\nrequire: { atLeast: two }\n")).toEqual([
      "x.yaml:2:12: invalid input: expected number, received string at `require.atLeast` [bad-shape]",
    ]);
  });

  it("is refused where it is not well-formed, with the place", () => {
    expect(problems("title: a: b\n")[0]).toMatch(/^x\.yaml:1:\d+: .* \[bad-syntax\]$/);
    expect(problems('title: "open\n')[0]).toMatch(/^x\.yaml:2:1: .* \[bad-syntax\]$/);
    expect(problems("title: t\nrows:\n\t- { state: JPN }\n")[0]).toMatch(/^x\.yaml:3:\d+: .* \[bad-syntax\]$/);
  });

  it("is refused where a key stands twice: neither wins", () => {
    expect(problems("title: first\ntitle: second\n")[0]).toMatch(/^x\.yaml:2:1: .* \[bad-syntax\]$/);
  });

  it("is refused when it is empty, or a list, or one text", () => {
    for (const text of ["", "- title\n", "title\n"]) expect(problems(text), text).toHaveLength(1);
  });

  it("does not blow up on aliases that multiply", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e"]
      .map((k, i) => `${k}: &${k} [${Array.from({ length: 10 }, () => `*${"abcd"[i]}`).join(",")}]`)
      .join("\n")}\n`;
    expect(problems(bomb).length).toBeGreaterThan(0);
  });
});

describe("the place of a value", () => {
  const file = { path: "x.yaml", text: "title: t\nrows:\n  - state: JPN\n    share: 4\n  - { state: NLD }\n" };

  it("is that of its key, or of the entry of a list", () => {
    expect(placeOf(file, ["rows", 0, "share"])).toEqual({ file: "x.yaml", line: 4, column: 5 });
    expect(placeOf(file, ["rows", 1])).toEqual({ file: "x.yaml", line: 5, column: 5 });
    expect(placeOf(file, ["rows", 1, "state"])).toEqual({ file: "x.yaml", line: 5, column: 7 });
  });

  it("is that of the nearest thing above it that is there", () => {
    expect(placeOf(file, ["rows", 1, "share"])).toEqual({ file: "x.yaml", line: 5, column: 5 });
    expect(placeOf(file, ["colour", "blue"])).toEqual({ file: "x.yaml", line: 1, column: 1 });
  });
});

describe("what is known of a text", () => {
  it("counts for that very text and for no other", () => {
    const known = { text: "title: kept", value: { title: "kept" } };
    expect(parseYaml({ path: "x.yaml", text: "title: kept", known }, SCHEMA)).toEqual({
      ok: true,
      value: { title: "kept" },
    });
    expect(parseYaml({ path: "x.yaml", text: "title: new", known }, SCHEMA)).toEqual({
      ok: true,
      value: { title: "new" },
    });
  });
});

describe("an anchor whose value holds itself", () => {
  it("is refused where its alias stands, not followed without end", () => {
    expect(problems("title: t\nrows: &a [*a]\n")).toEqual([
      "x.yaml:2:11: not well-formed YAML: the value of an anchor holds itself [bad-syntax]",
    ]);
    expect(problems("title: t\nrows: &a [{ state: { deep: *a } }]\n")).toHaveLength(1);
  });

  it("is not one that is used twice side by side", () => {
    expect(problems("title: t\nrows: [&a { state: NLD }, *a]\n")).toEqual([]);
  });

  it("nor one of aliases that would say more than a million values, which is refused without writing them out", () => {
    const levels = Array.from({ length: 12 }, (_, i) => `  - &l${i} [${Array(10).fill(i === 0 ? "x" : `*l${i - 1}`)}]`);
    expect(problems(`title: t\nrows:\n${levels.join("\n")}\n`)).toEqual([
      expect.stringMatching(/^x\.yaml:4:\d+: not well-formed YAML: its aliases say more than 1000000 values/),
    ]);
  });

  it("and what only the fast reader refuses has a line", () => {
    expect(problems("title: !unheard-of t\n")).toEqual([
      expect.stringMatching(/^x\.yaml:1:\d+: not well-formed YAML: /),
    ]);
  });
});
