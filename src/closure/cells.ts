import type { IsoDate } from "../domain/dates.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import { type Evidence, type Grade, type Policy, type Reach, weakest } from "../domain/verdicts.ts";
import { findRule, type Practice, type RuleBook, unionsOf } from "../law/book.ts";
import type { Facts } from "../law/condition.ts";
import { type Finding, judgePrepared, policyOf, type RegimeAnswer, unheld } from "../law/judge.ts";
import { type Prepared, prepare } from "../law/specialise.ts";
import type { CellCite, CellResult } from "./assessment.ts";
import { type ProbeSetting, probeFacts } from "./probe-facts.ts";

/** Rank of control of a cell: 0 open, 1 gated, 2 closed in practice, 3 closed. */
export type Rank = 0 | 1 | 2 | 3;

const GRADE_OF: readonly Grade[] = ["open", "gated", "closed-in-practice", "closed"];

/** What one rule does to a cell, and how its law gets there. */
export interface CellFinding {
  readonly finding: Finding;
  readonly regime: string;
  readonly reach: Reach;
}

interface View {
  readonly answer: RegimeAnswer;
  readonly reach: Reach;
}

/** One supplier x item x probe, as all regimes of the coalition leave it. */
export interface Cell {
  /** What is certain. */
  readonly low: Rank;
  /** What missing facts or missing text leave possible. */
  readonly high: Rank;
  /** A licence is required and no practice is on record: licences may be refused. */
  readonly practiceUnknown: boolean;
  readonly reach: Reach | null;
  readonly policy: Policy | undefined;
  /** Findings that carry the grade, the strongest first. */
  readonly findings: readonly CellFinding[];
  readonly practice: readonly Practice[];
  readonly missing: readonly string[];
  readonly holes: readonly string[];
  readonly evidence: Evidence | null;
}

export interface CellQuestion extends ProbeSetting {
  readonly members: readonly State[];
  readonly adopt: readonly { readonly rule: string; readonly state: State }[];
}

/** Evaluates cells; the same question is never put to the law twice. */
export class CellEngine {
  private readonly cells = new Map<Facts, Map<string, Cell>>();
  private readonly answers = new Map<Facts, Map<string, RegimeAnswer>>();
  private readonly probes = new Map<string, Facts>();
  private readonly settled = new Map<string, boolean>();
  private readonly joined = new Map<string, CellEngine>();
  private readonly regimes = new Map<string, Prepared | null>();
  readonly question: CellQuestion;
  private readonly base: { readonly engine: CellEngine; readonly changed: State } | undefined;

  constructor(question: CellQuestion, base?: { readonly engine: CellEngine; readonly changed: State }) {
    this.question = question;
    this.base = base;
  }

  /** The coalition before the last state joined, and that state; undefined for a question asked from scratch. */
  get before(): { readonly engine: CellEngine; readonly changed: State } | undefined {
    return this.base;
  }

  /** The same question with one more member that adopts these rules: only its own cells are asked again. */
  joinedBy(state: State, rules: readonly string[]): CellEngine {
    return remember(this.joined, `${state} ${rules.join(" ")}`, () => this.join(state, rules));
  }

  private join(state: State, rules: readonly string[]): CellEngine {
    const adopt = [...this.question.adopt, ...rules.map((rule) => ({ rule, state }))];
    const members = this.question.members.includes(state) ? this.question.members : [...this.question.members, state];
    return new CellEngine({ ...this.question, members, adopt }, { engine: this, changed: state });
  }

  /** The cell of `supplier` for an item under a probe. `item` must be one object per item: it is the cache key. */
  cell(supplier: State, probe: string, item: Facts): Cell {
    if (this.base && supplier !== this.base.changed) return this.base.engine.cell(supplier, probe, item);
    const key = `${supplier} ${probe}`;
    const settled = remember(this.settled, key, () => this.isSettledFor(supplier, probe));
    const asked = settled ? NO_ITEM : item;
    return cached(this.cells, asked, key, () => this.askCell(supplier, probe, asked));
  }

