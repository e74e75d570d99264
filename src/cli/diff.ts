import type { Command } from "commander";
import { InputError } from "../domain/errors.ts";
import { answerDiff } from "../workbench/diff.ts";
import { DEFAULT_CASE } from "../workbench.ts";
import type { CliContext } from "./context.ts";

interface DiffCommandOptions {
  readonly regime?: string;
  readonly from?: string;
  readonly to?: string;
  readonly rules?: readonly string[];
  readonly asOf?: string;
  readonly target?: string;
  readonly case: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `entente diff`: changed decisions between two days of a regime or two rule folders, by the rule responsible. */
export function addDiff(program: Command, context: CliContext): void {
  program
    .command("diff")
    .description("decisions that change between two days or two rule folders, by rule, with a smallest witness each")
    .option("--regime <state>", "whose law; with --rules left out: every regime of the folders")
    .option("--from <date>", "the first day")
    .option("--to <date>", "the second day")
    .option("--rules <folders...>", "two folders laid out like rules/, instead of two days")
    .option(
      "--as-of <date>",
      "the day on which folders are compared; left out: their oldest day of comparison with the law",
    )
    .option("--target <state>", "where the goods go; left out: the target of the case")
    .option("--case <case>", "the case whose target and parties are used", DEFAULT_CASE)
    .option("--all", "show changes from or to undetermined, and every clause, too")
    .option("--json", "print one JSON document")
    .action((options: DiffCommandOptions) => runDiff(options, context));
}

async function runDiff(options: DiffCommandOptions, context: CliContext): Promise<void> {
  const { regime, from, to, asOf, target } = options;
  const folders = twoFolders(options);
  const diff = answerDiff(
    {
      case: options.case,
      ...(regime !== undefined && { regime }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(folders && { folders }),
      ...(asOf !== undefined && { asOf }),
      ...(target !== undefined && { target }),
    },
    context.workbench().library,
  );
  if (options.json) {
    context.out(JSON.stringify(diff, null, 2));
    return;
  }
  const { renderDiffTerminal } = await import("../report/diff/diff-terminal.ts");
  context.out(renderDiffTerminal(diff, { width: context.width, colour: context.colour, all: options.all === true }));
}

/** The folders of `--rules`. Throws InputError when there are not two, or when days are given as well. */
function twoFolders({ rules, from, to, asOf }: DiffCommandOptions): readonly [string, string] | undefined {
  const wrong = (message: string, hint: string): InputError => new InputError([{ code: "bad-usage", message, hint }]);
  if (rules === undefined) {
    if (asOf !== undefined) throw wrong("`--as-of` goes with `--rules`", "give two days by --from and --to");
    return undefined;
  }
  const [a, b, ...more] = rules;
  if (a === undefined || b === undefined || more.length > 0) {
    throw wrong(`\`--rules\` takes two folders and has ${rules.length}`, "give two: entente diff --rules A B");
  }
  if (from !== undefined || to !== undefined) {
    throw wrong("two folders are compared on one day", "use --as-of instead of --from and --to");
  }
  return [a, b];
}
