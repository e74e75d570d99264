import type { Matrix, MatrixCell } from "../../closure/matrix.ts";
import type { State } from "../../domain/states.ts";
import type { Grade } from "../../domain/verdicts.ts";

const LETTERS: Readonly<Record<Grade, string>> = {
  closed: "C",
  "closed-in-practice": "P",
  gated: "L",
  undetermined: "?",
  open: "·",
};

/** What a cell shows: its strongest certain grade, else whether anything is possible. */
export function shownGrade(cell: MatrixCell): Grade {
  if (cell.some !== "open") return cell.some;
  return cell.possible === "open" ? "open" : "undetermined";
}

/** Whether the shown grade is certain for some items of the group only. */
export function isPartial(cell: MatrixCell): boolean {
  return cell.some !== "open" && cell.grade !== cell.some;
}

/** One character a cell: a capital where every item has the grade, a small letter where only some have it. */
export function cellMark(cell: MatrixCell): string {
  const letter = LETTERS[shownGrade(cell)];
  return isPartial(cell) ? letter.toLowerCase() : letter;
}

/** What the characters mean, strongest first. */
export const MARK_WORDS: readonly (readonly [mark: string, words: string])[] = [
  ["C", "closed: prohibited, or denied by policy"],
  ["P", "closed in practice: licences are refused"],
  ["L", "licence needed"],
  ["?", "not settled by the facts and texts held"],
  ["·", "open: no rule of this layer requires anything"],
  ["c p l", "certain for some items of the group only"],
];

/** A column: a state, with the states that are the same in every cell. */
export interface MatrixColumn {
  readonly state: State;
  readonly also: readonly State[];
  /** Its cells, by group and layer. */
  readonly cell: (group: string, layer: string) => MatrixCell;
}

/** The states as columns; states whose every cell reads the same, by the same rules, share one. */
export function columnsOf(m: Matrix): MatrixColumn[] {
  const byState = new Map<State, MatrixCell[]>(m.states.map((s) => [s, []]));
  for (const row of m.rows) byState.get(row.state)!.push(row);
  const folded = new Map<string, { states: State[]; cells: readonly MatrixCell[] }>();
  for (const [state, cells] of byState) {
    const key = cells.map((c) => `${cellMark(c)}${c.possible}${c.some === "open" ? "" : c.rules}`).join(" ");
    const found = folded.get(key);
    if (found) found.states.push(state);
    else folded.set(key, { states: [state], cells });
  }
  return [...folded.values()].map(({ states, cells }) => {
    const at = new Map(cells.map((c) => [`${c.group} ${c.layer}`, c]));
    return { state: states[0]!, also: states.slice(1), cell: (group, layer) => at.get(`${group} ${layer}`)! };
  });
}

/** Layers in which some cell is not open, and those in which all are. */
export function splitLayers(m: Matrix): { readonly shown: Matrix["layers"]; readonly open: Matrix["layers"] } {
  const used = new Set(m.rows.filter((r) => shownGrade(r) !== "open").map((r) => r.layer));
  return { shown: m.layers.filter((l) => used.has(l.layer)), open: m.layers.filter((l) => !used.has(l.layer)) };
}
