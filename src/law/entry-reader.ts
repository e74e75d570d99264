import type * as z from "zod";
import { type IsoDate, isoDate, overlaps, parseDate } from "../domain/dates.ts";
import { nearest } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import { parseState, type State } from "../domain/states.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, placeOf } from "../input/yaml-file.ts";
import type { Cite, Dated } from "./book.ts";
import { compileCondition } from "./compile.ts";
import { ALWAYS, type Condition } from "./condition.ts";
import { claimNames, type FactDeclarations, parseDayBounds, type Report } from "./facts.ts";
import type { citeSchema } from "./schema.ts";

type RawCite = z.infer<typeof citeSchema>;
type RawInterval = { readonly from?: string | undefined; readonly until?: string | undefined };

/** Names that entries of any rule file refer to. */
export interface Known {
  readonly facts: FactDeclarations;
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Turns the raw entries of one file into typed values. What is wrong is reported with its path and replaced by something
 * harmless, so that all problems of a file come out at once; a book with problems is never handed out.
 */
export class EntryReader {
  readonly file: TextFile;
  readonly report: Report;
  private readonly known: Known;

  constructor(file: TextFile, known: Known, report: Report) {
    this.file = file;
    this.known = known;
    this.report = report;
  }

  /** Where the entry at `path` stands; found when asked. */
  place(path: Path): () => ReturnType<typeof placeOf> {
    return () => placeOf(this.file, path);
  }

  state(text: string, path: Path): State {
    const s = parseState(text);
    if (s) return s;
    this.report({ code: "unknown-state", message: `no state is called \`${text}\`` }, path);
    return text as State;
  }

  date(text: string, path: Path): IsoDate {
    const d = parseDate(text);
    if (d) return d;
    this.report({ code: "bad-date", message: `\`${text}\` is no calendar day`, hint: "write YYYY-MM-DD" }, path);
    return isoDate("1900-01-01");
  }

  dated(raw: RawInterval & { readonly from: string }, path: Path): Dated {
    const { from, ...until } = this.interval(raw, path);
    return { from: from as IsoDate, ...until };
  }

  interval(raw: RawInterval, path: Path): { from?: IsoDate; until?: IsoDate } {
    const out: { from?: IsoDate; until?: IsoDate } = {};
    if (raw.from !== undefined) out.from = this.date(raw.from, [...path, "from"]);
    if (raw.until !== undefined) out.until = this.date(raw.until, [...path, "until"]);
    if (out.from && out.until && out.until <= out.from) {
      const message = `the interval from \`${out.from}\` until \`${out.until}\` is empty`;
      const hint = "`until` is the first day that no longer belongs to it";
      this.report({ code: "bad-date", message, hint }, [...path, "until"]);
    }
    return out;
  }

  condition(raw: Readonly<Record<string, unknown>> | undefined, path: Path): Condition {
    return raw === undefined ? ALWAYS : compileCondition(raw, this.known.facts, path, this.report);
  }

  /** That a claim lies within these days; `at` is the saving that says so. */
  claimed(claim: string, bounds: Readonly<Record<string, unknown>>, at: Path): Condition {
    const declared = this.known.facts.get(claim);
    if (declared?.role === "claim" && declared.type === "date") {
      if (Object.keys(bounds).length === 0) return ALWAYS;
      const days = parseDayBounds(bounds, declared, at, this.report);
      return days ? { op: "number", fact: claim, bounds: days } : ALWAYS;
    }
    const claims = claimNames(this.known.facts);
    const guess = nearest(claim, claims);
    const hint = guess ? `did you mean \`${guess}\`?` : `use ${claims.join(", ")}`;
    this.report({ code: "unknown-fact", message: `no claim is called \`${claim}\``, hint }, [...at, "claim"]);
    return ALWAYS;
  }

  /** A condition on facts alone: what is true of them in every regime on every day. */
  ofFacts(raw: Readonly<Record<string, unknown>>, path: Path): Condition {
    const c = this.condition(raw, path);
    if (namesLaw(c)) {
      const message = "a constraint names a paragraph, a definition or a group";
      this.report(
        { code: "bad-shape", message, hint: "constraints speak of facts alone: they hold whatever the law" },
        path,
      );
    }
    return c;
  }

  /** The citation, whose act is the file's unless it names its own. */
  cite(raw: RawCite, act: string, path: Path): Cite {
    this.knownSource(raw.source, [...path, "source"]);
    return { ...raw, act: raw.act ?? act } as Cite;
  }

  knownSource(id: string, path: Path): void {
    const { sources } = this.known;
    if (sources.has(id)) return;
    const guess = nearest(id, sources.keys());
    const hint = guess ? `did you mean \`${guess}\`?` : "add it to rules/sources.yaml";
    this.report({ code: "unknown-source", message: `no source is called \`${id}\``, hint }, path);
  }

  /** Reports every id that stands a second time; `path` leads to the id of that number. */
  refuseTwice(ids: readonly string[], path: (index: number) => Path): void {
    ids.forEach((id, i) => {
      if (ids.indexOf(id) === i) return;
      this.report(
        { code: "duplicate-id", message: `\`${id}\` is used twice`, hint: "each id once in its list" },
        path(i),
      );
    });
  }

  /** Reports every version that is in force together with an earlier one of the list. */
  refuseOverlaps(versions: readonly Dated[], id: string, path: Path): void {
    versions.forEach((v, i) => {
      const other = versions.find((w, j) => j < i && overlaps(v, w));
      if (!other) return;
      const message = `versions of \`${id}\` from \`${other.from}\` and \`${v.from}\` are in force together`;
      const hint = "end the earlier one with `until`";
      this.report({ code: "overlapping-versions", message, hint }, [...path, "versions", i]);
    });
  }
}

function namesLaw(c: Condition): boolean {
  if (c.op === "all" || c.op === "any") return c.of.some(namesLaw);
  if (c.op === "not") return namesLaw(c.of);
  return c.op === "matches" || c.op === "term" || c.op === "in-group";
}
