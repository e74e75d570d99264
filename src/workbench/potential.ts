import type { Case } from "../closure/case.ts";
import type { ClassContext } from "../closure/class-context.ts";
import { unknownState } from "../closure/parse-case.ts";
import { type CoalitionFront, countedParts, frontByCount, frontByShare } from "../coalition/coalition-front.ts";
import type { CoverProblem } from "../coalition/cover-problem.ts";
import { minimalByLaw } from "../coalition/minimal-by-law.ts";
import { atBound, minimalCoalitionsInRanges } from "../coalition/minimal-coalitions.ts";
import type { MinimumAnswer, MinimumEntry, WeightedAnswer } from "../coalition/minimum-answer.ts";
import { cheapestCoalition, mostWithin } from "../coalition/weighted-coalition.ts";
import { InputError, type Problem } from "../domain/errors.ts";
import { gather } from "../domain/gather.ts";
import { parseState, type State } from "../domain/states.ts";
import { resolveClasses, resolveGoal } from "../supply/class-tree.ts";
import type { Goal, TechnologyClass } from "../supply/pack.ts";
import { sharesAt } from "../supply/shares-at.ts";
import { buildContexts } from "./contexts.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import { describeSolution, type MinimumScope, minimumScope, potentialProblem, suppliersOf } from "./minimum.ts";
import type { Library, MergedPacks } from "./store.ts";

/** What `entente minimum` asks: by potential from the newest shares, or on a day, and then by law too. */
export interface MinimumRequest {
  /** The case whose packs and target are used, its day and adopted rules where `byLaw`. */
  readonly base: Case;
  readonly classes?: readonly string[];
  readonly goal?: string;
  readonly threshold: number;
  readonly atLeast?: number;
  /** Shares of the day of `base`, and what the law of that day closes. */
  readonly byLaw?: boolean;
  /** States as texts: in every coalition, in none. */
  readonly required?: readonly string[];
  readonly forbidden?: readonly string[];
  /** Size against coverage as well. */
  readonly front?: boolean;
  /** `STATE=NUMBER`: the cheapest coalition as well; a state that is not named counts 1. */
  readonly weights?: readonly string[];
  /** With it, what a coalition of at most this total weight can close. */
  readonly budget?: number;
}

/** Seconds that HiGHS gets for a weighted question. */
const SOLVER_SECONDS = 60;

/** Minimum coalitions, complete and proven or marked otherwise. Throws InputError with what is wrong in the request. */
export async function answerMinimum(request: MinimumRequest, library: Library): Promise<MinimumAnswer> {
  const { base, byLaw = false } = request;
  const merged = library.merged(base.packs);
  if (!merged) {
    throw new InputError([
      { code: "unknown-name", message: `none of the packs \`${base.packs.join(", ")}\` is there` },
    ]);
  }
  const { required, forbidden, weights } = readStates(request);
  const scope = scopeOf(request, merged, library);
  const ranged = { ...potentialProblem(scope, base.target), required, forbidden };
  const { certain, possible } = minimalCoalitionsInRanges(ranged);
  const problem = atBound(ranged, "low");
  const usesLaw = byLaw ? byLawOf(request, scope, { required, forbidden }, library) : [];
  const weighted = request.weights || request.budget !== undefined;
  return {
    schema: "entente/minimum@1",
    minimum: [
      ...usesLaw,
      { ...describeSolution(scope, certain), by: "potential", bound: "certain" },
      { ...describeSolution(scope, possible), by: "potential", bound: "possible" },
    ],
    ...(request.front && { front: frontOf(problem) }),
    ...(weighted && { weighted: await weigh(problem, weights, request.budget) }),
    notices: merged.pack.notice?.split("\n") ?? [],
    digest: { rules: library.book().hash, data: merged.hash, engine: hashText(ENGINE) },
    notModelled: [
      ...(byLaw ? [] : ["law: this counts what states supply, so what they could close"]),
      "supply that no state is named for: it counts for nobody",
      "spare capacity",
    ],
  };
}

/** Classes or goal of the request with their shares, and what of them must close. */
function scopeOf(request: MinimumRequest, merged: MergedPacks, library: Library): MinimumScope {
  const { base, threshold, atLeast } = request;
  const { pack } = merged;
  const goal = request.goal === undefined ? undefined : resolveGoal(pack, request.goal);
  const inGoal = new Set(goal?.needs.flatMap((n) => n.any.flatMap((a) => a.classes)));
  const classes = goal
    ? pack.classes.filter((c) => inGoal.has(c.id))
    : leavesUnless(resolveClasses(pack, request.classes ?? base.classes), request.classes);
  const contexts = request.byLaw
    ? buildContexts(base, library.book().book, merged, classes, goal ? [goal] : [])
    : classes.map((cls) => newestContext(merged, cls));
  const need = goal ? { goal: goal.id } : atLeast === undefined ? { fraction: 1 } : { atLeast };
  const scope = goal?.title ?? (request.classes ?? base.classes).join(", ");
  return minimumScope({ scope, threshold, need }, goal, contexts);
}

