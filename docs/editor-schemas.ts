// Writes docs/schema/*.schema.json, by which editors complete and check the YAML files: `npm run docs`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { caseSchema } from "../src/closure/case-schema.ts";
import { InputError } from "../src/domain/errors.ts";
import { dimensionOf, knownUnits } from "../src/domain/quantities.ts";
import { parseYaml } from "../src/input/yaml-file.ts";
import { DAY_BOUNDS } from "../src/law/facts.ts";
import { type FormulaName, formulaNames, formulaOf } from "../src/law/formulas.ts";
import * as law from "../src/law/schema.ts";
import * as supply from "../src/supply/pack-schema.ts";
import { allianceSchema } from "../src/workbench/alliance-schema.ts";

/** A JSON Schema (draft 2020-12), as far as these files need it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

type Fact = z.infer<typeof law.factsSchema>["facts"][string];
type Facts = Readonly<Record<string, Fact>>;

/** Files of the project by the schema that they follow, as globs of an editor; an exclamation mark takes away. */
export const EDITOR_GLOBS: Readonly<Record<string, readonly string[]>> = {
  instrument: ["rules/*/*.yaml", "!rules/*/*.cases.yaml", "!rules/*/regime.yaml"],
  regime: ["rules/*/regime.yaml"],
  "rule-cases": ["rules/*/*.cases.yaml"],
  facts: ["rules/facts.yaml"],
  probes: ["rules/probes.yaml"],
  sources: ["rules/sources.yaml"],
  unions: ["rules/unions.yaml"],
  case: ["cases/*.yaml"],
  alliance: ["alliances/*.yaml"],
  pack: ["packs/*/pack.yaml"],
  items: ["packs/*/items.yaml"],
  goal: ["packs/*/goals/*.yaml"],
};

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  instrument: law.instrumentSchema,
  regime: law.regimeSchema,
  "rule-cases": law.ruleCasesSchema,
  facts: law.factsSchema,
  probes: law.probesSchema,
  sources: law.sourcesSchema,
  unions: law.unionsSchema,
  case: caseSchema,
  alliance: allianceSchema,
  pack: supply.manifestSchema,
  items: supply.itemsSchema,
  goal: supply.goalSchema,
};

/** The schema of each kind of file, with every fact of `rules/facts.yaml` where conditions and facts stand. */
export function editorSchemas(factsYaml: string): Readonly<Record<string, JsonSchema>> {
  const parsed = parseYaml({ path: "rules/facts.yaml", text: factsYaml }, law.factsSchema);
  if (!parsed.ok) throw new InputError(parsed.problems);
  const { facts } = parsed.value;
  return Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, editorSchema(name, schema, facts)]));
}

function editorSchema(name: string, schema: z.ZodType, facts: Facts): JsonSchema {
  const used = new Set<string>();
  const refer = (json: Record<string, unknown>, definition: string): void => {
    for (const key of Object.keys(json)) delete json[key];
    json.$ref = `#/$defs/${definition}`;
    used.add(definition);
  };
  const converted = z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const json = jsonSchema as Record<string, unknown>;
      if (zodSchema === law.conditionSchema) refer(json, "condition");
      if (zodSchema === law.factsRecord || zodSchema === supply.itemFactsSchema) refer(json, "facts");
    },
  });
  const definitions: Record<string, JsonSchema> = {};
  if (used.has("condition")) Object.assign(definitions, { condition: conditionOf(facts) }, sharedTests(facts));
  if (used.has("facts")) definitions.facts = factsOf(facts, name === "probes");
  return {
    ...converted,
    title: `Entente: ${name}`,
    ...(used.size > 0 && { $defs: definitions }),
  };
}

const CONDITION = { $ref: "#/$defs/condition" };
const TEXT = { type: "string" };

function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items, minItems: 1 };
}

function oneOrMore(items: JsonSchema): JsonSchema {
  return { anyOf: [items, listOf(items)] };
}

function strict(properties: Readonly<Record<string, JsonSchema>>, more: JsonSchema = {}): JsonSchema {
  return { type: "object", properties, additionalProperties: false, ...more };
}

/** All that a condition may say: the connectives, list paragraphs, definitions, formulas, and a test for each fact. */
function conditionOf(facts: Facts): JsonSchema {
  const code = { type: "string", pattern: "^[A-Z]{3}:" };
  const tests = Object.entries(facts).map(([name, fact]) => [
    name,
    { description: fact.doc, ...(isShared(fact) ? { $ref: `#/$defs/${shareOf(fact)}-test` } : testOf(fact)) },
  ]);
  return strict({
    all: { description: "every one of these", ...listOf(CONDITION) },
    any: { description: "at least one of these", ...listOf(CONDITION) },
    not: { description: "this does not hold", ...CONDITION },
    matches: { description: "falls under the list paragraph or one below it, such as USA:3B001.c", ...oneOrMore(code) },
    term: { description: "a definition of the same regime", ...TEXT },
    formula: {
      description: "a named formula, with this entry's own constant where it has one",
      anyOf: formulaNames().map(formulaTest),
    },
    ...Object.fromEntries(tests),
  });
}

/** Facts whose values are told by their type and unit alone share one definition. */
function isShared(fact: Fact): boolean {
  return fact.type !== "one-of" && fact.type !== "set";
}

function shareOf(fact: Fact): string {
  return fact.type === "quantity" ? `quantity-${dimensionOf(fact.unit ?? "count")}` : fact.type;
}

