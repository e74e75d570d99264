import { LAYERS } from "../../domain/verdicts.ts";
import type { ClassLaw, LabelledRegion } from "./compare.ts";
import type { Diagram } from "./decision-diagram.ts";

const ALL_LAYERS = new Set(LAYERS);

/** Marks where a law certainly requires something. */
function certainly(law: ClassLaw): (f: Diagram) => Diagram {
  return law.space.diagrams.mapper((c) => Number(law.controls.at(c).atLeast > 0));
}

/** The values of the dimension that is open, which is the first axis of the space. */
function values(law: ClassLaw): readonly { readonly value: string; readonly standsFor: readonly string[] }[] {
  return law.space.axes[0]!.values.flatMap((v) => (v.kind === "scope" ? [v] : []));
}

/**
 * What side `b` controls at the value `base` of the open dimension and leaves free at others, where side `a` controls it too.
 */
export function scopeBetween(law: ClassLaw, a: number, b: number, base: string): LabelledRegion[] {
  const { diagrams } = law.space;
  const all = values(law);
  const at = (side: number, i: number) => diagrams.atFirst(law.control[side]!, 0, i);
  const there = all.findIndex((v) => v.standsFor.includes(base));
  const compare = diagrams.combiner((x, y) =>
    law.controls.at(x).atLeast > 0 && law.controls.at(y).atMost === 0
      ? law.ruleLabel({ kind: "scope", side: a, layers: ALL_LAYERS, detail: base }, law.controls.at(x))
      : 0,
  );
  const where = diagrams.combiner((label, holds) => (holds === 1 ? label : 0));
  const controlled = certainly(law)(at(b, there));
  const kids = all.map((_, i) => (i === there ? diagrams.end(0) : where(compare(at(a, i), at(b, i)), controlled)));
  return law.regionsOf(diagrams.branch(0, kids));
}

/** What a side controls at one value of the open dimension and leaves free at another, by pairs of values. */
export function scopeWithin(law: ClassLaw, side: number, bases: Readonly<Record<string, string>>): LabelledRegion[] {
  const { diagrams } = law.space;
  const all = values(law);
  const at = (value: string) =>
    diagrams.atFirst(
      law.control[side]!,
      0,
      all.findIndex((v) => v.standsFor.includes(value)),
    );
  const kids = all.map((v) => {
    const base = bases[v.value];
    if (base === undefined) return diagrams.end(0);
    const compare = diagrams.combiner((here, there) =>
      law.controls.at(here).atMost === 0
        ? law.ruleLabel({ kind: "scope", side, layers: ALL_LAYERS, detail: base }, law.controls.at(there))
        : 0,
    );
    return compare(at(v.value), at(base));
  });
  return law.regionsOf(diagrams.branch(0, kids));
}

/**
 * What a side's law controls when it comes from some states and leaves free when it comes from others; `detail` of a region names
 * the states from which it is controlled.
 */
export function scopeByMaker(law: ClassLaw, side: number, leftOut: ReadonlySet<string>): LabelledRegion[] {
  const { diagrams } = law.space;
  const makers = values(law).map((v, i) => ({ i, states: v.standsFor.filter((s) => !leftOut.has(s)) }));
  const asked = makers.filter((m) => m.states.length > 0);
  // Which makers' goods are controlled at a point, and by which rule the first of them: by number.
  const sets: { readonly states: readonly string[]; readonly control: number }[] = [{ states: [], control: 0 }];
  const numbers = new Map<string, number>();
  const reached = asked.reduce((f, { i, states }) => {
    const add = diagrams.combiner((set, c) => {
      if (law.controls.at(c).atLeast === 0) return set;
      const before = sets[set]!;
      const key = `${set} ${c} ${i}`;
      let found = numbers.get(key);
      if (found === undefined) {
        const control = before.control === 0 ? c : before.control;
        found = sets.push({ states: [...before.states, ...states], control }) - 1;
        numbers.set(key, found);
      }
      return found;
    });
    return add(f, diagrams.atFirst(law.control[side]!, 0, i));
  }, diagrams.end(0));
  const compare = diagrams.combiner((here, set) => {
    if (set === 0 || law.controls.at(here).atMost > 0) return 0;
    const { states, control } = sets[set]!;
    const detail = [...states].sort().join(" ");
    return law.ruleLabel({ kind: "scope", side, layers: ALL_LAYERS, detail }, law.controls.at(control));
  });
  const kids = makers.map(({ i, states }) =>
    states.length === 0 ? diagrams.end(0) : compare(diagrams.atFirst(law.control[side]!, 0, i), reached),
  );
  return law.regionsOf(diagrams.branch(0, kids));
}
