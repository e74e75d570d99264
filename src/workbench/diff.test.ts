import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { changed, inventedWorld } from "../../test/invented-world.ts";
import type { Diff, DiffChange } from "../closure/diff.ts";
import { isoDate } from "../domain/dates.ts";
import { InputError } from "../domain/errors.ts";
import type { RuleBook } from "../law/book.ts";
import { type Facts, isNumberRange } from "../law/condition.ts";
import { judge } from "../law/judge.ts";
import { readFacts } from "../law/rule-cases.ts";
import { renderDiffTerminal } from "../report/diff/diff-terminal.ts";
import { createWorkbench } from "../workbench.ts";
import { answerDiff, type DiffOptions } from "./diff.ts";

const WORK = mkdtempSync(join(tmpdir(), "entente-diff-"));
afterAll(() => rmSync(WORK, { recursive: true }));

const invented = createWorkbench(inventedWorld()).library;
const days = (from: string, to: string, more: Partial<DiffOptions> = {}): Diff =>
  answerDiff({ case: "cloth", regime: "JPN", from, to, ...more }, invented);
const isSettled = (c: DiffChange) => c.before.verdict !== "undetermined" && c.after.verdict !== "undetermined";
const settled = (d: Diff) => d.changes.filter(isSettled);

/** The witness read back as a transaction. */
function readWitness(c: DiffChange, book: RuleBook): Facts {
  return readFacts(c.witness.facts, book, [], (problem) => {
    throw new Error(problem.message);
  });
}

function verdicts(facts: Facts, d: Diff, regime: string, book: RuleBook): string[] {
  return [d.from, d.to].map((day) => {
    const { verdict, policy } = judge(book, regime, day, facts);
    return `${verdict} ${policy}`;
  });
}

