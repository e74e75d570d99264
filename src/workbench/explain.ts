import { InputError } from "../domain/errors.ts";
import { parseState, type State } from "../domain/states.ts";
import { deriveRegime, type Explanation } from "../law/derivation.ts";
import { withLists } from "../law/party-lists.ts";
import { createChecker } from "./check.ts";
import { type CheckOptions, checkDigest, findTransaction, notModelled, readSettings } from "./check-file.ts";
import { libraryKnownOn } from "./known-library.ts";
import type { Library } from "./store.ts";
import type { TransactionSource } from "./transactions.ts";

/** The day and the regimes as for a check; `regime` leaves one of them. */
export interface ExplainOptions extends CheckOptions {
  readonly regime?: string | undefined;
}

/** The whole derivation of one transaction's answer. Throws InputError with every problem of the file. */
export async function explainTransaction(
  source: TransactionSource,
  id: string | undefined,
  options: ExplainOptions,
  library: Library,
): Promise<Explanation> {
  const { regime, ...other } = options;
  const settings = readSettings(regime === undefined ? other : { ...other, regimes: [oneRegime(regime)] });
  const law = libraryKnownOn(library, settings.knownOn);
  const { book } = law.book();
  const { transaction, hash } = await findTransaction(source, id, library);
  const result = createChecker(book, settings)(transaction);
  const asked = result.regimes.map((r) => r.regime);
  const { facts, party } = withLists(book, transaction.facts, result.asOf, asked);
  return {
    schema: "entente/explain@1",
    id: transaction.id,
    asOf: result.asOf,
    verdict: result.verdict,
    ...(party && { party }),
    regimes: asked.map((regime) => deriveRegime(book, regime, result.asOf, facts)),
    digest: checkDigest(law, hash),
    notModelled: notModelled(settings),
  };
}

function oneRegime(text: string): State {
  const found = parseState(text);
  if (found) return found;
  const problem = {
    code: "unknown-state",
    message: `no state is called \`${text}\``,
    at: { file: "--regime" },
  } as const;
  throw new InputError([{ ...problem, hint: "give one code such as USA" }]);
}