  /** Whether no member's law depends on the item: most suppliers outside the coalition. */
  private isSettledFor(supplier: State, probe: string): boolean {
    const { members, adopt } = this.question;
    if (members.includes(supplier) || adopt.some((a) => a.state === supplier)) return false;
    return members.every((m) => {
      const prepared = this.prepared(m, supplier, probe);
      return prepared === null || isSettled(prepared);
    });
  }

  private askCell(supplier: State, probe: string, item: Facts): Cell {
    const { book, members, date, adopt } = this.question;
    const views: View[] = [];
    const isMember = members.includes(supplier);
    for (const m of members) {
      if (m === supplier || reachesAbroad(book, m)) {
        views.push({ answer: this.answer(m, supplier, probe, item), reach: m === supplier ? "own" : "foreign" });
      }
    }
    if (isMember) {
      for (const u of unionsOf(book, supplier, date))
        views.push({ answer: this.answer(u, supplier, probe, item), reach: "union" });
    }
    const adopted = adopt.filter((a) => a.state === supplier).map((a) => a.rule);
    for (const [regime, rules] of byRegime(book, adopted)) {
      views.push({ answer: onlyRules(this.answer(regime, regime, probe, item), rules), reach: "own" });
    }
    return merge(views);
  }

  /** What `regime` would say if the goods were its own: how far its rules go, wherever the supplier is. */
  asOwn(regime: State, probe: string, item: Facts): RegimeAnswer {
    return this.answer(regime, regime, probe, item);
  }

  private answer(regime: State, supplier: State, probe: string, item: Facts): RegimeAnswer {
    const prepared = this.prepared(regime, supplier, probe);
    // Where the transaction alone settles the law, every item has the same answer.
    const asked = prepared && isSettled(prepared) ? NO_ITEM : item;
    return cached(this.answers, asked, `${regime} ${supplier} ${probe}`, () =>
      prepared ? judgePrepared(prepared, asked) : unheld(regime, `no text of ${regime} law is held`),
    );
  }

  /** A regime with the facts of the probe put in; what an item says of a fact of the probe counts instead of it. */
  private prepared(regime: State, supplier: State, probe: string): Prepared | null {
    return remember(this.regimes, `${regime} ${supplier} ${probe}`, () => {
      const { book, date } = this.question;
      const held = book.regimes.get(regime);
      return held ? prepare(book, held, date, this.transaction(supplier, probe)) : null;
    });
  }

  private transaction(supplier: State, probe: string): Facts {
    return remember(this.probes, `${supplier} ${probe}`, () => {
      const definition = this.question.book.probes.get(probe);
      if (!definition) throw new RangeError(`no probe \`${probe}\``);
      return probeFacts(definition, supplier, this.question);
    });
  }
}

const NO_ITEM: Facts = {};

/** Whether no fact about an item can change the answer any more. */
function isSettled(prepared: Prepared): boolean {
  return prepared.subject === false || (prepared.rules.length === 0 && prepared.holes.length === 0);
}

/** The value under `item` and `key`, made once. */
function cached<T>(store: Map<Facts, Map<string, T>>, item: Facts, key: string, make: () => T): T {
  return remember(
    remember(store, item, () => new Map<string, T>()),
    key,
    make,
  );
}

const ABROAD = new WeakMap<RuleBook, Map<State, boolean>>();

/**
 * Whether a regime's law could reach another state's goods. Law that reaches abroad is known by its text, so a regime of
 * which nothing is held adds nothing to other states' cells; a rule file that is lost may have reached anywhere.
 */
function reachesAbroad(book: RuleBook, regime: State): boolean {
  const ofBook = remember(ABROAD, book, () => new Map<State, boolean>());
  return remember(ofBook, regime, () => hasRules(book, regime));
}

function hasRules(book: RuleBook, regime: State): boolean {
  const held = book.regimes.get(regime);
  return held !== undefined && (held.rules.length > 0 || held.holes.some((h) => h.id.endsWith("/lost")));
}

