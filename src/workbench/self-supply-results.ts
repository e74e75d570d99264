import type { SelfSupply } from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import type { ClassContext } from "../closure/class-context.ts";
import { calcSelfSupply } from "../coalition/self-supply.ts";
import { exact, hull, type Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import type { Figure, Pack } from "../supply/pack.ts";

/** Figures that a pack may give for a class, by the beginning of their metric; in per cent, and years. */
const DEMAND = "members' demand";
const RELIANCE = "net import reliance";
const YEARS = "years to build";

/** The reverse question for one class: what members have, need and lack if the target and non-members stop. */
export function selfSupplyOf(ctx: ClassContext, c: Case, pack: Pick<Pack, "figures">): SelfSupply {
  const figures = (metric: string): Figure[] =>
    pack.figures.filter((f) => f.class === ctx.cls.id && f.metric.startsWith(metric) && f.value !== null);
  const [demand] = figures(DEMAND);
  const years = figures(YEARS);
  const reliance = figures(RELIANCE).find((f) => c.members.includes(f.state as State));
  return calcSelfSupply({
    class: { id: ctx.cls.id, name: ctx.cls.name, basis: ctx.cls.basis, sources: ctx.shares.sources },
    members: c.members,
    target: c.target,
    shares: new Map(
      ctx.shares.suppliers.filter((s) => s.supplier !== "various").map((s) => [s.supplier as State, s.share]),
    ),
    unallocated: ctx.shares.unallocated,
    demand: demand ? partOf(demand) : null,
    yearsToBuild:
      years.length > 0
        ? { value: years.map((f) => f.value!).reduce(hull), source: years.map((f) => f.source).join(", ") }
        : null,
    importReliance: reliance
      ? { state: reliance.state as State, value: partOf(reliance), source: reliance.source, period: reliance.period }
      : null,
  });
}

/** A figure in per cent as a part of one. */
function partOf(f: Figure): Range {
  const { low, high } = f.value!;
  return low === high ? exact(low / 100) : { low: low / 100, high: high / 100 };
}
