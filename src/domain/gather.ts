import { InputError, type Problem } from "./errors.ts";

/** What every step gives. Throws one InputError with the problems of all steps; a fault of the program goes through at once. */
export function gather<T>(steps: readonly (() => T)[]): T[] {
  const problems: Problem[] = [];
  const results: T[] = [];
  for (const step of steps) {
    try {
      results.push(step());
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return results;
}
