import type { Answer, AnswerVerdict, ClassResult, GoalResult, Question, SelfSupply } from "../closure/assessment.ts";
import type { Range } from "../domain/ranges.ts";
import { stateNameInText } from "../domain/states.ts";

interface Findings {
  readonly question: Question;
  readonly verdict: AnswerVerdict;
  readonly reach: Answer["reach"];
  readonly goals: readonly GoalResult[];
  readonly classes: readonly ClassResult[];
  readonly selfSupply: readonly SelfSupply[];
}

/** Sentences that give the answer and its reasons, the most important first. */
export function answerSentences(findings: Findings): string[] {
  if (findings.question.asks === "self-supply") return selfSupplySentences(findings);
  const { question, verdict, reach, goals, classes } = findings;
  const percent = `${Math.round(question.threshold * 100)}%`;
  const target = stateNameInText(question.target);
  const of =
    question.require.kind === "choke-points"
      ? `${reach.potential} of them are choke points that members could close. `
      : "";
  const sentences = [
    `Of ${reach.leaves} classes of ${question.subject}, ${reach.closed} reach ${percent} of the supply ${target} could turn to by law, ` +
      `${reach.closedOrPractice} counting refused licences, ${reach.controlled} counting everything that needs a licence. ${of}`.trimEnd(),
    ...goals.map(goalSentence),
  ];
  if (verdict === "undetermined") sentences.push(missingSentence(classes, question.probe));
  if (question.packsMissing.length > 0) {
    sentences.push(
      `The pack ${question.packsMissing.join(", ")} is not there: ranges are wider and classes fewer than with it.`,
    );
  }
  return sentences;
}

/** What members have of each class if the target and non-members stop, the thinnest first. */
function selfSupplySentences({ question, selfSupply }: Findings): string[] {
  const target = stateNameInText(question.target);
  const thin = [...selfSupply].sort((a, b) => a.members.high - b.members.high || (a.class < b.class ? -1 : 1));
  const percent = (r: Range) => {
    const [low, high] = [Math.round(r.low * 100), Math.round(r.high * 100)];
    if (high === 0 && r.high > 0) return "under 1%";
    return low === high ? `${low}%` : `${low} to ${high}%`;
  };
  const unknown = selfSupply.filter((s) => s.gap === null).length;
  return [
    `If ${target} and other non-members stopped, members would be left with ` +
      `${thin
        .slice(0, 4)
        .map((s) => `${percent(s.members)} of ${s.name}`)
        .join(", ")}` +
      `${thin.length > 4 ? `; ${thin.length - 4} more classes are less thin` : ""}.`,
    ...(unknown > 0
      ? [`What members need is not known for ${unknown} of ${selfSupply.length} classes, so the gap is not either.`]
      : []),
  ];
}

const WORDS: Readonly<Record<AnswerVerdict, string>> = {
  closed: "is closed by law",
  "closed-in-practice": "is closed in practice",
  partly: "is partly closed",
  open: "is not closed at any step",
  undetermined: "cannot be decided from what is known",
};

function goalSentence(goal: GoalResult): string {
  const best = [...goal.steps].sort((a, b) => b.coverage.controlled.low - a.coverage.controlled.low)[0];
  const step = best && goal.verdict !== "open" ? ` (${best.step})` : "";
  return `${goal.title} ${WORDS[goal.verdict]}${step}.`;
}

function missingSentence(classes: readonly ClassResult[], probe: string): string {
  const counts = new Map<string, number>();
  for (const c of classes) {
    for (const s of c.suppliers) {
      for (const m of [...(s.cells[probe]?.missing ?? []), ...(s.cells[probe]?.holes ?? [])])
        counts.set(m, (counts.get(m) ?? 0) + 1);
    }
  }
  const top = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 3);
  return top.length === 0
    ? "Shares that are not known decide."
    : `What decides is not known: ${top.map(([m]) => m).join("; ")}.`;
}
