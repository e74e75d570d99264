import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatProblem, InputError } from "../src/domain/errors.ts";
import { refuseSecretWords } from "../src/workbench/disclose-clearance.ts";
import { parseSecret, readSecret } from "../src/workbench/disclose-secret.ts";
import { clothWorld, secretText, writeWorld } from "./disclosure-world.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const WORK = realpathSync(mkdtempSync(join(tmpdir(), "entente-disclose-")));
afterAll(() => rmSync(WORK, { recursive: true }));

/** Where Node keeps compiled code between runs. */
const COMPILED = join(tmpdir(), "node-compile-cache");

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program in a home of its own, under Node's permission model where `denied` is true: then secret/ cannot be read at all. */
function entente(home: string, args: readonly string[], denied = false): Promise<Run> {
  const readable = ["rules", "packs", "cases", "node_modules", "out", "cloth.envelope.json"].map((f) => join(home, f));
  const flags = denied
    ? [
        "--permission",
        ...[ROOT, COMPILED, ...readable].map((f) => `--allow-fs-read=${f}`),
        ...[COMPILED, join(home, "out")].map((f) => `--allow-fs-write=${f}`),
      ]
    : [];
  const child = spawn(process.execPath, [...flags, join(ROOT, "bin/entente.js"), "--home", ".", ...args], {
    cwd: home,
    env: { ...process.env, NO_COLOR: "1", COLUMNS: "100" },
  });
  const text = { out: "", err: "" };
  child.stdout.on("data", (d) => (text.out += d));
  child.stderr.on("data", (d) => (text.err += d));
  return new Promise((done) => child.on("close", (code) => done({ code, ...text })));
}

function homeFor(name: string, undisclosed: readonly string[]): string {
  const home = join(WORK, name);
  writeWorld(clothWorld(), home);
  for (const folder of ["secret", "out"]) mkdirSync(join(home, folder));
  writeFileSync(join(home, "secret/cloth.yaml"), secretText(undisclosed));
  return home;
}

const CUT = ["--candidates", "DEU,FRA,JPN,KOR", "--k", "4"];
const SEAL = ["--cleared", "disclose", "cloth", ...CUT, "--secret", "secret/cloth.yaml"];
const CLASS = [
  ["DEU", "FRA"],
  ["FRA", "JPN"],
  ["JPN", "KOR"],
  ["DEU", "KOR"],
];

/** Everything that leaves a process: exit code, both streams, and the files that it wrote. */
async function traces(home: string): Promise<Readonly<Record<string, unknown>>> {
  const sealed = await entente(home, [...SEAL, "--out", "cloth.envelope.json"]);
  const [asked, wrong] = await Promise.all([
    entente(
      home,
      ["assess", "cloth", "--as-of", "2026-06-01", "--envelope", "cloth.envelope.json", "--require", "closed"].concat(
        ...["html", "md", "csv"].map((f) => [`--${f}`, `out/a.${f}`]),
      ),
      true,
    ),
    entente(home, ["assess", "cloth", "--envelope", "cloth.envelope.json", "--target", "KOR", "--json"], true),
  ]);
  const files = ["cloth.envelope.json", "out/a.html", "out/a.md", "out/a.csv"];
  return { sealed, asked, wrong, files: files.map((f) => readFileSync(join(home, f), "utf8")) };
}

describe("the program, started anew for each question", () => {
  it("leaves the same traces whoever of the class is a member, and could not have read the secret", async () => {
    const found = [];
    for (const [i, members] of CLASS.entries()) found.push(await traces(homeFor(`member-${i}`, members)));
    const first = found[0] as Record<"sealed" | "asked" | "wrong", Run>;
    expect(first.sealed).toMatchObject({ code: 0, err: "" });
    expect(first.asked.code).toBe(1);
    expect(first.asked.err).toBe("the answer is `undetermined`, and `closed` was required\n");
    expect(first.wrong).toMatchObject({ code: 2, out: "" });
    expect(first.wrong.err).toContain("`KOR` is the target and a candidate of the envelope");
    for (const other of found.slice(1)) expect(other).toEqual(first);
  }, 120_000);
});

describe("a process without clearance", () => {
  let home = "";
  beforeAll(() => {
    home = homeFor("uncleared", ["DEU", "FRA"]);
    symlinkSync(join(home, "secret/cloth.yaml"), join(home, "cases/link.yaml"));
  });

  const refusal = (path: string) =>
    `\`${path}\` lies in a secret folder, which this process does not open [bad-usage]\n` +
    "  hint: only `entente --cleared disclose` reads secret memberships, and makes an envelope of them";

  it("does not open a secret membership", async () => {
    const run = await entente(home, ["disclose", "cloth", ...CUT, "--secret", "secret/cloth.yaml"]);
    expect(run).toEqual({ code: 2, out: "", err: `${refusal("secret/cloth.yaml")}\n` });
  });

  it.each([
    ["a file in a secret folder, as any other input", ["check", "secret/cloth.yaml"], "secret/cloth.yaml"],
    ["one that is not there, in the same words", ["check", "secret/nobody.yaml"], "secret/nobody.yaml"],
    ["a path that is joined to its option", ["assess", "--envelope=secret/a.yaml"], "secret/a.yaml"],
    ["a link into a secret folder", ["assess", "cases/link.yaml"], "cases/link.yaml"],
    ["a folder deeper down, in capitals", ["cases", "notes/SECRET/x.yaml"], "notes/SECRET/x.yaml"],
  ])("does not open %s", (_, words, path) => {
    const inHome = words.map((w) => w.replace(path, join(home, path)));
    expect(problemsOf(() => refuseSecretWords(inHome, home)).map(formatProblem)).toEqual([refusal(join(home, path))]);
  });

  it("does not take a secret folder for its home", async () => {
    const run = await entente(home, ["--home", "secret", "check", "secret/cloth.yaml"]);
    expect(run).toEqual({ code: 2, out: "", err: `${refusal("secret")}\n${refusal("secret/cloth.yaml")}\n` });
  });

  it("is not hindered by the name of a folder above the program", () => {
    const above = join(WORK, "secret/project");
    mkdirSync(join(above, "cases"), { recursive: true });
    expect(refuseSecretWords(["assess", join(above, "cases/cloth.yaml")], above)).toBeUndefined();
  });

  it("does not take a secret from outside such a folder either", async () => {
    writeFileSync(join(home, "members.yaml"), secretText(["JPN"]));
    const run = await entente(home, ["disclose", "cloth", ...CUT, "--secret", "members.yaml"]);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(/^--secret: this process has no clearance/);
  });
});

