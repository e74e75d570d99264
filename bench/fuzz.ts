import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type FuzzOutcome, fuzzOnce } from "../test/fuzz-inputs.ts";
import type { BenchTable } from "./bench-table.ts";

const ITEMS = 100_000;
const BATCH = 50;
/** An item that takes longer counts as one that hangs. */
const HANG_SECONDS = 20;
const COLUMNS = ["outcome", "items", "per cent"];

/** What a batch of items came to; `last` is the item that was begun last. */
interface Report {
  readonly last: number;
  readonly outcomes: readonly FuzzOutcome[];
  readonly slowest: number;
}

/** Mutated rule files, cases, packs and transactions, as many as the whole campaign has: how each ends, and what is a defect. */
export async function run(): Promise<BenchTable> {
  const exits = new Map<string, number>();
  const defects: string[] = [];
  let slowest = 0;
  const count = (name: string) => exits.set(name, (exits.get(name) ?? 0) + 1);
  const start = performance.now();
  for (let next = 0; next < ITEMS; ) {
    const { done, hung } = await runFrom(next, ({ last, outcomes, slowest: took }) => {
      slowest = Math.max(slowest, took);
      for (const [i, outcome] of outcomes.entries()) {
        count(`exit ${outcome.exit}`);
        if (outcome.exit === 3) {
          const item = last - outcomes.length + 1 + i;
          defects.push(`item ${item}, ${outcome.file.path}: ${outcome.why.split("\n")[0]}`);
        }
      }
    });
    next = done;
    if (!hung) continue;
    defects.push(`items ${next} to ${next + BATCH - 1}: one of them takes more than ${HANG_SECONDS} s`);
    count("hang");
    next += BATCH;
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    name: "fuzz",
    columns: COLUMNS,
    rows: [...exits].sort().map(([name, n]) => [name, n, (100 * n) / ITEMS]),
    notes: [
      "Exit 0: an answer; 1: an expectation of a case fails; 2: refused, each problem with file and line; 3 and hangs are defects.",
      `Items 0 to ${ITEMS - 1}, a fifth each: rule files, cases of rules, packs, whole questions, and transactions (CSV, JSONL, JSON, YAML); one to four mutations in one file.`,
      `${seconds.toFixed(0)} s, the slowest item ${slowest.toFixed(0)} ms; ${defects.length === 0 ? "no defect" : `${defects.length} defects:`}`,
      ...defects.slice(0, 20),
    ],
  };
}

/** Works on the items from `from` in a thread that is ended where a batch takes too long. */
function runFrom(from: number, take: (report: Report) => void): Promise<{ done: number; hung: boolean }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { from, until: ITEMS } });
    let done = from;
    const end = (hung: boolean) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      void worker.terminate().then(() => resolve({ done, hung }));
    };
    const timer = setTimeout(() => end(true), HANG_SECONDS * 1000);
    worker.on("message", (report: Report) => {
      take(report);
      done = report.last + 1;
      timer.refresh();
      if (done >= ITEMS) end(false);
    });
    worker.on("error", reject);
  });
}

async function work({ from, until }: { readonly from: number; readonly until: number }): Promise<void> {
  for (let next = from; next < until; next += BATCH) {
    const outcomes: FuzzOutcome[] = [];
    let slowest = 0;
    for (let i = next; i < Math.min(until, next + BATCH); i++) {
      const start = performance.now();
      outcomes.push(await fuzzOnce(i));
      slowest = Math.max(slowest, performance.now() - start);
    }
    parentPort!.postMessage({ last: next + outcomes.length - 1, outcomes, slowest } satisfies Report);
  }
}

if (!isMainThread) await work(workerData as { from: number; until: number });
