import { globSync, readFileSync } from "node:fs";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { EDITOR_GLOBS, editorSchemas, editorSettings, jsonText } from "../docs/editor-schemas.ts";
import { validateJsonSchema } from "./validate-json-schema.ts";

const schemas = editorSchemas(readFileSync("rules/facts.yaml", "utf8"));
const yaml = (text: string): unknown => load(text, { schema: CORE_SCHEMA });

/** Files by schema, as an editor picks them by the globs. */
function filesOf(name: string): string[] {
  const globs = EDITOR_GLOBS[name]!;
  const taken = globs.filter((g) => !g.startsWith("!")).flatMap((g) => globSync(g));
  const out = new Set(globs.filter((g) => g.startsWith("!")).flatMap((g) => globSync(g.slice(1))));
  return taken.filter((path) => !out.has(path)).map((path) => path.replaceAll("\\", "/"));
}

describe("docs/schema", () => {
  it.each(Object.keys(EDITOR_GLOBS))("%s is what `npm run docs` makes", (name) => {
    expect(readFileSync(`docs/schema/${name}.schema.json`, "utf8")).toBe(jsonText(schemas[name]!));
  });

  it("is mapped to the files by the editor's settings", () => {
    expect(readFileSync(".vscode/settings.json", "utf8")).toBe(jsonText(editorSettings()));
  });

  it("has one schema for each YAML file of the project", () => {
    const all = ["rules", "cases", "alliances", "packs"].flatMap((folder) => globSync(`${folder}/**/*.yaml`));
    const mapped = Object.keys(EDITOR_GLOBS).flatMap(filesOf);
    expect(all.length).toBeGreaterThan(100);
    expect(mapped.sort()).toEqual(all.map((path) => path.replaceAll("\\", "/")).sort());
  });

  it.each(Object.keys(EDITOR_GLOBS))("%s accepts every such file", (name) => {
    const files = filesOf(name);
    expect(files).not.toEqual([]);
    const wrong = files.flatMap((path) =>
      validateJsonSchema(schemas[name]!, yaml(readFileSync(path, "utf8"))).map((says) => `${path}${says}`),
    );
    expect(wrong).toEqual([]);
  });
});

const FACTS = `facts:
  from: { type: state, role: transaction, doc: whence }
  to: { type: state, role: transaction, doc: whither }
  kind: { type: one-of, role: item, values: [loom, lathe], doc: what }
  lists: { type: set, role: party, open: true, doc: lists }
  makes: { type: set, role: party, values: [fine, coarse], doc: makes }
  pitch: { type: quantity, role: item, unit: nm, doc: pitch }
  threads: { type: quantity, role: item, unit: count, doc: threads }
  military: { type: boolean, role: judgement, doc: judged }
`;

describe("a condition in the schema", () => {
  const { condition, ...others } = editorSchemas(FACTS).instrument!.$defs as Record<string, Record<string, unknown>>;
  const root = { ...condition, $defs: { condition, ...others } };
  const problemsOf = (text: string) => validateJsonSchema(root, yaml(text));

  it.each([
    "{ from: NLD, kind: { in: [loom] }, military: true }",
    "{ from: { notInGroup: [USA:A:5, USA:A:6] }, to: { sameAs: from } }",
    "{ lists: { includes: USA:entity-list }, makes: { includesAny: [fine, coarse] } }",
    "{ pitch: { above: 1.50 nm, atMost: 2.4 nm }, threads: { atLeast: 10 } }",
    "{ pitch: { atMost: 1e-3 um } }",
    "{ any: [{ matches: USA:3B001.c }, { not: { term: reached, matches: [EUU:3B501] } }] }",
    "{ formula: { name: mrf, k: 0.25, atMost: 45 nm } }",
  ])("may be %s", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.each([
    ["a fact that is not declared", "{ form: NLD }"],
    ["a value that is not declared", "{ kind: mill }"],
    ["a threshold without unit", "{ pitch: { atMost: 2.4 } }"],
    ["a unit of another dimension", "{ pitch: { atMost: 2.4 kV } }"],
    ["a comparison of another type", "{ kind: { includes: loom } }"],
    ["a group for what is no state", "{ kind: { inGroup: USA:A:5 } }"],
    ["a list code without its regime", "{ matches: 3B001.c }"],
    ["an empty comparison", "{ from: {} }"],
    ["nothing to join", "{ all: [] }"],
    ["the same as a fact of another type", "{ from: { sameAs: kind } }"],
    ["a formula that is not there", "{ formula: { name: nrf, k: 1, atMost: 45 nm } }"],
    ["something deep inside", "{ any: [{ not: { all: [{ kind: mill }] } }] }"],
  ])("may not be %s", (_, text) => {
    expect(problemsOf(text)).not.toEqual([]);
  });

  it("shows what each fact means", () => {
    const { properties } = condition as { properties: Record<string, { description: string }> };
    expect(properties.pitch!.description).toBe("pitch");
  });
});

describe("the validator of these tests", () => {
  it("knows every keyword that the schemas use", () => {
    expect(() => validateJsonSchema({ oneOf: [] }, 1)).toThrow("no check for the keyword oneOf");
  });

  it("gives the path of what is wrong", () => {
    const schema = { type: "object", properties: { a: { type: "array", items: { type: "string" } } }, required: ["b"] };
    expect(validateJsonSchema(schema, { a: ["x", 1] })).toEqual(["/a/1 is no string", "/ lacks b"]);
  });
});
