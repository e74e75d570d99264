import type { Assessment } from "../closure/assessment.ts";
import type { Expectation } from "../closure/case.ts";

export interface ExpectationResult {
  readonly at: string;
  readonly holds: boolean;
  /** What was found beside what was expected; empty when it holds. */
  readonly message: string;
}

/** Holds every `expect:` line of a case against its assessment. */
export function checkExpectations(a: Assessment, expect: readonly Expectation[]): ExpectationResult[] {
  return expect.map((e) => {
    const found = pick(a, e.at);
    const failures = [
      "is" in e && e.is !== undefined && !same(found, e.is) && `is \`${show(found)}\`, expected \`${show(e.is)}\``,
      e.atLeast !== undefined &&
        !(typeof found === "number" && found >= e.atLeast) &&
        `is \`${show(found)}\`, expected at least ${e.atLeast}`,
      e.atMost !== undefined &&
        !(typeof found === "number" && found <= e.atMost) &&
        `is \`${show(found)}\`, expected at most ${e.atMost}`,
      e.includes !== undefined &&
        !(Array.isArray(found) && found.some((x) => same(x, e.includes))) &&
        `does not include \`${show(e.includes)}\`: \`${show(found)}\``,
    ].filter((x) => x !== false);
    const why = e.why ? ` (${e.why})` : "";
    return {
      at: e.at,
      holds: failures.length === 0,
      message: failures.map((f) => `\`${e.at}\` ${f}${why}`).join("; "),
    };
  });
}

/** Follows `classes[euv-lithography-tools].suppliers[NLD].cells.advanced-fab.grade`. */
function pick(root: unknown, path: string): unknown {
  const steps = [...path.matchAll(/([^.[\]]+)|\[([^\]]+)\]/g)].map((m) => ({ key: m[1], element: m[2] }));
  return steps.reduce<unknown>((value, { key, element }) => {
    if (element !== undefined) {
      if (!Array.isArray(value)) return undefined;
      return (
        value.find((x: Record<string, unknown>) =>
          [x.id, x.state, x.class, x.variant, x.goal, x.scope, x.rule].includes(element),
        ) ?? value[Number(element)]
      );
    }
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key!] : undefined;
  }, root);
}

function same(a: unknown, b: unknown): boolean {
  return typeof a === "number" && typeof b === "number"
    ? Math.abs(a - b) < 1e-9
    : JSON.stringify(a) === JSON.stringify(b);
}

function show(x: unknown): string {
  return x === undefined ? "nothing" : typeof x === "string" ? x : JSON.stringify(x);
}
