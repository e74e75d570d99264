import type { Assessment } from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import { reaches } from "../closure/requirement.ts";
import { type Alliance, coalitionOn } from "../coalition/alliance.ts";
import type { AllianceCoverage, GroupReach } from "../coalition/alliance-result.ts";
import { type IsoDate, within } from "../domain/dates.ts";
import { type State, stateNameInText } from "../domain/states.ts";
import type { RuleBook } from "../law/book.ts";
import { assessCase } from "./assess.ts";
import type { Library } from "./store.ts";

/** A page names the largest leaks; `entente assess` lists all. */
const LEAKS_SHOWN = 5;

/** The objective as a question of the day, or why it cannot be put. */
export function questionOf(alliance: Alliance, day: IsoDate, book: RuleBook): Case | { readonly why: string } {
  const { measure, unmeasured } = alliance.objective;
  if (!measure) return { why: unmeasured ?? "no pack holds figures for it" };
  const seated = coalitionOn(alliance, day);
  const members = measure.asks === "self-supply" ? withStatesOfUnions(seated, day, book) : seated;
  if (members.length === 0) return { why: "nobody is a member on that day" };
  if (members.includes(measure.target)) {
    return { why: `${stateNameInText(measure.target)} is a member: the alliance is not against it` };
  }
  return { ...measure, asOf: day, members };
}

/** Where a Union is a member, what its states make is members' supply. */
function withStatesOfUnions(members: readonly State[], day: IsoDate, book: RuleBook): State[] {
  const inside = book.unions
    .filter((u) => members.includes(u.id))
    .flatMap((u) => u.members.filter((m) => within(day, m)).map((m) => m.state));
  return [...new Set([...members, ...inside])].sort();
}

/** The question put to packs and law, and what of the answer an alliance page needs. */
export function coverageOf(question: Case, library: Library): { coverage: AllianceCoverage; assessment: Assessment } {
  const assessment = assessCase(question, library);
  const { answer, goals, binding, leaks, selfSupply } = assessment;
  const coverage: AllianceCoverage = {
    question: assessment.question,
    verdict: answer.verdict,
    because: answer.because,
    reach: answer.reach,
    groups: question.asks === "closure" ? groupReach(assessment) : [],
    goals: goals.map(({ id, title, verdict }) => ({ id, title, verdict })),
    binding,
    leaks: leaks.slice(0, LEAKS_SHOWN),
    leakCount: leaks.length,
    selfSupply,
  };
  return { coverage, assessment };
}

/** Classes are counted, never averaged. */
function groupReach({ classes, question }: Assessment): GroupReach[] {
  const leaves = classes.filter((c) => c.leaf);
  return [...new Set(leaves.map((c) => c.group))].map((group) => {
    const own = leaves.filter((c) => c.group === group);
    const count = (low: (c: (typeof own)[number]) => number) =>
      own.filter((c) => reaches(low(c), question.threshold)).length;
    return {
      group,
      classes: own.length,
      potential: count((c) => c.potentialOutsideTarget.low),
      closed: count((c) => c.coverage[question.probe]!.outsideTarget.closed.low),
      closedOrPractice: count((c) => c.coverage[question.probe]!.outsideTarget.closedOrPractice.low),
      controlled: count((c) => c.coverage[question.probe]!.outsideTarget.controlled.low),
    };
  });
}
