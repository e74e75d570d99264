import type { Command } from "commander";
import { InputError, type Problem } from "../domain/errors.ts";
import { readFolder } from "../input/read-folder.ts";
import type { TextFile } from "../input/text-file.ts";
import type { CliContext } from "./context.ts";

interface Tally {
  passed: number;
  failed: number;
}

/** `entente cases [DIR|FILE ...]`: rule cases, and the expectations of assessment cases. */
export function addCases(program: Command, context: CliContext): void {
  program
    .command("cases [paths...]")
    .description("run rule cases and assessment expectations")
    .action(async (paths: string[]) => {
      const asked = paths.length > 0 ? paths : ["rules", "cases"];
      const tally: Tally = { passed: 0, failed: 0 };
      const files = asked.flatMap((p) => readFolder(context.home(), p, (f) => f.endsWith(".yaml")));
      const problems = [
        ...runRules(
          files.filter((f) => f.path.endsWith(".cases.yaml")),
          context,
          tally,
        ),
      ];
      if (files.some((f) => f.path.endsWith(".cases.yaml"))) problems.push(...(await lintExceptions(context)));
      for (const file of files) if (/(^|\/)cases\/[^/]+\.yaml$/.test(file.path)) runCase(file.path, context, tally);
      if (problems.length > 0) throw new InputError(problems);
      context.out(`${tally.passed} passed, ${tally.failed} failed`);
      context.done(tally.failed > 0 ? 1 : 0);
    });
}

function runRules(files: readonly TextFile[], context: CliContext, tally: Tally): Problem[] {
  const problems: Problem[] = [];
  for (const file of files) {
    const run = context.workbench().ruleCases(file);
    problems.push(...run.problems);
    for (const r of run.results) count(r.failures, `${r.file}: ${r.title}`, context, tally);
  }
  return problems;
}

/** Exceptions that can collide are found whether or not a case runs into them. */
async function lintExceptions(context: CliContext): Promise<readonly Problem[]> {
  const { problems, undecided } = await context.workbench().collisions();
  for (const rule of undecided) context.warn(`whether exceptions of \`${rule}\` can collide was not decided`);
  return problems;
}

function runCase(path: string, context: CliContext, tally: Tally): void {
  for (const r of context.workbench().expectations(path))
    count(r.holds ? [] : [r.message], `${path}: ${r.at}`, context, tally);
}

function count(failures: readonly string[], name: string, context: CliContext, tally: Tally): void {
  if (failures.length === 0) {
    tally.passed++;
    return;
  }
  tally.failed++;
  context.out(`FAILED ${name}\n${failures.map((f) => `  ${f}`).join("\n")}`);
}
