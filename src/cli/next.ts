import type { Command } from "commander";
import type { NextMember } from "../closure/assessment.ts";
import { stateName } from "../domain/states.ts";
import { DEFAULT_CASE } from "../workbench.ts";
import { type CliContext, listOf, readInput } from "./context.ts";

interface NextOptions {
  readonly members?: string;
  readonly classes?: string;
  readonly threshold?: string;
  readonly candidates?: string;
  readonly asOf?: string;
  readonly adopt?: string[];
  readonly case: string;
  readonly envelope?: string;
  readonly json?: boolean;
}

/** `entente next`: what each candidate adds to the coalition. */
export function addNext(program: Command, context: CliContext): void {
  program
    .command("next")
    .description("what each candidate would add to the coalition, by law and by potential")
    .option("--members <states>", "the coalition, such as USA,JPN,NLD")
    .option("--classes <names>", "class ids or groups, joined by commas")
    .option("--threshold <share>", "part of the supply outside the target")
    .option("--candidates <states>", "who might join; every supplier when left out")
    .option("--as-of <date>", "the day that is asked about")
    .option("--adopt <rule=state...>", "rules that a state has adopted already")
    .option("--case <case>", "the case to start from", DEFAULT_CASE)
    .option("--envelope <file>", "undisclosed members, as `entente disclose` seals them")
    .option("--json", "print one JSON document")
    .action((options: NextOptions) => runNext(options, context));
}

async function runNext(options: NextOptions, context: CliContext): Promise<void> {
  const workbench = context.workbench();
  const overrides = {
    ...(options.members !== undefined && { members: listOf(options.members) }),
    ...(options.classes !== undefined && { classes: listOf(options.classes) }),
    ...(options.threshold !== undefined && { threshold: Number(options.threshold) }),
    ...(options.asOf !== undefined && { asOf: options.asOf }),
    ...(options.adopt && { adopt: options.adopt.flatMap(listOf) }),
    candidates: options.candidates === undefined ? [] : listOf(options.candidates),
  };
  const a =
    options.envelope === undefined
      ? workbench.assess(options.case, overrides)
      : await workbench.assessUnder(readInput(options.envelope), options.case, overrides);
  if (options.json) {
    context.out(
      JSON.stringify(
        { schema: "entente/next@1", next: a.next, notices: a.notices, digest: a.digest, notModelled: a.notModelled },
        null,
        2,
      ),
    );
    return;
  }
  const percent = Math.round(a.question.threshold * 100);
  context.out(
    `Classes of ${a.question.subject} that reach ${percent}% when a state joins (${a.answer.reach.leaves} in all):`,
  );
  const adopts = a.next[0]?.adopts ?? [];
  if (adopts.length > 0) context.out(`A state that joins adopts ${adopts.join(", ")}.`);
  context.out([...a.next.map(describe), ...a.notices].join("\n"));
}

const CLASSES_SHOWN = 3;

function describe(n: NextMember): string {
  const change = (c: { before: number; after: number }) => `${c.before} -> ${c.after}`;
  const { closed, controlled, potential, classes, binding } = n.gains;
  const [first, ...more] = [
    `by law ${change(closed)}, licence ${change(controlled)}, could close ${change(potential)}`,
    ...(n.asItIs
      ? [`with its law as it is: by law ${change(n.asItIs.closed)}, licence ${change(n.asItIs.controlled)}`]
      : []),
    ...(classes.length > 0 ? [`most in: ${classes.slice(0, CLASSES_SHOWN).map(rise).join("; ")}`] : []),
    ...(binding.length > 0 ? [`no longer open: ${binding.join("; ")}`] : []),
  ];
  return [`  ${n.state}  ${stateName(n.state).padEnd(16)} ${first}`, ...more.map((line) => `       ${line}`)].join(
    "\n",
  );
}

function rise({ name, gain }: NextMember["gains"]["classes"][number]): string {
  return `${name} +${Math.round(gain * 100)} points`;
}
