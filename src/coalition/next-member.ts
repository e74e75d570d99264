import type { NextMember } from "../closure/assessment.ts";
import { CellEngine } from "../closure/cell-engine.ts";
import { type ClassContext, lowCoverageUnder, potentialOutside } from "../closure/class-context.ts";
import { reaches } from "../closure/requirement.ts";
import type { State } from "../domain/states.ts";
import { reachesAbroad } from "./reaches-abroad.ts";

export interface NextQuestion {
  readonly engine: CellEngine;
  /** Leaf classes of the case. */
  readonly classes: readonly ClassContext[];
  readonly probe: string;
  readonly threshold: number;
  readonly candidates: readonly State[];
  /** Rules that a candidate would adopt. */
  readonly adopts: readonly string[];
  readonly sales: (state: State, hs6: readonly string[]) => NextMember["salesToTarget"];
  /** Names of the binding steps that a member set leaves below the threshold. */
  readonly openSteps: (engine: CellEngine) => ReadonlySet<string>;
}

interface Standing {
  readonly closed: number;
  readonly controlled: number;
  readonly potential: number;
}

/** `gain(s)` for every candidate: what changes when it joins and adopts the named rules; the largest gains first. */
export function rankCandidates(q: NextQuestion): NextMember[] {
  const before = standing(q, q.engine);
  const openBefore = q.openSteps(q.engine);
  const found = q.candidates.map((state): NextMember => {
    const joined = joinedBy(q, state, q.adopts);
    const after = standing(q, joined);
    const asItIs = standing(q, joinedBy(q, state, []));
    const stillOpen = q.openSteps(joined);
    const gains = q.classes.map((ctx) => ({
      class: ctx.cls.id,
      name: ctx.cls.name,
      gain: controlledLow(q, ctx, joined) - controlledLow(q, ctx, q.engine),
    }));
    const hs6 = [
      ...new Set(q.classes.filter((c) => c.shares.suppliers.some((s) => s.supplier === state)).flatMap((c) => c.hs6)),
    ].sort();
    const sales = q.sales(state, hs6);
    return {
      state,
      adopts: q.adopts,
      asItIs: {
        controlled: { before: before.controlled, after: asItIs.controlled },
        closed: { before: before.closed, after: asItIs.closed },
      },
      gains: {
        controlled: { before: before.controlled, after: after.controlled },
        closed: { before: before.closed, after: after.closed },
        potential: { before: before.potential, after: after.potential },
        classes: gains.filter((g) => g.gain > 1e-9).sort((a, b) => b.gain - a.gain || (a.class < b.class ? -1 : 1)),
        binding: [...openBefore].filter((step) => !stillOpen.has(step)),
      },
      ...(sales && { salesToTarget: sales }),
    };
  });
  const score = (n: NextMember) => [
    n.gains.controlled.after,
    n.gains.potential.after,
    n.gains.classes.reduce((s, c) => s + c.gain, 0),
  ];
  return found.sort((a, b) => compare(score(b), score(a)) || (a.state < b.state ? -1 : 1));
}

/** The coalition with one more member. Where its law reaches what others supply, their cells are asked again too. */
function joinedBy({ engine, probe, classes }: NextQuestion, state: State, adopts: readonly string[]): CellEngine {
  const suppliers = new Set(classes.flatMap((c) => c.shares.suppliers.map((s) => s.supplier)));
  if (!reachesAbroad(engine, state, probe, [...suppliers])) return engine.joinedBy(state, adopts);
  const { members, adopt } = engine.question;
  return new CellEngine({
    ...engine.question,
    members: [...members, state],
    adopt: [...adopt, ...adopts.map((rule) => ({ rule, state }))],
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

/** Leaf classes that reach the threshold at their low bound. */
function standing(q: NextQuestion, engine: CellEngine): Standing {
  let closed = 0;
  let controlled = 0;
  let potential = 0;
  const { members, target } = engine.question;
  for (const ctx of q.classes) {
    const { outsideTarget: outside } = lowCoverageUnder(ctx, engine, q.probe);
    if (reaches(outside.closed.low, q.threshold)) closed++;
    if (reaches(outside.controlled.low, q.threshold)) controlled++;
    if (reaches(potentialOutside(ctx, members, target).low, q.threshold)) potential++;
  }
  return { closed, controlled, potential };
}

function controlledLow(q: NextQuestion, ctx: ClassContext, engine: CellEngine): number {
  return lowCoverageUnder(ctx, engine, q.probe).outsideTarget.controlled.low;
}
