import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exact, type Range } from "../domain/ranges.ts";
import { state } from "../domain/states.ts";
import type { Share } from "./pack.ts";
import { ROUNDING_DUST, type SharesAt, sharesAt, targetOwn } from "./shares-at.ts";

const EPSILON = 1e-9;

function row(supplier: string, value: number | Range | null, period = "2025", rest: Partial<Share> = {}): Share {
  const base = { class: "t", supplier, period, source: "atlas", kind: "measured", pack: "toys" } as const;
  const range = typeof value === "number" ? exact(value) : value;
  if (supplier === "various") return { ...base, level: "various", value: range, ...rest };
  return { ...base, level: "state", state: state(supplier), value: range, ...rest };
}

function firm(supplier: string, home: string, value: number | null, period = "2025"): Share {
  return { ...row(home, value, period), supplier, level: "firm" };
}

function at(shares: readonly Share[], year = 2025): SharesAt {
  return sharesAt({ shares }, "t", year);
}

function shareOf(result: SharesAt, supplier: string): Range | undefined {
  return result.suppliers.find((s) => s.supplier === supplier)?.share;
}

describe("sharesAt", () => {
  it("takes the year asked for, largest first, with firms under their headquarters", () => {
    const result = at([
      row("JPN", 0.3),
      row("various", 0.1),
      row("NLD", 0.6),
      firm("Tol", "NLD", 0.4),
      firm("B", "NLD", 0.5),
      row("USA", 1, "2024"),
    ]);
    expect(result.fit).toBe("asked");
    expect(result.period).toBe("2025");
    expect(result.suppliers.map((s) => s.supplier)).toEqual(["NLD", "JPN", "various"]);
    expect(result.suppliers[0]?.firms.map((f) => f.name)).toEqual(["B", "Tol"]);
    expect(result.unallocated).toEqual({ low: 0.1, high: 0.1 });
  });

  it("makes what a lost row held part of the unallocated rest", () => {
    const rows = [row("NLD", 0.6), row("JPN", 0.3), row("various", 0.1)];
    expect(at(rows.slice(0, 1)).unallocated).toEqual({ low: 0, high: 0.4 });
    expect(at([rows[0]!, rows[2]!]).unallocated).toEqual({ low: 0.1, high: 0.4 });
  });

  it("sweeps a remainder of half a per cent as rounding, and no more", () => {
    expect(at([row("NLD", 0.995)]).unallocated).toEqual({ low: 0, high: 0 });
    expect(at([row("NLD", 0.994)]).unallocated).toEqual({ low: 0, high: 0.006 });
    expect(at([row("NLD", 0.7), row("JPN", 0.31)]).unallocated).toEqual({ low: 0, high: 0 });
  });

  it("gives suppliers of unknown share anything up to the rest, never a silent zero", () => {
    const result = at([row("NLD", 0.7), row("USA", null), row("KOR", null), row("various", 0.1)]);
    expect(shareOf(result, "USA")).toEqual({ low: 0, high: 0.2 });
    expect(shareOf(result, "KOR")).toEqual({ low: 0, high: 0.2 });
    expect(result.unallocated).toEqual({ low: 0.1, high: 0.3 });
    expect(shareOf(at([row("NLD", 1), row("USA", null)]), "USA")).toEqual({ low: 0, high: ROUNDING_DUST });
  });

  it("spans the nearest earlier and later years as derived", () => {
    const rows = [
      row("NLD", 0.9, "2010"),
      row("NLD", 0.5, "2019"),
      row("JPN", 0.5, "2019"),
      row("NLD", 0.7),
      row("USA", 0.2),
    ];
    const result = at(rows, 2022);
    expect(result.fit).toBe("envelope");
    expect(result.period).toBe("2019..2025");
    expect(result.suppliers.every((s) => s.kind === "derived")).toBe(true);
    expect(shareOf(result, "NLD")).toEqual({ low: 0.5, high: 0.7 });
    // Not named in 2025, when 10% were left: it had at most that.
    expect(shareOf(result, "JPN")).toEqual({ low: 0, high: 0.5 });
    // Not named in 2019, when nothing was left.
    expect(shareOf(result, "USA")).toEqual({ low: 0, high: 0.2 });
    expect(result.unallocated).toEqual({ low: 0, high: 0.1 });
  });

  it("keeps only the high bound of a firm that one of the years does not name", () => {
    const rows = [
      row("NLD", 1, "2019"),
      firm("A", "NLD", 0.6, "2019"),
      row("NLD", 1),
      firm("A", "NLD", 0.7),
      firm("B", "NLD", 0.3),
    ];
    expect(at(rows, 2022).suppliers[0]?.firms.map((f) => [f.name, f.share])).toEqual([
      ["A", { low: 0.6, high: 0.7 }],
      ["B", { low: 0, high: 0.3 }],
    ]);
  });

  it("marks the nearest year when there is none on the other side", () => {
    const rows = [row("NLD", 0.5, "2019"), row("NLD", 0.7, "2022")];
    expect(at(rows, 2025)).toMatchObject({ fit: "before-date", period: "2022" });
    expect(at(rows, 2015)).toMatchObject({ fit: "after-date", period: "2019" });
    expect(at(rows, 2025).suppliers[0]?.kind).toBe("measured");
  });

  it("leaves everything open when there is no figure", () => {
    const result = at([]);
    expect(result).toMatchObject({ fit: "none", period: "", suppliers: [], unallocated: { low: 0, high: 1 } });
    expect(targetOwn(result, state("CHN"))).toEqual({ low: 0, high: 1 });
  });

  it("keeps two sources of one share side by side as their hull", () => {
    const result = at([row("CHN", 0.6), row("CHN", 0.7, "2025", { source: "census", kind: "reported" })]);
    expect(result.suppliers[0]).toMatchObject({
      share: { low: 0.6, high: 0.7 },
      kind: "derived",
      sources: ["atlas", "census"],
    });
    expect(result.unallocated).toEqual({ low: 0, high: 0.4 });
  });

  it("takes the target's own share from its row, and else from the unallocated rest", () => {
    const result = at([row("CHN", 0.2), row("NLD", 0.7)]);
    expect(targetOwn(result, state("CHN"))).toEqual({ low: 0.2, high: 0.2 });
    expect(targetOwn(result, state("RUS"))).toEqual({ low: 0, high: 0.1 });
  });
});

