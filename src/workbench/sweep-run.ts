import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { SolvedBase } from "../economy/solve.ts";
import type { CoalitionOutcome, SweepMember } from "../economy/sweep.ts";
import type { SweepRecord } from "./sweep-record.ts";

/** What every worker is given. */
export interface SweepTask {
  readonly base: SolvedBase;
  readonly members: readonly SweepMember[];
}

/** How to run a sweep; none of it changes the answer. */
export interface SweepRunOptions {
  /** Threads; as many as the machine has cores where left out. */
  readonly workers?: number;
  /** Ends the run between two coalitions; what is solved is kept. */
  readonly signal?: AbortSignal;
  readonly tell?: (done: number, total: number) => void;
}

/** Coalitions asked of a worker ahead of its answers, so that it never waits for the main thread. */
const AHEAD = 2;

/**
 * Solves every coalition that the record does not hold, on all cores, and gives them in the order of their numbers; where it was
 * stopped, those that were solved. A fault in a worker ends the run with it; what is in the record stays.
 */
export async function runSweep(
  task: SweepTask,
  record: SweepRecord,
  options: SweepRunOptions = {},
): Promise<CoalitionOutcome[]> {
  const total = 1 << task.members.length;
  const outcomes = new Map(record.known);
  const open = Array.from({ length: total }, (_, c) => c).filter((c) => !outcomes.has(c));
  const { signal, tell, workers = availableParallelism() } = options;
  tell?.(outcomes.size, total);
  if (open.length > 0 && !signal?.aborted) {
    await solveAll(task, open, { workers: Math.min(workers, open.length), ...(signal && { signal }) }, (outcome) => {
      outcomes.set(outcome.coalition, outcome);
      record.add(outcome);
      tell?.(outcomes.size, total);
    });
  }
  return [...outcomes.values()].sort((a, b) => a.coalition - b.coalition);
}

function solveAll(
  task: SweepTask,
  open: readonly number[],
  { workers, signal }: { readonly workers: number; readonly signal?: AbortSignal },
  take: (outcome: CoalitionOutcome) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = 0;
    let missing = open.length;
    let isOver = false;
    const threads = Array.from(
      { length: workers },
      () => new Worker(new URL("./sweep-worker.ts", import.meta.url), { workerData: task }),
    );
    const end = (error?: Error) => {
      if (isOver) return;
      isOver = true;
      signal?.removeEventListener("abort", stop);
      void Promise.all(threads.map((t) => t.terminate())).then(() => (error ? reject(error) : resolve()));
    };
    const stop = () => end();
    signal?.addEventListener("abort", stop);
    for (const thread of threads) {
      const ask = () => asked < open.length && thread.postMessage(open[asked++]);
      thread.on("message", (outcome: CoalitionOutcome) => {
        if (isOver) return;
        ask();
        missing -= 1;
        try {
          take(outcome);
        } catch (error) {
          end(error as Error);
          return;
        }
        if (missing === 0) end();
      });
      thread.on("error", end);
      thread.on("exit", (code) => end(new Error(`a worker of the sweep ended with ${code}`)));
    }
    for (let ahead = 0; ahead < AHEAD; ahead++)
      for (const thread of threads) if (asked < open.length) thread.postMessage(open[asked++]);
  });
}
