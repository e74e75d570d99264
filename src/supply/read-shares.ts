import { parseState, type State } from "../domain/states.ts";
import type { CsvRow } from "../input/csv-file.ts";
import type { Share } from "./pack.ts";
import { isKnown, type KnownClasses } from "./read-classes.ts";
import type { TableReader } from "./table-reader.ts";

export const SHARE_COLUMNS = {
  required: ["class", "supplier", "state", "value", "low", "high", "period", "source", "kind"],
  optional: ["note"],
} as const;

/** Rounded shares of one class and period may add up to this, and no further. */
export const SHARE_SUM_LIMIT = 1.025;

/**
 * `shares.csv`. A row is a state's when `supplier` is an alpha-3 code and `state` is empty or the same; `various` is the
 * unallocated rest of the states; every other row is a firm's and names its headquarters, or `unknown`, or `various`.
 */
export function readShares(rows: readonly CsvRow[], reader: TableReader, known: KnownClasses): Share[] {
  const shares: Share[] = [];
  const seen = new Set<string>();
  const sums = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const kept = isKnown(row, "class", known, reader);
    const share = readShare(row, reader);
    const key = [share.class, share.period, share.level, share.supplier, share.source].join("\n");
    if (seen.has(key)) {
      const message = `\`${share.supplier}\` stands twice for \`${share.class}\` in ${share.period}`;
      reader.report("duplicate-id", message, row, "supplier", "one row for a supplier, class, period and source");
    }
    seen.add(key);
    checkSum(share, sums, row, reader);
    if (kept) shares.push(share);
  }
  return shares;
}

function readShare(row: CsvRow, reader: TableReader): Share {
  const period = row.cells.period!;
  if (!/^\d{4}$/.test(period)) {
    reader.report(
      "bad-date",
      `\`${period}\` is no year`,
      row,
      "period",
      "shares carry the year that they are of, `2025`",
    );
  }
  return {
    class: row.cells.class!,
    ...supplierOf(row, reader),
    value: reader.percent(row),
    period,
    source: reader.source(row),
    kind: reader.kind(row),
    ...reader.optional(row, "note"),
    pack: reader.reading.pack,
  };
}

function supplierOf(row: CsvRow, reader: TableReader): Pick<Share, "supplier" | "level" | "state"> {
  const supplier = reader.text(row, "supplier");
  const home = row.cells.state!;
  if (supplier === "various") return { supplier, level: "various" };
  if (home === "" || home === supplier) {
    const looksLikeState = /^[A-Z]{3}$/.test(supplier) || parseState(supplier) !== undefined;
    if (looksLikeState) return { supplier, level: "state", state: reader.state(row, "supplier") };
    const hint = "give the alpha-3 code of its headquarters, or `unknown`; a state is named by its code";
    reader.report("unknown-state", `firm \`${supplier}\` has no state`, row, "state", hint);
    return { supplier, level: "firm" };
  }
  if (home === "unknown" || home === "various") return { supplier, level: "firm" };
  return { supplier, level: "firm", state: reader.state(row, "state") };
}

/** Adds up low bounds; where two sources give the same supplier the lower counts. Reports the row that goes too far. */
function checkSum(share: Share, sums: Map<string, Map<string, number>>, row: CsvRow, reader: TableReader): void {
  if (share.level === "firm" || share.value === null || !(share.value.low <= 1)) return;
  const key = `${share.class}\n${share.period}`;
  const lows = sums.get(key) ?? new Map<string, number>();
  sums.set(key, lows);
  const before = total(lows);
  lows.set(share.supplier, Math.min(share.value.low, lows.get(share.supplier) ?? 1));
  const after = total(lows);
  if (before > SHARE_SUM_LIMIT || after <= SHARE_SUM_LIMIT) return;
  const column = row.cells.value === "" ? "low" : "value";
  const message = `shares of \`${share.class}\` in ${share.period} add up to \`${Number((after * 100).toFixed(4))}%\``;
  reader.report(
    "bad-sum",
    message,
    row,
    column,
    "state rows of one class and period add up to 100% at most (102.5% rounded)",
  );
}

function total(lows: ReadonlyMap<State | string, number>): number {
  let sum = 0;
  for (const low of lows.values()) sum += low;
  return sum;
}
