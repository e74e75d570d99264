import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { init } from "z3-solver";
import { isoDate } from "../src/domain/dates.ts";
import type { Facts } from "../src/law/condition.ts";
import { findGaps } from "../src/law/gaps/find-gaps.ts";
import { ASPECTS, type FoundGap, type GapQuestion } from "../src/law/gaps/gap.ts";
import type { ParameterRange, Region } from "../src/law/gaps/region.ts";
import { judgePrepared, unheld } from "../src/law/judge.ts";
import { readGapQuestion } from "../src/workbench/gaps.ts";
import { createWorkbench } from "../src/workbench.ts";
import { LawInZ3, type Truth } from "./gaps-z3.ts";

const DAY = isoDate("2026-11-21");
const { library } = createWorkbench(join(import.meta.dirname, ".."));

/** One sort of chip: the laws ask about several, and each adds to what the solver has to weigh. */
const KNOWN: Readonly<Record<string, Facts>> = {
  "data-centre chip": { "chip.role": "processor", "chip.dataCentre": true },
};

function ask(between: string, name: string): GapQuestion {
  const cls = name.split(" ").at(-1)!;
  const { question } = readGapQuestion(
    { between: between.split(" "), classes: [cls], asOf: DAY, case: "chip-tools-2023" },
    library,
  );
  const classes = question.classes.map((c) => ({ ...c, item: { ...c.item, ...KNOWN[name] } }));
  return { ...question, classes, wide: false };
}

/** Laws that differ by bounds, by formulas, by whole entries, by parties and plants, and by how far they reach. */
const PROBLEMS = [
  ["JPN EUU", "epitaxy", "civil-fab"],
  ["JPN EUU", "dry-etch-conductor", "civil-fab"],
  ["JPN EUU", "litho-scanner", "civil-fab"],
  ["NLD USA", "litho-scanner", "civil-fab"],
  ["JPN USA", "ald", "civil-fab"],
  ["NLD EUU", "pellicle-maker", "civil-fab"],
  ["USA EUU", "data-centre chip", "civil-fab"],
  ["USA JPN", "ion-implanter", "listed-fab"],
  ["USA JPN", "resist-track", "advanced-fab"],
  ["USA EUU", "resist-track", "servicing"],
  ["JPN EUU", "prober", "technology"],
] as const;

let arePossible: (claims: readonly string[]) => Promise<boolean>;
let stop: () => void;

beforeAll(async () => {
  const { Z3, em } = await init();
  const context = Z3.mk_context(Z3.mk_config());
  stop = () => em.PThread.terminateAllThreads();
  // Whether all that is claimed can be true together. Each claim declares what it speaks of.
  arePossible = async (claims) => {
    const solver = Z3.mk_solver(context);
    Z3.solver_inc_ref(context, solver);
    for (const claim of claims) {
      Z3.solver_from_string(context, solver, claim);
      const fault = Z3.get_error_code(context);
      if (fault !== 0) throw new Error(`the solver says: ${Z3.get_error_msg(context, fault)}`);
    }
    const found = await Z3.solver_check(context, solver);
    Z3.solver_dec_ref(context, solver);
    if (found === 0) throw new Error("the solver gave up");
    return found === 1;
  };
}, 30_000);

afterAll(() => stop());

/** The regions that are given for a question, and the question itself. */
interface Claim {
  readonly question: GapQuestion;
  readonly probe: string;
  readonly regions: readonly Region[];
}

function claimOf(between: string, cls: string, probe: string): Claim {
  const question = ask(between, cls);
  const aspect = ASPECTS.find((a) => a.probe === probe && a.goods === "own")!;
  const gaps = findGaps({ ...question, aspects: [aspect] });
  const regions = gaps.flatMap((g) => (g.kind === "control" && g.by === question.states[0] ? [g.region] : []));
  return { question, probe, regions };
}

/** Formulas about one point: each may speak of a point of its own, so that many are asked at once. */
class Point {
  readonly law: LawInZ3;
  private readonly claim: Claim;

  constructor(claim: Claim, name: string) {
    this.claim = claim;
    this.law = new LawInZ3(claim.question.book, claim.question.classes[0]!.item, ` at ${name}`);
  }

  /** The first state certainly controls there and the second certainly does not. */
  private wanted(): Truth {
    const { question, probe } = this.claim;
    const [a, b] = question.states.map((s) => {
      const transaction = question.transaction(probe, question.goodsOf(s), question.target);
      return this.law.side(question.regimesOf(s, question.date), question.date, transaction);
    });
    const layers = ASPECTS.find((x) => x.probe === probe && x.goods === "own")!.layers;
    return this.law.and([a!.controls(new Set(layers)), b!.leavesFree()]);
  }

  /** The point lies in two of the regions. */
  isTwice(regions: readonly Region[]): Truth {
    const written = regions.map((r) => this.law.region(r));
    return this.law.or(written.flatMap((a, i) => written.slice(i + 1).map((b) => this.law.and([a, b]))));
  }

  /** The point lies in one of the regions and is not wanted, or the other way round. */
  isWrong(regions: readonly Region[]): Truth {
    const wanted = this.wanted();
    const inside = this.law.or(regions.map((r) => this.law.region(r)));
    const { law } = this;
    return law.or([law.and([inside, law.not(wanted)]), law.and([wanted, law.not(inside)])]);
  }

