import { type IsoDate, within } from "../src/domain/dates.ts";
import { quantity } from "../src/domain/quantities.ts";
import { remember } from "../src/domain/remember.ts";
import type { State } from "../src/domain/states.ts";
import type { Exception, RuleBook, RuleVersion } from "../src/law/book.ts";
import type { Condition, Facts, NumberRange } from "../src/law/condition.ts";
import type { Region } from "../src/law/gaps/region.ts";

/** A formula in SMT-LIB; what is decided already is folded away, or formulas of whole regimes would drown the solver. */
export type Truth = string | boolean;

/** Whether what is not held in text counts as not so (for what is certain) or as so (for what is possible). */
type Reading = "certain" | "possible";

type Excepted = { readonly exceptions: readonly Exception[] };

const OTHER = "any other";

/** A decimal as a fraction, exactly. */
function rational(n: number): string {
  const [mantissa, exponent = "0"] = String(Math.abs(n)).toLowerCase().split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(`${whole}${fraction}`);
  const text = shift >= 0 ? `${digits * 10n ** BigInt(shift)}.0` : `(/ ${digits}.0 ${10n ** BigInt(-shift)}.0)`;
  return n < 0 ? `(- ${text})` : text;
}

/**
 * The conditions of rules as formulas over real numbers, truth values and numbered names, made from the parsed text alone. A set
 * holds at most one of the members that somebody names.
 */
export class LawInZ3 {
  /** Declarations and definitions that the formulas need, in order. */
  readonly preamble: string[] = [];
  private readonly book: RuleBook;
  private readonly item: Facts;
  private readonly point: string;
  private readonly constants = new Map<string, string>();
  private readonly names = new Map<string, Map<string, number>>();
  private readonly members = new Map<string, Map<string, string>>();
  private readonly numbers = new Set<string>();

  /** `point` names the point that the formulas speak of: formulas of two points have nothing in common. */
  constructor(book: RuleBook, item: Facts, point: string) {
    this.book = book;
    this.item = item;
    this.point = point;
  }

  /** The law of a side as it stands on its day for the transaction without the witness. */
  side(regimes: readonly State[], date: IsoDate, transaction: Facts): SideInZ3 {
    return new SideInZ3(this, regimes, date, { ...transaction, ...this.item });
  }

  get rules(): RuleBook {
    return this.book;
  }

  and(parts: readonly Truth[]): Truth {
    if (parts.includes(false)) return false;
    const open = parts.filter((p) => p !== true);
    return open.length === 0 ? true : open.length === 1 ? open[0]! : `(and ${open.join(" ")})`;
  }

  or(parts: readonly Truth[]): Truth {
    if (parts.includes(true)) return true;
    const open = parts.filter((p) => p !== false);
    return open.length === 0 ? false : open.length === 1 ? open[0]! : `(or ${open.join(" ")})`;
  }

  not(f: Truth): Truth {
    return typeof f === "boolean" ? !f : `(not ${f})`;
  }

  /** A name for a formula that many others hold. */
  define(f: Truth): Truth {
    if (typeof f === "boolean" || f.length < 40) return f;
    const name = `|f${this.preamble.length}${this.point}|`;
    this.preamble.push(`(define-fun ${name} () Bool ${f})`);
    return name;
  }

  private constant(name: string, sort: "Bool" | "Real" | "Int"): string {
    return remember(this.constants, name, () => {
      const symbol = `|${name}${this.point}|`;
      this.preamble.push(`(declare-const ${symbol} ${sort})`);
      return symbol;
    });
  }

  truth(name: string): string {
    return this.constant(name, "Bool");
  }

  number(name: string): string {
    this.numbers.add(name);
    return this.constant(name, "Real");
  }

  isNamed(fact: string, value: string): string {
    const declared = this.book.facts.get(fact)?.values ?? [];
    const values = remember(this.names, fact, () => new Map(declared.map((v, i) => [v, i])));
    if (!values.has(value)) values.set(value, values.size);
    return `(= ${this.constant(fact, "Int")} ${values.get(value)!})`;
  }

  member(fact: string, value: string): string {
    const of = remember(this.members, fact, () => new Map<string, string>());
    return remember(of, value, () => this.constant(`${fact} holds ${value}`, "Bool"));
  }

