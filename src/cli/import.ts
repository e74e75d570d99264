import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { parseDate } from "../domain/dates.ts";
import { InputError } from "../domain/errors.ts";
import { readFolder } from "../input/read-folder.ts";
import type { TextFile } from "../input/text-file.ts";
import { importData, PUBLISHERS } from "../workbench/import-data.ts";
import type { CliContext } from "./context.ts";
import { writeWhole } from "./write-whole.ts";

interface ImportOptions {
  readonly accessed: string;
  readonly dryRun?: boolean;
}

/** `entente import PUBLISHER PATH`: reads an upstream release into a pack and says what changed. */
export function addImport(program: Command, context: CliContext): void {
  program
    .command("import <publisher> <path>")
    .description(`read an upstream release into a pack (${PUBLISHERS.join(", ")}); says what changed`)
    .requiredOption("--accessed <date>", "the day on which the release was fetched, YYYY-MM-DD")
    .option("--dry-run", "say what would change and write nothing")
    .action((publisher: string, path: string, options: ImportOptions) => runImport(publisher, path, options, context));
}

function runImport(publisher: string, path: string, options: ImportOptions, context: CliContext): void {
  if (!parseDate(options.accessed)) {
    throw new InputError([
      {
        code: "bad-date",
        message: `\`${options.accessed}\` is no calendar day`,
        hint: "write YYYY-MM-DD",
        at: { file: "--accessed" },
      },
    ]);
  }
  const isData = (p: string) => /\.(yaml|csv)$/.test(p);
  const packs = [...readFolder(context.home(), "packs", isData), ...readFolder(context.home(), "bases", isData)];
  const outcome = importData({ publisher, files: upstream(path), packs, accessed: options.accessed });
  for (const note of outcome.notes) context.out(note);
  for (const change of outcome.changes) context.out(JSON.stringify(change));
  if (outcome.ignored.length > 0) context.out(`left out: ${outcome.ignored.join(", ")}`);
  if (options.dryRun) return;
  for (const file of outcome.files) {
    writeWhole(join(context.home(), file.path), file.text);
    context.out(`wrote ${file.path}`);
  }
}

/** The files of the release: a folder with all below it, or one file. */
function upstream(path: string): TextFile[] {
  const full = resolve(path);
  if (!existsSync(full))
    throw new InputError([{ code: "missing-file", message: `\`${path}\`: there is no such file or folder` }]);
  const wanted = (p: string) => /\.(csv|csv\.gz|json|jsonl|txt|md)$/.test(p);
  return statSync(full).isDirectory()
    ? readFolder(full, ".", wanted)
    : readFolder(dirname(full), basename(full), () => true);
}
