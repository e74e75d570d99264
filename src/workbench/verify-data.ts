import { InputError, type Problem } from "../domain/errors.ts";
import type { Pack } from "../supply/pack.ts";
import { type Finding, verifyPack } from "../supply/verify-pack.ts";
import type { Library } from "./store.ts";

/** One pack or rule book in the listing. */
export interface DataEntry {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly checkedOn: string;
  readonly counts: Readonly<Record<string, number>>;
}

export interface DataCheck {
  readonly findings: readonly Finding[];
  readonly packs: readonly DataEntry[];
  readonly regimes: readonly DataEntry[];
}

/** Reads and checks every pack and every rule book; what cannot be read becomes a finding, so that all come out at once. */
export function verifyData(library: Library): DataCheck {
  const findings: Finding[] = [];
  const packs: Pack[] = [];
  for (const name of library.store.packNames()) {
    try {
      const found = library.pack(name);
      if (found) packs.push(found.pack);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      findings.push(...error.problems.map((p) => fault(p, name)));
    }
  }
  for (const pack of packs) findings.push(...verifyPack(pack, packs));
  const { book } = library.book();
  for (const regime of book.regimes.values()) {
    for (const hole of regime.holes.filter((h) => h.id.endsWith("/lost"))) {
      findings.push({
        severity: "fault",
        pack: `rules/${regime.id}`,
        code: "missing-file",
        message: hole.why,
        hint: "restore it, or take it from regime.yaml",
      });
    }
  }
  for (const source of book.sources.values()) {
    if (!source.url && !source.citation) {
      findings.push({
        severity: "fault",
        pack: "rules",
        code: "missing-source",
        message: `source \`${source.id}\` has neither a url nor a citation`,
        hint: "say where it can be found",
      });
    }
  }
  return { findings, packs: packs.map(packEntry), regimes: [...book.regimes.values()].map(regimeEntry) };
}

function fault(p: Problem, pack: string): Finding {
  return { ...p, severity: "fault", pack };
}

function packEntry(p: Pack): DataEntry {
  const counts = {
    classes: p.classes.length,
    shares: p.shares.length,
    figures: p.figures.length,
    trade: p.trade.length,
    memberships: p.memberships.length,
    goals: p.goals.length,
    sources: p.sources.size,
  };
  return { id: p.id, title: p.title, licence: p.licence, checkedOn: p.checkedOn, counts };
}

function regimeEntry(
  r: ReturnType<Library["book"]>["book"]["regimes"] extends ReadonlyMap<unknown, infer R> ? R : never,
): DataEntry {
  return {
    id: r.id,
    title: r.title,
    licence: "law text; each source names its terms",
    checkedOn: r.checkedOn,
    counts: {
      instruments: r.instruments.length,
      rules: r.rules.length,
      practice: r.practice.length,
      holes: r.holes.length,
    },
  };
}
