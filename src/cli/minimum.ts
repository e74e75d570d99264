import type { Command } from "commander";
import type { MinimumResult } from "../closure/assessment.ts";
import { parseDate } from "../domain/dates.ts";
import { InputError } from "../domain/errors.ts";
import { answerMinimum } from "../workbench/potential.ts";
import { DEFAULT_CASE } from "../workbench.ts";
import { type CliContext, listOf } from "./context.ts";

interface MinimumOptions {
  readonly classes?: string;
  readonly goal?: string;
  readonly threshold: string;
  readonly atLeast?: string;
  readonly target?: string;
  readonly case: string;
  readonly asOf?: string;
  readonly json?: boolean;
}

/** `entente minimum`: every smallest coalition that could close classes or a goal, by what states supply. */
export function addMinimum(program: Command, context: CliContext): void {
  program
    .command("minimum")
    .description("every inclusion-minimal coalition that could close classes or a goal, with proof")
    .option("--classes <names>", "class ids or groups, joined by commas")
    .option("--goal <goal>", "a product goal, such as logic-5nm")
    .option("--threshold <share>", "part of the supply outside the target", "0.9")
    .option("--at-least <n>", "so many of the classes, instead of all")
    .option("--target <state>", "whose own supply is left out")
    .option("--case <case>", "the case whose packs and target are used", DEFAULT_CASE)
    .option("--as-of <date>", "shares of that day instead of the newest")
    .option("--json", "print one JSON document")
    .action((options: MinimumOptions) => runMinimum(options, context));
}

function runMinimum(options: MinimumOptions, context: CliContext): void {
  const workbench = context.workbench();
  const atLeast = options.atLeast === undefined ? undefined : Number(options.atLeast);
  if (atLeast !== undefined && !(Number.isInteger(atLeast) && atLeast > 0)) {
    throw new InputError([
      { code: "bad-value", message: `\`${options.atLeast}\` is no number of classes`, at: { file: "--at-least" } },
    ]);
  }
  if (options.asOf !== undefined && !parseDate(options.asOf)) {
    throw new InputError([
      {
        code: "bad-date",
        message: `\`${options.asOf}\` is no calendar day`,
        hint: "write YYYY-MM-DD",
        at: { file: "--as-of" },
      },
    ]);
  }
  const base = workbench.question(options.case, {
    threshold: Number(options.threshold),
    ...(options.target !== undefined && { target: options.target }),
  });
  const answer = answerMinimum(
    {
      base,
      threshold: Number(options.threshold),
      ...(options.classes !== undefined && { classes: listOf(options.classes) }),
      ...(options.goal !== undefined && { goal: options.goal }),
      ...(atLeast !== undefined && { atLeast }),
      ...(options.asOf !== undefined && { year: Number(options.asOf.slice(0, 4)) }),
    },
    workbench.library,
  );
  context.out(
    options.json ? JSON.stringify(answer, null, 2) : [...answer.minimum.map(describe), ...answer.notices].join("\n"),
  );
}

function describe(m: MinimumResult): string {
  const states = (list: readonly string[] | null) => (list === null ? "not known" : list.join(", ") || "none");
  return [
    `${m.scope} at ${Math.round(m.threshold * 100)}%: ${m.status}, ${m.count} minimal coalitions${m.complete ? "" : " (not complete)"}`,
    ...m.coalitions.map((c) => `  ${c.join(" + ")}`),
    `  in all: ${states(m.indispensable)}`,
    `  in none: ${states(m.irrelevant)}`,
  ].join("\n");
}
