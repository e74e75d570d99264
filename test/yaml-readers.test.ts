import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readFolder } from "../src/input/read-folder.ts";

const ROOT = new URL("..", import.meta.url).pathname;

describe("the fast reader and the one that knows positions", () => {
  const files = ["rules", "packs", "cases"].flatMap((f) => readFolder(ROOT, f, (p) => p.endsWith(".yaml")));

  it("agree on every YAML file of the project", () => {
    expect(files.length).toBeGreaterThan(80);
    const differing = files.filter((f) => {
      const fast = load(f.text, { schema: CORE_SCHEMA });
      return (
        JSON.stringify(fast) !== JSON.stringify(parse(f.text, { version: "1.2", schema: "core", maxAliasCount: -1 }))
      );
    });
    expect(differing.map((f) => f.path)).toEqual([]);
  });

  it("agree on what YAML 1.1 read otherwise: Norway, sexagesimals, dates, octals", () => {
    const text = "a: NO\nb: 12:30:45\nc: 2023-09-01\nd: 010\ne: 0o10\nf: ~\ng: yes\nh: 1e3\n";
    const expected = { a: "NO", b: "12:30:45", c: "2023-09-01", d: 10, e: 8, f: null, g: "yes", h: 1000 };
    expect(load(text, { schema: CORE_SCHEMA })).toEqual(expected);
    expect(parse(text, { version: "1.2", schema: "core" })).toEqual(expected);
  });
});
