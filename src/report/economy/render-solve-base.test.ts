import { describe, expect, it } from "vitest";
import type { SolveRangeResult } from "../../economy/base-pack-result.ts";
import { renderNamedSolve } from "./render-solve-base.ts";

const range = (low: number, high: number) => ({ low, high });
const row = (id: string, low: number, high: number) => ({
  ...{ id, wage: range(low, high), price: range(1, 1), realWage: range(low, high), welfareExact: range(low, high) },
  ...{ termsOfTrade: range(0, 0), volumeOfTrade: range(0, 0), welfareLinear: range(low - 1, high - 1) },
});
const ended = { termination: "converged", residual: 1e-12, iterations: 9, countries: [] } as const;
const result: SolveRangeResult = {
  schema: "entente/solve-range@1",
  base: { id: "b", title: "Small world", licence: "free", notice: "Made up.", assumptions: ["Nothing is."] },
  sets: [
    { id: "P", title: "Pen (2001)", kind: "published", ...ended },
    { id: "Q", title: "Quill (2002)", kind: "published", ...ended },
  ],
  ranges: [row("KOR", 0.98, 1.001), row("XX", 1, 1)],
  ...{ seconds: 1, digest: { data: "d", engine: "e" }, notModelled: ["time"] },
};
const page = (r: SolveRangeResult) => renderNamedSolve(r, { width: 90, colour: false });

describe("the page of a named base over several sets", () => {
  it("shows ranges, sets, assumptions and licence", () => {
    expect(page(result)).toMatchInlineSnapshot(`
      "Small world; 2 published sets of trade elasticities

      Change against the solved base, in per cent: lowest to highest over the published sets of trade elasticities

      per cent          real wage   welfare, exact  welfare, linear
       KOR Korea  -2.000 to 0.100  -2.000 to 0.100  -2.000 to 0.100
       XX          0.000 to 0.000   0.000 to 0.000   0.000 to 0.000

      Sets: P: Pen (2001); Q: Quill (2002).
      Not modelled: time.
      Assumed: Nothing is.
      Licence: free. Made up.
      "
    `);
  });

  it("shows bands where draws were made, and says when a draw has no equilibrium", () => {
    const bootstrap = { draws: 20, seed: 3, failed: 0, bands: [row("KOR", 0.985, 0.999)] };
    expect(page({ ...result, bootstrap })).toMatch(/over 20 draws \(seed 3\)[\s\S]*-1\.500 to -0\.100/);
    const failed = page({ ...result, bootstrap: { ...bootstrap, failed: 2, bands: [] } });
    expect(failed).toContain("2 of 20 draws found no equilibrium: no bands are given.");
  });

  it("gives no range where a set has no equilibrium", () => {
    const sets = [result.sets[0]!, { ...result.sets[1]!, termination: "diverged" as const }];
    const text = page({ ...result, sets, ranges: [] });
    expect(text).toContain("NO EQUILIBRIUM FOUND with Q. No range is given.");
    expect(text).not.toContain("Korea");
  });
});
