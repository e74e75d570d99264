import { parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import { type CsvColumns, type CsvRow, parseCsv } from "../input/csv-file.ts";
import { parseShaped } from "../input/shape.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, placeOf } from "../input/yaml-file.ts";
import type { Item, Pack } from "./pack.ts";
import type { Manifest } from "./pack-schema.ts";
import { MANIFEST } from "./pack-shapes.ts";
import { CLASS_COLUMNS, EDGE_COLUMNS, readClasses, readEdges } from "./read-classes.ts";
import {
  FIGURE_COLUMNS,
  MEMBERSHIP_COLUMNS,
  readFigures,
  readMemberships,
  readTrade,
  TRADE_COLUMNS,
} from "./read-figures.ts";
import { readGoal, readItems } from "./read-items.ts";
import { readShares, SHARE_COLUMNS } from "./read-shares.ts";
import { type Reading, TableReader } from "./table-reader.ts";

const TABLES = {
  "classes.csv": CLASS_COLUMNS,
  "shares.csv": SHARE_COLUMNS,
  "edges.csv": EDGE_COLUMNS,
  "figures.csv": FIGURE_COLUMNS,
  "trade.csv": TRADE_COLUMNS,
  "memberships.csv": MEMBERSHIP_COLUMNS,
} as const satisfies Record<string, CsvColumns>;
type TableName = keyof typeof TABLES;

interface Table {
  readonly rows: readonly CsvRow[];
  readonly reader: TableReader;
}

/**
 * One pack from the files of its folder. Throws InputError with every problem of every file; lost tables and rows are
 * `warnings` of the pack, because a lost figure widens the answer and does not stop it.
 */
export function parsePack(files: readonly TextFile[]): Pack {
  const problems: Problem[] = [];
  const manifestFile = files.find((f) => nameOf(f) === "pack.yaml");
  const manifest = manifestFile && readManifest(manifestFile, problems);
  if (!manifestFile || !manifest) {
    if (!manifestFile) problems.push(noManifest(files));
    throw new InputError(problems);
  }
  const sources = new Map(manifest.sources.map((s) => [s.id, s as Source]));
  const reading: Reading = { pack: manifest.id, sources, problems, warnings: [] };
  const pack = readTables(new PackFiles(files, manifestFile, manifest, reading), manifest, reading);
  if (problems.length > 0) throw new InputError(problems);
  return pack;
}

function readTables(files: PackFiles, manifest: Manifest, reading: Reading): Pack {
  files.refuseStrangers();
  const classTable = files.table("classes.csv");
  const complete = classTable.rows.length >= (manifest.tables["classes.csv"] ?? 0);
  const classes = readClasses(classTable.rows, classTable.reader, complete);
  const own = { ids: new Set(classes.map((c) => c.id)), complete };
  const named = { ...own, open: (manifest.extends ?? []).length > 0 };
  const byId = new Map(classes.map((c) => [c.id, c]));
  const read = <T>(name: TableName, reader: (rows: readonly CsvRow[], r: TableReader) => T): T => {
    const table = files.table(name);
    return reader(table.rows, table.reader);
  };
  return {
    id: manifest.id,
    title: manifest.title,
    issue: manifest.issue,
    licence: manifest.licence,
    ...(manifest.notice === undefined ? {} : { notice: manifest.notice }),
    checkedOn: manifest.checkedOn,
    extends: manifest.extends ?? [],
    ...(manifest.groups && { groups: manifest.groups }),
    sources: reading.sources,
    classes,
    shares: read("shares.csv", (rows, r) => readShares(rows, r, own)),
    edges: read("edges.csv", (rows, r) => readEdges(rows, r, named)),
    figures: read("figures.csv", (rows, r) => readFigures(rows, r, named)),
    trade: read("trade.csv", readTrade),
    memberships: read("memberships.csv", readMemberships),
    items: files.items((file) => readItems(file, reading, named)),
    goals: files.goals().flatMap((file) => readGoal(file, reading, named, byId) ?? []),
    warnings: reading.warnings,
  };
}

/** The files of one pack by name, held against what its manifest states. */
class PackFiles {
  private readonly files: readonly TextFile[];
  private readonly manifestFile: TextFile;
  private readonly manifest: Manifest;
  private readonly reading: Reading;

  constructor(files: readonly TextFile[], manifestFile: TextFile, manifest: Manifest, reading: Reading) {
    this.files = files;
    this.manifestFile = manifestFile;
    this.manifest = manifest;
    this.reading = reading;
  }

  /** Tables that nobody reads are a fault: a misspelt name would lose its figures in silence. */
  refuseStrangers(): void {
    const known = [...Object.keys(TABLES), "items.yaml"];
    const report = (name: string, at: Problem["at"]) => {
      const meant = nearest(name, known);
      const hint = meant ? `did you mean \`${meant}\`?` : `tables are ${known.join(", ")}`;
      this.reading.problems.push({
        code: "bad-shape",
        message: `\`${name}\` is no table of a pack`,
        ...(at ? { at } : {}),
        hint,
      });
    };
    for (const file of this.files) {
      const name = nameOf(file);
      if (name.endsWith(".csv") && !known.includes(name)) report(name, { file: file.path });
    }
    for (const name of Object.keys(this.manifest.tables)) {
      if (!known.includes(name)) report(name, placeOf(this.manifestFile, ["tables", name]));
    }
  }

  table(name: TableName): Table {
    const file = this.files.find((f) => nameOf(f) === name);
    const reader = new TableReader(this.reading, file ?? { path: name, text: "" });
    const { rows, problems } = file ? parseCsv(file, TABLES[name]) : { rows: [], problems: [] };
    this.reading.problems.push(...problems);
    if (problems.length === 0) this.compareCount(name, file ? rows.length : undefined);
    return { rows, reader };
  }

  items(read: (file: TextFile) => Item[]): Item[] {
    const file = this.files.find((f) => nameOf(f) === "items.yaml");
    const items = file ? read(file) : [];
    this.compareCount("items.yaml", file ? items.length : undefined);
    return items;
  }

  goals(): TextFile[] {
    return this.files.filter((f) => /(^|\/)goals\/[^/]+\.yaml$/.test(f.path));
  }

  /** Fewer rows than stated, more, or none at all: said, and not stopped at. */
  private compareCount(name: string, found: number | undefined): void {
    const stated = this.manifest.tables[name];
    if (stated === found) return;
    const hint = "bring back what was lost, or correct `tables` in pack.yaml";
    const at =
      stated === undefined ? placeOf(this.manifestFile, ["tables"]) : placeOf(this.manifestFile, ["tables", name]);
    const warn = (code: Problem["code"], message: string) => this.reading.warnings.push({ code, message, at, hint });
    if (found === undefined)
      warn("missing-file", `table \`${name}\` of pack \`${this.manifest.id}\` is not there: its figures are unknown`);
    else if (stated === undefined) warn("bad-shape", `pack.yaml does not state the rows of \`${name}\` (${found})`);
    else
      warn(
        "bad-shape",
        `\`${name}\` of pack \`${this.manifest.id}\` has ${found} rows where pack.yaml states ${stated}`,
      );
  }
}

function readManifest(file: TextFile, problems: Problem[]): Manifest | undefined {
  const parsed = parseShaped(file, MANIFEST);
  if (!parsed.ok) {
    problems.push(...parsed.problems);
    return undefined;
  }
  const manifest = parsed.value;
  const report = (code: Problem["code"], message: string, path: Path, hint: string) =>
    problems.push({ code, message, at: placeOf(file, path), hint });
  const folder = file.path.split("/").at(-2);
  if (folder !== undefined && folder !== manifest.id) {
    report(
      "bad-value",
      `pack \`${manifest.id}\` lies in the folder \`${folder}\``,
      ["id"],
      "a pack's id is its folder's name",
    );
  }
  if (!parseDate(manifest.checkedOn)) {
    report("bad-date", `\`${manifest.checkedOn}\` is no calendar day`, ["checkedOn"], "write YYYY-MM-DD");
  }
  const seen = new Set<string>();
  manifest.sources.forEach((s, i) => {
    if (seen.has(s.id))
      report("duplicate-id", `source \`${s.id}\` stands twice`, ["sources", i, "id"], "ids are unique");
    seen.add(s.id);
    for (const key of ["published", "accessed"] as const) {
      const text = s[key];
      if (text === undefined || isSourceDate(text)) continue;
      report(
        "bad-date",
        `\`${text}\` is no date`,
        ["sources", i, key],
        "a day, month or year: `2026-08-03`, `2026-08`, `2026`",
      );
    }
  });
  return manifest;
}

function isSourceDate(text: string): boolean {
  return /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(text) || parseDate(text) !== undefined;
}

function noManifest(files: readonly TextFile[]): Problem {
  const folder = files[0]?.path.replace(/\/[^/]*$/, "") ?? "the folder";
  return {
    code: "missing-file",
    message: `\`${folder}\` has no pack.yaml`,
    hint: "a pack is a folder with a pack.yaml; `entente new pack NAME` makes one",
  };
}

/** Name of a table inside its pack's folder. */
function nameOf(file: TextFile): string {
  return file.path.replace(/^.*\//, "");
}
