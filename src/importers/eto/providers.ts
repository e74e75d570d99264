import type { Problem } from "../../domain/errors.ts";
import { parseState } from "../../domain/states.ts";
import type { CsvRow } from "../../input/csv-file.ts";
import { SEVERAL_STATES, STATE_ALIASES } from "./manifest.ts";
import { cellProblem, type Release } from "./read-release.ts";

/** Who supplies: a state, several states together, or a firm with its headquarters. */
export type Provider =
  | { readonly level: "state"; readonly supplier: string }
  | { readonly level: "various"; readonly supplier: "various"; readonly region: string }
  | { readonly level: "firm"; readonly supplier: string; readonly state: string; readonly aliases: readonly string[] };

/** Suppliers by upstream id; rows that differ in the alias alone are one supplier. */
export function readProviders(release: Release, problems: Problem[]): Map<string, Provider> {
  const providers = new Map<string, Provider>();
  for (const row of release.rows["providers.csv"]) {
    const provider = readProvider(release, row, problems);
    const id = row.cells.provider_id!;
    const known = providers.get(id);
    if (!provider) continue;
    if (!known) providers.set(id, provider);
    else if (known.level === "firm" && provider.level === "firm" && sameFirm(known, provider)) {
      providers.set(id, { ...known, aliases: [...new Set([...known.aliases, ...provider.aliases])].sort() });
    } else {
      const message = `provider \`${id}\` stands twice with different names or headquarters`;
      problems.push(cellProblem(release, "providers.csv", row, "provider_id", { code: "duplicate-id", message }));
    }
  }
  return providers;
}

function sameFirm(a: Provider & { level: "firm" }, b: Provider & { level: "firm" }): boolean {
  return a.supplier === b.supplier && a.state === b.state;
}

function readProvider(release: Release, row: CsvRow, problems: Problem[]): Provider | undefined {
  const { provider_name: name, provider_type: type, country, alias } = row.cells as Record<string, string>;
  const refuse = (column: string, problem: Pick<Problem, "code" | "message" | "hint">): undefined => {
    problems.push(cellProblem(release, "providers.csv", row, column, problem));
    return undefined;
  };
  const stateOf = (column: string, code: string): string | undefined =>
    parseState(STATE_ALIASES[code] ?? code) ??
    refuse(column, {
      code: "unknown-state",
      message: `unknown state \`${code}\``,
      hint: "a code that is no state goes into STATE_ALIASES or SEVERAL_STATES in src/importers/eto/manifest.ts",
    });
  if (type === "country") {
    const region = SEVERAL_STATES[name!];
    if (region !== undefined) return { level: "various", supplier: "various", region };
    const supplier = stateOf("provider_name", name!);
    return supplier === undefined ? undefined : { level: "state", supplier };
  }
  if (type !== "organization") {
    return refuse("provider_type", { code: "bad-value", message: `unknown provider type \`${type}\`` });
  }
  const aliases = alias ? [alias.replaceAll("\u00a0", " ").trim()] : [];
  const unallocated = country === "" || SEVERAL_STATES[country!] !== undefined;
  const state = unallocated ? "" : stateOf("country", country!);
  return state === undefined ? undefined : { level: "firm", supplier: name!, state, aliases };
}
