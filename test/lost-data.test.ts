import { describe, expect, it } from "vitest";
import type { Assessment, Coverage } from "../src/closure/assessment.ts";
import type { Range } from "../src/domain/ranges.ts";
import type { TextFile } from "../src/input/text-file.ts";
import { folderStore, type Store } from "../src/workbench/store.ts";
import { createWorkbench } from "../src/workbench.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const store = folderStore(ROOT);
const CASE = "chip-tools-2023";
const REGIMES = ["usa", "jpn", "nld", "euu"];

/** The project's own data with the rules or one pack's files replaced. */
function without(change: { rules?: readonly TextFile[]; pack?: { name: string; files: readonly TextFile[] } }): Store {
  return {
    ...store,
    rules: () => change.rules ?? store.rules(),
    pack: (name) => (change.pack?.name === name ? change.pack.files : store.pack(name)),
  };
}

const whole = createWorkbench(store).assess(CASE);

/** Every measure of every class, by name. */
function measures(a: Assessment): Map<string, Range> {
  const out = new Map<string, Range>();
  for (const c of a.classes) {
    for (const [probe, both] of Object.entries(c.coverage)) {
      for (const [view, coverage] of [
        ["world", both],
        ["outside", both.outsideTarget],
      ] as const) {
        for (const m of ["closed", "closedOrPractice", "controlled"] as const) {
          out.set(`${c.id} ${probe} ${view} ${m}`, (coverage as Coverage)[m]);
        }
      }
    }
  }
  return out;
}

const before = measures(whole);

/** Measures that came out narrower than with all data: what is lost may widen a range, never move it. */
function narrowed(a: Assessment, slack = 1e-9): string[] {
  const bad: string[] = [];
  for (const [name, now] of measures(a)) {
    const old = before.get(name)!;
    if (now.low > old.low + slack || now.high < old.high - slack)
      bad.push(`${name}: ${old.low}-${old.high} -> ${now.low}-${now.high}`);
  }
  return bad;
}

describe("a rule file that is taken away widens the answer and never silently opens a cell", () => {
  const files = store
    .rules()
    .filter((f) => REGIMES.some((r) => f.path.startsWith(`rules/${r}/`)) && !f.path.endsWith("/regime.yaml"));

  it("has rule files of all four regimes to take away", () => {
    expect(new Set(files.map((f) => f.path.slice(6, 9)))).toEqual(new Set(REGIMES));
    expect(files.length).toBeGreaterThan(20);
  });

  it.each(files.map((f) => f.path))("%s", (path) => {
    const a = createWorkbench(without({ rules: store.rules().filter((f) => f.path !== path) })).assess(CASE);
    expect(narrowed(a)).toEqual([]);
  });

  it.each(REGIMES)("the whole rule book of %s", (regime) => {
    const a = createWorkbench(
      without({ rules: store.rules().filter((f) => !f.path.startsWith(`rules/${regime}/`)) }),
    ).assess(CASE);
    const state = regime.toUpperCase();
    const opened = a.classes.flatMap((c) =>
      c.suppliers.filter((s) => s.state === state && s.cells["advanced-fab"]?.grade === "open").map(() => c.id),
    );
    expect(opened).toEqual([]);
  });
});

describe("a practice that is taken away leaves it unknown whether licences are refused", () => {
  const practices = store
    .rules()
    .flatMap((file) =>
      [
        ...file.text.matchAll(/\n {2}- id: ([a-z0-9-]+)\n {4}title: [^\n]*\n {4}from: [^\n]*\n(?:(?! {2}- ).*\n?)*?/g),
      ].map((m) => ({ file, id: m[1]! })),
    )
    .filter(({ file, id }) => /rules\/(nld|euu)\/practice\.yaml/.test(file.path) && id !== "");

  it("finds the Dutch and the Union practice", () => {
    expect(new Set(practices.map((p) => p.file.path)).size).toBe(2);
  });

  it.each(practices.map((p) => [`${p.file.path} ${p.id}`, p] as const))("%s", (_name, { file, id }) => {
    const text = file.text.replace(new RegExp(`  - id: ${id}\\n(?:(?!  - |\\S).*\\n)*`), "");
    expect(text.length).toBeLessThan(file.text.length);
    const rules = store
      .rules()
      .map((f) =>
        f.path === file.path ? { ...f, text: text.replace(/practice:\n(?=checkedOn|$)/, "practice: []\n") } : f,
      );
    expect(narrowed(createWorkbench(without({ rules })).assess(CASE))).toEqual([]);
  });

  it("EUV scanners are closed in practice with it, and possibly so without it", () => {
    const outside = (a: Assessment) =>
      a.classes.find((c) => c.id === "euv-lithography-tools")!.coverage["advanced-fab"]!.outsideTarget;
    expect(outside(whole).closedOrPractice).toEqual({ low: 1, high: 1 });
    const rules = store
      .rules()
      .map((f) =>
        /(nld|euu)\/practice\.yaml$/.test(f.path)
          ? { ...f, text: f.text.replace(/practice:\n[\s\S]*?\ncheckedOn/, "practice: []\ncheckedOn") }
          : f,
      );
    expect(outside(createWorkbench(without({ rules })).assess(CASE)).closedOrPractice).toEqual({ low: 0, high: 1 });
  });
});

