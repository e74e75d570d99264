import { describe, expect, it } from "vitest";
import { parseCsv, placeOfCell } from "./csv-file.ts";

const COLUMNS = { required: ["a", "b"], optional: ["c"] };

describe("parseCsv", () => {
  it("counts lines through quoted line breaks and empty lines, and finds each cell's column", () => {
    const file = { path: "t.csv", text: 'a,b,c\n1,"x ""q"",\ny",3\n\n 4 ,5,6\n' };
    const { rows, problems } = parseCsv(file, COLUMNS);
    expect(problems).toEqual([]);
    expect(rows.map((r) => [r.line, r.cells])).toEqual([
      [2, { a: "1", b: 'x "q",\ny', c: "3" }],
      [5, { a: "4", b: "5", c: "6" }],
    ]);
    expect(placeOfCell(file, rows[0]!, "c")).toEqual({ file: "t.csv", line: 3, column: 4 });
    expect(placeOfCell(file, rows[1]!, "b")).toEqual({ file: "t.csv", line: 5, column: 5 });
  });

  it("gives an optional column that is not there as empty", () => {
    expect(parseCsv({ path: "t.csv", text: "a,b\n1,2\n" }, COLUMNS).rows[0]!.cells).toEqual({ a: "1", b: "2", c: "" });
  });

  it("reports unknown, doubled and missing columns together", () => {
    const { rows, problems } = parseCsv({ path: "t.csv", text: "a,a,cc\n1,2,3\n" }, COLUMNS);
    expect(rows).toEqual([]);
    expect(problems.map((p) => [p.message, p.at?.column])).toEqual([
      ["column `a` stands twice", 3],
      ["unknown column `cc`", 5],
      ["column `b` is missing", 1],
    ]);
  });

  it("reports every row of the wrong length and keeps the others", () => {
    const { rows, problems } = parseCsv({ path: "t.csv", text: "a,b\n1\n2,3\n4,5,6\n" }, COLUMNS);
    expect(rows.map((r) => r.cells.a)).toEqual(["2"]);
    expect(problems.map((p) => [p.code, p.at?.line])).toEqual([
      ["bad-syntax", 2],
      ["bad-syntax", 4],
    ]);
  });

  it("places a quote that is never closed, and a file without a header", () => {
    const open = parseCsv({ path: "t.csv", text: 'a,b\n1,2\n"x,2\n' }, COLUMNS);
    expect(open.problems.map((p) => [p.code, p.at?.line])).toEqual([["bad-syntax", 3]]);
    expect(parseCsv({ path: "t.csv", text: "" }, COLUMNS).problems[0]?.message).toBe("no header line");
  });
});
