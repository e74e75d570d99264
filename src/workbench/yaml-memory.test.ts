import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { parseShaped, type Shape } from "../input/shape.ts";
import { SHAPE_SOURCES, YamlMemory } from "./yaml-memory.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "entente-yaml-"));
  mkdirSync(join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true }));

const KEPT = "node_modules/.cache/entente/yaml.json";
const file = (text: string) => ({ path: "rules/x.yaml", text });

/** What is kept is written once the work at hand is done. */
const written = () => new Promise((done) => setImmediate(done));

interface Thing {
  readonly a: number;
  readonly b: number;
}

/** A shape that counts how often its schema is asked for. */
function counted(): { readonly shape: Shape<Thing>; readonly loads: () => number } {
  let loads = 0;
  const schema = z.strictObject({ a: z.number(), b: z.number().default(7) });
  return {
    shape: {
      id: "test/thing",
      schema: () => {
        loads++;
        return schema as unknown as z.ZodType<Thing>;
      },
    },
    loads: () => loads,
  };
}

describe("the memory of YAML texts", () => {
  it("keeps what a text says for the next start, by the text itself", async () => {
    const [first] = new YamlMemory(root).read([file("a: 1")]);
    expect(first!.known!.value).toEqual({ a: 1 });
    await written();
    const { texts } = JSON.parse(readFileSync(join(root, KEPT), "utf8")) as { texts: Record<string, unknown> };
    expect(Object.values(texts)).toEqual([{ value: { a: 1 }, checked: {} }]);
    const [changed] = new YamlMemory(root).read([file("a: 2")]);
    expect(changed!.known!.value).toEqual({ a: 2 });
  });

  it("checks a text against a shape once, and gives what the schema made of it", async () => {
    for (const [text, value] of [
      ["a: 1", { a: 1, b: 7 }],
      ["a: 1\nb: 2", { a: 1, b: 2 }],
    ] as const) {
      const { shape, loads } = counted();
      for (let start = 0; start < 3; start++) {
        const [read] = new YamlMemory(root).read([file(text)]);
        expect(parseShaped(read!, shape)).toEqual({ ok: true, value });
        await written();
      }
      expect(loads()).toBe(1);
    }
  });

  it("checks again what was wrong, and what was changed after it was read", async () => {
    const { shape, loads } = counted();
    for (let start = 1; start <= 2; start++) {
      const [read] = new YamlMemory(root).read([file("a: one")]);
      expect(parseShaped(read!, shape).ok).toBe(false);
      expect(loads()).toBe(start);
      await written();
    }
    const [good] = new YamlMemory(root).read([file("a: 1")]);
    expect(parseShaped({ ...good!, text: "a: two" }, shape).ok).toBe(false);
  });

  it("forgets what was checked once a shape is another", async () => {
    const { shape, loads } = counted();
    const ask = async () => {
      parseShaped(new YamlMemory(root).read([file("a: 1")])[0]!, shape);
      await written();
    };
    await ask();
    const kept = JSON.parse(readFileSync(join(root, KEPT), "utf8")) as Record<string, unknown>;
    writeFileSync(join(root, KEPT), JSON.stringify({ ...kept, shapes: "older" }));
    await ask();
    expect(loads()).toBe(2);
  });

  it("knows every module from which a shape is made", () => {
    const seen = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const [, target] of readFileSync(join("src", path), "utf8").matchAll(/^import (?!type).*from "(\..*)";$/gm))
        visit(relative("src", join("src", path, "..", target!)).replaceAll("\\", "/"));
    };
    for (const path of SHAPE_SOURCES.filter((p) => p.endsWith("schema.ts"))) visit(path);
    expect([...seen].sort()).toEqual([...SHAPE_SOURCES].sort());
  });

  it("knows nothing of a text that is not well-formed, of tables, and of numbers that JSON lacks", () => {
    const files = [file("a: [}"), { path: "packs/x/shares.csv", text: "a,b" }, file("a: .inf")];
    expect(new YamlMemory(root).read(files)).toEqual(files);
  });

  it("starts anew from a broken file, and does without where no packages are installed", async () => {
    mkdirSync(join(root, "node_modules/.cache/entente"), { recursive: true });
    writeFileSync(join(root, KEPT), "{ broken");
    expect(new YamlMemory(root).read([file("a: 1")])[0]!.known!.value).toEqual({ a: 1 });
    rmSync(join(root, "node_modules"), { recursive: true });
    expect(new YamlMemory(root).read([file("b: 1")])[0]!.known!.value).toEqual({ b: 1 });
    await written();
    expect(existsSync(join(root, "node_modules"))).toBe(false);
  });
});
