import type { Hole } from "./book.ts";
import { memberKinds, numberCells, numberDomain, RATIO_FACTS, singleValues, type Test } from "./cell-domains.ts";
import {
  assign,
  type CellFormula,
  type CellValue,
  type Domain,
  joined,
  leaf,
  type Part,
  quotient,
} from "./cell-formula.ts";
import { type Condition, isExact, isNumberRange, isPartialSet, isWithin, type NumberRange } from "./condition.ts";
import { NEVER } from "./facts.ts";
import { canReach, formulaNames, formulaOf, formulaOfTotal, quantityRange } from "./formulas.ts";
import { isEnforced } from "./judge.ts";
import { evaluate, type Scene } from "./kleene.ts";
import { type Prepared, type Residual, simplify } from "./specialise.ts";
import type { Weighable } from "./weigh.ts";

/** A regime's open parts over the finitely many cells of the facts that are missing. */
export interface CellProblem {
  readonly domains: readonly Domain[];
  readonly parts: Weighable<CellFormula>;
  /** What every completion must keep. */
  readonly constraints: readonly CellFormula[];
}

/** Name of the unknown that the formula of resolvable features compares. */
const RATIO = RATIO_FACTS.join(" / ");

/** A number, its divisor, and the fact that states their quotient. */
const QUOTIENT = ["chip.tpp", "chip.applicableArea", "chip.density"] as const;

/** Cuts the missing facts of what is left of a regime into cells on which each of its conditions is constant. */
export function cutIntoCells(prepared: Prepared): CellProblem {
  const { book, regime, date, known } = prepared;
  const scene: Scene = { book, regime: regime.id, date, facts: known };
  const rules = prepared.rules.filter((r) => isEnforced(r.version, date));
  const residuals = [
    prepared.subject,
    ...rules.flatMap((r) => [r.left, ...r.exceptions.map((e) => e.left)]),
    ...prepared.holes.map((h) => h.left),
  ];
  const cutter = new Cutter(scene);
  for (const r of residuals) cutter.collect(r);
  const kept = connected(constraintsOf(scene), cutter);
  cutter.cut();
  const put = (r: Residual): CellFormula => cutter.put(r);
  return {
    parts: {
      date,
      subject: put(prepared.subject),
      rules: rules.map((r) => ({
        rule: r.rule,
        version: r.version,
        left: put(r.left),
        exceptions: r.exceptions.map((e) => ({ exception: e.exception, left: put(e.left) })),
      })),
      holes: prepared.holes.map((h: { readonly hole: Hole; readonly left: Residual }) => put(h.left)),
    },
    constraints: [...kept.map(put), ...cutter.ratioConstraints()],
    domains: cutter.domains,
  };
}

/** The unknowns that an answer about the fact would settle, alone or together with another fact. */
export function unknownsOf(problem: CellProblem, fact: string): Set<number> {
  const settled = new Set([fact]);
  for (const f of settled) for (const result of resultsOf(f, problem)) settled.add(result);
  return new Set(problem.domains.flatMap((d, i) => (settled.has(d.fact) ? [i] : [])));
}

/** What is computed from the fact: a quotient only where something is known of the divisor. */
function resultsOf(fact: string, { domains, constraints }: CellProblem): string[] {
  const isTied = (result: string): boolean =>
    constraints.some((c) => {
      if (typeof c === "boolean" || c.op !== "ratio" || domains[c.unknowns[2]!]?.fact !== result) return false;
      const [, divisor] = c.given;
      return (
        c.unknowns[1]! >= 0 && (divisor === null || divisor === undefined || divisor.low > 0 || divisor.high < Infinity)
      );
    });
  return formulaNames().flatMap((name) => {
    const { total, parts } = formulaOf(name);
    const part = parts.find((p) => p.fact === fact);
    if (!part) return [];
    if (total === undefined) return [RATIO];
    return !part.shared || isTied(total) ? [total] : [];
  });
}

