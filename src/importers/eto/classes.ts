import type { Problem } from "../../domain/errors.ts";
import type { CsvRow } from "../../input/csv-file.ts";
import type { Basis, ClassType } from "../../supply/pack.ts";
import { GROUPS, STAGES, TYPE_OF, TYPES } from "./manifest.ts";
import { cellProblem, type Release } from "./read-release.ts";

/** A class on its way into the pack. */
export interface ImportedClass {
  /** Upstream id: `N22`, `S1`. */
  readonly upstream: string;
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly type: ClassType;
  readonly group: string;
  readonly stage: string;
  readonly basis: Basis;
  readonly row: CsvRow;
  readonly table: "inputs.csv" | "stages.csv";
}

interface Tree {
  readonly parent: ReadonlyMap<string, string>;
  readonly into: ReadonlyMap<string, readonly string[]>;
}

/** Lower-case words joined by hyphens: `ArF immersion (DUV) lithography tools` is `arf-immersion-duv-lithography-tools`. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("&", " and ")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/**
 * Every input and stage of the release as a class, by upstream id, in upstream order. `ids` are the ids that the pack
 * gave before: an upstream id keeps its id when its name changes, so that items and goals stay whole.
 */
export function readClasses(
  release: Release,
  ids: ReadonlyMap<string, string>,
  problems: Problem[],
): Map<string, ImportedClass> {
  const tree = readTree(release, problems);
  const stages = new Map(release.rows["inputs.csv"].map((row) => [row.cells.input_id!, row.cells.stage_id!]));
  const nameOf = new Map<string, string>();
  const classes = new Map<string, ImportedClass>();
  const add = (c: ImportedClass, column: string): void => {
    const refuse = (message: string): void => {
      problems.push(cellProblem(release, c.table, c.row, column, { code: "duplicate-id", message }));
    };
    if (classes.has(c.upstream)) refuse(`\`${c.upstream}\` stands twice`);
    else if (nameOf.has(c.id)) refuse(`\`${c.name}\` and \`${nameOf.get(c.id)}\` would both be \`${c.id}\``);
    else {
      classes.set(c.upstream, c);
      nameOf.set(c.id, c.name);
    }
  };
  for (const row of release.rows["inputs.csv"]) {
    const c = readInput(release, row, tree, stages, problems);
    if (c) add({ ...c, id: ids.get(c.upstream) ?? c.id }, "input_id");
  }
  for (const row of release.rows["stages.csv"]) {
    const c = readStage(release, row, problems);
    if (c) add({ ...c, id: ids.get(c.upstream) ?? c.id }, "stage_id");
  }
  return withParentIds(classes);
}

function withParentIds(classes: Map<string, ImportedClass>): Map<string, ImportedClass> {
  for (const [id, c] of classes) classes.set(id, { ...c, parent: classes.get(c.parent)?.id ?? "" });
  return classes;
}

function readTree(release: Release, problems: Problem[]): Tree {
  const known = new Set(release.rows["inputs.csv"].map((row) => row.cells.input_id!));
  const parent = new Map<string, string>();
  const into = new Map<string, string[]>();
  for (const row of release.rows["sequence.csv"]) {
    const { input_id: input, goes_into_id: goesInto, is_type_of_id: typeOf } = row.cells as Record<string, string>;
    const refuse = (column: string, code: Problem["code"], message: string): void => {
      problems.push(cellProblem(release, "sequence.csv", row, column, { code, message }));
    };
    for (const column of ["input_id", "goes_into_id", "is_type_of_id"]) {
      const id = row.cells[column]!;
      if (id !== "" && !known.has(id)) refuse(column, "unknown-class", `unknown input \`${id}\``);
    }
    if ((goesInto === "") === (typeOf === "")) {
      refuse("goes_into_id", "bad-shape", "a row says either what the input goes into or what it is a type of");
    }
    if (typeOf !== "" && parent.has(input!)) {
      refuse("is_type_of_id", "bad-shape", `\`${input}\` is a type of two classes; a class has one parent`);
    }
    if (typeOf !== "") parent.set(input!, typeOf!);
    else into.set(input!, [...(into.get(input!) ?? []), goesInto!]);
  }
  return { parent, into };
}

function readInput(
  release: Release,
  row: CsvRow,
  tree: Tree,
  stages: ReadonlyMap<string, string>,
  problems: Problem[],
): ImportedClass | undefined {
  const { input_id: upstream, input_name: name, type: upstreamType } = row.cells as Record<string, string>;
  const type = TYPE_OF[upstream!] ?? TYPES[upstreamType!];
  if (!type) {
    const message = `unknown type \`${upstreamType}\``;
    const hint = "add it to TYPES in src/importers/eto/manifest.ts";
    problems.push(cellProblem(release, "inputs.csv", row, "type", { code: "bad-value", message, hint }));
    return undefined;
  }
  const group = type === "process" ? "process" : groupOf(upstream!, tree);
  if (group === undefined) {
    const message = `no page group for \`${upstream}\` (${name})`;
    const hint = "add it to GROUPS in src/importers/eto/manifest.ts";
    problems.push(cellProblem(release, "inputs.csv", row, "input_id", { code: "unknown-name", message, hint }));
    return undefined;
  }
  return {
    upstream: upstream!,
    id: slug(name!),
    name: name!,
    parent: tree.parent.get(upstream!) ?? "",
    type,
    group,
    stage: stageOf(upstream!, tree, stages, new Set()) ?? "",
    basis: "headquarters",
    row,
    table: "inputs.csv",
  };
}

function readStage(release: Release, row: CsvRow, problems: Problem[]): ImportedClass | undefined {
  const upstream = row.cells.stage_id!;
  const name = row.cells.stage_name!;
  const known = STAGES[upstream];
  if (!known) {
    const message = `unknown stage \`${upstream}\``;
    const hint = "add it to STAGES in src/importers/eto/manifest.ts";
    problems.push(cellProblem(release, "stages.csv", row, "stage_id", { code: "unknown-name", message, hint }));
    return undefined;
  }
  const id = `stage-${slug(name.replace(/\s*\(.*\)$/, ""))}`;
  return {
    upstream,
    id,
    name: `Stage: ${name}`,
    parent: "",
    type: "process",
    group: "stages",
    ...known,
    row,
    table: "stages.csv",
  };
}

/** The group of the class or of its nearest ancestor that has one; the tree has no cycle longer than its size. */
function groupOf(upstream: string, tree: Tree): string | undefined {
  let at: string | undefined = upstream;
  for (let step = 0; at !== undefined && step <= tree.parent.size; step++) {
    const found = GROUPS[at];
    if (found !== undefined) return found;
    at = tree.parent.get(at);
  }
  return undefined;
}

/** The first stage that the class reaches by its parents and by what it goes into. */
function stageOf(
  upstream: string,
  tree: Tree,
  stages: ReadonlyMap<string, string>,
  seen: Set<string>,
): string | undefined {
  if (seen.has(upstream)) return undefined;
  seen.add(upstream);
  const own = STAGES[stages.get(upstream) ?? ""];
  if (own) return own.stage;
  const parent = tree.parent.get(upstream);
  for (const next of [...(parent ? [parent] : []), ...(tree.into.get(upstream) ?? [])]) {
    const found = stageOf(next, tree, stages, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
