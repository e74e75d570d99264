import { statSync } from "node:fs";
import type { Command } from "commander";
import { InputError } from "../domain/errors.ts";
import { type CliContext, readInput } from "./context.ts";
import { progressBar } from "./progress.ts";

interface SweepFlags {
  readonly elasticities?: string;
  readonly record?: string;
  readonly workers?: string;
  readonly security?: string;
  readonly json?: boolean;
}

const MOST_WORKERS = 256;

/** `entente sweep BASE SWEEP`: every coalition of the members in the trade model, and on what terms each would be in. */
export function addSweep(program: Command, context: CliContext): void {
  program
    .command("sweep <base> <sweep>")
    .description("every coalition of up to 12 members in the trade model: gains of joining, transfers, stability")
    .option("--record <file>", "keep results there as they come; the same command takes them up again")
    .option("--workers <n>", "threads; as many as there are cores where left out")
    .option("--security <low..high>", "what being in is worth in security, as a fraction of income, such as 0..0.01")
    .option("--elasticities <id>", "of a named base: a set of trade elasticities (CP)")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      `
BASE: a base by name (world-2022, world-2011), or BASE.json in the layout of Caliendo and Parro (docs/economy.md).
SWEEP.json: { "members": [{ "id": "NLD", "costs": [{ "importer": "CHN", "exporter": "NLD", "sector": 14, "factor": 10 }] },
                          { "id": "Benelux", "countries": ["BEL", "LUX"], "tariffs": [...] }] }
Each member has the rows of a scenario that hold while it is in: what it does, and what is done to it for that.`,
    )
    .action((base: string, sweep: string, flags: SweepFlags) => runSweepCommand(base, sweep, flags, context));
}

async function runSweepCommand(base: string, sweep: string, flags: SweepFlags, context: CliContext): Promise<void> {
  const isFile = /\.json$|[/\\]/.test(base) || statSync(base, { throwIfNoEntry: false })?.isFile() === true;
  if (isFile && flags.elasticities !== undefined)
    throw usage(`elasticities cannot be chosen for \`${base}\``, "a file brings its own");
  const stop = new AbortController();
  const interrupted = () => stop.abort();
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  const { tell, end } = progressBar("coalitions");
  try {
    const result = await context.workbench().sweep({
      base: isFile ? readInput(base) : base,
      sweep: readInput(sweep),
      signal: stop.signal,
      tell,
      ...(flags.elasticities !== undefined && { elasticities: flags.elasticities }),
      ...(flags.record !== undefined && { record: flags.record }),
      ...(flags.workers !== undefined && { workers: workersOf(flags.workers) }),
      ...(flags.security !== undefined && { security: securityOf(flags.security) }),
    });
    end();
    if (result.dropped > 0) context.warn(`${result.dropped} spoilt lines of \`${flags.record}\` were solved anew`);
    if (result.status === "stopped") {
      const later = flags.record === undefined ? "nothing is kept (`--record FILE`)" : "the same command goes on";
      context.warn(`stopped at ${result.solved} of ${result.total} coalitions; ${later}`);
      return context.done(130);
    }
    if (flags.json) return context.out(JSON.stringify(result, null, 2));
    const { renderSweep } = await import("../report/economy/render-sweep.ts");
    context.out(renderSweep(result, context));
  } finally {
    end();
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
  }
}

function workersOf(text: string): number {
  const n = /^\d+$/.test(text) ? Number(text) : 0;
  if (n >= 1 && n <= MOST_WORKERS) return n;
  throw usage(`\`${text}\` for \`--workers\``, `a whole number from 1 to ${MOST_WORKERS}`);
}

function securityOf(text: string): { readonly low: number; readonly high: number } {
  const [low, high = low, ...rest] = text.split("..").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (rest.length === 0 && Number.isFinite(low) && Number.isFinite(high) && low! <= high!)
    return { low: low!, high: high! };
  throw usage(`\`${text}\` for \`--security\``, "a fraction of income or a range of them, such as 0..0.01");
}

function usage(message: string, hint: string): InputError {
  return new InputError([{ code: "bad-usage", message, hint }]);
}
