import { type CoverProblem, everyClass } from "../src/coalition/cover-problem.ts";
import { minimalCoalitions } from "../src/coalition/minimal-coalitions.ts";
import { smallestCoalition } from "../src/coalition/smallest-coalition.ts";
import type { State } from "../src/domain/states.ts";
import { type BenchTable, printTable, timed } from "./bench-table.ts";

const SEED = 20311;
/** Skewed shares at a higher threshold need nearly every state, and then there is nothing to search. */
const THRESHOLDS = { skewed: 0.5, uniform: 0.8 } as const;
type Shares = keyof typeof THRESHOLDS;
const PEER_SECONDS = 20;
const NODES = 100_000;

const COLUMNS = ["question", "shares", "states", "classes", "result", "ours ms", "HiGHS ms", "HiGHS/ours"];

/** A random problem in whole numbers, so that both sides are given the same. */
interface Instance {
  readonly shares: Shares;
  /** By class, by state. */
  readonly permille: readonly (readonly number[])[];
  /** By class: per mille that must be reached. */
  readonly goals: readonly number[];
}

/** Solves one programme in LP format; null past its time. */
type Peer = (programme: string) => { readonly size: number; readonly members: readonly number[] } | null;

/** Ours beside HiGHS on random problems: one smallest coalition, and every minimal one. */
export async function run(): Promise<BenchTable> {
  const peer = await loadPeer();
  const rows: (string | number)[][] = [];
  for (const shares of ["skewed", "uniform"] as const) {
    for (const [states, classes] of [
      [12, 84],
      [20, 84],
      [30, 84],
      [40, 100],
      [60, 130],
    ] as const) {
      rows.push(await compareSmallest(randomInstance(shares, states, classes), peer));
    }
    for (const [states, classes] of [
      [12, 84],
      [18, 84],
      [14, 12],
    ] as const) {
      rows.push(await compareAll(randomInstance(shares, states, classes), peer));
    }
  }
  const notes = [
    `Random shares, seed ${SEED}; every class must reach ${THRESHOLDS.skewed} (skewed) or ${THRESHOLDS.uniform} (uniform) of its supply.`,
    "Median of 3 runs after a warm-up; HiGHS, and searches of more than a second, 1 run.",
    `smallest: one coalition of the fewest members. all minimal: HiGHS is asked again and again, each answer cut off, until none is left.`,
    peer
      ? `HiGHS: npm highs (WebAssembly), at most ${PEER_SECONDS} s a row.`
      : "HiGHS: missing (npm package highs is not installed).",
  ];
  return { name: "minimum", columns: COLUMNS, rows, notes };
}

/** Runs, prints the table, and returns its rows as objects. */
export async function benchMinimum(): Promise<Record<string, string | number>[]> {
  const table = await run();
  printTable(table);
  return table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i]!])));
}

async function compareSmallest(instance: Instance, peer: Peer | null) {
  const problem = problemOf(instance);
  const solve = () => smallestCoalition(problem, { nodes: NODES });
  const result = solve();
  const size = result.coalition?.length ?? 0;
  const first = await timed(solve, { runs: 1, warmup: 0 });
  const ours = first.median > 1000 ? first : await timed(solve, { runs: 3 });
  const theirs = await timePeer(peer, (ask) => {
    const answer = ask(programmeOf(instance, []));
    if (answer && result.status === "proven" && answer.size !== size)
      throw new Error(`HiGHS finds ${answer.size}, ours ${size}`);
    return answer !== null;
  });
  const outcome = result.status === "limit" ? `${size}, bound ${result.atLeast}` : `${size} members`;
  return rowOf("smallest", instance, { outcome, ours: ours.median, proven: result.status !== "limit", theirs });
}

async function compareAll(instance: Instance, peer: Peer | null) {
  const problem = problemOf(instance);
  const result = minimalCoalitions(problem);
  const ours = await timed(() => minimalCoalitions(problem), { runs: 3, warmup: 1 });
  const theirs = await timePeer(peer, (ask) => {
    const until = performance.now() + PEER_SECONDS * 1000;
    const found: (readonly number[])[] = [];
    for (let answer = ask(programmeOf(instance, found)); answer; answer = ask(programmeOf(instance, found))) {
      if (answer.size === 0) {
        if (result.complete && found.length !== result.coalitions.length) {
          throw new Error(`HiGHS finds ${found.length} minimal coalitions, ours ${result.coalitions.length}`);
        }
        return true;
      }
      found.push(answer.members);
      if (performance.now() > until) return false;
    }
    return false;
  });
  const outcome = `${result.coalitions.length} coalitions${result.complete ? "" : ", limit"}`;
  return rowOf("all minimal", instance, { outcome, ours: ours.median, proven: result.complete, theirs });
}

