import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { type IsoDate, isoDate } from "../src/domain/dates.ts";
import type { State } from "../src/domain/states.ts";
import type { TextFile } from "../src/input/text-file.ts";
import type { RuleBook } from "../src/law/book.ts";
import { compileRegime, type SeverityRange } from "../src/law/compile-fast.ts";
import { type Facts, type FactValue, point } from "../src/law/condition.ts";
import { factRow } from "../src/law/fact-row.ts";
import { closeClaims, NEVER } from "../src/law/facts.ts";
import { judgePrepared, type RegimeAnswer } from "../src/law/judge.ts";
import { parseRuleBook } from "../src/law/parse-book.ts";
import { type Prepared, prepare } from "../src/law/specialise.ts";
import { folderStore } from "../src/workbench/store.ts";
import { mulberry32 } from "../test/random.ts";
import { type BenchTable, timed } from "./bench-table.ts";
import { cedar } from "./peers/cedar.ts";
import { jsonLogicEngine } from "./peers/json-logic-engine.ts";
import { jsonRulesEngine } from "./peers/json-rules-engine.ts";
import { factsIn, type LoadedPeer, type Peer, type RowAnswer, type RuleRow, rowsOf } from "./peers/rule-row.ts";
import { zenEngine } from "./peers/zen-engine.ts";

const ROOT = join(import.meta.dirname, "..");
const PEERS: readonly Peer[] = [jsonLogicEngine, jsonRulesEngine, zenEngine, cedar];
const REGIMES = ["JPN", "NLD", "EUU"] as const;
const DATE = isoDate("2026-09-01");
/** Rules on technology, software and services repeat the lists of goods. */
const NOT_GOODS = /(technology|programs|software|servicing)$/;
const TRANSACTIONS = 10_000;
const SEED = 72_023;
/** A slow peer is timed on the first of the transactions, as many as it manages in about the one time, and its answers are compared for as long as the other. */
const PEER_SECONDS = 4;
const COMPARING_SECONDS = 30;
const AIMS = { verdict: 250_000, trace: 60_000, timesBestPeer: 10 };
const COLUMNS = ["engine", "asked", "decisions/s", "ours is faster", "aim/s", "transactions", "compared"];

interface RuleSet {
  readonly prepared: readonly Prepared[];
  readonly rows: readonly RuleRow[];
  readonly leftOut: readonly string[];
}

/** Decisions a second of our engine and of four others, on the same rules and transactions, answers compared first. */
export async function run(): Promise<BenchTable> {
  const load = loadavg()[0] ?? 0;
  const book = parseRuleBook(folderStore(ROOT).rules().filter(isOfRegimes));
  const set = ruleSet(book, DATE);
  const facts = transactions(book, set, TRANSACTIONS);
  const engines = set.prepared.map((prepared) => compileRegime(prepared));
  const inputs = facts.map((f) => factRow(book.facts, f));
  const expected = inputs.map((row) => rowAnswer(engines.map((engine) => engine.range(row))));
  checkInterpreter(set, facts, expected);
  const traced = inputs.map((row) => new Set(engines.flatMap((engine) => rulesThatHold(engine.judge(row)))));
  const ours = {
    verdict: await speed(inputs, (row) => engines.map((engine) => engine.range(row))),
    trace: await speed(inputs, (row) => engines.map((engine) => readWhole(engine.judge(row)))),
    input: await speed(facts, (f) => factRow(book.facts, f)),
    interpreted: await speed(facts, (f) => set.prepared.map((p) => judgePrepared(p, f))),
    interpretedTrace: await speed(facts, (f) => set.prepared.map((p) => readWhole(judgePrepared(p, f)))),
  };
  const peers: PeerResult[] = [];
  for (const peer of PEERS) peers.push(await measurePeer(peer, set.rows, { facts, expected, traced }));
  const best = (asked: "verdict" | "trace") => Math.max(...peers.flatMap((p) => p[asked]?.perSecond ?? []));
  return {
    name: "law",
    columns: COLUMNS,
    rows: [
      ["ours, compiled", "verdict", Math.round(ours.verdict), "-", AIMS.verdict, TRANSACTIONS, TRANSACTIONS],
      ...peers.map((p) => peerRow(p, "verdict", ours.verdict)),
      [
        "ours, interpreted",
        "verdict",
        Math.round(ours.interpreted),
        ours.verdict / ours.interpreted,
        "-",
        TRANSACTIONS,
        TRANSACTIONS,
      ],
      ["ours, compiled", "full trace", Math.round(ours.trace), "-", AIMS.trace, TRANSACTIONS, TRANSACTIONS],
      ...peers.map((p) => peerRow(p, "trace", ours.trace)),
      [
        "ours, interpreted",
        "full trace",
        Math.round(ours.interpretedTrace),
        ours.trace / ours.interpretedTrace,
        "-",
        TRANSACTIONS,
        TRANSACTIONS,
      ],
    ],
    notes: [
      `${set.rows.length} rows: the law of ${REGIMES.join(", ")} on ${DATE} for goods, a row for each list paragraph of each rule, for each exception and for each reason for which text that is not held may matter; left out because no peer can express them: ${set.leftOut.length === 0 ? "none" : set.leftOut.join(", ")}.`,
      `${TRANSACTIONS} generated transactions (seed ${SEED}) with all of the ${factsIn(set.rows).size} facts that the rows test; every engine gave the same answer to those compared before it was timed${mix(expected)}`,
      `Ours over the best peer: verdict ${ratio(ours.verdict / best("verdict"))}, full trace ${ratio(ours.trace / best("trace"))}; the aim is ${AIMS.timesBestPeer}. json-logic-engine has no trace: what is timed is which rows hold.`,
      `Each engine gets its own form of a transaction before the clock starts; ours, a row of facts, is made ${Math.round(ours.input)} times a second.`,
      "Ours, trace: each rule that holds with its citation, evidence, exceptions and what is missing, all of it read.",
      ...peers.map(({ peer, verdict }) =>
        verdict ? peer.note : `${peer.name}: missing (the package is not installed).`,
      ),
      `Median of 5 passes after 2 untimed ones; load average ${load.toFixed(1)} on ${availableParallelism()} cores: above the cores, compare ratios only.`,
    ],
  };
}

