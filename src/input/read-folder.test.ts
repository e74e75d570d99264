import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFolder } from "./read-folder.ts";

describe("a folder", () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "entente-"));
    mkdirSync(join(root, "rules", "xaa"), { recursive: true });
    for (const name of ["b.yaml", "a.yaml", "xaa/z.yaml", "xaa/notes.txt"])
      writeFileSync(join(root, "rules", name), name);
  });

  afterAll(() => rmSync(root, { recursive: true }));

  it("is read in a fixed order, with paths from the root", () => {
    expect(readFolder(root, "rules", (p) => p.endsWith(".yaml"))).toEqual([
      { path: "rules/a.yaml", text: "a.yaml" },
      { path: "rules/b.yaml", text: "b.yaml" },
      { path: "rules/xaa/z.yaml", text: "xaa/z.yaml" },
    ]);
  });

  it("may be one file", () => {
    expect(readFolder(root, "rules/xaa/notes.txt", () => true)).toEqual([
      { path: "rules/xaa/notes.txt", text: "xaa/notes.txt" },
    ]);
  });

  it("that is not there holds nothing", () => {
    expect(readFolder(root, "none", () => true)).toEqual([]);
  });
});
