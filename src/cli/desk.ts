import type { Command } from "commander";
import { DEFAULT_CASE } from "../workbench.ts";
import { type CliContext, listOf } from "./context.ts";

interface DeskOptions {
  readonly target?: string;
  readonly members?: string;
  readonly asOf?: string;
  readonly json?: boolean;
  readonly all?: boolean;
}

/** `entente desk STATE [CASE]`: what one state stands to lose and to win, and how the target can hit back. */
export function addDesk(program: Command, context: CliContext): void {
  program
    .command("desk <state> [case]")
    .description("one state's desk: lost sales, openings, exposure, counter-leverage, past episodes")
    .option("--target <state>", "whose measures are feared; left out: the target of the case")
    .option("--members <states>", "the coalition; left out: that of the case, or the state alone with --target")
    .option("--as-of <date>", "the day that is asked about")
    .option("--all", "every row of every table")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      `
CASE: a case's id (${DEFAULT_CASE} when left out), whose classes, law and packs are used.
  entente desk KOR                     Korea, which is no member, against China
  entente desk CHN --target USA        China, against the United States`,
    )
    .action((state: string, named: string | undefined, options: DeskOptions) =>
      runDesk(state, named ?? DEFAULT_CASE, options, context),
    );
}

async function runDesk(state: string, named: string, options: DeskOptions, context: CliContext): Promise<void> {
  const desk = await context.workbench().desk({
    state,
    case: named,
    ...(options.target !== undefined && { target: options.target }),
    ...(options.members !== undefined && { members: listOf(options.members) }),
    ...(options.asOf !== undefined && { asOf: options.asOf }),
  });
  if (options.json) return context.out(JSON.stringify(desk, null, 2));
  const { renderDesk } = await import("../report/economy/render-desk.ts");
  context.out(renderDesk(desk, { width: context.width, colour: context.colour, all: options.all === true }));
}
