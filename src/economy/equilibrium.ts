import { createAccelerator } from "./anderson.ts";
import type { Shock, TradeBase } from "./trade-base.ts";

/** When to stop. */
export interface SolveOptions {
  /** Largest trade imbalance beyond the given surplus that counts as none, as a fraction of the country's value added. */
  readonly tolerance?: number;
  readonly mostIterations?: number;
}

/** How a solution ended; only `converged` is one. */
export type Termination = "converged" | "iteration-limit" | "diverged";

/** The world after a shock. Hats are ratios to the base; laid out as the base. */
export interface Equilibrium {
  readonly termination: Termination;
  /** Largest imbalance of trade left over, as a fraction of value added. */
  readonly residual: number;
  /** Evaluations of the world at given wages. */
  readonly iterations: number;
  readonly wage: Float64Array;
  /** Hat of the price of `j` in `n`; at `n * J + j`. */
  readonly price: Float64Array;
  /** Hat of the cost of the input bundle of `j` in `n`; at `n * J + j`. */
  readonly cost: Float64Array;
  readonly shares: Float64Array;
  readonly tariffs: Float64Array;
  /** Spending of `n` on `j`, tariffs included; at `n * J + j`. */
  readonly spending: Float64Array;
  /** Wages, tariff revenue and the deficit of `n`. */
  readonly income: Float64Array;
}

const TOLERANCE = 1e-11;
const MOST_ITERATIONS = 2000;
const DEPTH = 12;
const INNER_DEPTH = 4;
const MOST_SWEEPS = 400;
/** Prices and spending are solved so much more finely than the balance of trade was at the last wages. */
const INNER = 1e-3;
const FINEST = 1e-14;
/** A logarithm of a wage moves at most so far in one step. */
const LONGEST_STEP = 0.5;

/**
 * The equilibrium of Caliendo and Parro (Review of Economic Studies 82(1), 2015) after a shock, in changes relative to the base
 * (exact hat algebra, equations 10 to 13): unit costs, prices, shares, spending with tariff revenue, and wages that balance trade
 * with the surplus held. The balance of trade is the residual; wages move in logarithms under Anderson acceleration, prices and
 * spending are taken up where the last wages left them. Wages are normalised so that value added of each group of countries that
 * trade with one another stays what it was.
 */
export function solveEquilibrium(base: TradeBase, shock: Shock, options: SolveOptions = {}): Equilibrium {
  const tolerance = options.tolerance ?? TOLERANCE;
  const most = options.mostIterations ?? MOST_ITERATIONS;
  const world = createWorld(base, shock);
  const { N, logWage, step } = world;
  const accelerator = createAccelerator(N, DEPTH);
  const best = new Float64Array(N);
  let bestResidual = Infinity;
  let residual = Infinity;
  let iterations = 0;
  let sinceBest = 0;
  let termination: Termination = "iteration-limit";
  while (iterations < most) {
    residual = world.evaluate(Math.max(FINEST, INNER * Math.min(residual, 1)));
    iterations += 1;
    if (!Number.isFinite(residual)) {
      termination = "diverged";
      break;
    }
    if (residual <= tolerance) {
      termination = "converged";
      break;
    }
    if (residual < bestResidual) {
      bestResidual = residual;
      best.set(logWage);
      sinceBest = 0;
    } else if (++sinceBest >= 3 * DEPTH) {
      // What was learned far from the solution misleads near it.
      accelerator.restart();
      logWage.set(best);
      sinceBest = 0;
      continue;
    }
    accelerator.advance(logWage, step);
    world.normalise();
  }
  return { termination, residual, iterations, ...world.result() };
}

interface World {
  readonly N: number;
  readonly logWage: Float64Array;
  /** The step that the plain iteration would take from `logWage`. */
  readonly step: Float64Array;
  /** Works out the world at `logWage`, prices and spending to within `inner`; gives the residual. */
  readonly evaluate: (inner: number) => number;
  readonly normalise: () => void;
  readonly result: () => Omit<Equilibrium, "termination" | "residual" | "iterations">;
}

