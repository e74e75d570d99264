import { existsSync, realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { InputError } from "../domain/errors.ts";

/** Folders of this name hold what only a cleared process opens. */
export const SECRET_FOLDER = "secret";

/**
 * Refuses a path in a secret folder, whether or not anything is there: the answer is the same. A link into such a folder is refused
 * too. Every command but `entente --cleared disclose` reads files through this. Throws InputError.
 */
export function refuseSecret(path: string): void {
  const named = resolve(path);
  const inSecret = (p: string) => p.toLowerCase().split(sep).includes(SECRET_FOLDER);
  if (!inSecret(named) && !(existsSync(named) && inSecret(realpathSync(named)))) return;
  throw new InputError([
    {
      code: "bad-usage",
      message: `\`${path}\` lies in a secret folder, which this process does not open`,
      hint: "only `entente --cleared disclose` reads secret memberships, and makes an envelope of them",
    },
  ]);
}
