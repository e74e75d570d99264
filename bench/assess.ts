import { spawnSync } from "node:child_process";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { createWorkbench, DEFAULT_CASE } from "../src/workbench.ts";
import { type BenchTable, timed } from "./bench-table.ts";

const ROOT = join(import.meta.dirname, "..");
const PROCESS_RUNS = 7;
const CALL_RUNS = 30;

/** What the default assessment may take. */
const LIMITS = { processSeconds: 1, peakMegabytes: 250, callMilliseconds: 50 };

/** Tells the peak resident memory of a process on its third channel as it ends. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));',
)}`;

/** The default assessment: as a whole process, time and memory, and inside a running one. */
export async function run(): Promise<BenchTable> {
  const load = loadavg()[0] ?? 0;
  const whole = await timed(() => assessProcess([]), { runs: PROCESS_RUNS, warmup: 2 });
  const peaks = Array.from({ length: 3 }, () => assessProcess(["--import", TELL_PEAK]));
  const cold = await timed(() => createWorkbench(ROOT).assess(DEFAULT_CASE), { runs: 1, warmup: 0 });
  const workbench = createWorkbench(ROOT);
  const warm = await timed(() => workbench.assess(DEFAULT_CASE), { runs: CALL_RUNS, warmup: 5 });
  const peak = Math.max(...peaks) / 1024;
  return {
    name: "assess",
    columns: ["default assessment", "median", "worst", "limit", "unit", "median is"],
    rows: [
      row("whole process, time", [whole.median / 1000, whole.max / 1000], LIMITS.processSeconds, "s"),
      row("whole process, peak memory", [peak, peak], LIMITS.peakMegabytes, "MB"),
      row("running process, a further call", [warm.median, warm.max], LIMITS.callMilliseconds, "ms"),
      ["running process, first call", cold.median, cold.max, "-", "ms", "-"],
    ],
    notes: [
      `\`entente assess ${DEFAULT_CASE} --json\`: ${PROCESS_RUNS} processes after 2 untimed ones; memory is the largest of 3.`,
      `In a running process: ${CALL_RUNS} calls after 5 untimed ones; the first call reads rules and packs, and compiles.`,
      `Load average before the runs ${load.toFixed(1)} on ${availableParallelism()} cores: above the cores, times say little.`,
      "No peer answers this question; the limits stand beside.",
    ],
  };
}

function row(
  what: string,
  [median, worst]: readonly [number, number],
  limit: number,
  unit: string,
): (string | number)[] {
  return [what, median, worst, limit, unit, median <= limit ? "within" : "OVER"];
}

/** Runs the command once; answers the peak resident memory in KiB where the process tells it, else 0. */
function assessProcess(nodeOptions: readonly string[]): number {
  const { status, error, stderr, output } = spawnSync(
    process.execPath,
    [...nodeOptions, join(ROOT, "bin/entente.js"), "assess", DEFAULT_CASE, "--json"],
    { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"], maxBuffer: 1 << 28 },
  );
  if (error || status !== 0) throw new Error(`the assessment ended with ${status}: ${error?.message ?? stderr}`);
  return Number(output[3] ?? 0);
}