describe("an envelope that is out", () => {
  it("answers who joins next, is not replaced by one with another cut, and --earlier keeps its cut", async () => {
    const home = homeFor("again", ["DEU", "FRA"]);
    expect((await entente(home, [...SEAL, "--out", "out/e.json"])).code).toBe(0);
    const next = await entente(home, [
      "next",
      "--case",
      "cloth",
      "--envelope",
      "out/e.json",
      "--candidates",
      "ITA",
      "--json",
    ]);
    expect(JSON.parse(next.out)).toMatchObject({ schema: "entente/next@1", next: [{ state: "ITA" }] });
    const other = await entente(home, [...SEAL, "--candidates", "DEU,FRA,ITA,JPN,KOR", "--out", "out/e.json"]);
    expect(other.code).toBe(2);
    expect(other.err).toContain("keep its cut by --earlier out/e.json");
    writeFileSync(join(home, "secret/cloth.yaml"), secretText(["FRA", "KOR"]));
    const before = JSON.parse(readFileSync(join(home, "out/e.json"), "utf8"));
    const again = ["--cleared", "disclose", "cloth", "--earlier", "out/e.json", "--secret", "secret/cloth.yaml"];
    expect((await entente(home, [...again, "--out", "out/e.json"])).code).toBe(0);
    const after = JSON.parse(readFileSync(join(home, "out/e.json"), "utf8"));
    expect([after.candidates, after.k, after.atMost]).toEqual([before.candidates, before.k, before.atMost]);
    expect(after.class.kind).toBe("gathered");
  });
});

function problemsOf(read: () => unknown): InputError["problems"] {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("where a secret membership may lie", () => {
  const tree = join(WORK, "tree");
  const git = (...args: string[]) => spawnSync("git", ["-C", tree, ...args], { encoding: "utf8" });
  const put = (path: string) => {
    mkdirSync(join(tree, path, ".."), { recursive: true });
    writeFileSync(join(tree, path), secretText(["JPN"]));
    return join(tree, path);
  };
  beforeAll(() => {
    mkdirSync(tree);
    expect(git("init", "-q").status).toBe(0);
    writeFileSync(join(tree, ".gitignore"), "secret/\n");
  });

  it("an ignored folder of the tree, or outside every tree", () => {
    expect(readSecret(put("secret/a.yaml"), tree).undisclosed.map((s) => s.state)).toEqual(["JPN"]);
    const outside = join(WORK, "outside.yaml");
    writeFileSync(outside, secretText([]));
    expect(readSecret(outside, tree).undisclosed).toEqual([]);
  });

  it("not where git would take it up, nor where git has it already", () => {
    const [open] = problemsOf(() => readSecret(put("notes/a.yaml"), tree));
    expect(open!.message).toBe("the file is in a git tree that does not ignore it");
    expect(open!.hint).toContain("`notes/`");
    put("secret/tracked.yaml");
    expect(git("add", "-f", "secret/tracked.yaml").status).toBe(0);
    const [tracked] = problemsOf(() => readSecret(join(tree, "secret/tracked.yaml"), tree));
    expect(tracked!.message).toBe("git tracks this file, so its history has it");
  });

  it("not where every process reads, also not by a link", () => {
    const message = "every process reads `alliances/`";
    expect(problemsOf(() => readSecret(put("alliances/a.yaml"), tree))[0]!.message).toBe(message);
    symlinkSync(join(tree, "alliances/a.yaml"), join(tree, "secret/link.yaml"));
    expect(problemsOf(() => readSecret(join(tree, "secret/link.yaml"), tree))[0]!.message).toBe(message);
  });

  it("the project itself ignores its secret folder", () => {
    expect(existsSync(join(ROOT, ".git"))).toBe(true);
    const ignored = spawnSync("git", ["-C", ROOT, "check-ignore", "-q", "secret/chips.yaml"]);
    expect(ignored.status).toBe(0);
  });
});

describe("what is wrong with a secret membership", () => {
  it.each([
    ["undisclosed: [JPN, Atlantis, JPN]\n", ["unknown-state", "duplicate-id"]],
    ["members: [JPN]\n", ["bad-shape", "bad-shape"]],
    ["undisclosed: [JPN\n", ["bad-syntax"]],
  ])("is told by its place alone: %j", (text, codes) => {
    const problems = problemsOf(() => parseSecret({ path: "secret/a.yaml", text }));
    expect(problems.map((p) => p.code)).toEqual(codes);
    for (const p of problems) {
      expect(p.at?.file).toBe("secret/a.yaml");
      expect(`${p.message} ${p.hint ?? ""}`).not.toMatch(/JPN|Atlantis|Japan|members: \[/);
    }
  });
});
