import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inventedBook } from "../../test/invented-book.ts";
import { readTransactions, type Transaction } from "./transactions.ts";

const book = inventedBook({});

/** Reads a text that arrives in pieces of `size` characters. */
async function read(path: string, text: string, size = 7) {
  const source = {
    path,
    pieces: async function* () {
      for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
    },
  };
  const transactions: Transaction[] = [];
  const problems: string[] = [];
  for await (const batch of readTransactions(source, book)) {
    transactions.push(...batch.transactions);
    for (const p of batch.problems) problems.push(`${p.at?.line}:${p.at?.column} ${p.code} ${p.message}`);
  }
  return { transactions: transactions.map(({ id, asOf, facts }) => ({ id, asOf, facts })), problems };
}

const LOOM = {
  id: "L-1",
  asOf: "2025-01-02",
  facts: {
    from: "NLD",
    "endUser.lists": ["A", "B"],
    military: false,
    "loom.pitch": { low: 1500, high: 1500, lowIncluded: true, highIncluded: true },
  },
};

describe("a file of transactions", () => {
  it("says the same in every format, with facts beside the fields or under `facts`", async () => {
    const yaml = "id: L-1\nasOf: 2025-01-02\nfrom: nl\nendUser.lists: [A, B]\nmilitary: false\nloom.pitch: 1.5 um\n";
    const nested =
      '{"id":"L-1","asOf":"2025-01-02","facts":{"from":"the Netherlands","endUser.lists":["A","B"],"military":false,"loom.pitch":"1.5 um"}}';
    const csv = "id,asOf,from,endUser.lists,military,loom.pitch\nL-1,2025-01-02,NLD,A; B,no,1.5 um\n";
    for (const [path, text] of [
      ["t.yaml", yaml],
      ["t.json", nested],
      ["t.json", `[${nested}]`],
      ["t.jsonl", `${nested}\n\n`],
      ["t.csv", csv],
    ] as const)
      expect(await read(path, text), path + text).toEqual({ transactions: [LOOM], problems: [] });
  });

  it("takes an empty cell as unknown, `none` as an empty set, and a comparison as a range", async () => {
    const { transactions, problems } = await read(
      "t.csv",
      "from,endUser.lists,loom.pitch\n,none,<= 3 nm\nJPN,,> 3 nm\n",
    );
    expect(problems).toEqual([]);
    expect(transactions.map((t) => t.facts)).toEqual([
      { "endUser.lists": [], "loom.pitch": { low: -Infinity, high: 3, lowIncluded: false, highIncluded: true } },
      { from: "JPN", "loom.pitch": { low: 3, high: Infinity, lowIncluded: false, highIncluded: false } },
    ]);
    expect(transactions.map((t) => t.id)).toEqual(["1", "2"]);
  });

  it("gives every problem at once, each with line and column", async () => {
    expect((await read("t.csv", "id,form,loom.pitch\n")).problems).toEqual(["1:4 unknown-fact unknown column `form`"]);
    expect((await read("t.csv", 'id,from,loom.pitch\na,"N,L",3\na,JPN\nb,JPN,"4\n nm"\nb,JPN,\n')).problems).toEqual([
      "2:3 bad-value `N,L` is no value of `from`",
      "2:9 missing-unit `3` has no unit",
      "3:1 bad-syntax 2 cells where the header has 3",
      "6:1 duplicate-id two transactions are called `b`",
    ]);
    expect((await read("t.jsonl", '{"id":1}\n{"id":2,}\n{"from":"Atlantis","x":1}\n')).problems).toEqual([
      "2:9 bad-syntax expected double-quoted property name",
      "3:20 unknown-fact no fact is called `x`",
      "3:2 bad-value `Atlantis` is no value of `from`",
    ]);
    expect((await read("t.yaml", "- from: JPN\n  asOf: 2025-02-30\n- 7\n")).problems).toEqual([
      "2:3 bad-date `2025-02-30` is no calendar day",
      "3:3 bad-shape a transaction is a map of facts",
    ]);
  });

  it("stops at a quote that is never closed and says where it is", async () => {
    expect((await read("t.csv", 'id,from\na,JPN\nb,"NLD\n')).problems).toEqual([
      "3:3 bad-syntax not well-formed CSV: a quote that is never closed",
    ]);
  });

  it("answers any mutation of a file with transactions or problems, however its pieces are cut", async () => {
    const seeds = {
      "t.csv": "id,asOf,from,endUser.lists,loom.pitch\nL-1,2025-01-02,NLD,A; B,1.5 um\nL-2,,JPN,none,<= 3 nm\n",
      "t.jsonl": '{"id":"L-1","from":"NLD","loom.pitch":"1.5 um"}\n{"id":"L-2","facts":{"military":true}}\n',
      "t.json": '[{"id":"L-1","from":"NLD"},{"id":"L-2","facts":{"endUser.lists":["A"]}}]',
      "t.yaml": "- { id: L-1, from: NLD }\n- id: L-2\n  facts: { loom.pitch: { atMost: 3 nm } }\n",
    };
    const scrap = fc.oneof(
      fc.constantFrom(
        '"',
        "\n",
        ",",
        "{",
        "}",
        "[",
        ":",
        ";",
        "\r",
        "\t",
        "\ufeff",
        "null",
        "__proto__",
        "- ",
        "&a *a",
      ),
      fc.string({ maxLength: 3 }),
    );
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(6), scrap), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.entries(seeds)),
        edits,
        fc.integer({ min: 1, max: 40 }),
        async (seed, list, size) => {
          const [path, seedText] = seed;
          let text: string = seedText;
          for (const [at, cut, add] of list) {
            const i = at % (text.length + 1);
            text = text.slice(0, i) + add + text.slice(i + cut);
          }
          const inPieces = await read(path, text, size);
          expect(inPieces).toEqual(await read(path, text, text.length + 1));
          expect(inPieces.problems.every((p) => !p.startsWith("undefined"))).toBe(true);
        },
      ),
      { numRuns: 400, seed: 7 },
    );
  });
});
