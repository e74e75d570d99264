import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../domain/errors.ts";
import { createWorkbench } from "../workbench.ts";
import { sourceOf } from "./check-file.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const workbench = createWorkbench(ROOT);
const example = (name: string) => ({ path: name, text: readFileSync(`${ROOT}examples/${name}`, "utf8") });
const verdicts = async (name: string, options = {}) => {
  const { results } = await workbench.check(example(name), options);
  return results.map((r) => [r.id, r.verdict, ...r.regimes.map((x) => `${x.regime} ${x.verdict}`)]);
};

describe("a check of transactions", () => {
  it("asks the states that a transaction names, their Union and the USA, each by the day of the transaction", async () => {
    expect((await verdicts("catalogue.csv")).slice(0, 2)).toEqual([
      ["AX-1970i", "licence-required", "NLD licence-required", "EUU no-licence", "USA not-subject"],
      ["AX-1970i/old", "no-licence", "NLD no-licence", "EUU no-licence", "USA not-subject"],
    ]);
  });

  it("takes the day and the regimes of the caller", async () => {
    const [first] = await verdicts("catalogue.csv", { asOf: "2024-09-06", regimes: ["nl"] });
    expect(first).toEqual(["AX-1970i", "no-licence", "NLD no-licence"]);
  });

  it("leaves a regime of which no text is held undetermined, and takes the oldest comparison as the day", async () => {
    const { results } = await workbench.check({ path: "t.yaml", text: "from: SGP\n" });
    const [r] = results;
    expect(r?.regimes.map((x) => [x.regime, x.verdict])).toContainEqual(["SGP", "undetermined"]);
    const { book } = workbench.library.book();
    expect(r?.asOf).toBe([...book.regimes.values()].find((x) => x.id === "USA")?.checkedOn);
  });

  it("says the same of a transaction alone and among others, and the same bytes each time", async () => {
    const csv = example("catalogue.csv");
    const [head, first] = csv.text.split("\n");
    const options = { regimes: ["NLD", "JPN"] };
    const alone = await workbench.check({ path: "x.csv", text: `${head}\n${first}\n` }, options);
    const together = await workbench.check(csv, options);
    expect(JSON.stringify(alone.results[0])).toBe(JSON.stringify(together.results[0]));
    expect(JSON.stringify(await workbench.check(csv, options))).toBe(JSON.stringify(together));
  });

  it("gives no result for a file with problems, and says which ids there are", async () => {
    const csv = { path: "x.csv", text: "id,from\na,JPN\nb,Atlantis\n" };
    await expect(workbench.check(csv)).rejects.toThrow(/x\.csv:3:3: `Atlantis` is no value of `from`/);
    await expect(workbench.explain(sourceOf(example("catalogue.csv")), "AX-1970")).rejects.toThrow(/did you mean/);
    await expect(workbench.check(csv, { asOf: "soon", regimes: ["Atlantis"] })).rejects.toThrow(InputError);
  });

  it("asks for a fact of the transaction until none is left that matters", async () => {
    const source = sourceOf(example("catalogue.csv"));
    const open = await workbench.ask(source, "KT-ETCH7", { regimes: ["JPN"] });
    expect(open.ask?.leadsTo.map((x) => x.regime)).toEqual(["JPN"]);
    const settled = await workbench.ask(source, "AX-1970i", { regimes: ["NLD"] });
    expect([settled.verdict, settled.ask]).toEqual(["licence-required", null]);
  });
});
