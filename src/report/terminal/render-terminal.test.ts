import { describe, expect, it } from "vitest";
import { HOSTILE, TEST_ASSESSMENT, TEST_SELF_SUPPLY } from "../test-assessment.ts";
import { renderTerminal } from "./render-terminal.ts";
import { displayWidth } from "./text-layout.ts";

const page = (width: number, options: { colour?: boolean; all?: boolean } = {}) =>
  renderTerminal(TEST_ASSESSMENT, { width, colour: false, ...options });

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken out
const withoutColour = (text: string) => text.replace(/\u001b\[\d+m/g, "");

describe("the terminal page", () => {
  it("is the stored page at 100 columns", async () => {
    await expect(page(100)).toMatchFileSnapshot("../golden/terminal-100.txt");
  });

  it("is the stored page at 60 columns", async () => {
    await expect(page(60)).toMatchFileSnapshot("../golden/terminal-60.txt");
  });

  it("is the stored page with everything at 120 columns", async () => {
    await expect(page(120, { all: true })).toMatchFileSnapshot("../golden/terminal-120-all.txt");
  });

  it("is the stored page where the reverse is asked", async () => {
    const text = renderTerminal(TEST_SELF_SUPPLY, { width: 100, colour: false });
    await expect(text).toMatchFileSnapshot("../golden/terminal-self-supply.txt");
  });

  it.each([50, 60, 72, 80, 99, 100, 120, 200])("never exceeds %i columns", (width) => {
    const widths = [...page(width).split("\n"), ...page(width, { all: true }).split("\n")].map(displayWidth);
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
  });

  it("drops the leak marks first, then columns of numbers from the right", () => {
    const head = (width: number) =>
      page(width)
        .split("\n")
        .find((l) => l.includes("100%"))!
        .trim()
        .split(/\s+/)
        .slice(-2);
    expect(head(100)).toEqual(["controlled", "leak"]);
    expect(head(72)).toEqual(["+practice", "controlled"]);
    expect(head(60)).toEqual(["law", "+practice"]);
  });

  it("says the same with colour as without", () => {
    const coloured = page(100, { colour: true });
    expect(coloured).not.toBe(page(100));
    expect(withoutColour(coloured)).toBe(page(100));
  });

  it("lets no control or direction character of the data through", () => {
    expect(HOSTILE).toContain("\u001b");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(page(100, { all: true })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it("names every class, folded or not", () => {
    const leaves = TEST_ASSESSMENT.classes.filter((c) => c.leaf && c.id !== "hostile");
    const flat = (text: string) => text.replace(/\s+/g, " ");
    for (const text of [page(100), page(100, { all: true })]) {
      const words = leaves.flatMap((c) => c.name.split(" "));
      expect(words.filter((w) => !flat(text).includes(w))).toEqual([]);
    }
    expect(flat(page(100))).toContain("Edge gauges with a rather long descriptive name that wraps");
    expect(page(100)).toContain("+ 4 classes no member controls");
    expect(page(100, { all: true })).not.toContain("+ 4 classes");
  });

  it("gives what was bought before the rule no share", () => {
    const line = page(200)
      .split("\n")
      .find((l) => l.includes(" stock "))!;
    expect(line).toContain("no share");
    expect(line).not.toContain("0%");
  });

  it("shows what is not known in words", () => {
    const line = page(100)
      .split("\n")
      .find((l) => l.includes("Membrane presses"))!;
    expect(line).toContain("not known");
    expect(line).not.toMatch(/\d/);
  });
});
