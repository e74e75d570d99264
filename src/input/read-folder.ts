import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { TextFile } from "./text-file.ts";

/** Every file under `folder` that `keep` accepts, in a fixed order, with paths relative to `root`. */
export function readFolder(root: string, folder: string, keep: (path: string) => boolean): TextFile[] {
  const found: TextFile[] = [];
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (keep(path))
      found.push({ path: relative(root, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") });
  };
  const start = join(root, folder);
  if (existsSync(start)) visit(start);
  return found;
}
