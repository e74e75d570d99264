import { describe, expect, it } from "vitest";
import { InputError } from "../src/domain/errors.ts";
import { sourceOf } from "../src/workbench/check-file.ts";
import { answerMatrix } from "../src/workbench/matrix.ts";
import { createWorkbench, DEFAULT_CASE } from "../src/workbench.ts";

const workbench = createWorkbench(".");

/** An immersion scanner by Dutch law of 2023-09-01: announced on 2023-03-08, published on 2023-06-30. */
const file = {
  path: "scanner.yaml",
  text: `id: scanner
asOf: 2023-09-01
activity: export
from: NLD
destination: CHN
purpose: new
item.family: chip-tool
item.kind: litho-scanner
item.part: false
litho.source: ArF-immersion
litho.wavelength: 193 nm
litho.na: 1.35
litho.overlay: 1.4 nm
endUser.lists: []
endUser.military: false
`,
};

const NLD = { regimes: ["NLD"] };

describe("what one could know on a day", () => {
  it("decides a check, with the law of the later day that was announced by then", async () => {
    const said = async (knownOn?: string) => {
      const { results } = await workbench.check(file, { ...NLD, ...(knownOn !== undefined && { knownOn }) });
      return results[0]!.verdict;
    };
    expect(await said()).toBe("licence-required");
    expect(await said("2023-03-08")).toBe("licence-required");
    expect(await said("2023-03-07")).toBe("no-licence");
  });

  it("is part of the digest, and named among what is left out", async () => {
    const whole = await workbench.check(file, NLD);
    const early = await workbench.check(file, { ...NLD, knownOn: "2023-03-07" });
    expect(early.digest.rules).not.toBe(whole.digest.rules);
    expect(early.notModelled[0]).toBe("law that could not be known on 2023-03-07");
    expect(whole.notModelled).toEqual(early.notModelled.slice(1));
  });

  it("decides the derivation and the next question alike", async () => {
    const explained = await workbench.explain(sourceOf(file), "scanner", { regime: "NLD", knownOn: "2023-03-07" });
    expect(explained.verdict).toBe("no-licence");
    const rule = explained.regimes[0]!.rules.find((r) => r.rule === "nld/regeling-2023/lithography");
    expect(rule?.outcome).toBe("not-in-force");
    const unknown = { ...file, text: file.text.replace("litho.overlay: 1.4 nm\n", "") };
    const ask = async (knownOn?: string) =>
      (await workbench.ask(sourceOf(unknown), "scanner", { ...NLD, ...(knownOn !== undefined && { knownOn }) })).ask
        ?.fact;
    expect([await ask(), await ask("2023-03-07")]).toEqual(["litho.overlay", undefined]);
  });

  it("decides a matrix and an assessment", () => {
    const matrix = (knownOn?: string) =>
      answerMatrix(
        {
          case: DEFAULT_CASE,
          classes: ["tool"],
          all: false,
          asOf: "2023-09-01",
          states: ["NLD"],
          ...(knownOn !== undefined && { knownOn }),
        },
        workbench.library,
      ).rows.flatMap((r) => r.rules);
    expect(matrix()).toContain("nld/regeling-2023/lithography");
    expect(matrix("2023-03-07")).not.toContain("nld/regeling-2023/lithography");
    const clock = (knownOn?: string) =>
      workbench
        .assess(DEFAULT_CASE, { asOf: "2023-09-01", ...(knownOn !== undefined && { knownOn }) })
        .clock.map((c) => c.rule);
    expect(clock()).toContain("nld/regeling-2023/lithography");
    expect(clock("2023-03-07")).not.toContain("nld/regeling-2023/lithography");
  });

  it("is a day of the calendar", () => {
    for (const ask of [
      () => workbench.assess(DEFAULT_CASE, { knownOn: "2023-02-30" }),
      () =>
        answerMatrix({ case: DEFAULT_CASE, classes: ["tool"], all: false, knownOn: "2023-02-30" }, workbench.library),
    ]) {
      expect(ask).toThrow(InputError);
      expect(ask).toThrow("--known-on: `2023-02-30` is no calendar day");
    }
  });
});
