import { InputError } from "../domain/errors.ts";
import { tradeBaseOf } from "../economy/base-pack.ts";
import type { BaseNote } from "../economy/base-pack-result.ts";
import type { ElasticitySet } from "../economy/elasticities.ts";
import { readBase } from "../economy/read-base.ts";
import { type SolvedBase, solveBase } from "../economy/solve.ts";
import {
  type SecurityRange,
  type Stability,
  type StableCoalitions,
  stabilityOf,
  stableCoalitions,
} from "../economy/stability.ts";
import { type CoalitionOutcome, type SweepMember, welfareTable } from "../economy/sweep.ts";
import { type MemberTerms, namesOf, termsOf } from "../economy/terms.ts";
import { smallestTransfers, type Transfers } from "../economy/terms-transfers.ts";
import { readBaseFiles } from "../importers/read-base-files.ts";
import type { TextFile } from "../input/text-file.ts";
import { placeOf } from "../input/yaml-file.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import { jsonOf } from "./solve.ts";
import { DEFAULT_SET, filesOf, noteOf, setOf, titled } from "./solve-base.ts";
import type { Store } from "./store.ts";
import { readSweep } from "./sweep-file.ts";
import { openSweepRecord } from "./sweep-record.ts";
import { runSweep, type SweepRunOptions } from "./sweep-run.ts";

/** What is asked of a sweep of coalitions. */
export interface SweepRequest extends SweepRunOptions {
  /** A base of the store by name, or a file in the layout of Caliendo and Parro. */
  readonly base: string | TextFile;
  /** Trade elasticities of a named base. */
  readonly elasticities?: string;
  readonly sweep: TextFile;
  /** Where results are kept and taken up again. */
  readonly record?: string;
  /** Security value of being in, as a fraction of the member's income; 0 where left out. */
  readonly security?: SecurityRange;
}

/** The answer to `entente sweep`; terms, transfers and stability only where every coalition was tried. */
export interface SweepResult {
  readonly schema: "entente/sweep@1";
  readonly status: "done" | "stopped";
  /** Of a named base: what it takes for granted, its licence, and the elasticities; its money is millions of US dollars. */
  readonly base?: BaseNote;
  readonly elasticities?: Omit<ElasticitySet, "theta">;
  readonly solved: number;
  readonly total: number;
  /** Of those, taken up from the record; and lines of it that were spoilt. */
  readonly resumed: number;
  readonly dropped: number;
  readonly members: readonly { readonly id: string; readonly income: number }[];
  readonly coalitions: readonly SweepCoalition[];
  readonly terms?: readonly MemberTerms[];
  readonly security: SecurityRange;
  /** Smallest transfers within the coalition of all, at the low and at the high security value. */
  readonly transfers?: { readonly low: Transfers; readonly high: Transfers };
  readonly stability?: Stability;
  readonly stable?: StableCoalitions;
  readonly digest: { readonly data: string; readonly engine: string };
  readonly notModelled: readonly string[];
}

/** One coalition: how the solution ended, and by member the equivalent variation against the base year, null where there is none. */
export interface SweepCoalition extends Pick<CoalitionOutcome, "coalition" | "termination" | "residual"> {
  readonly members: readonly string[];
  readonly change: Readonly<Record<string, number | null>>;
}

const NOT_MODELLED = [
  "security: the benefit of what is not sold is no part of the model; a range is put in by the reader",
  "bargaining: who would pay whom is shown as the least that is enough, not as what would be agreed",
  "answers to each coalition that the sweep file does not give as rows of a member",
  "time: each coalition is a new equilibrium, not the way to it",
];

/** Solves every coalition of a sweep and works out its terms. Throws InputError with every problem of both files. */
export async function sweepFiles(request: SweepRequest, store: Store): Promise<SweepResult> {
  const given = baseOf(request, store);
  const base = solveBase(given.base);
  if (base.equilibrium.termination !== "converged") throw unbalanced(given.name, base);
  const members = readSweep(request.sweep, base.base);
  const data = hashText(`${given.text}\n${request.sweep.text}`);
  const engine = hashText(ENGINE);
  const record = openSweepRecord(request.record, hashText(`${data}${engine}`));
  try {
    const outcomes = await runSweep({ base, members }, record, request);
    return {
      ...given.note,
      ...answer(members, base.equilibrium.income, outcomes, request.security ?? { low: 0, high: 0 }),
      resumed: record.known.size,
      dropped: record.dropped,
      digest: { data, engine },
      notModelled: NOT_MODELLED,
    };
  } finally {
    record.close();
  }
}

function baseOf({ base, elasticities = DEFAULT_SET }: SweepRequest, store: Store) {
  if (typeof base !== "string")
    return { name: base.path, text: base.text, base: readBase(jsonOf(base), (path) => placeOf(base, path)) };
  const files = filesOf(store, base);
  const pack = readBaseFiles(files);
  const set = setOf(pack, elasticities);
  const text = [elasticities, ...files.map((f) => f.text)].join("\n");
  return { name: base, text, base: tradeBaseOf(pack, set), note: { base: noteOf(pack), elasticities: titled(set) } };
}

function unbalanced(file: string, { equilibrium }: SolvedBase): InputError {
  const message = `no equilibrium of the base was found (${equilibrium.termination}, imbalance ${equilibrium.residual})`;
  return new InputError([{ code: "bad-value", message, at: { file } }]);
}

type Answer = Omit<SweepResult, "base" | "elasticities" | "resumed" | "dropped" | "digest" | "notModelled">;

function answer(
  members: readonly SweepMember[],
  incomes: Float64Array,
  outcomes: readonly CoalitionOutcome[],
  security: SecurityRange,
): Answer {
  const table = welfareTable(members, incomes, outcomes);
  const total = 1 << members.length;
  const all = total - 1;
  const income = members.map((m) => m.countries.reduce((sum, n) => sum + incomes[n]!, 0));
  const valued = (factor: number) => income.map((x) => x * factor);
  const ranges = income.map((x) => ({ low: x * security.low, high: x * security.high }));
  const isDone = outcomes.length === total;
  return {
    schema: "entente/sweep@1",
    status: isDone ? "done" : "stopped",
    solved: outcomes.length,
    total,
    members: members.map(({ id }, m) => ({ id, income: income[m]! })),
    coalitions: outcomes.map(({ coalition, termination, residual }) => ({
      coalition,
      members: namesOf(table.members, coalition),
      termination,
      residual,
      change: Object.fromEntries(members.map(({ id }, m) => [id, table.change[coalition]?.[m] ?? null])),
    })),
    security,
    ...(isDone && {
      terms: termsOf(table, all),
      transfers: {
        low: smallestTransfers(table, all, valued(security.low)),
        high: smallestTransfers(table, all, valued(security.high)),
      },
      stability: stabilityOf(table, all, ranges),
      stable: stableCoalitions(table, income, security),
    }),
  };
}
