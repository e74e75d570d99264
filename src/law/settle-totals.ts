import type { Problem } from "../domain/errors.ts";
import { type Facts, isApart, isExact, isNumberRange, type NumberRange } from "./condition.ts";
import { formatRange } from "./format-condition.ts";
import { type Formula, formulaNames, formulaOf, quantityRange } from "./formulas.ts";

/** Hears of a fact that contradicts others. */
type OnContradiction = (problem: Omit<Problem, "at">, fact: string) => void;

/**
 * Facts of which every total agrees with its parts, to the digit in which it is stated; a total whose parts are all known
 * is then what they give. One that does not agree is reported with what its parts give, and left as it is.
 */
export function settleTotals<T extends Facts>(facts: T, report: OnContradiction): T {
  let settled: T = facts;
  for (const name of formulaNames()) {
    const formula = formulaOf(name);
    const stated = formula.total === undefined ? undefined : settled[formula.total];
    if (stated === undefined || !isNumberRange(stated)) continue;
    const computed = formula.range(settled, 1);
    if (!computed) continue;
    if (isApart(rounded(stated), computed)) report(contradiction(formula, stated, computed, settled), formula.total!);
    else if (isExact(computed)) settled = { ...settled, [formula.total!]: computed };
  }
  return settled;
}

/** What a number may stand for that was rounded to its last digit. */
function rounded(stated: NumberRange): NumberRange {
  if (!isExact(stated)) return stated;
  const decimals = /\.(\d+)$/.exec(String(stated.low))?.[1]?.length ?? 0;
  const half = 0.5 / 10 ** decimals;
  return { low: stated.low - half, high: stated.high + half, lowIncluded: true, highIncluded: true };
}

function contradiction(
  { total, unit, text, parts }: Formula,
  stated: NumberRange,
  computed: NumberRange,
  facts: Facts,
): Omit<Problem, "at"> {
  const given = parts.flatMap(({ fact, unit: own }) => {
    const range = quantityRange(fact, facts);
    return range ? [`${fact} ${formatRange(range, own)}`] : [];
  });
  return {
    code: "contradicting-values",
    message: `\`${total}\` is \`${formatRange(stated, unit)}\`, and its parts give \`${formatRange(computed, unit)}\` (${given.join(", ")})`,
    hint: `${text}; correct one of them, or leave the total out`,
  };
}
