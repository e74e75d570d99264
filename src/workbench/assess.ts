import type { Assessment, ClassResult, Coverage, GoalResult, Question, UsedSource } from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import { CellEngine } from "../closure/cells.ts";
import { type ClassContext, coverageUnder } from "../closure/class-context.ts";
import { describeClass } from "../closure/class-results.ts";
import { calcClock, calcWindow } from "../closure/clock.ts";
import { bindingSteps, judgeGoal } from "../closure/goals.ts";
import { findLeaks } from "../closure/leaks.ts";
import { countReaching, decide, reaches } from "../closure/requirement.ts";
import { rankCandidates } from "../coalition/next-member.ts";
import { calcSelfSupply } from "../coalition/self-supply.ts";
import { InputError } from "../domain/errors.ts";
import { exact, type Range } from "../domain/ranges.ts";
import { type State, stateName } from "../domain/states.ts";
import type { RuleBook } from "../law/book.ts";
import { resolveClasses, resolveGoal } from "../supply/class-tree.ts";
import type { Goal, Pack } from "../supply/pack.ts";
import { answerSentences } from "./answer-sentences.ts";
import { buildContexts } from "./contexts.ts";
import { minimumResults } from "./minimum.ts";
import { hashText, type Library } from "./store.ts";
import { salesLookup, tradeLookup } from "./trade-lookup.ts";

/** Layers and scopes that are compared with the headline sale. */
const LAYER_PROBES = ["servicing", "parts", "technology"];
const SCOPE_PROBES = ["civil-fab", "subsidiary", "allied-fab"];

export const ENGINE = "entente 0.1.0";

