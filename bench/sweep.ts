import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { readBase } from "../src/economy/read-base.ts";
import { type SolvedBase, solveBase } from "../src/economy/solve.ts";
import { type CoalitionOutcome, type SweepMember, sweepMember } from "../src/economy/sweep.ts";
import { noShock, type TradeBase } from "../src/economy/trade-base.ts";
import { openSweepRecord } from "../src/workbench/sweep-record.ts";
import { runSweep } from "../src/workbench/sweep-run.ts";
import { inventedTrade } from "../test/invented-trade.ts";
import type { BenchTable } from "./bench-table.ts";

const COLUMNS = [
  "world",
  "members",
  "coalitions",
  "workers",
  "seconds",
  "ms a coalition",
  "speed-up",
  "steps",
  "same bytes",
];
const FEW = 7;
const MOST = 12;

/** Time of a sweep by the number of workers, and of all 4,096 coalitions of 12 members on all cores. */
export async function run(): Promise<BenchTable> {
  const load = loadavg()[0] ?? 0;
  const cores = availableParallelism();
  const rows: (string | number)[][] = [];
  for (const [w, [what, base]] of worlds().entries()) {
    let alone: Measured | undefined;
    for (const workers of workerCounts(cores)) {
      const found = await measure(base, FEW, workers);
      alone ??= found;
      if (found.bytes !== alone.bytes) throw new Error(`${what}: ${workers} workers give other results than one`);
      rows.push([what, FEW, 1 << FEW, workers, ...figures(found), alone.seconds / found.seconds, found.steps, "yes"]);
    }
    if (w > 0) continue;
    const all = await measure(base, MOST, cores);
    rows.push([what, MOST, 1 << MOST, cores, ...figures(all), "", all.steps, ""]);
  }
  return {
    name: "sweep",
    columns: COLUMNS,
    rows,
    notes: [
      "Each member stops a third of the sectors of its trade with one target, both ways, at ten times the cost; solved from the base to 1e-11.",
      "Seconds with the start of the workers; ms a coalition is wall-clock time. Steps: evaluations of the world in the median coalition.",
      "Same bytes: the outcomes are those of one worker, bit by bit.",
      process.env.ENTENTE_UPSTREAM
        ? "1993: the base of Caliendo and Parro."
        : "The base of 1993 is left out without ENTENTE_UPSTREAM.",
      `Load average ${load.toFixed(1)} on ${cores} cores.`,
    ],
  };
}

function worlds(): (readonly [string, SolvedBase])[] {
  const upstream = process.env.ENTENTE_UPSTREAM;
  const invented = inventedTrade({ countries: 31, sectors: 40, seed: 20_261_122 });
  const given: (readonly [string, TradeBase])[] = [["invented, 31 x 40", invented]];
  if (upstream) {
    const file = join(upstream, "economy/cp1993/base-no-deficits.json");
    given.unshift(["1993, 31 x 40", readBase(JSON.parse(readFileSync(file, "utf8")), () => ({ file }))]);
  }
  return given.map(([what, base]) => [what, solveBase(base)]);
}

/** 1, 2, 4 and so on, and all cores. */
function workerCounts(cores: number): number[] {
  const counts = [];
  for (let n = 1; n < cores; n *= 2) counts.push(n);
  return [...counts, cores];
}

interface Measured {
  readonly seconds: number;
  readonly coalitions: number;
  readonly steps: number;
  readonly bytes: string;
}

async function measure(base: SolvedBase, count: number, workers: number): Promise<Measured> {
  const members = membersOf(base.base, count);
  const start = performance.now();
  const outcomes = await runSweep({ base, members }, openSweepRecord(undefined, ""), { workers });
  const seconds = (performance.now() - start) / 1000;
  const failed = outcomes.find((o) => o.termination !== "converged");
  if (failed) throw new Error(`coalition ${failed.coalition}: ${failed.termination}`);
  return { seconds, coalitions: outcomes.length, steps: medianSteps(outcomes), bytes: hash(outcomes) };
}

function figures({ seconds, coalitions }: Measured): [number, number] {
  return [seconds, (1000 * seconds) / coalitions];
}

/** Countries from the first on, against the seventh: the People's Republic in the base of 1993. */
function membersOf({ countries, sectors, ...base }: TradeBase, count: number): SweepMember[] {
  const N = countries.length;
  const target = 6;
  const others = countries.flatMap((_, n) => (n === target ? [] : [n])).slice(0, count);
  return others.map((n) => {
    const shock = noShock({ countries, sectors, ...base });
    for (let j = n % 3; j < sectors.length; j += 3)
      for (const [to, from] of [
        [target, n],
        [n, target],
      ] as const)
        shock.costs[(j * N + to) * N + from] = 10;
    return sweepMember({ id: countries[n]!, countries: [n] }, { countries, sectors, ...base }, shock);
  });
}

function medianSteps(outcomes: readonly CoalitionOutcome[]): number {
  const steps = outcomes.map((o) => o.iterations).sort((a, b) => a - b);
  return steps[steps.length >> 1]!;
}

function hash(outcomes: readonly CoalitionOutcome[]): string {
  return createHash("sha256").update(JSON.stringify(outcomes)).digest("hex");
}
