import { relative } from "node:path";
import type { Command } from "commander";
import { InputError, nearest } from "../domain/errors.ts";
import { parseState, type State, stateNames } from "../domain/states.ts";
import { type CliContext, listOf } from "./context.ts";
import { writeWhole } from "./write-whole.ts";

interface AllianceOptions {
  readonly asOf?: string;
  readonly overlap?: boolean;
  readonly states?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly html?: string;
}

/** `entente alliance [NAME ...]`: one alliance in full, a list of all, or several beside each other. */
export function addAlliance(program: Command, context: CliContext): void {
  program
    .command("alliance [names...]")
    .description(
      "who works together on an issue, to what end, what was pledged and what is in force: one alliance, several, or all",
    )
    .option("--as-of <date>", "the day; left out: the oldest day on which what is shown was compared with its sources")
    .option("--overlap", "who is in what, and whose absence costs most; of all alliances where none is named")
    .option("--states <states>", "rows of the overlap to show, joined by commas")
    .option("--all", "every row and every source")
    .option("--json", "print one JSON document")
    .option("--html <file>", "write the page as one HTML file")
    .action((names: string[], options: AllianceOptions) => runAlliance(names, options, context));
}

async function runAlliance(names: readonly string[], options: AllianceOptions, context: CliContext): Promise<void> {
  const overlap = options.overlap === true || names.length > 1;
  const states = readStates(options);
  const answer = await context.workbench().alliances({
    names,
    overlap,
    ...(options.asOf !== undefined && { asOf: options.asOf }),
  });
  if (options.html !== undefined) {
    const { renderAllianceHtml } = await import("../report/alliance/alliance-html.ts");
    writeWhole(options.html, renderAllianceHtml(answer));
  }
  if (options.json) return context.out(JSON.stringify(answer, null, 2));
  const style = { width: context.width, colour: context.colour, all: options.all === true };
  if (overlap || names.length === 0) {
    const { renderAllianceList, renderOverlapTerminal } = await import("../report/alliance/overlap-terminal.ts");
    context.out(overlap ? renderOverlapTerminal(answer, { ...style, states }) : renderAllianceList(answer, style));
  } else {
    const { renderAllianceTerminal } = await import("../report/alliance/alliance-terminal.ts");
    context.out(renderAllianceTerminal(answer, style));
  }
  if (options.html !== undefined) context.out(`report: ${relative(process.cwd(), options.html)}`);
}

function readStates({ states }: AllianceOptions): State[] {
  const texts = states === undefined ? [] : listOf(states);
  const found = texts.map(parseState);
  const unknown = texts.filter((_, i) => found[i] === undefined);
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((text) => {
        const guess = nearest(text, stateNames());
        const hint = guess ? `did you mean \`${guess}\`?` : "use ISO 3166-1 alpha-3 codes or English names";
        return { code: "unknown-state", message: `no state is called \`${text}\``, hint, at: { file: "--states" } };
      }),
    );
  }
  return found.filter((s) => s !== undefined);
}
