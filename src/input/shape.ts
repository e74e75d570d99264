import type * as z from "zod";
import type { TextFile } from "./text-file.ts";
import { type Parsed, parseYaml } from "./yaml-file.ts";

/** A schema by name, loaded only where a text was not held against it before: loading and building schemas takes a tenth of a start. */
export interface Shape<T> {
  readonly id: string;
  readonly schema: () => z.ZodType<T>;
}

/** `parseYaml` against a shape; a text that is known to have it is not checked again. */
export function parseShaped<T>(file: TextFile, shape: Shape<T>): Parsed<T> {
  const known = file.known?.text === file.text ? file.known : undefined;
  const before = known?.checked?.get(shape.id);
  if (before !== undefined) return { ok: true, value: before as T };
  const parsed = parseYaml(file, shape.schema());
  if (parsed.ok) known?.checked?.keep(shape.id, parsed.value);
  return parsed;
}
