import { createReadStream, existsSync, statSync } from "node:fs";
import { relative } from "node:path";
import { InputError } from "../domain/errors.ts";
import type { TransactionSource } from "../workbench/transactions.ts";

/** A file on the command line that can be read piece by piece. Throws InputError when it cannot be read. */
export function fileSource(file: string): TransactionSource {
  if (!existsSync(file) || !statSync(file).isFile()) {
    const reason = existsSync(file) ? "it is no file" : "there is no such file";
    throw new InputError([{ code: "missing-file", message: `\`${file}\`: ${reason}` }]);
  }
  return {
    path: relative(process.cwd(), file) || file,
    pieces: () => createReadStream(file, { encoding: "utf8", highWaterMark: 1 << 16 }),
  };
}
