import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { stringify } from "yaml";
import { InputError, type Problem } from "../../domain/errors.ts";
import type { Source } from "../../domain/sourced.ts";
import type { TextFile } from "../../input/text-file.ts";
import { compareTables } from "../compare-tables.ts";
import { type Cells, type Table, tableFile } from "../csv-text.ts";
import type { Imported, ImportInput } from "../pack-import.ts";
import { type ImportedClass, readClasses } from "./classes.ts";
import { type Earlier, readEarlier } from "./earlier-release.ts";
import { firmRows } from "./firms.ts";
import { PUBLISHER } from "./manifest.ts";
import { FIGURE_COLUMNS, marketSize } from "./market-sizes.ts";
import { readProviders } from "./providers.ts";
import { type Release, ROW_BOUNDS, type RowBounds, readRelease, TABLE_NAMES } from "./read-release.ts";
import { type Provision, readProvision, SHARE_COLUMNS, shareProblems, shareRows } from "./shares.ts";
import { sourceOf } from "./sources.ts";

/** Plausible rows by table, where others than the manifest's are meant. */
export interface EtoBounds {
  readonly newest: RowBounds;
  readonly first: RowBounds;
}

const FOLDER = "packs/chips";
const FIRST_RELEASE = "eto-2019";
const CLASS_COLUMNS = ["id", "name", "parent", "type", "group", "stage", "basis", "source", "note"];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "classes.csv": ["id"],
  "shares.csv": ["class", "supplier", "period", "source"],
  "edges.csv": ["from", "to"],
  "figures.csv": ["id"],
};

/**
 * Makes the pack `chips` from a folder of releases of the CSET/ETO chip supply chain data (`eto-2026-08/inputs.csv` ...):
 * the newest one, with the shares of `eto-2019` beside it. Throws InputError with every problem of every table; nothing
 * is made then.
 */
export function importEto(input: ImportInput, bounds: EtoBounds = { newest: ROW_BOUNDS, first: ROW_BOUNDS }): Imported {
  const problems: Problem[] = [];
  const newest = newestRelease(input.files);
  if (newest === undefined) throw new InputError([noRelease()]);
  const release = readRelease(newest, input.files, bounds.newest, problems);
  const hasFirst = input.files.some((f) => f.path.includes(`${FIRST_RELEASE}/`));
  const first = hasFirst ? readRelease(FIRST_RELEASE, input.files, bounds.first, problems) : undefined;
  if (!release || (hasFirst && !first)) throw new InputError(problems);
  const pack = input.packs.filter((f) => f.path.includes(`${FOLDER}/`));
  const { tables, sources, notes } = makeTables(release, first, pack, input.accessed, problems);
  if (problems.length > 0) throw new InputError(problems);
  const before = (table: Table): string | undefined => pack.find((f) => f.path.endsWith(table.path))?.text;
  const made = tables.map((t) => `${nameOf(t)} ${t.rows.length} rows`).join(", ");
  return {
    files: [packFile(tables, sources, input.accessed), ...tables.map(tableFile)],
    report: {
      publisher: PUBLISHER.name,
      ignored: [...release.ignored, ...(first?.ignored.map((c) => `${FIRST_RELEASE}/${c}`) ?? [])],
      notes: [
        `${newest}: ${made}`,
        ...(hasFirst ? notes : [`no folder \`${FIRST_RELEASE}\`: no shares of 2019 beside the newer ones`]),
      ],
      changes: tables.map((t) => compareTables(before(t), t, KEYS[nameOf(t)]!)),
    },
  };
}

function newestRelease(files: readonly TextFile[]): string | undefined {
  const names = files.flatMap((f) => /(?:^|\/)(eto-\d{4}-\d{2})\/[^/]+$/.exec(f.path)?.[1] ?? []);
  return names.sort().at(-1);
}

function noRelease(): Problem {
  const hint = `give the folder that holds \`eto-YYYY-MM\` and \`${FIRST_RELEASE}\`, made from ${PUBLISHER.releases}`;
  return { code: "missing-file", message: "no release `eto-YYYY-MM` here", hint };
}

function nameOf(table: Table): string {
  return table.path.slice(FOLDER.length + 1);
}

interface Made {
  readonly tables: readonly Table[];
  readonly sources: readonly Source[];
  readonly notes: readonly string[];
}

function makeTables(
  release: Release,
  first: Release | undefined,
  pack: readonly TextFile[],
  accessed: string,
  problems: Problem[],
): Made {
  const sources = new Sources(release, accessed, problems);
  const classes = readClasses(release, standingIds(pack), problems);
  const providers = readProviders(release, problems);
  const stageSource = new Map(
    release.rows["stages.csv"].map((row) => [row.cells.stage_id!, row.cells.market_share_chart_source!]),
  );
  const provision = readProvision({
    release,
    providers,
    classOf: (upstream) => classes.get(upstream),
    periodOf: (row) => row.cells.year!,
    sourceOf: (row) => sources.idOf(row.cells.source || (stageSource.get(row.cells.provided_id!) ?? "")),
    notesOf: () => [],
    problems,
  });
  problems.push(...shareProblems(provision, release.files["provision.csv"].path, false));
  const earlier = first && readEarlier(first, classes, provision, problems);
  const sizes = [...classes.values()].flatMap((c) => {
    const size = marketSize(release, c, c.row.cells.year ?? "", (text) => sources.idOf(text), problems);
    return size ? [size] : [];
  });
  const known = new Set(sizes.map((s) => s.id));
  const firms = firmRows(providers, release.id);
  const figures = [...sizes, ...(earlier?.sizes ?? []).filter((s) => !known.has(s.id)), ...firms];
  const classTable: Cells[] = [
    ...[...classes.values()].map((c) => classRow(c, release.id, earlier)),
    ...(earlier?.classes ?? []),
  ];
  const ids = classTable.map((c) => c.id!);
  return {
    tables: [
      { path: `${FOLDER}/classes.csv`, columns: CLASS_COLUMNS, rows: classTable },
      { path: `${FOLDER}/shares.csv`, columns: SHARE_COLUMNS, rows: allShares(provision, earlier, ids) },
      { path: `${FOLDER}/edges.csv`, columns: ["from", "to", "source"], rows: edgeRows(release, classes) },
      { path: `${FOLDER}/figures.csv`, columns: FIGURE_COLUMNS, rows: figures },
    ],
    sources: sources.all(first, accessed),
    notes: earlier?.notes ?? [],
  };
}

