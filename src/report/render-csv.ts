import type { Assessment, ClassResult, Coverage, CoverageBothWays } from "../closure/assessment.ts";
import type { Range } from "../domain/ranges.ts";
import { weakest } from "../domain/verdicts.ts";
import { cleanText } from "./clean-text.ts";

type Value = string | number | boolean;

const PARTS: readonly (readonly [column: string, part: keyof Coverage])[] = [
  ["closed", "closed"],
  ["closed_or_practice", "closedOrPractice"],
  ["controlled", "controlled"],
];

/**
 * The classes as CSV (RFC 4180, UTF-8, lines end in a line feed): one row a class and probe, shares from 0 to 1, unknown shares
 * empty. Text that a spreadsheet would run as a formula is preceded by an apostrophe.
 */
export function renderClassesCsv(a: Assessment): string {
  const rows = a.classes.flatMap((c) =>
    Object.entries(c.coverage).map(([probe, coverage]) => rowOf(a, c, probe, coverage)),
  );
  const head = rows[0]?.map(([column]) => column) ?? [];
  return [head, ...rows.map((r) => r.map(([, value]) => value))]
    .map((cells) => `${cells.map(csvCell).join(",")}\n`)
    .join("");
}

function rowOf(a: Assessment, c: ClassResult, probe: string, coverage: CoverageBothWays): [string, Value][] {
  const known = c.periodFit !== "none";
  const range = (column: string, r: Range): [string, Value][] => [
    [`${column}_low`, known ? r.low : ""],
    [`${column}_high`, known ? r.high : ""],
  ];
  const cells = c.suppliers.flatMap((s) => (s.cells[probe] ? [s.cells[probe]] : []));
  const evidence = weakest(cells.flatMap((x) => (x.evidence ? [x.evidence] : [])));
  return [
    ["case", a.question.case],
    ["as_of", a.question.asOf],
    ["members", a.question.members.join(" ")],
    ["target", a.question.target],
    ["class", c.id],
    ["name", c.name],
    ["group", c.group],
    ["parent", c.parent ?? ""],
    ["leaf", c.leaf],
    ["basis", c.basis],
    ["period", c.period],
    ["period_fit", c.periodFit],
    ["probe", probe],
    ["headline", probe === a.question.probe],
    ...range("potential", c.potential),
    ...range("potential_outside_target", c.potentialOutsideTarget),
    ...range("target_own", c.targetOwn),
    ...range("unallocated", c.unallocated),
    ...PARTS.flatMap(([column, part]) => range(`${column}_world`, coverage[part])),
    ...PARTS.flatMap(([column, part]) => range(`${column}_outside_target`, coverage.outsideTarget[part])),
    ["rules", [...new Set(cells.flatMap((x) => x.rules))].join(" ")],
    ["weakest_evidence", evidence ?? ""],
    ["sources", c.sources.join(" ")],
    ["notice", a.notices.join(" ")],
  ];
}

export function csvCell(value: Value): string {
  if (typeof value !== "string") return String(value);
  const clean = cleanText(value);
  const safe = /^[=+\-@]/.test(clean) ? `'${clean}` : clean;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
