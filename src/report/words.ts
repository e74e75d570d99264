import type { AnswerVerdict, Assessment, ClassResult, LeakKind, Question } from "../closure/assessment.ts";
import type { Kind } from "../domain/sourced.ts";
import { type State, stateName } from "../domain/states.ts";
import type { Evidence, Grade, Reach } from "../domain/verdicts.ts";
import { cleanText } from "./clean-text.ts";
import { percent } from "./format.ts";

/** The answer in a word or three. */
export const VERDICT_WORDS: Readonly<Record<AnswerVerdict, string>> = {
  closed: "Closed",
  "closed-in-practice": "Closed in practice",
  partly: "Partly closed",
  open: "Open",
  undetermined: "Undetermined",
};

const SELF_SUPPLY_WORDS: Readonly<Record<AnswerVerdict, string>> = {
  closed: "Supplied",
  "closed-in-practice": "Supplied in practice",
  partly: "Partly supplied",
  open: "Not supplied",
  undetermined: "Undetermined",
};

/** The answer to the question that was asked: whether something is closed, or whether members could supply themselves. */
export function answerWord({ question, answer }: Assessment): string {
  return (question.asks === "self-supply" ? SELF_SUPPLY_WORDS : VERDICT_WORDS)[answer.verdict];
}

/** What the question is about, against whom: `chip tools -> China`, or `medicines without China`. */
export function subjectWords(q: Question, arrow: string): string {
  const link = q.asks === "self-supply" ? " without " : arrow;
  return `${cleanText(q.subject)}${link}${stateName(q.target)}`;
}

/** Who is asked about, `USA JPN and undisclosed states` where an envelope holds more. */
export function memberWords({ members, undisclosed }: Question, link: string, name = (s: State): string => s): string {
  return `${members.map(name).join(link)}${undisclosed ? " and undisclosed states" : ""}`;
}

/** Packs that the answer had to do without, where its own sentences do not say so. */
export function missingPacks({ question, answer }: Assessment): string[] {
  const missing = question.packsMissing.filter((p) => !answer.because.some((s) => s.includes(p)));
  return missing.length === 0 ? [] : [`Wider than it could be: without ${missing.map(cleanText).join(", ")}.`];
}

/** What a grade means, in the words of the legend. */
export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  closed: "closed by law",
  "closed-in-practice": "closed in practice",
  gated: "licence",
  open: "open",
  undetermined: "undetermined",
};

/** One fill a grade, the same on every page, so that colour is never alone. */
export const GRADE_MARKS: Readonly<Record<Grade, string>> = {
  closed: "█",
  "closed-in-practice": "▓",
  gated: "▒",
  open: "░",
  undetermined: "┄",
};

/** What each kind of leak means. */
export const LEAK_WORDS: Readonly<Record<LeakKind, string>> = {
  "no-control": "no rule of the supplier's state reaches the item",
  threshold: "a technical threshold stops short of what another member controls",
  layer: "controlled in one layer and not in another",
  scope: "the rule does not reach this end user, end use or route",
  timing: "not in force, or old licences still deliver",
  policy: "a licence is needed and practice does not refuse it",
  indigenous: "the target supplies it itself",
  stock: "bought before the rule was in force",
};

export const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  text: "operative text read",
  "official-summary": "official summary",
  secondary: "secondary source",
  inferred: "inferred, text not read",
};

/** Marks of weak evidence on rows and grades; strong evidence has none. */
export const EVIDENCE_MARKS: Readonly<Record<Evidence, string>> = {
  text: "",
  "official-summary": "",
  secondary: "†",
  inferred: "‡",
};

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  measured: "measured",
  reported: "reported",
  derived: "derived",
  assumed: "assumed",
};

export const REACH_WORDS: Readonly<Record<Reach, string>> = {
  own: "own law",
  union: "Union law",
  foreign: "another member's law abroad",
};

export const PERIOD_FIT_WORDS: Readonly<Record<ClassResult["periodFit"], string>> = {
  asked: "of the date asked",
  envelope: "between an earlier and a later period",
  "after-date": "later than the date asked",
  "before-date": "earlier than the date asked",
  none: "no shares known",
};

/** What must hold, as a phrase. */
export function requirementWords(q: Question): string {
  if (q.asks === "self-supply") return "members' supply meets their demand in every class";
  const reach = `${percent({ low: q.threshold, high: q.threshold })}% of the supply outside the target`;
  switch (q.require.kind) {
    case "all":
      return `every class reaches ${reach}`;
    case "choke-points":
      return `every class that members could close reaches ${reach}`;
    case "at-least":
      return `at least ${q.require.n} of the classes reach ${reach}`;
    case "goal":
      return `the goal ${q.require.goal} closes at ${reach}`;
  }
}
