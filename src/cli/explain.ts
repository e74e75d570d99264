import type { Command } from "commander";
import { type CliContext, listOf } from "./context.ts";
import { fileSource } from "./file-source.ts";

interface ExplainFlags {
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly regimes?: string;
  readonly regime?: string;
  readonly json?: boolean;
}

/** `entente explain FILE ID`: the whole derivation of one answer, with its clauses. */
export function addExplain(program: Command, context: CliContext): void {
  program
    .command("explain <file> [id]")
    .description("how the law comes to its answer on one transaction, every rule considered")
    .option("--as-of <date>", "the day that is asked about; else the transaction's own")
    .option("--regimes <states>", "whose law is asked; else all that the transaction concerns")
    .option("--regime <state>", "one regime alone")
    .option("--known-on <date>", "only law that could be known by that day counts")
    .option("--json", "print one JSON document")
    .action((file: string, id: string | undefined, flags: ExplainFlags) => runExplain(file, id, flags, context));
}

async function runExplain(
  file: string,
  id: string | undefined,
  flags: ExplainFlags,
  context: CliContext,
): Promise<void> {
  const explanation = await context.workbench().explain(fileSource(file), id, {
    asOf: flags.asOf,
    knownOn: flags.knownOn,
    regimes: flags.regimes === undefined ? undefined : listOf(flags.regimes),
    regime: flags.regime,
  });
  if (flags.json) return context.out(JSON.stringify(explanation, null, 2));
  const { renderExplanation } = await import("../report/check/render-explanation.ts");
  context.out(renderExplanation(explanation, context));
}
