import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;
const WORK = mkdtempSync(join(tmpdir(), "entente-check-"));
afterAll(() => rmSync(WORK, { recursive: true }));
const PROGRAM = join(ROOT, "bin/entente.js");

function entente(...args: readonly string[]) {
  const run = spawnSync(process.execPath, [PROGRAM, ...args], { cwd: WORK, encoding: "utf8", maxBuffer: 64_000_000 });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe("entente check", () => {
  it("prints one JSON document, and writes the same results to a file that is whole", () => {
    const file = join(ROOT, "examples/catalogue.jsonl");
    const printed = entente("check", file, "--regimes", "NLD,JPN", "--json");
    expect([printed.code, printed.err]).toEqual([0, ""]);
    const document = JSON.parse(printed.out);
    expect(document.schema).toBe("entente/check@1");
    expect(document.results.map((r: { id: string }) => r.id)).toEqual(["AX-1970i", "RT-900", "AC-64"]);
    expect(entente("check", file, "--regimes", "NLD,JPN", "--out", "r.json").code).toBe(0);
    expect(readFileSync(join(WORK, "r.json"), "utf8")).toBe(printed.out);
  });

  it("writes nothing for wrong input, and says where it is wrong", () => {
    writeFileSync(join(WORK, "wrong.csv"), "id,from\na,JPN\nb,Nowhere at all\n");
    const run = entente("check", "wrong.csv", "--out", "wrong-results.csv");
    expect([run.code, run.out]).toEqual([2, ""]);
    expect(run.err).toContain("wrong.csv:3:3: `Nowhere at all` is no value of `from` [bad-value]");
    expect(readdirSync(WORK).filter((f) => f.startsWith("wrong-results"))).toEqual([]);
  });

  it("leaves no half file when it is interrupted", async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `r${i},NLD,CHN,litho-scanner,${i / 1000} nm`);
    writeFileSync(join(WORK, "long.csv"), `id,from,destination,item.kind,litho.overlay\n${rows.join("\n")}\n`);
    const run = spawn(process.execPath, [PROGRAM, "check", "long.csv", "--out", "long-results.csv"], { cwd: WORK });
    const written = () => readdirSync(WORK).filter((f) => f.startsWith("long-results"));
    const deadline = performance.now() + 40_000;
    while (written().length === 0 && performance.now() < deadline) await new Promise((done) => setTimeout(done, 20));
    expect(written()[0]).toMatch(/\.part$/);
    run.kill("SIGINT");
    const [code] = await once(run, "exit");
    expect([code, written()]).toEqual([130, []]);
  });
});
