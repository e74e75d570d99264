import { describe, expect, it } from "vitest";
import { cite, instrument, manifest, problemsOf } from "./invented-book.ts";

const FILE = "rules/jpn/order.yaml";

/** What is refused in a rule file with one fault, whose place is marked by `>>>`. */
function refused(body: string): { readonly problems: readonly string[]; readonly marked: string } {
  const text = instrument(body);
  const before = text.slice(0, text.indexOf(">>>")).split("\n");
  const marked = `${FILE}:${before.length}:${before.at(-1)!.length + 1}`;
  const files = { "rules/jpn/regime.yaml": manifest("order"), [FILE]: text.replace(">>>", "") };
  return { problems: problemsOf(files), marked };
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
  ["one among several", "missing-regime", rule(version("{ not: { >>>matches: [JPN:1, 3B001.c] } }"))],
];

describe("a rule file is refused, at the line and column of the fault, for", () => {
  it.each(FAULTS)("%s", (_, code, body) => {
    const { problems, marked } = refused(body);
    expect(problems).toEqual([`${marked} ${code}`]);
  });

  it("nothing, where the same file has no fault", () => {
    const whole = rule(
      `${version("{ loom.pitch: { atMost: 3 nm }, matches: JPN:3B001.c }").replace("2020-01-01,", "2020-01-01, until: 2021-01-01,")}, ${plain.replace("2020-01-01", "2021-01-01")}`,
      exceptions(exception("a", "looms"), exception("b", "a")),
    );
    expect(refused(`${whole}>>>`).problems).toEqual([]);
  });
});
