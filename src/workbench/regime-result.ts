import type { RegimeResult, RuleReason } from "../law/check-result.ts";
import type { Finding, RegimeAnswer } from "../law/judge.ts";

/** What is worked out only when somebody reads it. */
export interface OnDemand {
  readonly reach: () => RegimeResult["reach"];
  readonly nearly: () => RegimeResult["nearly"];
  readonly savings: () => RegimeResult["savings"];
}

/** A regime's answer in the form that is shown and handed on. */
export function regimeResult(
  answer: RegimeAnswer,
  decidedBy: RegimeResult["decidedBy"],
  onDemand: OnDemand,
): RegimeResult {
  const { findings } = answer;
  const reach = once(onDemand.reach);
  const nearly = once(onDemand.nearly);
  const savings = once(onDemand.savings);
  const missing = once(() => answer.missing);
  return {
    regime: answer.regime,
    verdict: answer.verdict,
    ...(answer.policy !== undefined && { policy: answer.policy }),
    decidedBy,
    because: findings.filter((f) => f.atLeast > 0).map(reason),
    get possible() {
      const open = findings.filter((f) => f.atLeast === 0 && f.atMost > 0);
      return open.map((f) => ({ ...reason(f), missing: f.missing }));
    },
    get reach() {
      return reach();
    },
    exceptions: findings.flatMap((f) =>
      f.exceptions.map(({ id, cite, applies }) => ({
        id: `${f.rule.slice(0, f.rule.lastIndexOf("/"))}/${id}`,
        rule: f.rule,
        cite,
        applies,
      })),
    ),
    get savings() {
      return savings();
    },
    get missing() {
      return missing();
    },
    get nearly() {
      return nearly();
    },
    holes: answer.holes.map(({ id, why }) => ({ id, why })),
    suspended: answer.suspended,
    practice: answer.practice.map(({ id, title, decision, cite }) => ({ id, title, decision, cite })),
  };
}

function reason({ rule, title, layer, cite }: Finding): RuleReason {
  return { rule, title, layer, cite };
}

/** Works out the value when it is first asked for, and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
