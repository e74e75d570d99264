import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { CheckedShapes, TextFile } from "../input/text-file.ts";
import { loadYaml } from "../input/yaml-file.ts";
import { hashText } from "./hash.ts";

/** What one text says, and what it is once held against a shape: `true` where that is the same. */
interface Entry {
  readonly value: unknown;
  readonly checked: Record<string, unknown>;
}

interface Kept {
  /** Hash of the sources of all shapes: once they change, no text counts as checked. */
  readonly shapes: string;
  readonly texts: Record<string, Entry>;
}

/** Modules that say what shape a file has, under the sources' folder. `yaml-memory.test.ts` holds the list to their imports. */
export const SHAPE_SOURCES = [
  "law/schema.ts",
  "supply/pack-schema.ts",
  "closure/case-schema.ts",
  "domain/verdicts.ts",
  "domain/sourced.ts",
];

const SOURCES = join(import.meta.dirname, "..");

/**
 * Keeps what YAML texts say between starts, and that they have the shape which they should, by the SHA-256 of each text:
 * reading and checking a megabyte of rules takes a third of a start. It lives beside the installed packages and may be deleted
 * at any time; where there is no such folder nothing is kept.
 */
export class YamlMemory {
  private readonly file: string;
  private kept: Kept | undefined;
  private isWaiting = false;

  constructor(root: string) {
    this.file = join(root, "node_modules/.cache/entente/yaml.json");
  }

  /** The files with their values, where the text is well-formed; new ones are kept for the next start. */
  read(files: readonly TextFile[]): TextFile[] {
    this.kept ??= this.load();
    const { texts } = this.kept;
    return files.map((file) => {
      if (!file.path.endsWith(".yaml")) return file;
      const key = hashText(file.text);
      if (!Object.hasOwn(texts, key)) {
        const value = loadYaml(file.text);
        if (value === undefined || !survivesJson(value)) return file;
        texts[key] = { value, checked: {} };
        this.saveSoon();
      }
      const entry = texts[key]!;
      return { ...file, known: { text: file.text, value: entry.value, checked: this.checkedOf(entry) } };
    });
  }

  private checkedOf({ value, checked }: Entry): CheckedShapes {
    return {
      get: (shape) => {
        const found = Object.hasOwn(checked, shape) ? checked[shape] : undefined;
        return found === true ? value : found;
      },
      keep: (shape, data) => {
        if (isDeepStrictEqual(data, value)) checked[shape] = true;
        else if (survivesJson(data)) checked[shape] = data;
        else return;
        this.saveSoon();
      },
    };
  }

  private load(): Kept {
    const shapes = hashText(
      SHAPE_SOURCES.map((path) => readFileSync(join(SOURCES, path), "utf8")).join("\0") + zodVersion(),
    );
    try {
      const kept = JSON.parse(readFileSync(this.file, "utf8")) as Kept;
      if (kept.shapes === shapes) return kept;
      return {
        shapes,
        texts: Object.fromEntries(Object.entries(kept.texts).map(([k, { value }]) => [k, { value, checked: {} }])),
      };
    } catch {
      return { shapes, texts: {} };
    }
  }

  /** Once the work at hand is done, so that a run writes once. */
  private saveSoon(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    queueMicrotask(() => {
      this.isWaiting = false;
      this.save();
    });
  }

  /** Written beside and renamed; that it cannot be written is no fault. */
  private save(): void {
    if (!existsSync(join(dirname(this.file), "../.."))) return;
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      const draft = `${this.file}.${process.pid}.part`;
      writeFileSync(draft, JSON.stringify(this.kept));
      renameSync(draft, this.file);
    } catch {
      // A read-only installation starts somewhat slower.
    }
  }
}

function zodVersion(): string {
  try {
    return readFileSync(join(SOURCES, "../node_modules/zod/package.json"), "utf8");
  } catch {
    return "";
  }
}

/** JSON has no infinities and no NaN. */
function survivesJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null || Object.values(value).every(survivesJson);
}
