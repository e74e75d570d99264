import { InputError, type Problem } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import type { ClassId, Pack } from "./pack.ts";

/**
 * Several packs as one. Where packs give the same class, the first listed one that has shares of it wins, with its
 * definition and its shares (the first listed one when none has); items and goals go by the first listed; figures, trade,
 * edges and memberships add up. Throws InputError when two packs use one source id for different sources.
 */
export function mergePacks(packs: readonly Pack[]): Pack {
  const [first] = packs;
  if (packs.length === 1 && first) return first;
  const owner = ownersOfClasses(packs);
  const owned = packs.flatMap((p) => p.classes.filter((c) => owner.get(c.id) === p.id));
  const parents = new Set(owned.map((c) => c.parent));
  const notices = unique(packs.flatMap((p) => p.notice ?? []));
  return {
    id: packs.map((p) => p.id).join("+"),
    title: packs.map((p) => p.title).join("; "),
    issue: unique(packs.map((p) => p.issue)).join("+"),
    licence: unique(packs.map((p) => p.licence)).join("; "),
    ...(notices.length > 0 ? { notice: notices.join("\n") } : {}),
    checkedOn: packs.map((p) => p.checkedOn).sort()[0] ?? "",
    extends: unique(packs.flatMap((p) => p.extends)),
    groups: unique(packs.flatMap((p) => p.groups ?? [])),
    sources: mergeSources(packs),
    classes: owned.map((c) => ({ ...c, leaf: !parents.has(c.id) })),
    shares: packs.flatMap((p) => p.shares.filter((s) => owner.get(s.class) === p.id)),
    edges: firstOf(
      packs,
      (p) => p.edges,
      (e) => `${e.from} ${e.to}`,
    ),
    figures: firstOf(
      packs,
      (p) => p.figures,
      (f) => `${f.pack} ${f.id}`,
    ),
    trade: firstOf(
      packs,
      (p) => p.trade,
      (t) => [t.hs6, t.exporter, t.importer, t.period, t.source].join(" "),
    ),
    memberships: firstOf(
      packs,
      (p) => p.memberships,
      (m) => [m.alliance, m.state, m.role, m.since].join(" "),
    ),
    items: firstOf(
      packs,
      (p) => p.items,
      (i) => i.class,
    ),
    goals: firstOf(
      packs,
      (p) => p.goals,
      (g) => g.id,
    ),
    warnings: packs.flatMap((p) => p.warnings),
  };
}

/** The id of the pack whose class and shares count. */
function ownersOfClasses(packs: readonly Pack[]): Map<ClassId, string> {
  const owner = new Map<ClassId, string>();
  for (const p of packs) {
    const withShares = new Set(p.shares.filter((s) => s.value !== null).map((s) => s.class));
    for (const c of p.classes) if (!owner.has(c.id) && withShares.has(c.id)) owner.set(c.id, p.id);
  }
  for (const p of packs) for (const c of p.classes) if (!owner.has(c.id)) owner.set(c.id, p.id);
  return owner;
}

/** Rows of all packs in their order, without those whose key an earlier pack has. */
function firstOf<T>(packs: readonly Pack[], rows: (pack: Pack) => readonly T[], key: (row: T) => string): T[] {
  const seen = new Set<string>();
  return packs.flatMap((p) => {
    const fresh = rows(p).filter((row) => !seen.has(key(row)));
    for (const row of fresh) seen.add(key(row));
    return fresh;
  });
}

function mergeSources(packs: readonly Pack[]): Map<string, Source> {
  const sources = new Map<string, Source>();
  const problems: Problem[] = [];
  for (const p of packs) {
    for (const s of p.sources.values()) {
      const found = sources.get(s.id);
      if (found && (found.url !== s.url || found.title !== s.title)) {
        const message = `source \`${s.id}\` of pack \`${p.id}\` is another one than that of a pack listed before it`;
        problems.push({ code: "duplicate-id", message, hint: "give one of the two another id in its pack.yaml" });
      } else if (!found) sources.set(s.id, s);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return sources;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