function isOfRegimes({ path }: TextFile): boolean {
  const folder = /rules\/([a-z]{3})\//.exec(path)?.[1]?.toUpperCase();
  return folder === undefined || (REGIMES as readonly string[]).includes(folder);
}

/** The law of the regimes on the day, and the same as rows; what rows cannot say is taken out of both. */
export function ruleSet(book: RuleBook, date: IsoDate): RuleSet {
  const isOfGoods = (id: string) => !NOT_GOODS.test(id);
  const whole = REGIMES.map((id) => {
    // No transaction of the benchmark relies on a saving: that is put in once and not kept with each.
    const closed = prepare(book, book.regimes.get(id as State)!, date, closeClaims(book.facts, {}));
    const p: Prepared = { ...closed, known: {}, claims: [] };
    return {
      ...p,
      // They are put in: what is left tests no claim.
      known: {},
      rules: p.rules.filter((r) => isOfGoods(r.rule.id)),
      holes: p.holes.filter((h) => isOfGoods(h.hole.id)),
    };
  });
  const leftOut = new Set(whole.flatMap((p) => rowsOf(p).leftOut));
  const isOut = (id: string) => [...leftOut].some((out) => out === id || out.startsWith(`${id}/`));
  const prepared = whole.map((p) => ({
    ...p,
    rules: p.rules.filter((open) => !isOut(open.rule.id)),
    holes: p.holes.filter(({ hole }) => !isOut(hole.id)),
  }));
  return { prepared, rows: prepared.flatMap((p) => rowsOf(p).rows), leftOut: [...leftOut].sort() };
}

/** Transactions with every fact that the rows test: states that the regimes know, and numbers around the thresholds. */
export function transactions(book: RuleBook, { rows }: RuleSet, count: number): Facts[] {
  const random = mulberry32(SEED);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const names = [...factsIn(rows)].sort();
  const thresholds = thresholdsIn(rows);
  const drawn = (name: string): FactValue => {
    const fact = book.facts.get(name)!;
    switch (fact.type) {
      case "boolean":
        return random() < 0.5;
      case "one-of":
        return one(fact.values!);
      case "set":
        return (fact.values ?? []).filter(() => random() < 0.3);
      case "text":
        return "a party";
      case "date":
        return NEVER;
      case "state":
        return one(
          name === "from"
            ? ["JPN", "JPN", "NLD", "NLD", "DEU", "FRA", "CHN"]
            : ["CHN", "CHN", "KOR", "TWN", "USA", "NLD"],
        );
      case "quantity": {
        const at = one(thresholds.get(name) ?? [1]);
        const value = Math.round(at * one([0.5, 0.9, 1, 1.1, 2]) * 1000) / 1000;
        return point(name === "litho.na" ? one([0.33, 0.6, 0.93, 1.2, 1.35]) : value);
      }
    }
  };
  return Array.from({ length: count }, () => Object.fromEntries(names.map((name) => [name, drawn(name)])));
}

