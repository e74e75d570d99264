import { type Condition, type FactValue, isApart, isNumberRange, isPartialSet, isWithin } from "./condition.ts";
import { type FactRow, factPlaces } from "./fact-row.ts";
import { evaluate, type Scene, versionAt } from "./kleene.ts";
import type { Residual } from "./specialise.ts";

/** Kleene truth as numbers, so that *and* is the least and *or* the greatest. */
export const FALSE = 0;
export const UNKNOWN = 1;
export const TRUE = 2;
export type Truth = 0 | 1 | 2;

/** The truth of one condition under the facts of a transaction. */
export type Test = (row: FactRow) => Truth;

const CONSTANT: Record<Truth, Test> = { 0: () => FALSE, 1: () => UNKNOWN, 2: () => TRUE };

/**
 * What is left of a condition as nested functions, with groups resolved for the scene's day. It says what `evaluate` says
 * of the scene's facts together with those that the function is given; the scene's own facts may not change.
 */
export function closeCondition(residual: Residual, scene: Scene): Test {
  if (typeof residual === "boolean") return CONSTANT[residual ? TRUE : FALSE];
  const c = residual;
  switch (c.op) {
    case "all":
      return closeAll(c.of.map((x) => closeCondition(x, scene)));
    case "any":
      return closeAny(c.of.map((x) => closeCondition(x, scene)));
    case "not": {
      const inner = closeCondition(c.of, scene);
      return (row) => (TRUE - inner(row)) as Truth;
    }
    case "is":
    case "in":
    case "in-group":
    case "includes":
      return closeValueTest(c, scene);
    case "number":
      return c.formula ? closeByEvaluation(c, scene) : closeValueTest(c, scene);
    default:
      return closeByEvaluation(c, scene);
  }
}

/** Conditions on several facts or on list codes: rare enough to be walked. */
function closeByEvaluation(c: Condition, scene: Scene): Test {
  const { facts: known } = scene;
  const isOpen = Object.keys(known).length === 0;
  return ({ facts }) => {
    const truth = evaluate(c, { ...scene, facts: isOpen ? facts : { ...known, ...facts } });
    return truth === null ? UNKNOWN : truth ? TRUE : FALSE;
  };
}

function closeAll(tests: readonly Test[]): Test {
  const [a, b] = tests;
  if (!a) return CONSTANT[TRUE];
  if (!b) return a;
  if (tests.length === 2) {
    return (row) => {
      const first = a(row);
      if (first === FALSE) return FALSE;
      const second = b(row);
      return Math.min(first, second) as Truth;
    };
  }
  return (row) => {
    let least: Truth = TRUE;
    for (let i = 0; i < tests.length; i++) {
      const truth = tests[i]!(row);
      if (truth === FALSE) return FALSE;
      if (truth < least) least = truth;
    }
    return least;
  };
}

function closeAny(tests: readonly Test[]): Test {
  if (tests.length === 0) return CONSTANT[FALSE];
  if (tests.length === 1) return tests[0]!;
  return (row) => {
    let greatest: Truth = FALSE;
    for (let i = 0; i < tests.length; i++) {
      const truth = tests[i]!(row);
      if (truth === TRUE) return TRUE;
      if (truth > greatest) greatest = truth;
    }
    return greatest;
  };
}

type ValueTest = Extract<Condition, { readonly op: "is" | "in" | "in-group" | "includes" | "number" }>;

/** A test on the value of one fact; a value that the scene knows is taken where the transaction gives none. */
function closeValueTest(c: ValueTest, scene: Scene): Test {
  const { fact } = c;
  const known = scene.facts[fact];
  const decide = closeValue(c, scene);
  const place = factPlaces(scene.book.facts).get(fact)!;
  if (known === undefined) {
    return ({ values }) => {
      const value = values[place];
      return value === undefined ? UNKNOWN : decide(value);
    };
  }
  return ({ values }) => decide(values[place] ?? known);
}

function closeValue(c: ValueTest, scene: Scene): (value: FactValue) => Truth {
  switch (c.op) {
    case "is": {
      const wanted = c.value;
      return (value) => (value === wanted ? TRUE : FALSE);
    }
    case "in": {
      const values = new Set<FactValue>(c.values);
      return (value) => (values.has(value) ? TRUE : FALSE);
    }
    case "in-group":
      return closeGroups(c.groups, scene);
    case "includes": {
      const { values } = c;
      return (value) => {
        const partial = isPartialSet(value);
        const held = partial ? value.known : (value as readonly string[]);
        return values.some((x) => held.includes(x)) ? TRUE : partial ? UNKNOWN : FALSE;
      };
    }
    case "number": {
      const { bounds } = c;
      return (value) => {
        if (!isNumberRange(value)) return UNKNOWN;
        const n = value.low;
        if (n === value.high && value.lowIncluded && value.highIncluded) {
          const isAbove = n > bounds.low || (n === bounds.low && bounds.lowIncluded);
          return isAbove && (n < bounds.high || (n === bounds.high && bounds.highIncluded)) ? TRUE : FALSE;
        }
        if (isWithin(value, bounds)) return TRUE;
        return isApart(value, bounds) ? FALSE : UNKNOWN;
      };
    }
  }
}

/** A group whose text is not held on the day may hold any state. */
function closeGroups(groups: readonly string[], { book, date }: Scene): (value: FactValue) => Truth {
  const held = groups.map((id) => versionAt(book.groups.get(id)?.versions ?? [], date));
  const members = new Set<FactValue>(held.flatMap((version) => [...(version?.members ?? [])]));
  const otherwise = held.includes(undefined) ? UNKNOWN : FALSE;
  return (value) => (members.has(value) ? TRUE : otherwise);
}
