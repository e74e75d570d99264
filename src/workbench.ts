import type { Assessment } from "./closure/assessment.ts";
import type { Case } from "./closure/case.ts";
import { parseCase } from "./closure/parse-case.ts";
import type { AllianceAnswer } from "./coalition/alliance-result.ts";
import { gather } from "./domain/gather.ts";
import type { Source } from "./domain/sourced.ts";
import type { NamedSolve } from "./economy/base-pack-result.ts";
import type { DeskResult } from "./economy/desk.ts";
import type { SolveResult } from "./economy/solve.ts";
import type { TextFile } from "./input/text-file.ts";
import { findRule, type Rule } from "./law/book.ts";
import type { CheckResult } from "./law/check-result.ts";
import type { Explanation } from "./law/derivation.ts";
import type { GapsResult } from "./law/gaps/gaps-result.ts";
import type { CollisionLint } from "./law/lint-collisions.ts";
import type { NextQuestion } from "./law/next-question.ts";
import { runRuleCases } from "./law/rule-cases.ts";
import type { AllianceRequest } from "./workbench/alliance.ts";
import { assessCase } from "./workbench/assess.ts";
import type { CheckOptions, RunningCheck } from "./workbench/check-file.ts";
import type { DeskRequest } from "./workbench/desk.ts";
import { checkExpectations, type ExpectationResult } from "./workbench/expectations.ts";
import type { ExplainOptions } from "./workbench/explain.ts";
import type { GapsOptions } from "./workbench/gaps.ts";
import { libraryKnownOn } from "./workbench/known-library.ts";
import { checkClasses, type Overrides, overrideCase } from "./workbench/question.ts";
import type { ElasticityOptions } from "./workbench/solve-base.ts";
import { folderStore, Library, type Store } from "./workbench/store.ts";
import type { SweepRequest, SweepResult } from "./workbench/sweep.ts";
import type { TransactionSource } from "./workbench/transactions.ts";

export { ENGINE } from "./workbench/engine.ts";

export const DEFAULT_CASE = "chip-tools-2023";

/** The use cases of Entente, one method each. Rules and packs are read once and kept. */
export interface Workbench {
  readonly library: Library;
  /** The case of that id (`chip-tools-2023`) or path, with what the caller changes in it. */
  readonly question: (id: string, overrides?: Overrides) => Case;
  /** Answers a case: does the coalition close the choke point, what leaks, when does it bite, who next. */
  readonly assess: (id: string, overrides?: Overrides) => Assessment;
  /** The same for a case file that is not in the store. */
  readonly assessFile: (file: TextFile, overrides?: Overrides) => Assessment;
  /** Answers a case, by id or as a file, whose further members an envelope holds: what is so under each of its memberships. */
  readonly assessUnder: (envelope: TextFile, asked: string | TextFile, overrides?: Overrides) => Promise<Assessment>;
  /** A rule with the sources that it cites; undefined when there is none of that id. */
  readonly rule: (id: string) => RuleView | undefined;
  readonly ruleIds: () => readonly string[];
  /** Puts the transactions of a `.cases.yaml` file to the law and holds the answers against what they expect. */
  readonly ruleCases: (file: TextFile) => ReturnType<typeof runRuleCases>;
  /** Exceptions of the rules held that can apply together and say different things, and rules that were not decided. */
  readonly collisions: () => Promise<CollisionLint>;
  /** The case's own `expect:` lines held against its assessment. */
  readonly expectations: (id: string) => readonly ExpectationResult[];
  /** Puts the transactions of a file (YAML, JSON, JSONL, CSV) to the law. */
  readonly check: (file: TextFile, options?: CheckOptions) => Promise<CheckResult>;
  /** The same for a file of any length, which is read piece by piece and never held as a whole. */
  readonly checkStream: (
    source: TransactionSource,
    options?: CheckOptions,
    tell?: (read: number) => void,
  ) => Promise<RunningCheck>;
  /** How the law comes to its answer on one transaction of a file; the id may be left out where there is one alone. */
  readonly explain: (
    source: TransactionSource,
    id: string | undefined,
    options?: ExplainOptions,
  ) => Promise<Explanation>;
  /** The next fact worth finding out about one transaction of a file. */
  readonly ask: (source: TransactionSource, id: string | undefined, options?: CheckOptions) => Promise<NextQuestion>;
  /** One alliance in full, a list of all, or several beside each other. */
  readonly alliances: (request: AllianceRequest) => Promise<AllianceAnswer>;
  /** Every region of the parameters that the law of one state controls and that of another does not. */
  readonly gaps: (options: GapsOptions) => Promise<GapsResult>;
  /** The trade model alone: a base and a scenario, both JSON. */
  readonly solve: (base: TextFile, scenario: TextFile) => Promise<SolveResult>;
  /** A scenario on a base of the folder `bases/`, with one set of trade elasticities or over all published ones. */
  readonly solveNamed: (base: string, scenario: TextFile, options?: ElasticityOptions) => Promise<NamedSolve>;
  /** Every coalition of up to 12 members in the trade model, and the terms that follow; may be stopped and taken up again. */
  readonly sweep: (request: SweepRequest) => Promise<SweepResult>;
  /** One state's desk: what it stands to lose and to win, and how the target can hit back. */
  readonly desk: (request: DeskRequest) => Promise<DeskResult>;
}

