import type { MinimumResult } from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import type { ClassContext } from "../closure/class-context.ts";
import { InputError } from "../domain/errors.ts";
import { resolveClasses, resolveGoal } from "../supply/class-tree.ts";
import { sharesAt } from "../supply/shares-at.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import { minimumResults } from "./minimum.ts";
import type { Library } from "./store.ts";

/** What `entente minimum` asks: potential coverage, from the newest shares unless a day is given. */
export interface MinimumRequest {
  /** The case whose packs and target are used. */
  readonly base: Case;
  readonly classes?: readonly string[];
  readonly goal?: string;
  readonly threshold: number;
  readonly atLeast?: number;
  readonly year?: number;
}

export interface MinimumAnswer {
  readonly schema: "entente/minimum@1";
  readonly minimum: readonly MinimumResult[];
  /** Licence notices of the packs that were used. */
  readonly notices: readonly string[];
  readonly digest: { readonly rules: string; readonly data: string; readonly engine: string };
  readonly notModelled: readonly string[];
}

/** Minimum coalitions by potential: what states supply, not what their law closes. */
export function answerMinimum(request: MinimumRequest, library: Library): MinimumAnswer {
  const { base } = request;
  const merged = library.merged(base.packs);
  if (!merged) {
    throw new InputError([
      { code: "unknown-name", message: `none of the packs \`${base.packs.join(", ")}\` is there` },
    ]);
  }
  const { pack } = merged;
  const goal = request.goal === undefined ? undefined : resolveGoal(pack, request.goal);
  const inGoal = new Set(goal?.needs.flatMap((n) => n.any.flatMap((a) => a.classes)));
  const classes = goal
    ? pack.classes.filter((c) => inGoal.has(c.id))
    : leavesUnless(resolveClasses(pack, request.classes ?? base.classes), request.classes);
  const contexts = classes.map((cls): ClassContext => {
    const years = pack.shares
      .filter((s) => s.class === cls.id && s.level !== "firm")
      .map((s) => Number(s.period.slice(0, 4)));
    const shares = sharesAt(pack, cls.id, request.year ?? Math.max(...years, 1900));
    return { cls, shares, vintages: [shares], ownOverTime: [], items: [], hs6: [] };
  });
  const need = goal
    ? { goal: goal.id }
    : request.atLeast !== undefined
      ? { atLeast: request.atLeast }
      : { fraction: 1 };
  const scope = goal?.title ?? (request.classes ?? base.classes).join(", ");
  const question: Case = { ...base, minimum: [{ scope, threshold: request.threshold, need }] };
  return {
    schema: "entente/minimum@1",
    minimum: minimumResults(question, contexts, goal ? [goal] : [], contexts),
    notices: pack.notice?.split("\n") ?? [],
    digest: {
      rules: library.book().hash,
      data: merged.hash,
      engine: hashText(ENGINE),
    },
    notModelled: ["law: this counts what states supply, so what they could close", "spare capacity"],
  };
}

/** Groups and types stand for their leaves; a class that is named alone stands for itself. */
function leavesUnless<T extends { readonly id: string; readonly leaf: boolean }>(
  classes: readonly T[],
  named: readonly string[] | undefined,
): T[] {
  return classes.filter((c) => c.leaf || (named?.length === 1 && named[0] === c.id && classes.length === 1));
}
