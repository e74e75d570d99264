import type { Command } from "commander";
import { type CliContext, listOf } from "./context.ts";
import { fileSource } from "./file-source.ts";

interface AskFlags {
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly regimes?: string;
  readonly json?: boolean;
}

/** `entente ask FILE ID`: the next fact worth finding out, and what each answer leads to. */
export function addAsk(program: Command, context: CliContext): void {
  program
    .command("ask <file> [id]")
    .description("the next fact worth finding out about a transaction")
    .option("--as-of <date>", "the day that is asked about; else the transaction's own")
    .option("--regimes <states>", "whose law is asked; else all that the transaction concerns")
    .option("--known-on <date>", "only law that could be known by that day counts")
    .option("--json", "print one JSON document")
    .action((file: string, id: string | undefined, flags: AskFlags) => runAsk(file, id, flags, context));
}

async function runAsk(file: string, id: string | undefined, flags: AskFlags, context: CliContext): Promise<void> {
  const question = await context.workbench().ask(fileSource(file), id, {
    asOf: flags.asOf,
    knownOn: flags.knownOn,
    regimes: flags.regimes === undefined ? undefined : listOf(flags.regimes),
  });
  if (flags.json) return context.out(JSON.stringify(question, null, 2));
  const { renderQuestion } = await import("../report/check/render-question.ts");
  context.out(renderQuestion(question, context));
}
