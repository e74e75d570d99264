import { describe, expect, it } from "vitest";
import { cite, instrument, inventedBook, manifest, problemsOf } from "../../test/invented-book.ts";
import { isoDate } from "../domain/dates.ts";
import { nextFact } from "./ask.ts";
import type { RuleBook } from "./book.ts";
import { ANY_NUMBER, type Facts, point } from "./condition.ts";
import { decide } from "./decide.ts";

const DATE = isoDate("2025-01-01");

const FACTS = `facts:
  from: { type: state, role: transaction, doc: where it leaves }
  destination: { type: state, role: transaction, doc: where it goes }
  activity: { type: one-of, role: transaction, values: [export, transfer], doc: what is done }
  item.kind: { type: one-of, role: item, values: [lathe, loom, press], doc: what it is }
  endUser.party: { type: text, role: party, doc: its name }
  item.classified: { type: set, role: item, open: true, doc: codes that somebody assigned }
  endUser.lists: { type: set, role: party, open: true, doc: lists that name the end user }
  military: { type: boolean, role: judgement, doc: somebody judged it so }
  loom.pitch: { type: quantity, role: item, unit: nm, min: 0, doc: invented }
  loom.threads: { type: quantity, role: item, unit: count, min: 0, doc: invented }
  litho.wavelength: { type: quantity, role: item, unit: nm, min: 0, doc: wavelength }
  litho.na: { type: quantity, role: item, unit: ratio, min: 0, doc: aperture }
`;

/** A book with one rule that requires a licence, to be denied, where `when` holds. */
function bookOf(when: string, { constraints = "", more = "" } = {}): RuleBook {
  return inventedBook({
    "rules/facts.yaml": FACTS + constraints,
    "rules/probes.yaml": "probes: []\n",
    "rules/jpn/regime.yaml": manifest("order"),
    "rules/jpn/order.yaml": instrument(`rules:
  - id: rule
    title: invented
    layer: list
    versions: [{ from: 2020-01-01, when: ${when}, effect: licence-required, policy: denial, cite: ${cite("art. 1")} }]
${more}`),
  });
}

const ask = (when: string, facts: Facts = {}) => decide(bookOf(when), "JPN", DATE, facts);

