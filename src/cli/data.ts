import type { Command } from "commander";
import { formatProblem } from "../domain/errors.ts";
import { type DataEntry, verifyData } from "../workbench/verify-data.ts";
import type { CliContext } from "./context.ts";

/** `entente data verify` and `entente data list`. */
export function addData(program: Command, context: CliContext): void {
  const data = program.command("data").description("what figures and law are held, and whether they are sound");
  data
    .command("verify")
    .description("check sources, hashes, bounds, units and licences of every pack and rule book")
    .option("--json", "print one JSON document")
    .action((options: { json?: boolean }) => verify(options.json === true, context));
  data
    .command("list")
    .description("packs and rule books with their counts")
    .option("--json", "print one JSON document")
    .action((options: { json?: boolean }) => list(options.json === true, context));
  data
    .command("holes")
    .description("law of which no text is held, by state and date, and what it could concern")
    .option("--as-of <date>", "only holes of that day")
    .option("--json", "print one JSON document")
    .action((options: { asOf?: string; json?: boolean }) => holes(options, context));
}

function verify(json: boolean, context: CliContext): void {
  const check = verifyData(context.workbench().library);
  const faults = check.findings.filter((f) => f.severity === "fault").length;
  if (json) context.out(JSON.stringify({ schema: "entente/data-verify@1", findings: check.findings }, null, 2));
  else {
    for (const f of check.findings) context.out(`${f.severity} ${f.pack}: ${formatProblem(f)}`);
    context.out(
      `${check.packs.length} packs, ${check.regimes.length} rule books: ${faults} faults, ${check.findings.length - faults} notes`,
    );
  }
  context.done(faults > 0 ? 1 : 0);
}

function list(json: boolean, context: CliContext): void {
  const { packs, regimes } = verifyData(context.workbench().library);
  if (json) {
    context.out(JSON.stringify({ schema: "entente/data-list@1", packs, regimes }, null, 2));
    return;
  }
  const line = (e: DataEntry) =>
    `${e.id.padEnd(12)} ${e.checkedOn}  ${Object.entries(e.counts)
      .filter(([, n]) => n > 0)
      .map(([k, n]) => `${n} ${k}`)
      .join(", ")}\n${" ".repeat(13)}${e.title} (${e.licence})`;
  context.out(["PACKS", ...packs.map(line), "", "RULE BOOKS", ...regimes.map(line)].join("\n"));
}

async function holes(options: { asOf?: string; json?: boolean }, context: CliContext): Promise<void> {
  const { listHoles } = await import("../workbench/holes.ts");
  const states = listHoles(context.workbench().library, options.asOf);
  if (options.json) {
    const asOf = options.asOf ?? null;
    context.out(JSON.stringify({ schema: "entente/data-holes@1", asOf, states }, null, 2));
    return;
  }
  const { renderHolesTerminal } = await import("../report/holes/holes-terminal.ts");
  context.out(renderHolesTerminal(states, context.width));
}
