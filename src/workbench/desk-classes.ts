import type { Cell } from "../closure/cell.ts";
import type { CellEngine } from "../closure/cell-engine.ts";
import { type ClassContext, wholeCell } from "../closure/class-context.ts";
import { hull, type Range } from "../domain/ranges.ts";
import type { State } from "../domain/states.ts";
import type { Control, DeskClass, FirmExposure, Market } from "../economy/lost-sales.ts";
import type { Figure, Pack } from "../supply/pack.ts";
import { yearOf } from "../supply/periods.ts";

/** Topic of figures that are world markets, and of those that say what part of a firm's revenue is from one state. */
const MARKET_TOPIC = "market size";
const EXPOSURE_TOPIC = "vendor exposure";

const USD: Readonly<Record<string, number>> = { USD: 1, "USD m": 1e6, "USD bn": 1e9 };

/** Who is asked about, under which law. */
export interface DeskLaw {
  readonly state: State;
  readonly members: readonly State[];
  readonly probe: string;
  readonly year: number;
  readonly now: CellEngine;
  /** The coalition once the state has joined; the same where it is a member. */
  readonly joined: CellEngine;
}

/** The classes of a case as the desk of a state sees them. */
export function deskClasses(contexts: readonly ClassContext[], law: DeskLaw, pack: Pick<Pack, "figures">): DeskClass[] {
  const markets = marketsOf(pack.figures, law.year);
  const others = law.members.filter((m) => m !== law.state);
  return contexts.map((ctx): DeskClass => {
    const own = ctx.shares.suppliers.find((s) => s.supplier === law.state);
    const control = (engine: CellEngine, s: State) => controlOf(wholeCell(ctx, engine, s, law.probe));
    return {
      id: ctx.cls.id,
      name: ctx.cls.name,
      basis: ctx.cls.basis,
      hs6: ctx.hs6,
      now: control(law.now, law.state),
      joined: control(law.joined, law.state),
      others: hardest(others.filter((m) => supplies(ctx, m)).map((m) => control(law.now, m))),
      share: own?.share ?? null,
      period: ctx.shares.period,
      market: markets.get(ctx.cls.id) ?? null,
      firms: own?.firms ?? [],
      sources: own?.sources ?? [],
    };
  });
}

function supplies(ctx: ClassContext, member: State): boolean {
  return ctx.shares.suppliers.some((s) => s.supplier === member && s.share.high > 0);
}

/** A licence without practice on record may be refused: it counts as closed among what is possible. */
function controlOf(cell: Cell): Control {
  return { low: cell.low, high: cell.high === 1 && cell.practiceUnknown ? 2 : cell.high };
}

function hardest(list: readonly Control[]): Control {
  return { low: Math.max(0, ...list.map((c) => c.low)), high: Math.max(0, ...list.map((c) => c.high)) };
}

/** World markets by class, of the last year up to `year`, else of the first. */
function marketsOf(figures: readonly Figure[], year: number): Map<string, Market> {
  const found = new Map<string, Market>();
  for (const f of figures) {
    const scale = USD[f.unit];
    if (f.topic !== MARKET_TOPIC || f.class === undefined || f.value === null || scale === undefined) continue;
    const market: Market = { value: scaled(f.value, scale), period: f.period, source: f.source };
    const other = found.get(f.class);
    if (!other || isNearer(f.period, other.period, year)) found.set(f.class, market);
  }
  return found;
}

/** Whether period `a` stands better for `year` than `b`: not after it, and late; else early. */
function isNearer(a: string, b: string, year: number): boolean {
  const [x, y] = [yearOf(a), yearOf(b)];
  if (x <= year !== y <= year) return x <= year;
  return x <= year ? a > b : a < b;
}

function scaled(r: Range, by: number): Range {
  return { low: r.low * by, high: r.high * by };
}

/** What part of the revenue of the state's firms is from the target; the metric begins with the firm's name. */
export function firmExposures(
  figures: readonly Figure[],
  classes: readonly DeskClass[],
  q: { readonly state: State; readonly target: State; readonly year: number },
): FirmExposure[] {
  const held = figures.filter(
    (f) => f.topic === EXPOSURE_TOPIC && f.state === q.state && f.partner === q.target && f.unit === "%" && f.value,
  );
  const names = [...new Set(classes.flatMap((c) => c.firms.map((f) => f.name)))].sort();
  return names.flatMap(
    (name) =>
      exposureOf(
        name,
        held.filter((f) => f.metric.startsWith(`${name} `)),
        q.year,
      ) ?? [],
  );
}

/** Of the year that is nearest: the figure of the whole year, else all that its parts span. */
function exposureOf(name: string, figures: readonly Figure[], year: number): FirmExposure | undefined {
  const years = [...new Set(figures.map((f) => yearOf(f.period)))].sort((a, b) => a - b);
  const nearest = years.findLast((y) => y <= year) ?? years[0];
  const ofYear = figures.filter((f) => yearOf(f.period) === nearest);
  const whole = ofYear.filter((f) => f.period === String(nearest));
  const used = whole.length > 0 ? whole : ofYear;
  const [first] = used;
  if (!first) return undefined;
  const value = used.map((f) => scaled(f.value!, 1 / 100)).reduce(hull);
  const sources = [...new Set(used.map((f) => f.source))].sort();
  return { name, value, period: [...new Set(used.map((f) => f.period))].sort().join(", "), sources };
}
