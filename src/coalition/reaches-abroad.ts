import type { CellEngine } from "../closure/cell-engine.ts";
import type { State } from "../domain/states.ts";

/** Whether the law of `state` may reach goods of any other of `suppliers`: then its joining changes more than its own cells. */
export function reachesAbroad(
  engine: CellEngine,
  state: State,
  probe: string,
  suppliers: readonly (State | "various")[],
): boolean {
  return suppliers.some((s) => s !== "various" && s !== state && engine.openRules(state, s, probe).length > 0);
}
