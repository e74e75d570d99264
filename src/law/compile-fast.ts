import type { Facts, FactValue } from "./condition.ts";
import { closeCondition, FALSE, type Test, TRUE, UNKNOWN } from "./condition-closure.ts";
import { type FactRow, factPlaces } from "./fact-row.ts";
import { judgePrepared, type RegimeAnswer, type Severity, verdictOf } from "./judge.ts";
import type { Scene } from "./kleene.ts";
import { type OpenRule, type Prepared, type Residual, simplify } from "./specialise.ts";

/** A verdict without its reasons. */
export type SeverityRange = Pick<RegimeAnswer, "verdict" | "policy" | "atLeast" | "atMost">;

/** A prepared regime for many transactions. Both functions say what `judgePrepared` says of the same facts. */
export interface CompiledRegime {
  /** The verdict alone. */
  readonly range: (row: FactRow) => SeverityRange;
  /** The whole answer with its reasons. */
  readonly judge: (row: FactRow) => RegimeAnswer;
}

/** Facts whose values choose a branch, and how many branches are kept. */
export interface CompileOptions {
  readonly branchOn?: readonly string[];
  readonly mostBranches?: number;
}

/** Beyond this many branches a transaction is judged by the rules as far as they are divided already. */
const MOST_BRANCHES = 4096;
const BRANCHING_FACTS = 2;

/**
 * Compiles a regime for many transactions: the rules are divided by the facts that most of them test, a branch is made
 * when a transaction first comes to it, and in it conditions are functions and effects are looked up. What a rule and its
 * exceptions do together is asked of `judgePrepared`, once for each set of exceptions that apply; an answer that turns on
 * an unknown fact, and one on assigned list codes, is left to it whole.
 */
export function compileRegime(prepared: Prepared, options: CompileOptions = {}): CompiledRegime {
  const branchOn = options.branchOn ?? mostTested(prepared);
  const slow = ({ facts }: FactRow) => judgePrepared(prepared, facts);
  const slowRange = (row: FactRow) => rangeOf(slow(row));
  const root = branchOf(prepared, slowRange);
  let left = options.mostBranches ?? MOST_BRANCHES;
  const places = branchOn.map((fact) => factPlaces(prepared.book.facts).get(fact)!);
  const find = ({ values }: FactRow): RangeFunction => {
    let branch = root;
    for (let i = 0; i < branchOn.length; i++) {
      const fact = branchOn[i]!;
      const value = values[places[i]!];
      let next = branch.children.get(value);
      if (next === undefined) {
        if (left === 0) break;
        left -= 1;
        const further = value === undefined ? branch.prepared : putIn(branch.prepared, { [fact]: value });
        next = branchOf(further, slowRange);
        branch.children.set(value, next);
      }
      branch = next;
    }
    return branch.compiled();
  };
  const reach = reachOf(prepared);
  if (reach.verdict === "undetermined") return { range: slowRange, judge: slow };
  const codes = factPlaces(prepared.book.facts).get("item.classified") ?? -1;
  const outside = reachOf({ ...prepared, subject: false });
  const reached = closeCondition(prepared.subject, sceneOfPrepared(prepared));
  return {
    range: (row) => {
      if (row.values[codes] !== undefined) return rangeOf(slow(row));
      const truth = reached(row);
      if (truth === FALSE) return NOT_SUBJECT;
      return truth === TRUE ? find(row)(row) : rangeOf(slow(row));
    },
    judge: (row) => {
      if (row.values[codes] !== undefined) return slow(row);
      return reached(row) === FALSE ? outside : slow(row);
    },
  };
}

/** Without rules and holes only the reach is left: nothing is subject, or what is subject is not held in text, or neither. */
function reachOf(prepared: Prepared): RegimeAnswer {
  return judgePrepared({ ...prepared, rules: [], holes: [] }, {});
}

function sceneOfPrepared({ book, regime, date, known }: Prepared): Scene {
  return { book, regime: regime.id, date, facts: known };
}

interface Branch {
  readonly prepared: Prepared;
  readonly children: Map<FactValue | undefined, Branch>;
  readonly compiled: () => RangeFunction;
}

/** It takes it as given that the transaction is subject, and takes no assigned list codes. */
type RangeFunction = CompiledRegime["range"];

function branchOf(prepared: Prepared, slow: RangeFunction): Branch {
  let compiled: RangeFunction | undefined;
  return { prepared, children: new Map(), compiled: () => (compiled ??= compileBranch(prepared, slow)) };
}

/** The facts of few values that most rules and holes test by equality or membership, most tested first. */
function mostTested({ book, rules, holes, subject, known }: Prepared): string[] {
  const counts = new Map<string, number>();
  for (const { left } of [...rules, ...holes, { left: subject }]) {
    const names = new Set<string>();
    testedIn(left, names);
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .filter(([name]) => book.facts.get(name)?.type === "one-of" && known[name] === undefined)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, BRANCHING_FACTS)
    .map(([name]) => name);
}

/** Facts that a condition tests by equality or membership. */
function testedIn(c: Residual, into: Set<string>): void {
  if (typeof c === "boolean") return;
  if (c.op === "all" || c.op === "any") for (const x of c.of) testedIn(x, into);
  else if (c.op === "not") testedIn(c.of, into);
  else if (c.op === "is" || c.op === "in") into.add(c.fact);
}

