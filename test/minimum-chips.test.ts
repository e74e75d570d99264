import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answerMinimum } from "../src/workbench/potential.ts";
import { createWorkbench } from "../src/workbench.ts";

const HOME = join(import.meta.dirname, "..");
const TARGET = "CHN";

/** Low bounds in tenths of a millionth, of the newest period of a class, read from the table without the project's readers. */
function newestShares(): Map<string, { readonly shares: Map<string, number>; readonly own: number }> {
  const rows = readFileSync(join(HOME, "packs/chips/shares.csv"), "utf8").trim().split("\n").slice(1);
  const cells = rows.map((line) => line.split(",")).filter((r) => /^[A-Z]{3}$|^various$/.test(r[1]!) && r[2] === "");
  const found = new Map<string, { shares: Map<string, number>; own: number }>();
  for (const id of new Set(cells.map((r) => r[0]!))) {
    const ofClass = cells.filter((r) => r[0] === id);
    const newest = ofClass
      .map((r) => r[6]!)
      .sort()
      .at(-1);
    const shares = new Map<string, number>();
    let own = 0;
    for (const [, state, , value, low, , period] of ofClass) {
      if (period !== newest || state === "various") continue;
      const share = Math.round(Number(value || low || 0) * 1e5);
      if (state === TARGET) own = share;
      else shares.set(state!, (shares.get(state!) ?? 0) + share);
    }
    found.set(id, { shares, own });
  }
  return found;
}

/** Every inclusion-minimal set of states that holds the threshold of the supply outside the target. */
function bruteForce({ shares, own }: { shares: ReadonlyMap<string, number>; own: number }, percent: number): string[] {
  const states = [...shares.keys()].filter((s) => shares.get(s)! > 0).sort();
  const goal = percent * (1e7 - own);
  const holds = (mask: number) =>
    100 * states.reduce((sum, s, i) => sum + ((mask >> i) & 1) * shares.get(s)!, 0) >= goal;
  const minimal: string[] = [];
  for (let mask = 1; mask < 2 ** states.length; mask++) {
    if (!holds(mask) || states.some((_, i) => (mask >> i) & 1 && holds(mask & ~(1 << i)))) continue;
    minimal.push(states.filter((_, i) => (mask >> i) & 1).join("+"));
  }
  return minimal.sort();
}

describe("minimal coalitions of the chips pack", () => {
  const workbench = createWorkbench(HOME);
  const base = { ...workbench.question("chip-tools-2023"), packs: ["chips"] };
  const shares = newestShares();
  const leaves = workbench.library.merged(["chips"])!.pack.classes.filter((c) => c.leaf && shares.has(c.id));

  it.each([0.8, 0.9, 0.95])("equal brute force on every class at %d", async (threshold) => {
    let coalitions = 0;
    for (const { id } of leaves) {
      const { minimum } = await answerMinimum({ base, classes: [id], threshold }, workbench.library);
      const certain = minimum.find((m) => m.bound === "certain")!;
      const expected = bruteForce(shares.get(id)!, Math.round(threshold * 100));
      expect([id, certain.status, certain.coalitions.map((c) => [...c].sort().join("+")).sort()]).toEqual([
        id,
        expected.length > 0 ? "proven" : "infeasible",
        expected,
      ]);
      coalitions += expected.length;
    }
    expect(leaves.length).toBeGreaterThan(80);
    expect(coalitions).toBeGreaterThan(60);
  });
});
