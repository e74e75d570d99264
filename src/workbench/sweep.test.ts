import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inventedTrade } from "../../test/invented-trade.ts";
import { solveBase, solveScenario } from "../economy/solve.ts";
import { coalitionShock, type SweepMember, solveCoalition, sweepMember, welfareTable } from "../economy/sweep.ts";
import { noShock, type TradeBase } from "../economy/trade-base.ts";
import { openSweepRecord } from "./sweep-record.ts";
import { runSweep, type SweepRunOptions } from "./sweep-run.ts";

const folder = mkdtempSync(join(tmpdir(), "entente-sweep-"));
afterAll(() => rmSync(folder, { recursive: true }));

const base = solveBase(inventedTrade({ countries: 6, sectors: 4, seed: 7 }));
const TARGET = 5;

/** Each of the first four countries stops buying from the target and selling to it; the target taxes what it sells. */
const members = [0, 1, 2, 3].map((n) => {
  const shock = noShock(base.base);
  const tariffs = shock.tariffs.slice();
  for (const j of [0, 1, 2, 3]) {
    shock.costs[at(j, n, TARGET)] = 2 + n;
    shock.costs[at(j, TARGET, n)] = 3;
    tariffs[at(j, TARGET, n)] = 0.5;
  }
  return sweepMember({ id: `C${n + 1}`, countries: [n] }, base.base, { costs: shock.costs, tariffs });
});
const task = { base, members };

function at(j: number, n: number, i: number): number {
  return (j * 6 + n) * 6 + i;
}

async function sweepInto(name: string, options: SweepRunOptions) {
  const file = join(folder, name);
  const record = openSweepRecord(file, "problem");
  try {
    const outcomes = await runSweep(task, record, options);
    return { outcomes, file, resumed: record.known.size, dropped: record.dropped };
  } finally {
    record.close();
  }
}

describe("a sweep of coalitions", () => {
  it("solves every coalition as if it were alone", async () => {
    const { outcomes } = await sweepInto("one", { workers: 1 });
    expect(outcomes.map((o) => o.coalition)).toEqual(Array.from({ length: 16 }, (_, c) => c));
    for (const outcome of outcomes) {
      expect(outcome.termination).toBe("converged");
      expect(outcome).toEqual(solveCoalition(base, members, outcome.coalition));
    }
    const alone = solveScenario(base, coalitionShock(base.base, members, 0b0101)).countries.map((c) => c.welfareExact);
    expect(outcomes[0b0101]!.welfare).toEqual(alone);
    // Nobody does anything in the coalition of none; the target is worse off where all are in than where one is.
    for (const hat of outcomes[0]!.welfare) expect(Math.abs(hat - 1)).toBeLessThan(1e-10);
    expect(outcomes[15]!.welfare[TARGET]!).toBeLessThan(outcomes[1]!.welfare[TARGET]!);
  });

  it("gives the same bytes for one worker, two and three", async () => {
    const files = [];
    for (const workers of [1, 2, 3]) files.push((await sweepInto(`by-${workers}`, { workers })).file);
    const [one, two, three] = files.map((f) => readFileSync(f, "utf8"));
    expect(two).toBe(one);
    expect(three).toBe(one);
    expect(one!.split("\n").length).toBe(18);
  });

  it("is taken up again where it was stopped, with the same bytes", async () => {
    const whole = readFileSync((await sweepInto("whole", { workers: 2 })).file, "utf8");
    const stop = new AbortController();
    const first = await sweepInto("parts", {
      workers: 2,
      signal: stop.signal,
      tell: (done) => done >= 5 && stop.abort(),
    });
    expect(first.outcomes.length).toBe(5);
    for (const line of readFileSync(first.file, "utf8").split("\n")) expect(whole.split("\n")).toContain(line);
    const second = await sweepInto("parts", { workers: 3 });
    expect(second.resumed).toBe(5);
    expect(second.dropped).toBe(0);
    expect(second.outcomes.length).toBe(16);
    expect(readFileSync(second.file, "utf8")).toBe(whole);
  });

  it("keeps what came before its turn when it is stopped", async () => {
    const whole = readFileSync((await sweepInto("turns", { workers: 1 })).file, "utf8");
    const file = join(folder, "early");
    const first = openSweepRecord(file, "problem");
    for (const coalition of [3, 0, 2]) first.add(solveCoalition(base, members, coalition));
    first.close();
    const again = await sweepInto("early", { workers: 1 });
    expect(again.resumed).toBe(3);
    expect(readFileSync(file, "utf8")).toBe(whole);
  });

  it("solves anew what was cut off or changed in the file", async () => {
    const { file } = await sweepInto("spoilt", { workers: 2 });
    const whole = readFileSync(file, "utf8");
    const lines = whole.split("\n");
    const spoilt = lines.map((line, i) => (i === 4 ? line.replace(/"residual":[^,]*/, '"residual":0') : line));
    for (const [text, dropped] of [
      [spoilt.join("\n"), 1],
      [whole.slice(0, -40), 1],
      [whole.slice(0, 20), 0],
      ["", 0],
      [[...lines.slice(0, 3), lines[9], ...lines.slice(3)].join("\n"), 0],
    ] as const) {
      writeFileSync(file, text);
      const again = await sweepInto("spoilt", { workers: 1 });
      expect(again.dropped).toBe(dropped);
      expect(again.outcomes.length).toBe(16);
      expect(readFileSync(file, "utf8")).toBe(whole);
    }
  });

  it("refuses the record of another sweep and leaves it as it is", () => {
    const file = join(folder, "other");
    openSweepRecord(file, "one").close();
    const before = readFileSync(file, "utf8");
    expect(() => openSweepRecord(file, "two")).toThrow(/no record of this sweep/);
    expect(readFileSync(file, "utf8")).toBe(before);
  });
});

