import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

/** Runs the program as a user does. */
function entente(...args: readonly string[]) {
  const run = spawnSync(process.execPath, ["bin/entente.js", ...args], {
    encoding: "utf8",
    maxBuffer: 64_000_000,
    env: { ...process.env, NO_COLOR: "1", COLUMNS: "100" },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe("entente desk", () => {
  it("prints a page, and one JSON document that names the source of each figure", () => {
    const page = entente("desk", "KOR");
    expect([page.code, page.err]).toEqual([0, ""]);
    expect(page.out).toMatch(/^Desk of Korea, target China, 1 September 2023\n/);
    expect(page.out).toContain("LTE equipment of LG U+ that is from Huawei: 30 %");
    const json = entente("desk", "NLD", "korea-2024", "--json");
    expect(JSON.parse(json.out)).toMatchObject({
      schema: "entente/desk@1",
      question: { state: "NLD", case: "korea-2024", isMember: true, asOf: "2024-03-15" },
    });
  });

  it("says what is wrong with a state, a case or a target, and what to do", () => {
    const own = entente("desk", "CHN");
    expect(own.code).toBe(2);
    expect(own.err).toContain("`CHN` is the target of `chip-tools-2023`");
    expect(own.err).toContain("--target");
    expect(entente("desk", "KOR", "chip-tols-2023").err).toContain("did you mean `chip-tools-2023`?");
    expect(entente("desk", "Atlantis").err).toContain("Atlantis");
  });
});
