import type { CoverInstance } from "../cover-instances.ts";
import { processorTime } from "../processor-time.ts";

/**
 * Three ways to put a cover instance to HiGHS; x a state joins, y an input reaches its goal, minimise the sum of x.
 * `sum`: the shares of an input add up to at least goal times y. `cut`: the same, no share counted above the goal.
 * `sets`: for every minimal set of suppliers without whom the goal is out of reach, one of them joins if y; where an input has
 * more than 300 such sets, its row of `cut`. In all three at least so many y are 1, and x and y are binary.
 */
export const FORMULATIONS = ["sum", "cut", "sets"] as const;
export type Formulation = (typeof FORMULATIONS)[number];

export interface HighsAnswer {
  /** Milliseconds of processor time in the solver; reading the model is not counted. */
  readonly ms: number;
  readonly proven: boolean;
  readonly size: number;
  readonly bound: number;
}

export type Highs = (programme: string, seconds: number) => Promise<HighsAnswer>;

/** HiGHS as it comes, or null where the package is not installed. */
export async function loadHighs(): Promise<Highs | null> {
  const module = await import("highs").catch((e: NodeJS.ErrnoException) => {
    if (e.code === "ERR_MODULE_NOT_FOUND") return null;
    throw e;
  });
  if (!module) return null;
  // The package's types describe its CommonJS build, whose loader is one level deeper.
  const load = module.default as unknown as (typeof module.default)["default"];
  const highs = await load();
  return async (programme, seconds) => {
    const model = highs.createModel({ format: "lp", data: programme });
    try {
      model.options.set({ output_flag: false, time_limit: seconds });
      const ms = await processorTime(() => model.run(), 1);
      const info = (name: string) => Number(model.info.get(name));
      return {
        ms,
        proven: model.getModelStatus() === highs.constants.modelStatus.optimal,
        size: Math.round(info("objective_function_value")),
        bound: Math.ceil(info("mip_dual_bound") - 1e-6),
      };
    } finally {
      model.dispose();
    }
  };
}

/** The integer programme in LP format. Binaries get no bounds: HiGHS would then read them as continuous. */
export function programmeOf({ permille, goals, need }: CoverInstance, formulation: Formulation): string {
  const x = permille[0]!.map((_, s) => `x${s}`);
  const y = permille.map((_, c) => `y${c}`);
  const rows = permille.flatMap((row, c) => {
    const goal = goals[c]!;
    const sets = formulation === "sets" ? blockingSets(row, goal) : null;
    if (sets) return sets.map((set) => `${set.map((s) => x[s]).join(" + ")} - ${y[c]} >= 0`);
    const counted = formulation === "sum" ? row : row.map((share) => Math.min(share, goal));
    const terms = counted.flatMap((share, s) => (share > 0 ? [`${share} ${x[s]}`] : []));
    return [`${terms.join(" + ")} - ${goal} ${y[c]} >= 0`];
  });
  rows.push(`${y.join(" + ")} >= ${need}`);
  const lines = rows.map((row, i) => ` r${i}: ${row}`).join("\n");
  return `Minimize\n size: ${x.join(" + ")}\nSubject To\n${lines}\nBinary\n ${x.join(" ")} ${y.join(" ")}\nEnd\n`;
}

const MOST_SETS = 300;

/** The minimal sets of suppliers whose absence leaves less than the goal; null where there are too many. */
function blockingSets(row: readonly number[], goal: number): number[][] | null {
  const suppliers = [...row.keys()].filter((s) => row[s]! > 0).sort((a, b) => row[b]! - row[a]!);
  const spare = row.reduce((a, b) => a + b) - goal;
  const sets: number[][] = [];
  const members: number[] = [];
  const extend = (from: number, sum: number): boolean => {
    for (let i = from; i < suppliers.length; i++) {
      members.push(suppliers[i]!);
      const held = sum + row[suppliers[i]!]!;
      // Largest first, so without its last member the set is at most the spare: it is minimal.
      const within = held > spare ? sets.push([...members]) <= MOST_SETS : extend(i + 1, held);
      members.pop();
      if (!within) return false;
    }
    return true;
  };
  return extend(0, 0) ? sets : null;
}
