import { parseDate } from "../domain/dates.ts";
import { nearest } from "../domain/errors.ts";
import type { CsvRow } from "../input/csv-file.ts";
import { figureUnits, isFigureUnit } from "./figure-units.ts";
import type { Figure, Membership, TradeFlow } from "./pack.ts";
import { isPeriod } from "./periods.ts";
import { isKnown, type KnownClasses } from "./read-classes.ts";
import type { TableReader } from "./table-reader.ts";

const FIGURE_ID = ["id", "topic", "metric", "state", "partner", "class", "period"] as const;

export const FIGURE_COLUMNS = {
  required: [...FIGURE_ID, "value", "low", "high", "unit", "source", "kind"],
  optional: ["text", "note"],
} as const;

export const TRADE_COLUMNS = {
  required: ["hs6", "exporter", "importer", "period", "usd", "source"],
  optional: ["note"],
} as const;

export const MEMBERSHIP_COLUMNS = {
  required: ["alliance", "state", "role", "since", "until", "disclosed", "source"],
  optional: ["note"],
} as const;

/** `figures.csv`: any sourced figure; a finding without a number has the unit `text` and its words in `text`. */
export function readFigures(rows: readonly CsvRow[], reader: TableReader, known: KnownClasses): Figure[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const id = reader.text(row, "id");
    if (seen.has(id)) reader.report("duplicate-id", `figure \`${id}\` stands twice`, row, "id", "ids are unique");
    seen.add(id);
    const hasClass = row.cells.class !== "" && isKnown(row, "class", known, reader);
    return {
      id,
      topic: reader.text(row, "topic"),
      metric: reader.text(row, "metric"),
      ...reader.optional(row, "state", "partner", "text", "note"),
      ...(hasClass ? { class: row.cells.class! } : {}),
      period: period(row, reader),
      value: reader.value(row),
      unit: unit(row, reader),
      source: reader.source(row),
      kind: reader.kind(row),
      pack: reader.reading.pack,
    };
  });
}

function period(row: CsvRow, reader: TableReader): string {
  const cell = row.cells.period!;
  const hint = "a period is `2022`, `2023Q3`, `2023H1`, `2023-07`, `2023-07-03`, or two of them as `from/to`";
  if (!isPeriod(cell)) reader.report("bad-date", `\`${cell}\` is no period`, row, "period", hint);
  return cell;
}

function unit(row: CsvRow, reader: TableReader): string {
  const cell = row.cells.unit!;
  if (cell === "") {
    reader.report("missing-unit", "a figure without a unit", row, "unit", "give a unit; findings in words have `text`");
  } else if (!isFigureUnit(cell)) {
    const meant = nearest(cell, figureUnits());
    const hint = meant ? `did you mean \`${meant}\`?` : `units are ${figureUnits().join(", ")}`;
    reader.report("bad-value", `\`${cell}\` is no unit`, row, "unit", hint);
  }
  return cell;
}

/** `trade.csv`: annual trade by product code, in US dollars. */
export function readTrade(rows: readonly CsvRow[], reader: TableReader): TradeFlow[] {
  return rows.map((row) => {
    const hs6 = row.cells.hs6!;
    if (!/^\d{6}$/.test(hs6))
      reader.report("bad-value", `\`${hs6}\` is no product code`, row, "hs6", "six digits, `848620`");
    const usd = reader.number(row, "usd");
    if (usd < 0) reader.report("bad-value", `trade of \`${row.cells.usd}\``, row, "usd", "trade is never negative");
    return {
      hs6,
      exporter: reader.state(row, "exporter"),
      importer: reader.state(row, "importer"),
      period: period(row, reader),
      usd,
      source: reader.source(row),
      ...reader.optional(row, "note"),
    };
  });
}

/** `memberships.csv`: who belongs to a grouping, since when. */
export function readMemberships(rows: readonly CsvRow[], reader: TableReader): Membership[] {
  return rows.map((row) => {
    for (const column of ["since", "until"]) {
      const cell = row.cells[column]!;
      if (cell === "" || /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(cell) || parseDate(cell)) continue;
      const hint = "a day, month or year (`2020-08-05`, `2020-08`, `2020`); leave it empty if it is not known";
      reader.report("bad-date", `\`${cell}\` is no date`, row, column, hint);
    }
    return {
      alliance: reader.text(row, "alliance"),
      state: reader.state(row, "state"),
      role: reader.text(row, "role"),
      ...reader.optional(row, "since", "until", "note"),
      disclosed: reader.oneOf(row, "disclosed", ["true", "false"]) === "true",
      source: reader.source(row),
    };
  });
}
