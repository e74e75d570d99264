import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../domain/errors.ts";
import { parseState } from "../domain/states.ts";
import type { CliContext } from "./context.ts";
import { writeWhole } from "./write-whole.ts";

const KINDS = ["rule", "pack", "case", "alliance"] as const;

/** `entente new rule|pack|case|alliance NAME`: a file that runs, to be filled in. */
export function addNew(program: Command, context: CliContext): void {
  program
    .command("new <kind> <name>")
    .description("start a rule file (usa/my-order), a pack (my-issue), a case (my-question) or an alliance (my-issue)")
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
  if (kind === "alliance") return { [`alliances/${name}.yaml`]: allianceText(name) };
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

const allianceText = (name: string) => `title: What the alliance is called
issue: ${name}
summary: Who works together on what, in two or three sentences.
objective:
  words: what the members want, in your own words
  cite: { source: my-source, at: "first paragraph", evidence: secondary }
  measure:
    subject: chip tools
    target: CHN
    packs: [chips, chips-open]
    classes: [lithography]
    require: choke-points
counts: [my-grouping]
groupings:
  - id: my-grouping
    title: What the grouping is called
    form: understanding
    since: 2026-01-01
    cite: { source: my-source, at: "first paragraph", evidence: secondary }
    seats:
      - { states: [USA], role: founder }
      - { states: [JPN, NLD], role: member, since: "2026-02" }
pledges:
  - id: my-pledge
    title: What the members said they would do
    grouping: my-grouping
    made: 2026-01-01
    cite: { source: my-source, at: "second paragraph", evidence: secondary }
    delivery:
      - { states: [NLD], rules: [nld/regeling-2023/lithography] }
      - { states: [JPN], instrument: An act that the rule books do not hold, from: 2026-03-01, cite: { source: my-source, at: "last paragraph", evidence: secondary } }
sources:
  - { id: my-source, producer: who publishes it, title: what it is called, url: "https://example.org", accessed: 2026-01-01, licence: its terms }
checkedOn: 2026-01-01
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
