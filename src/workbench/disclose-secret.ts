import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import * as z from "zod";
import { InputError, type Place, type Problem } from "../domain/errors.ts";
import { parseState, type State } from "../domain/states.ts";
import { parseYaml, placeOf } from "../input/yaml-file.ts";

/** Who the undisclosed members are, with the places where they stand: only a cleared process ever holds it. */
export interface SecretMembership {
  readonly at: Place;
  readonly undisclosed: readonly { readonly state: State; readonly at: Place }[];
}

const secretSchema = z.strictObject({ alliance: z.string().optional(), undisclosed: z.array(z.string()) });

/** What git says of a path. */
export interface GitView {
  /** Top folder of the work tree that holds the folder; undefined where there is none. */
  readonly treeOf: (folder: string) => string | undefined;
  readonly isTracked: (tree: string, file: string) => boolean;
  readonly isIgnored: (tree: string, file: string) => boolean;
}

/**
 * Reads a secret membership. Throws InputError when it stands where others could get it, or is not well-formed; what it says is in no
 * message. `home` is the folder of rules, packs, cases and alliances.
 */
export function readSecret(file: string, home: string, git: GitView = GIT): SecretMembership {
  const at = { file };
  if (!existsSync(file)) throw new InputError([{ code: "missing-file", message: "there is no such file", at }]);
  const real = realpathSync(file);
  const problems = placeProblems(real, realpathSync(home), git).map((p) => ({ ...p, at }));
  if (problems.length > 0) throw new InputError(problems);
  return parseSecret({ path: file, text: readFileSync(real, "utf8") });
}

/** The same from a text. */
export function parseSecret(file: { readonly path: string; readonly text: string }): SecretMembership {
  const parsed = parseYaml(file, secretSchema);
  if (!parsed.ok) {
    // The messages of the reader quote the text, which is secret.
    const hint = "write `undisclosed: [AAA, BBB]`, with ISO 3166-1 codes; an empty list is a membership too";
    throw new InputError(
      parsed.problems.map((p) => ({
        code: p.code,
        message: "this is no list of undisclosed members",
        hint,
        at: p.at ?? { file: file.path },
      })),
    );
  }
  const problems: Problem[] = [];
  const found = parsed.value.undisclosed.map((text, i) => {
    const at = placeOf(file, ["undisclosed", i]);
    const state = parseState(text);
    if (!state) problems.push({ code: "unknown-state", message: "what stands here is no state", at });
    return { state: state!, at };
  });
  for (const [i, { state, at }] of found.entries()) {
    if (state && found.findIndex((x) => x.state === state) < i) {
      problems.push({ code: "duplicate-id", message: "the state that stands here is named twice", at });
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return { at: { file: file.path }, undisclosed: found };
}

/** Folders that every process reads. */
const OPEN_FOLDERS = ["alliances", "cases", "packs", "rules"];

function placeProblems(file: string, home: string, git: GitView): Omit<Problem, "at">[] {
  const [top] = relative(home, file).split(sep);
  if (top !== undefined && OPEN_FOLDERS.includes(top)) {
    return [
      {
        code: "bad-usage",
        message: `every process reads \`${top}/\``,
        hint: "keep secret memberships in secret/, or outside the project",
      },
    ];
  }
  const tree = git.treeOf(dirname(file));
  if (tree === undefined) return [];
  const hint = `add \`${relative(tree, dirname(file)).replaceAll(sep, "/") || basename(file)}/\` to .gitignore, or move the file out of the tree`;
  if (git.isTracked(tree, file)) {
    return [
      {
        code: "bad-usage",
        message: "git tracks this file, so its history has it",
        hint: "take it out of the history; its members are no secret any more",
      },
    ];
  }
  return git.isIgnored(tree, file)
    ? []
    : [{ code: "bad-usage", message: "the file is in a git tree that does not ignore it", hint }];
}

function runGit(folder: string, ...args: readonly string[]) {
  return spawnSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/** The tree that a `.git` marks: found without git too, so that a machine without it does not let a file pass. */
function markedTree(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

const GIT: GitView = {
  treeOf: markedTree,
  isTracked: (tree, file) => runGit(tree, "ls-files", "--error-unmatch", "--", file).status === 0,
  isIgnored: (tree, file) => runGit(tree, "check-ignore", "-q", "--", file).status === 0,
};
