import { describe, expect, it } from "vitest";
import { InputError } from "../domain/errors.ts";
import { createWorkbench } from "../workbench.ts";

const workbench = createWorkbench(".");

/** What is beside the point, so that nothing is left open. */
const REST = {
  "exporter.headquarters": "USA",
  "exporter.letters": [],
  purpose: "new",
  "endUser.headquarters": "CHN",
  "endUser.authorisations": [],
  "endUser.military": false,
  "endUser.militaryIntelligence": false,
  "facility.location": "CHN",
  "facility.makes": ["other"],
  "persons.us": true,
  "item.part": false,
  "item.foreignEquivalent": false,
  "item.usClass": "ECCN",
  "item.usEntry": "none",
};

/** A chip by its rates, and goods under way to a firm that was listed on the day. */
const CHIP: Record<string, unknown> = {
  ...REST,
  id: "chip",
  asOf: "2024-06-01",
  activity: "export",
  from: "USA",
  origin: "USA",
  destination: "CHN",
  "endUser.party": "Moore Threads Technology Co., Ltd.",
  "item.family": "chip",
  "item.kind": "other",
  "item.classified": ["USA:3A090.b"],
  "chip.role": "processor",
  "chip.dataCentre": true,
  "chip.macTops.8": "312 MacTOPS",
  "chip.macTops.16": { atMost: "156 MacTOPS" },
  "chip.dies": 1,
  "chip.applicableArea": "826 mm2",
};
const UNDER_WAY: Record<string, unknown> = {
  ...REST,
  id: "under-way",
  asOf: "2023-11-15",
  activity: "export",
  from: "USA",
  origin: "USA",
  destination: "CHN",
  "endUser.party": "Biren",
  "endUser.lists": [],
  "enRoute.since": "2023-10-16",
  "authorisation.granted": "never",
  "contract.date": { onOrAfter: "2023-09-01" },
  "item.family": "other",
  "item.kind": "other",
  "item.classified": ["USA:EAR99"],
};

const COMPARED: Readonly<Record<string, string>> = { atMost: "<=", onOrAfter: ">=" };

/** A value as a table has it. */
function cell(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(";");
  if (typeof value !== "object" || value === null) return String(value ?? "");
  const [[bound, amount] = ["", ""]] = Object.entries(value);
  return `${COMPARED[bound]} ${amount}`;
}

/** The same transactions in every format. */
function formats(of: readonly Record<string, unknown>[]): readonly { readonly path: string; readonly text: string }[] {
  const names = [...new Set(of.flatMap((t) => Object.keys(t)))];
  const quoted = (text: string) => (text.includes(",") ? `"${text}"` : text);
  const rows = of.map((t) => names.map((n) => quoted(cell(t[n]))).join(","));
  return [
    { path: "t.json", text: JSON.stringify(of, null, 1) },
    { path: "t.yaml", text: `transactions:\n${of.map((t) => `  - ${JSON.stringify(t)}\n`).join("")}` },
    { path: "t.jsonl", text: of.map((t) => `${JSON.stringify(t)}\n`).join("") },
    { path: "t.csv", text: `${names.join(",")}\n${rows.join("\n")}\n` },
  ];
}

describe("a catalogue with parts of formulas, claims and names", () => {
  it("is answered alike in every format", async () => {
    const answers = await Promise.all(
      formats([CHIP, UNDER_WAY]).map(async (file) => {
        const { results } = await workbench.check(file, { regimes: ["USA"] });
        return JSON.stringify(
          results.map(({ id, asOf, verdict, party, regimes }) => {
            return { id, asOf, verdict, party, regimes: regimes.map(({ because, missing }) => ({ because, missing })) };
          }),
        );
      }),
    );
    expect(new Set(answers).size).toBe(1);
    const [chip, underWay] = JSON.parse(answers[0]!);
    expect(chip.party.listings.map((x: { effect: string }) => x.effect)).toContain("listed");
    expect(chip.regimes[0].because.map((b: { rule: string }) => b.rule)).toContain("usa/ear-744-11/entity-list");
    expect(underWay.party.listings.map((x: { list: string; effect: string }) => `${x.list} ${x.effect}`)).toContain(
      "USA:entity-list saved",
    );
  });

  it("that contradicts itself is refused in every format, at the total", async () => {
    const wrong = { ...CHIP, "chip.tpp": "4000 TPP" };
    const messages = await Promise.all(
      formats([UNDER_WAY, wrong]).map(async (file) => {
        const error = await workbench.check(file).catch((e: unknown) => e);
        if (!(error instanceof InputError)) throw error;
        return error.problems.map((p) => [p.code, p.message, p.at?.file, p.at?.line !== undefined]);
      }),
    );
    const message =
      "`chip.tpp` is `4000 TPP`, and its parts give `{ atLeast: 4992 TPP }` (chip.macTops.8 312 MacTOPS, chip.macTops.16 { atMost: 156 MacTOPS }, chip.dies 1)";
    expect(messages).toEqual(
      ["t.json", "t.yaml", "t.jsonl", "t.csv"].map((file) => [["contradicting-values", message, file, true]]),
    );
  });

  it("has claims that are days of the calendar", async () => {
    const [json] = formats([{ ...UNDER_WAY, "enRoute.since": "last week" }]);
    await expect(workbench.check(json!)).rejects.toThrow("`last week` is no calendar day");
  });
});
