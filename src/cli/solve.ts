import type { Command } from "commander";
import { type CliContext, readInput } from "./context.ts";

interface SolveFlags {
  readonly json?: boolean;
}

/** `entente solve BASE SCENARIO`: the trade model alone. */
export function addSolve(program: Command, context: CliContext): void {
  program
    .command("solve <base> <scenario>")
    .description("the trade model alone: what tariffs and trade costs do to wages and welfare of each country")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      `
BASE.json: the world in the layout of Caliendo and Parro (docs/economy.md).
SCENARIO.json: { "tariffs": [{ "importer": "USA", "exporter": "*", "sector": 3, "rate": 0.25 }],
                 "costs": [{ "importer": "CHN", "exporter": ["USA", "JPN"], "sector": "*", "factor": 10 }] }`,
    )
    .action((base: string, scenario: string, flags: SolveFlags) => runSolve(base, scenario, flags, context));
}

async function runSolve(base: string, scenario: string, flags: SolveFlags, context: CliContext): Promise<void> {
  const result = await context.workbench().solve(readInput(base), readInput(scenario));
  if (result.termination !== "converged") context.done(1);
  if (flags.json) return context.out(JSON.stringify(result, null, 2));
  const { renderSolve } = await import("../report/economy/render-solve.ts");
  context.out(renderSolve(result, context));
}
