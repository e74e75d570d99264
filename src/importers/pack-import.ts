import type { TextFile } from "../input/text-file.ts";
import type { TableChanges } from "./compare-tables.ts";

/** What an importer reads. */
export interface ImportInput {
  /** Files of the release. */
  readonly files: readonly TextFile[];
  /** Files of the packs that stand; rows of other sources stay as they are. */
  readonly packs: readonly TextFile[];
  /** Day of the import, `YYYY-MM-DD`. */
  readonly accessed: string;
}

/** The files to write, and what was left out and what changed. */
export interface Imported {
  readonly files: readonly TextFile[];
  readonly report: {
    readonly publisher: string;
    /** Series, columns and rows that are known and left out. */
    readonly ignored: readonly string[];
    readonly notes: readonly string[];
    readonly changes: readonly TableChanges[];
  };
}
