import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const readme = readFileSync("README.md", "utf8");
const commands = [...readme.matchAll(/^npx entente (.+?)\s*(?:#.*)?$/gm)].map(([, words]) => words!.trim());
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly scripts: Record<string, string> };

describe("README.md", () => {
  it("names the two commands that a fresh machine needs, and both are there", () => {
    expect(readme).toMatch(/^npm ci && npm start\b/m);
    expect(readme).toMatch(/^npm ci && npm test\b/m);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["start", "test"]));
    expect(readFileSync(".ci/run", "utf8")).toMatch(/^npm ci && npm test\b/m);
  });

  it("links to files that exist", () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target]) => target!);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((target) => !existsSync(target))).toEqual([]);
  });

  it("shows about ten commands, each of which the program knows with these options", () => {
    expect(commands.length).toBeGreaterThanOrEqual(9);
    for (const words of commands) {
      const [command, ...rest] = words.split(/\s+/);
      const help = spawnSync(process.execPath, ["bin/entente.js", command!, "--help"], { encoding: "utf8" });
      expect(help.status, words).toBe(0);
      for (const option of rest.filter((w) => w.startsWith("--") && w !== "--help"))
        expect(help.stdout, words).toContain(option);
    }
  });

  it("shows cases and rules that exist", () => {
    for (const words of commands) {
      const name = /^assess ([a-z][a-z0-9-]*)/.exec(words)?.[1];
      if (name !== undefined) expect(existsSync(`cases/${name}.yaml`), words).toBe(true);
      const file = /--adopt ([a-z]{3}\/[a-z0-9-]+)\//.exec(words)?.[1];
      if (file !== undefined) expect(existsSync(`rules/${file}.yaml`), words).toBe(true);
    }
  });
});