/** The tests and names that conditions share. */
function sharedTests(facts: Facts): Record<string, JsonSchema> {
  const list = Object.values(facts);
  const types = ["state", "boolean", "text", "one-of"] as const;
  const names = types.map((type) => [
    `${type}-facts`,
    { enum: Object.keys(facts).filter((name) => facts[name]!.type === type) },
  ]);
  const tests = list.filter(isShared).map((fact) => [`${shareOf(fact)}-test`, testOf(fact)]);
  return Object.fromEntries([...names, ...tests]);
}

function formulaTest(name: FormulaName): JsonSchema {
  const { unit, total, text } = formulaOf(name);
  const bounds = boundsOf(quantityOf(unit));
  return total === undefined
    ? strict(
        { name: { const: name, description: text }, k: { type: "number" }, ...bounds },
        { required: ["name", "k"], minProperties: 3 },
      )
    : strict({ name: { const: name, description: text }, ...bounds }, { required: ["name"], minProperties: 2 });
}

/** What a condition may say of one fact. */
function testOf(fact: Fact): JsonSchema {
  const one = oneValueOf(fact);
  const same = { sameAs: { description: "holds the same value as this fact", $ref: `#/$defs/${fact.type}-facts` } };
  const sets = { in: listOf(one), notIn: listOf(one), ...same };
  const groups = oneOrMore(TEXT);
  switch (fact.type) {
    case "state":
      return { anyOf: [one, strict({ ...sets, inGroup: groups, notInGroup: groups }, { minProperties: 1 })] };
    case "one-of":
    case "text":
      return { anyOf: [one, strict(sets, { minProperties: 1 })] };
    case "boolean":
      return { anyOf: [one, strict(same, { minProperties: 1 })] };
    case "set": {
      const values = oneOrMore(one);
      return { anyOf: [one, listOf(one), strict({ includes: values, includesAny: values }, { minProperties: 1 })] };
    }
    case "quantity":
      return { anyOf: [one, strict(boundsOf(one), { minProperties: 1 })] };
    case "date":
      return { anyOf: [one, dayBounds()] };
  }
}

/** One value of the fact; of a set, one member. */
function oneValueOf(fact: Fact): JsonSchema {
  switch (fact.type) {
    case "boolean":
      return { type: "boolean" };
    case "quantity":
      return quantityOf(fact.unit ?? "count");
    case "date":
      return { anyOf: [DAY, { const: "never" }] };
    case "one-of":
    case "set":
      if (fact.values === undefined) return TEXT;
      return fact.open === true ? { anyOf: [{ enum: fact.values }, TEXT] } : { enum: fact.values };
    case "state":
    case "text":
      return TEXT;
  }
}

const DAY = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" };

function dayBounds(): JsonSchema {
  return strict(Object.fromEntries(Object.keys(DAY_BOUNDS).map((key) => [key, DAY])), { minProperties: 1 });
}

/** A number with a unit of the same dimension; counts and ratios may stand without. */
function quantityOf(unit: string): JsonSchema {
  const units = knownUnits().filter((u) => dimensionOf(u) === dimensionOf(unit));
  const symbols = units.map((u) => u.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const text = { type: "string", pattern: `^\\s*[+-]?(\\d+(\\.\\d+)?|\\.\\d+)([eE][+-]?\\d+)?\\s*(${symbols})\\s*$` };
  return unit === "count" || unit === "ratio" ? { anyOf: [{ type: "number" }, text] } : text;
}

function boundsOf(bound: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return { atMost: bound, below: bound, atLeast: bound, above: bound };
}

/** Facts of a transaction or an item; a probe leaves some to be filled in, such as `$supplier`. */
function factsOf(facts: Facts, isProbe: boolean): JsonSchema {
  const placeholder = { type: "string", pattern: "^\\$" };
  const values = Object.entries(facts).map(([name, fact]) => {
    const value = valueOfFact(fact);
    const shown = isProbe
      ? { anyOf: [placeholder, ...("anyOf" in value ? (value.anyOf as JsonSchema[]) : [value])] }
      : value;
    return [name, { description: fact.doc, ...shown }];
  });
  return strict(Object.fromEntries(values));
}

function valueOfFact(fact: Fact): JsonSchema {
  const one = oneValueOf(fact);
  if (fact.type === "set") return { anyOf: [one, { type: "array", items: one }] };
  if (fact.type === "date") return { anyOf: [one, dayBounds()] };
  return fact.type === "quantity" ? { anyOf: [one, strict(boundsOf(one), { minProperties: 1 })] } : one;
}

/** Which schema an editor uses for which files: `.vscode/settings.json`. */
export function editorSettings(): JsonSchema {
  const schemas = Object.entries(EDITOR_GLOBS).map(([name, globs]) => [`./docs/schema/${name}.schema.json`, globs]);
  return { "yaml.yamlVersion": "1.2", "yaml.schemas": Object.fromEntries(schemas) };
}

/** The text of a written file. */
export function jsonText(value: JsonSchema): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..");
  for (const folder of ["docs/schema", ".vscode"]) mkdirSync(join(root, folder), { recursive: true });
  for (const [name, schema] of Object.entries(editorSchemas(readFileSync(join(root, "rules/facts.yaml"), "utf8")))) {
    writeFileSync(join(root, `docs/schema/${name}.schema.json`), jsonText(schema));
  }
  writeFileSync(join(root, ".vscode/settings.json"), jsonText(editorSettings()));
}
