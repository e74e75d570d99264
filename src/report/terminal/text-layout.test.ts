import { describe, expect, it } from "vitest";
import { displayWidth, flow, pad, paragraph, wrap } from "./text-layout.ts";

describe("text on a terminal", () => {
  it.each([
    ["abc", 3],
    ["蚀刻", 4],
    ["e\u0301", 1],
    ["👩‍🔬", 2],
    ["ｱ", 1],
    ["█░┄", 3],
    ["", 0],
  ])("%s is %i columns wide", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("fills wide characters to the same width as narrow ones", () => {
    expect(displayWidth(pad("蚀刻", 10))).toBe(10);
    expect(pad("12", 5, "right")).toBe("   12");
  });

  it("breaks at spaces, and words that are too long between characters", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
    expect(wrap("蚀刻机", 4)).toEqual(["蚀刻", "机"]);
    expect(wrap("", 5)).toEqual([""]);
  });

  it("loses no word", () => {
    const text = "a bb ccc dddd eeeee ffffff ggggggg";
    for (const width of [3, 5, 8, 40])
      expect(wrap(text, width).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
  });

  it("sets pieces side by side while there is room", () => {
    expect(flow(["one", "two", "three"], 9, { gap: 2 })).toEqual(["one  two", "three"]);
  });

  it("indents the lines after the first", () => {
    expect(paragraph("one two three", 9, "- ")).toEqual(["- one two", "  three"]);
  });
});
