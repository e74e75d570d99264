import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { YamlMemory } from "./yaml-memory.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "entente-yaml-"));
  mkdirSync(join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true }));

const KEPT = "node_modules/.cache/entente/yaml.json";
const file = (text: string) => ({ path: "rules/x.yaml", text });

describe("the memory of YAML texts", () => {
  it("keeps what a text says for the next start, by the text itself", () => {
    const [first] = new YamlMemory(root).read([file("a: 1")]);
    expect(first!.known).toEqual({ text: "a: 1", value: { a: 1 } });
    const kept = JSON.parse(readFileSync(join(root, KEPT), "utf8")) as Record<string, unknown>;
    expect(Object.values(kept)).toEqual([{ a: 1 }]);
    const [changed] = new YamlMemory(root).read([file("a: 2")]);
    expect(changed!.known!.value).toEqual({ a: 2 });
  });

  it("knows nothing of a text that is not well-formed, of tables, and of numbers that JSON lacks", () => {
    const files = [file("a: [}"), { path: "packs/x/shares.csv", text: "a,b" }, file("a: .inf")];
    expect(new YamlMemory(root).read(files)).toEqual(files);
  });

  it("starts anew from a broken file, and does without where no packages are installed", () => {
    mkdirSync(join(root, "node_modules/.cache/entente"), { recursive: true });
    writeFileSync(join(root, KEPT), "{ broken");
    expect(new YamlMemory(root).read([file("a: 1")])[0]!.known!.value).toEqual({ a: 1 });
    rmSync(join(root, "node_modules"), { recursive: true });
    expect(new YamlMemory(root).read([file("b: 1")])[0]!.known!.value).toEqual({ b: 1 });
    expect(existsSync(join(root, "node_modules"))).toBe(false);
  });
});
