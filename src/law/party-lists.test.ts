import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest } from "../../test/invented-book.ts";
import { dayNumber, isoDate } from "../domain/dates.ts";
import { type Facts, point } from "./condition.ts";
import { decide } from "./decide.ts";
import { judge } from "./judge.ts";
import { partyWords, withLists } from "./party-lists.ts";

const book = inventedBook({
  "rules/jpn/regime.yaml": manifest("order"),
  "rules/jpn/order.yaml": instrument(`listings:
  - { list: JPN:watched, party: "Loomworks Co., Ltd.", aliases: [Great Loom Group], from: 2022-01-01, until: 2024-01-01, cite: ${cite("annex 1")} }
  - list: JPN:barred
    party: Loomworks
    from: 2023-01-01
    savings: [{ id: s, title: under way, claim: enRoute.since, before: 2023-01-01, until: 2023-02-01, cite: ${cite("art. 9")} }]
    cite: ${cite("annex 2")}
  - { list: JPN:trusted, party: Loomworks, grants: true, from: 2022-01-01, cite: ${cite("annex 3")} }
  - { list: KOR:watched, party: Loomworks, from: 2022-01-01, cite: ${cite("annex 4")} }
rules:
  - id: watched
    title: watched firms
    layer: end-user
    versions: [{ from: 2020-01-01, when: { endUser.lists: { includes: JPN:watched } }, effect: licence-required, policy: denial, cite: ${cite("art. 1")} }]
  - id: barred
    title: barred firms
    layer: end-user
    versions: [{ from: 2020-01-01, when: { endUser.lists: { includes: JPN:barred } }, effect: prohibited, cite: ${cite("art. 2")} }]
`),
});

function look(party: string, date: string, facts: Facts = {}) {
  const found = withLists(book, { "endUser.party": party, ...facts }, isoDate(date), ["JPN"]);
  const listings = found.party?.listings.map((x) => `${x.list} ${x.match} ${x.effect}`);
  return { ...found, listings, lists: found.facts["endUser.lists"] };
}

describe("a name", () => {
  it("is compared without case, accents, punctuation and the legal form at its end", () => {
    expect(partyWords("Loomworks Co., Ltd.")).toEqual(["loomworks"]);
    expect(partyWords("  LOOMWORKS, Inc ")).toEqual(["loomworks"]);
    expect(partyWords("Société Générale d'Étoffes S.A.")).toEqual(["societe", "generale", "detoffes"]);
    expect(partyWords("Weber & Söhne GmbH & Co. KG")).toEqual(["weber", "and", "sohne"]);
    expect(partyWords("The Loom Company")).toEqual(["loom"]);
    expect(partyWords("织机股份有限公司")).toEqual(["织机"]);
    expect(partyWords("Co")).toEqual(["co"]);
  });
});

describe("the end user that a transaction names", () => {
  it("is on the lists that name it that day, and on others perhaps", () => {
    expect(look("LOOMWORKS LTD", "2022-12-31")).toMatchObject({
      listings: ["JPN:watched name listed", "JPN:trusted name grants"],
      lists: { known: ["JPN:watched"] },
    });
    expect(look("Loomworks", "2023-06-01").lists).toEqual({ known: ["JPN:barred", "JPN:watched"] });
    expect(look("Loomworks", "2024-01-01").lists).toEqual({ known: ["JPN:barred"] });
    expect(look("Great Loom Group", "2022-06-01").listings).toEqual(["JPN:watched alias listed"]);
  });

  it("decides what its list decides, and leaves open what another list could", () => {
    const { facts } = look("Loomworks", "2022-06-01");
    const answer = decide(book, "JPN", isoDate("2022-06-01"), facts);
    expect([answer.verdict, answer.policy, answer.atMost, answer.missing]).toEqual([
      "licence-required",
      "denial",
      5,
      ["endUser.lists"],
    ]);
    const stated = look("Loomworks", "2022-06-01", { "endUser.lists": [] });
    expect(stated.lists).toEqual(["JPN:watched"]);
    expect(decide(book, "JPN", isoDate("2022-06-01"), stated.facts).atMost).toBe(4);
  });

  it("is not decided by a name that is only alike", () => {
    for (const party of ["Loomworks Trading", "Loomwork", "Great Loom"]) {
      const found = look(party, "2022-06-01");
      expect([found.listings?.[0], found.lists], party).toEqual(["JPN:watched possible decide", undefined]);
    }
    expect(look("Lathemakers", "2022-06-01")).toMatchObject({
      listings: [],
      facts: { "endUser.party": "Lathemakers" },
    });
    expect(judge(book, "JPN", isoDate("2022-06-01"), look("Lathemakers", "2022-06-01").facts).verdict).toBe(
      "undetermined",
    );
  });

  it("is kept from a list by its saving", () => {
    const underWay = { "enRoute.since": point(dayNumber(isoDate("2022-12-30"))) };
    expect(look("Loomworks", "2023-01-31", underWay)).toMatchObject({
      listings: expect.arrayContaining(["JPN:barred name saved"]),
      lists: { known: ["JPN:watched"] },
    });
    expect(look("Loomworks", "2023-02-01", underWay).listings).toContain("JPN:barred name listed");
    expect(look("Loomworks", "2023-01-31").listings).toContain("JPN:barred name listed");
  });

  it("changes nothing where it is not named", () => {
    const facts = { military: true };
    expect(withLists(book, facts, isoDate("2023-06-01"), ["JPN"])).toEqual({ facts });
  });
});
