import { type Equilibrium, type SolveOptions, solveEquilibrium, type Termination } from "./equilibrium.ts";
import { noShock, type Shock, type TradeBase } from "./trade-base.ts";
import { type CountryOutcome, countryOutcomes } from "./welfare.ts";

/** A base whose trade balances to within the tolerance: scenarios are measured against it. */
export interface SolvedBase {
  readonly base: TradeBase;
  readonly equilibrium: Equilibrium;
}

/** A scenario's answer; countries only where it `converged`. */
export interface Solution {
  readonly termination: Termination;
  /** Largest imbalance of trade left over, as a fraction of a country's value added. */
  readonly residual: number;
  readonly iterations: number;
  readonly countries: readonly CountryOutcome[];
}

/** The answer to `entente solve`. Where no equilibrium was found there are no countries: half an answer looks like a whole one. */
export interface SolveResult extends Solution {
  readonly schema: "entente/solve@1";
  /** Wall-clock time of solving base and scenario. */
  readonly seconds: number;
  readonly digest: { readonly data: string; readonly engine: string };
  readonly notModelled: readonly string[];
}

/**
 * Solves the base without a shock and takes that as the base: figures as published balance only to their last digits, and a
 * scenario that changes nothing must change nothing.
 */
export function solveBase(given: TradeBase, options: SolveOptions = {}): SolvedBase {
  const found = solveEquilibrium(given, noShock(given), options);
  const base: TradeBase = {
    ...given,
    shares: found.shares,
    valueAdded: given.valueAdded.map((v, n) => v * found.wage[n]!),
  };
  return { base, equilibrium: solveEquilibrium(base, noShock(base), options) };
}

/** The equilibrium after a shock, with each country's outcome against the solved base. */
export function solveScenario({ base, equilibrium }: SolvedBase, shock: Shock, options: SolveOptions = {}): Solution {
  const after = solveEquilibrium(base, shock, options);
  if (equilibrium.termination !== "converged") return { ...ended(equilibrium), countries: [] };
  const countries = after.termination === "converged" ? countryOutcomes(base, equilibrium, after) : [];
  return { ...ended(after), countries };
}

function ended({ termination, residual, iterations }: Equilibrium): Omit<Solution, "countries"> {
  return { termination, residual, iterations };
}