function createWorld(base: TradeBase, shock: Shock): World {
  const N = base.countries.length;
  const J = base.sectors.length;
  const { theta, valueAddedShare, inputs, finalShare, valueAdded, surplus } = base;
  const { tariffs } = shock;
  const open = openSectors(base);
  /** Base share times the change of trade cost to the power of minus theta. */
  const weight = weights(base, shock);
  const logWage = new Float64Array(N);
  const step = new Float64Array(N);
  const logPrice = new Float64Array(N * J);
  const logCost = new Float64Array(N * J);
  const power = new Float64Array(J * N);
  const shares = Float64Array.from(base.shares);
  const net = new Float64Array(J * N * N);
  const netShare = new Float64Array(N * J);
  const spending = new Float64Array(N * J);
  const next = new Float64Array(N * J);
  const move = new Float64Array(N * J);
  const quickPrices = createAccelerator(N * J, INNER_DEPTH);
  const quickSpending = createAccelerator(N * J, INNER_DEPTH);
  const output = new Float64Array(N * J);
  const income = new Float64Array(N);
  const slope = new Float64Array(N);
  const groups = tradingGroups(base, weight);

  const costs = (): void => {
    for (let n = 0; n < N; n++) {
      for (let j = 0; j < J; j++) {
        const at = n * J + j;
        const own = valueAddedShare[at]!;
        const materials = own < 1 ? product(inputs, at * J, logPrice, n * J, J) : 0;
        logCost[at] = own * logWage[n]! + (1 - own) * materials;
        power[j * N + n] = Math.exp(-theta[j]! * logCost[at]!);
      }
    }
  };

  /** One sweep over all prices; gives the largest change of a logarithm. */
  const prices = (): number => {
    costs();
    let largest = 0;
    for (let j = 0; j < J; j++) {
      const t = theta[j]!;
      for (let n = 0; n < N; n++) {
        const row = (j * N + n) * N;
        const sum = open[j] ? product(weight, row, power, j * N, N) : weight[row + n]! * power[j * N + n]!;
        const at = n * J + j;
        const price = sum > 0 && sum < Infinity ? -Math.log(sum) / t : farPrice(base, shock, logCost, j, n);
        const change = price - logPrice[at]!;
        if (Math.abs(change) > largest) largest = Math.abs(change);
        move[at] = change;
      }
    }
    return largest;
  };

  /** Sweeps until prices rest. */
  const settlePrices = (inner: number): void => {
    quickPrices.restart();
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      const largest = prices();
      if (largest <= inner) {
        for (let at = 0; at < move.length; at++) logPrice[at]! += move[at]!;
        return;
      }
      quickPrices.advance(logPrice, move);
    }
  };

  const tradeShares = (): void => {
    costs();
    for (let j = 0; j < J; j++) {
      for (let n = 0; n < N; n++) {
        const row = (j * N + n) * N;
        let sum = 0;
        for (let i = 0; i < N; i++) {
          const part = weight[row + i]! * power[j * N + i]!;
          shares[row + i] = part;
          sum += part;
        }
        if (!(sum > 0 && sum < Infinity)) sum = farShares(base, shock, { logCost, shares }, j, n);
        let paid = 0;
        for (let i = 0; i < N; i++) {
          const share = sum > 0 ? shares[row + i]! / sum : 0;
          shares[row + i] = share;
          const before = share / (1 + tariffs[row + i]!);
          net[row + i] = before;
          paid += before;
        }
        netShare[n * J + j] = paid;
      }
    }
  };

  const incomes = (): void => {
    for (let n = 0; n < N; n++) {
      let revenue = 0;
      for (let j = 0; j < J; j++) {
        const at = n * J + j;
        if (spending[at]! > 0) revenue += (1 - netShare[at]!) * spending[at]!;
      }
      income[n] = Math.exp(logWage[n]!) * valueAdded[n]! + revenue - surplus[n]!;
    }
  };

  const outputs = (): void => {
    output.fill(0);
    for (let j = 0; j < J; j++) {
      for (let n = 0; n < N; n++) {
        const spent = spending[n * J + j]!;
        if (spent === 0) continue;
        const row = (j * N + n) * N;
        if (open[j]) for (let i = 0; i < N; i++) output[i * J + j]! += net[row + i]! * spent;
        else output[n * J + j]! += net[row + n]! * spent;
      }
    }
  };

  /** One sweep over all spending; gives the largest change as a fraction of the country's value added. */
  const spend = (): number => {
    incomes();
    outputs();
    let largest = 0;
    for (let n = 0; n < N; n++) {
      for (let k = 0; k < J; k++) next[n * J + k] = finalShare[n * J + k]! * income[n]!;
      for (let j = 0; j < J; j++) {
        const at = n * J + j;
        const materials = (1 - valueAddedShare[at]!) * output[at]!;
        if (materials !== 0) for (let k = 0; k < J; k++) next[n * J + k]! += inputs[at * J + k]! * materials;
      }
      let moved = 0;
      for (let k = 0; k < J; k++) {
        const at = n * J + k;
        move[at] = next[at]! - spending[at]!;
        moved += Math.abs(move[at]!);
      }
      const change = moved / valueAdded[n]!;
      if (change > largest) largest = change;
    }
    return largest;
  };

  /** Sweeps until spending rests. */
  const settleSpending = (inner: number): void => {
    quickSpending.restart();
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      const largest = spend();
      if (largest <= inner) {
        spending.set(next);
        return;
      }
      quickSpending.advance(spending, move);
    }
  };

  /** The balance of trade, and the step of wages that would settle it if each country's wage acted on it alone. */
  const balance = (): number => {
    outputs();
    slope.fill(0);
    for (let j = 0; j < J; j++) {
      if (!open[j]) continue;
      const t = theta[j]!;
      for (let n = 0; n < N; n++) {
        const spent = spending[n * J + j]!;
        const row = (j * N + n) * N;
        for (let i = 0; i < N; i++) slope[i]! += t * net[row + i]! * spent * (1 - shares[row + i]!);
      }
    }
    let largest = 0;
    for (let n = 0; n < N; n++) {
      let excess = -surplus[n]!;
      for (let j = 0; j < J; j++) excess += output[n * J + j]! - netShare[n * J + j]! * spending[n * J + j]!;
      const paid = Math.exp(logWage[n]!) * valueAdded[n]!;
      const off = Math.abs(excess) / paid;
      if (!(off <= largest)) largest = off;
      const move = excess / (paid + slope[n]!);
      step[n] = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, move));
    }
    return largest;
  };

  initialSpending(base, spending);
  return {
    N,
    logWage,
    step,
    evaluate: (inner) => {
      settlePrices(inner);
      tradeShares();
      settleSpending(inner);
      return balance();
    },
    normalise: () => {
      for (const group of groups) {
        let before = 0;
        let now = 0;
        for (const n of group) {
          before += valueAdded[n]!;
          now += valueAdded[n]! * Math.exp(logWage[n]!);
        }
        const shift = Math.log(now / before);
        for (const n of group) logWage[n]! -= shift;
      }
    },
    result: () => ({
      wage: logWage.map(Math.exp),
      price: logPrice.map(Math.exp),
      cost: logCost.map(Math.exp),
      shares,
      tariffs,
      spending,
      income,
    }),
  };
}