describe("the welfare of coalitions", () => {
  it("is income times the hat less one, over all countries of a member, and null without an equilibrium", () => {
    const outcome = (coalition: number, welfare: readonly number[]) =>
      ({
        coalition,
        termination: welfare.length > 0 ? "converged" : "diverged",
        residual: 0,
        iterations: 1,
        welfare,
      }) as const;
    const table = welfareTable(
      [
        { id: "A", countries: [0, 2] },
        { id: "B", countries: [1] },
      ],
      [100, 10, 50],
      [outcome(0, [1, 1, 1]), outcome(1, [0.5, 1.5, 1.25]), outcome(3, [])],
    );
    expect(table).toEqual({ members: ["A", "B"], change: [[0, 0], [-37.5, 5], null, null] });
  });
});

describe("the shock of a coalition", () => {
  const world: TradeBase = inventedTrade({ countries: 3, sectors: 1, seed: 1 });
  const member = (
    id: string,
    rows: readonly (readonly [number, { tariff?: number; cost?: number }])[],
  ): SweepMember => {
    const shock = noShock(world);
    const tariffs = shock.tariffs.slice();
    for (const [place, { tariff, cost }] of rows) {
      if (tariff !== undefined) tariffs[place] = tariff;
      if (cost !== undefined) shock.costs[place] = cost;
    }
    return sweepMember({ id, countries: [0] }, world, { tariffs, costs: shock.costs });
  };

  it("takes the stricter of two members on one flow, and leaves alone what none of them changes", () => {
    const a = member("A", [
      [1, { cost: 2 }],
      [2, { tariff: 0 }],
    ]);
    const b = member("B", [
      [1, { cost: 5 }],
      [2, { cost: 0.9 }],
      [5, { tariff: 0.7 }],
    ]);
    const { tariffs, costs } = coalitionShock(world, [a, b], 0b11);
    expect([...costs]).toEqual([1, 5, 0.9, 1, 1, 1, 1, 1, 1]);
    expect([...tariffs]).toEqual([...world.tariffs].map((t, place) => (place === 2 ? 0 : place === 5 ? 0.7 : t)));
    expect(coalitionShock(world, [b, a], 0b11)).toEqual({ tariffs, costs });
    expect(coalitionShock(world, [a, b], 0)).toEqual(noShock({ ...world }));
  });
});
