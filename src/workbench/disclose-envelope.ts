import * as z from "zod";
import { unknownState } from "../closure/parse-case.ts";
import { classOf, planClasses } from "../coalition/disclosure-classes.ts";
import { type Envelope, envelopeGuarantee } from "../coalition/disclosure-envelope.ts";
import { parseDate } from "../domain/dates.ts";
import { InputError, type Problem } from "../domain/errors.ts";
import { remember } from "../domain/remember.ts";
import { parseState } from "../domain/states.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, parseYaml, placeOf } from "../input/yaml-file.ts";

const states = z.array(z.string());
const count = z.number().int().nonnegative();

/** The shape of an envelope file. */
const envelopeSchema = z.strictObject({
  schema: z.literal("entente/envelope@1"),
  case: z.string(),
  asOf: z.string(),
  target: z.string(),
  disclosed: states,
  candidates: states.min(1),
  removed: z.array(
    z.strictObject({
      state: z.string(),
      why: z.enum(["disclosed", "target", "ruled-out", "law-shows", "law-contradicts"]),
      rules: z.array(z.string()),
    }),
  ),
  atMost: count.min(1),
  k: count.min(2),
  class: z.strictObject({ kind: z.enum(["rotations", "gathered", "whole"]), memberships: z.array(states).min(1) }),
  guarantee: z.strictObject({
    memberships: count,
    mostOften: count,
    sizes: z.array(count),
    afterOneIsKnown: z.strictObject({ memberships: count, largestPart: z.number() }),
  }),
  digest: z.strictObject({ rules: z.string(), data: z.string(), engine: z.string() }),
});

/**
 * Reads an envelope. Throws InputError with every problem, also when its class is none of the classes into which its own candidates are
 * cut: such a file was not made by `entente disclose` and keeps no promise.
 */
export function parseEnvelope(file: TextFile): Envelope {
  return remember(READ, file, () => readEnvelope(file));
}

const READ = new WeakMap<TextFile, Envelope>();

function readEnvelope(file: TextFile): Envelope {
  const parsed = parseYaml(file, envelopeSchema);
  if (!parsed.ok) throw new InputError(parsed.problems);
  const raw = parsed.value;
  const problems: Problem[] = [];
  const known = (list: readonly string[], path: Path) => {
    for (const [i, text] of list.entries()) {
      if (parseState(text) !== text) problems.push({ ...unknownState(text), at: placeOf(file, [...path, i]) });
    }
  };
  known([raw.target], []);
  known(raw.disclosed, ["disclosed"]);
  known(raw.candidates, ["candidates"]);
  if (!parseDate(raw.asOf)) {
    problems.push({ code: "bad-date", message: `\`${raw.asOf}\` is no calendar day`, at: placeOf(file, ["asOf"]) });
  }
  if (problems.length === 0) problems.push(...promiseProblems(file, raw));
  if (problems.length > 0) throw new InputError(problems);
  return raw as unknown as Envelope;
}

/** An envelope says what its candidates, numbers and first membership make; anything else is refused. */
function promiseProblems(file: TextFile, raw: z.infer<typeof envelopeSchema>): Problem[] {
  const { candidates, atMost, k } = raw;
  const wrong = (message: string, path: Path): Problem[] => [
    { code: "bad-value", message, hint: "make it again by `entente disclose`", at: placeOf(file, path) },
  ];
  if (candidates.some((s, i) => i > 0 && s <= candidates[i - 1]!) || candidates.includes(raw.target)) {
    return wrong("candidates stand in the order of their codes, once each, without the target", ["candidates"]);
  }
  const plan =
    atMost > candidates.length ? undefined : planClasses({ candidates: candidates.length, atMost, least: k });
  if (!plan || plan.kind === "none") return wrong("its candidates cannot be cut into classes of k", ["k"]);
  const places = raw.class.memberships[0]!.map((s) => candidates.indexOf(s));
  if (places.length > atMost || places.some((p, i) => p < 0 || (i > 0 && p <= places[i - 1]!))) {
    return wrong("a membership is no ascending choice of candidates", ["class", "memberships", 0]);
  }
  const found = classOf(plan, places);
  const memberships = found.memberships.map((m) => m.map((place) => candidates[place]!));
  if (JSON.stringify({ kind: found.kind, memberships }) !== JSON.stringify(raw.class)) {
    return wrong("these memberships are none of the classes into which the candidates are cut", ["class"]);
  }
  return JSON.stringify(envelopeGuarantee(found)) === JSON.stringify(raw.guarantee)
    ? []
    : wrong("the guarantee is not that of its class", ["guarantee"]);
}
