import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CellEngine, type CellQuestion } from "../closure/cell-engine.ts";
import type { IsoDate } from "../domain/dates.ts";
import { InputError, nearest } from "../domain/errors.ts";
import { gather } from "../domain/gather.ts";
import { remember } from "../domain/remember.ts";
import { readFolder } from "../input/read-folder.ts";
import type { TextFile } from "../input/text-file.ts";
import type { RuleBook } from "../law/book.ts";
import { bookKnownOn } from "../law/known-on.ts";
import { parseRuleBook } from "../law/parse-book.ts";
import { mergePacks } from "../supply/merge-packs.ts";
import type { Pack } from "../supply/pack.ts";
import { parsePack } from "../supply/parse-pack.ts";
import { hashText } from "./hash.ts";
import { YamlMemory } from "./yaml-memory.ts";

/** Enough for a page on which members, dates and targets are tried. */
const KEPT_ENGINES = 32;

/** Where rules, packs and cases come from. Tests hand in texts of their own. */
export interface Store {
  readonly rules: () => readonly TextFile[];
  readonly packNames: () => readonly string[];
  readonly pack: (name: string) => readonly TextFile[];
  readonly cases: () => readonly TextFile[];
  /** Absent where there are none. */
  readonly alliances?: () => readonly TextFile[];
  /** Worlds in a base year; absent where there are none. */
  readonly baseNames?: () => readonly string[];
  readonly base?: (name: string) => readonly TextFile[];
}

/** The folders `rules/`, `packs/`, `cases/`, `alliances/` and `bases/` under `root`. */
export function folderStore(root: string): Store {
  const yaml = (p: string) => p.endsWith(".yaml");
  const memory = new YamlMemory(root);
  return {
    rules: () => memory.read(readFolder(root, "rules", (p) => yaml(p) && !p.endsWith(".cases.yaml"))),
    packNames: () =>
      readFolder(root, "packs", (p) => p.endsWith("pack.yaml"))
        .map((f) => f.path.split("/")[1]!)
        .sort(),
    pack: (name) =>
      existsSync(join(root, "packs", name))
        ? memory.read(readFolder(root, `packs/${name}`, (p) => yaml(p) || p.endsWith(".csv")))
        : [],
    cases: () => memory.read(readFolder(root, "cases", yaml)),
    alliances: () => readFolder(root, "alliances", yaml),
    baseNames: () => readFolder(root, "bases", (p) => p.endsWith("base.yaml")).map((f) => f.path.split("/")[1]!),
    base: (name) => readFolder(root, `bases/${name}`, (p) => yaml(p) || p.endsWith(".csv")),
  };
}

/** A pack with the texts that it came from, for the places of later problems. */
export interface LoadedPack {
  readonly pack: Pack;
  readonly hash: string;
  readonly files: readonly TextFile[];
}

/** Several packs as one. */
export interface MergedPacks {
  readonly pack: Pack;
  /** Names of packs that are not there. */
  readonly missing: readonly string[];
  readonly hash: string;
  readonly files: readonly TextFile[];
}

/** Parsed rules and packs with the hashes of the texts that they came from; each is read once. */
export class Library {
  private readonly knownOn = new Map<IsoDate, Library>();
  private rules: { readonly book: RuleBook; readonly hash: string } | undefined;
  private readonly packs: Map<string, LoadedPack | null>;
  private readonly merges: Map<string, MergedPacks | null>;
  private readonly engines = new Map<string, CellEngine>();
  readonly store: Store;

  /** `sharing` is a library whose packs are used. */
  constructor(store: Store, sharing?: Library) {
    this.store = store;
    this.packs = sharing?.packs ?? new Map();
    this.merges = sharing?.merges ?? new Map();
  }

  /** The same library with the law as one could know it on the day; figures stay what they are. */
  asKnownOn(day: IsoDate): Library {
    return remember(this.knownOn, day, () => {
      const { book, hash } = this.book();
      const library = new Library(this.store, this);
      library.rules = { book: bookKnownOn(book, day), hash: hashText(`${hash} known on ${day}`) };
      return library;
    });
  }

  book(): { readonly book: RuleBook; readonly hash: string } {
    if (!this.rules) {
      const files = this.store.rules();
      this.rules = { book: parseRuleBook(files), hash: hashOf(files) };
    }
    return this.rules;
  }

  /** The pack, or null when there is no folder of that name. */
  pack(name: string): LoadedPack | null {
    let found = this.packs.get(name);
    if (found === undefined) {
      const files = this.store.pack(name);
      found = files.length === 0 ? null : { pack: parsePack(files), hash: hashOf(files), files };
      this.packs.set(name, found);
    }
    return found;
  }

  /** The packs of these names as one, those that are not there left out; null when none is. */
  merged(names: readonly string[]): MergedPacks | null {
    return remember(this.merges, names.join(" "), () => {
      const present = gather(names.map((name) => () => this.pack(name))).flatMap((found) => found ?? []);
      const missing = names.filter((name) => this.pack(name) === null);
      if (present.length === 0) return null;
      const hash = hashText(present.map((p) => `${p.pack.id} ${p.hash}`).join("\n"));
      return { pack: mergePacks(present.map((p) => p.pack)), missing, hash, files: present.flatMap((p) => p.files) };
    });
  }

  /** Cells of one question to the law, kept for as long as few other questions are asked. */
  engine(question: CellQuestion): CellEngine {
    const { book: _book, ...asked } = question;
    const key = JSON.stringify(asked);
    const found = this.engines.get(key) ?? new CellEngine(question);
    // The oldest question gives way: a Map keeps the order of insertion.
    this.engines.delete(key);
    this.engines.set(key, found);
    const [oldest] = this.engines.keys();
    if (this.engines.size > KEPT_ENGINES && oldest !== undefined) this.engines.delete(oldest);
    return found;
  }

  caseFile(id: string): TextFile {
    const files = this.store.cases();
    const found = files.find((f) => f.path === `cases/${id}.yaml` || f.path === id);
    if (found) return found;
    const known = files.map((f) => f.path.replace(/^cases\//, "").replace(/\.yaml$/, ""));
    const guess = nearest(id, known);
    throw new InputError([
      {
        code: "unknown-name",
        message: `no case is called \`${id}\``,
        hint: guess ? `did you mean \`${guess}\`?` : `cases: ${known.join(", ")}`,
      },
    ]);
  }
}

/** SHA-256 over paths and texts in order. */
function hashOf(files: readonly TextFile[]): string {
  const hash = createHash("sha256");
  for (const f of files) hash.update(`${f.path}\0${f.text}\0`);
  return hash.digest("hex");
}
