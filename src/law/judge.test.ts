import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import { InputError } from "../domain/errors.ts";
import { findRule, type RuleBook, unionsOf } from "./book.ts";
import type { Facts } from "./condition.ts";
import { judge, policyOf, type RegimeAnswer } from "./judge.ts";

const RULE = `rules:
  - id: looms
    title: invented looms
    layer: list
    applies: { from: JPN }
    versions:
      - from: 2022-01-01
        until: 2024-01-01
        when: { item.kind: loom, loom.pitch: { atMost: 3 nm } }
        effect: licence-required
        policy: case-by-case
        cite: ${cite("art. 1")}
      - from: 2024-01-01
        when: { item.kind: loom }
        effect: licence-required
        policy: denial
        cite: ${cite("art. 1 as amended", "official-summary")}
`;

const LOOM: Facts = { from: "JPN", destination: "CHN", "item.kind": "loom", military: false };
const pitch = (nm: number): Facts => ({ "loom.pitch": { low: nm, high: nm, lowIncluded: true, highIncluded: true } });

/** What invented Japanese law with these instruments says. */
function ask(instruments: Readonly<Record<string, string>>, date: string, facts: Facts): RegimeAnswer {
  return judge(bookOf(instruments), "JPN", isoDate(date), facts);
}

function bookOf(instruments: Readonly<Record<string, string>>) {
  const files = Object.entries(instruments).map(([name, body]) => [`rules/jpn/${name}.yaml`, instrument(body)]);
  return inventedBook({ "rules/jpn/regime.yaml": manifest(...Object.keys(instruments)), ...Object.fromEntries(files) });
}

/** A rule `base` with these exceptions, each `[id, overrides, when, effect]`, asked in 2025. */
function withExceptions(
  exceptions: readonly (readonly [string, string, string, string])[],
  facts: Facts,
): RegimeAnswer {
  return ask({ order: exceptionRule(exceptions) }, "2025-01-01", facts);
}

function exceptionRule(exceptions: readonly (readonly [string, string, string, string])[]): string {
  const lines = exceptions.map(
    ([id, overrides, when, effect]) =>
      `      - { id: ${id}, overrides: ${overrides}, when: ${when}, ${effect}, cite: ${cite(`art. ${id}`)} }`,
  );
  return `rules:
  - id: base
    title: invented
    layer: list
    versions: [{ from: 2020-01-01, effect: licence-required, policy: denial, cite: ${cite("art. 1")} }]
    exceptions:
${lines.join("\n")}
`;
}

describe("an invented rule", () => {
  it("requires nothing on the day before it begins and a licence from its first day on", () => {
    expect(ask({ order: RULE }, "2021-12-31", { ...LOOM, ...pitch(2) }).verdict).toBe("no-licence");
    const first = ask({ order: RULE }, "2022-01-01", { ...LOOM, ...pitch(2) });
    expect(first).toMatchObject({ verdict: "licence-required", policy: "case-by-case", missing: [] });
    expect(first.findings.map((f) => [f.rule, f.cite.act, f.cite.at])).toEqual([
      ["jpn/order/looms", "Order 1", "art. 1"],
    ]);
  });

  it("changes on the day of its amendment", () => {
    const coarse = { ...LOOM, ...pitch(5) };
    expect(ask({ order: RULE }, "2023-12-31", coarse).verdict).toBe("no-licence");
    expect(ask({ order: RULE }, "2024-01-01", coarse)).toMatchObject({ verdict: "licence-required", policy: "denial" });
  });

  it("does not reach what it does not apply to", () => {
    expect(ask({ order: RULE }, "2025-01-01", { ...LOOM, from: "CHN" })).toMatchObject({
      verdict: "no-licence",
      findings: [],
    });
  });

  it("is undetermined where a fact is missing that matters, and names it", () => {
    const answer = ask({ order: RULE }, "2022-06-01", LOOM);
    expect(answer).toMatchObject({ verdict: "undetermined", atLeast: 0, atMost: 2, missing: ["loom.pitch"] });
    expect(ask({ order: RULE }, "2024-06-01", LOOM)).toMatchObject({ verdict: "licence-required", missing: [] });
  });

  it("carries the weakest evidence of its clause, its definitions and its exceptions", () => {
    const body = `terms:
  - { id: fine, title: t, versions: [{ from: 2020-01-01, when: { item.kind: loom }, cite: ${cite("art. 9", "secondary")} }] }
rules:
  - id: r
    title: t
    layer: list
    versions: [{ from: 2020-01-01, when: { term: fine }, effect: licence-required, cite: ${cite("art. 1")} }]
    exceptions: [{ id: x, overrides: r, when: { destination: NLD }, effect: no-licence, cite: ${cite("art. 2", "inferred")} }]
`;
    expect(ask({ order: body }, "2025-01-01", LOOM).findings[0]!.evidence).toBe("secondary");
    expect(ask({ order: body }, "2025-01-01", { ...LOOM, destination: "NLD" }).findings[0]!.evidence).toBe("inferred");
    expect(ask({ order: RULE }, "2023-01-01", { ...LOOM, ...pitch(2) }).findings[0]!.evidence).toBe("text");
  });
});

