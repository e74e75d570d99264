import { describe, expect, it } from "vitest";
import type { Assessment, Leak } from "../src/closure/assessment.ts";
import type { CellQuestion } from "../src/closure/cell-engine.ts";
import type { ClassContext } from "../src/closure/class-context.ts";
import { state } from "../src/domain/states.ts";
import { findRule } from "../src/law/book.ts";
import { resolveClasses } from "../src/supply/class-tree.ts";
import { buildContexts } from "../src/workbench/contexts.ts";
import { createWorkbench } from "../src/workbench.ts";
import { faultsOf } from "./made-change.ts";

const workbench = createWorkbench(new URL("..", import.meta.url).pathname);

interface Asked {
  readonly a: Assessment;
  readonly question: CellQuestion;
  readonly contexts: readonly ClassContext[];
}

function ask(id: string): Asked {
  const c = workbench.question(id);
  const { book } = workbench.library.book();
  const merged = workbench.library.merged(c.packs)!;
  return {
    a: workbench.assess(id),
    contexts: buildContexts(c, book, merged, resolveClasses(merged.pack, c.classes), []),
    question: { book, date: c.asOf, target: c.target, cast: c.cast, members: c.members, adopt: c.adopt },
  };
}

describe.each(["chip-tools-2023", "korea-2024", "gallium-2024", "alliances-2021"])("leaks of %s", (id) => {
  const { a, question, contexts } = ask(id);

  it("each change brings every cell to where the result says, when it is made in the whole rule book", () => {
    const tried = a.leaks.filter((l) => l.mend !== null);
    expect(tried.length).toBeGreaterThan(0);
    for (const leak of tried) {
      expect(faultsOf(leak, question, contexts), `leak ${leak.rank}: ${leak.change}`).toEqual([]);
    }
  });

  it("each names the clause that stops short, as the rule book has it, or says that there is none", () => {
    for (const leak of a.leaks) {
      if (leak.kind === "indigenous") continue;
      if (!leak.clause) {
        expect(leak.because, `leak ${leak.rank}`).toMatch(/no rule|no text|no member|not decided/);
        continue;
      }
      const rule = findRule(question.book, leak.clause.rule)!;
      const cites = rule.versions.map((v) => `${v.cite.act} ${v.cite.at} ${v.cite.source}`);
      expect(cites).toContain(`${leak.clause.act} ${leak.clause.at} ${leak.clause.source}`);
      expect(a.sources.map((s) => s.id)).toContain(leak.clause.source);
    }
  });
});

describe("the Dutch scanners of 1 September 2023", () => {
  const { a, question, contexts } = ask("chip-tools-2023");
  const leak = a.leaks[0]!;

  it("are mended by the overlay of the Dutch list moved to 2.40 nm, as it was a year later; a licence, not a closure", () => {
    expect(leak).toMatchObject({ state: "NLD", variant: "overlay-150-240", grade: "open" });
    expect(leak.clause).toMatchObject({ rule: "nld/regeling-2023/lithography", at: "art. 2" });
    expect(leak.mend).toMatchObject({
      step: "number",
      changes: [{ change: "words", in: "NLD:3B001.f.4.b", becomes: "litho.overlay: { atMost: 2.4 nm }" }],
      after: "gated",
      mends: true,
      closing: { change: "policy", becomes: "presumption-of-denial" },
    });
  });

  it("a planted number that falls short is caught", () => {
    expect(faultsOf(leak, question, contexts)).toEqual([]);
    expect(faultsOf(withWords(leak, "litho.overlay: { atMost: 2.3 nm }"), question, contexts)).toEqual([
      `${leak.cells[0]} is no better after the change`,
      `${leak.cells[0]} is 0 after the change and not gated`,
      `${leak.cells[0]} is not closed by the further change`,
    ]);
  });

  it("a planted grade, a planted cell and a planted rule are caught", () => {
    const planted = (mend: Partial<NonNullable<Leak["mend"]>>): Leak => ({ ...leak, mend: { ...leak.mend!, ...mend } });
    expect(faultsOf(planted({ after: "closed" }), question, contexts)).not.toEqual([]);
    expect(faultsOf(planted({ mends: false }), question, contexts)).not.toEqual([]);
    const cells = [...leak.cells, "euv-lithography-tools"];
    expect(faultsOf({ ...leak, cells }, question, contexts)).not.toEqual([]);
    const adopted = { change: "adopt", rule: "jpn/ordinance-6-17-of-2023/etching", state: state("NLD") } as const;
    expect(faultsOf(planted({ changes: [adopted] }), question, contexts)).not.toEqual([]);
  });

  function withWords(l: Leak, becomes: string): Leak {
    const [change] = l.mend!.changes;
    if (change?.change !== "words") throw new Error("no change of words");
    return { ...l, mend: { ...l.mend!, changes: [{ ...change, becomes }] } };
  }
});
