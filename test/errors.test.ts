import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ERRORS } from "../src/domain/errors.ts";

const page = readFileSync("docs/errors.md", "utf8");
const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\d+) \| (.+?) \| (.+?) \|$/gm)].map(
  ([, code, status, means, advice]) => ({
    code: code!,
    status: Number(status),
    means: means!,
    advice: advice!,
  }),
);

const sources = globSync("src/**/*.ts").filter((path) => !path.endsWith(".test.ts"));

describe("docs/errors.md and the registry of errors", () => {
  it("list the same codes, in the same order, with the same status and meaning", () => {
    const registry = Object.entries(ERRORS).map(([code, { status, means }]) => ({ code, status, means }));
    expect(rows.map(({ advice: _, ...row }) => row)).toEqual(registry);
  });

  it("say for every code what to do", () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row.advice.length, row.code).toBeGreaterThan(10);
  });

  it("have a row for every line of the table", () => {
    expect(page.split("\n").filter((line) => line.startsWith("| `"))).toHaveLength(rows.length);
  });
});

describe("the codes of the registry", () => {
  it("are each reported somewhere, and none is reported that the registry does not have", () => {
    const text = sources
      .filter((path) => !path.endsWith("domain/errors.ts"))
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
    const quoted = new Set([...text.matchAll(/"([a-z]+(?:-[a-z]+)*)"/g)].map(([, word]) => word));
    const unused = Object.keys(ERRORS).filter((code) => !quoted.has(code));
    expect(unused).toEqual([]);
    const reported = [...text.matchAll(/\bcode: "([a-z-]+)"/g)].map(([, code]) => code!);
    expect(reported.filter((code) => !(code in ERRORS))).toEqual([]);
  });
});
