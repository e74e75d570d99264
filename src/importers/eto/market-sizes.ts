import type { Problem } from "../../domain/errors.ts";
import type { Cells } from "../csv-text.ts";
import type { ImportedClass } from "./classes.ts";
import { cellProblem, type Release } from "./read-release.ts";

export const FIGURE_COLUMNS = [
  ...["id", "topic", "metric", "state", "partner", "class", "period"],
  ...["value", "low", "high", "unit", "source", "kind", "text", "note"],
];

/** `$11.7 billion (2025)`, `about $1 billion (2019)`, `$4 billion (all photomasks)`, `$10.9 billion`. */
const SIZE = /^(about |over )?\$(\d+(?:\.\d+)?) (million|billion)(?: \((?!\d{4}\))([^)]+)\))?(?: \((\d{4})\))?$/i;

/** World market of a class as a row of figures.csv; undefined where the release gives none. Reports other wordings. */
export function marketSize(
  release: Release,
  c: ImportedClass,
  year: string,
  sourceOf: (text: string) => string,
  problems: Problem[],
): Cells | undefined {
  const column = "market_share_chart_global_market_size_info";
  const text = c.row.cells[column]!;
  if (text === "") return undefined;
  const size = SIZE.exec(text);
  const period = size?.[5] ?? year;
  if (!size || !/^\d{4}$/.test(period)) {
    const message = `\`${text}\` is no market size with a year`;
    const hint = "expected `$11.7 billion (2025)`; the year may stand in the column `year`";
    problems.push(cellProblem(release, c.table, c.row, column, { code: "bad-value", message, hint }));
    return undefined;
  }
  const [, vague, amount, unit, scope] = size;
  return {
    id: `market-size-${c.id}-${period}`,
    topic: "market size",
    metric: "world market",
    class: c.id,
    period,
    value: amount!,
    unit: unit!.toLowerCase() === "billion" ? "USD bn" : "USD m",
    source: sourceOf(c.row.cells.market_share_chart_source!),
    kind: "reported",
    note: [vague ? `the source says "${vague.trim().toLowerCase()}"` : "", scope ?? ""].filter((x) => x).join("; "),
  };
}