  /** The formula, and what every point keeps, as a script. */
  claims(f: Truth): string {
    const side = this.law.side([], DAY, {});
    const all = this.law.and([f, this.law.axioms((c) => side.read(c, "", "possible"))]);
    return [...this.law.preamble, `(assert ${all})`].join("\n");
  }
}

describe("Z3 on gaps between laws, from the rules' own conditions", () => {
  for (const [between, cls, probe] of PROBLEMS) {
    it(`proves the regions of ${cls} that ${between.replace(" ", " controls and ")} does not (${probe})`, async () => {
      const claim = claimOf(between, cls, probe);
      const { regions } = claim;
      expect(regions.length).toBeGreaterThan(0);
      // No region is empty: each holds a point of its own.
      const inside = regions.map((r, i) => {
        const point = new Point(claim, `region ${i}`);
        return point.claims(point.law.region(r));
      });
      expect(await arePossible(inside)).toBe(true);
      const point = new Point(claim, "any");
      const faults = point.law.or([point.isTwice(regions), point.isWrong(regions)]);
      expect(await arePossible([point.claims(faults)])).toBe(false);
    }, 60_000);
  }
});

describe("the proof fails, as it must", () => {
  for (const [between, cls] of [
    ["JPN EUU", "epitaxy"],
    ["JPN EUU", "litho-scanner"],
  ] as const) {
    it(`when one region of ${cls} is dropped or one bound is moved`, async () => {
      const claim = claimOf(between, cls, "civil-fab");
      const { regions } = claim;
      const dropped = regions.map((_, i) => regions.filter((_, j) => j !== i));
      const changed = regions.flatMap((r, i) => moved(r).map((m) => regions.map((x, j) => (j === i ? m : x))));
      const wrong = [...dropped, ...changed];
      expect(changed.length).toBeGreaterThan(dropped.length);
      // Every change has a point of its own at which it is wrong.
      const faults = wrong.map((w, i) => {
        const point = new Point(claim, `change ${i}`);
        return point.claims(point.law.or([point.isTwice(w), point.isWrong(w)]));
      });
      expect(await arePossible(faults)).toBe(true);
    }, 60_000);
  }
});

/** The region with each of its bounds opened or closed, and each list of names shortened by one. */
function moved(region: Region): Region[] {
  return Object.entries(region).flatMap(([name, p]): Region[] => {
    if ("in" in p) {
      if (p.notIn !== undefined) return [];
      return p.in.length < 2 ? [] : [{ ...region, [name]: { in: p.in.slice(1) } }];
    }
    const flipped: ParameterRange[] = [];
    // Beyond the least value that a fact can have there is nothing to take in.
    const isEnd = p.low === 0 && !p.lowIncluded;
    if (p.low !== null && !isEnd) flipped.push({ ...p, lowIncluded: !p.lowIncluded });
    if (p.high !== null && p.high !== p.low) flipped.push({ ...p, highIncluded: !p.highIncluded });
    return flipped.map((f) => ({ ...region, [name]: f }));
  });
}

describe("witnesses of gaps in the law engine", () => {
  for (const [between, cls] of [
    ["USA JPN NLD EUU", "dry-etch-conductor"],
    ["USA JPN NLD EUU KOR", "litho-scanner"],
    ["USA EUU", "chip"],
  ] as const) {
    it(`are controlled by the one law and left free by the other (${cls})`, () => {
      const gaps = findGaps({ ...ask(between, cls), wide: true });
      expect(new Set(gaps.map((g) => g.kind)).size).toBeGreaterThan(3);
      const wrong = gaps.flatMap((g) => {
        const found = contradiction(g);
        return found === ""
          ? []
          : [{ kind: g.kind, by: g.by, notBy: g.notBy, probe: g.probe, region: g.region, found }];
      });
      expect(wrong).toEqual([]);
    }, 60_000);
  }
});

/** What the law engine says against a gap at its witness; empty where it agrees. */
function contradiction(g: FoundGap): string {
  const answer = (side: FoundGap["sides"]["by"]) => {
    const all = side.prepared.map((p) => (p ? judgePrepared(p, side.facts) : unheld("", "no text")));
    return {
      least: Math.max(...all.map((a) => a.atLeast)),
      most: Math.max(...all.map((a) => a.atMost)),
      rules: all.flatMap((a) => a.findings.filter((f) => f.atLeast > 0).map((f) => f.rule)),
    };
  };
  const [a, b] = [answer(g.sides.by), answer(g.sides.notBy)];
  switch (g.kind) {
    case "control":
      return a.rules.includes(g.rule) && b.most === 0 ? "" : JSON.stringify([a, b]);
    case "policy":
      return a.least >= 3 && b.least >= 1 && b.most <= 2 ? "" : JSON.stringify([a, b]);
    case "undetermined":
      return a.rules.includes(g.rule) && b.least === 0 && b.most > 0 ? "" : JSON.stringify([a, b]);
    case "time":
      return a.least >= 1 && b.least >= 1 ? "" : JSON.stringify([a, b]);
    case "scope":
      return b.most === 0 ? "" : JSON.stringify([a, b]);
  }
}