export interface RuleView {
  readonly rule: Rule;
  readonly sources: ReadonlyMap<string, Source>;
}

/** What puts transactions to the law, loaded when it is asked for. */
const transactionUses = () => import("./workbench/check-file.ts");

/** A workbench over the folders under `root`, or over a store of texts. */
export function createWorkbench(rootOrStore: string | Store): Workbench {
  const library = new Library(typeof rootOrStore === "string" ? folderStore(rootOrStore) : rootOrStore);
  const read = (file: TextFile, overrides: Overrides): Case => {
    // What is wrong with the case or the rules comes out together, then what is wrong with packs, changes and classes.
    const [c] = gather<Case | undefined>([() => parseCase(file), () => void library.book()]);
    const [changed] = gather<Case | undefined>([
      () => overrideCase(c!, overrides, library.book().book),
      () => checkClasses(c!, overrides, library),
    ]);
    return changed!;
  };
  const question = (id: string, overrides: Overrides = {}) => read(library.caseFile(id), overrides);
  return {
    library,
    question,
    assess: (id, overrides) => assessCase(question(id, overrides), libraryKnownOn(library, overrides?.knownOn)),
    assessFile: (file, overrides = {}) => assessCase(read(file, overrides), libraryKnownOn(library, overrides.knownOn)),
    assessUnder: async (envelope, asked, overrides = {}) => {
      const ask = () => (typeof asked === "string" ? question(asked, overrides) : read(asked, overrides));
      return (await import("./workbench/disclose-answer.ts")).assessUnder(envelope, ask, library);
    },
    rule: (id) => {
      const { book } = library.book();
      const rule = findRule(book, id);
      return rule && { rule, sources: book.sources };
    },
    ruleIds: () => [...library.book().book.regimes.values()].flatMap((r) => r.rules.map((x) => x.id)),
    ruleCases: (file) => runRuleCases(file, library.book().book),
    collisions: async () => (await import("./law/lint-collisions.ts")).lintCollisions(library.book().book),
    expectations: (id) => {
      const c = question(id);
      return c.expect.length === 0 ? [] : checkExpectations(assessCase(c, library), c.expect);
    },
    check: async (file, options = {}) => (await transactionUses()).checkFile(file, options, library),
    checkStream: async (source, options = {}, tell) =>
      (await transactionUses()).startCheck(source, options, library, tell),
    explain: async (source, id, options = {}) =>
      (await import("./workbench/explain.ts")).explainTransaction(source, id, options, library),
    solve: async (base, scenario) =>
      (await import("./workbench/solve.ts")).solveFiles(base, scenario, () => performance.now()),
    solveNamed: async (base, scenario, options = {}) =>
      (await import("./workbench/solve-base.ts")).solveNamed(library.store, base, {
        ...{ scenario, options, clock: () => performance.now() },
      }),
    sweep: async (request) => (await import("./workbench/sweep.ts")).sweepFiles(request, library.store),
    desk: async (request) => {
      const { answerDesk, deskOverrides } = await import("./workbench/desk.ts");
      const { state, changes } = deskOverrides(request, question(request.case).target);
      return answerDesk(state, question(request.case, changes), library);
    },
    ask: async (source, id, options = {}) => (await import("./workbench/ask.ts")).askNext(source, id, options, library),
    alliances: async (request) => (await import("./workbench/alliance.ts")).answerAlliances(request, library),
    gaps: async (options) => (await import("./workbench/gaps.ts")).answerGaps(options, library),
  };
}
