import { describe, expect, it } from "vitest";
import type { TextFile } from "../input/text-file.ts";
import { parsePack } from "../supply/parse-pack.ts";
import { type Contribution, draftPack } from "./pack-draft.ts";

/** What an invented publisher brings: one class with shares of two states. */
function contribution(name: string, dutch: string): Contribution {
  const source = `${name}-1`;
  return {
    pack: { id: "toys", title: "Toys", issue: "toys", licence: "CC0-1.0" },
    owns: (id) => id.startsWith(`${name}-`),
    sources: [{ id: source, producer: name, title: name, url: "https://example.org/", licence: "CC0-1.0" }],
    rows: {
      "classes.csv": [
        { id: `${name}-tops`, name, parent: "", type: "tool", group: "g", stage: "s", basis: "plant", source },
      ],
      "shares.csv": [
        { class: `${name}-tops`, supplier: "JPN", value: "9", period: "2025", source, kind: "reported" },
        {
          class: `${name}-tops`,
          supplier: "NLD",
          value: dutch,
          period: "2025",
          source,
          kind: "reported",
          note: 'a, "b"',
        },
      ],
    },
    checkedOn: "2031-05-01",
  };
}

const paths = (files: readonly TextFile[]) => files.map((f) => f.path);

describe("draftPack", () => {
  const first = draftPack([], contribution("alpha", "60"));
  const both = draftPack(first.files, contribution("beta", "40"));

  it("makes a pack that can be read, with the largest share first and rows counted", () => {
    expect(paths(first.files)).toEqual(["packs/toys/pack.yaml", "packs/toys/classes.csv", "packs/toys/shares.csv"]);
    const pack = parsePack(first.files);
    expect(pack.warnings).toEqual([]);
    expect(pack.shares.map((s) => s.supplier)).toEqual(["NLD", "JPN"]);
    expect(pack.shares[0]?.note).toBe('a, "b"');
  });

  it("keeps the rows and sources of others beside its own", () => {
    const pack = parsePack(both.files);
    expect(pack.classes.map((c) => c.id)).toEqual(["alpha-tops", "beta-tops"]);
    expect([...pack.sources.keys()]).toEqual(["alpha-1", "beta-1"]);
    expect(both.changes.map((c) => [c.added.length, c.removed.length, c.changed.length])).toEqual([
      [1, 0, 0],
      [2, 0, 0],
    ]);
  });

  it("gives the same bytes whichever importer runs first or again", () => {
    const other = draftPack(draftPack([], contribution("beta", "40")).files, contribution("alpha", "60"));
    const texts = (files: readonly TextFile[]) => files.map((f) => f.text);
    expect(texts(other.files)).toEqual(texts(both.files));
    expect(texts(draftPack(both.files, contribution("alpha", "60")).files)).toEqual(texts(both.files));
  });

  it("says which of its own rows changed or went, and leaves counts of other files alone", () => {
    const withItems = both.files.map((f) =>
      f.path.endsWith("pack.yaml") ? { ...f, text: `${f.text.trimEnd()}\n  items.yaml: 3\n` } : f,
    );
    const later = draftPack(withItems, contribution("alpha", "61"));
    expect(later.changes[1]?.changed).toEqual(["alpha-tops | NLD | 2025 | alpha-1: value `60` -> `61`"]);
    expect(later.files[0]?.text).toContain("items.yaml: 3");
    const gone = draftPack(both.files, { ...contribution("alpha", "60"), rows: {} });
    expect(gone.changes[1]?.removed.length).toBe(2);
    expect(parsePack(gone.files).classes.map((c) => c.id)).toEqual(["beta-tops"]);
  });
});
