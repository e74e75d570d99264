import type { Range } from "../domain/ranges.ts";
import type { Goal } from "../supply/pack.ts";
import type { Binding, Coverage, GoalResult } from "./assessment.ts";
import { decide } from "./requirement.ts";

const NOTHING: Range = { low: 0, high: 0 };
/** A class without any figure: what is controlled is not known. */
const UNKNOWN: Range = { low: 0, high: 1 };

function each(f: (pick: (c: Coverage) => Range) => Range): Coverage {
  return {
    closed: f((c) => c.closed),
    closedOrPractice: f((c) => c.closedOrPractice),
    controlled: f((c) => c.controlled),
  };
}

const largest = (ranges: readonly Range[]): Range => ({
  low: Math.max(0, ...ranges.map((r) => r.low)),
  high: Math.max(0, ...ranges.map((r) => r.high)),
});
const smallest = (ranges: readonly Range[]): Range =>
  ranges.length === 0
    ? NOTHING
    : { low: Math.min(...ranges.map((r) => r.low)), high: Math.min(...ranges.map((r) => r.high)) };

/**
 * What law does to a product goal. An alternative needs all its classes, so its best covered class decides it; a step is met
 * by any alternative, so its least covered alternative decides it; the goal closes when one step does.
 */
export function judgeGoal(
  goal: Goal,
  probe: string,
  threshold: number,
  coverageOf: (classId: string) => Coverage | undefined,
): GoalResult {
  const steps = goal.needs.map((step) => {
    const alternatives = step.any.map((a) => {
      const covered = a.classes.map(
        (c) => coverageOf(c) ?? { closed: UNKNOWN, closedOrPractice: UNKNOWN, controlled: UNKNOWN },
      );
      return {
        classes: a.classes,
        ...(a.penalty !== undefined && { penalty: a.penalty }),
        coverage: each((pick) => largest(covered.map(pick))),
      };
    });
    return {
      step: step.step,
      alternatives,
      coverage: each((pick) => smallest(alternatives.map((a) => pick(a.coverage)))),
    };
  });
  const verdict = decide({ items: steps.map((s) => ({ id: s.step, coverage: s.coverage })), atLeast: 1, threshold });
  return { id: goal.id, title: goal.title, probe, verdict, steps };
}

/** Minimal cuts of the goals by controlled coverage: for each step the classes that must close together, lowest bound last. */
export function bindingSteps(goals: readonly GoalResult[]): Binding[] {
  const cuts = goals.flatMap((goal) =>
    goal.steps.map((step) => ({
      goal: goal.id,
      name: step.step,
      step: [...new Set(step.alternatives.map((a) => bestClass(a)))],
      low: step.coverage.controlled.low,
    })),
  );
  return cuts.sort((a, b) => b.low - a.low || a.goal.localeCompare(b.goal, "en") || a.name.localeCompare(b.name, "en"));
}

function bestClass(alternative: { readonly classes: readonly string[] }): string {
  return alternative.classes.join(" + ");
}
