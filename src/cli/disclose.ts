import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { InputError } from "../domain/errors.ts";
import {
  type DiscloseRequest,
  type DisclosurePlan,
  disclose,
  formatEnvelope,
  planDisclosure,
  summariseDisclosure,
} from "../workbench/disclose.ts";
import { parseEnvelope } from "../workbench/disclose-envelope.ts";
import { readSecret } from "../workbench/disclose-secret.ts";
import { DEFAULT_CASE } from "../workbench.ts";
import { type CliContext, listOf, readInput } from "./context.ts";
import { writeWhole } from "./write-whole.ts";

interface DiscloseOptions {
  readonly secret?: string;
  readonly out?: string;
  readonly members?: string;
  readonly candidates?: string;
  readonly ruleOut?: string;
  readonly means?: string;
  readonly k?: string;
  readonly atMost?: string;
  readonly earlier?: string;
  readonly asOf?: string;
  readonly target?: string;
  readonly json?: boolean;
}

/** `entente disclose [CASE]`: an envelope that holds undisclosed members; without `--secret`, how the classes would be cut. */
export function addDisclose(program: Command, context: CliContext): void {
  program
    .command("disclose [case]")
    .description(
      "make an envelope, from which others get answers without learning who the undisclosed members are;\n" +
        "without --secret: show how memberships would be cut into classes, before anybody joins",
    )
    .option("--secret <file>", "the undisclosed members (YAML); needs `entente --cleared disclose`")
    .option("--out <file>", "the envelope; left out: out/<case>.envelope.json")
    .option("--members <states>", "the disclosed members, instead of those of the case")
    .option("--candidates <states>", "who may be an undisclosed member as far as the public can tell")
    .option("--rule-out <states>", "candidates that public statements rule out")
    .option(
      "--means <meaning>",
      "what a membership means on the day: pledged, or in-force by the state's own law",
      "pledged",
    )
    .option("--k <number>", "the least number of memberships of a class (8 when left out); `all` for one class")
    .option("--at-most <number>", "the most candidates that may be members; left out: half of them")
    .option("--earlier <envelope>", "an envelope of the same alliance: its candidates, k and number are kept")
    .option("--as-of <date>", "the day that is asked about")
    .option("--target <state>", "whom the controls are aimed at")
    .option("--json", "print one JSON document")
    .action((name: string | undefined, options: DiscloseOptions) => {
      const { cleared } = program.opts<{ cleared?: boolean }>();
      return runDisclose(name ?? DEFAULT_CASE, options, cleared === true, context);
    });
}

async function runDisclose(
  name: string,
  options: DiscloseOptions,
  cleared: boolean,
  context: CliContext,
): Promise<void> {
  if (options.secret !== undefined && !cleared) throw notCleared();
  const workbench = context.workbench();
  const c = workbench.question(name, {
    ...(options.asOf !== undefined && { asOf: options.asOf }),
    ...(options.members !== undefined && { members: listOf(options.members) }),
    ...(options.target !== undefined && { target: options.target }),
  });
  const plan = planDisclosure({ case: c, ...requestOf(options) }, workbench.library);
  const page = await import("../report/disclosure/disclosure-terminal.ts");
  const style = { width: context.width, colour: context.colour };
  if (options.secret === undefined) {
    const summary = summariseDisclosure(plan);
    context.out(options.json ? JSON.stringify(summary, null, 2) : page.renderPlan(summary, style));
    return;
  }
  const out = options.out ?? (options.json ? undefined : join("out", `${c.id}.envelope.json`));
  if (out !== undefined && options.earlier === undefined) refuseOtherCut(out, plan);
  const envelope = disclose(plan, readSecret(options.secret, context.home()));
  const text = formatEnvelope(envelope);
  if (out !== undefined) writeWhole(out, text);
  context.out(options.json ? text : page.renderEnvelope(envelope, style));
  if (!options.json && out !== undefined) context.out(`envelope: ${relative(process.cwd(), out)}`);
}

function notCleared(): InputError {
  return new InputError([
    {
      code: "bad-usage",
      message: "this process has no clearance, so it opens no secret membership",
      hint: "start it as `entente --cleared disclose ...`, where nobody without clearance reads along",
      at: { file: "--secret" },
    },
  ]);
}

function requestOf(options: DiscloseOptions): Omit<DiscloseRequest, "case"> {
  const { means } = options;
  if (means !== "pledged" && means !== "in-force") {
    const message = `\`${means}\` is no meaning of a membership`;
    throw new InputError([{ code: "bad-usage", message, hint: "use pledged or in-force", at: { file: "--means" } }]);
  }
  return {
    means,
    ...(options.candidates !== undefined && { candidates: listOf(options.candidates) }),
    ...(options.ruleOut !== undefined && { ruledOut: listOf(options.ruleOut) }),
    ...(options.k !== undefined && { k: options.k === "all" ? options.k : numberOf(options.k, "--k") }),
    ...(options.atMost !== undefined && { atMost: numberOf(options.atMost, "--at-most") }),
    ...(options.earlier !== undefined && { earlier: parseEnvelope(readInput(options.earlier)) }),
  };
}

function numberOf(text: string, option: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InputError([
    {
      code: "bad-value",
      message: `\`${text}\` is no number`,
      hint: "give a whole number, such as 8",
      at: { file: option },
    },
  ]);
}

/** Two cuts of one membership can be laid over each other: an envelope that is there is replaced by the same cut only. */
function refuseOtherCut(out: string, { frame }: DisclosurePlan): void {
  if (!existsSync(out)) return;
  const cutOf = (f: typeof frame) => JSON.stringify([f.candidates, f.k, f.atMost]);
  if (cutOf(parseEnvelope(readInput(out))) === cutOf(frame)) return;
  throw new InputError([
    {
      code: "bad-usage",
      message:
        "the envelope that is there has other candidates, k or number: laid over each other, the two give more away than one",
      hint: `keep its cut by --earlier ${out}; or take it away, if nobody has seen it`,
      at: { file: out },
    },
  ]);
}