describe("a decision", () => {
  it("says so when three-valued logic was enough", () => {
    const d = ask("{ item.kind: loom }", { "item.kind": "loom" });
    expect([d.verdict, d.policy, d.decidedBy, d.missing]).toEqual(["licence-required", "denial", "kleene", []]);
  });

  it("finds that intervals cover the whole line, ends included, and that a gap at one point is a gap", () => {
    const whole = ask("{ any: [{ loom.pitch: { below: 3 nm } }, { loom.pitch: { atLeast: 3 nm } }] }");
    expect([whole.verdict, whole.decidedBy]).toEqual(["licence-required", "cells"]);
    const gap = ask("{ any: [{ loom.pitch: { below: 3 nm } }, { loom.pitch: { above: 3 nm } }] }");
    expect([gap.verdict, gap.decidedBy, gap.missing]).toEqual(["undetermined", "cells", ["loom.pitch"]]);
  });

  it("keeps to the part of a number that is known, and to its declared least value", () => {
    const when = "{ any: [{ loom.pitch: { below: 3 nm } }, { loom.pitch: { atLeast: 3 nm, atMost: 5 nm } }] }";
    expect(ask(when, { "loom.pitch": { ...ANY_NUMBER, high: 5, highIncluded: true } }).verdict).toBe(
      "licence-required",
    );
    expect(ask(when, { "loom.pitch": { ...ANY_NUMBER, high: 6, highIncluded: true } }).verdict).toBe("undetermined");
    expect(ask("{ loom.pitch: { below: 0 nm } }").verdict).toBe("no-licence");
  });

  it("takes wavelength and aperture together with the feature that they can resolve", () => {
    const at193 = "litho.wavelength: { atMost: 193 nm }, litho.na: { atLeast: 1.2 }";
    // 0.25 x 193 nm / 1.2 is 40.2 nm: no such scanner resolves 41 nm at best, and some stay below 40 nm.
    const never = ask(`{ ${at193}, formula: { name: mrf, k: 0.25, atLeast: 41 nm } }`);
    expect([never.verdict, never.decidedBy]).toEqual(["no-licence", "cells"]);
    const some = ask(`{ ${at193}, formula: { name: mrf, k: 0.25, atLeast: 40 nm } }`);
    expect([some.verdict, some.missing]).toEqual(["undetermined", ["litho.wavelength", "litho.na"]]);
  });

  it("leaves a text that is not held open, whatever the facts", () => {
    const more = "holes: [{ id: gap, why: not held, when: { item.kind: loom } }]\n";
    const of = bookOf("{ item.kind: lathe }", { more });
    const d = decide(of, "JPN", DATE, { "item.kind": "loom" });
    expect([d.verdict, d.atMost, d.ask]).toEqual(["undetermined", 5, undefined]);
    expect(decide(of, "JPN", DATE, { "item.kind": "press" }).verdict).toBe("no-licence");
    expect(decide(of, "USA", DATE, {}).verdict).toBe("undetermined");
  });

  it("names only the facts that can still change it", () => {
    const d = ask(
      "{ any: [{ military: true, loom.pitch: { below: 3 nm } }, { military: false, loom.pitch: { below: 3 nm } }] }",
    );
    expect([d.verdict, d.missing, d.ask]).toEqual(["undetermined", ["loom.pitch"], "loom.pitch"]);
  });

  it("narrows the range of what it cannot decide", () => {
    const more = `  - id: other
    title: invented
    layer: end-use
    versions: [{ from: 2020-01-01, when: { military: true }, effect: prohibited, cite: ${cite("art. 2")} }]
  - id: third
    title: invented
    layer: end-use
    versions: [{ from: 2020-01-01, when: { military: false }, effect: licence-required, cite: ${cite("art. 3")} }]
`;
    const d = decide(bookOf("{ item.kind: loom }", { more }), "JPN", DATE, { "item.kind": "press" });
    expect([d.verdict, d.policy, d.atLeast, d.atMost, d.decidedBy]).toEqual([
      "licence-required",
      "case-by-case",
      2,
      5,
      "cells",
    ]);
  });

  it("stays undetermined past its budget, and says that it was not decided", () => {
    // Each pitch has its own thread count: nothing but trying them all shows that none escapes.
    const parts = Array.from({ length: 40 }, (_, i) => {
      const pitch = `loom.pitch: { atLeast: ${i} nm, below: ${i + 1} nm }`;
      return `{ ${pitch}, loom.threads: { below: ${i + 1} } }, { ${pitch}, loom.threads: { atLeast: ${i + 1} } }`;
    });
    const when = `{ any: [${parts.join(", ")}, { loom.pitch: { atLeast: 40 nm } }] }`;
    const few = decide(bookOf(when), "JPN", DATE, {}, { cells: 20 });
    expect([few.verdict, few.decidedBy, few.atLeast, few.atMost]).toEqual(["undetermined", "budget", 0, 4]);
    const enough = decide(bookOf(when), "JPN", DATE, {});
    expect([enough.verdict, enough.decidedBy]).toEqual(["licence-required", "cells"]);
  });

  it("tells which rules nearly applied", () => {
    const d = ask("{ item.kind: loom, loom.pitch: { atMost: 3 nm } }", { "item.kind": "loom", "loom.pitch": point(4) });
    expect(d.nearly).toEqual([{ rule: "jpn/order/rule", failed: ["loom.pitch: { atMost: 3 nm }"] }]);
  });
});

