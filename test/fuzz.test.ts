import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../src/cli/main.ts";
import { createWorkbench } from "../src/workbench.ts";
import { type FuzzOutcome, fuzzOnce, KINDS, runWhole } from "./fuzz-inputs.ts";
import { changed, inventedWorld } from "./invented-world.ts";
import { mulberry32 } from "./random.ts";

const ITEMS = 1000;
/** Far more than any item takes, also on a machine that is busy. */
const MOST_MILLISECONDS = 5000;

describe("mutated rule files, cases, packs and transactions", () => {
  const outcomes: FuzzOutcome[] = [];
  const slow: string[] = [];

  it("are answered before they are mutated", async () => {
    for (let kind = 0; kind < KINDS; kind++) expect(await runWhole(kind)).toBe(0);
  });

  it("end as done, as failed or as wrong input with its line, and never otherwise", async () => {
    for (let number = 0; number < ITEMS; number++) {
      const start = performance.now();
      outcomes.push(await fuzzOnce(number));
      const took = performance.now() - start;
      if (took > MOST_MILLISECONDS) slow.push(`item ${number} took ${Math.round(took)} ms`);
    }
    const defects = outcomes.flatMap((o, i) => (o.exit === 3 ? [`item ${i}, ${o.file.path}: ${o.why}`] : []));
    expect(defects).toEqual([]);
  });

  it("end in good time", () => {
    expect(slow).toEqual([]);
  });

  it("meet every way to end, so that the mutations are neither harmless nor all fatal", () => {
    const count = (exit: number) => outcomes.filter((o) => o.exit === exit).length;
    for (let kind = 0; kind < KINDS; kind++)
      expect(outcomes.filter((o, i) => i % KINDS === kind && o.exit === 0).length).toBeGreaterThan(1);
    expect(count(1)).toBeGreaterThan(0);
    expect(count(2)).toBeGreaterThan(200);
  });

  it("are the same for the same number", async () => {
    expect(await fuzzOnce(7)).toEqual(outcomes[7]);
  });
});

describe("a case that names what is not there", () => {
  it.each([
    ["classes: [", "classes: [no-such-class, ", /^cases\/cloth\.yaml:\d+:1: /],
    ["probe: plain", "probe: no-such-probe", /^cases\/cloth\.yaml:\d+:1: /],
  ])("is refused at the line of %s", (from, to, place) => {
    const store = inventedWorld(changed("cases/cloth.yaml", from, to));
    expect(() => createWorkbench(store).assess("cloth")).toThrow(place);
  });

  it("and so is a list of probes that lacks one of the standard ones", () => {
    const store = inventedWorld(changed("rules/probes.yaml", "id: subsidiary", "id: branch"));
    expect(() => createWorkbench(store).assess("cloth")).toThrow(
      /^rules\/probes\.yaml:1:1: no probe is called `subsidiary`/,
    );
  });
});

const WORDS = [
  ...["assess", "show", "minimum", "next", "cases", "data", "verify", "list", "holes", "explain", "ask", "matrix"],
  ...[
    "cloth",
    "cases/cloth.yaml",
    "rules/usa",
    "usa/looms/ban",
    "looms",
    "no-such",
    "..",
    "/",
    "",
    "-",
    "--",
    "constructor",
  ],
  ...["--members", "--target", "--as-of", "--threshold", "--probe", "--classes", "--format", "--json", "--candidates"],
  ...["USA,JPN", "CHN", "XXX", "2024-02-30", "2026-06-01", "0.9", "-1", "NaN", "plain", "all", "1e999", "\u0000", "é"],
];

describe("mutated command lines", () => {
  let home = "";
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "entente-fuzz-"));
    const world = inventedWorld();
    for (const { path, text } of [...world.rules(), ...world.pack("cloth"), ...world.cases()]) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    }
  });
  afterAll(() => rmSync(home, { recursive: true }));

  it("exit with 0, 1 or 2, never as a fault", async () => {
    const muted = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockReturnValue(true));
    const random = mulberry32(20_261_122);
    const exits = new Map<string, number>();
    for (let i = 0; i < 120; i++) {
      const length = 1 + Math.floor(random() * 5);
      const words = Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]!);
      const line = i % 2 === 0 ? ["assess", "cloth", ...words.slice(1)] : words;
      exits.set(JSON.stringify(line), await main(["--home", home, ...line]));
      process.stdout.removeAllListeners("error");
    }
    for (const spy of muted) spy.mockRestore();
    expect([...exits].filter(([, exit]) => ![0, 1, 2].includes(exit))).toEqual([]);
    expect(new Set(exits.values()).size).toBeGreaterThan(1);
  });
});