/** Constraints that the given facts neither fulfil nor contradict. */
function constraintsOf(scene: Scene): Condition[] {
  return scene.book.constraints.flatMap((c) => {
    const left = simplify(c.holds, scene);
    return typeof left === "boolean" ? [] : [left];
  });
}

/** The constraints that reach a fact of the cutter, directly or through one another; they are collected too. */
function connected(constraints: readonly Condition[], cutter: Cutter): Condition[] {
  const kept = new Set<Condition>();
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const c of constraints) {
      if (kept.has(c) || !cutter.meets(c)) continue;
      kept.add(c);
      cutter.collect(c);
    }
  }
  return constraints.filter((c) => kept.has(c));
}

/** Collects the tests of all conditions, then numbers the unknowns and puts conditions over them. */
class Cutter {
  readonly domains: Domain[] = [];
  private readonly scene: Scene;
  private readonly tests = new Map<string, Test[]>();
  private readonly ratioBounds: NumberRange[] = [];
  private readonly unknowns = new Map<string, number>();
  private readonly members = new Map<string, { readonly values: readonly string[]; readonly unknown: number }[]>();

  constructor(scene: Scene) {
    this.scene = scene;
  }

  collect(r: Residual): void {
    if (typeof r === "boolean") return;
    for (const c of testsOf(this.plain(r))) {
      if (c.op === "formula") {
        this.ratioBounds.push(ratioBounds(c));
        for (const f of RATIO_FACTS) this.add(f);
      } else if (c.op === "number") {
        this.add(c.fact, c);
        if ((QUOTIENT as readonly string[]).includes(c.fact)) this.tieQuotient(c.fact);
      } else for (const f of c.op === "same" ? [c.fact, c.other] : [c.fact]) this.add(f, c);
    }
  }

  private add(fact: string, test?: Test): void {
    if (!this.isMissing(fact)) return;
    const tests = this.tests.get(fact) ?? [];
    if (test) tests.push(test);
    this.tests.set(fact, tests);
  }

  /** A density that is tested goes with a performance and an area; so does a performance once one of the others is known. */
  private tieQuotient(tested: string): void {
    const [number, divisor, result] = QUOTIENT;
    // Of an area that is known exactly the density was made a bound of the performance.
    if (this.exact(divisor) && this.scene.facts[result] === undefined) return;
    const isKnown = (fact: string): boolean => quantityRange(fact, this.scene.facts) !== undefined;
    if (tested !== number || isKnown(divisor) || isKnown(result)) for (const f of QUOTIENT) this.add(f);
  }

  /** Whether a condition tests a fact that was collected. */
  meets(c: Condition): boolean {
    return testsOf(this.plain(c)).some((t) =>
      t.op === "formula"
        ? RATIO_FACTS.some((f) => this.tests.has(f))
        : this.tests.has(t.fact) || (t.op === "same" && this.tests.has(t.other)),
    );
  }

  /** Numbers of which only a part is known are still missing; what is not declared is a text that is not held. */
  private isMissing(fact: string): boolean {
    if (!this.scene.book.facts.has(fact)) return false;
    const v = formulaOfTotal(fact) ? quantityRange(fact, this.scene.facts) : this.scene.facts[fact];
    return v === undefined || isPartialSet(v) || (isNumberRange(v) && !isExact(v));
  }

  /** Quotients of which one part is known exactly become bounds of the other. */
  private plain(c: Condition): Condition {
    if (c.op === "all" || c.op === "any") return { op: c.op, of: c.of.map((x) => this.plain(x)) };
    if (c.op === "not") return { op: "not", of: this.plain(c.of) };
    if (c.op === "number" && c.fact === QUOTIENT[2]) return this.plainDensity(c);
    if (c.op !== "formula") return c;
    const { low, high, lowIncluded, highIncluded } = ratioBounds(c);
    const wavelength = this.exact("litho.wavelength");
    const aperture = this.exact("litho.na");
    if (aperture !== undefined) {
      const bounds = { low: low * aperture, high: high * aperture, lowIncluded, highIncluded };
      return { op: "number", fact: "litho.wavelength", bounds };
    }
    if (wavelength === undefined) return c;
    const bounds = {
      low: high > 0 ? wavelength / high : Infinity,
      high: low > 0 ? wavelength / low : Infinity,
      lowIncluded: highIncluded,
      highIncluded: lowIncluded,
    };
    return { op: "number", fact: "litho.na", bounds };
  }