  within(x: string, r: NumberRange): Truth {
    const low = Number.isFinite(r.low) ? [`(${r.lowIncluded ? ">=" : ">"} ${x} ${rational(r.low)})`] : [];
    const high = Number.isFinite(r.high) ? [`(${r.highIncluded ? "<=" : "<"} ${x} ${rational(r.high)})`] : [];
    return this.and([...low, ...high]);
  }

  /** `low < k x wavelength / aperture < high`, multiplied out by the aperture, which is above 0. */
  feature(k: number, r: NumberRange): Truth {
    const scaled = `(* ${rational(k)} ${this.number("litho.wavelength")})`;
    const times = (n: number) => `(* ${rational(n)} ${this.number("litho.na")})`;
    const low = Number.isFinite(r.low) ? [`(${r.lowIncluded ? ">=" : ">"} ${scaled} ${times(r.low)})`] : [];
    const high = Number.isFinite(r.high) ? [`(${r.highIncluded ? "<=" : "<"} ${scaled} ${times(r.high)})`] : [];
    return this.and([...low, ...high]);
  }

  /** A region as it is printed: units, open and closed ends, names. */
  region(region: Region): Truth {
    return this.and(
      Object.entries(region).map(([name, p]): Truth => {
        if ("in" in p) {
          if (p.notIn === undefined) return this.or(p.in.map((v) => this.valueOf(name, v)));
          return this.not(this.or(p.notIn.map((v) => this.valueOf(name, v))));
        }
        if (name === "litho.wavelength / litho.na") return this.ratio(p);
        const base = (n: number | null, none: number) => (n === null ? none : (quantity(n, p.unit)?.value ?? n));
        return this.within(this.number(name), {
          low: base(p.low, -Infinity),
          high: base(p.high, Infinity),
          lowIncluded: p.lowIncluded,
          highIncluded: p.highIncluded,
        });
      }),
    );
  }

  private ratio(p: Extract<Region[string], { readonly low: number | null }>): Truth {
    const side = (exact: string | undefined, n: number | null, end: "low" | "high"): Truth[] => {
      if (n === null) return [];
      const [bound, k] = (exact ?? `${n} / 1`).split(" / ").map(Number);
      const included = end === "low" ? p.lowIncluded : p.highIncluded;
      const none = { low: -Infinity, high: Infinity, lowIncluded: false, highIncluded: false };
      return [this.feature(k!, { ...none, [end]: bound!, [`${end}Included`]: included })];
    };
    return this.and([...side(p.exact?.low, p.low, "low"), ...side(p.exact?.high, p.high, "high")]);
  }

  private valueOf(name: string, v: string | boolean): Truth {
    if (typeof v === "boolean") return v ? this.truth(name) : this.not(this.truth(name));
    if (this.book.facts.get(name)?.type !== "set") return this.isNamed(name, v);
    return this.member(name, v);
  }

  /** What every point keeps: bounds of the facts, one member of a set, declared values, and the constraints between facts. */
  axioms(certain: (c: Condition) => Truth): Truth {
    // Constraints may name facts that nothing else does, so they are read first.
    const constraints = this.book.constraints.map((c) => certain(c.holds));
    const bounds = [...this.numbers].map((name) => {
      const { min, max } = this.book.facts.get(name) ?? {};
      const light = name === "litho.wavelength" || name === "litho.na";
      const all = { low: min ?? -Infinity, high: max ?? Infinity, lowIncluded: !light, highIncluded: true };
      const known = this.item[name] as NumberRange | undefined;
      return this.and([all, ...(known ? [known] : [])].map((r) => this.within(this.number(name), r)));
    });
    const names = [...this.names].map(([fact, values]) => {
      const declared = this.book.facts.get(fact);
      if (declared?.type !== "one-of" || declared.open) this.isNamed(fact, OTHER);
      return this.or([...values.keys()].map((v) => this.isNamed(fact, v)));
    });
    const single = [...this.members.values()].map((of): Truth => {
      return of.size < 2 ? true : `((_ at-most 1) ${[...of.values()].join(" ")})`;
    });
    return this.and([...bounds, ...names, ...single, ...constraints]);
  }
}

