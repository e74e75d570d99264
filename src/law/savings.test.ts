import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest, problemsOf } from "../../test/invented-book.ts";
import { dayBefore, dayNumber, type IsoDate, isoDate } from "../domain/dates.ts";
import type { RuleBook } from "./book.ts";
import { type Facts, type NumberRange, point } from "./condition.ts";
import { decide } from "./decide.ts";
import { deriveRegime } from "./derivation.ts";
import { judge, type RegimeAnswer } from "./judge.ts";
import { savingsInPlay } from "./savings.ts";

const day = (text: string): NumberRange => point(dayNumber(isoDate(text)));
const SAVES = (id: string, claim: string, until = "") =>
  `{ id: ${id}, title: begun before, claim: ${claim}${until && `, until: ${until}`}, cite: ${cite("art. 9")} }`;

/** Looms: free before 2020, case by case from 2020, denied from 2022 and prohibited from 2024; the last two save what was authorised. */
const LOOMS = `groups:
  - id: JPN:near
    versions:
      - { from: 2000-01-01, until: 2022-01-01, members: [NLD, GBR], cite: ${cite("art. 2")} }
      - { from: 2022-01-01, members: [NLD], cite: ${cite("art. 2")} }
rules:
  - id: looms
    title: invented looms
    layer: list
    applies: { item.kind: loom }
    versions:
      - { from: 2020-01-01, until: 2022-01-01, when: { destination: { notInGroup: JPN:near } }, effect: licence-required, policy: case-by-case, cite: ${cite("art. 1")} }
      - from: 2022-01-01
        until: 2024-01-01
        when: { destination: { notInGroup: JPN:near } }
        effect: licence-required
        policy: denial
        savings: [${SAVES("first", "authorisation.granted, before: 2022-01-01")}]
        cite: ${cite("art. 1 of 2022")}
      - from: 2024-01-01
        effect: prohibited
        savings:
          - ${SAVES("granted", "authorisation.granted, before: 2024-01-01", "2026-01-01")}
          - ${SAVES("under-way", "enRoute.since, onOrBefore: 2024-01-01", "2024-02-01")}
        cite: ${cite("art. 1 of 2024")}
    exceptions:
      - id: easy
        overrides: looms
        until: 2023-01-01
        when: { military: false }
        effect: no-licence
        savings: [${SAVES("orders", "enRoute.since, before: 2023-01-01", "2023-03-01")}]
        cite: ${cite("art. 5")}
`;

const book = bookOf(LOOMS);

function bookOf(body: string): RuleBook {
  return inventedBook({ "rules/jpn/regime.yaml": manifest("order"), "rules/jpn/order.yaml": instrument(body) });
}

function ask(date: string, facts: Facts): RegimeAnswer {
  return judge(book, "JPN", isoDate(date), { "item.kind": "loom", destination: "GBR", military: true, ...facts });
}

const said = (date: string, facts: Facts = {}) => {
  const { verdict, policy, missing } = ask(date, facts);
  return [verdict, policy, ...missing];
};

