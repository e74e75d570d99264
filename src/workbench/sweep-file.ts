import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { countryPlace } from "../economy/read-base.ts";
import { readScenario } from "../economy/read-scenario.ts";
import { MOST_MEMBERS, type SweepMember, sweepMember } from "../economy/sweep.ts";
import type { TradeBase } from "../economy/trade-base.ts";
import type { TextFile } from "../input/text-file.ts";
import { placeOf } from "../input/yaml-file.ts";
import { jsonOf } from "./solve.ts";

const KEYS = ["title", "members"];
const MEMBER_KEYS = ["id", "countries", "tariffs", "costs"];

type Raw = Readonly<Record<string, unknown>>;
type Report = (path: readonly (string | number)[], message: string, hint?: string) => void;

/**
 * Reads `{ "members": [{ "id", "countries"?, "tariffs"?, "costs"? }] }`: each member with the rows of a scenario that hold when it is in
 * the coalition; `countries` are those of the base that make it up, itself where left out. Throws InputError with every problem.
 */
export function readSweep(file: TextFile, base: TradeBase): SweepMember[] {
  const problems: Problem[] = [];
  const report: Report = (path, message, hint) => {
    problems.push({ code: "bad-shape", message, at: placeOf(file, path), ...(hint !== undefined && { hint }) });
  };
  const members = readMembers(jsonOf(file), base, file, report, problems);
  if (problems.length > 0) throw new InputError(problems);
  return members;
}

function readMembers(
  raw: unknown,
  base: TradeBase,
  file: TextFile,
  report: Report,
  problems: Problem[],
): SweepMember[] {
  if (!isRaw(raw)) {
    report([], "a sweep is one JSON object", 'such as `{ "members": [{ "id": "USA", "costs": [] }] }`');
    return [];
  }
  for (const key of Object.keys(raw).filter((k) => !KEYS.includes(k)))
    report([key], `a sweep has no \`${key}\``, `expected ${KEYS.join(", ")}`);
  const given = raw.members;
  if (!Array.isArray(given) || given.length === 0 || given.length > MOST_MEMBERS) {
    report(["members"], "`members` is no list of 1 to 12 members", "each with `id` and the rows of its scenario");
    return [];
  }
  const seen = new Set<string>();
  return (given as readonly unknown[]).flatMap((one, m) => {
    const path = ["members", m];
    if (!isRaw(one) || typeof one.id !== "string" || one.id === "") {
      report(path, `member ${m + 1} has no \`id\``, 'such as `{ "id": "USA", "costs": [] }`');
      return [];
    }
    const { id, countries: asked = [id], tariffs, costs } = one;
    if (seen.has(id)) report([...path, "id"], `member \`${id}\` is there twice`);
    seen.add(id);
    for (const key of Object.keys(one).filter((k) => !MEMBER_KEYS.includes(k)))
      report([...path, key], `member \`${id}\` has \`${key}\``, `expected ${MEMBER_KEYS.join(", ")}`);
    const countries = countriesOf(asked, { id, path }, base, report);
    try {
      const rows = { ...(tariffs !== undefined && { tariffs }), ...(costs !== undefined && { costs }) };
      const shock = readScenario(rows, base, (inner) => placeOf(file, [...path, ...inner]));
      return [sweepMember({ id, countries }, base, shock)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
}

function countriesOf(
  asked: unknown,
  { id, path }: { readonly id: string; readonly path: readonly (string | number)[] },
  base: TradeBase,
  report: Report,
): number[] {
  if (!Array.isArray(asked) || asked.length === 0) {
    report([...path, "countries"], `\`countries\` of member \`${id}\` is no list of countries`);
    return [];
  }
  return [...new Set(asked as readonly unknown[])].flatMap((name) => {
    const place = typeof name === "string" ? countryPlace(base, name) : -1;
    if (place >= 0) return [place];
    const guess = typeof name === "string" ? nearest(name, base.countries) : undefined;
    const hint = guess ? `did you mean \`${guess}\`?` : "name the base's countries that make it up in `countries`";
    report(path, `member \`${id}\`: the base does not have \`${String(name)}\``, hint);
    return [];
  });
}

function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