/** One state's law for one transaction. */
export class SideInZ3 {
  private readonly law: LawInZ3;
  private readonly regimes: readonly State[];
  private readonly date: IsoDate;
  private readonly facts: Facts;
  private readonly terms = new Map<string, { readonly is: Truth }>();

  constructor(law: LawInZ3, regimes: readonly State[], date: IsoDate, facts: Facts) {
    this.law = law;
    this.regimes = regimes;
    this.date = date;
    this.facts = facts;
  }

  /** A rule of one of these layers certainly requires something. */
  controls(layers: ReadonlySet<string>): Truth {
    return this.law.or(
      this.rules().flatMap(({ rule, version, regime, subject }) =>
        layers.has(rule.layer)
          ? [
              this.law.and([
                this.read(subject, regime, "certain"),
                this.read(rule.applies, regime, "certain"),
                this.read(version.when, regime, "certain"),
                this.requires(
                  rule.id.slice(rule.id.lastIndexOf("/") + 1),
                  version.effect !== "no-licence",
                  rule,
                  regime,
                ),
              ]),
            ]
          : [],
      ),
    );
  }

  /** Certainly no rule requires anything, and no text that is not held could. */
  leavesFree(): Truth {
    const rules = this.rules().map(({ rule, version, regime, subject }) =>
      this.law.or([
        this.law.not(this.read(subject, regime, "possible")),
        this.law.not(this.read(rule.applies, regime, "possible")),
        this.law.not(this.read(version.when, regime, "possible")),
        this.frees(rule.id.slice(rule.id.lastIndexOf("/") + 1), version.effect === "no-licence", rule, regime),
      ]),
    );
    const holes = this.regimes.flatMap((id) => {
      const regime = this.law.rules.regimes.get(id);
      if (!regime) return [false];
      const subject = this.subjectOf(id);
      return regime.holes
        .filter((h) => within(this.date, h))
        .map((h) =>
          this.law.or([
            this.law.not(this.read(subject, id, "possible")),
            this.law.not(this.read(h.when, id, "possible")),
          ]),
        );
    });
    return this.law.and([...rules, ...holes]);
  }

  private subjectOf(id: State): Condition {
    const subject = this.law.rules.regimes.get(id)?.subject;
    return subject === undefined ? { op: "all", of: [] } : { op: "term", name: subject };
  }

  private rules() {
    return this.regimes.flatMap((regime) =>
      (this.law.rules.regimes.get(regime)?.rules ?? []).flatMap((rule) => {
        const version = rule.versions.find((v) => within(this.date, v));
        if (!version || !isEnforced(version, this.date)) return [];
        return [{ rule, version, regime, subject: this.subjectOf(regime) }];
      }),
    );
  }

  private overriding(id: string, rule: Excepted) {
    return rule.exceptions.filter((e) => e.overrides === id && within(this.date, e));
  }

  /** The rule or exception, after those that override it, requires something at least. */
  private requires(id: string, own: boolean, rule: Excepted, regime: string): Truth {
    const over = this.overriding(id, rule);
    const each = over.map((e) => {
      const inner = this.requires(e.id, e.effect !== "no-licence", rule, regime);
      return this.law.or([this.law.not(this.read(e.when, regime, "possible")), inner]);
    });
    const replaced = this.law.or(over.map((e) => this.read(e.when, regime, "certain")));
    return this.law.and([...each, this.law.or([own, replaced])]);
  }

  /** The rule or exception, after those that override it, requires nothing at most. */
  private frees(id: string, own: boolean, rule: Excepted, regime: string): Truth {
    const over = this.overriding(id, rule);
    const each = over.map((e) => {
      const inner = this.frees(e.id, e.effect === "no-licence", rule, regime);
      return this.law.or([this.law.not(this.read(e.when, regime, "possible")), inner]);
    });
    const replaced = this.law.or(over.map((e) => this.read(e.when, regime, "certain")));
    return this.law.and([...each, this.law.or([own, replaced])]);
  }