/** Sum of products of `size` numbers; four sums at a time, which processors add side by side. */
function product(a: Float64Array, atA: number, b: Float64Array, atB: number, size: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < size; i += 4) {
    s0 += a[atA + i]! * b[atB + i]!;
    s1 += a[atA + i + 1]! * b[atB + i + 1]!;
    s2 += a[atA + i + 2]! * b[atB + i + 2]!;
    s3 += a[atA + i + 3]! * b[atB + i + 3]!;
  }
  for (; i < size; i++) s0 += a[atA + i]! * b[atB + i]!;
  return s0 + s1 + (s2 + s3);
}

/** Sectors in which anything crosses a border. */
function openSectors({ countries, sectors, shares }: TradeBase): boolean[] {
  const N = countries.length;
  return sectors.map((_, j) => {
    for (let n = 0; n < N; n++)
      for (let i = 0; i < N; i++) if (i !== n && shares[(j * N + n) * N + i]! > 0) return true;
    return false;
  });
}

/** Logarithm of the change of trade cost: iceberg cost and tariff together. */
function logCostChange(base: TradeBase, shock: Shock, at: number): number {
  return Math.log((shock.costs[at]! * (1 + shock.tariffs[at]!)) / (1 + base.tariffs[at]!));
}

function weights(base: TradeBase, shock: Shock): Float64Array {
  const perSector = base.countries.length ** 2;
  return base.shares.map((share, at) => {
    if (share <= 0) return 0;
    const change = logCostChange(base, shock, at);
    return change === 0 ? share : share * Math.exp(-base.theta[Math.floor(at / perSector)]! * change);
  });
}

