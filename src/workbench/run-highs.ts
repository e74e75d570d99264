import { Worker } from "node:worker_threads";
import type { SolveProgramme } from "../coalition/weighted-coalition.ts";

/** What the worker is asked, and what it answers; `id` tells the questions apart. */
export interface ProgrammeQuestion {
  readonly id: number;
  /** In LP format. */
  readonly programme: string;
  readonly columns: readonly string[];
  readonly seconds: number;
}

export interface ProgrammeAnswer {
  readonly id: number;
  readonly status: "optimal" | "infeasible" | "limit";
  readonly values: readonly number[];
}

/** A solver in a thread of its own, to be closed; each programme gets at most `seconds`. */
export function startHighs(seconds: number): { readonly solve: SolveProgramme; readonly close: () => Promise<void> } {
  const worker = new Worker(new URL("./highs-worker.ts", import.meta.url));
  const waiting = new Map<number, { resolve: (a: ProgrammeAnswer) => void; reject: (e: Error) => void }>();
  worker.on("message", (answer: ProgrammeAnswer) => {
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  });
  worker.on("error", (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  let asked = 0;
  return {
    solve: (programme, columns) =>
      new Promise((resolve, reject) => {
        const id = asked++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, programme, columns, seconds } satisfies ProgrammeQuestion);
      }),
    close: async () => void (await worker.terminate()),
  };
}