describe("requirements of several invented rules", () => {
  const rule = (id: string, effect: string) =>
    `  - { id: ${id}, title: t, layer: list, versions: [{ from: 2020-01-01, ${effect}, cite: ${cite(id)} }] }\n`;

  it("accumulate, and the strictest decides", () => {
    const some = `rules:\n${rule("a", "effect: licence-required, policy: approval")}${rule("b", "effect: licence-required, policy: presumption-of-denial")}`;
    expect(ask({ order: some }, "2025-01-01", LOOM)).toMatchObject({
      verdict: "licence-required",
      policy: "presumption-of-denial",
    });
    const ban = `${some}${rule("c", "effect: prohibited")}`;
    const answer = ask({ order: ban }, "2025-01-01", LOOM);
    expect(answer.verdict).toBe("prohibited");
    expect(answer.policy).toBeUndefined();
    expect(answer.findings).toHaveLength(3);
  });

  it("a licence without a stated policy counts as case by case", () => {
    expect(ask({ order: `rules:\n${rule("a", "effect: licence-required")}` }, "2025-01-01", LOOM).policy).toBe(
      "case-by-case",
    );
  });

  it("policies and severities stand for one another", () => {
    expect(([0, 1, 2, 3, 4, 5] as const).map(policyOf)).toEqual([
      undefined,
      "approval",
      "case-by-case",
      "presumption-of-denial",
      "denial",
      undefined,
    ]);
  });
});

