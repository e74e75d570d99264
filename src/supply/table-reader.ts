import { type ErrorCode, nearest, type Problem } from "../domain/errors.ts";
import { exact, type Range, round } from "../domain/ranges.ts";
import { KINDS, type Kind, type Source } from "../domain/sourced.ts";
import { parseState, type State, stateNames } from "../domain/states.ts";
import { type CsvRow, placeOfCell } from "../input/csv-file.ts";
import type { TextFile } from "../input/text-file.ts";

/** What every table of a pack is read against; problems and warnings are collected, never thrown. */
export interface Reading {
  readonly pack: string;
  readonly sources: ReadonlyMap<string, Source>;
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** Reads the cells of one table; each method reports what is wrong with the cell and gives a stand-in. */
export class TableReader {
  readonly reading: Reading;
  readonly file: TextFile;

  constructor(reading: Reading, file: TextFile) {
    this.reading = reading;
    this.file = file;
  }

  report(code: ErrorCode, message: string, row: CsvRow, column: string, hint: string): void {
    this.reading.problems.push({ code, message, at: placeOfCell(this.file, row, column), hint });
  }

  warn(code: ErrorCode, message: string, row: CsvRow, column: string, hint: string): void {
    this.reading.warnings.push({ code, message, at: placeOfCell(this.file, row, column), hint });
  }

  /** A cell that may not be empty. */
  text(row: CsvRow, column: string): string {
    const cell = row.cells[column]!;
    if (cell === "") this.report("bad-shape", `\`${column}\` is empty`, row, column, "every row needs it");
    return cell;
  }

  /** An id: lower-case words joined by hyphens. */
  id(row: CsvRow, column: string): string {
    const cell = this.text(row, column);
    if (cell !== "" && !/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(cell)) {
      const hint = "ids are lower-case words joined by hyphens";
      this.report("bad-value", `\`${cell}\` is no id`, row, column, hint);
    }
    return cell;
  }

  oneOf<T extends string>(row: CsvRow, column: string, allowed: readonly T[]): T {
    const cell = row.cells[column]!;
    if (!(allowed as readonly string[]).includes(cell)) {
      const meant = nearest(cell, allowed);
      const hint = meant ? `did you mean \`${meant}\`?` : `one of ${allowed.join(", ")}`;
      this.report("bad-value", `\`${cell}\` is no ${column}`, row, column, hint);
    }
    return cell as T;
  }

  kind(row: CsvRow): Kind {
    return this.oneOf(row, "kind", KINDS);
  }

  /** A source that the manifest lists. */
  source(row: CsvRow): string {
    const id = row.cells.source!;
    if (id === "") {
      const hint = "every figure names a source of pack.yaml";
      this.report("missing-source", "a figure without a source", row, "source", hint);
    } else if (!this.reading.sources.has(id)) {
      const meant = nearest(id, this.reading.sources.keys());
      const hint = meant ? `did you mean \`${meant}\`?` : "add it to `sources` in pack.yaml";
      this.report("unknown-source", `\`${id}\` is no source of this pack`, row, "source", hint);
    }
    return id;
  }

  /** A state by its alpha-3 code: tables are exact, only command lines understand names. */
  state(row: CsvRow, column: string): State {
    const cell = row.cells[column]!;
    const found = parseState(cell);
    if (found === cell) return found;
    const meant = found ?? nearest(cell, stateNames());
    const hint = meant ? `did you mean \`${meant}\`?` : "states are ISO 3166-1 alpha-3 codes, `NLD`";
    this.report("unknown-state", `\`${cell}\` is no state`, row, column, hint);
    return cell as State;
  }

  number(row: CsvRow, column: string): number {
    const cell = row.cells[column]!;
    if (!/^-?\d+(?:\.\d+)?(?:e-?\d+)?$/i.test(cell)) {
      const hint =
        "write digits with a decimal point and no thousands separator; leave the cell empty if it is unknown";
      this.report("bad-value", `\`${cell}\` is no number`, row, column, hint);
      return Number.NaN;
    }
    return Number(cell);
  }

  /** `value`, or `low` and `high`; null when all three are empty: unknown, never zero. */
  value(row: CsvRow): Range | null {
    const filled = ["value", "low", "high"].filter((column) => row.cells[column] !== "").join(" ");
    if (filled === "") return null;
    if (filled === "value") return exact(this.number(row, "value"));
    if (filled !== "low high") {
      const hint = "give `value`, or both `low` and `high`, or none of them";
      this.report("bad-shape", `only \`${filled.replaceAll(" ", "`, `")}\` given`, row, filled.split(" ")[0]!, hint);
      return null;
    }
    const range = { low: this.number(row, "low"), high: this.number(row, "high") };
    if (range.low > range.high) {
      const message = `low \`${row.cells.low}\` is above high \`${row.cells.high}\``;
      this.report("bad-value", message, row, "low", "swap them");
    }
    return range;
  }

  /** `value` in per cent, as a part from 0 to 1. */
  percent(row: CsvRow): Range | null {
    const range = this.value(row);
    if (range === null) return null;
    for (const column of ["value", "low", "high"]) {
      const share = Number(row.cells[column]);
      if (share >= 0 && share <= 100) continue;
      if (Number.isNaN(share)) continue;
      this.report("bad-value", `\`${row.cells[column]}\` is no share`, row, column, "shares are per cent, 0 to 100");
    }
    return { low: round(range.low / 100), high: round(range.high / 100) };
  }

  /** Notes and other cells that may be empty, as properties to spread. */
  optional<K extends string>(row: CsvRow, ...columns: readonly K[]): { readonly [P in K]?: string } {
    const given: { [P in K]?: string } = {};
    for (const column of columns) if (row.cells[column]) given[column] = row.cells[column];
    return given;
  }
}
