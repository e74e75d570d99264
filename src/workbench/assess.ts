import type { Assessment, ClockEntry, GoalResult, Question, Timing } from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import type { CellEngine } from "../closure/cell-engine.ts";
import { type ClassContext, lowCoverageUnder } from "../closure/class-context.ts";
import { describeClass } from "../closure/class-results.ts";
import { calcClock } from "../closure/clock.ts";
import { counterRules } from "../closure/clock-counter.ts";
import { calcLags } from "../closure/clock-lags.ts";
import { calcWindow, uniteWindows } from "../closure/clock-windows.ts";
import { bindingSteps, judgeGoal } from "../closure/goals.ts";
import { findLeaks } from "../closure/leaks.ts";
import { reaches } from "../closure/requirement.ts";
import { rankCandidates } from "../coalition/next-member.ts";
import { InputError } from "../domain/errors.ts";
import { type State, stateName } from "../domain/states.ts";
import type { RuleBook } from "../law/book.ts";
import { resolveClasses, resolveGoal } from "../supply/class-tree.ts";
import type { Goal, Pack } from "../supply/pack.ts";
import { answerSentences } from "./answer-sentences.ts";
import { buildContexts } from "./contexts.ts";
import { decideCase, reachOf } from "./decide-case.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import { minimumResults } from "./minimum.ts";
import { selfSupplyOf } from "./self-supply-results.ts";
import type { Library } from "./store.ts";
import { salesLookup, tradeLookup } from "./trade-lookup.ts";
import { usedSources } from "./used-sources.ts";

/** Layers and scopes that are compared with the headline sale. */
const LAYER_PROBES = ["servicing", "parts", "technology"];
const SCOPE_PROBES = ["civil-fab", "subsidiary", "allied-fab"];

/** Problems that know no place stand at the field of the case that asked. */
function inCase<T>(c: Case, field: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    const at = c.place?.([field]);
    if (!(error instanceof InputError) || at === undefined) throw error;
    throw new InputError(error.problems.map((problem) => ({ at, ...problem })));
  }
}

function refuseLostProbes(book: RuleBook): void {
  const lost = [...LAYER_PROBES, ...SCOPE_PROBES].filter((probe) => !book.probes.has(probe));
  if (lost.length === 0) return;
  const at = { file: "rules/probes.yaml", line: 1, column: 1 };
  throw new InputError(
    lost.map((probe) => ({
      code: "unknown-probe",
      message: `no probe is called \`${probe}\``,
      at,
      hint: "the layers and scopes of the law are compared by it",
    })),
  );
}