describe("exceptions of an invented rule", () => {
  const free = ["free", "base", "{ destination: CHN }", "effect: no-licence"] as const;
  const back = ["back", "free", "{ military: true }", "effect: prohibited"] as const;

  it("replace its effect where they apply", () => {
    expect(withExceptions([free], LOOM)).toMatchObject({ verdict: "no-licence" });
    expect(withExceptions([free], { ...LOOM, destination: "USA" })).toMatchObject({
      verdict: "licence-required",
      policy: "denial",
    });
  });

  it("have exceptions of their own", () => {
    expect(withExceptions([free, back], { ...LOOM, military: true }).verdict).toBe("prohibited");
    expect(withExceptions([free, back], { ...LOOM, military: false }).verdict).toBe("no-licence");
    expect(withExceptions([back, free], { ...LOOM, military: true }).verdict).toBe("prohibited");
  });

  it("leave both effects possible while it is not known whether they apply, and name the fact", () => {
    const { military: _, ...unknown } = LOOM;
    const answer = withExceptions([free, back], unknown);
    expect(answer).toMatchObject({ verdict: "undetermined", atLeast: 0, atMost: 5, missing: ["military"] });
    expect(answer.findings[0]!.exceptions.map((e) => [e.id, e.applies])).toEqual([
      ["free", true],
      ["back", null],
    ]);
  });

  it("count only within their dates", () => {
    const dated = [
      "free",
      "base",
      "{ destination: CHN }",
      "from: 2025-01-01, until: 2026-01-01, effect: no-licence",
    ] as const;
    const on = (date: string) => ask({ order: exceptionRule([dated]) }, date, LOOM).verdict;
    expect(["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"].map(on)).toEqual([
      "licence-required",
      "no-licence",
      "no-licence",
      "licence-required",
    ]);
  });

  it("that both apply and say different things are an error that shows both places", () => {
    const other = ["other", "base", "{ item.kind: loom }", "effect: prohibited"] as const;
    const collide = (list: readonly (readonly [string, string, string, string])[]) => {
      try {
        withExceptions(list, LOOM);
      } catch (error) {
        if (error instanceof InputError) return error.problems[0]!;
      }
      return undefined;
    };
    expect(collide([free, other])).toEqual({
      code: "colliding-exceptions",
      message:
        "exceptions `free` (art. free) and `other` (art. other) of `jpn/order/base` both apply and say different things",
      at: { file: "rules/jpn/order.yaml", line: 12, column: 9 },
      hint: "`free` is at rules/jpn/order.yaml:11:9; let one of them override the other: `overrides: free`",
    });
    expect(collide([other, free])?.message).toContain("`other` (art. other) and `free` (art. free)");
  });

  it("that both apply and say the same do not collide, nor do two of which one may not apply", () => {
    const same = ["same", "base", "{ item.kind: loom }", "effect: no-licence"] as const;
    expect(withExceptions([free, same], LOOM).verdict).toBe("no-licence");
    const perhaps = ["perhaps", "base", "{ military: true }", "effect: prohibited"] as const;
    const { military: _, ...unknown } = LOOM;
    for (const order of [
      [free, perhaps],
      [perhaps, free],
    ]) {
      expect(withExceptions(order, unknown)).toMatchObject({ verdict: "undetermined", atLeast: 0, atMost: 5 });
    }
  });

  it("give the same answer in whatever order they are written, and with facts missing a range that holds every completion", () => {
    const effect = fc.constantFrom(
      "effect: no-licence",
      "effect: prohibited",
      "effect: licence-required, policy: approval",
    );
    const when = fc.constantFrom(
      "{ destination: CHN }",
      "{ military: true }",
      "{ item.kind: loom }",
      "{ not: { military: true } }",
    );
    const list = fc.tuple(
      effect,
      when,
      effect,
      when,
      effect,
      when,
      fc.constantFrom("base", "a"),
      fc.constantFrom("base", "a", "b"),
    );
    const run = (book: RuleBook, facts: Facts) => {
      try {
        const { atLeast, atMost, missing } = judge(book, "JPN", isoDate("2025-01-01"), facts);
        return { atLeast, atMost, missing: [...missing].sort() };
      } catch (error) {
        if (error instanceof InputError) return "collision" as const;
        throw error;
      }
    };
    fc.assert(
      fc.property(
        list,
        fc.subarray(["destination", "military", "item.kind"]),
        ([e1, w1, e2, w2, e3, w3, o2, o3], known) => {
          const exceptions = [
            ["a", "base", w1, e1],
            ["b", o2, w2, e2],
            ["c", o3, w3, e3],
          ] as const;
          const facts = Object.fromEntries(known.map((k) => [k, LOOM[k]!]));
          const book = bookOf({ order: exceptionRule(exceptions) });
          const answer = run(book, facts);
          expect(run(bookOf({ order: exceptionRule([...exceptions].reverse()) }), facts)).toEqual(answer);
          if (answer === "collision") return;
          for (const military of [true, false]) {
            for (const destination of ["CHN", "NLD"]) {
              for (const kind of ["loom", "press"]) {
                const full = run(book, { destination, military, "item.kind": kind, ...facts });
                if (full === "collision") continue;
                expect(full.atLeast).toBeGreaterThanOrEqual(answer.atLeast);
                expect(full.atMost).toBeLessThanOrEqual(answer.atMost);
              }
            }
          }
        },
      ),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});

describe("what is not enforced, and what is not held", () => {
  const stayed = `rules:
  - id: looms
    title: t
    layer: list
    versions:
      - from: 2022-01-01
        effect: licence-required
        cite: ${cite("art. 1")}
        status:
          - { from: 2025-01-01, status: in-force, cite: ${cite("notice 2")} }
          - { from: 2023-01-01, status: stayed, cite: ${cite("notice 1")} }
          - { from: 2026-01-01, status: lapsed, cite: ${cite("notice 3")} }
`;

  it("a stayed rule requires nothing and is named as suspended; whatever the order of its notices", () => {
    const on = (date: string) => ask({ order: stayed }, date, LOOM);
    expect(on("2022-12-31")).toMatchObject({ verdict: "licence-required", suspended: [] });
    expect(on("2023-01-01")).toMatchObject({
      verdict: "no-licence",
      suspended: [{ rule: "jpn/order/looms", status: "stayed" }],
    });
    expect(on("2025-01-01")).toMatchObject({ verdict: "licence-required", suspended: [] });
    expect(on("2026-01-01")).toMatchObject({
      verdict: "no-licence",
      suspended: [{ rule: "jpn/order/looms", status: "lapsed" }],
    });
  });

  it("a regime without files answers undetermined", () => {
    const answer = judge(inventedBook({}), "NLD", isoDate("2025-01-01"), LOOM);
    expect(answer).toMatchObject({ verdict: "undetermined", atMost: 5, holes: [{ id: "NLD/text-not-held" }] });
  });

  it("a lost file turns an open answer into undetermined, from the day on which it began", () => {
    const book = inventedBook({
      "rules/jpn/regime.yaml": manifest("order", "lost"),
      "rules/jpn/order.yaml": instrument(RULE),
    });
    const lathe = { ...LOOM, "item.kind": "lathe" };
    expect(judge(book, "JPN", isoDate("2019-12-31"), lathe).verdict).toBe("no-licence");
    expect(judge(book, "JPN", isoDate("2020-01-01"), lathe)).toMatchObject({
      verdict: "undetermined",
      holes: [{ id: "jpn/lost/lost" }],
    });
    expect(judge(book, "JPN", isoDate("2025-01-01"), LOOM)).toMatchObject({ verdict: "licence-required", atMost: 5 });
  });

  it("a hole matters only to what it could reach, and a fact that would rule it out is asked for", () => {
    const hole = `holes: [{ id: annex, from: 2023-01-01, when: { item.kind: press }, why: the annex is not held }]\n`;
    expect(ask({ order: hole }, "2025-01-01", LOOM).verdict).toBe("no-licence");
    expect(ask({ order: hole }, "2022-12-31", { ...LOOM, "item.kind": "press" }).verdict).toBe("no-licence");
    expect(ask({ order: hole }, "2025-01-01", { ...LOOM, "item.kind": "press" })).toMatchObject({
      verdict: "undetermined",
      missing: [],
    });
    const { "item.kind": _, ...unknown } = LOOM;
    expect(ask({ order: hole }, "2025-01-01", unknown)).toMatchObject({
      verdict: "undetermined",
      missing: ["item.kind"],
    });
  });

  it("a group is unknown before its text is held, and the answer says whose text", () => {
    const body = `groups: [{ id: JPN:near, versions: [{ from: 2023-01-01, members: [CHN], cite: ${cite("annex")} }] }]
rules:
  - id: near
    title: t
    layer: list
    versions: [{ from: 2020-01-01, when: { destination: { inGroup: JPN:near } }, effect: prohibited, cite: ${cite("art. 1")} }]
`;
    expect(ask({ order: body }, "2022-12-31", LOOM)).toMatchObject({
      verdict: "undetermined",
      missing: ["text of JPN:near"],
    });
    expect(ask({ order: body }, "2023-01-01", LOOM).verdict).toBe("prohibited");
    expect(ask({ order: body }, "2023-01-01", { ...LOOM, destination: "USA" }).verdict).toBe("no-licence");
  });

  it("what the regime reaches is asked first, and unknown before the definition is held", () => {
    const book = inventedBook({
      "rules/jpn/regime.yaml": manifest("order").replace("instruments:", "subject: reach\ninstruments:"),
      "rules/jpn/order.yaml": instrument(
        `${RULE}terms: [{ id: reach, title: t, versions: [{ from: 2021-01-01, when: { from: JPN }, cite: ${cite("art. 0")} }] }]\n`,
      ),
    });
    const on = (date: string, facts: Facts) => judge(book, "JPN", isoDate(date), facts);
    expect(on("2025-01-01", { ...LOOM, from: "CHN" })).toMatchObject({ verdict: "not-subject", findings: [] });
    expect(on("2025-01-01", LOOM).verdict).toBe("licence-required");
    const { from: _, ...unknown } = LOOM;
    expect(on("2025-01-01", unknown)).toMatchObject({ verdict: "undetermined", missing: ["from"] });
    expect(on("2020-12-31", LOOM)).toMatchObject({ verdict: "undetermined", holes: [{ id: "JPN/text-not-held" }] });
  });
});

describe("what may not be subject to the law", () => {
  it("is undetermined even where a rule would surely apply", () => {
    const book = inventedBook({
      "rules/jpn/regime.yaml": manifest("order").replace("instruments:", "subject: reach\ninstruments:"),
      "rules/jpn/order.yaml": instrument(
        `${RULE}terms: [{ id: reach, title: t, versions: [{ from: 2021-01-01, when: { military: true }, cite: ${cite("art. 0")} }] }]\n`,
      ),
    });
    const { military: _, ...unknown } = LOOM;
    const answer = judge(book, "JPN", isoDate("2025-01-01"), unknown);
    expect(answer).toMatchObject({ verdict: "undetermined", atLeast: 0, atMost: 4, missing: ["military"] });
    expect(judge(book, "JPN", isoDate("2025-01-01"), { ...unknown, military: true }).verdict).toBe("licence-required");
  });
});

describe("practice", () => {
  const body = `${RULE}practice:
  - { id: refused, title: none granted, from: 2024-06-01, until: 2025-06-01, when: { destination: CHN }, decision: refused, cite: ${cite("press", "secondary")} }
`;

  it("is on record for a transaction within its dates, where a licence is required", () => {
    const on = (date: string, facts: Facts) => ask({ order: body }, date, facts).practice.map((p) => p.id);
    expect(on("2024-05-31", LOOM)).toEqual([]);
    expect(on("2024-06-01", LOOM)).toEqual(["jpn/order/refused"]);
    expect(on("2025-06-01", LOOM)).toEqual([]);
    expect(on("2024-06-01", { ...LOOM, destination: "USA" })).toEqual([]);
    expect(on("2024-06-01", { ...LOOM, "item.kind": "press" })).toEqual([]);
  });

  it("does not count while it is not known whether it speaks of the transaction", () => {
    const { destination: _, ...unknown } = LOOM;
    expect(ask({ order: body }, "2024-06-01", unknown).practice).toEqual([]);
  });
});

describe("list paragraphs", () => {
  const book = bookOf({
    order: `terms:
  - { id: "JPN:1.a", title: looms, versions: [{ from: 2020-01-01, when: { item.kind: loom }, cite: ${cite("1.a")} }] }
  - { id: "JPN:1.ab", title: lathes, versions: [{ from: 2020-01-01, when: { item.kind: lathe }, cite: ${cite("1.ab")} }] }
rules:
  - id: listed
    title: t
    layer: list
    versions: [{ from: 2020-01-01, when: { matches: "JPN:1.a" }, effect: prohibited, cite: ${cite("art. 1")} }]
`,
  });
  const verdict = (facts: Facts) => judge(book, "JPN", isoDate("2025-01-01"), facts).verdict;

  it("reach by their own words where nobody has classified the item", () => {
    expect(verdict({ "item.kind": "loom" })).toBe("prohibited");
    expect(verdict({ "item.kind": "lathe" })).toBe("no-licence");
    expect(verdict({})).toBe("undetermined");
  });

  it("reach by the code that somebody assigned, at or below theirs, for that regime alone", () => {
    expect(verdict({ "item.kind": "lathe", "item.classified": ["JPN:1.a.2"] })).toBe("prohibited");
    expect(verdict({ "item.kind": "loom", "item.classified": ["JPN:1.ab"] })).toBe("no-licence");
    expect(verdict({ "item.kind": "loom", "item.classified": ["USA:1.ab"] })).toBe("prohibited");
  });

  it("are undetermined where the assigned code is coarser", () => {
    expect(verdict({ "item.kind": "lathe", "item.classified": ["JPN:1"] })).toBe("undetermined");
  });

  it("read their definitions in the law of their own regime, whoever refers to them", () => {
    const regime = (id: string, name: string) =>
      `regime: ${id}\ntitle: t\ninstruments: [{ id: ${name}, from: 2020-01-01 }]\ncheckedOn: 2031-01-01\n`;
    const union = inventedBook({
      "rules/euu/regime.yaml": regime("EUU", "euu/list"),
      "rules/euu/list.yaml": `title: t\nregime: EUU\nact: Regulation 1\ncheckedOn: 2031-01-01\nterms:
  - { id: fine, title: t, versions: [{ from: 2020-01-01, when: { item.kind: loom }, cite: ${cite("def")} }] }
  - { id: "EUU:1", title: t, versions: [{ from: 2020-01-01, when: { term: fine }, cite: ${cite("par. 1", "secondary")} }] }
`,
      "rules/nld/regime.yaml": regime("NLD", "nld/order"),
      "rules/nld/order.yaml": `title: t\nregime: NLD\nact: Regeling\ncheckedOn: 2031-01-01\nrules:
  - { id: listed, title: t, layer: list, versions: [{ from: 2020-01-01, when: { matches: "EUU:1" }, effect: prohibited, cite: ${cite("art. 1")} }] }
`,
    });
    const answer = judge(union, "NLD", isoDate("2025-01-01"), LOOM);
    expect(answer.verdict).toBe("prohibited");
    expect(answer.findings[0]!.evidence).toBe("secondary");
    expect(judge(union, "NLD", isoDate("2025-01-01"), {}).missing).toEqual(["item.kind"]);
  });
});

describe("the invented book", () => {
  it("finds a rule by its id, and none that is not there", () => {
    const book = bookOf({ order: RULE });
    expect(findRule(book, "jpn/order/looms")?.title).toBe("invented looms");
    expect(findRule(book, "jpn/order/lathes")).toBeUndefined();
  });

  it("knows which Unions bind a state on a day", () => {
    const book = inventedBook({});
    const on = (state: string, date: string) => unionsOf(book, state as never, isoDate(date));
    expect(on("NLD", "2009-12-31")).toEqual([]);
    expect(on("NLD", "2010-01-01")).toEqual(["EUU"]);
    expect(on("GBR", "2020-12-31")).toEqual(["EUU"]);
    expect(on("GBR", "2021-01-01")).toEqual([]);
    expect(on("JPN", "2025-01-01")).toEqual([]);
  });
});