function byRegime(book: RuleBook, rules: readonly string[]): Map<State, Set<string>> {
  const out = new Map<State, Set<string>>();
  for (const id of rules) {
    const rule = findRule(book, id);
    if (!rule) continue;
    out.set(rule.regime, (out.get(rule.regime) ?? new Set()).add(id));
  }
  return out;
}

/** The answer as if only these rules were adopted: holes and practice of the other state do not come with them. */
function onlyRules(a: RegimeAnswer, rules: ReadonlySet<string>): RegimeAnswer {
  const findings = a.findings.filter((f) => rules.has(f.rule)).map(asAdopted);
  const atLeast = Math.max(0, ...findings.map((f) => f.atLeast)) as RegimeAnswer["atLeast"];
  const atMost = Math.max(0, ...findings.map((f) => f.atMost)) as RegimeAnswer["atMost"];
  const { regime, verdict, suspended } = a;
  return {
    regime,
    verdict,
    suspended,
    findings,
    atLeast,
    atMost,
    holes: [],
    practice: [],
    get missing() {
      return [...new Set(findings.flatMap((f) => (f.atMost > atLeast ? f.missing : [])))];
    },
  };
}

/** The same rule in another state's law: nobody has read those words, so it is inferred. */
function asAdopted(f: Finding): Finding {
  const { rule, title, layer, atLeast, atMost, cite, exceptions } = f;
  return {
    rule,
    title,
    layer,
    atLeast,
    atMost,
    cite,
    exceptions,
    evidence: "inferred",
    get missing() {
      return f.missing;
    },
  };
}

function rankOf(severity: number, refused: boolean): Rank {
  if (severity >= 3) return 3;
  if (severity === 0) return 0;
  return refused ? 2 : 1;
}

const REACH_ORDER: readonly Reach[] = ["own", "union", "foreign"];

/** One cell from the answers of all regimes. What only pages need is worked out when somebody asks. */
function merge(views: readonly View[]): Cell {
  let low: Rank = 0;
  let high: Rank = 0;
  let reach: Reach | null = null;
  let practiceUnknown = false;
  for (const { answer, reach: way } of views) {
    if (answer.atMost === 0) continue;
    const refused = answer.practice.some((p) => p.decision !== "granted");
    const granted = answer.practice.some((p) => p.decision === "granted");
    const l = rankOf(answer.atLeast, refused);
    const h = rankOf(answer.atMost, refused);
    const nearer = reach !== null && REACH_ORDER.indexOf(way) < REACH_ORDER.indexOf(reach);
    if (l > low || (l === low && l > 0 && nearer)) reach = way;
    low = Math.max(low, l) as Rank;
    high = Math.max(high, h) as Rank;
    if (h === 1 && !granted) practiceUnknown = true;
  }
  if (high === 0) return OPEN;
  const practice = views.flatMap((v) => v.answer.practice);
  let findings: readonly CellFinding[] | undefined;
  let missing: readonly string[] | undefined;
  return {
    low,
    high,
    practiceUnknown: practiceUnknown && low < 2,
    reach,
    practice,
    get findings() {
      findings ??= findingsOf(views);
      return findings;
    },
    get policy() {
      const [lead] = carrying(this, practice);
      return lead && lead.finding.atLeast < 5 ? policyOf(lead.finding.atLeast) : undefined;
    },
    get missing() {
      missing ??= high > low ? [...new Set(views.flatMap((v) => v.answer.missing))].sort() : [];
      return missing;
    },
    get holes() {
      return high > low ? [...new Set(views.flatMap((v) => v.answer.holes.map((h) => h.why)))].sort() : [];
    },
    get evidence() {
      // Several rules may carry a grade: the best known of them decides how well the grade is known.
      const lead = carrying(this, practice);
      return lead.length > 0
        ? bestOf(lead.map((f) => f.finding.evidence))
        : (weakest(this.findings.map((f) => f.finding.evidence)) ?? null);
    },
  };
}

const OPEN: Cell = {
  low: 0,
  high: 0,
  practiceUnknown: false,
  reach: null,
  policy: undefined,
  findings: [],
  practice: [],
  missing: [],
  holes: [],
  evidence: null,
};

