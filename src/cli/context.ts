import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../domain/errors.ts";
import type { TextFile } from "../input/text-file.ts";
import { createWorkbench, type Workbench } from "../workbench.ts";

/** What every command gets: the workbench, where to write, and how to end. */
export interface CliContext {
  readonly workbench: () => Workbench;
  /** Folder that holds `rules/`, `packs/` and `cases/`. */
  readonly home: () => string;
  readonly out: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Sets the exit code: 1 an expectation does not hold. */
  readonly done: (code: number) => void;
  readonly colour: boolean;
  readonly width: number;
}

export const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

export function createContext(home: () => string, done: (code: number) => void): CliContext {
  let workbench: Workbench | undefined;
  return {
    workbench: () => (workbench ??= createWorkbench(home())),
    home,
    out: (text) => void process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    warn: (text) => void process.stderr.write(`${text}\n`),
    done,
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    width: Math.min(process.stdout.columns ?? (Number(process.env.COLUMNS) || 100), 120),
  };
}

/** A file named on the command line. Throws InputError when it cannot be read. */
export function readInput(path: string): TextFile {
  try {
    return { path: relative(process.cwd(), path) || path, text: readFileSync(path, "utf8") };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : "it cannot be read";
    throw new InputError([{ code: "missing-file", message: `\`${path}\`: ${reason}` }]);
  }
}

/** `A,B, C` as a list. */
export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((x) => x.trim())
    .filter((x) => x !== "");
}