  private plainDensity(c: Extract<Condition, { readonly op: "number" }>): Condition {
    const [number, divisor, result] = QUOTIENT;
    const area = this.exact(divisor);
    if (!area || this.scene.facts[result] !== undefined) return c;
    const { low, high, ...ends } = c.bounds;
    return { op: "number", fact: number, formula: "tpp", bounds: { low: low * area, high: high * area, ...ends } };
  }

  private exact(fact: string): number | undefined {
    const v = this.scene.facts[fact];
    return v !== undefined && isNumberRange(v) && v.low === v.high ? v.low : undefined;
  }

  /** Numbers the unknowns, in the order in which the conditions name them. */
  cut(): void {
    const done = new Set<string>();
    for (const [fact, tests] of this.tests) {
      if (done.has(fact)) continue;
      const declared = this.scene.book.facts.get(fact)!;
      if (declared.type === "quantity" || declared.type === "date") {
        const bounds = tests.flatMap((t) => (t.op === "number" ? [t.bounds] : []));
        const cells = numberCells(bounds, numberDomain(fact, this.scene));
        const isPossible =
          declared.type === "date" ? holdsDay : (c: NumberRange) => canReach(fact, c, this.scene.facts);
        const values = cells.filter(isPossible);
        // A day that is wholly unknown may never have come.
        this.addUnknown({
          fact,
          values: declared.type === "date" && !this.scene.facts[fact] ? [...values, NEVER] : values,
        });
      } else if (declared.type === "set") {
        const kinds = memberKinds(tests).map((values) => ({
          values,
          unknown: this.domains.push({ fact, member: values[0]!, values: [true, false] }) - 1,
        }));
        this.members.set(fact, kinds);
      } else {
        const linked = this.linkedWith(fact);
        const all = linked.flatMap((f) => this.tests.get(f)!);
        const declarations = linked.map((f) => this.scene.book.facts.get(f)!);
        const values = singleValues(declarations, all, this.scene);
        for (const f of linked) {
          done.add(f);
          const own = this.scene.book.facts.get(f)!;
          const closed = own.type === "one-of" && own.open !== true ? own.values : undefined;
          const possible = closed ? values.filter((v) => closed.includes(v.value as string)) : values;
          const standsFor = possible.map((v) => v.standsFor);
          this.addUnknown({ fact: f, values: possible.map((v) => v.value), standsFor });
        }
      }
    }
    if (this.ratioBounds.length > 0) {
      const positive = { low: 0, high: Infinity, lowIncluded: false, highIncluded: false };
      this.addUnknown({ fact: RATIO, values: numberCells(this.ratioBounds, positive) });
    }
  }

  private addUnknown(domain: Domain): void {
    this.unknowns.set(domain.fact, this.domains.push(domain) - 1);
  }

  /** Missing facts that conditions compare with this one, directly or through others. */
  private linkedWith(fact: string): string[] {
    const linked = new Set([fact]);
    for (const f of linked) {
      for (const t of this.tests.get(f)!) {
        if (t.op === "same") for (const g of [t.fact, t.other]) if (this.tests.has(g)) linked.add(g);
      }
    }
    return [...linked];
  }

  put(r: Residual): CellFormula {
    return typeof r === "boolean" ? r : this.putCondition(this.plain(r));
  }

