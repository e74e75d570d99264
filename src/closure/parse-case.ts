import * as z from "zod";
import { type IsoDate, parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { parseState, type State, stateNames } from "../domain/states.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, parseYaml, placeOf } from "../input/yaml-file.ts";
import type { Case, Requirement } from "./case.ts";

const share = z.number().min(0).max(1);

const series = z.strictObject({
  metric: z.string(),
  state: z.string(),
  partner: z.string().optional(),
  unit: z.string(),
  what: z.string(),
});

const expectationSchema = z.strictObject({
  at: z.string(),
  is: z.unknown().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  includes: z.unknown().optional(),
  why: z.string().optional(),
});

/** The shape of a case file, before names, states and dates are resolved. */
export const caseSchema = z.strictObject({
  title: z.string(),
  subject: z.string(),
  asOf: z.string(),
  members: z.array(z.string()).min(1),
  target: z.string(),
  packs: z.array(z.string()).min(1),
  classes: z.array(z.string()).min(1),
  probe: z.string().default("advanced-fab"),
  beside: z.array(z.string()).default(["civil-fab"]),
  threshold: share.default(0.9),
  require: z
    .union([
      z.literal("all"),
      z.literal("choke-points"),
      z.strictObject({ atLeast: z.number().int().positive() }),
      z.strictObject({ goal: z.string() }),
    ])
    .default("all"),
  goals: z.array(z.string()).default([]),
  variants: z.record(z.string(), z.array(z.string())).default({}),
  candidates: z.array(z.string()).default([]),
  candidatesAdopt: z.array(z.string()).default([]),
  adopt: z.array(z.strictObject({ rule: z.string(), state: z.string() })).default([]),
  listedParty: z.string().default("SMIC"),
  alliedParty: z.string().default("Samsung China Semiconductor"),
  ally: z.string().default("KOR"),
  third: z.string().default("MYS"),
  minimum: z
    .array(
      z.strictObject({
        scope: z.string(),
        threshold: share.default(0.9),
        fraction: share.optional(),
        atLeast: z.number().int().positive().optional(),
        goal: z.string().optional(),
      }),
    )
    .default([]),
  clock: z.strictObject({ series: series.optional(), counterSeries: series.optional() }).default({}),
  asks: z.enum(["closure", "self-supply"]).default("closure"),
  notModelled: z.array(z.string()).default([]),
  expect: z.array(expectationSchema).default([]),
});

/** Reads a case file. Throws InputError with every problem, each with its place. */
export function parseCase(file: TextFile): Case {
  const parsed = parseYaml(file, caseSchema);
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

function requirement(raw: z.infer<typeof caseSchema>["require"]): Requirement {
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
