import { InputError } from "../domain/errors.ts";
import type { BasePack } from "../economy/base-pack.ts";
import { type BaseTable, parseBasePack } from "../economy/base-pack-parse.ts";
import { scanCsv } from "../input/scan-csv.ts";
import { placeAt, type TextFile } from "../input/text-file.ts";
import { loadYaml, placeOf } from "../input/yaml-file.ts";

/** The base whose folder these files are, `base.yaml` and its tables. Throws InputError with every problem. */
export function readBaseFiles(files: readonly TextFile[]): BasePack {
  const manifest = files.find((f) => f.path.endsWith("base.yaml"));
  if (!manifest) throw new InputError([{ code: "missing-file", message: "a base needs a `base.yaml`" }]);
  const value = loadYaml(manifest.text);
  if (value === undefined) {
    const hint = "check its indentation and quotes";
    throw new InputError([
      { code: "bad-syntax", message: "it is not well-formed YAML", hint, at: { file: manifest.path } },
    ]);
  }
  const tables = new Map<string, BaseTable>();
  for (const file of files) {
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    if (!name.endsWith(".csv")) continue;
    const { records, fault } = scanCsv(file.text);
    if (fault) throw new InputError([{ code: "bad-syntax", message: fault.message, at: placeAt(file, fault.offset) }]);
    tables.set(name, { file: file.path, rows: records });
  }
  return parseBasePack({
    manifest: value,
    locate: (path) => (path.length === 0 ? { file: manifest.path } : placeOf(manifest, path)),
    tables,
  });
}