  private putCondition(c: Condition): CellFormula {
    switch (c.op) {
      case "all":
      case "any": {
        const parts = c.of.map((x) => this.putCondition(x));
        if (parts.includes(c.op === "any")) return c.op === "any";
        return joined(
          c.op,
          parts.filter((p): p is Part => typeof p !== "boolean"),
        );
      }
      case "not": {
        const inner = this.putCondition(c.of);
        return typeof inner === "boolean" ? !inner : { op: "not", of: inner };
      }
      case "matches":
      case "term":
        return { op: "open" };
      case "formula": {
        const bounds = ratioBounds(c);
        return this.leafOf(RATIO, (v) => isWithin(v as NumberRange, bounds));
      }
      case "same":
        return this.putSame(c);
      case "includes": {
        if (!this.members.has(c.fact)) return { op: "open" };
        const kinds = this.members.get(c.fact)!.filter((k) => c.values.includes(k.values[0]!));
        return joined(
          "any",
          kinds.map((k) => ({ op: "leaf", unknown: k.unknown, holds: [true, false] })),
        );
      }
      case "number":
        return this.leafOf(c.fact, (v) => isWithin(v as NumberRange, c.bounds));
      default:
        return this.leafOf(c.fact, (v) => evaluate(c, { ...this.scene, facts: { [c.fact]: v } }));
    }
  }

  private putSame(c: Extract<Condition, { readonly op: "same" }>): CellFormula {
    const [a, b] = [this.unknowns.get(c.fact), this.unknowns.get(c.other)];
    if (a !== undefined && b !== undefined) {
      // A fact is always the same as itself, and `same` of numbers is refused when files are read.
      return a === b ? true : { op: "same", unknown: a, other: b };
    }
    const [missing, known] = a === undefined ? [c.other, c.fact] : [c.fact, c.other];
    const value = this.scene.facts[known];
    return value === undefined ? { op: "open" } : this.leafOf(missing, (v) => v === value);
  }

  private leafOf(fact: string, holds: (v: CellValue) => boolean | null): CellFormula {
    const unknown = this.unknowns.get(fact);
    return unknown === undefined ? { op: "open" } : leaf(unknown, this.domains[unknown]!.values.map(holds));
  }

  /** That numbers and their quotients go together; a cell that is the only one is put in at once. */
  ratioConstraints(): CellFormula[] {
    return [[...RATIO_FACTS, RATIO], QUOTIENT].flatMap((facts) => {
      const unknowns = facts.map((f) => this.unknowns.get(f) ?? -1);
      const known = facts.map((f, i) => (unknowns[i]! >= 0 ? null : (quantityRange(f, this.scene.facts) ?? null)));
      const isTied = unknowns[2]! >= 0 || (known[2] !== null && unknowns.some((u) => u >= 0));
      if (!isTied || unknowns.some((u, i) => u < 0 && known[i] === null)) return [];
      let f = quotient(unknowns, known);
      for (const u of unknowns) if (u >= 0 && this.domains[u]!.values.length === 1) f = assign(f, u, 0, this.domains);
      return f === true ? [] : [f];
    });
  }
}

/** Days are whole: between one and the next there is none. */
function holdsDay(c: NumberRange): boolean {
  return isExact(c) ? Number.isInteger(c.low) : Math.floor(c.low) + 1 < c.high;
}

/** `low < k x wavelength / NA < high` as bounds of wavelength / NA. */
function ratioBounds(c: Extract<Condition, { readonly op: "formula" }>): NumberRange {
  return { ...c.bounds, low: c.bounds.low / c.k, high: c.bounds.high / c.k };
}

/** The tests in a condition, paragraphs and definitions that nobody holds left out. */
function testsOf(c: Condition): (Test | Extract<Condition, { readonly op: "formula" }>)[] {
  switch (c.op) {
    case "all":
    case "any":
      return c.of.flatMap(testsOf);
    case "not":
      return testsOf(c.of);
    case "matches":
    case "term":
      return [];
    default:
      return [c];
  }
}
