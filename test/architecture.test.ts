import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findViolations, GRAPH, type SourceText } from "./import-graph.ts";

const files: SourceText[] = globSync("src/**/*.ts")
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !path.endsWith(".test.ts"))
  .sort()
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

describe("the import graph", () => {
  it("sees the sources", () => {
    const folders = new Set(files.map((f) => f.path.split("/")[1]));
    for (const folder of ["domain", "input", "law", "supply", "closure", "cli"]) expect(folders).toContain(folder);
  });

  it("is kept by every source file", () => {
    expect(findViolations(files)).toEqual([]);
  });

  it("has no circle among folders", () => {
    const visit = (folder: string, trail: readonly string[]): void => {
      expect(trail, [...trail, folder].join(" -> ")).not.toContain(folder);
      const rule = GRAPH[folder]!;
      for (const next of [...rule.imports, ...(rule.typesOf ?? [])]) visit(next, [...trail, folder]);
    };
    for (const folder of Object.keys(GRAPH)) visit(folder, []);
  });

  it("lets only commands, routes and tools import the workbench", () => {
    const importers = Object.keys(GRAPH).filter((folder) => GRAPH[folder]!.imports.includes("workbench"));
    expect(importers).toEqual(["cli", "http", "mcp"]);
  });
});

describe("the checker finds what is planted", () => {
  const check = (path: string, ...lines: string[]) => findViolations([{ path, text: lines.join("\n") }]);

  it("an import against the direction, with its line", () => {
    expect(
      check("src/law/x.ts", 'import { a } from "../domain/a.ts";', "", 'import { b } from "../closure/b.ts";'),
    ).toEqual(["src/law/x.ts:3: `law` must not import `closure`"]);
  });

  it("a type, a re-export, a dynamic import and an import type against the direction", () => {
    expect(
      check(
        "src/supply/x.ts",
        'import type { A } from "../law/a.ts";',
        'export { b } from "../law/b.ts";',
        'const c = await import("../law/c.ts");',
        'type D = import("../law/d.ts").D;',
        "await import(c.name);",
      ),
    ).toEqual([
      "src/supply/x.ts:1: `supply` must not import `law`",
      "src/supply/x.ts:2: `supply` must not import `law`",
      "src/supply/x.ts:3: `supply` must not import `law`",
      "src/supply/x.ts:4: `supply` must not import `law`",
      "src/supply/x.ts:5: an import whose target is computed cannot be checked",
    ]);
  });

  it("a value where only types may pass", () => {
    expect(
      check(
        "src/report/x.ts",
        'import type { Assessment } from "../closure/assessment.ts";',
        'import { type Leak } from "../closure/assessment.ts";',
        'import { type Grade, LEAK_KINDS } from "../closure/assessment.ts";',
      ),
    ).toEqual(["src/report/x.ts:3: `report` may import only types of `closure`"]);
  });

  it("a package in the domain, an analysis that reads a disk, and a folder without a place", () => {
    expect(check("src/domain/x.ts", 'import * as z from "zod";')).toEqual([
      "src/domain/x.ts:1: `domain` must not import the package `zod`",
    ]);
    expect(check("src/closure/x.ts", 'import { readFileSync } from "node:fs";')).toEqual([
      "src/closure/x.ts:1: `closure` must not import `node:fs`: texts, dates and settings come in as arguments",
    ]);
    expect(check("src/importers/eto/x.ts", 'import { readFile } from "fs/promises";')).toHaveLength(1);
    expect(check("src/helpers/x.ts", "export const a = 1;")).toEqual([
      "src/helpers/x.ts:1: the folder `helpers` has no place in the import graph",
    ]);
  });

  it("a workbench that is imported from below, and a program that imports a test or leaves src/", () => {
    expect(check("src/report/x.ts", 'import { createWorkbench } from "../workbench.ts";')).toEqual([
      "src/report/x.ts:1: `report` must not import `workbench`",
    ]);
    expect(check("src/workbench.ts", 'import "./law/judge.test.ts";', 'import "../bench/main.ts";')).toEqual([
      "src/workbench.ts:1: `workbench` must not import the test `src/law/judge.test.ts`",
      "src/workbench.ts:2: `workbench` must not import `bench/main.ts`, which is outside src/",
    ]);
  });

  it("clock, chance, environment and network in an analysis", () => {
    const lines = [
      "const a = Date.now();",
      "const b = new Date();",
      "const c = Math.random();",
      "const d = process.env.HOME;",
      "const { env } = process;",
      "const e = await fetch(String(performance.now()));",
    ];
    expect(check("src/closure/x.ts", ...lines)).toEqual([
      "src/closure/x.ts:1: `Date.now`: the same inputs must give the same bytes",
      "src/closure/x.ts:2: `new Date()`: the same inputs must give the same bytes",
      "src/closure/x.ts:3: `Math.random`: the same inputs must give the same bytes",
      "src/closure/x.ts:4: `process`: the same inputs must give the same bytes",
      "src/closure/x.ts:5: `process`: the same inputs must give the same bytes",
      "src/closure/x.ts:6: `fetch`: the same inputs must give the same bytes",
      "src/closure/x.ts:6: `performance`: the same inputs must give the same bytes",
    ]);
  });

  it("and lets pass what is in order", () => {
    expect(
      check(
        "src/closure/x.ts",
        'import { judge } from "../law/judge.ts";',
        'import { cells } from "./cell.ts";',
        "export const day = new Date(0).toISOString();",
        'export const type = { process: 1, stage: "process" }.process;',
      ),
    ).toEqual([]);
    expect(check("src/input/read-folder.ts", 'import { readFileSync } from "node:fs";')).toEqual([]);
    expect(check("src/cli/main.ts", 'import { run } from "../workbench.ts";', "process.stdout.write(run());")).toEqual(
      [],
    );
  });
});
