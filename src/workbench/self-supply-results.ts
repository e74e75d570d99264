import type { SelfSupply } from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import type { ClassContext } from "../closure/class-context.ts";
import { calcSelfSupply } from "../coalition/self-supply.ts";
import type { State } from "../domain/states.ts";
import { importReliance, yearsToBuild } from "../supply/dependence.ts";
import type { Pack } from "../supply/pack.ts";

/** Metric under which a pack gives members' demand, in per cent of the world's. */
const DEMAND = "members' demand";

/** The reverse question for one class: what members have, need and lack if the target and non-members stop. */
export function selfSupplyOf(ctx: ClassContext, c: Case, pack: Pick<Pack, "figures">): SelfSupply {
  const demand = pack.figures.find((f) => f.class === ctx.cls.id && f.metric === DEMAND)?.value;
  return calcSelfSupply({
    class: { id: ctx.cls.id, name: ctx.cls.name, basis: ctx.cls.basis, sources: ctx.shares.sources },
    members: c.members,
    target: c.target,
    shares: new Map(
      ctx.shares.suppliers.filter((s) => s.supplier !== "various").map((s) => [s.supplier as State, s.share]),
    ),
    unallocated: ctx.shares.unallocated,
    demand: demand ? { low: demand.low / 100, high: demand.high / 100 } : null,
    yearsToBuild: yearsToBuild(pack, ctx.cls.id),
    importReliance: importReliance(pack, ctx.cls.id, c.members),
  });
}
