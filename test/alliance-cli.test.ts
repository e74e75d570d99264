import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;
const WORK = mkdtempSync(join(tmpdir(), "entente-alliance-"));
afterAll(() => rmSync(WORK, { recursive: true }));

/** Runs the program as a user does, in a folder of its own. */
function entente(...args: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
} {
  const run = spawnSync(process.execPath, [join(ROOT, "bin/entente.js"), ...args], {
    cwd: WORK,
    encoding: "utf8",
    maxBuffer: 64_000_000,
    env: { ...process.env, NO_COLOR: "1", COLUMNS: "100" },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe("entente alliance", () => {
  it("lists all, and prints one JSON document when asked to", () => {
    const run = entente("alliance", "--json");
    expect(run).toMatchObject({ code: 0, err: "" });
    const answer = JSON.parse(run.out);
    expect(answer).toMatchObject({ schema: "entente/alliance@1", overlap: null });
    expect(answer.alliances).toHaveLength(12);
    expect(Object.keys(answer.digest)).toEqual(["rules", "data", "engine"]);
    expect(answer.notModelled.length).toBeGreaterThan(0);
  });

  it("shows a page and writes it as HTML", () => {
    const run = entente("alliance", "standards", "--html", "standards.html");
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(/^Entente {3}alliance standards {3}/);
    expect(run.out).toContain("report: standards.html");
    expect(readFileSync(join(WORK, "standards.html"), "utf8")).toMatch(/^<!doctype html>/i);
  });

  it("shows rows of the overlap for the states that are asked for", () => {
    const run = entente("alliance", "ai", "ai-sco", "--states", "China,KOR");
    expect(run.code).toBe(0);
    const rows = run.out.split("\n").filter((l) => /^ [A-Z]{3} /.test(l));
    expect(rows.map((l) => l.slice(1, 4)).sort()).toEqual(["CHN", "KOR"]);
  });

  it("ends with 2 on a name or a state that is not there", () => {
    const name = entente("alliance", "chip");
    expect(name).toMatchObject({ code: 2, out: "" });
    expect(name.err).toContain("no alliance is called `chip` [unknown-name]\n  hint: did you mean `chips`?");
    const state = entente("alliance", "--overlap", "--states", "Japann");
    expect(state).toMatchObject({ code: 2, out: "" });
    expect(state.err).toContain("--states: no state is called `Japann` [unknown-state]\n  hint: did you mean `Japan`?");
  });

  it("starts a file that runs", () => {
    const home = join(WORK, "home");
    for (const folder of ["rules", "packs"]) cpSync(join(ROOT, folder), join(home, folder), { recursive: true });
    expect(entente("--home", home, "new", "alliance", "my-issue")).toMatchObject({
      code: 0,
      out: "wrote alliances/my-issue.yaml\n",
    });
    const run = entente("--home", home, "alliance", "my-issue", "--as-of", "2026-06-01");
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toContain("2 of 3 have something in force");
  });

  it("is completed with the names of the alliances", () => {
    expect(entente("completion", "bash").out).toMatch(/alliance\) words="[^"]*--overlap[^"]* chips /);
  });
});
