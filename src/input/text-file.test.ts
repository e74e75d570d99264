import { describe, expect, it } from "vitest";
import { placeAt } from "./text-file.ts";

describe("the place of a character", () => {
  const file = { path: "a.yaml", text: "ab\ncd\n\ne" };

  it("counts lines and columns from one", () => {
    expect(placeAt(file, 0)).toEqual({ file: "a.yaml", line: 1, column: 1 });
    expect(placeAt(file, 1)).toEqual({ file: "a.yaml", line: 1, column: 2 });
    expect(placeAt(file, 3)).toEqual({ file: "a.yaml", line: 2, column: 1 });
    expect(placeAt(file, 4)).toEqual({ file: "a.yaml", line: 2, column: 2 });
    expect(placeAt(file, 7)).toEqual({ file: "a.yaml", line: 4, column: 1 });
  });

  it("gives the end of a line to that line, and the end of the text to its last", () => {
    expect(placeAt(file, 2)).toEqual({ file: "a.yaml", line: 1, column: 3 });
    expect(placeAt(file, 8)).toEqual({ file: "a.yaml", line: 4, column: 2 });
  });
});
