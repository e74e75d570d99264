import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import type { InputError } from "../src/domain/errors.ts";
import { solveBase } from "../src/economy/solve.ts";
import { renderSweep } from "../src/report/economy/render-sweep.ts";
import { createWorkbench } from "../src/workbench.ts";
import { inventedTrade } from "./invented-trade.ts";

const PROJECT = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "entente-sweep-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const workbench = createWorkbench(PROJECT);

/** An invented world in the layout of Caliendo and Parro's data. */
function baseText(countries: number, sectors: number): string {
  const { base, equilibrium } = solveBase(inventedTrade({ countries, sectors, seed: 11 }));
  const N = countries;
  const J = sectors;
  const rows = (count: number, width: number, value: (r: number, c: number) => number) =>
    Array.from({ length: count }, (_, r) => Array.from({ length: width }, (_, c) => value(r, c)));
  const bySector = (of: Float64Array) => rows(J, N, (j, n) => of[n * J + j]!);
  const gross = (r: number, i: number) =>
    base.shares[r * N + i]! * equilibrium.spending[(r % N) * J + Math.floor(r / N)]!;
  return JSON.stringify({
    countries: base.countries,
    sectors: base.sectors,
    alphas: bySector(base.finalShare),
    B: bySector(base.valueAddedShare),
    X0: bySector(equilibrium.spending),
    G: rows(N * J, J, (r, j) => base.inputs[(Math.floor(r / J) * J + j) * J + (r % J)]!),
    T: [...base.theta].map((t) => 1 / t),
    Din: rows(J * N, N, (r, i) => base.shares[r * N + i]!),
    xbilattau: rows(J * N, N, (r, i) => gross(r, i) / (1 + base.tariffs[r * N + i]!)),
    VAn: [...base.valueAdded],
    Sn: [...base.surplus],
  });
}

const stops = (id: string) => ({ id, costs: [{ importer: "C4", exporter: id, sector: "*", factor: 5 }] });
const small = { path: "base.json", text: baseText(4, 3) };
const sweepOf = (value: unknown) => ({ path: "sweep.json", text: JSON.stringify(value) });

describe("entente sweep", () => {
  it("answers with the terms of the coalition of all and the coalitions that are stable", async () => {
    const sweep = sweepOf({ members: [stops("C1"), stops("C2"), { ...stops("C3"), countries: ["C3"] }] });
    const r = await workbench.sweep({ base: small, sweep, security: { low: 0, high: 0.5 }, workers: 2 });
    expect(r).toMatchObject({ schema: "entente/sweep@1", status: "done", solved: 8, total: 8, resumed: 0 });
    const all = r.coalitions[7]!;
    expect(all.members).toEqual(["C1", "C2", "C3"]);
    for (const [m, { member, change, gain, breakEven }] of r.terms!.entries()) {
      expect(change).toBe(all.change[member]);
      expect(gain).toBe(all.change[member]! - r.coalitions[7 - (1 << m)]!.change[member]!);
      expect(breakEven! + gain!).toBe(0);
    }
    // Selling less to one buyer is worth nothing to anybody here: alone nobody begins, and half of income holds all together.
    expect(r.terms!.every((t) => t.gain! < 0)).toBe(true);
    expect(r.transfers!.low.status).toBe("shortfall");
    expect(r.transfers!.high).toMatchObject({ status: "balanced", total: 0 });
    expect(r.stable!.stable[0]).toMatchObject({ members: [], from: 0 });
    expect(r.stable!.stable.at(-1)).toMatchObject({ members: ["C1", "C2", "C3"], to: 0.5 });
    const page = renderSweep(r, { width: 100, colour: false });
    expect(page).toContain("8 coalitions of 3 members; each has an equilibrium.");
    expect(page).toContain("nobody is worse off inside, no transfers needed");
    expect(page).toContain("Not modelled: security");
    for (const line of page.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("tells every problem of the sweep at once, with its place", async () => {
    const sweep = sweepOf({
      members: [
        stops("C1"),
        { id: "C1", costs: [{ importer: "C9", exporter: "C1", sector: 1, factor: -2 }] },
        { id: "X" },
      ],
      note: 1,
    });
    const problems = await workbench.sweep({ base: small, sweep }).catch((e: InputError) => e.problems);
    const messages = (problems as InputError["problems"]).map((p) => p.message);
    expect(messages).toEqual([
      "a sweep has no `note`",
      "member `C1` is there twice",
      '`importer` in row 1 of `costs` is `"C9"`, which the base does not have',
      "`factor` in row 1 of `costs` is `-2`",
      "member `X`: the base does not have `X`",
    ]);
    expect((problems as InputError["problems"]).every((p) => p.at?.file === "sweep.json" && p.at.line === 1)).toBe(
      true,
    );
  });

  it("refuses more than 12 members, and a base by a name that there is not", async () => {
    const many = sweepOf({ members: Array.from({ length: 13 }, (_, m) => ({ id: `C${m}` })) });
    await expect(workbench.sweep({ base: small, sweep: many })).rejects.toThrow(/1 to 12 members/);
    await expect(workbench.sweep({ base: "no-such-base", sweep: many })).rejects.toThrow(/no base `no-such-base`/);
  });

  it("ends with 130 when it is interrupted, and keeps what it has", async () => {
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const ids = Array.from({ length: 12 }, (_, n) => `C${n === 3 ? 13 : n + 1}`);
    const base = file("base.json", baseText(13, 6));
    const sweep = file("sweep.json", JSON.stringify({ members: ids.map(stops) }));
    const record = join(folder, "record");
    const command = ["bin/entente.js", "sweep", base, sweep, "--record", record, "--workers", "2"];
    const child = spawn(process.execPath, command, { cwd: PROJECT, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += String(chunk);
    });
    const linesIn = () => (existsSync(record) ? readFileSync(record, "utf8").split("\n").length - 1 : 0);
    const ended = once(child, "exit");
    while (linesIn() < 5 && child.exitCode === null) await pause(20);
    child.kill("SIGINT");
    expect((await ended)[0]).toBe(130);
    const lines = linesIn();
    expect(said).toMatch(/^stopped at \d+ of 4096 coalitions; the same command goes on\n$/);
    expect(lines).toBeGreaterThanOrEqual(5);
    expect(lines).toBeLessThan(4097);
    expect(readFileSync(record, "utf8").endsWith("\n")).toBe(true);
  });
});