const STATES = ["NLD", "JPN", "USA", "CHN", "KOR", "DEU"] as const;

/** Rows of one year whose high bounds add up to 100% at most; some shares are unknown. */
function yearRows(period: string): fc.Arbitrary<Share[]> {
  const part = fc.record({
    weight: fc.integer({ min: 1, max: 100 }),
    slack: fc.integer({ min: 0, max: 100 }),
    open: fc.integer({ min: 0, max: 5 }),
  });
  const parts = fc.array(part, { minLength: 1, maxLength: STATES.length + 1 });
  return fc.tuple(parts, fc.integer({ min: 0, max: 100 })).map(([list, spare]) => {
    const total = list.reduce((sum, p) => sum + p.weight, spare);
    return list.map((p, i) => {
      const high = p.weight / total;
      return row(STATES[i] ?? "various", p.open === 0 ? null : { low: high * (1 - p.slack / 100), high }, period);
    });
  });
}

describe("sharesAt, for any shares", () => {
  it("keeps the low bounds together at or below 100%, and every bound between 0 and 1", () => {
    fc.assert(
      fc.property(yearRows("2019"), yearRows("2025"), fc.integer({ min: 2015, max: 2030 }), (a, b, year) => {
        const result = at([...a, ...b], year);
        const states = result.suppliers.filter((s) => s.supplier !== "various");
        const lows = states.reduce((sum, s) => sum + s.share.low, result.unallocated.low);
        expect(lows).toBeLessThanOrEqual(1 + EPSILON);
        for (const r of [...result.suppliers.map((s) => s.share), result.unallocated]) {
          expect(r.low).toBeGreaterThanOrEqual(0);
          expect(r.low).toBeLessThanOrEqual(r.high);
          expect(r.high).toBeLessThanOrEqual(1 + EPSILON);
        }
      }),
    );
  });

  it("accounts for all of world supply, but for dust", () => {
    fc.assert(
      fc.property(yearRows("2025"), (rows) => {
        const result = at(rows);
        const states = result.suppliers.filter((s) => s.supplier !== "various");
        const highs = states.reduce((sum, s) => sum + s.share.high, result.unallocated.high);
        expect(highs).toBeGreaterThanOrEqual(1 - ROUNDING_DUST - EPSILON);
      }),
    );
  });

  it("spans both ends in an envelope", () => {
    fc.assert(
      fc.property(yearRows("2019"), yearRows("2025"), (a, b) => {
        const wide = at([...a, ...b], 2022);
        for (const end of [at(a, 2019), at(b, 2025)]) {
          for (const s of end.suppliers) {
            const r = shareOf(wide, s.supplier)!;
            expect(r.low).toBeLessThanOrEqual(s.share.low);
            expect(r.high).toBeGreaterThanOrEqual(s.share.high);
          }
          expect(wide.unallocated.low).toBeLessThanOrEqual(end.unallocated.low);
          expect(wide.unallocated.high).toBeGreaterThanOrEqual(end.unallocated.high);
        }
      }),
    );
  });

  it("never lowers a high bound when a row is lost; what was lost is in the unallocated rest", () => {
    fc.assert(
      fc.property(yearRows("2019"), yearRows("2025"), fc.nat(), fc.constantFrom(2019, 2022), (a, b, pick, year) => {
        fc.pre(a.length > 1);
        const lost = pick % a.length;
        const before = at([...a, ...b], year);
        const after = at([...a.filter((_, i) => i !== lost), ...b], year);
        for (const s of before.suppliers) {
          const now = shareOf(after, s.supplier);
          if (now) expect(now.high).toBeGreaterThanOrEqual(s.share.high - EPSILON);
          else expect(after.unallocated.high).toBeGreaterThanOrEqual(s.share.low - ROUNDING_DUST - EPSILON);
        }
        expect(after.unallocated.high).toBeGreaterThanOrEqual(before.unallocated.high - EPSILON);
      }),
    );
  });

  it("does not depend on the order of the rows", () => {
    const rows = fc.tuple(yearRows("2019"), yearRows("2025")).map(([a, b]) => [...a, ...b]);
    fc.assert(
      fc.property(rows, (r) => {
        expect(at([...r].reverse(), 2022)).toEqual(at(r, 2022));
      }),
    );
  });
});
