import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type Equilibrium, solveEquilibrium } from "../src/economy/equilibrium.ts";
import { readBase } from "../src/economy/read-base.ts";
import { solveBase } from "../src/economy/solve.ts";
import type { Shock, TradeBase } from "../src/economy/trade-base.ts";
import { inventedTrade } from "../test/invented-trade.ts";
import { type BenchTable, timed } from "./bench-table.ts";

const PEER = join(import.meta.dirname, "peers/hat-algebra.py");
const COLUMNS = ["world", "shock", "ours ms", "NumPy ms", "NumPy/ours", "steps", "residual", "largest difference"];
/** Hats of both may differ by so much. */
const AGREE = 1e-8;
const AIM_MS = 60;

interface World {
  readonly id: string;
  readonly what: string;
  readonly shock: string;
  readonly base: TradeBase;
  readonly change: Shock;
  readonly runs: number;
}

interface PeerWorld {
  readonly id: string;
  readonly ms: number;
  readonly residual: number;
  readonly wage: readonly number[];
  readonly price: readonly number[];
}

/** Time to solve a scenario beside the same algorithm in NumPy, hats compared. */
export async function run(): Promise<BenchTable> {
  const load = loadavg()[0] ?? 0;
  const worlds = worldsToSolve();
  const peer = askPeer(worlds);
  const rows: (string | number)[][] = [];
  for (const w of worlds) {
    let found: Equilibrium | undefined;
    const { median } = await timed(
      () => {
        found = solveEquilibrium(w.base, w.change);
      },
      { runs: w.runs, warmup: 2 },
    );
    const { termination, residual, iterations, wage, price } = found!;
    if (termination !== "converged") throw new Error(`${w.what}: ${termination}`);
    const theirs = peer.worlds.get(w.id);
    const off = theirs ? Math.max(difference(wage, theirs.wage), difference(price, theirs.price)) : undefined;
    if (off !== undefined && off > AGREE) throw new Error(`${w.what}: hats differ from NumPy's by ${off}`);
    rows.push([
      w.what,
      w.shock,
      median,
      theirs?.ms ?? "missing",
      theirs ? theirs.ms / median : "-",
      iterations,
      residual.toExponential(1),
      off?.toExponential(1) ?? "-",
    ]);
  }
  return {
    name: "solve",
    columns: COLUMNS,
    rows,
    notes: [
      `Exact hat algebra to a trade imbalance of 1e-11 of value added, from the solved base; aim ${AIM_MS} ms at 31 x 40.`,
      peer.note,
      `Invented worlds have random shares, tariffs and elasticities (seeded)${process.env.ENTENTE_UPSTREAM ? "" : "; the base of 1993 is left out without ENTENTE_UPSTREAM"}.`,
      `Load average ${load.toFixed(1)} on ${availableParallelism()} cores.`,
    ],
  };
}

function worldsToSolve(): World[] {
  const upstream = process.env.ENTENTE_UPSTREAM;
  const published = upstream
    ? [["1993, 31 x 40", readCp1993(join(upstream, "economy/cp1993/base-no-deficits.json"))] as const]
    : [];
  const invented = [
    [31, 40],
    [81, 28],
    [160, 65],
  ].map(([countries, sectors]) => {
    const base = inventedTrade({ countries: countries!, sectors: sectors!, seed: 20_261_122 });
    return [`invented, ${countries} x ${sectors}`, base] as const;
  });
  return [...published, ...invented].flatMap(([what, given], i) => {
    const { base } = solveBase(given);
    const runs = base.countries.length > 100 ? 3 : 7;
    return [
      { id: `${i}t`, what, shock: "tariffs +10 points", base, change: tariffsUp(base), runs },
      { id: `${i}b`, what, shock: "two blocs, costs x 10", base, change: blocs(base), runs },
    ];
  });
}

function readCp1993(file: string): TradeBase {
  return readBase(JSON.parse(readFileSync(file, "utf8")), () => ({ file }));
}

/** The first half of the countries raise their tariffs against the others. */
function tariffsUp(base: TradeBase): Shock {
  const { costs, tariffs } = unchanged(base);
  eachFlow(base, (at, n, i, half) => {
    if (n < half && i >= half) tariffs[at]! += 0.1;
  });
  return { costs, tariffs };
}

function blocs(base: TradeBase): Shock {
  const { costs, tariffs } = unchanged(base);
  eachFlow(base, (at, n, i, half) => {
    if (n < half !== i < half) costs[at] = 10;
  });
  return { costs, tariffs };
}

function unchanged({ tariffs }: TradeBase): Shock {
  return { tariffs: tariffs.slice(), costs: new Float64Array(tariffs.length).fill(1) };
}

function eachFlow(base: TradeBase, visit: (at: number, n: number, i: number, half: number) => void): void {
  const N = base.countries.length;
  for (let at = 0; at < base.shares.length; at++) visit(at, Math.floor(at / N) % N, at % N, N >> 1);
}

function difference(ours: Float64Array, theirs: readonly number[]): number {
  return Math.max(...ours.map((x, at) => Math.abs(x / theirs[at]! - 1)));
}

function askPeer(worlds: readonly World[]): { readonly worlds: ReadonlyMap<string, PeerWorld>; readonly note: string } {
  const folder = mkdtempSync(join(tmpdir(), "entente-solve-"));
  try {
    for (const { id, base, change } of worlds) {
      const { theta, shares, valueAddedShare, inputs, finalShare, valueAdded, surplus } = base;
      const arrays = { theta, shares, valueAddedShare, inputs, finalShare, valueAdded, surplus, ...change };
      for (const [name, values] of Object.entries({ ...arrays, baseTariffs: base.tariffs }))
        writeFileSync(join(folder, `${id}.${name}`), values);
    }
    const specs = worlds.map(({ id, base, runs }) => ({ id, runs, n: base.countries.length, j: base.sectors.length }));
    writeFileSync(join(folder, "worlds.json"), JSON.stringify(specs));
    const asked = spawnSync("python3", [PEER, folder], { encoding: "utf8", maxBuffer: 1 << 28 });
    if (asked.error || asked.status !== 0) {
      const why = asked.error?.message ?? asked.stderr.trim().split("\n").at(-1);
      return { worlds: new Map(), note: `NumPy: missing (${why}).` };
    }
    const { numpy, results } = JSON.parse(asked.stdout) as { numpy: string; results: PeerWorld[] };
    return {
      worlds: new Map(results.map((r) => [r.id, r])),
      note: `NumPy ${numpy}: bench/peers/hat-algebra.py, the same algorithm, tolerances and acceleration on whole arrays; hats of wages and prices equal to ${AGREE}.`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
