import { describe, expect, it } from "vitest";
import type { Timing } from "../src/closure/assessment.ts";
import { remember } from "../src/domain/remember.ts";
import { createWorkbench } from "../src/workbench.ts";

const workbench = createWorkbench(new URL("..", import.meta.url).pathname);

/*
 * Dates as published: MOFCOM announcements 2023 No. 23 (gallium and germanium), 2023 No. 39 (graphite), 2024 No. 33 (antimony), 2024
 * No. 46 (denial to the United States, suspended from November 2025 until 27 November 2026 by No. 72 of 2025).
 */
describe("China's rules against members of the chip-tool coalition", () => {
  const asked = new Map<string, Timing>();
  const timing = (asOf: string): Timing =>
    remember(asked, asOf, () => workbench.assess("chip-tools-2023", { asOf }).timing!);
  const window = (asOf: string, rule: string) => timing(asOf).counter.clock.find((e) => e.rule === rule);

  it("are told with their windows, each from its announcement to its first day", () => {
    const days = (rule: string) => {
      const e = window("2025-01-15", rule);
      return [e?.firstSign, e?.inForce, e?.windowDays];
    };
    expect(days("chn/minerals/gallium-germanium")).toEqual(["2023-07-03", "2023-08-01", 29]);
    expect(days("chn/minerals/graphite")).toEqual(["2023-10-20", "2023-12-01", 42]);
    expect(days("chn/minerals/antimony")).toEqual(["2024-08-15", "2024-09-15", 31]);
    expect(days("chn/counter-measures/us-denial")).toEqual(["2024-12-03", "2024-12-03", 0]);
  });

  it("say that the denial to the United States is suspended, and until when by its text", () => {
    expect(window("2026-01-15", "chn/counter-measures/us-denial")?.stays).toMatchObject([
      { status: "stayed", until: "2026-11-27" },
    ]);
    expect(window("2025-01-15", "chn/counter-measures/us-denial")).not.toHaveProperty("stays");
  });

  it("are none on the day before the first announcement, and measure no purchase without figures", () => {
    expect(timing("2023-07-02").counter).toEqual({ clock: [], window: null });
    expect(timing("2023-09-01").counter.window).toMatchObject({
      from: "2023-07-03",
      until: "2023-08-01",
      imports: null,
    });
  });

  it("come after the United States moved first on 7 October 2022, Japan 289 days and the Netherlands 329 days behind", () => {
    // 7 October 2022 to 23 July 2023, and to 1 September 2023.
    expect(timing("2023-09-01").lags.map((l) => [l.state, l.inForce, l.days])).toEqual([
      ["USA", "2022-10-07", 0],
      ["JPN", "2023-07-23", 289],
      ["NLD", "2023-09-01", 329],
    ]);
  });
});