describe("a saving of a version", () => {
  it("leaves an authorisation to the text of its day, for as long as it says", () => {
    expect(said("2025-06-01")).toEqual(["prohibited", undefined]);
    expect(said("2025-06-01", { "authorisation.granted": day("2023-12-31") })).toEqual(["licence-required", "denial"]);
    expect(said("2025-06-01", { "authorisation.granted": day("2024-01-01") })).toEqual(["prohibited", undefined]);
    expect(said("2025-12-31", { "authorisation.granted": day("2023-12-31") })[0]).toBe("licence-required");
    expect(said("2026-01-01", { "authorisation.granted": day("2023-12-31") })[0]).toBe("prohibited");
  });

  it("of a version that saves in turn goes back further: the text of 2021 knew another group of states", () => {
    expect(said("2021-06-01")).toEqual(["no-licence", undefined]);
    expect(said("2025-06-01", { "authorisation.granted": day("2021-12-31") })).toEqual(["no-licence", undefined]);
    expect(said("2025-06-01", { "authorisation.granted": day("2021-12-31"), destination: "CHN" })).toEqual([
      "licence-required",
      "case-by-case",
    ]);
    expect(said("2025-06-01", { "authorisation.granted": day("2022-01-01") })).toEqual(["licence-required", "denial"]);
  });

  it("helps what was under way only until its day, and does not reach behind a version that does not save it", () => {
    const underWay = { "enRoute.since": day("2021-06-01"), destination: "CHN" };
    expect(said("2024-01-31", underWay)).toEqual(["licence-required", "denial"]);
    expect(said("2024-02-01", underWay)).toEqual(["prohibited", undefined]);
  });

  it("is a claim: what a transaction does not state it does not rely on, and `never` says the same", () => {
    expect(said("2025-06-01", { "authorisation.granted": point(Number.POSITIVE_INFINITY) })).toEqual([
      "prohibited",
      undefined,
    ]);
    expect(ask("2025-06-01", {}).missing).toEqual([]);
    expect(
      savingsInPlay(book, book.regimes.get("JPN" as never)!, isoDate("2025-06-01"), { "item.kind": "loom" }),
    ).toEqual([
      expect.objectContaining({
        rule: "jpn/order/looms",
        id: "granted",
        claim: "authorisation.granted",
        stated: false,
        applies: false,
        until: "2026-01-01",
      }),
    ]);
  });

  it("leaves nothing where no earlier text asks anything", () => {
    const first = bookOf(`rules:
  - id: looms
    title: invented looms
    layer: list
    versions:
      - from: 2024-01-01
        when: { item.kind: loom }
        effect: prohibited
        savings: [${SAVES("granted", "authorisation.granted, before: 2024-01-01")}]
        cite: ${cite("art. 1")}
`);
    const facts = { "item.kind": "loom", "authorisation.granted": day("2023-05-05") };
    expect(judge(first, "JPN", isoDate("2025-01-01"), facts).verdict).toBe("no-licence");
    const { rules, savings } = deriveRegime(first, "JPN", isoDate("2025-01-01"), facts);
    expect([rules[0]!.outcome, savings[0]!.applies]).toEqual(["saved", true]);
  });

  it("may ask for more than the day", () => {
    const some = bookOf(`rules:
  - id: looms
    title: invented looms
    layer: list
    versions:
      - from: 2024-01-01
        when: { item.kind: loom }
        effect: prohibited
        savings: [{ id: s, title: t, claim: enRoute.since, before: 2024-01-01, when: { destination: NLD }, cite: ${cite("art. 9")} }]
        cite: ${cite("art. 1")}
`);
    const facts = { "item.kind": "loom", "enRoute.since": day("2023-05-05") };
    const of = (more: Facts) => judge(some, "JPN", isoDate("2025-01-01"), { ...facts, ...more });
    expect(of({ destination: "NLD" }).verdict).toBe("no-licence");
    expect(of({ destination: "CHN" }).verdict).toBe("prohibited");
    expect([of({}).verdict, of({}).missing]).toEqual(["undetermined", ["destination"]]);
  });
});

describe("a saving of an exception", () => {
  it("lets it go on after its end", () => {
    const easy = { military: false, destination: "CHN" };
    const underWay = { ...easy, "enRoute.since": day("2022-12-31") };
    expect(said("2022-12-31", easy)).toEqual(["no-licence", undefined]);
    expect(said("2023-01-01", easy)).toEqual(["licence-required", "denial"]);
    expect(said("2023-02-28", underWay)).toEqual(["no-licence", undefined]);
    expect(said("2023-03-01", underWay)).toEqual(["licence-required", "denial"]);
    expect(said("2023-02-28", { ...underWay, military: true })).toEqual(["licence-required", "denial"]);
  });
});

describe("a claim of which only bounds are known", () => {
  /** A day of every kind between those below: the law changes on 2022-01-01 and on 2024-01-01. */
  const KINDS = ["2021-12-31", "2022-01-01", "2022-06-01", "2023-12-31", "2024-01-01", "2024-03-01", "2024-06-01"];
  const days = ["2021-12-31", "2022-01-01", "2023-12-31", "2024-01-01", "2024-06-01"];
  const bound = fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days), fc.boolean(), fc.boolean());

  it("is decided exactly when every day within them is", () => {
    fc.assert(
      fc.property(
        bound,
        fc.constantFrom("GBR", "CHN", "NLD"),
        fc.boolean(),
        ([a, b, low, high], destination, military) => {
          const [from, to] = a < b ? [a, b] : [b, a];
          const range: NumberRange = {
            low: dayNumber(isoDate(from)),
            high: dayNumber(isoDate(to)),
            lowIncluded: from === to || low,
            highIncluded: from === to || high,
          };
          const within = KINDS.map((d) => dayNumber(isoDate(d))).filter(
            (n) =>
              (n > range.low || (range.lowIncluded && n === range.low)) &&
              (n < range.high || (range.highIncluded && n === range.high)),
          );
          fc.pre(within.length > 0);
          const facts = { "item.kind": "loom", destination, military };
          const date = isoDate("2025-06-01");
          const all = within.map((n) => judge(book, "JPN", date, { ...facts, "authorisation.granted": point(n) }));
          const d = decide(book, "JPN", date, { ...facts, "authorisation.granted": range });
          expect([d.atLeast, d.atMost]).toEqual([
            Math.min(...all.map((x) => x.atLeast)),
            Math.max(...all.map((x) => x.atMost)),
          ]);
          if (d.atLeast < d.atMost) expect(d.missing).toEqual(["authorisation.granted"]);
        },
      ),
      { seed: 3, numRuns: 150 },
    );
  });
});

