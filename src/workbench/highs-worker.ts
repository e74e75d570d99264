// Runs HiGHS beside the main thread: a long search neither blocks it nor outlives it.
import { parentPort } from "node:worker_threads";
import highsModule from "highs";
import type { ProgrammeAnswer, ProgrammeQuestion } from "./run-highs.ts";

// The package's types describe its CommonJS build, whose loader is one level deeper.
const load = highsModule as unknown as (typeof highsModule)["default"];
const highs = await load();

parentPort!.on("message", ({ id, programme, columns, seconds }: ProgrammeQuestion) => {
  const answer = highs.solve(programme, { output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 1e-9 });
  const status = answer.Status === "Optimal" ? "optimal" : answer.Status === "Infeasible" ? "infeasible" : "limit";
  const values = columns.map((name) => {
    const column = answer.Columns[name];
    return status === "optimal" && column && "Primal" in column ? column.Primal : 0;
  });
  parentPort!.postMessage({ id, status, values } satisfies ProgrammeAnswer);
});
