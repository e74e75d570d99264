import { createRequire } from "node:module";
import type * as z from "zod";
import type { Shape } from "../input/shape.ts";

type Schemas = typeof import("./pack-schema.ts");

function schemas(): Schemas {
  return createRequire(import.meta.url)("./pack-schema.ts") as Schemas;
}

/** Shapes of the YAML files of a pack. */
export const MANIFEST: Shape<z.infer<Schemas["manifestSchema"]>> = {
  id: "supply/manifest",
  schema: () => schemas().manifestSchema,
};
export const ITEMS: Shape<z.infer<Schemas["itemsSchema"]>> = {
  id: "supply/items",
  schema: () => schemas().itemsSchema,
};
export const GOAL: Shape<z.infer<Schemas["goalSchema"]>> = { id: "supply/goal", schema: () => schemas().goalSchema };
