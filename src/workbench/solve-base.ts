import { InputError, nearest } from "../domain/errors.ts";
import { type BasePack, tradeBaseOf } from "../economy/base-pack.ts";
import type { BaseNote, NamedSolve } from "../economy/base-pack-result.ts";
import {
  bandsOf,
  drawElasticities,
  type ElasticitySet,
  outcomeRanges,
  publishedSets,
} from "../economy/elasticities.ts";
import { readScenario } from "../economy/read-scenario.ts";
import { type Solution, solveBase, solveScenario } from "../economy/solve.ts";
import { readBaseFiles } from "../importers/read-base-files.ts";
import type { TextFile } from "../input/text-file.ts";
import { placeOf } from "../input/yaml-file.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import { jsonOf, NOT_MODELLED } from "./solve.ts";
import type { Store } from "./store.ts";

/** Which elasticities a named base is solved with. */
export interface ElasticityOptions {
  /** One set, or `all`: every published one, which give the range. */
  readonly elasticities?: string;
  /** How many sets are drawn from the published ones. */
  readonly bootstrap?: number;
  readonly seed?: number;
}

/** The set that answers where none is asked for: the one that was estimated with this model. */
export const DEFAULT_SET = "CP";
const MOST_DRAWS = 1000;

/** What is asked of a named base. */
export interface NamedQuestion {
  readonly scenario: TextFile;
  readonly options: ElasticityOptions;
  /** Milliseconds, for the time that it took. */
  readonly clock: () => number;
}

/** A scenario on a base of the store. Throws InputError with every problem of base, scenario and options. */
export function solveNamed(
  store: Store,
  name: string,
  { scenario: scenarioFile, options, clock }: NamedQuestion,
): NamedSolve {
  const { elasticities = DEFAULT_SET, bootstrap = 0, seed = 1 } = options;
  const files = filesOf(store, name);
  const pack = readBaseFiles(files);
  const scenario = jsonOf(scenarioFile);
  const start = clock();
  const isRange = elasticities === "all";
  if (bootstrap < 0 || bootstrap > MOST_DRAWS || !Number.isInteger(bootstrap) || !Number.isInteger(seed))
    throw usage(`\`${bootstrap}\` draws from seed \`${seed}\``, `whole numbers, at most ${MOST_DRAWS} draws`);
  if (bootstrap > 0 && !isRange) throw usage("draws are made from all published sets", "add `--elasticities all`");
  const solve = (set: ElasticitySet): Solution => {
    const solved = solveBase(tradeBaseOf(pack, set));
    return solveScenario(
      solved,
      readScenario(scenario, solved.base, (path) => placeOf(scenarioFile, path)),
    );
  };
  const shared = () => ({
    seconds: (clock() - start) / 1000,
    digest: {
      data: hashText([...files, scenarioFile].map((f) => f.text).join("\n")),
      engine: hashText(ENGINE),
    },
    notModelled: NOT_MODELLED,
  });
  if (!isRange) {
    const set = setOf(pack, elasticities);
    const { countries, ...ended } = solve(set);
    return {
      schema: "entente/solve@1",
      base: noteOf(pack),
      elasticities: titled(set),
      ...ended,
      countries,
      ...shared(),
    };
  }
  const sets = publishedSets(pack.elasticities).map((set) => ({ ...titled(set), ...solve(set) }));
  const draws = drawElasticities(pack.elasticities, bootstrap, seed).map(solve);
  return {
    schema: "entente/solve-range@1",
    base: noteOf(pack),
    sets,
    ranges: outcomeRanges(sets),
    ...(bootstrap > 0 && {
      bootstrap: {
        ...{ draws: bootstrap, seed },
        failed: draws.filter((d) => d.termination !== "converged").length,
        bands: bandsOf(draws, 0.05, 0.95),
      },
    }),
    ...shared(),
  };
}

/** The files of a base of the store. Throws InputError where there is none of that name. */
export function filesOf(store: Store, name: string): readonly TextFile[] {
  const names = store.baseNames?.() ?? [];
  if (store.base && names.includes(name)) return store.base(name);
  const guess = nearest(name, names);
  const hint = guess ? `did you mean \`${guess}\`?` : `bases: ${names.join(", ")}; or a JSON file`;
  throw new InputError([{ code: "unknown-name", message: `there is no base \`${name}\``, hint }]);
}

/** A set of elasticities of a base by its id. Throws InputError where it has none of that id. */
export function setOf(pack: BasePack, id: string): ElasticitySet {
  const found = pack.elasticities.find((set) => set.id === id);
  if (found) return found;
  const ids = pack.elasticities.map((set) => set.id);
  const guess = nearest(id, ids);
  throw new InputError([
    {
      code: "unknown-name",
      message: `the base \`${pack.id}\` has no elasticities \`${id}\``,
      hint: guess ? `did you mean \`${guess}\`?` : `sets: ${ids.join(", ")}, or all`,
    },
  ]);
}

function usage(message: string, hint: string): InputError {
  return new InputError([{ code: "bad-usage", message, hint }]);
}

/** A set of elasticities without its figures. */
export function titled({ id, title, kind }: ElasticitySet): Omit<ElasticitySet, "theta"> {
  return { id, title, kind };
}

/** What to know of a base beside its figures. */
export function noteOf({ id, title, licence, notice, assumptions }: BasePack): BaseNote {
  return { id, title, licence, ...(notice !== undefined && { notice }), assumptions };
}