describe("a figure that is taken away", () => {
  const chips = store.pack("chips");
  const shares = chips.find((f) => f.path.endsWith("shares.csv"))!;
  const lines = shares.text.trimEnd().split("\n");
  /** Rows of states in a class and year. */
  const peersOf = (row: string): string[] => {
    const [cls, , , , , , period] = row.split(",");
    return lines.filter((l) => l.startsWith(`${cls},`) && l.split(",")[6] === period && l.split(",")[2] === "");
  };
  /** Published shares are rounded: what a class sums to above 100, or dust below it, cannot be told from a lost row. */
  const DUST = 0.7;
  const slack = (row: string) =>
    Math.max(
      DUST,
      peersOf(row).reduce((sum, l) => sum + Number(l.split(",")[3]), -100),
    ) / 90;
  /** One row in nine of those with a figure for a state, in the order of the file; the rows alone in their year apart. */
  const rows = lines.slice(1).filter((line) => {
    const [cls, supplier, state, value, , , period] = line.split(",");
    return (
      // A year in which the class meant something else stands for no other one and counts for nothing here.
      whole.classes.some((c) => c.id === cls && c.period.includes(period!)) &&
      /^([A-Z]{3}|various)$/.test(supplier!) &&
      state === "" &&
      Number(value) > 2 &&
      peersOf(line).length > 1
    );
  });
  const sample = rows.filter((_, i) => i % 9 === 0);

  it("is taken from a table of several hundred shares", () => {
    expect(rows.length).toBeGreaterThan(300);
  });

  it.each(sample)("a share: %s", (row) => {
    const text = `${lines.filter((l) => l !== row).join("\n")}\n`;
    const files = chips.map((f) => (f.path === shares.path ? { ...f, text } : f));
    const a = createWorkbench(without({ pack: { name: "chips", files } })).assess(CASE, {
      classes: [row.split(",")[0]!],
      candidates: ["KOR"],
    });
    expect(narrowed(a, slack(row))).toEqual([]);
    const cls = a.classes.find((c) => c.id === row.split(",")[0])!;
    const { unallocated } = whole.classes.find((c) => c.id === cls.id)!;
    // What several states supply together was unallocated before, and stays so.
    if (row.split(",")[1] === "various")
      expect(cls.unallocated.high).toBeGreaterThanOrEqual(unallocated.high - slack(row));
    else expect(cls.unallocated.high).toBeGreaterThan(unallocated.high);
  });

  it("of trade is named as not known, not counted as nothing", () => {
    const open = store.pack("chips-open");
    const files = open.map((f) =>
      f.path.endsWith("trade.csv") ? { ...f, text: f.text.replace(/^848620,NLD,CHN,.*\n/gm, "") } : f,
    );
    const a = createWorkbench(without({ pack: { name: "chips-open", files } })).assess(CASE);
    const immersion = (x: Assessment) =>
      x.leaks.find(
        (l) =>
          l.class === "arf-immersion-duv-lithography-tools" && l.variant === "overlay-150-240" && l.state === "NLD",
      )!;
    expect(immersion(whole).size.tradeUsd!.value.high).toBeGreaterThan(1e9);
    expect(immersion(a).size.tradeUsd).toBeUndefined();
  });

  it("of monthly imports leaves the months not measured", () => {
    const open = store.pack("chips-open");
    const files = open.map((f) =>
      f.path.endsWith("figures.csv")
        ? { ...f, text: f.text.replace(/^[^\n]*Litho imports from Netherlands[^\n]*\n/gm, "") }
        : f,
    );
    expect(whole.window?.imports).not.toBeNull();
    expect(createWorkbench(without({ pack: { name: "chips-open", files } })).assess(CASE).window?.imports).toBeNull();
  });

  it("with the whole pack leaves an answer from open figures, with wider ranges, and says so", () => {
    const a = createWorkbench(without({ pack: { name: "chips", files: [] } })).assess(CASE);
    expect(a.question.packsMissing).toEqual(["chips"]);
    expect(a.notices.join()).not.toContain("ETO");
    expect(a.classes.length).toBeGreaterThan(20);
    expect(a.answer.because.join(" ")).toContain("chips is not there");
    const euv = a.classes.find((c) => c.id === "euv-lithography-tools")!;
    expect(euv.coverage["advanced-fab"]!.outsideTarget.closedOrPractice.low).toBe(1);
  });
});
