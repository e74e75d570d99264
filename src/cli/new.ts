import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../domain/errors.ts";
import { parseState } from "../domain/states.ts";
import type { CliContext } from "./context.ts";
import { writeWhole } from "./write-whole.ts";

const KINDS = ["rule", "pack", "case"] as const;

/** `entente new rule|pack|case NAME`: a file that runs, to be filled in. */
export function addNew(program: Command, context: CliContext): void {
  program
    .command("new <kind> <name>")
    .description("start a rule file (usa/my-order), a pack (my-issue) or a case (my-question)")
    .action((kind: string, name: string) => {
      if (!(KINDS as readonly string[]).includes(kind))
        throw usage(`\`${kind}\` is nothing that can be started`, `use one of ${KINDS.join(", ")}`);
      const pattern = kind === "rule" ? /^[a-z]{3}\/[a-z0-9-]+$/ : /^[a-z0-9-]+$/;
      if (!pattern.test(name))
        throw usage(
          `\`${name}\` is no name for a ${kind}`,
          kind === "rule" ? "write state/instrument, such as usa/my-order" : "use lower-case words joined by hyphens",
        );
      for (const [file, text] of Object.entries(filesOf(kind, name))) {
        const path = join(context.home(), file);
        if (existsSync(path)) throw usage(`\`${file}\` is there already`, "choose another name");
        writeWhole(path, text);
        context.out(`wrote ${file}`);
      }
      if (kind === "rule")
        context.out(
          `next: name it in rules/${name.slice(0, 3)}/regime.yaml, then \`entente cases rules/${name.slice(0, 3)}\``,
        );
    });
}

function usage(message: string, hint: string): InputError {
  return new InputError([{ code: "bad-usage", message, hint }]);
}

function filesOf(kind: string, name: string): Record<string, string> {
  if (kind === "case") return { [`cases/${name}.yaml`]: CASE };
  if (kind === "pack")
    return {
      [`packs/${name}/pack.yaml`]: packText(name),
      [`packs/${name}/classes.csv`]: CLASSES,
      [`packs/${name}/shares.csv`]: SHARES,
    };
  const state = parseState(name.slice(0, 3));
  if (!state)
    throw usage(`\`${name.slice(0, 3)}\` is no state`, "start with the ISO 3166-1 alpha-3 code in lower case");
  return { [`rules/${name}.yaml`]: ruleText(state), [`rules/${name}.cases.yaml`]: caseText(state, name) };
}

const CASE = `title: Does this coalition close this choke point on this date?
subject: chip tools
asOf: 2024-01-01
members: [USA, JPN, NLD]
target: CHN
packs: [chips, chips-open]
classes: [lithography]
threshold: 0.9
require: choke-points
expect: []
`;

const packText = (name: string) => `id: ${name}
title: What the pack holds
issue: ${name}
licence: name the terms of the figures
checkedOn: 2026-01-01
sources:
  - { id: my-source, producer: who publishes it, title: what it is called, url: https://example.org, accessed: 2026-01-01, licence: its terms }
tables: { classes.csv: 1, shares.csv: 1 }
`;

const CLASSES = `id,name,parent,type,group,stage,basis,source,note
my-class,My class,,product,my-group,making,headquarters,my-source,
`;

const SHARES = `class,supplier,state,value,low,high,period,source,kind,note
my-class,USA,USA,,40,60,2025,my-source,reported,
`;

const ruleText = (state: string) => `title: What the instrument is about, in your own words
regime: ${state}
act: Name and number of the act
rules:
  - id: my-rule
    title: What the rule controls
    layer: list
    applies: { activity: export, from: ${state} }
    versions:
      - from: 2026-01-01
        published: 2025-12-01
        when: { item.kind: litho-scanner, litho.overlay: { atMost: 2.4 nm } }
        effect: licence-required
        policy: case-by-case
        cite: { at: "art. 1", source: name-it-in-rules-sources-yaml, evidence: text }
checkedOn: 2026-01-01
`;

const caseText = (state: string, name: string) => `cases:
  - title: the day before
    asOf: 2025-12-31
    facts: { activity: export, from: ${state}, item.kind: litho-scanner, litho.overlay: 2 nm }
    expect: { verdict: no-licence }
  - title: on the day
    asOf: 2026-01-01
    facts: { activity: export, from: ${state}, item.kind: litho-scanner, litho.overlay: 2 nm }
    expect: { verdict: licence-required, policy: case-by-case, rules: [${name}/my-rule] }
`;
