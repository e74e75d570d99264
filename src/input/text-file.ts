import type { Place } from "../domain/errors.ts";

/** A file as it was read. Parsers take texts, so that only the composition root touches a disk. */
export interface TextFile {
  /** Path as shown to the reader, relative to the project or as given on the command line. */
  readonly path: string;
  readonly text: string;
  /** What a text says as YAML, where somebody has read it before; it holds for that very text alone. */
  readonly known?: { readonly text: string; readonly value: unknown; readonly checked?: CheckedShapes };
}

/** What a text says once it is held against a shape, by the shape's id. */
export interface CheckedShapes {
  readonly get: (shape: string) => unknown;
  readonly keep: (shape: string, value: unknown) => void;
}

/** Place of the character at `offset`. */
export function placeAt(file: TextFile, offset: number): Place {
  const before = file.text.slice(0, offset);
  const line = before.split("\n").length;
  return { file: file.path, line, column: offset - before.lastIndexOf("\n") };
}
