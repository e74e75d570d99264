import { describe, expect, it } from "vitest";
import { inventedPack } from "./invented-pack.ts";
import { mergePacks } from "./merge-packs.ts";
import { parsePack } from "./parse-pack.ts";

const toys = parsePack(inventedPack());

/** A second pack with a class of its own, and shares of two classes that the first one has as well. */
const games = parsePack(
  inventedPack({
    "pack.yaml": `id: games
title: Games
issue: toys
licence: CC BY-NC 4.0
notice: Figures by the guild are CC BY-NC 4.0.
checkedOn: 2031-04-01
sources: [ { id: guild, producer: Guild, title: Games, url: "https://example.org/guild", licence: CC BY-NC 4.0 } ]
tables: {}
`,
    "classes.csv": `id,name,parent,type,group,stage,basis,source
kites,Kites by guild,,product,flying,making,plant,guild
chess,Chess,,product,thinking,making,plant,guild
box-kites,Box kites,kites,product,flying,making,plant,guild
`,
    "shares.csv": `class,supplier,state,value,low,high,period,source,kind
kites,CHN,,10,,,2025,guild,measured
chess,IND,,80,,,2025,guild,measured
`,
    "edges.csv": null,
    "figures.csv": `id,topic,metric,state,partner,class,period,value,low,high,unit,source,kind
kite-sales,sales,Sales,CHN,,kites,2024,9,,,USD bn,guild,reported
`,
    "trade.csv": null,
    "memberships.csv": null,
    "items.yaml": null,
    "goals/parade.yaml": null,
  }).map((f) => ({ ...f, path: f.path.replace("toys", "games") })),
);

describe("mergePacks", () => {
  const merged = mergePacks([toys, games]);

  it("lets the first pack that has shares of a class define it", () => {
    expect(merged.classes.map((c) => [c.id, c.pack])).toEqual([
      ["tops", "toys"],
      ["wooden-tops", "toys"],
      ["tin-tops", "toys"],
      ["kites", "toys"],
      ["chess", "games"],
      ["box-kites", "games"],
    ]);
    expect(merged.shares.filter((s) => s.class === "kites").map((s) => s.pack)).toEqual(["toys"]);
    expect(mergePacks([games, toys]).classes.find((c) => c.id === "kites")?.name).toBe("Kites by guild");
  });

  it("falls to the next pack when the first has lost its shares of a class", () => {
    const bare = { ...toys, shares: toys.shares.filter((s) => s.class !== "kites") };
    const kites = mergePacks([bare, games]);
    expect(kites.shares.filter((s) => s.class === "kites").map((s) => s.pack)).toEqual(["games"]);
    expect(kites.classes.find((c) => c.id === "kites")?.pack).toBe("games");
  });

  it("counts leaves over all packs", () => {
    expect(merged.classes.find((c) => c.id === "kites")?.leaf).toBe(false);
  });

  it("adds figures up, keeps every notice and the oldest check", () => {
    expect(merged.figures.map((f) => `${f.pack}/${f.id}`)).toEqual([
      "toys/kite-sales",
      "toys/kite-law",
      "games/kite-sales",
    ]);
    expect(merged.notice).toBe("Figures by the guild are CC BY-NC 4.0.");
    expect(merged.checkedOn).toBe("2031-04-01");
    expect([...merged.sources.keys()]).toEqual(["atlas", "census", "guild"]);
  });

  it("refuses one source id for two sources", () => {
    const other = new Map([["atlas", { ...toys.sources.get("atlas")!, title: "Another atlas" }]]);
    expect(() => mergePacks([toys, { ...games, sources: other }])).toThrow("`atlas` of pack `games`");
    expect(mergePacks([toys, { ...games, sources: toys.sources }]).sources.size).toBe(2);
  });

  it("gives a single pack back as it is", () => {
    expect(mergePacks([toys])).toBe(toys);
  });
});