describe("constraints between facts", () => {
  const constraints = `constraints:
  - { id: stays, when: { activity: transfer }, implies: { from: { sameAs: destination } }, doc: invented }
  - { id: fine, when: { item.kind: loom }, implies: { loom.pitch: { below: 5 nm } }, doc: invented }
`;

  it("rule out completions that break them", () => {
    const of = bookOf("{ loom.pitch: { atLeast: 5 nm } }", { constraints });
    const d = decide(of, "JPN", DATE, { "item.kind": "loom" });
    expect([d.verdict, d.decidedBy]).toEqual(["no-licence", "cells"]);
    expect(decide(of, "JPN", DATE, { "item.kind": "press" }).verdict).toBe("undetermined");
  });

  it("reach facts through one another", () => {
    const of = bookOf("{ from: JPN, destination: { notIn: [JPN] } }", { constraints });
    const facts: Facts = { activity: "transfer", from: "JPN" };
    expect(decide(of, "JPN", DATE, facts).verdict).toBe("no-licence");
    expect(decide(of, "JPN", DATE, { ...facts, activity: "export" }).verdict).toBe("undetermined");
    expect(decide(of, "JPN", DATE, { activity: "transfer" }).verdict).toBe("no-licence");
  });

  it("never correct a fact that is given", () => {
    const of = bookOf("{ loom.pitch: { atLeast: 5 nm }, military: true }", { constraints });
    const d = decide(of, "JPN", DATE, { "item.kind": "loom", "loom.pitch": point(6) });
    expect([d.verdict, d.missing]).toEqual(["undetermined", ["military"]]);
  });

  it("are refused where they name law, and where they name facts that nobody declares", () => {
    const files = (constraint: string) => ({
      "rules/facts.yaml": `${FACTS}constraints:\n  - ${constraint}\n`,
      "rules/probes.yaml": "probes: []\n",
    });
    expect(problemsOf(files("{ id: a, when: { matches: JPN:1 }, implies: { military: true }, doc: d }"))).toEqual([
      "rules/facts.yaml:15:14 bad-shape",
    ]);
    expect(problemsOf(files("{ id: a, when: { miltary: true }, implies: { military: true }, doc: d }"))).toEqual([
      "rules/facts.yaml:15:22 unknown-fact",
    ]);
  });
});

describe("the next fact worth asking", () => {
  it("is the one that settles most, with what each answer leads to", () => {
    const of = bookOf("{ item.kind: loom, any: [{ loom.pitch: { below: 3 nm } }, { military: true }] }");
    expect(nextFact(of, "JPN", DATE, {})).toEqual({
      fact: "item.kind",
      answers: [
        { answer: "lathe or press", value: "lathe", verdict: "no-licence", atLeast: 0, atMost: 0, settled: true },
        { answer: "loom", value: "loom", verdict: "undetermined", atLeast: 0, atMost: 4, settled: false },
      ],
    });
  });

  it("names the members of a set, and none of them", () => {
    const next = nextFact(bookOf("{ endUser.lists: { includes: JPN:end-user-list } }"), "JPN", DATE, {});
    expect(next?.answers.map((a) => [a.answer, a.verdict])).toEqual([
      ["none of these", "no-licence"],
      ["JPN:end-user-list", "licence-required"],
    ]);
  });

  it("takes every text that no rule names as one answer", () => {
    const next = nextFact(bookOf("{ endUser.party: Loom Works }"), "JPN", DATE, {});
    expect(next?.answers.map((a) => [a.answer, a.verdict])).toEqual([
      ["Loom Works", "licence-required"],
      ["any other value", "no-licence"],
    ]);
  });

  it("is none where the verdict is settled, not subject, or no law is held", () => {
    expect(nextFact(bookOf("{ item.kind: loom }"), "JPN", DATE, { "item.kind": "press" })).toBeUndefined();
    expect(nextFact(bookOf("{ item.kind: loom }"), "USA", DATE, {})).toBeUndefined();
  });
});
