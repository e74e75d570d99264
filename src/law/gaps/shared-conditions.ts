import type { Condition } from "../condition.ts";
import type { Residual } from "../specialise.ts";

/** Keeps one object for all conditions that are built alike from the same leaves, and numbers what has to be told apart. */
export class SharedConditions {
  private readonly numbers = new Map<unknown, number>();
  private readonly byKey = new Map<string, Condition>();
  private readonly known = new Map<Condition, Condition>();
  /** Those that compare two facts: one of them may be of the transaction. */
  private readonly comparing = new Set<Condition>();

  /** A number for the object, always the same one for the same object. */
  number(of: unknown): number {
    let found = this.numbers.get(of);
    if (found === undefined) {
      found = this.numbers.size;
      this.numbers.set(of, found);
    }
    return found;
  }

  /** Whether two facts are compared somewhere in the condition. */
  compares(r: Residual): boolean {
    return typeof r !== "boolean" && this.comparing.has(r);
  }

  /** The object that stands for all conditions built like this one. */
  share(r: Residual): Residual {
    if (typeof r === "boolean") return r;
    let found = this.known.get(r);
    if (found === undefined) {
      found = this.shareAnew(r);
      this.known.set(r, found);
      this.known.set(found, found);
    }
    return found;
  }

  /** All or one of conditions that are shared themselves. */
  list(op: "all" | "any", of: readonly Condition[]): Condition {
    return this.keep(`${op} ${of.map((x) => this.number(x)).join()}`, { op, of }, of);
  }

  /** The opposite of a shared condition. */
  not(of: Condition): Condition {
    return this.keep(`not ${this.number(of)}`, { op: "not", of }, [of]);
  }

  private shareAnew(c: Condition): Condition {
    switch (c.op) {
      case "all":
      case "any":
        return this.list(
          c.op,
          c.of.map((x) => this.share(x) as Condition),
        );
      case "not":
        return this.not(this.share(c.of) as Condition);
      case "matches":
        return this.keep(`matches ${c.codes.join()}`, c, []);
      default:
        if (c.op === "same") this.comparing.add(c);
        return c;
    }
  }

  private keep(key: string, made: Condition, parts: readonly Condition[]): Condition {
    const found = this.byKey.get(key);
    if (found !== undefined) return found;
    this.byKey.set(key, made);
    if (parts.some((p) => this.comparing.has(p))) this.comparing.add(made);
    return made;
  }
}