describe("a fact that is a day", () => {
  const dated = bookOf(`rules:
  - { id: r, title: t, layer: list, versions: [{ from: 2020-01-01, when: { order.day: { onOrAfter: 2024-02-28, before: 2024-03-01 } }, effect: prohibited, cite: ${cite("x")} }] }
  - { id: s, title: t, layer: list, versions: [{ from: 2020-01-01, when: { order.day: { after: 2024-02-28, before: 2024-02-29 } }, effect: licence-required, cite: ${cite("x")} }] }
`);
  const of = (facts: Facts) => decide(dated, "JPN", isoDate("2025-01-01"), facts);

  it("is compared by the calendar, and unknown where it is no claim", () => {
    expect(of({ "order.day": day("2024-02-29") }).verdict).toBe("prohibited");
    expect(of({ "order.day": day("2024-03-01") }).verdict).toBe("no-licence");
    expect([of({}).verdict, of({}).missing, of({}).ask]).toEqual(["undetermined", ["order.day"], "order.day"]);
  });

  it("has nothing between one day and the next", () => {
    const range = { low: dayNumber(isoDate("2024-02-27")), high: dayNumber(isoDate("2024-02-29")) };
    expect(of({ "order.day": { ...range, lowIncluded: false, highIncluded: false } }).verdict).toBe("prohibited");
  });
});

describe("savings in a rule file", () => {
  const problems = (saving: string, from: IsoDate = isoDate("2024-01-01")) =>
    problemsOf({
      "rules/jpn/regime.yaml": manifest("order"),
      "rules/jpn/order.yaml": instrument(`rules:
  - id: r
    title: t
    layer: list
    versions:
      - from: ${from}
        effect: prohibited
        cite: ${cite("art. 1")}
        savings:
          - { ${saving} }
`),
    });
  const good = `id: s, title: t, claim: enRoute.since, before: 2024-01-01, cite: ${cite("x")}`;

  it("need a citation, a claim that is declared as one, one day, and an end after their beginning", () => {
    expect(problems(good)).toEqual([]);
    expect(problems(good.replace(/, cite.*$/, ""))).toEqual(["rules/jpn/order.yaml:14:13 missing-cite"]);
    expect(problems(good.replace("enRoute.since", "enRoute.sinc"))).toEqual([
      "rules/jpn/order.yaml:14:32 unknown-fact",
    ]);
    expect(problems(good.replace("enRoute.since", "order.day"))).toEqual(["rules/jpn/order.yaml:14:32 unknown-fact"]);
    expect(problems(good.replace("before: 2024-01-01, ", ""))).toEqual(["rules/jpn/order.yaml:14:13 bad-shape"]);
    expect(problems(good.replace("before: 2024-01-01", "before: 2024-02-30"))).toEqual([
      "rules/jpn/order.yaml:14:54 bad-date",
    ]);
    expect(problems(`${good}, until: ${dayBefore(isoDate("2024-01-01"))}`)).toEqual([
      expect.stringMatching(/^rules\/jpn\/order\.yaml:14:\d+ bad-date$/),
    ]);
  });

  it("do not stand at an exception that does not end", () => {
    expect(
      problemsOf({
        "rules/jpn/regime.yaml": manifest("order"),
        "rules/jpn/order.yaml": instrument(`rules:
  - id: r
    title: t
    layer: list
    versions: [{ from: 2020-01-01, effect: prohibited, cite: ${cite("x")} }]
    exceptions:
      - { id: e, overrides: r, when: { military: true }, effect: no-licence, cite: ${cite("x")}, savings: [{ ${good} }] }
`),
      }),
    ).toEqual([expect.stringMatching(/^rules\/jpn\/order\.yaml:11:\d+ bad-shape$/)]);
  });
});
