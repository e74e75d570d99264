import type { Problem } from "../../domain/errors.ts";
import type { CsvRow } from "../../input/csv-file.ts";
import type { Cells } from "../csv-text.ts";
import type { ImportedClass } from "./classes.ts";
import { BREAKS, EARLIER_STAGES } from "./manifest.ts";
import { marketSize } from "./market-sizes.ts";
import { readProviders } from "./providers.ts";
import type { Release } from "./read-release.ts";
import { type Provision, readProvision, shareProblems } from "./shares.ts";

/** The year that every figure of the first release is of. */
const YEAR = "2019";

/** What the first release adds: shares and market sizes of 2019, and classes that later releases do not have. */
export interface Earlier {
  readonly provision: readonly Provision[];
  readonly sizes: readonly Cells[];
  readonly classes: readonly Cells[];
  /** Classes of the later release that the first one had. */
  readonly matched: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** Reads the first release beside `classes` of a later one: matched by upstream id, else by name; breaks are noted. */
export function readEarlier(
  release: Release,
  classes: ReadonlyMap<string, ImportedClass>,
  later: readonly Provision[],
  problems: Problem[],
): Earlier {
  const byName = new Map([...classes.values()].map((c) => [c.name, c]));
  const inputs = new Map(release.rows["inputs.csv"].map((row) => [row.cells.input_id!, row]));
  const match = (upstream: string): ImportedClass | undefined =>
    classes.get(upstream) ?? byName.get(inputs.get(upstream)?.cells.input_name ?? "");
  const all = readProvision({
    release,
    providers: readProviders(release, problems),
    classOf: (upstream) => stageTarget(upstream, classes) ?? match(upstream) ?? lostClass(upstream, inputs),
    periodOf: () => YEAR,
    sourceOf: () => release.id,
    notesOf: (row) => definitionNotes(row, match, inputs),
    problems,
  });
  const figures = all.filter((p) => p.percent !== null);
  problems.push(...shareProblems(figures, release.files["provision.csv"].path, true));
  const known = new Map(later.map((p) => [keyOf(p), p.percent]));
  const doubled = figures.filter((p) => known.has(keyOf(p)));
  const differing = doubled.filter((p) => known.get(keyOf(p)) !== p.percent);
  const lost = [...inputs].filter(([id]) => match(id) === undefined);
  return {
    provision: figures.filter((p) => !known.has(keyOf(p)) && !p.classId.startsWith("lost ")),
    sizes: sizesOf(release, inputs, match, problems),
    classes: stageClasses(release.id),
    matched: new Set([...inputs.keys()].flatMap((id) => match(id)?.id ?? [])),
    notes: [
      `${release.id}: ${all.length - figures.length} rows name a supplier without a figure: left out`,
      `${release.id}: ${doubled.length} shares stand in the later release as well: taken from there`,
      ...differing.map(
        (p) => `${release.id}: ${keyOf(p)} was ${p.percent}, the later release says ${known.get(keyOf(p))}`,
      ),
      ...lost.map(([id, row]) => `${release.id}: \`${id}\` (${row.cells.input_name}) is no class any more: left out`),
    ],
  };
}

function keyOf(p: Provision): string {
  return `${p.classId} | ${p.provider.supplier} | ${p.period}`;
}

function stageTarget(
  upstream: string,
  classes: ReadonlyMap<string, ImportedClass>,
): { readonly id: string } | undefined {
  const target = EARLIER_STAGES[upstream];
  if (!target) return undefined;
  return "into" in target ? classes.get(target.into) : target;
}

/** A class that later releases dropped: its rows are read and then left out, and the report says so. */
function lostClass(upstream: string, inputs: ReadonlyMap<string, CsvRow>): { readonly id: string } | undefined {
  return inputs.has(upstream) ? { id: `lost ${upstream}` } : undefined;
}

function definitionNotes(
  row: CsvRow,
  match: (upstream: string) => ImportedClass | undefined,
  inputs: ReadonlyMap<string, CsvRow>,
): string[] {
  const upstream = row.cells.provided_id!;
  const notes: string[] = [];
  if (BREAKS[upstream] !== undefined) notes.push(`break in definition: ${BREAKS[upstream]}`);
  const name = inputs.get(upstream)?.cells.input_name;
  if (name !== undefined && name !== match(upstream)?.name) notes.push(`named \`${name}\` in 2019`);
  return notes;
}

function sizesOf(
  release: Release,
  inputs: ReadonlyMap<string, CsvRow>,
  match: (upstream: string) => ImportedClass | undefined,
  problems: Problem[],
): Cells[] {
  return [...inputs].flatMap(([upstream, row]) => {
    const c = match(upstream);
    const size = c && marketSize(release, { ...c, row, table: "inputs.csv" }, YEAR, () => release.id, problems);
    const note = [size?.note, BREAKS[upstream] && `break in definition: ${BREAKS[upstream]}`];
    return size ? [{ ...size, note: note.filter((x) => x).join("; ") }] : [];
  });
}

/** Stage shares of 2019 measure other things than later ones, and so are classes of their own. */
function stageClasses(source: string): Cells[] {
  return Object.entries(EARLIER_STAGES).flatMap(([upstream, target]) =>
    "into" in target
      ? []
      : [
          {
            id: target.id,
            name: target.name,
            type: "process",
            group: "stages",
            stage: upstream === "S2" ? "fabrication" : "assembly-test",
            basis: target.basis,
            source,
            note: `upstream ${upstream} of ${source}; measured otherwise than the stage of later releases`,
          },
        ],
  );
}
