import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { InputError } from "../domain/errors.ts";

/** Folders of this name hold what only a cleared process opens. */
const SECRET_FOLDER = "secret";

/**
 * Refuses words of a command line that are paths in a secret folder, or links into one, whether or not anything is there: the answer is
 * the same. Folders above the program's own do not count. Throws InputError with every such word.
 */
export function refuseSecretWords(words: readonly string[], program: string): void {
  const paths = words.map((word) => (word.startsWith("--") ? word.slice(word.indexOf("=") + 1) : word));
  const secret = [...new Set(paths)].filter((path) => isSecret(path, program));
  if (secret.length === 0) return;
  throw new InputError(
    secret.map((path) => ({
      code: "bad-usage",
      message: `\`${path}\` lies in a secret folder, which this process does not open`,
      hint: "only `entente --cleared disclose` reads secret memberships, and makes an envelope of them",
    })),
  );
}

function isSecret(path: string, program: string): boolean {
  const named = resolve(path);
  return liesInSecret(named, resolve(program)) || liesInSecret(realOf(named), realOf(resolve(program)));
}

function liesInSecret(path: string, program: string): boolean {
  const inside = relative(program, path);
  const steps = inside.startsWith("..") || isAbsolute(inside) ? path : inside;
  return steps.toLowerCase().split(sep).includes(SECRET_FOLDER);
}

/** The path with links followed as far as it is there and may be looked at. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realOf(above), basename(path));
  }
}