/** The prepared regime with further facts put in; what they decide against is dropped. */
function putIn(prepared: Prepared, further: Facts): Prepared {
  const known = { ...prepared.known, ...further };
  const scene = sceneOfPrepared({ ...prepared, known });
  const put = (left: Residual) => (typeof left === "boolean" ? left : simplify(left, scene));
  return {
    ...prepared,
    known,
    subject: put(prepared.subject),
    rules: keepOpen(prepared.rules, put).map((open) => ({ ...open, exceptions: keepOpen(open.exceptions, put) })),
    holes: keepOpen(prepared.holes, put),
  };
}

function keepOpen<T extends { readonly left: Residual }>(parts: readonly T[], put: (left: Residual) => Residual): T[] {
  return parts.flatMap((part) => {
    const left = put(part.left);
    return left === false ? [] : [{ ...part, left }];
  });
}

interface FastRule {
  readonly holds: Test;
  /** Tests of its exceptions, in the order of the bits of a mask. */
  readonly exceptions: readonly Test[];
  /** What it requires when the exceptions of the mask apply; undefined where they collide. */
  readonly effect: (mask: number) => Severity | undefined;
  /** The most that it can require; 5 where exceptions can collide, so that it is never passed over. */
  readonly most: Severity;
}

/** Beyond this many exceptions in one rule of a branch the answer is left to `judgePrepared`. */
const MOST_EXCEPTIONS = 10;
const FEW_EXCEPTIONS = 4;

/** What does not fit into functions, and what turns on unknown facts, is left to `slow`. */
function compileBranch(prepared: Prepared, slow: RangeFunction): RangeFunction {
  if (prepared.subject === true && prepared.rules.length === 0 && prepared.holes.length === 0) return () => SETTLED[0]!;
  const many = prepared.rules.some(({ exceptions }) => exceptions.length > MOST_EXCEPTIONS);
  return many ? slow : rangeFunction(prepared, slow);
}

function rangeFunction(prepared: Prepared, slow: RangeFunction): RangeFunction {
  const scene = sceneOfPrepared(prepared);
  const rules = prepared.rules.flatMap((open) => fastRule(open, prepared, scene) ?? []).sort((a, b) => b.most - a.most);
  const holes = prepared.holes.map((hole) => closeCondition(hole.left, scene));
  return (row) => {
    let required: Severity = 0;
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i]!;
      if (rule.most <= required && rule.most < 5) break;
      const holds = rule.holds(row);
      if (holds === FALSE) continue;
      const mask = holds === UNKNOWN ? -1 : maskOf(rule.exceptions, row);
      const effect = mask < 0 ? undefined : rule.effect(mask);
      if (effect === undefined) return slow(row);
      if (effect > required) required = effect;
    }
    for (let i = 0; i < holes.length; i++) if (holes[i]!(row) !== FALSE) return OPEN[required]!;
    return SETTLED[required]!;
  };
}

/** Bits of the exceptions that apply; -1 where one is undecided. */
function maskOf(exceptions: readonly Test[], row: FactRow): number {
  let mask = 0;
  for (let i = 0; i < exceptions.length; i++) {
    const applies = exceptions[i]!(row);
    if (applies === UNKNOWN) return -1;
    if (applies === TRUE) mask |= 1 << i;
  }
  return mask;
}

/** Undefined for a rule that is not enforced on the day. */
function fastRule(open: OpenRule, prepared: Prepared, scene: Scene): FastRule | undefined {
  const alone = (mask: number): RegimeAnswer =>
    judgePrepared(
      {
        ...prepared,
        subject: true,
        holes: [],
        rules: [
          {
            ...open,
            left: true,
            exceptions: open.exceptions.flatMap((e, i) => (mask & (1 << i) ? [{ ...e, left: true }] : [])),
          },
        ],
      },
      {},
    );
  if (alone(0).suspended.length > 0) return undefined;
  const effects = new Map<number, Severity>();
  const effect = (mask: number): Severity | undefined => {
    const found = effects.get(mask);
    if (found !== undefined) return found;
    const answer = withoutCollision(() => alone(mask));
    if (answer === undefined || answer.atLeast !== answer.atMost) return undefined;
    effects.set(mask, answer.atLeast);
    return answer.atLeast;
  };
  return {
    holds: closeCondition(open.left, scene),
    exceptions: open.exceptions.map((e) => closeCondition(e.left, scene)),
    effect,
    most: mostOf(effect, open.exceptions.length),
  };
}

/** Every set of a few exceptions is tried; of many, it is as if they could collide. */
function mostOf(effect: FastRule["effect"], exceptions: number): Severity {
  if (exceptions > FEW_EXCEPTIONS) return 5;
  const effects = Array.from({ length: 1 << exceptions }, (_, mask) => effect(mask) ?? 5);
  return Math.max(...effects) as Severity;
}

function withoutCollision(ask: () => RegimeAnswer): RegimeAnswer | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Error && error.name === "InputError") return undefined;
    throw error;
  }
}

function rangeOf({ verdict, policy, atLeast, atMost }: SeverityRange): SeverityRange {
  return policy === undefined ? { verdict, atLeast, atMost } : { verdict, policy, atLeast, atMost };
}

const NOT_SUBJECT: SeverityRange = { verdict: "not-subject", atLeast: 0, atMost: 0 };
const SEVERITIES = [0, 1, 2, 3, 4, 5] as const;

/** Answers by what is required with certainty: where nothing more is possible, and where text that is not held may matter. */
const SETTLED: readonly SeverityRange[] = SEVERITIES.map((s) => answerOf(s, s));
const OPEN: readonly SeverityRange[] = SEVERITIES.map((s) => answerOf(s, 5));

function answerOf(atLeast: Severity, atMost: Severity): SeverityRange {
  return { ...verdictOf(atLeast, atMost), atLeast, atMost };
}
