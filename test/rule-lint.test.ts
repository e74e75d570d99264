import { describe, expect, it } from "vitest";
import { InputError } from "../src/domain/errors.ts";
import { lintCollisions } from "../src/law/lint-collisions.ts";
import { createWorkbench } from "../src/workbench.ts";
import { cite, instrument, inventedBook, manifest, problemsOf } from "./invented-book.ts";

const FILE = "rules/jpn/order.yaml";

/** What is refused in a rule file with one fault, whose place is marked by `>>>`. */
function refused(body: string) {
  const text = instrument(body);
  const before = text.slice(0, text.indexOf(">>>")).split("\n");
  const marked = `${FILE}:${before.length}:${before.at(-1)!.length + 1}`;
  const files = { "rules/jpn/regime.yaml": manifest("order"), [FILE]: text.replace(">>>", "") };
  return { problems: problemsOf(files), marked, hints: hintsOf(files) };
}

/** The hint of each problem. */
function hintsOf(files: Readonly<Record<string, string>>): readonly (string | undefined)[] {
  try {
    inventedBook(files);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map((p) => p.hint);
  }
}

const version = (when: string, more = "") =>
  `{ from: 2020-01-01, when: ${when}, effect: licence-required,${more} cite: ${cite("art. 1")} }`;

const rule = (versions: string, more = "") => `rules:
  - id: looms
    title: looms
    layer: list
    versions: [${versions}]
${more}`;

const exceptions = (...list: readonly string[]) => `    exceptions:\n${list.map((e) => `      - ${e}\n`).join("")}`;
const exception = (id: string, overrides: string, more = `cite: ${cite("art. 2")}`) =>
  `{ id: ${id}, overrides: ${overrides}, when: { military: true }, effect: no-licence, ${more} }`;

const plain = version("{ item.kind: loom }");

const FAULTS: readonly (readonly [title: string, code: string, body: string])[] = [
  ["a threshold without unit", "missing-unit", rule(version("{ loom.pitch: { >>>atMost: 3 } }"))],
  [
    "one deep inside a condition",
    "missing-unit",
    rule(version("{ any: [{ not: { all: [{ loom.pitch: { >>>above: 3 } }] } }] }")),
  ],
  ["one of a formula", "missing-unit", rule(version("{ formula: { name: mrf, k: 0.25, >>>atMost: 45 } }"))],
  [
    "one in an exception",
    "missing-unit",
    rule(
      plain,
      exceptions(
        `{ id: a, overrides: looms, when: { loom.pitch: { >>>below: 3 } }, effect: no-licence, cite: ${cite("x")} }`,
      ),
    ),
  ],
  ["a version of a rule without citation", "missing-cite", rule(">>>{ from: 2020-01-01, effect: prohibited }")],
  [
    "an exception without citation",
    "missing-cite",
    rule(plain, exceptions(`>>>${exception("a", "looms", "from: 2020-01-01")}`)),
  ],
  [
    "an exception to what is not there",
    "dangling-exception",
    rule(plain, exceptions(exception("a", "lathes").replace("overrides", ">>>overrides"))),
  ],
  [
    "an exception to an exception that was taken out",
    "dangling-exception",
    rule(plain, exceptions(exception("a", "looms"), exception("b", "gone").replace("overrides", ">>>overrides"))),
  ],
  [
    "versions that are in force together",
    "overlapping-versions",
    rule(`${plain}, >>>${plain.replace("2020-01-01", "2021-01-01")}`),
  ],
  [
    "versions that share one day",
    "overlapping-versions",
    rule(
      `${plain.replace("2020-01-01,", "2020-01-01, until: 2021-01-02,")}, >>>${plain.replace("2020-01-01", "2021-01-01")}`,
    ),
  ],
  ["a list code without its regime, asked for", "missing-regime", rule(version("{ >>>matches: 3B001.c }"))],
  [
    "a paragraph that is defined without its regime",
    "missing-regime",
    `terms: [{ >>>id: 3B001.c, title: t, versions: [{ from: 2020-01-01, when: { military: true }, cite: ${cite("x")} }] }]\n`,
  ],
  [
    "a saving without citation",
    "missing-cite",
    rule(
      version("{ item.kind: loom }", " savings: [>>>{ id: s, title: t, claim: enRoute.since, before: 2020-01-01 }],"),
    ),
  ],
  ["one among several", "missing-regime", rule(version("{ not: { >>>matches: [JPN:1, 3B001.c] } }"))],
];