/** Runs a case: law times supply, exactly, at its date. */
export function assessCase(c: Case, library: Library): Assessment {
  const { book, hash: rulesHash } = library.book();
  refuseLostProbes(book);
  const merged = library.merged(c.packs);
  if (!merged) {
    throw new InputError([
      {
        code: "unknown-name",
        message: `none of the packs \`${c.packs.join(", ")}\` is there`,
        at: c.place?.(["packs"]) ?? { file: c.file },
        hint: "packs are folders under packs/",
      },
    ]);
  }
  const { pack, missing } = merged;
  // A goal of a pack that is not there cannot be judged; the answer says which pack is missing.
  const goals = c.goals
    .filter((g) => missing.length === 0 || pack.goals.some((x) => x.id === g))
    .map((g) => inCase(c, "goals", () => resolveGoal(pack, g)));
  const shown = inCase(c, "classes", () => resolveClasses(pack, c.classes));
  const contexts = buildContexts(c, book, merged, shown, goals);
  const asked = inPageOrder(
    contexts.filter((x) => shown.includes(x.cls)),
    pack.groups ?? [],
  );
  const leafContexts = asked.filter((x) => x.cls.leaf);
  const engine = library.engine({
    book,
    date: c.asOf,
    target: c.target,
    cast: c.cast,
    members: c.members,
    adopt: c.adopt,
  });
  const judgeGoals = goalJudge(goals, contexts, c);
  const goalResults = judgeGoals(engine);
  const clock = c.asks === "self-supply" ? [] : calcClock(book, rulesMet(engine, leafContexts, c), c.asOf);
  const window = calcWindow(clock, c.asOf, c.clock.series, pack.figures);
  const reverse = c.asks === "self-supply";
  const leaks = findLeaks({
    engine,
    classes: reverse ? [] : leafContexts,
    probe: c.probe,
    layers: LAYER_PROBES,
    scopes: SCOPE_PROBES,
    trade: tradeLookup(pack, c.target, c.asOf),
    window,
    clock,
  });
  const classes = asked.map((ctx) => describeClass(ctx, { engine, probe: c.probe, beside: c.beside, leaks }));
  const candidatesAdopt = c.candidatesAdopt.length > 0 ? c.candidatesAdopt : strictestRules(engine, leafContexts, c);
  const next = rankCandidates({
    engine,
    classes: leafContexts,
    probe: c.probe,
    threshold: c.threshold,
    candidates: candidatesOf(c, leafContexts),
    adopts: candidatesAdopt,
    sales: salesLookup(pack, c.target, c.asOf),
    openSteps: (e) => openSteps(judgeGoals(e), c.threshold),
  });
  const leafResults = classes.filter((x) => x.leaf);
  const selfSupply = reverse ? leafContexts.map((ctx) => selfSupplyOf(ctx, c, pack)) : [];
  const verdict = decideCase(c, leafResults, goalResults, selfSupply);
  const reach = reachOf(leafResults, c);
  const question = questionOf(c, book, missing);
  const draft = {
    schema: "entente/assessment@1" as const,
    question,
    answer: {
      verdict,
      because: answerSentences({ question, verdict, reach, goals: goalResults, classes: leafResults, selfSupply }),
      reach,
    },
    classes,
    goals: goalResults,
    binding: bindingSteps(goalResults),
    leaks,
    clock,
    window,
    ...(!reverse && { timing: timingOf(c, engine, leafContexts, clock, pack) }),
    next,
    minimum: minimumResults(c, leafContexts, goals, contexts),
    selfSupply,
    notices: pack.notice?.split("\n") ?? [],
    assumptions: assumptionsOf(c, book, asked),
    digest: {
      rules: rulesHash,
      data: merged.hash,
      engine: hashText(ENGINE),
    },
    notModelled: [...STANDING_GAPS, ...c.notModelled],
  };
  return { ...draft, sources: usedSources(draft, pack, book) };
}

function timingOf(
  c: Case,
  engine: CellEngine,
  classes: readonly ClassContext[],
  clock: readonly ClockEntry[],
  pack: Pack,
): Timing {
  const counter = calcClock(engine.question.book, counterRules(engine.question), c.asOf);
  return {
    windows: uniteWindows(clock, c.asOf),
    lags: calcLags(engine, classes, c.probe),
    counter: { clock: counter, window: calcWindow(counter, c.asOf, c.clock.counterSeries, pack.figures) },
  };
}

/** What no case models, whatever its question. */
const STANDING_GAPS = [
  "spare capacity: a share of supply is not a promise to deliver more",
  "goods that change hands after export, and second-hand tools",
];

/** By group as the packs order them, then as they stand in the pack. */
function inPageOrder(contexts: readonly ClassContext[], groups: readonly string[]): ClassContext[] {
  const place = (x: ClassContext) => (groups.includes(x.cls.group) ? groups.indexOf(x.cls.group) : groups.length);
  return [...contexts].sort((a, b) => place(a) - place(b));
}

/** Judges the goals of a case under a coalition, each for the end use of its maker; after a state joined only low bounds hold. */
function goalJudge(
  goals: readonly Goal[],
  contexts: readonly ClassContext[],
  c: Case,
): (e: CellEngine) => GoalResult[] {
  const byId = new Map(contexts.map((x) => [x.cls.id, x]));
  return (engine) =>
    goals.map((goal) => {
      const probe = goal.probe ?? c.probe;
      return judgeGoal(goal, probe, c.threshold, (id) => {
        const ctx = byId.get(id);
        return ctx && lowCoverageUnder(ctx, engine, probe).outsideTarget;
      });
    });
}

