// Writes docs/facts.md from rules/facts.yaml: `npm run docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { InputError } from "../src/domain/errors.ts";
import { parseYaml } from "../src/input/yaml-file.ts";
import { factsSchema } from "../src/law/schema.ts";

const ROLES = {
  transaction: "The transaction",
  claim: "Claims (what the transaction relies on; a claim that it does not state is not made)",
  party: "Parties and places",
  content: "Content and making",
  judgement: "Human judgement (who answered, and why, belongs to the answer)",
  item: "The item",
} as const;

type Declared = ReturnType<typeof readFacts>["facts"][string];

function readFacts(text: string) {
  const parsed = parseYaml({ path: "rules/facts.yaml", text }, factsSchema);
  if (!parsed.ok) throw new InputError(parsed.problems);
  return parsed.value;
}

/** The page that lists every fact of `rules/facts.yaml`, by role and in the file's order. */
export function factsPage(yaml: string): string {
  const file = readFacts(yaml);
  const facts = Object.entries(file.facts);
  const sections = Object.entries(ROLES).flatMap(([role, title]) => {
    const rows = facts.filter(([, f]) => f.role === role).map(([name, f]) => row(name, f));
    return rows.length === 0 ? [] : [`## ${title}\n\n| fact | values | meaning |\n|---|---|---|\n${rows.join("\n")}\n`];
  });
  return `# Facts

Made from \`rules/facts.yaml\` by \`npm run docs\`; change that file and not this page. Rules, probes, packs and transactions
may use these ${facts.length} facts and no others. A fact that is not given is unknown, which is never the same as false, zero or empty;
claims alone are different (\`docs/law.md\`, savings clauses).
A quantity always carries its unit; any unit of the same dimension is understood.

${[...sections, ...constraints(file.constraints ?? [])].join("\n")}`;
}

function constraints(of: NonNullable<ReturnType<typeof readFacts>["constraints"]>): string[] {
  if (of.length === 0) return [];
  const text = (c: unknown) => `\`${dump(c, { flowLevel: 0, lineWidth: -1 }).trim().replaceAll("|", "\\|")}\``;
  const rows = of.map(
    (c) => `| \`${c.id}\` | ${text(c.when)} | ${text(c.implies)} | ${c.doc.replaceAll("|", "\\|")} |`,
  );
  return [
    `## Constraints

Where a fact is missing, values of it that break one of these do not count (\`docs/law.md\`, exact decision). Facts that are
given are never corrected.

| constraint | where | follows | because |
|---|---|---|---|
${rows.join("\n")}
`,
  ];
}

function row(name: string, fact: Declared): string {
  return `| \`${name}\` | ${values(fact)} | ${fact.doc.replaceAll("|", "\\|")} |`;
}

function values(fact: Declared): string {
  const listed = (fact.values ?? []).map((v) => `\`${v}\``).join(", ");
  switch (fact.type) {
    case "quantity":
      return [`a number of \`${fact.unit ?? "count"}\``, bounds(fact)].filter(Boolean).join(", ");
    case "set":
      return fact.open === true || listed === "" ? "any set of codes" : `any of ${listed}`;
    case "one-of":
      return `one of ${listed}`;
    case "state":
      return "a state";
    case "date":
      return "a day, or `never`";
    case "boolean":
      return "true or false";
    case "text":
      return "a text";
  }
}

function bounds(fact: Declared): string {
  if (fact.min !== undefined && fact.max !== undefined) return `from ${fact.min} to ${fact.max}`;
  if (fact.max !== undefined) return `at most ${fact.max}`;
  return fact.min === undefined ? "" : `at least ${fact.min}`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..");
  writeFileSync(join(root, "docs/facts.md"), factsPage(readFileSync(join(root, "rules/facts.yaml"), "utf8")));
}
