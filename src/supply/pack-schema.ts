import * as z from "zod";
import { KINDS } from "../domain/sourced.ts";

const id = z.string().regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, "ids are lower-case words joined by hyphens");
const text = z.string().min(1);

const sourceSchema = z.strictObject({
  id,
  producer: text,
  title: text,
  citation: text.optional(),
  url: text.optional(),
  published: text.optional(),
  accessed: text.optional(),
  licence: text,
  sha256: text.optional(),
});

/** `pack.yaml`. */
export const manifestSchema = z.strictObject({
  id,
  title: text,
  issue: id,
  licence: text,
  notice: text.optional(),
  checkedOn: text,
  importer: text.optional(),
  extends: z.array(id).optional(),
  /** Groups in the order in which pages show them. */
  groups: z.array(text).optional(),
  sources: z.array(sourceSchema).min(1),
  tables: z.record(z.string(), z.number().int().nonnegative()),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Facts stay raw here: only the rule language knows their types. */
export const itemFactsSchema = z.record(z.string(), z.unknown());

const percent = z.number().min(0).max(100);

const variantSchema = z.strictObject({
  id,
  name: text,
  facts: itemFactsSchema,
  /** Per cent of the class's supply. */
  share: z.union([percent, z.strictObject({ low: percent, high: percent })]).optional(),
});

/** `items.yaml`: what a class is to the law. */
export const itemsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      class: id,
      hs6: z.array(z.string().regex(/^\d{6}$/, "product codes have six digits, in quotes")).optional(),
      facts: itemFactsSchema,
      evidence: z.record(z.string(), z.enum(KINDS)).optional(),
      source: text,
      variants: z.array(variantSchema).optional(),
    }),
  ),
});

const alternativeSchema = z.strictObject({
  classes: z.array(id).min(1),
  penalty: text.optional(),
  source: text.optional(),
  kind: z.enum(KINDS).optional(),
});

/** `goals/<name>.yaml`: what a product needs. */
export const goalSchema = z.strictObject({
  title: text,
  product: text,
  /** The standard transaction whose end use the product's maker is; the case's headline probe where it is left out. */
  probe: text.optional(),
  needs: z.array(z.strictObject({ step: text, any: z.array(alternativeSchema).min(1), source: text })).min(1),
});