/** Runs a case: law times supply, exactly, at its date. */
export function assessCase(c: Case, library: Library): Assessment {
  const { book, hash: rulesHash } = library.book();
  const merged = library.merged(c.packs);
  if (!merged) {
    throw new InputError([
      {
        code: "unknown-name",
        message: `none of the packs \`${c.packs.join(", ")}\` is there`,
        at: { file: c.file },
        hint: "packs are folders under packs/",
      },
    ]);
  }
  const { pack, missing } = merged;
  // A goal of a pack that is not there cannot be judged; the answer says which pack is missing.
  const goals = c.goals
    .filter((g) => missing.length === 0 || pack.goals.some((x) => x.id === g))
    .map((g) => resolveGoal(pack, g));
  const shown = resolveClasses(pack, c.classes);
  const contexts = buildContexts(c, book, merged, shown, goals);
  const asked = inPageOrder(
    contexts.filter((x) => shown.includes(x.cls)),
    pack.groups ?? [],
  );
  const leafContexts = asked.filter((x) => x.cls.leaf);
  const engine = new CellEngine({
    book,
    date: c.asOf,
    target: c.target,
    cast: c.cast,
    members: c.members,
    adopt: c.adopt,
  });
  const judgeGoals = goalJudge(goals, contexts, c);
  const goalResults = judgeGoals(engine);
  const relevant = rulesMet(engine, leafContexts, c);
  const clock = calcClock(book, relevant, c.asOf);
  const window = calcWindow(clock, c.clock.series, pack.figures);
  const leaks = findLeaks({
    engine,
    classes: leafContexts,
    probe: c.probe,
    layers: LAYER_PROBES,
    scopes: SCOPE_PROBES,
    trade: tradeLookup(pack, c.target, c.asOf),
    window,
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
  const verdict = decideCase(c, leafResults, goalResults);
  const reach = reachOf(leafResults, c);
  const question = questionOf(c, book, missing);
  const draft = {
    schema: "entente/assessment@1" as const,
    question,
    answer: {
      verdict,
      because: answerSentences({ question, verdict, reach, goals: goalResults, classes: leafResults }),
      reach,
    },
    classes,
    goals: goalResults,
    binding: bindingSteps(goalResults),
    leaks,
    clock,
    window,
    next,
    minimum: minimumResults(c, leafContexts, goals, contexts),
    selfSupply: c.selfSupply ? leafContexts.map((ctx) => selfSupplyOf(ctx, c, pack)) : [],
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

/** Judges the goals of a case under any coalition, each for the end use of its maker. */
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
        return ctx && coverageUnder(ctx, engine, probe).outsideTarget;
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
        for (const f of engine.cell(member, c.probe, item.facts).findings) met.add(f.rule);
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

function itemsOf(leaf: readonly ClassResult[], probe: string): { readonly id: string; readonly coverage: Coverage }[] {
  return leaf.map((x) => ({ id: x.id, coverage: x.coverage[probe]!.outsideTarget }));
}

function decideCase(c: Case, leaf: readonly ClassResult[], goals: readonly GoalResult[]): ReturnType<typeof decide> {
  const { require, threshold } = c;
  if (require.kind === "goal") return goals.find((g) => g.id === require.goal)?.verdict ?? "undetermined";
  const chosen =
    require.kind === "choke-points" ? leaf.filter((x) => reaches(x.potentialOutsideTarget.low, threshold)) : leaf;
  const items = itemsOf(chosen, c.probe);
  return decide({ items, atLeast: require.kind === "at-least" ? require.n : items.length, threshold });
}

function reachOf(leaf: readonly ClassResult[], c: Case): Assessment["answer"]["reach"] {
  const items = itemsOf(leaf, c.probe);
  const count = (pick: (x: Coverage) => Range) => countReaching(items, c.threshold, pick, "low");
  return {
    closed: count((x) => x.closed),
    closedOrPractice: count((x) => x.closedOrPractice),
    controlled: count((x) => x.controlled),
    potential: leaf.filter((x) => reaches(x.potentialOutsideTarget.low, c.threshold)).length,
    leaves: leaf.length,
  };
}

function questionOf(c: Case, book: RuleBook, packsMissing: readonly string[]): Question {
  return {
    case: c.id,
    title: c.title,
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
  for (const p of [c.probe, ...c.beside])
    for (const text of Object.values(book.probes.get(p)?.assumed ?? {})) out.add(text);
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

function selfSupplyOf(ctx: ClassContext, c: Case, pack: Pack): ReturnType<typeof calcSelfSupply> {
  const figure = (metric: string) =>
    pack.figures.filter((f) => f.class === ctx.cls.id && f.metric === metric && f.value);
  const demand = figure("members' demand")[0];
  const years = figure("years to build")[0];
  const reliance = figure("net import reliance").find((f) => c.members.includes(f.state as State));
  return calcSelfSupply({
    class: { id: ctx.cls.id, name: ctx.cls.name, basis: ctx.cls.basis, sources: ctx.shares.sources },
    members: c.members,
    target: c.target,
    shares: new Map(
      ctx.shares.suppliers.filter((s) => s.supplier !== "various").map((s) => [s.supplier as State, s.share]),
    ),
    unallocated: ctx.shares.unallocated,
    demand: demand?.value ? scale(demand.value) : null,
    yearsToBuild: years?.value ? { value: years.value, source: years.source } : null,
    importReliance: reliance?.value
      ? {
          state: reliance.state as State,
          value: scale(reliance.value),
          source: reliance.source,
          period: reliance.period,
        }
      : null,
  });
}

/** Figures in per cent as parts of one. */
function scale(r: Range): Range {
  return r.low === r.high ? exact(r.low / 100) : { low: r.low / 100, high: r.high / 100 };
}

/** Every source that the result names, once, with where it is declared. */
function usedSources(a: Omit<Assessment, "sources">, pack: Pack, book: RuleBook): UsedSource[] {
  const ids = new Set<string>();
  const add = (id: string | null | undefined) => {
    for (const one of id?.split(", ") ?? []) ids.add(one);
  };
  for (const cls of a.classes) {
    for (const s of cls.sources) add(s);
    for (const s of cls.suppliers) {
      add(s.source);
      for (const f of s.firms ?? []) add(f.source);
      for (const cell of Object.values(s.cells))
        for (const x of [cell, ...(cell.variants ?? []).map((v) => v.cell)])
          for (const cite of x.cites) add(cite.source);
    }
  }
  for (const l of a.leaks) add(l.size.tradeUsd?.source);
  for (const e of a.clock) add(e.firstSignSource);
  for (const s of a.window?.imports?.sources ?? []) add(s);
  for (const n of a.next) add(n.salesToTarget?.source);
  for (const s of a.selfSupply)
    for (const id of [...s.sources, s.yearsToBuild?.source, s.importReliance?.source]) add(id);
  return [...ids].sort().flatMap((id): UsedSource[] => {
    const rule = book.sources.get(id);
    if (rule) return [{ ...rule, from: "rules" }];
    const figure = pack.sources.get(id);
    return figure ? [{ ...figure, from: `packs/${pack.id}` }] : [];
  });
}
