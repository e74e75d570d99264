import { remember } from "../domain/remember.ts";
import { type Evidence, type Grade, type Policy, type Reach, weakest } from "../domain/verdicts.ts";
import type { Practice } from "../law/book.ts";
import { type Finding, policyOf, type RegimeAnswer } from "../law/judge.ts";
import type { CellCite, CellResult } from "./assessment.ts";

/** Rank of control of a cell: 0 open, 1 gated, 2 closed in practice, 3 closed. */
export type Rank = 0 | 1 | 2 | 3;

const GRADE_OF: readonly Grade[] = ["open", "gated", "closed-in-practice", "closed"];

/** What one rule does to a cell, and how its law gets there. */
export interface CellFinding {
  readonly finding: Finding;
  readonly regime: string;
  readonly reach: Reach;
}

/** One regime's answer, and how its law gets to the goods. */
export interface View {
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

/** The rank of a requirement of this severity: a licence that practice refuses is closed in practice. */
export function rankOf(severity: number, refused: boolean): Rank {
  if (severity >= 3) return 3;
  if (severity === 0) return 0;
  return refused ? 2 : 1;
}

const REACH_ORDER: readonly Reach[] = ["own", "union", "foreign"];

/** One cell from the answers of all regimes. What only pages need is worked out when somebody asks. */
export function mergeViews(views: readonly View[]): Cell {
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
