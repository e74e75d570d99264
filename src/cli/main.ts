import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { formatProblem, InputError, type Problem } from "../domain/errors.ts";
import { refuseSecretWords } from "../workbench/disclose-clearance.ts";
import { ENGINE } from "../workbench.ts";
import { type CliContext, createContext, PROJECT } from "./context.ts";

type AddCommand = (program: Command, context: CliContext) => void;

/** Each command in a file of its own, loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  assess: async () => (await import("./assess.ts")).addAssess,
  show: async () => (await import("./show.ts")).addShow,
  minimum: async () => (await import("./minimum.ts")).addMinimum,
  next: async () => (await import("./next.ts")).addNext,
  alliance: async () => (await import("./alliance.ts")).addAlliance,
  matrix: async () => (await import("./matrix.ts")).addMatrix,
  gaps: async () => (await import("./gaps.ts")).addGaps,
  diff: async () => (await import("./diff.ts")).addDiff,
  check: async () => (await import("./check.ts")).addCheck,
  explain: async () => (await import("./explain.ts")).addExplain,
  ask: async () => (await import("./ask.ts")).addAsk,
  cases: async () => (await import("./cases.ts")).addCases,
  solve: async () => (await import("./solve.ts")).addSolve,
  sweep: async () => (await import("./sweep.ts")).addSweep,
  desk: async () => (await import("./desk.ts")).addDesk,
  data: async () => (await import("./data.ts")).addData,
  import: async () => (await import("./import.ts")).addImport,
  disclose: async () => (await import("./disclose.ts")).addDisclose,
  new: async () => (await import("./new.ts")).addNew,
  completion: async () => (await import("./completion.ts")).addCompletion,
};

/** The command that the line names; all of them for help and for words that name none. */
function commandsFor(argv: readonly string[]): Promise<AddCommand[]> {
  // Completion lists every command, so all are loaded for it.
  const named = argv.includes("completion")
    ? undefined
    : argv.find((word, i) => Object.hasOwn(COMMANDS, word) && argv[i - 1] !== "--home");
  const wanted = named === undefined ? Object.values(COMMANDS) : [COMMANDS[named]!];
  return Promise.all(wanted.map((load) => load()));
}

/** Runs one command line and answers with the exit code: 0 done, 1 an expectation fails, 2 wrong input, 3 a fault. */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  // A reader that has seen enough (`| head`) closes the pipe: that is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const program = new Command("entente")
    .description(
      "Does this coalition close this choke point on this date? What leaks, when does it bite, who next?\nNot legal advice.",
    )
    .version(ENGINE, "--version")
    .option("--home <dir>", "folder that holds rules/, packs/ and cases/", PROJECT)
    .option(
      "--cleared",
      "the process may open secret memberships; those without it refuse every path in a secret folder",
    )
    .showHelpAfterError("(entente --help lists the commands)")
    .exitOverride();
  const context = createContext(
    () => resolve(program.opts<{ home: string }>().home),
    (code) => {
      exitCode = code;
    },
  );
  program.hook("preAction", () => {
    if (program.opts<{ cleared?: boolean }>().cleared !== true) refuseSecretWords(argv, PROJECT);
  });
  try {
    for (const add of await commandsFor(argv)) add(program, context);
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
