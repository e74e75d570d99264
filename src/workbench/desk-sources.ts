import type { DeskResult } from "../economy/desk.ts";
import type { Pack } from "../supply/pack.ts";

/** Every source that the figures of a desk name, once, in order, with the first pack that declares it. */
export function deskSources(d: Omit<DeskResult, "sources">, packs: readonly Pack[]): DeskResult["sources"] {
  const ids = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const v of value) collect(v);
    else if (typeof value === "object" && value !== null) {
      for (const [key, v] of Object.entries(value)) {
        if (key === "source" && typeof v === "string") ids.add(v);
        else if (key === "sources" && Array.isArray(v)) for (const id of v) ids.add(String(id));
        else collect(v);
      }
    }
  };
  collect(d);
  return [...ids].sort().flatMap((id) => {
    const pack = packs.find((p) => p.sources.has(id));
    return pack ? [{ ...pack.sources.get(id)!, from: `packs/${pack.id}` }] : [];
  });
}