function findingsOf(views: readonly View[]): CellFinding[] {
  const found = views.flatMap(({ answer, reach }) =>
    answer.findings.filter((f) => f.atMost > 0).map((finding) => ({ finding, regime: answer.regime, reach })),
  );
  return found.sort(
    (a, b) =>
      b.finding.atLeast - a.finding.atLeast ||
      b.finding.atMost - a.finding.atMost ||
      REACH_ORDER.indexOf(a.reach) - REACH_ORDER.indexOf(b.reach) ||
      (a.finding.rule < b.finding.rule ? -1 : 1),
  );
}

/** The findings that make the cell's certain rank. */
function carrying(cell: Pick<Cell, "low" | "findings">, practice: readonly Practice[]): readonly CellFinding[] {
  return cell.findings.filter(
    ({ finding }) => finding.atLeast > 0 && rankOf(finding.atLeast, practice.length > 0) >= cell.low,
  );
}

function bestOf(evidence: readonly Evidence[]): Evidence {
  const order: readonly Evidence[] = ["text", "official-summary", "secondary", "inferred"];
  return order.find((e) => evidence.includes(e))!;
}

export function gradeOf(rank: Rank): Grade {
  return GRADE_OF[rank]!;
}

const DESCRIBED = new WeakMap<Cell, CellResult>();

/** The cell as results show it. */
export function describeCell(cell: Cell): CellResult {
  return remember(DESCRIBED, cell, () => describe(cell));
}

function describe(cell: Cell): CellResult {
  const certain = cell.findings.filter((f) => f.finding.atLeast > 0);
  const shown = certain.length > 0 ? certain : cell.findings;
  const cites = new Map<string, CellCite>();
  for (const { finding: f } of shown) {
    cites.set(f.rule, { rule: f.rule, act: f.cite.act, at: f.cite.at, source: f.cite.source, evidence: f.evidence });
  }
  for (const p of cell.practice) {
    cites.set(p.id, { rule: p.id, act: p.cite.act, at: p.cite.at, source: p.cite.source, evidence: p.cite.evidence });
  }
  return {
    grade: cell.low === 0 && cell.high > 0 ? "undetermined" : gradeOf(cell.low),
    possible: gradeOf(cell.high === 1 && cell.practiceUnknown ? 2 : cell.high),
    ...(cell.policy && { policy: cell.policy }),
    rules: shown.map((f) => f.finding.rule),
    practice: cell.practice.map((p) => p.id),
    reach: cell.reach,
    evidence: cell.evidence,
    cites: [...cites.values()],
    missing: cell.missing,
    holes: cell.holes,
  };
}

/** The hull of the cells of an item's variants: certain is what holds for all of them, possible what holds for one. */
export function hullOfCells(cells: readonly Cell[]): Cell {
  if (cells.length === 1) return cells[0]!;
  const low = Math.min(...cells.map((c) => c.low)) as Rank;
  const high = Math.max(...cells.map((c) => c.high)) as Rank;
  const first = cells.find((c) => c.low === low)!;
  const union = <T>(get: (c: Cell) => readonly T[], key: (x: T) => string): T[] => [
    ...new Map(cells.flatMap(get).map((x) => [key(x), x])).values(),
  ];
  return {
    low,
    high,
    practiceUnknown: cells.some((c) => c.practiceUnknown),
    reach: first.reach,
    get policy() {
      return first.policy;
    },
    get findings() {
      return union(
        (c) => c.findings,
        (f) => `${f.finding.rule} ${f.reach}`,
      );
    },
    practice: union(
      (c) => c.practice,
      (p) => p.id,
    ),
    get missing() {
      return [...new Set(cells.flatMap((c) => c.missing))];
    },
    get holes() {
      return [...new Set(cells.flatMap((c) => c.holes))];
    },
    get evidence() {
      return weakest(cells.flatMap((c) => c.evidence ?? [])) ?? null;
    },
  };
}

/** The day that a question is asked of; for callers that vary it. */
export function onDay(question: CellQuestion, date: IsoDate): CellQuestion {
  return { ...question, date };
}
