import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest, problemsOf } from "../../test/invented-book.ts";
import { InputError } from "../domain/errors.ts";

/** The problems of an invented Japanese order with this body; it begins on line 5. */
function problems(body: string): string[] {
  return problemsOf({ "rules/jpn/regime.yaml": manifest("order"), "rules/jpn/order.yaml": instrument(body) });
}

/** The same for one rule with this condition, which stands on line 10. */
function conditionProblems(when: string): string[] {
  return problems(`rules:
  - id: r
    title: t
    layer: list
    versions:
      - { when: ${when}, from: 2020-01-01, effect: prohibited, cite: ${cite("art. 1")} }
`);
}

/** Every word of the problems, hints included. */
function messages(files: Readonly<Record<string, string>>): string {
  try {
    inventedBook(files);
    return "";
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

describe("a rule file with a fault is refused with line and column", () => {
  it("an unknown fact", () => {
    expect(conditionProblems("{ destinaton: CHN }")).toEqual(["rules/jpn/order.yaml:10:19 unknown-fact"]);
  });

  it("a threshold without a unit, and one of another dimension", () => {
    expect(conditionProblems("{ loom.pitch: { atMost: 3 } }")).toEqual(["rules/jpn/order.yaml:10:33 missing-unit"]);
    expect(conditionProblems('{ loom.pitch: { atMost: "3" } }')).toEqual(["rules/jpn/order.yaml:10:33 missing-unit"]);
    expect(conditionProblems("{ loom.pitch: { atMost: 3 ms } }")).toEqual(["rules/jpn/order.yaml:10:33 bad-value"]);
    expect(conditionProblems("{ loom.pitch: { atMost: -3 nm } }")).toEqual(["rules/jpn/order.yaml:10:33 bad-value"]);
    expect(conditionProblems("{ loom.threads: { atLeast: 3 } }")).toEqual([]);
  });

  it("a list code without its regime", () => {
    expect(conditionProblems("{ matches: 3B001.c }")).toEqual(["rules/jpn/order.yaml:10:19 missing-regime"]);
    expect(
      problems(
        `terms: [{ id: 3B001.c, title: t, versions: [{ from: 2020-01-01, when: { military: true }, cite: ${cite("x")} }] }]\n`,
      ),
    ).toEqual(["rules/jpn/order.yaml:5:11 missing-regime"]);
  });

  it("a source that nobody lists", () => {
    const body = `practice:
  - id: p
    title: t
    from: 2020-01-01
    when: { military: true }
    decision: refused
    cite: { at: art. 1, source: gazete, evidence: text }
`;
    expect(problems(body)).toEqual(["rules/jpn/order.yaml:11:25 unknown-source"]);
    const files = { "rules/jpn/regime.yaml": manifest("order"), "rules/jpn/order.yaml": instrument(body) };
    expect(messages(files)).toContain("`gazete`");
    expect(messages(files)).toContain("did you mean `gazette`?");
  });

  it("an exception that overrides nothing, one that only overrides itself, and one that carries the rule's id", () => {
    const exceptions = (...list: readonly (readonly [string, string])[]) =>
      problems(`rules:
  - id: r
    title: t
    layer: list
    versions: [{ from: 2020-01-01, effect: prohibited, cite: ${cite("art. 1")} }]
    exceptions:
${list.map(([id, over]) => `      - { id: ${id}, overrides: ${over}, when: { military: true }, effect: no-licence, cite: ${cite("x")} }`).join("\n")}
`);
    expect(exceptions(["a", "r"], ["b", "a"])).toEqual([]);
    expect(exceptions(["a", "s"])).toEqual(["rules/jpn/order.yaml:11:18 dangling-exception"]);
    expect(exceptions(["a", "b"], ["b", "a"])).toEqual([
      "rules/jpn/order.yaml:11:18 dangling-exception",
      "rules/jpn/order.yaml:12:18 dangling-exception",
    ]);
    expect(exceptions(["r", "r"])).toEqual(["rules/jpn/order.yaml:11:11 duplicate-id"]);
    expect(exceptions(["a", "r"], ["a", "r"])).toEqual(["rules/jpn/order.yaml:12:11 duplicate-id"]);
  });

  it("two versions in force on one day, of a rule, a group or a definition", () => {
    const versions = (until: string) => `[{ from: 2020-01-01${until}, X }, { from: 2022-01-01, X }]`;
    const rule = (until: string) =>
      problems(`rules:
  - id: r
    title: t
    layer: list
    versions: ${versions(until).replaceAll("X", `effect: prohibited, cite: ${cite("x")}`)}
`);
    expect(rule(", until: 2022-01-01")).toEqual([]);
    expect(rule(", until: 2022-01-02")).toEqual([
      "rules/jpn/order.yaml:9:87 overlapping-versions".replace("87", `${column(", until: 2022-01-02")}`),
    ]);
    expect(rule("")).toHaveLength(1);
    expect(
      problems(
        `groups: [{ id: JPN:g, versions: ${versions("").replaceAll("X", `members: [CHN], cite: ${cite("x")}`)} }]\n`,
      ),
    ).toEqual([expect.stringMatching(/^rules\/jpn\/order\.yaml:5:\d+ overlapping-versions$/)]);
    expect(
      problems(
        `terms: [{ id: t, title: t, versions: ${versions("").replaceAll("X", `when: { military: true }, cite: ${cite("x")}`)} }]\n`,
      ),
    ).toEqual([expect.stringMatching(/^rules\/jpn\/order\.yaml:5:\d+ overlapping-versions$/)]);
  });

  /** Column of the second version in the rule above. */
  function column(until: string): number {
    return `    versions: [{ from: 2020-01-01${until}, effect: prohibited, cite: ${cite("x")} }, {`.length;
  }

  it("an interval without a day, and a day that the calendar does not have", () => {
    const listing = (dates: string) =>
      problems(`listings: [{ list: JPN:l, party: P, cite: ${cite("x")}, ${dates} }]\n`);
    expect(listing("from: 2020-01-01, until: 2020-01-02")).toEqual([]);
    expect(listing("from: 2020-01-01, until: 2020-01-01")).toEqual([expect.stringContaining(" bad-date")]);
    expect(listing("from: 2020-02-30")).toEqual([expect.stringContaining(" bad-date")]);
  });

  it("ids that are used twice, in a file or over all of them", () => {
    const rule = `  - { id: r, title: t, layer: list, versions: [{ from: 2020-01-01, effect: prohibited, cite: ${cite("x")} }] }\n`;
    expect(problems(`rules:\n${rule}${rule}`)).toEqual(["rules/jpn/order.yaml:7:7 duplicate-id"]);
    const term = `terms: [{ id: t, title: t, versions: [{ from: 2020-01-01, when: { military: true }, cite: ${cite("x")} }] }]\n`;
    expect(
      problemsOf({
        "rules/jpn/regime.yaml": manifest("a", "b"),
        "rules/jpn/a.yaml": instrument(term),
        "rules/jpn/b.yaml": instrument(term),
      }),
    ).toEqual(["rules/jpn/b.yaml:5:11 duplicate-id"]);
    const source = "  - { id: gazette, producer: p, title: t, licence: none }\n";
    expect(problemsOf({ "rules/sources.yaml": `sources:\n${source}${source}` })).toEqual([
      "rules/sources.yaml:3:7 duplicate-id",
    ]);
  });

  it("states that nobody knows, in a group, a Union and a manifest", () => {
    expect(
      problems(`groups: [{ id: JPN:g, versions: [{ from: 2020-01-01, members: [CHN, XXX], cite: ${cite("x")} }] }]\n`),
    ).toEqual(["rules/jpn/order.yaml:5:69 unknown-state"]);
    expect(problemsOf({ "rules/jpn/regime.yaml": manifest().replace("JPN", "JPP") })).toContain(
      "rules/jpn/regime.yaml:1:1 unknown-state",
    );
  });

  it("names that no file defines: a definition, a group, what the regime reaches", () => {
    expect(conditionProblems("{ term: nothing }")).toEqual(["rules/jpn/order.yaml:6:5 unknown-name"]);
    expect(conditionProblems("{ destination: { inGroup: JPN:none } }")).toEqual([
      "rules/jpn/order.yaml:6:5 unknown-name",
    ]);
    expect(
      problemsOf({
        "rules/jpn/regime.yaml": manifest("order").replace("instruments:", "subject: reach\ninstruments:"),
        "rules/jpn/order.yaml": instrument(""),
      }),
    ).toEqual(["rules/jpn/regime.yaml:3:1 unknown-name"]);
  });

  it("but not where a file of the regime is lost, since its names are lost with it", () => {
    const body = instrument(`rules:
  - { id: r, title: t, layer: list, versions: [{ from: 2020-01-01, when: { term: elsewhere }, effect: prohibited, cite: ${cite("x")} }] }
`);
    expect(problemsOf({ "rules/jpn/regime.yaml": manifest("order", "lost"), "rules/jpn/order.yaml": body })).toEqual(
      [],
    );
  });

  it("definitions and paragraphs that lead back to themselves", () => {
    const term = (id: string, when: string) =>
      `  - { id: "${id}", title: t, versions: [{ from: 2020-01-01, when: ${when}, cite: ${cite("x")} }] }\n`;
    expect(problems(`terms:\n${term("a", "{ term: b }")}${term("b", "{ not: { term: a } }")}`)).toEqual([
      "rules/jpn/order.yaml:6:5 cyclic-definition",
    ]);
    expect(
      problems(`terms:\n${term("JPN:1", '{ matches: "JPN:1.a" }')}${term("JPN:1.a", '{ matches: "JPN:1" }')}`),
    ).toContain("rules/jpn/order.yaml:6:5 cyclic-definition");
    expect(
      problems(`terms:\n${term("JPN:1", '{ matches: "JPN:1.a" }')}${term("JPN:1.a", "{ military: true }")}`),
    ).toEqual([]);
  });

  it("an instrument that its regime's manifest does not list", () => {
    expect(problemsOf({ "rules/jpn/regime.yaml": manifest(), "rules/jpn/order.yaml": instrument("") })).toContain(
      "rules/jpn/order.yaml:1:1 bad-shape",
    );
  });

  it("a rule without a citation, an unknown field, an evidence that does not exist", () => {
    expect(
      problems("rules:\n  - { id: r, title: t, layer: list, versions: [{ from: 2020-01-01, effect: prohibited }] }\n"),
    ).toEqual([expect.stringMatching(/^rules\/jpn\/order\.yaml:6:\d+ missing-cite$/)]);
    expect(problems("colour: blue\n")).toEqual(["rules/jpn/order.yaml:5:1 bad-shape"]);
    expect(
      problems(`listings: [{ list: JPN:l, party: P, from: 2020-01-01, cite: ${cite("x", "hearsay")} }]\n`),
    ).toHaveLength(1);
  });

  it("comparisons that say nothing, twice the same, or something of the wrong kind", () => {
    for (const when of [
      "{ destination: {} }",
      "{ loom.pitch: {} }",
      "{ loom.pitch: { atMost: 3 nm, below: 2 nm } }",
      "{ loom.pitch: { above: 3 nm, below: 3 nm } }",
      "{ loom.pitch: { atLeast: 3 nm, atMost: 2 nm } }",
      "{ destination: { in: [] } }",
      "{ destination: { of: [CHN] } }",
      "{ military: { in: [true] } }",
      "{ military: yes }",
      "{ item.kind: { inGroup: JPN:g } }",
      "{ item.kind: knife }",
      "{ endUser.lists: [] }",
      "{ endUser.lists: { in: [x] } }",
      "{ destination: { includes: CHN } }",
      "{ destination: { sameAs: item.kind } }",
      "{ any: [] }",
      "{ all: { military: true } }",
      "{ not: [military] }",
      "{ formula: { name: mrf, k: 0.25 } }",
      "{ formula: { name: golden, k: 0.25, atMost: 45 nm } }",
      "{ formula: { name: mrf, atMost: 45 nm } }",
      "{ term: [a] }",
    ]) {
      expect(conditionProblems(when), when).toEqual([
        expect.stringMatching(/^rules\/jpn\/order\.yaml:10:\d+ (bad-shape|bad-value|unknown-name)$/),
      ]);
    }
  });

  it("broken YAML, with the place where it breaks", () => {
    expect(problems('rules: [ "no end\n').slice(0, 1)).toEqual([
      expect.stringMatching(/^rules\/jpn\/order\.yaml:\d+:\d+ bad-syntax$/),
    ]);
    expect(problems("act: twice\n")).toEqual([expect.stringMatching(/^rules\/jpn\/order\.yaml:\d+:\d+ bad-syntax$/)]);
  });
});

describe("a rule book", () => {
  it("reports the problems of all files at once", () => {
    const bad = (fact: string) => instrument(`holes: [{ id: h, when: { ${fact}: true }, why: w }]\n`);
    expect(
      problemsOf({
        "rules/jpn/regime.yaml": manifest("a", "b"),
        "rules/jpn/a.yaml": bad("milatary"),
        "rules/jpn/b.yaml": bad("militari"),
      }),
    ).toEqual(["rules/jpn/a.yaml:5:26 unknown-fact", "rules/jpn/b.yaml:5:26 unknown-fact"]);
  });

  it("does not read a lost list of facts, sources, Unions or probes as an empty one", () => {
    for (const name of ["facts", "sources", "unions", "probes"]) {
      expect(problemsOf({ [`rules/${name}.yaml`]: "" }).join(), name).toContain("missing-file");
    }
  });

  it("reads YAML 1.2: Norway is no truth value", () => {
    const book = inventedBook({
      "rules/jpn/regime.yaml": manifest("order"),
      "rules/jpn/order.yaml": instrument(
        `groups: [{ id: JPN:g, versions: [{ from: 2020-01-01, members: [NO, NL], cite: ${cite("x")} }] }]\n`,
      ),
    });
    expect([...book.groups.get("JPN:g")!.versions[0]!.members]).toEqual(["NOR", "NLD"]);
  });

  it("holds a probe's facts, with what the question fills in apart", () => {
    expect(inventedBook({}).probes.get("plain")!.facts).toEqual({
      activity: "export",
      from: { placeholder: "supplier" },
      destination: { placeholder: "target" },
    });
    expect(
      problemsOf({ "rules/probes.yaml": "probes: [{ id: p, title: t, doc: d, facts: { activty: export } }]\n" }),
    ).toEqual(["rules/probes.yaml:1:46 unknown-fact"]);
  });

  it("leaves cases apart, and keeps every citation with its act", () => {
    const book = inventedBook({
      "rules/jpn/regime.yaml": manifest("order"),
      "rules/jpn/order.yaml": instrument(`listings:
  - { list: JPN:l, party: P, from: 2020-01-01, cite: ${cite("annex")} }
  - { list: JPN:l, party: Q, from: 2020-01-01, cite: { act: Order 2, at: annex, source: gazette, evidence: inferred } }
`),
      "rules/jpn/order.cases.yaml": "not: read here\n",
    });
    expect(book.listings.map((l) => [l.party, l.cite.act, l.cite.evidence])).toEqual([
      ["P", "Order 1", "text"],
      ["Q", "Order 2", "inferred"],
    ]);
  });
});