/** Writes the invented rules, with files replaced, as a folder of that name. */
function folder(name: string, changes: Record<string, string> = {}): string {
  for (const f of inventedWorld(changes).rules()) {
    const path = join(WORK, name, f.path.replace(/^rules\//, ""));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, f.text);
  }
  return join(WORK, name);
}

describe("two days of one regime, worked by hand", () => {
  it("finds that Japan's licence reaches coarse looms from 2026, with a witness of four facts", () => {
    const [change, ...more] = settled(days("2025-12-31", "2026-01-01"));
    expect(more).toEqual([]);
    expect(change).toMatchObject({
      rules: ["jpn/looms/fine"],
      title: "Fine looms",
      kind: "stricter",
      before: { verdict: "no-licence" },
      after: { verdict: "licence-required", policy: "case-by-case" },
    });
    expect(change!.witness.facts).toEqual({
      activity: "export",
      from: "JPN",
      "item.kind": "loom",
      "loom.pitch": "101 nm",
    });
  });

  it("says looser where the days are exchanged, and nothing where the law is the same", () => {
    expect(settled(days("2026-01-01", "2025-12-31")).map((c) => c.kind)).toEqual(["looser"]);
    expect(days("2023-02-01", "2025-12-31")).toMatchObject({ changes: [], clauses: [], tried: 0 });
  });

  it("puts looms on both sides of the threshold to the law where a rule begins", () => {
    const d = days("2022-12-31", "2023-01-01");
    expect(settled(d).map((c) => [c.rules, c.kind])).toEqual([[["jpn/looms/fine"], "stricter"]]);
    const pitch = readWitness(settled(d)[0]!, invented.book().book)["loom.pitch"]!;
    expect(isNumberRange(pitch) && pitch.high).toBe(100);
    expect(d.clauses).toMatchObject([{ kind: "rule", id: "jpn/looms/fine", change: "begins" }]);
  });

  it("gives witnesses that no fact can be taken from", () => {
    const { book } = invented.book();
    for (const d of [days("2025-12-31", "2026-01-01"), days("2022-12-31", "2023-01-01")]) {
      for (const c of d.changes) {
        const whole = readWitness(c, book);
        const [before, after] = verdicts(whole, d, "JPN", book);
        expect(before).toBe(`${c.before.verdict} ${c.before.policy}`);
        expect(after).toBe(`${c.after.verdict} ${c.after.policy}`);
        for (const name of Object.keys(whole)) {
          const { [name]: _left, ...rest } = whole;
          expect(verdicts(rest, d, "JPN", book), name).not.toEqual([before, after]);
        }
      }
    }
  });

  it("prints changes under their rule", () => {
    const text = renderDiffTerminal(days("2025-12-31", "2026-01-01"), { width: 100, colour: false, all: false });
    expect(text).toContain(
      ["jpn/looms/fine: Fine looms", "  stricter: no-licence -> licence-required, case-by-case"].join("\n"),
    );
    expect(text).toContain("    such as activity: export; from: JPN; item.kind: loom; loom.pitch: 101 nm\n");
    expect(Math.max(...text.split("\n").map((l) => l.length))).toBeLessThanOrEqual(100);
  });
});

describe("two rule folders", () => {
  const old = folder("old");

  it("finds a moved threshold by the values between its two places", () => {
    const now = folder(
      "moved",
      changed("rules/jpn/looms.yaml", "loom.pitch: { atMost: 100 nm }", "loom.pitch: { atMost: 80 nm }"),
    );
    const d = answerDiff({ case: "cloth", folders: [old, now], asOf: "2024-06-01" }, invented);
    expect(d).toMatchObject({ regime: null, from: "2024-06-01", to: "2024-06-01" });
    const [change, ...more] = settled(d);
    expect(more).toEqual([]);
    expect(change).toMatchObject({ regime: "JPN", rules: ["jpn/looms/fine"], kind: "looser" });
    const pitch = Number.parseFloat(String(change!.witness.facts["loom.pitch"]));
    expect(pitch > 80 && pitch <= 100).toBe(true);
  });

  it("finds a policy that became stricter, and a state that joined a group", () => {
    const grouped = (members: string, policy: string) =>
      changed(
        "rules/usa/looms.yaml",
        "rules:",
        `groups:
  - { id: USA:G, versions: [{ from: 2020-01-01, members: [${members}], cite: { at: s. 0, source: gazette, evidence: text } }] }
rules:
  - id: lathes
    title: Lathes for the group
    layer: list
    applies: { from: USA, activity: export }
    versions:
      - { from: 2020-01-01, when: { item.kind: lathe, destination: { inGroup: USA:G } }, effect: licence-required, policy: ${policy}, cite: { at: s. 9, source: gazette, evidence: text } }`,
      );
    const a = folder("small", grouped("IRN", "case-by-case"));
    const b = folder("large", grouped("IRN, ARE", "case-by-case"));
    const c = folder("strict", grouped("IRN", "denial"));
    const joined = settled(answerDiff({ case: "cloth", folders: [a, b], asOf: "2024-06-01", regime: "USA" }, invented));
    expect(joined.map((x) => x.witness.facts)).toEqual([
      { activity: "export", destination: "ARE", from: "USA", "item.kind": "lathe" },
    ]);
    const policy = settled(answerDiff({ case: "cloth", folders: [a, c], asOf: "2024-06-01" }, invented));
    expect(policy).toMatchObject([
      {
        rules: ["usa/looms/lathes"],
        kind: "stricter",
        before: { policy: "case-by-case" },
        after: { policy: "denial" },
      },
    ]);
  });

  it("names every problem of the question", () => {
    const codes = (options: Partial<DiffOptions>): string[] => {
      try {
        answerDiff({ case: "cloth", ...options }, invented);
      } catch (error) {
        if (error instanceof InputError) return error.problems.map((p) => p.code);
        throw error;
      }
      return [];
    };
    expect(codes({ regime: "JPM", from: "2024-02-30" })).toEqual(["bad-date", "bad-date", "unknown-state"]);
    expect(codes({ folders: [old, join(WORK, "nowhere")] })).toEqual(["missing-file"]);
    expect(codes({ folders: [old, old], regime: "FRA" })).toEqual(["unknown-name"]);
  });
});

describe("changes of the law that is held", () => {
  const { library } = createWorkbench(new URL("../..", import.meta.url).pathname);
  const replay = (regime: string, from: string, to: string): Diff =>
    answerDiff({ case: "chip-tools-2023", regime, from: isoDate(from), to: isoDate(to) }, library);

  it("NLD 2024-09-07: immersion scanners of 1.50 to 2.40 nm need a licence (Stcrt. 2024, 29222)", () => {
    const change = settled(replay("NLD", "2024-09-06", "2024-09-07")).find(
      (c) => c.witness.facts.activity === "export",
    )!;
    expect(change).toMatchObject({
      kind: "stricter",
      before: { verdict: "no-licence" },
      after: { verdict: "licence-required" },
    });
    expect(change.count).toBeGreaterThan(0);
    const overlay = Number.parseFloat(String(change.witness.facts["litho.overlay"]));
    expect(overlay > 1.5 && overlay <= 2.4).toBe(true);
  });

  it("USA 2022-10-07: any item for an advanced-node plant in China (15 CFR 744.23)", () => {
    const changes = settled(replay("USA", "2022-10-06", "2022-10-07"));
    const change = changes.find(
      (c) => c.rules.join() === "usa/ear-744-23/advanced-node" && c.before.verdict === "no-licence",
    )!;
    expect(change).toMatchObject({ kind: "stricter", after: { policy: "presumption-of-denial" } });
    expect(String(change.witness.facts["facility.makes"])).toMatch(/^advanced-/);
    expect(change.witness.facts["facility.location"]).toBe("CHN");
  });

  it("USA 2026-07-10: what the Emirates' place in A:5 makes looser", () => {
    const d = replay("USA", "2026-07-09", "2026-07-10");
    expect(d.clauses).toContainEqual(expect.objectContaining({ kind: "group", id: "USA:A:5", change: "changes" }));
    const change = settled(d).find((c) => c.witness.facts["endUser.headquarters"] === "ARE")!;
    expect(change).toMatchObject({ kind: "looser", after: { policy: "approval" } });
    expect(d.changes.filter((c) => c.kind === "stricter")).toEqual([]);
  });

  it("JPN 2023-07-23: the twenty-three kinds of equipment, each field of them", () => {
    const stricter = settled(replay("JPN", "2023-07-22", "2023-07-23")).filter((c) => c.kind === "stricter");
    const fields = ["annealing", "cleaning", "deposition", "etching", "inspection", "lithography"];
    const rules = stricter.flatMap((c) => c.rules);
    expect(rules).toEqual(expect.arrayContaining(fields.map((f) => `jpn/ordinance-6-17-of-2023/${f}`)));
    for (const c of stricter) expect(c.witness.facts.from).toBe("JPN");
  });
});
