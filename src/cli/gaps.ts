import type { Command } from "commander";
import { DEFAULT_CASE } from "../workbench.ts";
import { type CliContext, listOf } from "./context.ts";

interface GapsCommandOptions {
  readonly between: string;
  readonly class?: string;
  readonly asOf?: string;
  readonly target?: string;
  readonly probe?: string;
  readonly case: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `entente gaps`: every region of the parameters that one state controls and another does not. */
export function addGaps(program: Command, context: CliContext): void {
  program
    .command("gaps")
    .description("the exact regions that one state's law controls and another's does not, each with a witness")
    .requiredOption("--between <states>", "two states or more, joined by commas; EUU is the Union's own law")
    .option("--class <names>", "kinds of items, or classes, groups or types of the packs, joined by commas")
    .option("--as-of <date>", "the day; left out: the oldest day on which their law was compared with its sources")
    .option("--target <state>", "where the goods go; left out: the target of the case")
    .option("--probe <probe>", "one standard transaction instead of those that the layers are about")
    .option("--case <case>", "the case whose packs, target and parties are used", DEFAULT_CASE)
    .option("--all", "every region, and those that are undetermined")
    .option("--json", "print one JSON document")
    .action((options: GapsCommandOptions) => runGaps(options, context));
}

async function runGaps(options: GapsCommandOptions, context: CliContext): Promise<void> {
  const { asOf, target, probe } = options;
  const gaps = await context.workbench().gaps({
    between: listOf(options.between),
    case: options.case,
    ...(options.class !== undefined && { classes: listOf(options.class) }),
    ...(asOf !== undefined && { asOf }),
    ...(target !== undefined && { target }),
    ...(probe !== undefined && { probe }),
  });
  if (options.json) {
    context.out(JSON.stringify(gaps, null, 2));
    return;
  }
  const { renderGapsTerminal } = await import("../report/gaps/gaps-terminal.ts");
  context.out(renderGapsTerminal(gaps, { width: context.width, colour: context.colour, all: options.all === true }));
}