/** Steps that stay below the threshold; what joins the coalition may take some away. */
function openSteps(goals: readonly GoalResult[], threshold: number): ReadonlySet<string> {
  return new Set(
    goals.flatMap((g) =>
      g.steps.filter((s) => !reaches(s.coverage.controlled.low, threshold)).map((s) => `${g.id}: ${s.step}`),
    ),
  );
}

/** Rules of members that have a part in the headline, beside, layer and scope cells of the question. */
function rulesMet(engine: CellEngine, classes: readonly ClassContext[], c: Case): string[] {
  const met = new Set<string>();
  for (const ctx of classes) {
    for (const item of ctx.items) {
      for (const member of c.members) {
        for (const { finding } of engine.cell(member, c.probe, item.facts).findings) met.add(finding.rule);
      }
    }
  }
  return [...met].sort();
}

/** The rules of the member whose own law would control the most: what a candidate is asked to adopt. */
function strictestRules(engine: CellEngine, classes: readonly ClassContext[], c: Case): string[] {
  let best: { count: number; rules: string[] } = { count: 0, rules: [] };
  for (const member of c.members) {
    const rules = new Set<string>();
    let count = 0;
    for (const ctx of classes) {
      const findings = ctx.items.flatMap((i) =>
        engine.asOwn(member, c.probe, i.facts).findings.filter((f) => f.atLeast > 0 && f.layer !== "services"),
      );
      if (findings.length > 0) count++;
      for (const f of findings) rules.add(f.rule);
    }
    if (count > best.count) best = { count, rules: [...rules].sort() };
  }
  return best.rules;
}

/** Named candidates, or every state that supplies something and is neither member nor target. */
function candidatesOf(c: Case, classes: readonly ClassContext[]): State[] {
  const named = c.candidates.filter((s) => !c.members.includes(s) && s !== c.target);
  if (c.candidates.length > 0) return named;
  const suppliers = new Set(classes.flatMap((x) => x.shares.suppliers.map((s) => s.supplier)));
  return [...suppliers]
    .filter((s): s is State => s !== "various" && s !== c.target && !c.members.includes(s as State))
    .sort();
}

function questionOf(c: Case, book: RuleBook, packsMissing: readonly string[]): Question {
  return {
    case: c.id,
    title: c.title,
    asks: c.asks,
    subject: c.subject,
    members: c.members,
    target: c.target,
    asOf: c.asOf,
    probe: c.probe,
    probeTitle: book.probes.get(c.probe)?.title ?? c.probe,
    beside: c.beside,
    threshold: c.threshold,
    require: c.require,
    adopt: c.adopt,
    packs: c.packs.filter((p) => !packsMissing.includes(p)),
    packsMissing,
  };
}

function assumptionsOf(c: Case, book: RuleBook, contexts: readonly ClassContext[]): string[] {
  const out = new Set<string>();
  const probes = c.asks === "self-supply" ? [] : [c.probe, ...c.beside];
  for (const p of probes) for (const text of Object.values(book.probes.get(p)?.assumed ?? {})) out.add(text);
  if (contexts.some((x) => x.cls.basis === "headquarters")) {
    out.add("shares by headquarters are taken to be exported from the home state; plants abroad are not told apart");
  }
  const periods = new Set(
    contexts
      .filter((x) => x.shares.fit !== "asked" && x.shares.fit !== "none")
      .map((x) => `${x.shares.period} (${x.shares.fit})`),
  );
  if (periods.size > 0)
    out.add(`shares of other periods stand for ${c.asOf.slice(0, 4)}: ${[...periods].sort().join(", ")}`);
  if (c.adopt.length > 0)
    out.add(`adopted for the question: ${c.adopt.map((a) => `${a.rule} by ${stateName(a.state)}`).join("; ")}`);
  return [...out];
}
