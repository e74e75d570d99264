import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { InputError } from "../domain/errors.ts";

/** Folders of this name hold what only a cleared process opens. */
const SECRET_FOLDER = "secret";

/**
 * Refuses words of a command line that are paths in a secret folder, or links into one, whether or not anything is there: the answer is
 * the same. Folders above `home` do not count. Throws InputError with every such word.
 */
export function refuseSecretWords(words: readonly string[], home: string): void {
  const paths = words.map((word) => (word.startsWith("--") ? word.slice(word.indexOf("=") + 1) : word));
  const secret = [...new Set(paths)].filter((path) => isSecret(path, home));
  if (secret.length === 0) return;
  throw new InputError(
    secret.map((path) => ({
      code: "bad-usage",
      message: `\`${path}\` lies in a secret folder, which this process does not open`,
      hint: "only `entente --cleared disclose` reads secret memberships, and makes an envelope of them",
    })),
  );
}

function isSecret(path: string, home: string): boolean {
  const named = resolve(path);
  return liesInSecret(named, resolve(home)) || liesInSecret(realOf(named), realOf(resolve(home)));
}

function liesInSecret(path: string, home: string): boolean {
  const inHome = relative(home, path);
  const steps = inHome.startsWith("..") || isAbsolute(inHome) ? path : inHome;
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
