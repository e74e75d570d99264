import { InputError, type Problem } from "../../domain/errors.ts";
import type { Source } from "../../domain/sourced.ts";
import type { TextFile } from "../../input/text-file.ts";
import type { Cells } from "../csv-text.ts";
import { MINERALS_PACK } from "../minerals-pack.ts";
import { draftPack, type PackTitle } from "../pack-draft.ts";
import type { Imported, ImportInput } from "../pack-import.ts";
import { distinctIds, figureRow, memberRows, shareRow, statesOfFirms } from "./fact-rows.ts";
import { factSource } from "./fact-sources.ts";
import { type Use, useOf } from "./plan.ts";
import { CLASSES, type PlannedClass } from "./planned-classes.ts";
import { type Fact, IGNORED_SETS, readFacts } from "./read-facts.ts";

const LICENCE = "mixed, see each source; single figures are cited as facts";

const TITLES: readonly PackTitle[] = [
  MINERALS_PACK,
  {
    id: "5g",
    title: "Mobile networks: vendors, positions of states, the Clean Network",
    issue: "5g",
    licence: LICENCE,
  },
  { id: "medicines", title: "Medicines: active ingredients and dependence", issue: "medicines", licence: LICENCE },
  { id: "ai", title: "Artificial intelligence: memberships and research", issue: "ai", licence: LICENCE },
  { id: "quantum", title: "Quantum technology: memberships and research", issue: "quantum", licence: LICENCE },
  { id: "bio", title: "Biotechnology: memberships and research", issue: "bio", licence: LICENCE },
];

interface Used {
  readonly fact: Fact;
  readonly use: Exclude<Use, { as: "ignored" }>;
  readonly source: string;
}

/**
 * Brings collected facts into the packs minerals, 5g, medicines, ai, quantum and bio. Every fact is used, ignored with a
 * reason, or refused: throws InputError with every fact whose place, period, unit or source is not understood.
 */
export function importFacts(input: ImportInput): Imported {
  const problems: Problem[] = [];
  const ignored = new Map<string, number>();
  const sources = new Map<string, Source>();
  const used = readFacts(input.files, problems).flatMap((fact): Used[] => {
    const use = useOf(fact);
    if (use?.as === "ignored") {
      const reason = `${fact.set}: ${use.why}`;
      ignored.set(reason, (ignored.get(reason) ?? 0) + 1);
      return [];
    }
    const source = factSource(fact.source, input.accessed);
    const refuse = (code: Problem["code"], message: string) =>
      problems.push({ code, message, at: fact.at, hint: "teach it to src/importers/facts" });
    if (!use) refuse("unknown-name", `no place for \`${fact.issue} / ${fact.subject} / ${fact.metric}\``);
    if (!source) refuse("unknown-source", `source \`${fact.source.slice(0, 80)}\` is not understood`);
    if (!use || !source) return [];
    sources.set(source.id, source);
    return [{ fact, use, source: source.id }];
  });
  const drafts = TITLES.map((title) => draftOf(title, used, sources, input, problems));
  if (problems.length > 0) throw new InputError(problems);
  return {
    files: drafts.flatMap((d) => d.files),
    report: {
      publisher: "facts",
      ignored: [...IGNORED_SETS, ...[...ignored].map(([reason, count]) => `${reason} (${count})`).sort()],
      notes: [`${used.length} facts used`],
      changes: drafts.flatMap((d) => d.changes),
    },
  };
}

function draftOf(
  pack: PackTitle,
  all: readonly Used[],
  sources: ReadonlyMap<string, Source>,
  input: ImportInput,
  problems: Problem[],
): { files: readonly TextFile[]; changes: Imported["report"]["changes"] } {
  const used = all.filter((u) => u.use.pack === pack.id);
  const shares = used.flatMap(({ fact, use, source }): Cells[] =>
    use.as === "share" ? listOf(shareRow(fact, use, source, problems)) : [],
  );
  const figures = used.flatMap(({ fact, use, source }): Cells[] =>
    use.as === "figure" ? listOf(figureRow(fact, use, source, problems)) : [],
  );
  const members = memberRows(
    used.filter((u) => u.use.as === "members"),
    problems,
  );
  const states = statesOfFirms(shares.filter((s) => s.state !== ""));
  const cited = new Set<string | undefined>([...shares, ...figures, ...members].map((row) => row.source));
  const classes = (CLASSES[pack.id] ?? []).map((c) => classRow(c, shares));
  return draftPack(input.packs, {
    pack,
    owns: (source) => source.startsWith("page-"),
    sources: [...sources.values()].filter((s) => cited.has(s.id)),
    rows: {
      "classes.csv": classes,
      "shares.csv": [...states, ...shares],
      "figures.csv": distinctIds(figures),
      "memberships.csv": members,
    },
    checkedOn: input.accessed,
  });
}

function listOf(row: Cells | undefined): Cells[] {
  return row ? [row] : [];
}

/** A class cites the source of its first share. */
function classRow(c: PlannedClass, shares: readonly Cells[]): Cells {
  const source = shares.find((s) => s.class === c.id)?.source ?? "";
  return { ...c, parent: "", source };
}
