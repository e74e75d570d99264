import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TextFile } from "../input/text-file.ts";
import { loadYaml } from "../input/yaml-file.ts";
import { hashText } from "./hash.ts";

/**
 * Keeps what YAML texts say between starts, by the SHA-256 of each text: reading 340 kB of rules takes a fifth of a start.
 * It lives beside the installed packages and may be deleted at any time; where there is no such folder nothing is kept.
 */
export class YamlMemory {
  private readonly file: string;
  private known: Record<string, unknown> | undefined;

  constructor(root: string) {
    this.file = join(root, "node_modules/.cache/entente/yaml.json");
  }

  /** The files with their values, where the text is well-formed; new ones are kept for the next start. */
  read(files: readonly TextFile[]): TextFile[] {
    this.known ??= this.load();
    const known = this.known;
    let grown = false;
    const found = files.map((file) => {
      if (!file.path.endsWith(".yaml")) return file;
      const key = hashText(file.text);
      if (!Object.hasOwn(known, key)) {
        const value = loadYaml(file.text);
        if (value === undefined || !survivesJson(value)) return file;
        known[key] = value;
        grown = true;
      }
      return { ...file, known: { text: file.text, value: known[key] } };
    });
    if (grown) this.save();
    return found;
  }

  private load(): Record<string, unknown> {
    try {
      return JSON.parse(readFileSync(this.file, "utf8")) as Record<string, unknown>;
    } catch {
      return {};
    }
  }

  /** Written beside and renamed; that it cannot be written is no fault. */
  private save(): void {
    if (!existsSync(join(dirname(this.file), "../.."))) return;
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      const draft = `${this.file}.${process.pid}.part`;
      writeFileSync(draft, JSON.stringify(this.known));
      renameSync(draft, this.file);
    } catch {
      // A read-only installation starts somewhat slower.
    }
  }
}

/** JSON has no infinities and no NaN. */
function survivesJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null || Object.values(value).every(survivesJson);
}
