import { describe, expect, it } from "vitest";
import { exact } from "../domain/ranges.ts";
import { inventedPack } from "./invented-pack.ts";
import type { Pack } from "./pack.ts";
import { parsePack } from "./parse-pack.ts";
import { verifyPack } from "./verify-pack.ts";

const pack = parsePack(inventedPack());

function faults(changed: Pack): string[] {
  return verifyPack(changed)
    .filter((f) => f.severity === "fault")
    .map((f) => f.message);
}

describe("verifyPack", () => {
  it("finds nothing in a sound pack", () => {
    expect(verifyPack(pack)).toEqual([]);
  });

  it("reports lost tables as faults", () => {
    const lost = parsePack(inventedPack({ "trade.csv": null }));
    expect(faults(lost)).toEqual(["table `trade.csv` of pack `toys` is not there: its figures are unknown"]);
  });

  it("reports sources without a place, bad hashes and addresses, and reading after the check", () => {
    const atlas = pack.sources.get("atlas")!;
    const { citation: _, ...placeless } = pack.sources.get("census")!;
    const sources = new Map([
      ["atlas", { ...atlas, sha256: "ABC", accessed: "2031-06-01", url: "example" }],
      ["census", placeless],
    ]);
    expect(faults({ ...pack, sources })).toEqual([
      "`example` of source `atlas` is no address",
      "`ABC` of source `atlas` is no SHA-256",
      "source `atlas` was read after `checkedOn`",
      "source `census` has neither url nor citation",
    ]);
  });

  it("notes a source that nothing cites and a leaf without shares", () => {
    const sources = new Map([...pack.sources, ["spare", { ...pack.sources.get("atlas")!, id: "spare" }]]);
    const shares = pack.shares.filter((s) => s.class !== "kites");
    expect(verifyPack({ ...pack, sources, shares }).map((f) => [f.severity, f.message])).toEqual([
      ["note", "source `spare` is not used"],
      ["note", "leaf class `kites` has no shares: its supply is unknown"],
    ]);
  });

  it("wants a notice where a licence limits use", () => {
    const sources = new Map([...pack.sources, ["atlas", { ...pack.sources.get("atlas")!, licence: "CC BY-NC 4.0" }]]);
    expect(faults({ ...pack, sources })).toEqual(["`atlas` limits use, and the pack has no notice"]);
    expect(faults({ ...pack, sources, notice: "CC BY-NC" })).toEqual([]);
  });

  it("reports firms above 100%, shares of the future and empty findings", () => {
    const firm = pack.shares[3]!;
    const shares = [
      ...pack.shares,
      { ...firm, supplier: "Tol", value: exact(0.9) },
      { ...pack.shares[7]!, period: "2032" },
    ];
    const { text: _, ...wordless } = pack.figures[1]!;
    expect(faults({ ...pack, shares, figures: [wordless] })).toEqual([
      "firms of `wooden-tops` in 2025 add up to 110.0%",
      "share of `CHN` in `kites` is of 2032",
      "figure `kite-law` has the unit text and no words",
    ]);
  });

  it("checks classes of an extended pack once it is there", () => {
    const extending: Pack = { ...pack, extends: ["games"], items: [{ ...pack.items[0]!, class: "chess" }] };
    const messages = (others: readonly Pack[]) => verifyPack(extending, others).map((f) => f.message);
    expect(messages([])).toEqual(["pack `games`, which it extends, is not there"]);
    const games = { ...pack, id: "games", classes: [] };
    expect(messages([games])).toEqual(["`chess` is no class of the pack or of those it extends"]);
  });
});
