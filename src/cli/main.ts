import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { formatProblem, InputError } from "../domain/errors.ts";
import { addAssess } from "./assess.ts";
import { addCases } from "./cases.ts";
import { createContext, PROJECT } from "./context.ts";

/** Runs one command line and answers with the exit code: 0 done, 1 an expectation fails, 2 wrong input, 3 a fault. */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command("entente")
    .description("Does this coalition close this choke point on this date? What leaks, when does it bite, who next?\nNot legal advice.")
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
  addCases(program, context);
  try {
    await program.parseAsync(argv as string[], { from: "user" });
    return exitCode;
  } catch (error) {
    return endWith(error);
  }
}

function endWith(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 || error.code === "commander.help" ? 0 : 2;
  if (error instanceof InputError) {
    process.stderr.write(`${error.problems.map(formatProblem).join("\n")}\n`);
    return 2;
  }
  process.stderr.write(`fault in Entente: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 3;
}
