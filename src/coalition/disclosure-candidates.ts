import type { CellEngine } from "../closure/cell-engine.ts";
import { type ClassContext, wholeCell } from "../closure/class-context.ts";
import type { State } from "../domain/states.ts";

/** Why a state cannot be an undisclosed member, as everybody can see. */
export type RemovalReason = "disclosed" | "target" | "ruled-out" | "law-shows" | "law-contradicts";

export interface Removal {
  readonly state: State;
  readonly why: RemovalReason;
  /** Rules that show it. */
  readonly rules: readonly string[];
}

/** What it means to be an undisclosed member on the day: a promise, or law that is in force. */
export type Meaning = "pledged" | "in-force";

export interface CandidateQuestion {
  readonly states: readonly State[];
  readonly disclosed: readonly State[];
  readonly target: State;
  /** States that public statements rule out. */
  readonly ruledOut: readonly State[];
  readonly means: Meaning;
  /** Leaf classes of the case. */
  readonly classes: readonly ClassContext[];
  readonly probe: string;
  /** The law of one state alone, with its Union's. */
  readonly lawOf: (state: State) => CellEngine;
}

export interface Candidates {
  /** The circle, in the order of codes. */
  readonly candidates: readonly State[];
  readonly removed: readonly Removal[];
}

/** The states that may be undisclosed members as far as the public can tell, and why the others are not. */
export function sieveCandidates(q: CandidateQuestion): Candidates {
  const candidates: State[] = [];
  const removed: Removal[] = [];
  for (const state of [...new Set(q.states)].sort()) {
    const reason = removalOf(q, state);
    if (reason) removed.push({ state, ...reason });
    else candidates.push(state);
  }
  return { candidates, removed };
}

function removalOf(q: CandidateQuestion, state: State): Omit<Removal, "state"> | undefined {
  if (q.disclosed.includes(state)) return { why: "disclosed", rules: [] };
  if (state === q.target) return { why: "target", rules: [] };
  if (q.ruledOut.includes(state)) return { why: "ruled-out", rules: [] };
  const engine = q.lawOf(state);
  const cells = q.classes
    .filter((ctx) => ctx.shares.suppliers.some((s) => s.supplier === state))
    .map((ctx) => wholeCell(ctx, engine, state, q.probe));
  // What it closes for certain, by law or by refused licences, is what members are seen to do.
  const shown = cells.filter((cell) => cell.low >= 2);
  if (shown.length > 0) {
    const rules = shown.flatMap((cell) =>
      cell.findings.filter((f) => f.finding.atLeast > 0).map((f) => f.finding.rule),
    );
    return { why: "law-shows", rules: [...new Set(rules)].sort() };
  }
  const open = cells.length > 0 && cells.every((cell) => cell.high === 0);
  return q.means === "in-force" && open ? { why: "law-contradicts", rules: [] } : undefined;
}
