import { Command, CommanderError } from "commander";
import { formatProblem, InputError } from "../domain/errors.ts";
import { addCases } from "./cases.ts";

/** Runs one command line and answers with the exit code: 0 done, 1 an expectation fails, 2 wrong input, 3 a fault. */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const done = (code: number) => {
    exitCode = code;
  };
  const program = new Command("entente")
    .description("Does a coalition close a technology choke point on a date? What leaks, when does it bite, who next?")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  addCases(program, done);
  try {
    await program.parseAsync(argv as string[], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof InputError) {
      for (const p of error.problems) process.stderr.write(`${formatProblem(p)}\n`);
      return 2;
    }
    process.stderr.write(`fault in Entente: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 3;
  }
}
