import type { Command } from "commander";
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
  readonly adopt?: string[];
  readonly with?: string;
  readonly without?: string;
  readonly front?: boolean;
  readonly weights?: string;
  readonly budget?: string;
  readonly json?: boolean;
}

/** `entente minimum`: every inclusion-minimal coalition that could close classes or a goal, by supply and by law. */
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
    .option("--as-of <date>", "by the law of that day as well, and shares of that day instead of the newest")
    .option("--adopt <rule=state...>", "by law, with a rule of another state that a state would bring along")
    .option("--with <states>", "states that are in every coalition")
    .option("--without <states>", "states that are in none")
    .option("--front", "also the size of a coalition against what it reaches")
    .option("--weights <state=number,...>", "also the cheapest coalition, where states do not count the same")
    .option("--budget <number>", "also the most that can be closed by states of this weight together")
    .option("--json", "print one JSON document")
    .action((options: MinimumOptions) => runMinimum(options, context));
}

async function runMinimum(options: MinimumOptions, context: CliContext): Promise<void> {
  const workbench = context.workbench();
  const base = workbench.question(options.case, {
    threshold: Number(options.threshold),
    ...(options.target !== undefined && { target: options.target }),
    ...(options.asOf !== undefined && { asOf: options.asOf }),
    ...(options.adopt && { adopt: options.adopt.flatMap(listOf) }),
  });
  const atLeast = numberOf(options.atLeast, "--at-least", "number of classes", (n) => Number.isInteger(n) && n > 0);
  const budget = numberOf(options.budget, "--budget", "budget", (n) => n >= 0);
  const answer = await answerMinimum(
    {
      base,
      threshold: Number(options.threshold),
      byLaw: options.asOf !== undefined || options.adopt !== undefined,
      front: options.front === true,
      ...(options.classes !== undefined && { classes: listOf(options.classes) }),
      ...(options.goal !== undefined && { goal: options.goal }),
      ...(atLeast !== undefined && { atLeast }),
      ...(options.with !== undefined && { required: listOf(options.with) }),
      ...(options.without !== undefined && { forbidden: listOf(options.without) }),
      ...(options.weights !== undefined && { weights: listOf(options.weights) }),
      ...(budget !== undefined && { budget }),
    },
    workbench.library,
  );
  if (options.json) {
    context.out(JSON.stringify(answer, null, 2));
    return;
  }
  const { renderMinimum } = await import("../report/minimum/minimum-terminal.ts");
  context.out(renderMinimum(answer, context.width));
}

function numberOf(
  text: string | undefined,
  option: string,
  what: string,
  allowed: (n: number) => boolean,
): number | undefined {
  if (text === undefined) return undefined;
  const n = Number(text);
  if (text.trim() !== "" && Number.isFinite(n) && allowed(n)) return n;
  throw new InputError([{ code: "bad-value", message: `\`${text}\` is no ${what}`, at: { file: option } }]);
}
