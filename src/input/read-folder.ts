import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import type { TextFile } from "./text-file.ts";

/** Every file under `folder` that `keep` accepts, in a fixed order, with paths relative to `root`; `.gz` is unpacked. */
export function readFolder(root: string, folder: string, keep: (path: string) => boolean): TextFile[] {
  const found: TextFile[] = [];
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (keep(path)) found.push({ path: relative(root, path).replaceAll("\\", "/"), text: textOf(path) });
  };
  const start = join(root, folder);
  if (existsSync(start)) visit(start);
  return found;
}

function textOf(path: string): string {
  return path.endsWith(".gz") ? gunzipSync(readFileSync(path)).toString("utf8") : readFileSync(path, "utf8");
}
