import { nextFact } from "../law/ask.ts";
import type { FactAnswer, NextQuestion } from "../law/next-question.ts";
import { withLists } from "../law/party-lists.ts";
import { createChecker } from "./check.ts";
import { type CheckOptions, checkDigest, findTransaction, readSettings } from "./check-file.ts";
import { libraryKnownOn } from "./known-library.ts";
import type { Library } from "./store.ts";
import type { TransactionSource } from "./transactions.ts";

/** The next fact worth asking about a transaction and what each answer leads to. Throws InputError as a check does. */
export async function askNext(
  source: TransactionSource,
  id: string | undefined,
  options: CheckOptions,
  library: Library,
): Promise<NextQuestion> {
  const settings = readSettings(options);
  const law = libraryKnownOn(library, settings.knownOn);
  const { book } = law.book();
  const { transaction, hash } = await findTransaction(source, id, library);
  const result = createChecker(book, settings)(transaction);
  const head = { schema: "entente/ask@1", id: transaction.id, asOf: result.asOf, verdict: result.verdict } as const;
  const digest = checkDigest(law, hash);
  const declared = result.ask === undefined ? undefined : book.facts.get(result.ask);
  if (!declared) return { ...head, ask: null, digest };
  const { name, type, values, unit, doc } = declared;
  const asked = result.regimes.map((r) => r.regime);
  const { facts } = withLists(book, transaction.facts, result.asOf, asked);
  const leadsTo = result.regimes.flatMap(({ regime }): { regime: string; answers: FactAnswer[] }[] => {
    const next = nextFact(book, regime, result.asOf, facts);
    if (next?.fact !== name) return [];
    return [
      {
        regime,
        answers: next.answers.map(({ answer, verdict, policy, settled }) => ({
          answer,
          verdict,
          ...(policy !== undefined && { policy }),
          settled,
        })),
      },
    ];
  });
  const stated = { fact: name, type, doc, ...(values && { values }), ...(unit !== undefined && { unit }) };
  return { ...head, ask: { ...stated, leadsTo }, digest };
}
