import { describe, expect, it } from "vitest";
import type { Problem } from "../../domain/errors.ts";
import { distinctIds, figureRow, memberRows, shareRow, statesOfFirms } from "./fact-rows.ts";
import { factSource } from "./fact-sources.ts";
import { useOf } from "./plan.ts";
import type { Fact } from "./read-facts.ts";

const fact = (given: Partial<Fact>): Fact => ({
  set: "5g",
  issue: "5g",
  subject: "Huawei",
  metric: "RAN revenue share, world",
  party: "WLD",
  period: "2020",
  value: 33,
  unit: "percent",
  source: "https://www.example.org/a-page",
  confidence: "high",
  note: "",
  at: { file: "5g.jsonl", line: 7 },
  ...given,
});

describe("facts as rows", () => {
  it("give a firm its headquarters, and a period its last year with the whole period noted", () => {
    const row = shareRow(fact({ period: "2019-2023" }), { as: "share", pack: "5g", class: "c", of: "firm" }, "s", []);
    expect(row).toMatchObject({ supplier: "Huawei", state: "CHN", value: "33", period: "2023", note: "of 2019-2023" });
  });

  it("take the exporter of a flow as supplier", () => {
    const flow = fact({ party: "USA<-EU27", value: 43 });
    const row = shareRow(flow, { as: "share", pack: "medicines", class: "c", of: "exporter" }, "s", []);
    expect(row).toMatchObject({ supplier: "EUU", state: "" });
  });

  it("call derived and unread figures what they are, and say low confidence", () => {
    const kind = (note: string, confidence = "high") =>
      figureRow(fact({ note, confidence }), { as: "figure", pack: "5g", topic: "t" }, "s", []);
    expect(kind("derived from growth")?.kind).toBe("derived");
    expect(kind("exact date from memory")).toMatchObject({
      kind: "assumed",
      note: "the exact date was not read in a source",
    });
    expect(kind("plain", "low")).toMatchObject({ kind: "reported", note: "plain; low confidence" });
  });

  it("refuse periods, units and firms that are not understood, with their place", () => {
    const problems: Problem[] = [];
    figureRow(fact({ period: "soon", unit: "bananas" }), { as: "figure", pack: "5g", topic: "t" }, "s", problems);
    shareRow(fact({ subject: "Tol" }), { as: "share", pack: "5g", class: "c", of: "firm" }, "s", problems);
    expect(problems.map((p) => [p.code, p.at?.line])).toEqual([
      ["bad-date", 7],
      ["bad-value", 7],
      ["unknown-state", 7],
    ]);
  });

  it("tell apart figures that would have one id", () => {
    expect(distinctIds([{ id: "a" }, { id: "b" }, { id: "a" }]).map((r) => r.id)).toEqual(["a", "b", "a-2"]);
  });

  it("bound a state's share by its firms and by what no firm is named for", () => {
    const firm = (supplier: string, state: string, value: string) => ({
      class: "c",
      supplier,
      state,
      value,
      period: "2020",
      source: "s",
    });
    const rows = statesOfFirms([firm("Huawei", "CHN", "33"), firm("Nokia", "FIN", "19"), firm("ZTE", "CHN", "10")]);
    expect(rows.map((r) => [r.supplier, r.low, r.high])).toEqual([
      ["CHN", "43", "81"],
      ["FIN", "19", "57"],
    ]);
    expect(statesOfFirms([firm("Nokia", "FIN", "60"), firm("ZTE", "CHN", "40")])[0]).toMatchObject({ value: "60" });
  });

  it("date founders, and leave the day of later members open", () => {
    const list = (party: string, period: string, value: string) => ({
      fact: fact({ subject: "Club", party, period, value, unit: "members" }),
      source: "s",
    });
    const rows = memberRows([list("all", "2023", "AUS EU NZL"), list("founders", "2020-06-15", "AUS EU")], []);
    expect(rows.map((r) => [r.alliance, r.state, r.since])).toEqual([
      ["club", "AUS", "2020-06-15"],
      ["club", "EUU", "2020-06-15"],
      ["club", "NZL", ""],
    ]);
  });
});

describe("factSource", () => {
  it("names pages by host and address, repositories by commit, and refuses the rest", () => {
    const page = factSource("https://www.example.org/a-page", "2031-01-02");
    expect(page).toMatchObject({ producer: "example.org", title: "Page: a page" });
    expect(page?.id).toMatch(/^page-example-org-[0-9a-f]{6}$/);
    expect(factSource("https://www.example.org/b", "2031-01-02")?.id).not.toBe(page?.id);
    const file = factSource(`owner/name@${"a".repeat(40)}:data/x`, "2031-01-02");
    expect(file?.url).toBe(`https://github.com/owner/name/tree/${"a".repeat(40)}/data/x`);
    expect(factSource("somebody said so", "2031-01-02")).toBeUndefined();
  });
});

describe("the plan", () => {
  it("has a use or a reason for each kind of fact, and none for what it does not know", () => {
    expect(useOf(fact({}))).toMatchObject({ as: "share", class: "ran-equipment" });
    expect(useOf(fact({ subject: "Other", metric: "5G base station share, world" }))).toMatchObject({ as: "ignored" });
    expect(useOf(fact({ set: "curated", issue: "New topic" }))).toBeUndefined();
  });
});
