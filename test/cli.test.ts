import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;
const WORK = mkdtempSync(join(tmpdir(), "entente-cli-"));
afterAll(() => rmSync(WORK, { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as a user does, in a folder of its own. */
function entente(...args: readonly string[]): Run {
  const run = spawnSync(process.execPath, [join(ROOT, "bin/entente.js"), ...args], {
    cwd: WORK,
    encoding: "utf8",
    maxBuffer: 64_000_000,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** A copy of the project's data in which a file is changed. */
function homeWith(name: string, file: string, change: (text: string) => string): string {
  const home = join(WORK, name);
  for (const folder of ["rules", "packs", "cases"]) cpSync(join(ROOT, folder), join(home, folder), { recursive: true });
  writeFileSync(join(home, file), change(readFileSync(join(home, file), "utf8")));
  return home;
}

describe("the main job", () => {
  it("prints the assessment, writes its report, and names it", () => {
    const run = entente("assess");
    expect(run.code).toBe(0);
    expect(run.err).toBe("");
    expect(run.out).toMatch(/^Entente {3}chip tools -> China {3}USA JPN NLD {3}1 September 2023/);
    expect(run.out).toContain("report: out/chip-tools-2023.html");
    expect(readFileSync(join(WORK, "out/chip-tools-2023.html"), "utf8")).toMatch(/^<!doctype html>/i);
  });

  it("prints one JSON document and nothing else, the same bytes each time", () => {
    const [a, b] = [entente("assess", "--json"), entente("assess", "--json")];
    expect(JSON.parse(a.out)).toMatchObject({ schema: "entente/assessment@1", question: { case: "chip-tools-2023" } });
    expect(a.err).toBe("");
    expect(b.out).toBe(a.out);
  });

  it("ends with 1 when a required answer does not hold, and says what it is", () => {
    const run = entente("assess", "--require", "closed", "--json");
    expect(run).toMatchObject({ code: 1, err: "the answer is `partly`, and `closed` was required\n" });
  });

  it("understands names and alpha-2 codes of states", () => {
    const run = entente("assess", "chip-tools-2023", "--members", "us,Japan,the Netherlands", "--json");
    expect(JSON.parse(run.out).question.members).toEqual(["USA", "JPN", "NLD"]);
  });
});

describe("wrong input ends with 2 and names every problem", () => {
  it.each([
    [
      ["assess", "--members", "USA,Japann"],
      ["--members: no state is called `Japann` [unknown-state]", "hint: did you mean `Japan`?"],
    ],
    [
      [
        "assess",
        "--as-of",
        "2023-02-30",
        "--classes",
        "lithografy",
        "--members",
        "USA,Japann",
        "--adopt",
        "usa/nothing/here=KOR",
      ],
      [
        "--as-of: `2023-02-30` is no calendar day [bad-date]",
        "`lithografy` is no class or group [unknown-class]",
        "--members: no state is called `Japann` [unknown-state]",
        "no rule is called `usa/nothing/here` [unknown-rule]",
      ],
    ],
    [
      ["assess", "--classes", "lithografy"],
      ["`lithografy` is no class or group [unknown-class]", "hint: did you mean `lithography`?"],
    ],
    [
      ["assess", "--adopt", "usa/ear-744-23/advanced-nod=KOR"],
      [
        "no rule is called `usa/ear-744-23/advanced-nod` [unknown-rule]",
        "hint: did you mean `usa/ear-744-23/advanced-node`?",
      ],
    ],
    [
      ["assess", "chip-tool-2023"],
      ["no case is called `chip-tool-2023` [unknown-name]", "hint: did you mean `chip-tools-2023`?"],
    ],
    [
      ["assess", "--probe", "civilfab"],
      ["no probe is called `civilfab` [unknown-probe]", "hint: did you mean `civil-fab`?"],
    ],
    [["assess", "--threshold", "90"], ["--threshold: `90` is no threshold [bad-value]"]],
    [["assess", "--nonsense"], ["unknown option '--nonsense'"]],
    [
      ["minimum", "--goal", "logic-6nm"],
      ["`logic-6nm` is no goal of the loaded packs [unknown-name]", "hint: did you mean `logic-5nm`?"],
    ],
    [["show", "nothing-of-the-kind"], ["is no class, leak, rule or source of `chip-tools-2023` [unknown-name]"]],
    [["new", "rule", "Usa/Order"], ["`Usa/Order` is no name for a rule [bad-usage]"]],
    [
      ["import", "etto", ".", "--accessed", "2026-01-01"],
      ["no importer reads `etto` [unknown-name]", "hint: did you mean `eto`?"],
    ],
  ] as const)("%j", (args, messages) => {
    const run = entente(...args);
    expect(run.code).toBe(2);
    expect(run.out).toBe("");
    for (const message of messages) expect(run.err).toContain(message);
  });

  it("broken YAML: place and hint", () => {
    const home = homeWith("broken-yaml", "rules/nld/practice.yaml", (t) => t.replace("practice:", "practice: [}"));
    const run = entente("--home", home, "assess");
    expect(run.code).toBe(2);
    expect(run.err).toMatch(/^rules\/nld\/practice\.yaml:\d+:\d+: /);
    expect(run.err).toContain("[bad-syntax]");
    expect(run.err).toContain("hint: ");
    expect(existsSync(join(WORK, "out/half.html"))).toBe(false);
  });

  it("a sum of shares over 100%, an unknown source and a missing one in one file: all at once, each with its line", () => {
    const home = homeWith("bad-shares", "packs/chips/shares.csv", (t) =>
      t
        .replace(/^(euv-lithography-tools,NLD,,)100(,,,2025,)/m, "$1100$2")
        .replace(
          /\n/,
          "\neuv-lithography-tools,JPN,,40,,,2025,eto-2026-08,reported,\neuv-lithography-tools,KOR,,1,,,2021,no-such-source,reported,\neuv-lithography-tools,DEU,,1,,,2020,,reported,\n",
        ),
    );
    const run = entente("--home", home, "assess", "--html", join(WORK, "out/half.html"));
    expect(run.code).toBe(2);
    expect(run.err).toContain("[bad-sum]");
    expect(run.err).toMatch(/packs\/chips\/shares\.csv:3:\d+: .*no-such-source.*\[unknown-source\]/);
    expect(run.err).toMatch(/packs\/chips\/shares\.csv:4:\d+: .*\[missing-source\]/);
    expect(existsSync(join(WORK, "out/half.html"))).toBe(false);
  });

  it("an item fact with a wrong unit: the place in items.yaml", () => {
    const home = homeWith("bad-item", "packs/chips-open/items.yaml", (t) =>
      t.replace("litho.wavelength: 193 nm", "litho.wavelength: 193 ms"),
    );
    const run = entente("--home", home, "assess");
    expect(run.code).toBe(2);
    expect(run.err).toMatch(
      /packs\/chips-open\/items\.yaml:\d+:\d+: `193 ms` is no value of `litho\.wavelength` \[bad-value\]/,
    );
  });
});

describe("scaffolds", () => {
  it("write files that run as they are, and never write over one", () => {
    const home = homeWith("scaffold", "cases/chip-tools-2023.yaml", (t) => t);
    expect(entente("--home", home, "new", "pack", "looms").code).toBe(0);
    expect(entente("--home", home, "new", "case", "my-question").code).toBe(0);
    expect(entente("--home", home, "assess", "my-question", "--json").code).toBe(0);
    expect(entente("--home", home, "data", "verify").out).toContain("10 packs");
    expect(entente("--home", home, "new", "pack", "looms")).toMatchObject({
      code: 2,
      err: expect.stringContaining("is there already"),
    });
  });
});
