import { createHash } from "node:crypto";
import { InputError, type Problem } from "../../domain/errors.ts";
import { parseState } from "../../domain/states.ts";
import { type CsvRow, parseCsv, placeOfCell } from "../../input/csv-file.ts";
import type { TextFile } from "../../input/text-file.ts";
import type { Cells } from "../csv-text.ts";
import { MINERALS_PACK } from "../minerals-pack.ts";
import { draftPack } from "../pack-draft.ts";
import type { Imported, ImportInput } from "../pack-import.ts";
import { inPercent, ROUNDED_TOTAL, shareOfTotal } from "../share-of-total.ts";
import { IGNORED, IMPORT_CLASS, PUBLISHER, SERIES, type SeriesClass, STATES } from "./manifest.ts";

const PRODUCTION = {
  required:
    "chapter,commodity,series,country,unit,year,quantity,world_total,share,us_critical_mineral_2025,notes".split(","),
  optional: [],
};
const IMPORTS = {
  required: [
    ..."MCS chapter,Section,Commodity,Country,Statistics,Statistics_detail,Unit,Year,Value".split(","),
    ..."Notes,Is critical mineral 2025,Other notes".split(","),
  ],
  optional: [],
};
const PRODUCTION_SOURCE = "usgs-mcs-2026-production";
const IMPORT_SOURCE = "usgs-mcs-2026-imports";

/** What goes into what, among the classes of this release. */
const EDGES = [
  ["bauxite-mine", "alumina-refinery"],
  ["alumina-refinery", "aluminium-smelter"],
  ["copper-mine", "copper-refinery"],
  ["ilmenite-mine", "titanium-refinery"],
  ["rutile-mine", "titanium-refinery"],
].map(([from, to]): Cells => ({ from: from!, to: to!, source: PRODUCTION_SOURCE }));

/**
 * Brings the world production and US import sources of the Mineral Commodity Summaries into the pack `minerals`. Shares
 * are quantity by world total. Throws InputError with every value that is neither read nor listed as ignored.
 */
export function importUsgs(input: ImportInput): Imported {
  const problems: Problem[] = [];
  const production = table(input.files, PUBLISHER.production, PRODUCTION, problems);
  const imports = table(input.files, PUBLISHER.imports, IMPORTS, problems);
  const made = production && readProduction(production, problems);
  const figures = imports ? readImports(imports, problems) : [];
  if (problems.length > 0 || !made || !production || !imports) throw new InputError(problems);
  const drafted = draftPack(input.packs, {
    pack: MINERALS_PACK,
    owns: (source) => source.startsWith("usgs-"),
    sources: [
      source(
        PRODUCTION_SOURCE,
        "world production by country, 2024 and 2025 (estimated)",
        production.file,
        input.accessed,
      ),
      source(IMPORT_SOURCE, "US import sources, 2021 to 2024", imports.file, input.accessed),
    ],
    rows: {
      "classes.csv": made.classes,
      "shares.csv": made.shares,
      "edges.csv": edgesAmong(made.classes),
      "figures.csv": figures,
    },
    checkedOn: input.accessed,
  });
  return {
    ...drafted,
    report: { publisher: "usgs", ignored: made.ignored, notes: made.notes, changes: drafted.changes },
  };
}

/** Edges whose both ends are in this release. */
function edgesAmong(classes: readonly Cells[]): Cells[] {
  const ids = new Set(classes.map((c) => c.id));
  return EDGES.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
}

interface Read {
  readonly file: TextFile;
  readonly rows: readonly CsvRow[];
}

function table(
  files: readonly TextFile[],
  expected: { readonly file: string; readonly rows: readonly [number, number] },
  columns: typeof PRODUCTION,
  problems: Problem[],
): Read | undefined {
  const file = files.find((f) => f.path.endsWith(expected.file));
  if (!file) {
    const hint = `give the folder that holds it, made from ${PUBLISHER.url}`;
    problems.push({ code: "missing-file", message: `\`${expected.file}\` is missing`, hint });
    return undefined;
  }
  const parsed = parseCsv(file, columns);
  problems.push(...parsed.problems);
  const [least, most] = expected.rows;
  if (parsed.rows.length < least || parsed.rows.length > most) {
    const message = `${parsed.rows.length} rows where ${least} to ${most} are plausible`;
    problems.push({ code: "bad-value", message, at: { file: file.path }, hint: "check that the release is whole" });
  }
  return { file, rows: parsed.rows };
}

interface Production {
  readonly classes: readonly Cells[];
  readonly shares: readonly Cells[];
  readonly ignored: readonly string[];
  readonly notes: readonly string[];
}

function readProduction({ file, rows }: Read, problems: Problem[]): Production {
  const ignored = new Set<string>();
  const bySeries = new Map<string, CsvRow[]>();
  for (const row of rows) {
    const key = `${row.cells.commodity} | ${row.cells.series}`;
    const series = SERIES[key];
    if (series) {
      const group = `${series.partOf ?? key}\n${row.cells.year}`;
      bySeries.set(group, [...(bySeries.get(group) ?? []), row]);
    } else if (IGNORED.includes(row.cells.commodity!)) ignored.add(row.cells.commodity!);
    else {
      const hint = "read or ignore it in src/importers/usgs/manifest.ts";
      const message = `unknown series \`${key}\``;
      problems.push({ code: "unknown-class", message, at: placeOfCell(file, row, "series"), hint });
    }
  }
  const notes: string[] = [];
  const shares = [...bySeries].flatMap(([key, group]) => {
    const [series, year] = key.split("\n") as [string, string];
    return seriesShares(SERIES[series]!, series, year, { file, rows: group }, notes, problems);
  });
  const classes = new Map(
    [...bySeries.keys()].map((key) => [SERIES[key.split("\n")[0]!]!.id, SERIES[key.split("\n")[0]!]!]),
  );
  return { classes: [...classes.values()].map(classRow), shares, ignored: [...ignored].sort(), notes };
}

