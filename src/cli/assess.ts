import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { Command } from "commander";
import type { Assessment } from "../closure/assessment.ts";
import { InputError } from "../domain/errors.ts";
import { DEFAULT_CASE } from "../workbench.ts";
import { type CliContext, listOf, readInput } from "./context.ts";
import { writeWhole } from "./write-whole.ts";

interface AssessOptions {
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly members?: string;
  readonly target?: string;
  readonly classes?: string;
  readonly candidates?: string;
  readonly probe?: string;
  readonly threshold?: string;
  readonly adopt?: string[];
  readonly require?: string;
  readonly envelope?: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly md?: string;
  readonly csv?: string;
  readonly all?: boolean;
}

/** `entente assess [CASE]`: the main job. Without a case the default one, and its HTML report is written too. */
export function addAssess(program: Command, context: CliContext): void {
  program
    .command("assess [case]")
    .description("does the coalition close the choke point, what leaks, when does it bite, who next")
    .option("--as-of <date>", "the day that is asked about, YYYY-MM-DD")
    .option("--known-on <date>", "only law that could be known by that day counts")
    .option("--members <states>", "the coalition, such as USA,JPN,NLD")
    .option("--target <state>", "whom the controls are aimed at")
    .option("--classes <names>", "class ids or groups, joined by commas")
    .option("--candidates <states>", "who might join next")
    .option("--probe <probe>", "the standard transaction that decides, such as civil-fab")
    .option("--threshold <share>", "part of the supply outside the target that must be covered, such as 0.9")
    .option("--adopt <rule=state...>", "let a state adopt a rule of another one")
    .option("--require <verdict>", "exit with 1 unless the answer is this, such as closed")
    .option("--envelope <file>", "undisclosed members, as `entente disclose` seals them: what holds whoever they are")
    .option("--all", "show every class, folded rows too")
    .option("--json", "print one JSON document")
    .option("--html <file>", "write the report as one HTML file")
    .option("--md <file>", "write the report as Markdown")
    .option("--csv <file>", "write a row for each class and probe")
    .action((name: string | undefined, options: AssessOptions) => runAssess(name, options, context));
}

const VERDICTS: readonly string[] = ["closed", "closed-in-practice", "partly", "open", "undetermined"];

async function runAssess(name: string | undefined, options: AssessOptions, context: CliContext): Promise<void> {
  const a = await assess(name ?? DEFAULT_CASE, options, context);
  const files: [file: string, format: Format][] = [];
  for (const format of ["html", "md", "csv"] as const) {
    const file = options[format];
    if (file !== undefined) files.push([file, format]);
  }
  if (name === undefined && files.length === 0 && !options.json)
    files.push([join("out", `${a.question.case}.html`), "html"]);
  for (const [file, format] of files) writeWhole(file, (await RENDERERS[format]())(a));
  context.out(options.json ? (await RENDERERS.json())(a) : await page(a, options, context));
  if (!options.json) for (const [file] of files) context.out(`report: ${relative(process.cwd(), file)}`);
  if (options.require !== undefined && a.answer.verdict !== options.require) {
    context.warn(`the answer is \`${a.answer.verdict}\`, and \`${options.require}\` was required`);
    context.done(1);
  }
}

type Format = "html" | "md" | "csv" | "json";

/** Each format is loaded when it is asked for. */
const RENDERERS: Readonly<Record<Format, () => Promise<(a: Assessment) => string>>> = {
  html: async () => (await import("../report/html/render-html.ts")).renderHtml,
  md: async () => (await import("../report/render-markdown.ts")).renderMarkdown,
  csv: async () => (await import("../report/render-csv.ts")).renderClassesCsv,
  json: async () => (await import("../report/render-json.ts")).renderJson,
};

async function page(a: Assessment, options: AssessOptions, context: CliContext): Promise<string> {
  const { renderTerminal } = await import("../report/terminal/render-terminal.ts");
  return renderTerminal(a, { width: context.width, colour: context.colour, all: options.all === true });
}

async function assess(name: string, options: AssessOptions, context: CliContext): Promise<Assessment> {
  if (options.require !== undefined && !VERDICTS.includes(options.require)) {
    throw new InputError([
      { code: "bad-usage", message: `\`${options.require}\` is no answer`, hint: `use one of ${VERDICTS.join(", ")}` },
    ]);
  }
  const overrides = {
    ...(options.asOf !== undefined && { asOf: options.asOf }),
    ...(options.knownOn !== undefined && { knownOn: options.knownOn }),
    ...(options.members !== undefined && { members: listOf(options.members) }),
    ...(options.target !== undefined && { target: options.target }),
    ...(options.classes !== undefined && { classes: listOf(options.classes) }),
    ...(options.candidates !== undefined && { candidates: listOf(options.candidates) }),
    ...(options.probe !== undefined && { probe: options.probe }),
    ...(options.threshold !== undefined && { threshold: Number(options.threshold) }),
    ...(options.adopt && { adopt: options.adopt.flatMap(listOf) }),
  };
  const workbench = context.workbench();
  const isFile = /\.ya?ml$/.test(name) && existsSync(name);
  if (options.envelope !== undefined) {
    return workbench.assessUnder(readInput(options.envelope), isFile ? readInput(name) : name, overrides);
  }
  return isFile ? workbench.assessFile(readInput(name), overrides) : workbench.assess(name, overrides);
}
