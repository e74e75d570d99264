import { relative } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import type { IsoDate } from "../domain/dates.ts";
import { InputError } from "../domain/errors.ts";
import type { Verdict } from "../domain/verdicts.ts";
import type { TransactionResult } from "../law/check-result.ts";
import type { CheckTally } from "../report/check/render-check.ts";
import type { RunningCheck } from "../workbench/check-file.ts";
import { type CliContext, listOf } from "./context.ts";
import { fileSource } from "./file-source.ts";
import { progressBar } from "./progress.ts";
import { fileSink, stdoutSink, type TextSink } from "./text-sink.ts";

interface CheckFlags {
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly regimes?: string;
  readonly json?: boolean;
  readonly out?: string;
}

/** So many transactions get a page each; more are counted. */
const PAGES = 10;

/** `entente check FILE`: what export-control law says of transactions or of a whole catalogue. */
export function addCheck(program: Command, context: CliContext): void {
  program
    .command("check <file>")
    .description("what the law says of a transaction or a catalogue (YAML, JSON, JSONL, CSV)")
    .option("--as-of <date>", "the day that is asked about; else each transaction's own")
    .option("--regimes <states>", "whose law is asked, such as USA,NLD,EUU; else all that a transaction concerns")
    .option("--known-on <date>", "only law that could be known by that day counts")
    .option("--json", "print one JSON document")
    .option("--out <file>", "write a result for each transaction (.csv, .jsonl or .json) and print the counts")
    .action((file: string, flags: CheckFlags) => runCheck(file, flags, context));
}

async function runCheck(file: string, flags: CheckFlags, context: CliContext): Promise<void> {
  const format = flags.out === undefined ? undefined : outFormat(flags.out);
  const source = fileSource(file);
  const reading = progressBar("reading ");
  const options = {
    ...(flags.asOf !== undefined && { asOf: flags.asOf }),
    ...(flags.knownOn !== undefined && { knownOn: flags.knownOn }),
    ...(flags.regimes !== undefined && { regimes: listOf(flags.regimes) }),
  };
  const running = await context.workbench().checkStream(source, options, reading.tell).finally(reading.end);
  const tally = startTally();
  // Four fifths of the memory would be answers that nobody reads any more: collect them sooner.
  if (running.count > LONG) setFlagsFromString("--optimize-for-size");
  if (flags.out !== undefined) await writeResults(running, await ROWS[format!](), fileSink(flags.out), tally.add);
  else if (flags.json) return writeResults(running, await ROWS.json(), stdoutSink(), () => {});
  else await drain(running, tally.add);
  await printPage(running, tally, flags, context);
}

/** From so many transactions on memory counts more than the last third of speed. */
const LONG = 10_000;

type OutFormat = "csv" | "jsonl" | "json";

function outFormat(file: string): OutFormat {
  const ending = /\.(csv|jsonl|json)$/.exec(file)?.[1];
  if (ending !== undefined) return ending as OutFormat;
  const hint = "end its name in .csv, .jsonl or .json";
  throw new InputError([{ code: "bad-usage", message: `\`${file}\` does not say how to write it`, hint }]);
}

interface RowFormat {
  readonly head: string;
  readonly row: (r: TransactionResult, index: number) => string;
  readonly end: (running: RunningCheck) => string;
}

const ROWS: Readonly<Record<OutFormat, () => Promise<RowFormat>>> = {
  csv: async () => {
    const { RESULTS_HEAD, resultRow } = await import("../report/check/render-check-rows.ts");
    return { head: RESULTS_HEAD, row: resultRow, end: () => "" };
  },
  jsonl: async () => {
    const { resultJson } = await import("../report/check/render-check-rows.ts");
    return { head: "", row: (r) => `${resultJson(r)}\n`, end: () => "" };
  },
  json: async () => {
    const { DOCUMENT_HEAD, documentEnd, resultJson } = await import("../report/check/render-check-rows.ts");
    return {
      head: DOCUMENT_HEAD,
      row: (r, i) => `${i === 0 ? "" : ","}\n${resultJson(r)}`,
      end: (running) => documentEnd(running.digest, running.notModelled),
    };
  },
};

async function writeResults(
  running: RunningCheck,
  format: RowFormat,
  sink: TextSink,
  tell: (r: TransactionResult) => void,
): Promise<void> {
  const progress = progressBar("checking");
  let index = 0;
  try {
    await sink.write(format.head);
    for await (const batch of running.results()) {
      for (const r of batch) tell(r);
      await sink.write(batch.map((r) => format.row(r, index++)).join(""));
      progress.tell(index, running.count);
    }
    await sink.write(format.end(running));
    await sink.close();
  } catch (error) {
    sink.abandon();
    throw error;
  } finally {
    progress.end();
  }
}

async function drain(running: RunningCheck, tell: (r: TransactionResult) => void): Promise<void> {
  const progress = progressBar("checking");
  let done = 0;
  try {
    for await (const batch of running.results()) {
      for (const r of batch) tell(r);
      done += batch.length;
      progress.tell(done, running.count);
    }
  } finally {
    progress.end();
  }
}

interface Tally {
  readonly add: (r: TransactionResult) => void;
  /** The first results, for pages. */
  readonly first: readonly TransactionResult[];
  readonly counts: () => CheckTally | undefined;
}

function startTally(): Tally {
  const none = (): Record<Verdict, number> => ({
    prohibited: 0,
    "licence-required": 0,
    undetermined: 0,
    "no-licence": 0,
    "not-subject": 0,
  });
  const first: TransactionResult[] = [];
  const overall = none();
  const byRegime: Record<string, Record<Verdict, number>> = {};
  let total = 0;
  let days: [IsoDate, IsoDate] | undefined;
  return {
    first,
    add: (r) => {
      total++;
      overall[r.verdict]++;
      for (const { regime, verdict } of r.regimes) {
        byRegime[regime] ??= none();
        byRegime[regime][verdict]++;
      }
      if (first.length < PAGES) first.push(r);
      days = [days && days[0] < r.asOf ? days[0] : r.asOf, days && days[1] > r.asOf ? days[1] : r.asOf];
    },
    counts: () => days && { total, overall, byRegime, days },
  };
}

async function printPage(running: RunningCheck, tally: Tally, flags: CheckFlags, context: CliContext): Promise<void> {
  const { renderCheckEnd, renderTally, renderTransaction } = await import("../report/check/render-check.ts");
  const counts = tally.counts();
  if (!counts) return context.out("no transactions");
  const few = flags.out === undefined && counts.total <= PAGES;
  if (few) for (const r of tally.first) context.out(`${renderTransaction(r, context)}\n`);
  if (!few || counts.total > 1) context.out(`${renderTally(counts, context)}\n`);
  if (flags.out !== undefined) context.out(`results: ${relative(process.cwd(), flags.out)}`);
  else if (!few) context.out("one by one: --out FILE.csv, or `entente explain FILE ID`");
  context.out(renderCheckEnd(running.digest, running.notModelled, context));
}
