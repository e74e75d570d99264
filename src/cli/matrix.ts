import { relative } from "node:path";
import type { Command } from "commander";
import { answerMatrix } from "../workbench/matrix.ts";
import { DEFAULT_CASE } from "../workbench.ts";
import { type CliContext, listOf } from "./context.ts";
import { writeWhole } from "./write-whole.ts";

interface MatrixCommandOptions {
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly target?: string;
  readonly states?: string;
  readonly probe?: string;
  readonly classes: string;
  readonly case: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly html?: string;
}

/** `entente matrix`: item group x state x layer at a date, each cell a grade and its rules. */
export function addMatrix(program: Command, context: CliContext): void {
  program
    .command("matrix")
    .description("what each layer of each state's law does to each group of items on a day")
    .option("--as-of <date>", "the day; left out: the oldest day on which the law shown was compared with its sources")
    .option("--known-on <date>", "only law that could be known by that day counts")
    .option("--target <state>", "where the goods go; left out: the target of the case")
    .option("--states <states>", "states to show, joined by commas; left out: every state whose law is held")
    .option("--probe <probe>", "one probe for every layer, instead of the one that each layer is about")
    .option("--classes <names>", "class ids, groups or types, joined by commas", "tool")
    .option("--case <case>", "the case whose packs, target and parties are used", DEFAULT_CASE)
    .option("--all", "a row for each class instead of each group")
    .option("--json", "print one JSON document")
    .option("--html <file>", "write a heat map as one HTML file")
    .action((options: MatrixCommandOptions) => runMatrix(options, context));
}

async function runMatrix(options: MatrixCommandOptions, context: CliContext): Promise<void> {
  const { asOf, target, states, probe } = options;
  const matrix = answerMatrix(
    {
      case: options.case,
      classes: listOf(options.classes),
      all: options.all === true,
      ...(asOf !== undefined && { asOf }),
      ...(options.knownOn !== undefined && { knownOn: options.knownOn }),
      ...(target !== undefined && { target }),
      ...(states !== undefined && { states: listOf(states) }),
      ...(probe !== undefined && { probe }),
    },
    context.workbench().library,
  );
  if (options.html !== undefined) {
    const { renderMatrixHtml } = await import("../report/matrix/matrix-html.ts");
    writeWhole(options.html, renderMatrixHtml(matrix));
  }
  if (options.json) context.out(JSON.stringify(matrix, null, 2));
  else {
    const { renderMatrixTerminal } = await import("../report/matrix/matrix-terminal.ts");
    context.out(renderMatrixTerminal(matrix, { width: context.width, colour: context.colour }));
    if (options.html !== undefined) context.out(`report: ${relative(process.cwd(), options.html)}`);
  }
}
