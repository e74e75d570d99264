import { createRequire } from "node:module";
import type * as z from "zod";
import { type IsoDate, parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { parseState, type State, stateNames } from "../domain/states.ts";
import { parseShaped, type Shape } from "../input/shape.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, placeOf } from "../input/yaml-file.ts";
import type { Case, Requirement } from "./case.ts";

type Schemas = typeof import("./case-schema.ts");
type RawCase = z.infer<Schemas["caseSchema"]>;

const CASE: Shape<RawCase> = {
  id: "closure/case",
  schema: () => (createRequire(import.meta.url)("./case-schema.ts") as Schemas).caseSchema,
};

/** Reads a case file. Throws InputError with every problem, each with its place. */
export function parseCase(file: TextFile): Case {
  const parsed = parseShaped(file, CASE);
  if (!parsed.ok) throw new InputError(parsed.problems);
  const raw = parsed.value;
  const problems: Problem[] = [];
  const toState = (text: string, path: Path): State => {
    const s = parseState(text);
    if (s) return s;
    problems.push({ ...unknownState(text), at: placeOf(file, path) });
    return text as State;
  };
  const asOf = parseDate(raw.asOf);
  if (!asOf) {
    problems.push({
      code: "bad-date",
      message: `\`${raw.asOf}\` is no calendar day`,
      hint: "write YYYY-MM-DD",
      at: placeOf(file, ["asOf"]),
    });
  }
  const minimum = raw.minimum.map((m, i) => {
    const needs = [
      m.fraction !== undefined && { fraction: m.fraction },
      m.atLeast !== undefined && { atLeast: m.atLeast },
      m.goal !== undefined && { goal: m.goal },
    ].filter((x) => x !== false);
    if (needs.length !== 1) {
      problems.push({
        code: "bad-shape",
        message: "say exactly one of `fraction`, `atLeast`, `goal`",
        at: placeOf(file, ["minimum", i]),
      });
    }
    return { scope: m.scope, threshold: m.threshold, need: needs[0] ?? { fraction: 1 } };
  });
  const result: Case = {
    id: file.path.replace(/^.*cases\//, "").replace(/\.yaml$/, ""),
    file: file.path,
    place: (path) => placeOf(file, path),
    title: raw.title,
    subject: raw.subject,
    asOf: asOf ?? ("1900-01-01" as IsoDate),
    members: raw.members.map((m, i) => toState(m, ["members", i])),
    target: toState(raw.target, ["target"]),
    packs: raw.packs,
    classes: raw.classes,
    probe: raw.probe,
    beside: raw.beside.filter((p) => p !== raw.probe),
    threshold: raw.threshold,
    require: requirement(raw.require),
    goals: raw.goals,
    variants: raw.variants,
    candidates: raw.candidates.map((m, i) => toState(m, ["candidates", i])),
    candidatesAdopt: raw.candidatesAdopt,
    adopt: raw.adopt.map((a, i) => ({ rule: a.rule, state: toState(a.state, ["adopt", i, "state"]) })),
    cast: {
      listedParty: raw.listedParty,
      alliedParty: raw.alliedParty,
      ally: toState(raw.ally, ["ally"]),
      third: toState(raw.third, ["third"]),
    },
    minimum,
    clock: raw.clock as Case["clock"],
    asks: raw.asks,
    notModelled: raw.notModelled,
    expect: raw.expect as Case["expect"],
  };
  if (result.members.includes(result.target)) {
    problems.push({
      code: "bad-value",
      message: `\`${result.target}\` is a member and the target`,
      at: placeOf(file, ["target"]),
      hint: "a state cannot close a choke point against itself",
    });
  }
  if (problems.length > 0) throw new InputError(problems);
  return result;
}

function requirement(raw: RawCase["require"]): Requirement {
  if (raw === "all" || raw === "choke-points") return { kind: raw };
  return "goal" in raw ? { kind: "goal", goal: raw.goal } : { kind: "at-least", n: raw.atLeast };
}

/** The problem of a state that ISO 3166-1 does not know, with the nearest name as hint. */
export function unknownState(text: string): Problem {
  const guess = nearest(text, stateNames());
  return {
    code: "unknown-state",
    message: `no state is called \`${text}\``,
    hint: guess ? `did you mean \`${guess}\`?` : "use ISO 3166-1 alpha-3 codes or English names",
  };
}
