import type { IsoDate } from "../domain/dates.ts";
import type { State } from "../domain/states.ts";
import type { RuleBook } from "./book.ts";
import type { Condition, Facts } from "./condition.ts";
import { closeClaims } from "./facts.ts";
import { formatCondition } from "./format-condition.ts";
import { evaluate, paragraphsUnder, type Scene, sceneOf, versionAt } from "./kleene.ts";
import { judgingVersion } from "./savings.ts";

/** A rule that did not apply, and the conditions that failed, as text close to the rule file. */
export interface Nearly {
  readonly rule: string;
  /** Each of them would have been enough: alternatives of the same rule, such as paragraphs of a list. */
  readonly failed: readonly string[];
}

/**
 * Rules in force of which a single condition failed while something beside it holds: at the top, inside a paragraph or
 * definition, or in one alternative. What the item is (`item.kind`, `item.family`) is never such a condition: every
 * entry would nearly apply to everything.
 */
export function nearlyApplied(book: RuleBook, regime: string, date: IsoDate, facts: Facts): Nearly[] {
  const held = book.regimes.get(regime as State);
  if (!held) return [];
  const scene: Scene = { book, regime: held.id, date, facts: closeClaims(book.facts, facts) };
  return held.rules.flatMap((rule): Nearly[] => {
    const judging = judgingVersion(rule, scene);
    if (!judging) return [];
    const { version, textOf } = judging;
    const failed = failuresOf(
      [rule.applies, version.when],
      textOf === date ? scene : { ...scene, date: textOf },
      false,
    );
    return failed.length > 0 ? [{ rule: rule.id, failed: [...new Set(failed)] }] : [];
  });
}

/** What failed, if exactly one part of a conjunction did; `beside` says that something outside it holds already. */
function failuresOf(parts: readonly Condition[], scene: Scene, beside: boolean): string[] {
  const conjuncts = parts.flatMap((c) => (c.op === "all" ? flattened(c) : [c]));
  const truths = conjuncts.map((c) => evaluate(c, scene));
  const failed = conjuncts.filter((_, i) => truths[i] === false);
  if (failed.length !== 1) return [];
  return failuresIn(failed[0]!, scene, beside || truths.includes(true));
}

function flattened(c: Condition): Condition[] {
  return c.op === "all" ? c.of.flatMap(flattened) : [c];
}

function failuresIn(c: Condition, scene: Scene, beside: boolean): string[] {
  switch (c.op) {
    case "all":
      return failuresOf(c.of, scene, beside);
    case "any":
      return c.of.flatMap((x) => alternative(x, scene));
    case "matches":
      return c.codes.flatMap((code) => paragraphsUnder(scene.book, code).flatMap((id) => failuresOfTerm(id, scene)));
    case "term":
      return failuresOfTerm(`${scene.regime}/${c.name}`, scene);
    default:
      return beside && !saysWhatItIs(c) ? [formatCondition(c, scene.book.facts)] : [];
  }
}

/** Of several alternatives one counts only where something in it holds: otherwise all of them failed as a whole. */
function alternative(c: Condition, scene: Scene): string[] {
  return failuresIn(c, scene, false);
}

function failuresOfTerm(key: string, scene: Scene): string[] {
  const term = scene.book.terms.get(key);
  const version = term && versionAt(term.versions, scene.date);
  return version ? failuresOf([version.when], sceneOf(key, scene), false) : [];
}

function saysWhatItIs(c: Condition): boolean {
  return "fact" in c && (c.fact === "item.kind" || c.fact === "item.family");
}
