import type { Assessment, UsedSource } from "../closure/assessment.ts";
import type { RuleBook } from "../law/book.ts";
import type { Pack } from "../supply/pack.ts";

/** Every source that the result names, once, with where it is declared. */
export function usedSources(a: Omit<Assessment, "sources">, pack: Pack, book: RuleBook): UsedSource[] {
  const ids = new Set<string>();
  const add = (id: string | null | undefined) => {
    for (const one of id?.split(", ") ?? []) ids.add(one);
  };
  for (const cls of a.classes) {
    for (const s of cls.sources) add(s);
    for (const s of cls.suppliers) {
      add(s.source);
      for (const f of s.firms ?? []) add(f.source);
      for (const cell of Object.values(s.cells))
        for (const x of [cell, ...(cell.variants ?? []).map((v) => v.cell)])
          for (const cite of x.cites) add(cite.source);
    }
  }
  for (const l of a.leaks) {
    add(l.size.tradeUsd?.source);
    add(l.clause?.source);
  }
  for (const e of [...a.clock, ...(a.timing?.counter.clock ?? [])]) {
    for (const id of [e.firstSignSource, e.lastLawfulDeliverySource, ...(e.stays ?? []).map((s) => s.source)]) add(id);
  }
  for (const w of [a.window, a.timing?.counter.window]) for (const s of w?.imports?.sources ?? []) add(s);
  for (const n of a.next) add(n.salesToTarget?.source);
  for (const s of a.selfSupply)
    for (const id of [...s.sources, s.yearsToBuild?.source, s.importReliance?.source]) add(id);
  return [...ids].sort().flatMap((id): UsedSource[] => {
    const rule = book.sources.get(id);
    if (rule) return [{ ...rule, from: "rules" }];
    const figure = pack.sources.get(id);
    return figure ? [{ ...figure, from: `packs/${pack.id}` }] : [];
  });
}
