import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { InputError } from "../domain/errors.ts";

/** Writes beside and renames, so that an interrupted run leaves the old file or the new one. */
export function writeWhole(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.part`;
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    throw new InputError([{ code: "missing-file", message: `cannot write \`${file}\`: ${(error as Error).message}` }]);
  }
}
