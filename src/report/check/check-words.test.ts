import { describe, expect, it } from "vitest";
import { isoDate } from "../../domain/dates.ts";
import type { Cite } from "../../law/book.ts";
import type { PartyListing } from "../../law/party-lists.ts";
import type { SavingInPlay } from "../../law/savings.ts";
import { savingWords } from "./check-words.ts";
import { partyLines } from "./render-check.ts";

const cite: Cite = { act: "Order 1", at: "annex", source: "gazette", evidence: "text" };
const listing: PartyListing = {
  list: "JPN:watched",
  listed: "Loomworks",
  match: "name",
  effect: "listed",
  from: isoDate("2022-01-01"),
  cite,
};

describe("what lists say of an end user", () => {
  const lines = (...listings: readonly PartyListing[]) => partyLines({ party: "LOOMWORKS LTD", listings }, 200);

  it("is never a clearance where they do not name it", () => {
    expect(lines()).toEqual(["end user    LOOMWORKS LTD: on none of the lists held (not a clearance)"]);
  });

  it("names the list, the clause and how the name was met; what is only alike is left to somebody", () => {
    expect(lines(listing, { ...listing, list: "JPN:barred" })).toEqual([
      "end user    listed since 1 January 2022 as Loomworks; Order 1 annex [text]: JPN:watched, JPN:barred",
    ]);
    expect(lines({ ...listing, match: "alias" })[0]).toContain("as Loomworks, by another of its names; Order 1");
    expect(lines({ ...listing, match: "possible", effect: "decide" })[0]).toContain(
      "possible match, decide: listed since",
    );
    expect(lines({ ...listing, effect: "grants" })[0]).toContain("state endUser.authorisations to rely on it");
    const saving = { id: "s", title: "shipments under way", cite: { ...cite, at: "art. 9" } };
    expect(lines({ ...listing, effect: "saved", saving })[0]).toBe(
      "end user    listed since 1 January 2022 as Loomworks, kept from it by shipments under way; Order 1 art. 9 [text]: JPN:watched",
    );
  });
});

describe("what a saving does", () => {
  const saving: SavingInPlay = {
    rule: "jpn/order/looms",
    id: "s",
    title: "under way before",
    claim: "enRoute.since",
    stated: false,
    applies: false,
    until: isoDate("2024-02-01"),
    cite,
  };

  it("is said whether or not the transaction relies on it", () => {
    const start = "under way before, until 1 February 2024, for jpn/order/looms; Order 1 annex [text]";
    expect(savingWords(saving)).toBe(`${start}; not relied on, state enRoute.since if it applies`);
    expect(savingWords({ ...saving, stated: true })).toBe(`${start}; not met by enRoute.since`);
    expect(savingWords({ ...saving, stated: true, applies: null })).toBe(`${start}; depends on enRoute.since`);
    expect(savingWords({ ...saving, stated: true, applies: true })).toBe(start);
  });
});