describe("a rule file is refused, at the line and column of the fault, for", () => {
  it.each(FAULTS)("%s", (_, code, body) => {
    const { problems, marked, hints } = refused(body);
    expect(problems).toEqual([`${marked} ${code}`]);
    expect(hints).toEqual([expect.stringMatching(/\S/)]);
  });

  it("nothing, where the same file has no fault", () => {
    const whole = rule(
      `${version("{ loom.pitch: { atMost: 3 nm }, matches: JPN:3B001.c }").replace("2020-01-01,", "2020-01-01, until: 2021-01-01,")}, ${plain.replace("2020-01-01", "2021-01-01")}`,
      exceptions(exception("a", "looms"), exception("b", "a")),
    );
    expect(refused(`${whole}>>>`).problems).toEqual([]);
  });
});

/** Where exceptions of an invented rule can collide; each is `[id, overrides, when, effect, from and until]`. */
function collisions(
  list: readonly (readonly [string, string, string, string, string?])[],
  applies = "{ item.kind: loom }",
) {
  const lines = list.map(
    ([id, over, when, effect, dates = ""]) =>
      `{ id: ${id}, overrides: ${over}, when: ${when}, effect: ${effect},${dates && ` ${dates},`} cite: ${cite(`art. ${id}`)} }`,
  );
  const book = inventedBook({
    "rules/jpn/regime.yaml": manifest("order"),
    [FILE]: instrument(`terms:
  - id: fine
    title: t
    versions:
      - { from: 2020-01-01, until: 2023-01-01, when: { loom.pitch: { atMost: 3 nm } }, cite: ${cite("x")} }
      - { from: 2023-01-01, when: { loom.pitch: { atMost: 5 nm } }, cite: ${cite("x")} }
${rule(`{ from: 2020-01-01, when: ${applies}, effect: prohibited, cite: ${cite("art. 1")} }`, exceptions(...lines))}`),
  });
  const { problems, undecided } = lintCollisions(book);
  expect(undecided).toEqual([]);
  return problems.map(({ code, at, message, hint }) => ({ place: `${at?.line}:${at?.column} ${code}`, message, hint }));
}

describe("exceptions without an order between them", () => {
  const free = "no-licence";
  const licence = "licence-required";

  it("are refused with both places where both can hold", () => {
    expect(
      collisions([
        ["a", "looms", "{ military: false }", free],
        ["b", "looms", "{ destination: NLD }", licence],
      ]),
    ).toEqual([
      {
        place: "18:9 colliding-exceptions",
        message:
          "exceptions `a` (art. a) and `b` (art. b) of `jpn/order/looms` can apply together, such as on 2020-01-01, and say different things",
        hint: "`a` is at rules/jpn/order.yaml:17:9; let one of them override the other: `overrides: a`",
      },
    ]);
  });

  it("may say the same, exclude each other, hold on different days, or never where the rule applies", () => {
    const pair = (a: string, b: string, effect = licence, dates = "") =>
      collisions([
        ["a", "looms", a, free, dates && `until: ${dates}`],
        ["b", "looms", b, effect, dates && `from: ${dates}`],
      ]).length;
    expect(pair("{ military: false }", "{ destination: NLD }")).toBe(1);
    expect(pair("{ military: false }", "{ destination: NLD }", free)).toBe(0);
    expect(pair("{ military: false }", "{ military: true, destination: NLD }")).toBe(0);
    expect(pair("{ loom.pitch: { atMost: 3 nm } }", "{ loom.pitch: { above: 3 nm } }")).toBe(0);
    expect(pair("{ loom.pitch: { atMost: 3 nm } }", "{ loom.pitch: { atLeast: 3 nm } }")).toBe(1);
    expect(pair("{ military: false }", "{ destination: NLD }", licence, "2022-01-01")).toBe(0);
    expect(pair("{ item.kind: press }", "{ destination: NLD }")).toBe(0);
    expect(pair("{ term: fine, military: true }", "{ not: { term: fine } }")).toBe(0);
  });

  it("are read in the words of every day: a definition that widens makes two meet", () => {
    const [problem] = collisions([
      ["a", "looms", "{ term: fine }", free],
      ["b", "looms", "{ loom.pitch: { above: 4 nm } }", licence],
    ]);
    expect(problem?.message).toContain("such as on 2023-01-01");
  });

  it("are in order where one overrides the other, and are looked for at every depth", () => {
    const a = ["a", "looms", "{ military: false }", free] as const;
    expect(collisions([a, ["b", "a", "{ destination: NLD }", licence]])).toEqual([]);
    expect(
      collisions([a, ["b", "a", "{ destination: NLD }", licence], ["c", "a", "{ from: JPN }", "prohibited"]]).map(
        (p) => p.place,
      ),
    ).toEqual(["19:9 colliding-exceptions"]);
    // What overrides `a` makes it say the same as `b` wherever `b` holds.
    expect(
      collisions([a, ["a2", "a", "{ destination: NLD }", licence], ["b", "looms", "{ destination: NLD }", licence]]),
    ).toEqual([]);
  });

  it("are none in the law that is held, and nothing is left undecided", async () => {
    expect(await createWorkbench(".").collisions()).toEqual({ problems: [], undecided: [] });
  }, 60_000);
});
