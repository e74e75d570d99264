import type { AnswerVerdict, Assessment, ClassResult } from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import { bindingSteps } from "../closure/goals.ts";
import type { Envelope } from "../coalition/disclosure-envelope.ts";
import {
  agree,
  agreedVerdict,
  hullOfClasses,
  hullOfGoals,
  hullOfSelfSupply,
  inAny,
} from "../coalition/disclosure-hull.ts";
import { clockUnderAll, leaksUnderAll, nextUnderAll, timingUnderAll } from "../coalition/disclosure-lists.ts";
import { InputError } from "../domain/errors.ts";
import { gather } from "../domain/gather.ts";
import type { TextFile } from "../input/text-file.ts";
import { answerSentences } from "./answer-sentences.ts";
import { assessCase } from "./assess.ts";
import { reachOf } from "./decide-case.ts";
import { parseEnvelope } from "./disclose-envelope.ts";
import { hashText } from "./hash.ts";
import type { Library } from "./store.ts";
import { usedSources } from "./used-sources.ts";

/**
 * Answers a case whose further members are undisclosed: what holds under every membership of the envelope. It is a function of the
 * question, the public data and the bytes of the envelope file. Throws InputError with the problems of both files.
 */
export function assessUnder(file: TextFile, ask: () => Case, library: Library): Assessment {
  const [envelope, asked] = gather<Envelope | Case>([() => parseEnvelope(file), ask]) as [Envelope, Case];
  if (envelope.candidates.includes(asked.target)) {
    throw new InputError([
      {
        code: "bad-value",
        message: `\`${asked.target}\` is the target and a candidate of the envelope`,
        hint: "a state cannot close a choke point against itself: ask with another envelope",
        at: { file: file.path },
      },
    ]);
  }
  const made = new Map<string, Assessment>();
  const all = envelope.class.memberships.map((undisclosed) => {
    const members = [...asked.members, ...undisclosed.filter((s) => !asked.members.includes(s))];
    const key = members.join();
    const found = made.get(key) ?? assessCase({ ...asked, members }, library);
    made.set(key, found);
    return found;
  });
  return hullOfAssessments(all, asked, envelope, hashText(file.text), library);
}

function hullOfAssessments(
  all: readonly Assessment[],
  c: Case,
  envelope: Envelope,
  envelopeHash: string,
  library: Library,
): Assessment {
  const first = all[0]!;
  const goals = first.goals.map((_, i) => hullOfGoals(all.map((a) => a.goals[i]!)));
  const leaks = leaksUnderAll(all.map((a) => a.leaks));
  const classes = first.classes
    .map((_, i) => hullOfClasses(all.map((a) => a.classes[i]!)))
    .map((cls) => withLeakMarks(cls, leaks, c));
  const selfSupply = first.selfSupply.map((_, i) => hullOfSelfSupply(all.map((a) => a.selfSupply[i]!)));
  const verdicts = all.map((a) => a.answer.verdict);
  const verdict = agreedVerdict(verdicts);
  const leaf = classes.filter((x) => x.leaf);
  const reach = reachOf(leaf, c);
  const { candidates } = envelope;
  const question = {
    ...first.question,
    members: c.members,
    undisclosed: { candidates, memberships: all.length },
  };
  const clock = clockUnderAll(all.map((a) => a.clock));
  const timing = timingUnderAll(all.map((a) => a.timing));
  const draft = {
    ...first,
    ...(timing && { timing }),
    question,
    answer: {
      verdict,
      because: [
        dependence(verdicts, verdict),
        ...answerSentences({ question, verdict, reach, goals, classes: leaf, selfSupply }),
      ],
      reach,
    },
    classes,
    goals,
    binding: bindingSteps(goals),
    leaks,
    clock,
    window: agree(all.map((a) => a.window)) ? first.window : null,
    next: nextUnderAll(all.map((a) => a.next)),
    selfSupply,
    assumptions: [
      ...assumptionsUnder(all, envelope),
      ...inAny(
        all.map((a) => a.assumptions),
        (x) => x,
      ),
    ],
    digest: { ...first.digest, envelope: envelopeHash },
  };
  const { pack } = library.merged(c.packs)!;
  return { ...draft, sources: usedSources(draft, pack, library.book().book) };
}

/** A row points at the first leak that a disclosed member leaves in it. */
function withLeakMarks(cls: ClassResult, leaks: Assessment["leaks"], c: Case): ClassResult {
  const rows = cls.rows.map((row) => {
    const leak = leaks.find(
      (l) =>
        l.classes.includes(row.class) &&
        c.members.includes(l.state) &&
        l.probe === c.probe &&
        (l.variant === undefined || l.variant === row.variant),
    );
    return leak ? { ...row, leak: leak.rank } : row;
  });
  return { ...cls, rows };
}

/** Whether the answer depends on who is a member, in words. */
function dependence(verdicts: readonly AnswerVerdict[], verdict: AnswerVerdict): string {
  const counts = new Map<AnswerVerdict, number>();
  for (const v of verdicts) counts.set(v, (counts.get(v) ?? 0) + 1);
  if (counts.size === 1) {
    return `Some members are undisclosed. The answer is \`${verdict}\` under each of the ${verdicts.length} memberships that the envelope leaves open.`;
  }
  const parts = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return `Some members are undisclosed, and the answer depends on who they are: ${parts.map(([v, n]) => `\`${v}\` under ${n}`).join(", ")} of the ${verdicts.length} memberships that the envelope leaves open.`;
}

function assumptionsUnder(all: readonly Assessment[], { candidates, case: made }: Envelope): string[] {
  const out = [
    `undisclosed members: ${all.length} memberships of ${candidates.join(", ")} are possible by the envelope made for ${made}; ranges hold under each of them`,
  ];
  if (!agree(all.map((a) => a.leaks.map((l) => [l.kind, l.class, l.variant, l.state, l.probe, l.rule])))) {
    out.push("leaks that only some memberships have come last and say under how many");
  }
  if (!agree(all.map((a) => a.clock.map((e) => [e.rule, e.inForce])))) {
    out.push("rules that are met under some memberships only are left out of the clock");
  }
  if (!agree(all.map((a) => a.window)))
    out.push("the stock-up window depends on the undisclosed members and is left out");
  out.push("who next: what a state adds if it is no member yet, at least, whoever else is");
  return out;
}
