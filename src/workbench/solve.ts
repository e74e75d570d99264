import { InputError } from "../domain/errors.ts";
import { readBase } from "../economy/read-base.ts";
import { readScenario } from "../economy/read-scenario.ts";
import { type SolveResult, solveBase, solveScenario } from "../economy/solve.ts";
import { parseJson } from "../input/json-text.ts";
import type { TextFile } from "../input/text-file.ts";
import { placeOf } from "../input/yaml-file.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";

export const NOT_MODELLED = [
  "time: the answer is the new equilibrium, not the way to it; nobody is out of work and nothing is in stock",
  "movement of people and capital between countries, and new products",
  "security: no benefit of what is not sold is counted",
];

/** The trade model alone: a base, a scenario, and what changes in each country. Throws InputError with every problem of both. */
export function solveFiles(baseFile: TextFile, scenarioFile: TextFile, clock: () => number): SolveResult {
  const base = readBase(jsonOf(baseFile), (path) => placeOf(baseFile, path));
  const shock = readScenario(jsonOf(scenarioFile), base, (path) => placeOf(scenarioFile, path));
  const start = clock();
  const { countries, ...ended } = solveScenario(solveBase(base), shock);
  return {
    schema: "entente/solve@1",
    ...ended,
    seconds: (clock() - start) / 1000,
    countries,
    digest: { data: hashText(baseFile.text + scenarioFile.text), engine: hashText(ENGINE) },
    notModelled: NOT_MODELLED,
  };
}

/** What a JSON file says. Throws InputError with the place of what is wrong. */
export function jsonOf(file: TextFile): unknown {
  const parsed = parseJson(file.text);
  if (parsed.ok) return parsed.value;
  const { message, line, column } = parsed;
  throw new InputError([{ code: "bad-syntax", message, at: { file: file.path, line, column } }]);
}