function allShares(provision: readonly Provision[], earlier: Earlier | undefined, ids: readonly string[]): Cells[] {
  const rows = [...shareRows(provision, ids, false), ...shareRows(earlier?.provision ?? [], ids, true)];
  const place = new Map(ids.map((id, i) => [id, i]));
  return rows.sort((a, b) => place.get(a.class!)! - place.get(b.class!)!);
}

function classRow(c: ImportedClass, source: string, earlier: Earlier | undefined): Cells {
  const fresh = earlier && c.table === "inputs.csv" && !earlier.matched.has(c.id);
  const note = `upstream ${c.upstream}${fresh ? "; not in the release of 2019" : ""}`;
  const { id, name, parent, type, group, stage, basis } = c;
  return { id, name, parent, type, group, stage: stage || "other", basis, source, note };
}

function edgeRows(release: Release, classes: ReadonlyMap<string, ImportedClass>): Cells[] {
  return release.rows["sequence.csv"].flatMap((row) => {
    const from = classes.get(row.cells.input_id!);
    const to = classes.get(row.cells.goes_into_id!);
    return from && to ? [{ from: from.id, to: to.id, source: release.id }] : [];
  });
}

/** Ids by upstream id, from the notes of the classes that stand. */
function standingIds(pack: readonly TextFile[]): Map<string, string> {
  const file = pack.find((f) => f.path.endsWith("classes.csv"));
  const rows: readonly Cells[] = file ? parse(file.text, { columns: true, bom: true }) : [];
  return new Map(rows.flatMap((row) => upstreamOf(row).map((upstream) => [upstream, row.id!] as const)));
}

function upstreamOf(row: Cells): string[] {
  const upstream = /^upstream (\w+)(?:;|$)/.exec(row.note ?? "")?.[1];
  return upstream === undefined ? [] : [upstream];
}

/** Collects the sources that figures cite; a wording that is not known is a problem, said once. */
class Sources {
  private readonly found = new Map<string, Source>();
  private readonly unknown = new Set<string>();
  private readonly release: Release;
  private readonly accessed: string;
  private readonly problems: Problem[];

  constructor(release: Release, accessed: string, problems: Problem[]) {
    this.release = release;
    this.accessed = accessed;
    this.problems = problems;
  }

  idOf(text: string): string {
    if (text === "") return this.release.id;
    const source = sourceOf(text, this.release.id, this.accessed);
    if (!source && !this.unknown.has(text)) {
      this.unknown.add(text);
      const message = `unknown wording of a source: \`${text.slice(0, 80)}\``;
      const hint = "teach it to src/importers/eto/sources.ts";
      this.problems.push({
        code: "unknown-source",
        message,
        at: { file: this.release.files["provision.csv"].path },
        hint,
      });
    }
    if (!source) return this.release.id;
    this.found.set(source.id, source);
    return source.id;
  }

  all(first: Release | undefined, accessed: string): Source[] {
    const cited = [...this.found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const title = "Advanced Semiconductor Supply Chain Dataset";
    const releases = [releaseSource(this.release, `${title}, ${this.release.id}`, PUBLISHER.releases, accessed)];
    const titleOfFirst = `${title}, first release (shares of 2019)`;
    if (first) releases.push(releaseSource(first, titleOfFirst, PUBLISHER.firstRelease, accessed));
    return [...releases, ...cited];
  }
}

function releaseSource(release: Release, title: string, url: string, accessed: string): Source {
  const hash = createHash("sha256");
  for (const name of TABLE_NAMES) hash.update(release.files[name].text);
  return {
    id: release.id,
    producer: PUBLISHER.name,
    title,
    citation: `sha256 over ${TABLE_NAMES.join(", ")} in this order; documentation ${PUBLISHER.documentation}`,
    url,
    published: release.id === FIRST_RELEASE ? "2022" : release.id.replace(/^eto-/, ""),
    accessed,
    licence: PUBLISHER.licence,
    sha256: hash.digest("hex"),
  };
}

function packFile(tables: readonly Table[], sources: readonly Source[], accessed: string): TextFile {
  const manifest = {
    id: "chips",
    title: "Chip supply chain: shares of states and firms",
    issue: "chips",
    licence: PUBLISHER.licence,
    notice:
      "Country and firm shares of chip tools and materials: CSET/ETO Advanced Semiconductor Supply Chain Dataset, CC BY-NC 4.0 (no commercial use).",
    checkedOn: accessed,
    importer: "eto",
    sources,
    tables: Object.fromEntries(tables.map((t) => [nameOf(t), t.rows.length])),
  };
  return { path: `${FOLDER}/pack.yaml`, text: stringify(manifest, { lineWidth: 0 }) };
}