/** A class with its newest shares, the law left aside. */
function newestContext({ pack }: MergedPacks, cls: TechnologyClass): ClassContext {
  const years = pack.shares
    .filter((s) => s.class === cls.id && s.level !== "firm")
    .map((s) => Number(s.period.slice(0, 4)));
  const shares = sharesAt(pack, cls.id, Math.max(...years, 1900));
  return { cls, shares, vintages: [shares], ownOverTime: [], items: [], hs6: [] };
}

/** By the law of the day of the case: what is certainly closed, and what certainly needs a licence. */
function byLawOf(
  { base, goal }: MinimumRequest,
  scope: MinimumScope,
  { required, forbidden }: { readonly required: readonly State[]; readonly forbidden: readonly State[] },
  library: Library,
): MinimumEntry[] {
  const { book } = library.book();
  const { asOf: date, target, cast } = base;
  const adopts = Map.groupBy(base.adopt, (a) => a.state);
  const merged = library.merged(base.packs)!;
  const maker: Goal | undefined = goal === undefined ? undefined : resolveGoal(merged.pack, goal);
  return (["closed", "controlled"] as const).map((grade): MinimumEntry => {
    const found = minimalByLaw({
      engineOf: (members) => library.engine({ book, date, target, cast, members, adopt: [] }),
      adopts: new Map([...adopts].map(([s, rules]) => [s, rules.map((a) => a.rule)])),
      candidates: suppliersOf(scope, target),
      target,
      rows: scope.rows,
      need: scope.need.certain,
      threshold: scope.threshold,
      probe: maker?.probe ?? base.probe,
      grade,
      required,
      forbidden,
    });
    return { ...describeSolution(scope, found), by: grade, bound: "certain" };
  });
}

/** Several classes are counted; one class or a goal is met at a higher or a lower threshold. */
function frontOf(problem: CoverProblem): CoalitionFront {
  const parts = countedParts(problem.need);
  return parts.length > 1 ? frontByCount(problem, parts) : frontByShare(problem);
}

async function weigh(
  problem: CoverProblem,
  weights: ReadonlyMap<State, number>,
  budget: number | undefined,
): Promise<WeightedAnswer> {
  const { startHighs } = await import("./run-highs.ts");
  const { solve, close } = startHighs(SOLVER_SECONDS);
  try {
    const parts = countedParts(problem.need);
    const found =
      budget === undefined
        ? await cheapestCoalition({ ...problem, weights }, solve)
        : await mostWithin({ ...problem, weights }, parts, budget, solve);
    return { ...found, budget: budget ?? null, of: budget === undefined ? 1 : parts.length };
  } finally {
    await close();
  }
}

/** The states that the request names. Throws InputError with every one that is none. */
function readStates({ required, forbidden, weights }: MinimumRequest) {
  const read = { required: [] as State[], forbidden: [] as State[], weights: new Map<State, number>() };
  gather<unknown>([
    () => (read.required = statesOf(required, "--with")),
    () => (read.forbidden = statesOf(forbidden, "--without")),
    () => (read.weights = weightsOf(weights)),
  ]);
  return read;
}

function statesOf(texts: readonly string[] = [], option: string): State[] {
  const states = texts.map((text) => [text, parseState(text)] as const);
  const wrong = states.filter(([, s]) => s === undefined);
  if (wrong.length > 0) throw new InputError(wrong.map(([text]) => ({ ...unknownState(text), at: { file: option } })));
  return states.map(([, s]) => s!);
}

function weightsOf(texts: readonly string[] = []): Map<State, number> {
  const pairs = texts.map((text) => text.split("=") as [string, string | undefined]);
  const bad = pairs.filter(([, n]) => n === undefined || n === "" || !Number.isFinite(Number(n)) || Number(n) < 0);
  let states: State[] = [];
  gather<unknown>([
    () => {
      if (bad.length > 0) throw new InputError(bad.map(badWeight));
    },
    () =>
      (states = statesOf(
        texts.map((text) => text.split("=")[0]!),
        "--weights",
      )),
  ]);
  return new Map(states.map((s, i): [State, number] => [s, Number(pairs[i]![1])]));
}

function badWeight(pair: readonly (string | undefined)[]): Problem {
  return {
    code: "bad-value",
    message: `\`${pair.filter((x) => x !== undefined).join("=")}\` is no weight`,
    hint: "write STATE=NUMBER, such as USA=3",
    at: { file: "--weights" },
  };
}

/** Groups and types stand for their leaves; a class that is named alone stands for itself. */
function leavesUnless<T extends { readonly id: string; readonly leaf: boolean }>(
  classes: readonly T[],
  named: readonly string[] | undefined,
): T[] {
  return classes.filter((c) => c.leaf || (named?.length === 1 && named[0] === c.id && classes.length === 1));
}