function classRow(c: SeriesClass): Cells {
  const { id, name, group, basis } = c;
  const stage = id.slice(id.lastIndexOf("-") + 1);
  return { id, name, parent: "", type: "mineral", group, stage, basis, source: PRODUCTION_SOURCE };
}

function seriesShares(
  series: SeriesClass,
  name: string,
  year: string,
  { file, rows }: Read,
  notes: string[],
  problems: Problem[],
): Cells[] {
  const main = rows.find((row) => `${row.cells.commodity} | ${row.cells.series}` === name);
  const total = Number(main?.cells.world_total);
  const quantities = rows.map((row) => Number(row.cells.quantity));
  const sum = quantities.reduce((a, b) => a + b, 0);
  if (!(total > 0) || quantities.some((q) => !(q >= 0))) {
    const message = `no world total or quantity for \`${name}\` in ${year}`;
    problems.push({ code: "bad-value", message, at: placeOfCell(file, rows[0]!, "world_total") });
    return [];
  }
  const rounded = sum / total > ROUNDED_TOTAL;
  if (rounded)
    notes.push(
      `${series.id} ${year}: rows are ${inPercent(sum / total)}% of the rounded world total; shares are ranges`,
    );
  const seen = new Set<string>();
  return rows.flatMap((row, i) => {
    const supplier = supplierOf(row, "country", file, problems);
    if (supplier === undefined) return [];
    if (seen.has(supplier)) {
      const message = `\`${row.cells.country}\` stands twice in \`${name}\` of ${year}`;
      problems.push({ code: "duplicate-id", message, at: placeOfCell(file, row, "country") });
    }
    seen.add(supplier);
    const bounds = shareOfTotal(quantities[i]!, sum, total);
    const quantity = `${Number(row.cells.quantity)} of ${total} ${row.cells.unit!.trim()}`;
    return [
      {
        class: series.id,
        supplier,
        ...bounds,
        period: year,
        source: PRODUCTION_SOURCE,
        kind: "derived",
        note: quantity,
      },
    ];
  });
}

function supplierOf(row: CsvRow, column: string, file: TextFile, problems: Problem[]): string | undefined {
  const country = row.cells[column]!;
  if (country === "Other countries") return "various";
  const found = STATES[country] ?? parseState(country);
  if (found === undefined) {
    const hint = "name it in src/importers/usgs/manifest.ts";
    problems.push({
      code: "unknown-state",
      message: `\`${country}\` is no state`,
      at: placeOfCell(file, row, column),
      hint,
    });
  }
  return found;
}

function readImports(read: Read, problems: Problem[]): Cells[] {
  return read.rows.flatMap((row) => {
    const { Commodity: commodity, Statistics_detail: detail, Value: value, Year: year } = row.cells;
    if (row.cells["Is critical mineral 2025"] === "No") return [];
    const refuse = (column: string, what: string) =>
      problems.push({
        code: "bad-value",
        message: `${what} \`${row.cells[column]}\``,
        at: placeOfCell(read.file, row, column),
      });
    if (row.cells.Unit !== "percent") refuse("Unit", "unknown unit");
    if (!/^2021.?24$/.test(year!)) refuse("Year", "unknown period");
    const bounds = importShare(value!);
    if (!bounds) refuse("Value", "unknown value");
    const several = row.cells.Country!.includes(" and ");
    const partner = several ? row.cells.Country! : supplierOf(row, "Country", read.file, problems);
    const cls = IMPORT_CLASS[commodity!];
    return [
      {
        id: ["us-imports", commodity!, detail!, row.cells.Country!].map(slug).join("-"),
        topic: "US import sources",
        metric: `share of US imports: ${commodity}${detail === "All" || detail === commodity ? "" : `, ${detail}`}`,
        state: "USA",
        partner: partner ?? "",
        ...(cls ? { class: cls } : {}),
        period: "2021/2024",
        ...bounds,
        unit: "%",
        source: IMPORT_SOURCE,
        kind: "reported",
      },
    ];
  });
}

/** `92`, `>99` (99 to 100), `<1` (0 to 1). */
function importShare(text: string): { value: string } | { low: string; high: string } | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return { value: text };
  if (/^>\d+$/.test(text)) return { low: text.slice(1), high: "100" };
  if (/^<\d+$/.test(text)) return { low: "0", high: text.slice(1) };
  return undefined;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

function source(id: string, what: string, file: TextFile, accessed: string) {
  return {
    id,
    producer: PUBLISHER.name,
    title: `${PUBLISHER.title}: ${what}`,
    citation: `data release of the summaries, as the table ${file.path.replace(/^.*\//, "")}`,
    url: PUBLISHER.url,
    published: PUBLISHER.published,
    accessed,
    licence: PUBLISHER.licence,
    sha256: createHash("sha256").update(file.text).digest("hex"),
  };
}
