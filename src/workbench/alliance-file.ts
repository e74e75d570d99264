import type * as z from "zod";
import type { Case, Requirement } from "../closure/case.ts";
import { unknownState } from "../closure/parse-case.ts";
import type { Alliance, AllianceCite, DayText, Grouping, Pledge, Seat, Step } from "../coalition/alliance.ts";
import { type IsoDate, parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import { parseState, type State } from "../domain/states.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, parseYaml, placeOf } from "../input/yaml-file.ts";
import { findRule, type RuleBook, unionsOf } from "../law/book.ts";
import { allianceSchema } from "./alliance-schema.ts";

type Raw = z.infer<typeof allianceSchema>;
type RawGrouping = Raw["groupings"][number];
type RawSeat = RawGrouping["seats"][number];
type RawStep = Raw["besides"][number];

/**
 * Reads an alliance file; rules that it names are looked up in the book. Throws InputError with every problem, each with its
 * place. A seat that is not disclosed may not name its holder: files here are public, and so are messages about them.
 */
export function parseAlliance(file: TextFile, book: RuleBook): Alliance {
  const parsed = parseYaml(file, allianceSchema);
  if (!parsed.ok) throw new InputError(parsed.problems);
  const reader = new AllianceReader(file, parsed.value, book);
  const alliance = reader.read();
  if (reader.problems.length > 0) throw new InputError(reader.problems);
  return alliance;
}

/** Resolves names, days and citations of one file and gathers what is wrong with them. */
class AllianceReader {
  readonly problems: Problem[] = [];
  private readonly file: TextFile;
  private readonly raw: Raw;
  private readonly book: RuleBook;
  private readonly sources: ReadonlyMap<string, Source>;

  constructor(file: TextFile, raw: Raw, book: RuleBook) {
    this.file = file;
    this.raw = raw;
    this.book = book;
    this.sources = new Map(raw.sources.map((s) => [s.id, s as Source]));
  }

  read(): Alliance {
    const { raw } = this;
    this.refuseTwice(raw.sources, ["sources"], "source");
    this.refuseTwice(raw.groupings, ["groupings"], "grouping");
    this.refuseTwice(raw.pledges, ["pledges"], "pledge");
    const { measure, unmeasured } = raw.objective;
    if ((measure === undefined) === (unmeasured === undefined)) {
      const hint = "a pack that holds the classes lets it be measured; else say why it cannot be";
      this.problem("bad-shape", "say exactly one of `measure` and `unmeasured`", ["objective"], hint);
    }
    for (const [i, g] of raw.counts.entries()) this.groupingNamed(g, ["counts", i]);
    return {
      id: allianceId(this.file),
      file: this.file.path,
      title: raw.title,
      issue: raw.issue,
      summary: raw.summary,
      objective: {
        words: raw.objective.words,
        cite: this.cite(raw.objective.cite, ["objective", "cite"]),
        measure: measure ? this.measure(measure) : null,
        ...(unmeasured !== undefined && { unmeasured }),
      },
      counts: raw.counts,
      groupings: raw.groupings.map((g, i) => this.grouping(g, ["groupings", i])),
      pledges: raw.pledges.map((p, i) => this.pledge(p, ["pledges", i])),
      besides: raw.besides.flatMap((s, i) => this.step(s, ["besides", i])),
      sources: this.sources,
      checkedOn: this.day(raw.checkedOn, ["checkedOn"]),
      notModelled: raw.notModelled,
      place: (path) => placeOf(this.file, path),
    };
  }

  private grouping(g: RawGrouping, path: Path): Grouping {
    const cite = this.cite(g.cite, [...path, "cite"]);
    const since = this.period(g.since, [...path, "since"]);
    const seats = g.seats.flatMap((s, i) => this.seats(s, { since, cite }, [...path, "seats", i]));
    if (seats.some((s) => s.since.last < since.first)) {
      const hint = "a grouping begins with its first seat";
      this.problem("bad-date", `a seat begins before \`${g.id}\` itself`, [...path, "seats"], hint);
    }
    for (const [i, s] of seats.entries()) {
      const twice = seats.slice(0, i).find((x) => x.state !== null && x.state === s.state && overlap(x, s));
      if (twice)
        this.problem("duplicate-id", `\`${s.state}\` has two seats at one time in \`${g.id}\``, [...path, "seats"]);
    }
    return {
      id: g.id,
      title: g.title,
      form: g.form,
      since,
      ...(g.until !== undefined && { until: this.day(g.until, [...path, "until"]) }),
      cite,
      ...(g.note !== undefined && { note: g.note }),
      seats,
    };
  }

  private seats(s: RawSeat, of: Pick<Grouping, "since" | "cite">, path: Path): Seat[] {
    const seat = {
      role: s.role,
      since:
        (s.since ?? s.by)
          ? this.period((s.since ?? s.by)!, [...path, s.since === undefined ? "by" : "since"])
          : of.since,
      known: s.by === undefined ? ("joined" as const) : ("named" as const),
      ...(s.until !== undefined && { until: this.day(s.until, [...path, "until"]) }),
      cite: s.cite ? this.cite(s.cite, [...path, "cite"]) : of.cite,
    };
    if (s.since !== undefined && s.by !== undefined) {
      this.problem("bad-shape", "say one of `since` (it joined) and `by` (a source names it by then)", path);
    }
    if (!s.disclosed) return this.hiddenSeats(s, seat, path);
    if (s.number !== undefined)
      this.problem("bad-shape", "`number` is for seats that are not disclosed", [...path, "number"]);
    if (s.states === undefined) this.problem("bad-shape", "a disclosed seat names its `states`", path);
    return (s.states ?? []).map((name, i) => ({ ...seat, state: this.state(name, [...path, "states", i]) }));
  }

  /** The name is not repeated in the message: messages are read, logged and passed on. */
  private hiddenSeats(s: RawSeat, seat: Omit<Seat, "state">, path: Path): Seat[] {
    if (s.states !== undefined) {
      const hint =
        "this file is public: take `states` out and give `number`; who it is belongs into a file outside the project, for `entente disclose`";
      this.problem("bad-value", "a seat that is not disclosed names its holder", [...path, "states"], hint);
    }
    return Array.from({ length: s.number ?? 1 }, () => ({ ...seat, state: null }));
  }

  private pledge(p: Raw["pledges"][number], path: Path): Pledge {
    this.groupingNamed(p.grouping, [...path, "grouping"]);
    return {
      id: p.id,
      title: p.title,
      kind: p.kind,
      grouping: p.grouping,
      made: this.period(p.made, [...path, "made"]),
      ...(p.by && { by: p.by.map((s, i) => this.state(s, [...path, "by", i])) }),
      cite: this.cite(p.cite, [...path, "cite"]),
      steps: p.delivery.flatMap((s, i) => this.step(s, [...path, "delivery", i])),
    };
  }

  private step(s: RawStep, path: Path): Step[] {
    const states = s.states.map((name, i) => this.state(name, [...path, "states", i]));
    const common = { states, ...(s.note !== undefined && { note: s.note }) };
    if ((s.rules === undefined) === (s.instrument === undefined)) {
      this.problem("bad-shape", "say exactly one of `rules` and `instrument`", path);
      return [];
    }
    if (s.rules) {
      if (s.cite ?? s.from ?? s.until ?? s.announced ?? s.act) {
        const hint = "days and citation of a rule stand in the rule books";
        this.problem("bad-shape", "a step by `rules` has no days and no citation of its own", path, hint);
      }
      for (const [i, rule] of s.rules.entries()) this.checkRule(rule, states, [...path, "rules", i]);
      return [{ ...common, rules: s.rules }];
    }
    if (!s.cite) {
      this.problem("missing-cite", `no citation for \`${s.instrument}\``, path, "give source, place and evidence");
      return [];
    }
    if (s.from === undefined && s.announced === undefined) {
      const hint = "give `announced`, `from`, or both; a month or a year in quotes will do";
      this.problem("bad-shape", `no day for \`${s.instrument}\``, path, hint);
    }
    return [
      {
        ...common,
        instrument: s.instrument!,
        ...(s.act !== undefined && { act: s.act }),
        ...(s.announced !== undefined && { announced: this.period(s.announced, [...path, "announced"]) }),
        ...(s.from !== undefined && { from: this.period(s.from, [...path, "from"]) }),
        ...(s.until !== undefined && { until: this.day(s.until, [...path, "until"]) }),
        cite: this.cite(s.cite, [...path, "cite"]),
      },
    ];
  }

  /** A rule of the state itself, or of a Union that it belongs to on some day of the rule. */
  private checkRule(id: string, states: readonly State[], path: Path): void {
    const rule = findRule(this.book, id);
    if (!rule) {
      const ids = [...this.book.regimes.values()].flatMap((r) => r.rules.map((x) => x.id));
      const guess = nearest(id, ids);
      const hint = guess ? `did you mean \`${guess}\`?` : "name an instrument instead where no rule is held";
      this.problem("unknown-rule", `no rule is called \`${id}\``, path, hint);
      return;
    }
    for (const s of states) {
      const binds = rule.versions.some((v) => unionsOf(this.book, s, v.from).includes(rule.regime));
      if (s !== rule.regime && !binds) {
        this.problem("bad-value", `\`${id}\` is law of ${rule.regime} and does not bind ${s}`, path);
      }
    }
  }

  private measure(m: NonNullable<Raw["objective"]["measure"]>): Case {
    const path: Path = ["objective", "measure"];
    const state = (text: string, field: string): State => this.state(text, [...path, field]);
    const id = allianceId(this.file);
    return {
      id,
      file: this.file.path,
      place: (at) => placeOf(this.file, [...path, ...at]),
      title: this.raw.title,
      subject: m.subject,
      asOf: this.day(this.raw.checkedOn, ["checkedOn"]),
      members: [],
      target: state(m.target, "target"),
      packs: m.packs,
      classes: m.classes,
      probe: m.probe,
      beside: m.beside.filter((p) => p !== m.probe),
      threshold: m.threshold,
      require: requirementOf(m.require),
      goals: m.goals,
      variants: m.variants,
      candidates: m.candidates.map((s) => state(s, "candidates")),
      candidatesAdopt: m.candidatesAdopt,
      adopt: [],
      cast: {
        listedParty: m.listedParty,
        alliedParty: m.alliedParty,
        ally: state(m.ally, "ally"),
        third: state(m.third, "third"),
      },
      minimum: [],
      clock: m.clock as Case["clock"],
      asks: m.asks,
      notModelled: m.notModelled,
      expect: [],
    };
  }

  private cite(
    c: { source: string; at: string; evidence: AllianceCite["evidence"]; note?: string | undefined },
    path: Path,
  ): AllianceCite {
    if (!this.sources.has(c.source)) {
      const guess = nearest(c.source, this.sources.keys());
      const hint = guess ? `did you mean \`${guess}\`?` : "list it under `sources` of this file";
      this.problem("unknown-source", `no source is called \`${c.source}\``, [...path, "source"], hint);
    }
    return { source: c.source, at: c.at, evidence: c.evidence, ...(c.note !== undefined && { note: c.note }) };
  }

  private groupingNamed(id: string, path: Path): void {
    const known = this.raw.groupings.map((g) => g.id);
    if (known.includes(id)) return;
    const guess = nearest(id, known);
    const hint = guess ? `did you mean \`${guess}\`?` : `groupings: ${known.join(", ")}`;
    this.problem("unknown-name", `no grouping is called \`${id}\``, path, hint);
  }

  private refuseTwice(list: readonly { readonly id: string }[], path: Path, what: string): void {
    for (const [i, { id }] of list.entries()) {
      if (list.findIndex((x) => x.id === id) < i) {
        this.problem("duplicate-id", `two ${what}s are called \`${id}\``, [...path, i]);
      }
    }
  }

  private state(text: string, path: Path): State {
    const s = parseState(text);
    if (!s) this.problems.push({ ...unknownState(text), at: placeOf(this.file, path) });
    return s ?? (text as State);
  }

  private day(text: string, path: Path): IsoDate {
    return this.period(text, path, /^\d{4}-\d{2}-\d{2}$/, "write YYYY-MM-DD").first;
  }

  private period(
    text: string,
    path: Path,
    form = /^\d{4}(-\d{2}(-\d{2})?)?$/,
    hint = "write YYYY-MM-DD, or YYYY-MM or YYYY in quotes where the source gives no day",
  ): DayText {
    const period = form.test(text) ? dayText(text) : undefined;
    if (!period) this.problem("bad-date", `\`${text}\` is no day, month or year`, path, hint);
    return period ?? { written: text, ...ANY_DAY };
  }

  private problem(code: Problem["code"], message: string, path: Path, hint?: string): void {
    this.problems.push({ code, message, at: placeOf(this.file, path), ...(hint !== undefined && { hint }) });
  }
}

/** Stands for a day that could not be read, so that one mistake is not reported twice. */
const ANY_DAY = { first: "0001-01-01" as IsoDate, last: "9999-12-31" as IsoDate };

/** `alliances/chips.yaml` is `chips`. */
export function allianceId(file: TextFile): string {
  return file.path.replace(/^.*\//, "").replace(/\.yaml$/, "");
}

/** First and last day of a day, a month or a year; undefined when the calendar has no such. */
function dayText(written: string): DayText | undefined {
  const [year, month, day] = written.split("-");
  const first = parseDate(`${year}-${month ?? "01"}-${day ?? "01"}`);
  if (!first) return undefined;
  if (day) return { written, first, last: first };
  const end = month ? new Date(Date.UTC(Number(year), Number(month), 0)) : new Date(Date.UTC(Number(year), 12, 0));
  return { written, first, last: end.toISOString().slice(0, 10) as IsoDate };
}

function overlap(a: Seat, b: Seat): boolean {
  return (b.until === undefined || a.since.first < b.until) && (a.until === undefined || b.since.first < a.until);
}

function requirementOf(raw: NonNullable<Raw["objective"]["measure"]>["require"]): Requirement {
  if (raw === "all" || raw === "choke-points") return { kind: raw };
  return "goal" in raw ? { kind: "goal", goal: raw.goal } : { kind: "at-least", n: raw.atLeast };
}
