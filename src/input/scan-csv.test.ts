import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanCsv } from "./scan-csv.ts";

function cellsOf(text: string): readonly (readonly string[])[] {
  return scanCsv(text).records.map((r) => r.cells);
}

describe("scanCsv", () => {
  it("reads quotes, doubled quotes, breaks inside quotes, CRLF, a byte order mark and empty lines", () => {
    const text = '\uFEFFa,b\r\n"x, ""y""\nz",\r\n\r\n1,2';
    expect(cellsOf(text)).toEqual([
      ["a", "b"],
      ['x, "y"\nz', ""],
      ["1", "2"],
    ]);
    expect(scanCsv(text).records.map((r) => r.line)).toEqual([1, 2, 5]);
  });

  it("says where a quote is wrong and keeps what stands before it", () => {
    expect(scanCsv('a\n"b')).toMatchObject({ records: [{ cells: ["a"] }], fault: { offset: 2 } });
    expect(scanCsv('a,b"c')).toMatchObject({ fault: { message: "a quote inside an unquoted cell", offset: 3 } });
    expect(scanCsv('"a"b,c')).toMatchObject({ fault: { message: "text after a closing quote", offset: 3 } });
  });

  it("agrees with a general parser on any table", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", " ", ",", '"', "\n", "1", "-") });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
    const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, end) => {
        const text = rows.map((row) => row.map(quoted).join(",")).join(end);
        expect(cellsOf(text)).toEqual(rows);
        expect(cellsOf(text)).toEqual(parse(text, { relax_column_count: true, record_delimiter: end }));
      }),
    );
  });
});
