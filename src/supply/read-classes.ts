import { nearest } from "../domain/errors.ts";
import type { CsvRow } from "../input/csv-file.ts";
import { BASES, CLASS_TYPES, type ClassId, type Edge, type TechnologyClass } from "./pack.ts";
import type { TableReader } from "./table-reader.ts";

export const CLASS_COLUMNS = {
  required: ["id", "name", "parent", "type", "group", "stage", "basis", "source"],
  optional: ["note"],
} as const;

export const EDGE_COLUMNS = { required: ["from", "to", "source"], optional: ["note"] } as const;

/** Class ids that rows may name. When class rows are lost, rows of unknown classes are dropped and not refused. */
export interface KnownClasses {
  readonly ids: ReadonlySet<ClassId>;
  readonly complete: boolean;
  /** The pack extends another, whose classes may be named as well. */
  readonly open?: boolean;
}

/** `classes.csv`: the tree of classes; parents must be there and may not run in a circle. */
export function readClasses(rows: readonly CsvRow[], reader: TableReader, complete: boolean): TechnologyClass[] {
  const parents = new Map<ClassId, ClassId>();
  for (const row of rows) {
    const id = reader.id(row, "id");
    if (parents.has(id)) reader.report("duplicate-id", `class \`${id}\` stands twice`, row, "id", "ids are unique");
    parents.set(id, row.cells.parent!);
  }
  const known = { ids: new Set(parents.keys()), complete };
  const withChildren = new Set(parents.values());
  return rows.map((row) => {
    const id = row.cells.id!;
    const parent = row.cells.parent!;
    const kept = parent !== "" && isKnown(row, "parent", known, reader);
    if (kept && circles(id, parents)) {
      reader.report("bad-value", `\`${id}\` is a type of itself`, row, "parent", "break the circle of parents");
    }
    return {
      id,
      name: reader.text(row, "name"),
      ...(kept ? { parent } : {}),
      leaf: !withChildren.has(id),
      type: reader.oneOf(row, "type", CLASS_TYPES),
      group: reader.text(row, "group"),
      stage: reader.text(row, "stage"),
      basis: reader.oneOf(row, "basis", BASES),
      source: reader.source(row),
      ...reader.optional(row, "note"),
      pack: reader.reading.pack,
    };
  });
}

function circles(id: ClassId, parents: ReadonlyMap<ClassId, ClassId>): boolean {
  const seen = new Set<ClassId>();
  for (let at = parents.get(id); at; at = parents.get(at)) {
    if (at === id) return true;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return false;
}

/** Whether the class in `column` is known; reports it as a fault, or as a warning when class rows are lost. */
export function isKnown(row: CsvRow, column: string, known: KnownClasses, reader: TableReader): boolean {
  const id = row.cells[column]!;
  if (known.ids.has(id) || known.open) return true;
  const message = `\`${id}\` is no class of this pack`;
  if (known.complete) {
    const meant = nearest(id, known.ids);
    reader.report("unknown-class", message, row, column, meant ? `did you mean \`${meant}\`?` : "see classes.csv");
  } else reader.warn("unknown-class", message, row, column, "classes.csv holds fewer rows than pack.yaml states");
  return false;
}

/** `edges.csv`: what goes into what. */
export function readEdges(rows: readonly CsvRow[], reader: TableReader, known: KnownClasses): Edge[] {
  const edges: Edge[] = [];
  for (const row of rows) {
    const ends = [isKnown(row, "from", known, reader), isKnown(row, "to", known, reader)];
    const source = reader.source(row);
    if (ends[0] && ends[1]) edges.push({ from: row.cells.from!, to: row.cells.to!, source });
  }
  return edges;
}
