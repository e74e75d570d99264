import { InputError, nearest } from "../domain/errors.ts";
import type { TableChanges } from "../importers/compare-tables.ts";
import { importComtrade } from "../importers/comtrade/import-comtrade.ts";
import { importEto } from "../importers/eto/import-eto.ts";
import { importFacts } from "../importers/facts/import-facts.ts";
import { importIcio } from "../importers/icio/import-icio.ts";
import { importIea } from "../importers/iea/import-iea.ts";
import { importUsgs } from "../importers/usgs/import-usgs.ts";
import { importWiod } from "../importers/wiod/import-wiod.ts";
import type { TextFile } from "../input/text-file.ts";

/** What an importer is given: upstream files, the packs that stand, and the day of the import. */
export interface ImportRequest {
  readonly publisher: string;
  readonly files: readonly TextFile[];
  readonly packs: readonly TextFile[];
  readonly accessed: string;
}

/** Files to write, and what the import left out and changed. */
export interface ImportOutcome {
  readonly files: readonly TextFile[];
  readonly ignored: readonly string[];
  readonly notes: readonly string[];
  readonly changes: readonly TableChanges[];
}

type Importer = (request: ImportRequest) => ImportOutcome;

const IMPORTERS: Readonly<Record<string, Importer>> = {
  eto: (request) => flat(importEto(request)),
  comtrade: (request) => flat(importComtrade(request)),
  usgs: (request) => flat(importUsgs(request)),
  iea: (request) => flat(importIea(request)),
  facts: (request) => flat(importFacts(request)),
  wiod: (request) => flat(importWiod(request)),
  icio: (request) => flat(importIcio(request)),
};

export const PUBLISHERS = Object.keys(IMPORTERS);

/** Runs the importer of a publisher. Throws InputError with every problem of the upstream files; nothing is made then. */
export function importData(request: ImportRequest): ImportOutcome {
  const importer = IMPORTERS[request.publisher];
  if (importer) return importer(request);
  const guess = nearest(request.publisher, PUBLISHERS);
  throw new InputError([
    {
      code: "unknown-name",
      message: `no importer reads \`${request.publisher}\``,
      hint: guess ? `did you mean \`${guess}\`?` : `importers: ${PUBLISHERS.join(", ")}`,
    },
  ]);
}

function flat(x: {
  readonly files: readonly TextFile[];
  readonly report: Omit<ImportOutcome, "files">;
}): ImportOutcome {
  return { files: x.files, ignored: x.report.ignored, notes: x.report.notes, changes: x.report.changes };
}