  /** A condition of a regime under one reading. */
  read(c: Condition, regime: string, reading: Reading): Truth {
    const unknown = () => reading === "possible";
    switch (c.op) {
      case "all":
        return this.law.and(c.of.map((x) => this.read(x, regime, reading)));
      case "any":
        return this.law.or(c.of.map((x) => this.read(x, regime, reading)));
      case "not":
        return this.law.not(this.read(c.of, regime, reading === "certain" ? "possible" : "certain"));
      case "term":
        return this.readTerm(`${regime}/${c.name}`, reading);
      case "matches":
        return this.law.or(
          c.codes.flatMap((code) => {
            const written = [...this.law.rules.terms.keys()].filter((t) => t === code || t.startsWith(`${code}.`));
            if (written.length > 0) return written.map((t) => this.readTerm(t, reading));
            return [reading === "certain" ? false : this.law.truth(code)];
          }),
        );
      case "formula":
        return c.name === "mrf" ? this.readFeature(c) : unknown();
      case "same": {
        const [a, b] = [this.facts[c.fact], this.facts[c.other]];
        return a === undefined || b === undefined ? unknown() : a === b;
      }
      default:
        return this.readTest(c, reading);
    }
  }

  private readTerm(key: string, reading: Reading): Truth {
    return remember(this.terms, `${reading} ${key}`, () => ({
      is: this.law.define(this.readTermAnew(key, reading)),
    })).is;
  }

  private readTermAnew(key: string, reading: Reading): Truth {
    const term = this.law.rules.terms.get(key);
    if (!term) return reading === "possible";
    const version = term.versions.find((v) => within(this.date, v));
    return version ? this.read(version.when, key.slice(0, 3), reading) : false;
  }

  /** Lengths that are known are put beside the comparison, as what is known of the same numbers. */
  private readFeature(c: Extract<Condition, { readonly op: "formula" }>): Truth {
    const known = ["litho.wavelength", "litho.na"].flatMap((f) => {
      const r = this.facts[f] as NumberRange | undefined;
      return r === undefined ? [] : [this.law.within(this.law.number(f), r)];
    });
    return this.law.and([...known, this.law.feature(c.k, c.bounds)]);
  }

  private readTest(
    c: Extract<Condition, { readonly op: "is" | "in" | "in-group" | "includes" | "number" }>,
    reading: Reading,
  ): Truth {
    const known = this.facts[c.fact];
    switch (c.op) {
      case "number": {
        const r = known as NumberRange | undefined;
        if (r !== undefined && r.low === r.high) return isIn(r.low, c.bounds);
        return this.law.within(this.law.number(c.fact), c.bounds);
      }
      case "is":
        if (known !== undefined) return known === c.value;
        if (typeof c.value === "boolean") {
          // What no fact declares is a text that is not held.
          if (!this.law.rules.facts.has(c.fact)) return reading === "possible";
          return c.value ? this.law.truth(c.fact) : this.law.not(this.law.truth(c.fact));
        }
        return this.law.isNamed(c.fact, c.value);
      case "in":
        if (known !== undefined) return c.values.includes(known as string);
        return this.law.or(c.values.map((v) => this.law.isNamed(c.fact, v)));
      case "includes":
        if (known !== undefined) return c.values.some((v) => (known as readonly string[]).includes(v));
        return this.law.or(c.values.map((v) => this.law.member(c.fact, v)));
      case "in-group": {
        const groups = c.groups.map((g) => this.law.rules.groups.get(g)?.versions.find((v) => within(this.date, v)));
        const members = groups.flatMap((g) => [...(g?.members ?? [])]);
        const open = groups.includes(undefined) && reading === "possible";
        if (known !== undefined) return members.includes(known as string) || open;
        return this.law.or([...members.map((m) => this.law.isNamed(c.fact, m)), open]);
      }
    }
  }
}

function isIn(n: number, r: NumberRange): boolean {
  return (n > r.low || (n === r.low && r.lowIncluded)) && (n < r.high || (n === r.high && r.highIncluded));
}

function isEnforced(version: RuleVersion, date: IsoDate): boolean {
  const begun = [...version.status].filter((s) => s.from <= date).sort((a, b) => (a.from < b.from ? -1 : 1));
  const last = begun.at(-1);
  return last === undefined || last.status === "in-force";
}
