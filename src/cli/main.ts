import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { formatProblem, InputError, type Problem } from "../domain/errors.ts";
import { addAssess } from "./assess.ts";
import { addCases } from "./cases.ts";
import { createContext, PROJECT } from "./context.ts";
import { addData } from "./data.ts";
import { addImport } from "./import.ts";
import { addMinimum } from "./minimum.ts";
import { addNew } from "./new.ts";
import { addNext } from "./next.ts";
import { addShow } from "./show.ts";

/** Runs one command line and answers with the exit code: 0 done, 1 an expectation fails, 2 wrong input, 3 a fault. */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command("entente")
    .description(
      "Does this coalition close this choke point on this date? What leaks, when does it bite, who next?\nNot legal advice.",
    )
    .option("--home <dir>", "folder that holds rules/, packs/ and cases/", PROJECT)
    .showHelpAfterError("(entente --help lists the commands)")
    .exitOverride();
  const context = createContext(
    () => resolve(program.opts<{ home: string }>().home),
    (code) => {
      exitCode = code;
    },
  );
  addAssess(program, context);
  addShow(program, context);
  addMinimum(program, context);
  addNext(program, context);
  addCases(program, context);
  addData(program, context);
  addImport(program, context);
  addNew(program, context);
  try {
    await program.parseAsync(argv as string[], { from: "user" });
    return exitCode;
  } catch (error) {
    return endWith(error);
  }
}

/** More than this is one cause many times over: the count says the rest. */
const SHOWN = 100;

function describeProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, SHOWN).map(formatProblem);
  if (problems.length > SHOWN) lines.push(`and ${problems.length - SHOWN} problems more`);
  return lines.join("\n");
}

function endWith(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 || error.code === "commander.help" ? 0 : 2;
  if (error instanceof InputError) {
    process.stderr.write(`${describeProblems(error.problems)}\n`);
    return 2;
  }
  process.stderr.write(
    `fault in Entente: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 3;
}