/** A price whose terms are too small or too large for plain numbers; 0 (no change) where nothing was ever bought. */
function farPrice(base: TradeBase, shock: Shock, logCost: Float64Array, j: number, n: number): number {
  const { greatest, sum } = farTerms(base, shock, logCost, j, n);
  return greatest === -Infinity ? 0 : -(greatest + Math.log(sum)) / base.theta[j]!;
}

function farTerms(base: TradeBase, shock: Shock, logCost: Float64Array, j: number, n: number) {
  const N = base.countries.length;
  const J = base.sectors.length;
  const terms = Array.from({ length: N }, (_, i) => {
    const at = (j * N + n) * N + i;
    const share = base.shares[at]!;
    if (share <= 0) return -Infinity;
    return Math.log(share) - base.theta[j]! * (logCostChange(base, shock, at) + logCost[i * J + j]!);
  });
  const greatest = Math.max(...terms);
  const sum = greatest === -Infinity ? 0 : terms.reduce((s, t) => s + Math.exp(t - greatest), 0);
  return { terms, greatest, sum };
}

/** Writes terms that can be added into the row of shares; gives their sum. */
function farShares(
  base: TradeBase,
  shock: Shock,
  { logCost, shares }: { readonly logCost: Float64Array; readonly shares: Float64Array },
  j: number,
  n: number,
): number {
  const N = base.countries.length;
  const { terms, greatest, sum } = farTerms(base, shock, logCost, j, n);
  for (let i = 0; i < N; i++) shares[(j * N + n) * N + i] = greatest === -Infinity ? 0 : Math.exp(terms[i]! - greatest);
  return sum;
}

/** Final spending of the base, from which the first sweeps start. */
function initialSpending({ countries, sectors, finalShare, valueAdded }: TradeBase, spending: Float64Array): void {
  const J = sectors.length;
  for (let n = 0; n < countries.length; n++)
    for (let j = 0; j < J; j++) spending[n * J + j] = finalShare[n * J + j]! * valueAdded[n]!;
}

/** Countries that trade with each other directly or through others: between two groups nothing ties wages. */
function tradingGroups({ countries }: TradeBase, weight: Float64Array): number[][] {
  const N = countries.length;
  const linked = new Uint8Array(N * N);
  for (let at = 0; at < weight.length; at++) if (weight[at]! > 0) linked[at % (N * N)] = 1;
  const groups: number[][] = [];
  const seen = new Set<number>();
  for (let first = 0; first < N; first++) {
    if (seen.has(first)) continue;
    const group = [first];
    seen.add(first);
    for (const n of group) {
      for (let i = 0; i < N; i++) {
        if (seen.has(i) || !(linked[n * N + i] || linked[i * N + n])) continue;
        seen.add(i);
        group.push(i);
      }
    }
    groups.push(group);
  }
  return groups;
}
