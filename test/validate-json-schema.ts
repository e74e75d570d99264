import type { JsonSchema } from "../docs/editor-schemas.ts";

/** Keywords that say nothing of validity here. */
const SILENT = new Set(["$schema", "$defs", "title", "description", "default"]);

type Check = (wanted: never, value: unknown, schema: JsonSchema, walk: Walk) => readonly string[];
type Walk = (schema: JsonSchema, value: unknown, path: string) => string[];

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (v) => typeof v === "string",
  boolean: (v) => typeof v === "boolean",
  number: (v) => typeof v === "number",
  integer: (v) => Number.isInteger(v),
  array: Array.isArray,
  object: isMap,
};

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const wrong = (isWrong: boolean, says: string): string[] => (isWrong ? [says] : []);

/** The keywords of draft 2020-12 that the project's schemas use; one without a path adds none to its complaints. */
const KEYWORDS: Readonly<Record<string, Check>> = {
  type: (wanted: string, v) => wrong(!TYPES[wanted]!(v), `is no ${wanted}`),
  const: (wanted, v) => wrong(v !== wanted, `is not ${wanted}`),
  enum: (wanted: readonly unknown[], v) => wrong(!wanted.includes(v), `is none of ${wanted.length} values`),
  pattern: (wanted: string, v) =>
    wrong(typeof v === "string" && !new RegExp(wanted, "u").test(v), `is not like ${wanted}`),
  minLength: (wanted: number, v) => wrong(typeof v === "string" && v.length < wanted, "is too short"),
  minItems: (wanted: number, v) => wrong(Array.isArray(v) && v.length < wanted, "has too few entries"),
  minProperties: (wanted: number, v) => wrong(isMap(v) && Object.keys(v).length < wanted, "has too few fields"),
  minimum: (wanted: number, v) => wrong(typeof v === "number" && v < wanted, `is below ${wanted}`),
  maximum: (wanted: number, v) => wrong(typeof v === "number" && v > wanted, `is above ${wanted}`),
  exclusiveMinimum: (wanted: number, v) => wrong(typeof v === "number" && v <= wanted, `is not above ${wanted}`),
  required: (wanted: readonly string[], v) =>
    isMap(v) ? wanted.flatMap((name) => wrong(!Object.hasOwn(v, name), `lacks ${name}`)) : [],
  items: (wanted: JsonSchema, v, _, walk) => (Array.isArray(v) ? v.flatMap((x, i) => walk(wanted, x, `/${i}`)) : []),
  propertyNames: (wanted: JsonSchema, v, _, walk) =>
    isMap(v) ? Object.keys(v).flatMap((name) => walk(wanted, name, `/${name}`)) : [],
  properties: (wanted: Record<string, JsonSchema>, v, _, walk) =>
    isMap(v)
      ? Object.entries(v).flatMap(([k, x]) => (Object.hasOwn(wanted, k) ? walk(wanted[k]!, x, `/${k}`) : []))
      : [],
  additionalProperties: (wanted: boolean | JsonSchema, v, { properties = {} }, walk) => {
    if (!isMap(v)) return [];
    const others = Object.entries(v).filter(([k]) => !Object.hasOwn(properties as object, k));
    if (typeof wanted !== "boolean") return others.flatMap(([k, x]) => walk(wanted, x, `/${k}`));
    return wanted ? [] : others.map(([k]) => `has an unknown field ${k}`);
  },
  anyOf: (wanted: readonly JsonSchema[], v, _, walk) => {
    const branches = wanted.map((branch) => walk(branch, v, ""));
    return branches.some((found) => found.length === 0)
      ? []
      : [`fits none of ${wanted.length}: ${branches.flat().join("; ")}`];
  },
};

/** What is wrong with the value, each with its path. Throws on a keyword that it does not know, so that none is passed over. */
export function validateJsonSchema(root: JsonSchema, value: unknown): string[] {
  const walkAt = (schema: JsonSchema, v: unknown, path: string): string[] =>
    Object.entries(schema).flatMap(([keyword, wanted]) => {
      if (SILENT.has(keyword)) return [];
      if (keyword === "$ref") return walkAt(resolve(root, wanted as string), v, path);
      const check = KEYWORDS[keyword];
      if (!check) throw new Error(`no check for the keyword ${keyword}`);
      const walk: Walk = (s, x, step) => walkAt(s, x, `${path}${step}`);
      return check(wanted as never, v, schema, walk).map((says) =>
        says.startsWith("/") ? says : `${path || "/"} ${says}`,
      );
    });
  return walkAt(root, value, "");
}

function resolve(root: JsonSchema, ref: string): JsonSchema {
  return ref
    .slice(2)
    .split("/")
    .reduce((at, step) => at[step] as JsonSchema, root);
}
