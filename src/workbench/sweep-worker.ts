// Solves coalitions beside the main thread, each from the base alone.
import { parentPort, workerData } from "node:worker_threads";
import { solveCoalition } from "../economy/sweep.ts";
import type { SweepTask } from "./sweep-run.ts";

const { base, members } = workerData as SweepTask;

parentPort!.on("message", (coalition: number) => {
  parentPort!.postMessage(solveCoalition(base, members, coalition));
});
