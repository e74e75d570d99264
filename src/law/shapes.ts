import { createRequire } from "node:module";
import type * as z from "zod";
import type { Shape } from "../input/shape.ts";

type Schemas = typeof import("./schema.ts");

function schemas(): Schemas {
  return createRequire(import.meta.url)("./schema.ts") as Schemas;
}

type Raw<Name extends keyof Schemas> = Schemas[Name] extends z.ZodType<infer T> ? T : never;

function shape<Name extends keyof Schemas>(name: Name): Shape<Raw<Name>> {
  return { id: `law/${name}`, schema: () => schemas()[name] as unknown as z.ZodType<Raw<Name>> };
}

/** Shapes of the files under `rules/`. */
export const FACTS = shape("factsSchema");
export const SOURCES = shape("sourcesSchema");
export const UNIONS = shape("unionsSchema");
export const PROBES = shape("probesSchema");
export const REGIME = shape("regimeSchema");
export const INSTRUMENT = shape("instrumentSchema");
export const RULE_CASES = shape("ruleCasesSchema");
