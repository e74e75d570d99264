import type { Assessment, UsedSource } from "../closure/assessment.ts";
import type { Case } from "../closure/case.ts";
import { type Alliance, coalitionOn, type Grouping, isHeld, isMember, type Seat } from "../coalition/alliance.ts";
import { calcBesides, calcDelivery } from "../coalition/alliance-delivery.ts";
import { calcAbsence, calcOverlapRows, type MeasuredAlliance } from "../coalition/alliance-overlap.ts";
import type {
  AllianceAnswer,
  AllianceResult,
  GroupingResult,
  Overlap,
  SeatResult,
} from "../coalition/alliance-result.ts";
import { type IsoDate, parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { gather } from "../domain/gather.ts";
import type { TextFile } from "../input/text-file.ts";
import { findRule, type RuleBook } from "../law/book.ts";
import { resolveClasses, resolveGoal } from "../supply/class-tree.ts";
import { coverageOf, questionOf } from "./alliance-coverage.ts";
import { allianceId, parseAlliance } from "./alliance-file.ts";
import { buildContexts } from "./contexts.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import type { Library } from "./store.ts";

/** What may be asked of alliances: one in full, all in a list, or several beside each other. */
export interface AllianceRequest {
  /** None: every alliance. */
  readonly names: readonly string[];
  /** Left out: the oldest day on which the files and rules shown were compared with their sources. */
  readonly asOf?: string;
  /** Several beside each other, with what the absence of each member costs. */
  readonly overlap: boolean;
}

/** The alliances of the request on a day. Throws InputError with every problem of names, day and files. */
export function answerAlliances(request: AllianceRequest, library: Library): AllianceAnswer {
  const { book, hash } = library.book();
  const day = request.asOf === undefined ? undefined : parseDate(request.asOf);
  const problems: Problem[] = [];
  if (request.asOf !== undefined && !day) {
    const message = `\`${request.asOf}\` is no calendar day`;
    problems.push({ code: "bad-date", message, hint: "write YYYY-MM-DD", at: { file: "--as-of" } });
  }
  const files = filesOf(request.names, library, problems);
  if (problems.length > 0) throw new InputError(problems);
  const alliances = gather(files.map((f) => () => parseAlliance(f, book)));
  const asOf = day ?? oldestCheck(alliances, book);
  const full = !request.overlap && request.names.length === 1;
  const shown = alliances.map((a) => describe(a, asOf, book, full ? library : undefined));
  const overlap = request.overlap ? overlapOf(alliances, asOf, library) : null;
  const assessed = shown.flatMap((x) => x.assessment ?? []);
  const results = shown.map((x) => x.result);
  const data = [
    ...files.map((f) => `${f.path}\0${f.text}`),
    ...assessed.map((x) => x.digest.data),
    overlap?.data ?? "",
  ];
  return {
    schema: "entente/alliance@1",
    asOf,
    alliances: results,
    overlap: overlap?.overlap ?? null,
    sources: sourcesOf(alliances, results, assessed, book),
    notices: [...new Set([...assessed.flatMap((x) => x.notices), ...(overlap?.notices ?? [])])],
    digest: { rules: hash, data: hashText(data.join("\n")), engine: hashText(ENGINE) },
    notModelled: notModelledOf(alliances, results, assessed, request.overlap),
  };
}

function filesOf(names: readonly string[], library: Library, problems: Problem[]): TextFile[] {
  const files = library.store.alliances?.() ?? [];
  const known = files.map(allianceId);
  if (names.length === 0) return [...files];
  return [...new Set(names)].flatMap((name) => {
    const found = files.find((f) => allianceId(f) === name || f.path === name);
    if (found) return [found];
    const guess = nearest(name, known);
    const hint = guess ? `did you mean \`${guess}\`?` : `alliances: ${known.join(", ") || "none"}`;
    problems.push({ code: "unknown-name", message: `no alliance is called \`${name}\``, hint });
    return [];
  });
}

/** Files and the rules that they link to were compared with their sources on different days: the oldest holds for all. */
function oldestCheck(alliances: readonly Alliance[], book: RuleBook): IsoDate {
  const rules = alliances.flatMap((a) => linkedRules(a).flatMap((id) => findRule(book, id)?.checkedOn ?? []));
  const days = [...alliances.map((a) => a.checkedOn), ...rules].sort();
  const [oldest] = days;
  if (oldest === undefined) {
    const hint = "an alliance is a file under alliances/; `entente new alliance NAME` starts one";
    throw new InputError([{ code: "unknown-name", message: "there is no alliance", hint }]);
  }
  return oldest;
}

function linkedRules(a: Alliance): string[] {
  const steps = [...a.pledges.flatMap((p) => p.steps), ...a.besides];
  return steps.flatMap((s) => ("rules" in s ? s.rules : []));
}

/** One alliance on the day; with a library its coverage too. */
function describe(
  a: Alliance,
  day: IsoDate,
  book: RuleBook,
  library: Library | undefined,
): { readonly result: AllianceResult; readonly assessment: Assessment | null } {
  const question = questionOf(a, day, book);
  const measured = library && !("why" in question) ? coverageOf(question, library) : null;
  const noCoverage = measured ? null : "why" in question ? question.why : "shown where one alliance is asked for";
  const result: AllianceResult = {
    id: a.id,
    title: a.title,
    issue: a.issue,
    summary: a.summary,
    checkedOn: a.checkedOn,
    objective: { words: a.objective.words, cite: a.objective.cite, unmeasured: a.objective.unmeasured ?? null },
    members: coalitionOn(a, day),
    counts: a.counts,
    groupings: a.groupings.map((g) => groupingOn(g, day)),
    pledges: calcDelivery(a, book, day),
    besides: calcBesides(a, book, day),
    coverage: measured?.coverage ?? null,
    noCoverage,
  };
  return { result, assessment: measured?.assessment ?? null };
}

function groupingOn(g: Grouping, day: IsoDate): GroupingResult {
  const ended = g.until !== undefined && g.until <= day;
  return {
    id: g.id,
    title: g.title,
    form: g.form,
    since: g.since.written,
    until: g.until ?? null,
    status: ended ? "ended" : g.since.last <= day ? "standing" : "later",
    note: g.note ?? null,
    cite: g.cite,
    seats: g.seats.flatMap((s) => (s.state === null ? [] : [seatOn(s, day)])),
    undisclosed: g.seats.filter((s) => s.state === null && isHeld(s, day)).length,
  };
}

function seatOn(s: Seat, day: IsoDate): SeatResult {
  return {
    state: s.state!,
    role: s.role,
    member: isMember(s.role),
    since: s.since.written,
    known: s.known,
    until: s.until ?? null,
    status: s.until !== undefined && s.until <= day ? "ended" : isHeld(s, day) ? "held" : "later",
    cite: s.cite,
  };
}

interface Compared {
  readonly overlap: Overlap;
  readonly notices: readonly string[];
  readonly data: string;
}

function overlapOf(alliances: readonly Alliance[], day: IsoDate, library: Library): Compared {
  const notices: string[] = [];
  const hashes: string[] = [];
  const measured = gather(
    alliances.map((a) => () => {
      const question = questionOf(a, day, library.book().book);
      if ("why" in question) return null;
      const { found, notice, hash } = classesOf(a.id, question, library);
      notices.push(...notice);
      hashes.push(hash);
      return found;
    }),
  );
  const known = measured.filter((x) => x !== null);
  return {
    overlap: {
      rows: calcOverlapRows(alliances, day),
      absence: calcAbsence(known),
      unmeasured: alliances.filter((a) => !known.some((x) => x.id === a.id)).map((a) => a.id),
    },
    notices,
    data: hashes.join("\n"),
  };
}

/** The leaf classes of an objective and of its goals, with their shares of the day. */
function classesOf(
  id: string,
  question: Case,
  library: Library,
): { readonly found: MeasuredAlliance; readonly notice: readonly string[]; readonly hash: string } {
  const merged = library.merged(question.packs);
  if (!merged) {
    const message = `none of the packs \`${question.packs.join(", ")}\` is there`;
    throw new InputError([{ code: "unknown-name", message, hint: "packs are folders under packs/" }]);
  }
  const { pack } = merged;
  const goals = question.goals
    .filter((g) => merged.missing.length === 0 || pack.goals.some((x) => x.id === g))
    .map((g) => resolveGoal(pack, g));
  const shown = resolveClasses(pack, question.classes).filter((c) => c.leaf);
  const contexts = buildContexts(question, library.book().book, merged, shown, goals);
  const { members, target, threshold } = question;
  return {
    found: {
      id,
      members,
      target,
      threshold,
      classes: contexts.filter((x) => shown.includes(x.cls)),
      goals,
      goalClasses: contexts,
    },
    notice: pack.notice?.split("\n") ?? [],
    hash: merged.hash,
  };
}

/** What is cited on the page: sources of the files, of linked rules, and of the assessment. */
function sourcesOf(
  alliances: readonly Alliance[],
  results: readonly AllianceResult[],
  assessed: readonly Assessment[],
  book: RuleBook,
): UsedSource[] {
  const own = alliances.flatMap((a) => [...a.sources.values()].map((s) => ({ ...s, from: `alliances/${a.id}` })));
  const ruleSources = new Set(
    results
      .flatMap((r) => [...r.pledges.flatMap((p) => p.states), ...r.besides])
      .flatMap((d) => d.items.flatMap((i) => (i.rule === null ? [] : [i.source]))),
  );
  const law = [...ruleSources].sort().flatMap((id) => {
    const source = book.sources.get(id);
    return source ? [{ ...source, from: "rules" }] : [];
  });
  const seen = new Set<string>();
  return [...own, ...law, ...assessed.flatMap((a) => a.sources)].filter((s) => {
    const key = `${s.from}/${s.id}`;
    return !seen.has(key) && seen.add(key);
  });
}

function notModelledOf(
  alliances: readonly Alliance[],
  results: readonly AllianceResult[],
  assessed: readonly Assessment[],
  compared: boolean,
): string[] {
  const undisclosed = results.some((r) => r.groupings.some((g) => g.undisclosed > 0));
  return [
    "whether a step keeps a pledge to the letter: it stands where it deals with what was pledged or asked",
    "steps that no source on record names: `nothing on record` is not `nothing done`",
    ...(compared ? ["law: the cost of an absence counts what states supply, not what their rules close"] : []),
    ...(undisclosed ? ["seats that are not disclosed: they count for nothing here"] : []),
    ...new Set([...alliances.flatMap((a) => a.notModelled), ...assessed.flatMap((a) => a.notModelled)]),
  ];
}
