import type { Cells } from "../csv-text.ts";
import type { Provider } from "./providers.ts";

/** Every firm of the release with its headquarters and other names, as rows of figures.csv, by upstream id. */
export function firmRows(providers: ReadonlyMap<string, Provider>, release: string): Cells[] {
  const rows: Cells[] = [];
  for (const [id, p] of providers) {
    if (p.level !== "firm" || p.state === "") continue;
    rows.push({
      id: `firm-${id.toLowerCase()}`,
      topic: "firm",
      metric: "headquarters",
      state: p.state,
      period: release.replace(/^eto-/, ""),
      unit: "text",
      source: release,
      kind: "reported",
      text: p.supplier,
      note: p.aliases.length > 0 ? `also ${p.aliases.join("; ")}` : "",
    });
  }
  return rows;
}
