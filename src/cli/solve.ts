import { statSync } from "node:fs";
import type { Command } from "commander";
import { InputError } from "../domain/errors.ts";
import type { CliContext } from "./context.ts";
import { readInput } from "./context.ts";

interface SolveFlags {
  readonly elasticities?: string;
  readonly bootstrap?: string;
  readonly seed?: string;
  readonly json?: boolean;
}

/** `entente solve BASE SCENARIO`: the trade model alone. */
export function addSolve(program: Command, context: CliContext): void {
  program
    .command("solve <base> <scenario>")
    .description("the trade model alone: what tariffs and trade costs do to wages and welfare of each country")
    .option(
      "--elasticities <id>",
      "of a named base: one set of trade elasticities (CP), or `all` published ones for the range",
    )
    .option("--bootstrap <draws>", "with `--elasticities all`: bands over so many draws from the published sets")
    .option("--seed <number>", "of the draws (1)")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      `
BASE: a base by name (world-2022, world-2011), or BASE.json in the layout of Caliendo and Parro (docs/economy.md).
SCENARIO.json: { "tariffs": [{ "importer": "USA", "exporter": "*", "sector": 3, "rate": 0.25 }],
                 "costs": [{ "importer": "CHN", "exporter": ["USA", "JPN"], "sector": "*", "factor": 10 }] }`,
    )
    .action((base: string, scenario: string, flags: SolveFlags) => {
      const isFile = /\.json$|[/\\]/.test(base) || statSync(base, { throwIfNoEntry: false })?.isFile() === true;
      return isFile ? runFile(base, scenario, flags, context) : runNamed(base, scenario, flags, context);
    });
}

async function runFile(base: string, scenario: string, flags: SolveFlags, context: CliContext): Promise<void> {
  if (flags.elasticities ?? flags.bootstrap ?? flags.seed) {
    const hint = "a file brings its own elasticities; bases by name have several";
    throw new InputError([{ code: "bad-usage", message: `elasticities cannot be chosen for \`${base}\``, hint }]);
  }
  const result = await context.workbench().solve(readInput(base), readInput(scenario));
  if (result.termination !== "converged") context.done(1);
  if (flags.json) return context.out(JSON.stringify(result, null, 2));
  const { renderSolve } = await import("../report/economy/render-solve.ts");
  context.out(renderSolve(result, context));
}

async function runNamed(base: string, scenario: string, flags: SolveFlags, context: CliContext): Promise<void> {
  const options = {
    ...(flags.elasticities !== undefined && { elasticities: flags.elasticities }),
    ...(flags.bootstrap !== undefined && { bootstrap: numberOf(flags.bootstrap, "--bootstrap") }),
    ...(flags.seed !== undefined && { seed: numberOf(flags.seed, "--seed") }),
  };
  const result = await context.workbench().solveNamed(base, readInput(scenario), options);
  const solutions = result.schema === "entente/solve@1" ? [result] : result.sets;
  if (solutions.some((s) => s.termination !== "converged")) context.done(1);
  if (flags.json) return context.out(JSON.stringify(result, null, 2));
  const { renderNamedSolve } = await import("../report/economy/render-solve-base.ts");
  context.out(renderNamedSolve(result, context));
}

function numberOf(text: string, flag: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InputError([{ code: "bad-usage", message: `\`${text}\` for \`${flag}\``, hint: "a whole number from 0" }]);
}