function thresholdsIn(rows: readonly RuleRow[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>([["litho.wavelength", [13.5, 193, 248, 365]]]);
  const walk = (c: RuleRow["when"]): void => {
    if (c.op === "not") walk(c.of);
    else if ("of" in c) for (const x of c.of) walk(x);
    else if (c.op === "number") {
      const bounds = [c.bounds.low, c.bounds.high].filter(Number.isFinite);
      found.set(c.fact, [...(found.get(c.fact) ?? []), ...bounds]);
    }
  };
  for (const { when } of rows) walk(when);
  return found;
}

/** Several regimes as one: the strictest requirement, and whether any may want more. */
function rowAnswer(ranges: readonly SeverityRange[]): RowAnswer {
  return {
    severity: Math.max(...ranges.map((r) => r.atLeast)),
    hole: ranges.some((r) => r.atMost > r.atLeast),
  };
}

function checkInterpreter({ prepared }: RuleSet, facts: readonly Facts[], expected: readonly RowAnswer[]): void {
  for (const [i, f] of facts.entries()) {
    const answer = rowAnswer(prepared.map((p) => judgePrepared(p, f)));
    if (!same(answer, expected[i]!)) throw new Error(`compiled and interpreted answers differ at transaction ${i}`);
  }
}

function same(a: RowAnswer, b: RowAnswer): boolean {
  return a.severity === b.severity && a.hole === b.hole;
}

function rulesThatHold(answer: RegimeAnswer): string[] {
  return answer.findings.filter((f) => f.atLeast > 0).map((f) => f.rule);
}

/** Reads every part of an answer that is worked out when asked for; gives the number of parts. */
function readWhole({ findings, missing, holes, suspended, practice }: RegimeAnswer): number {
  let parts = missing.length + holes.length + suspended.length + practice.length;
  for (const f of findings) parts += f.exceptions.length + f.missing.length + f.evidence.length + f.cite.at.length;
  return parts;
}

async function speed<T>(inputs: readonly T[], ask: (input: T) => unknown): Promise<number> {
  const { median } = await timed(
    () => {
      for (const input of inputs) ask(input);
    },
    { runs: 5, warmup: 2 },
  );
  return (inputs.length / median) * 1000;
}

interface Checked {
  readonly facts: readonly Facts[];
  readonly expected: readonly RowAnswer[];
  readonly traced: readonly ReadonlySet<string>[];
}

interface PeerSpeed {
  readonly perSecond: number;
  readonly transactions: number;
}

interface PeerResult {
  readonly peer: Peer;
  /** Transactions on which its answer was compared. */
  readonly compared: number;
  readonly verdict: PeerSpeed | null;
  readonly trace: PeerSpeed | null;
}

async function measurePeer(peer: Peer, rows: readonly RuleRow[], checked: Checked): Promise<PeerResult> {
  const loaded = await peer.load(rows);
  if (!loaded) return { peer, compared: 0, verdict: null, trace: null };
  const inputs = checked.facts.map((f) => loaded.input(f));
  const compared = await checkPeer(peer, loaded, inputs, checked);
  const verdict = await speedOfPeer(inputs, loaded.verdict);
  return { peer, compared, verdict, trace: await speedOfPeer(inputs, loaded.trace) };
}

/** The same answer to every transaction, and the same rules in the trace. */
async function checkPeer(
  peer: Peer,
  loaded: LoadedPeer,
  inputs: readonly unknown[],
  checked: Checked,
): Promise<number> {
  const until = performance.now() + COMPARING_SECONDS * 1000;
  for (const [i, input] of inputs.entries()) {
    if (performance.now() > until) return i;
    const answer = await loaded.verdict(input);
    const expected = checked.expected[i]!;
    if (expected.severity === 5 ? answer.severity !== 5 : !same(answer, expected)) {
      throw new Error(
        `${peer.name} answers ${JSON.stringify(answer)} to transaction ${i}, ours ${JSON.stringify(expected)}`,
      );
    }
    if (i % 10 > 0) continue;
    const rules = new Set(loaded.rulesOf(await loaded.trace(input)).map(ruleOfRow));
    for (const rule of checked.traced[i]!) {
      if (![...rules].some((r) => r === rule || r.startsWith(`${rule}/`))) {
        throw new Error(`${peer.name} does not name \`${rule}\` for transaction ${i}`);
      }
    }
  }
  return inputs.length;
}

function ruleOfRow(id: string): string {
  return id.slice(0, id.lastIndexOf("#"));
}

async function speedOfPeer(inputs: readonly unknown[], ask: (input: unknown) => unknown): Promise<PeerSpeed> {
  const pass = async (list: readonly unknown[]) => {
    for (const input of list) {
      const answer = ask(input);
      if (answer instanceof Promise) await answer;
    }
  };
  const start = performance.now();
  const trial = inputs.slice(0, 50);
  await pass(trial);
  const each = (performance.now() - start) / trial.length;
  const list = inputs.slice(0, Math.max(50, Math.min(inputs.length, Math.floor((PEER_SECONDS * 1000) / each / 6))));
  const { median } = await timed(() => pass(list), { runs: 5, warmup: 1 });
  return { perSecond: (list.length / median) * 1000, transactions: list.length };
}

function peerRow(
  { peer, compared, ...speeds }: PeerResult,
  asked: "verdict" | "trace",
  ours: number,
): (string | number)[] {
  const speed = speeds[asked];
  const what = asked === "trace" ? "full trace" : asked;
  if (!speed) return [peer.name, what, "missing", "-", "-", "-", "-"];
  return [peer.name, what, Math.round(speed.perSecond), ours / speed.perSecond, "-", speed.transactions, compared];
}

function mix(expected: readonly RowAnswer[]): string {
  const part = (what: (a: RowAnswer) => boolean) =>
    `${Math.round((100 * expected.filter(what).length) / expected.length)} %`;
  return `: ${part((a) => a.severity > 0)} need a licence, ${part((a) => a.hole)} touch text that is not held.`;
}

function ratio(x: number): string {
  return Number.isFinite(x) ? `${x >= 100 ? x.toFixed(0) : x.toPrecision(3)} times` : "no peer";
}