interface Outcome {
  readonly outcome: string;
  readonly ours: number;
  readonly proven: boolean;
  readonly theirs: number | "missing" | "past time";
}

function rowOf(question: string, { shares, permille }: Instance, { outcome, ours, proven, theirs }: Outcome) {
  const ratio = typeof theirs === "number" && proven ? theirs / ours : "-";
  return [question, shares, permille[0]!.length, permille.length, outcome, ours, theirs, ratio];
}

async function timePeer(peer: Peer | null, work: (peer: Peer) => boolean): Promise<Outcome["theirs"]> {
  if (!peer) return "missing";
  let finished = false;
  const { median } = await timed(() => (finished = work(peer)), { runs: 1, warmup: 0 });
  return finished ? median : "past time";
}

/** HiGHS as a peer, or null where the package is not installed. An infeasible programme answers size 0. */
async function loadPeer(): Promise<Peer | null> {
  const module = await import("highs").catch((e: NodeJS.ErrnoException) => {
    if (e.code === "ERR_MODULE_NOT_FOUND") return null;
    throw e;
  });
  if (!module) return null;
  // The package's types describe its CommonJS build, whose loader is one level deeper.
  const load = module.default as unknown as (typeof module.default)["default"];
  const highs = await load();
  return (programme) => {
    const { Status, ObjectiveValue, Columns } = highs.solve(programme, {
      output_flag: false,
      time_limit: PEER_SECONDS,
    });
    if (Status === "Infeasible") return { size: 0, members: [] };
    if (Status !== "Optimal") return null;
    const members = Object.entries(Columns).filter(([, column]) => "Primal" in column && column.Primal > 0.5);
    return { size: Math.round(ObjectiveValue), members: members.map(([name]) => Number(name.slice(1))) };
  };
}

/** The integer programme in LP format. Binaries get no bounds: HiGHS would then read them as continuous. */
function programmeOf({ permille, goals }: Instance, cutOff: readonly (readonly number[])[]): string {
  const names = permille[0]!.map((_, s) => `x${s}`);
  const closes = permille.map((row, c) => {
    const terms = row.flatMap((x, s) => (x > 0 ? [`${x} x${s}`] : []));
    return ` c${c}: ${terms.join(" + ")} >= ${goals[c]}`;
  });
  const cuts = cutOff.map((set, i) => ` f${i}: ${set.map((s) => `x${s}`).join(" + ")} <= ${set.length - 1}`);
  const rows = [...closes, ...cuts].join("\n");
  return `Minimize\n size: ${names.join(" + ")}\nSubject To\n${rows}\nBinary\n ${names.join(" ")}\nEnd\n`;
}

/** The same as shares, scaled so that every class has the one threshold. */
function problemOf({ shares, permille, goals }: Instance): CoverProblem {
  const states = permille[0]!.map((_, s) => `S${String(s).padStart(2, "0")}` as State);
  const threshold = THRESHOLDS[shares];
  return {
    states,
    classes: permille.map((row, c) => ({
      id: `c${c}`,
      shares: new Map(row.map((x, s) => [states[s]!, Math.min(1, (threshold * x) / goals[c]!)])),
    })),
    threshold,
    need: everyClass(permille.length),
  };
}

/** `uniform`: every state supplies every class. `skewed`: three in ten do, few of them much. */
function randomInstance(shares: Shares, states: number, classes: number): Instance {
  const random = mulberry32(SEED + states * 1000 + classes);
  const part = () => (shares === "uniform" ? random() : random() < 0.7 ? 0 : random() ** 4);
  const permille = Array.from({ length: classes }, () => {
    const parts: number[] = Array.from({ length: states }, part);
    if (!parts.some((x) => x > 0)) parts[0] = 1;
    const whole = parts.reduce((a, b) => a + b);
    return parts.map((x) => Math.round((1000 * x) / whole));
  });
  const goals = permille.map((row) => Math.ceil(THRESHOLDS[shares] * row.reduce((a, b) => a + b)));
  return { shares, permille, goals };
}

/** A small generator of reproducible numbers in [0, 1) (T. Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
