import type { State } from "../domain/states.ts";
import { choose, isMet, layOut, openBoard } from "./cover-board.ts";
import type { CoverProblem } from "./cover-problem.ts";

/** Whether these candidates together meet the need, whoever else is required or forbidden. Throws InputError on a bad problem. */
export function meetsNeed(problem: CoverProblem, states: readonly State[]): boolean {
  const cover = layOut({ ...problem, required: [], forbidden: [] });
  const board = openBoard(cover);
  for (const s of states) choose(board, cover.states.indexOf(s));
  return isMet(board);
}
