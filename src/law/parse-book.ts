import type * as z from "zod";
import { InputError, type Problem } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import type { State } from "../domain/states.ts";
import { parseShaped, type Shape } from "../input/shape.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, placeOf } from "../input/yaml-file.ts";
import type * as book from "./book.ts";
import type { FactValue } from "./condition.ts";
import { EntryReader } from "./entry-reader.ts";
import { declarationOf, type FactDeclaration, parseFactValue, refuseWrongUnits } from "./facts.ts";
import { DAYS } from "./format-condition.ts";
import { lintLinks } from "./lint.ts";
import { type InstrumentParts, readInstrument } from "./read-instrument.ts";
import type { regimeSchema } from "./schema.ts";
import { FACTS, INSTRUMENT, PROBES, REGIME, SOURCES, UNIONS } from "./shapes.ts";

/** Parses every file under `rules/` (cases apart) into one linked book. Throws InputError with all problems of all files. */
export function parseRuleBook(files: readonly TextFile[]): book.RuleBook {
  const parser = new BookParser();
  const special = new Map(files.map((f) => [f.path.replace(/^.*rules\//, ""), f]));
  parser.readFacts(special.get("facts.yaml"));
  parser.stopOnProblems();
  parser.readSources(special.get("sources.yaml"));
  parser.readUnions(special.get("unions.yaml"));
  parser.readProbes(special.get("probes.yaml"));
  const instruments = files.filter(
    (f) => /rules\/[a-z]{3}\/[^/]+\.yaml$/.test(f.path) && !f.path.endsWith(".cases.yaml"),
  );
  for (const file of instruments) {
    if (file.path.endsWith("/regime.yaml")) parser.readRegime(file);
    else parser.readInstrument(file);
  }
  return parser.finish();
}

interface RegimeManifest {
  readonly reader: EntryReader;
  readonly raw: z.infer<typeof regimeSchema>;
  readonly id: State;
}

/** Collects what the files hold; every method reports problems and goes on. */
class BookParser {
  private readonly problems: Problem[] = [];
  private readonly facts = new Map<string, FactDeclaration>();
  private readonly constraints: book.Constraint[] = [];
  private readonly sources = new Map<string, Source>();
  private readonly unions: book.Union[] = [];
  private readonly probes = new Map<string, book.Probe>();
  private readonly terms = new Map<string, book.Term>();
  private readonly groups = new Map<string, book.Group>();
  private readonly instruments: InstrumentParts[] = [];
  private readonly manifests: RegimeManifest[] = [];
  /** Where rules, terms, practice, holes and regimes stand, for problems that only show once all files are read. */
  private readonly owners = new Map<string, { readonly file: TextFile; readonly path: Path }>();

  private reader(file: TextFile): EntryReader {
    return new EntryReader(file, { facts: this.facts, sources: this.sources }, (problem, path) =>
      this.problems.push({ ...problem, at: placeOf(file, path) }),
    );
  }

  private load<T>(file: TextFile, shape: Shape<T>): T | undefined {
    const parsed = parseShaped(file, shape);
    if (parsed.ok) return parsed.value;
    this.problems.push(...parsed.problems);
    return undefined;
  }

  /** A lost list of sources, unions or probes must not read as an empty one. */
  private needed<T>(file: TextFile | undefined, name: string, shape: Shape<T>, hint: string): T | undefined {
    if (file) return this.load(file, shape);
    this.problems.push({ code: "missing-file", message: `\`rules/${name}\` is not there`, hint });
    return undefined;
  }

  readFacts(file: TextFile | undefined): void {
    const raw = this.needed(file, "facts.yaml", FACTS, "it declares every fact");
    for (const [name, fact] of Object.entries(raw?.facts ?? {})) {
      this.facts.set(name, { name, ...fact, ...(fact.type === "date" && { unit: DAYS }) } as FactDeclaration);
    }
    if (!file) return;
    const reader = this.reader(file);
    refuseWrongUnits(this.facts, reader);
    const constraints = raw?.constraints ?? [];
    reader.refuseTwice(
      constraints.map((c) => c.id),
      (i) => ["constraints", i, "id"],
    );
    constraints.forEach((c, i) => {
      const given = reader.ofFacts(c.when, ["constraints", i, "when"]);
      const follows = reader.ofFacts(c.implies, ["constraints", i, "implies"]);
      this.constraints.push({ id: c.id, holds: { op: "any", of: [{ op: "not", of: given }, follows] } });
    });
  }

  /** Without facts every condition would be reported: the cause alone helps more. */
  stopOnProblems(): void {
    if (this.problems.length > 0) throw new InputError(this.problems);
  }

  readSources(file: TextFile | undefined): void {
    const raw = this.needed(file, "sources.yaml", SOURCES, "it lists every source that rules cite");
    if (!file || !raw) return;
    const ids = raw.sources.map((s) => s.id);
    this.reader(file).refuseTwice(ids, (i) => ["sources", i, "id"]);
    for (const s of raw.sources) this.sources.set(s.id, s as Source);
  }

  readUnions(file: TextFile | undefined): void {
    const raw = this.needed(file, "unions.yaml", UNIONS, "it says who is bound by the law of a Union");
    if (!file || !raw) return;
    const reader = this.reader(file);
    raw.unions.forEach((u, i) => {
      reader.cite(u.cite, u.title, ["unions", i, "cite"]);
      this.unions.push({
        id: reader.state(u.id, ["unions", i, "id"]),
        title: u.title,
        members: u.members.map((m, j) => ({
          state: reader.state(m.state, ["unions", i, "members", j, "state"]),
          ...reader.dated(m, ["unions", i, "members", j]),
        })),
      });
    });
  }

  readProbes(file: TextFile | undefined): void {
    const raw = this.needed(file, "probes.yaml", PROBES, "it defines the standard transactions");
    if (!file || !raw) return;
    const reader = this.reader(file);
    const { report } = reader;
    reader.refuseTwice(
      raw.probes.map((p) => p.id),
      (i) => ["probes", i, "id"],
    );
    raw.probes.forEach((p, i) => {
      const facts: Record<string, FactValue | book.Placeholder> = {};
      for (const [name, value] of Object.entries(p.facts)) {
        const path = ["probes", i, "facts", name];
        const fact = declarationOf(name, this.facts, path, report);
        if (!fact) continue;
        if (typeof value === "string" && value.startsWith("$")) facts[name] = { placeholder: value.slice(1) };
        else {
          const parsed = parseFactValue(value, fact, path, report);
          if (parsed !== undefined) facts[name] = parsed;
        }
      }
      this.probes.set(p.id, { id: p.id, title: p.title, doc: p.doc, facts, assumed: p.assumed ?? {} });
    });
  }

  readRegime(file: TextFile): void {
    const raw = this.load(file, REGIME);
    if (!raw) return;
    const reader = this.reader(file);
    const ids = raw.instruments.map((i) => i.id);
    reader.refuseTwice(ids, (i) => ["instruments", i, "id"]);
    const id = reader.state(raw.regime, ["regime"]);
    this.owners.set(id, { file, path: ["subject"] });
    this.manifests.push({ reader, raw, id });
  }

  readInstrument(file: TextFile): void {
    const raw = this.load(file, INSTRUMENT);
    if (!raw) return;
    const reader = this.reader(file);
    const parts = readInstrument(raw, file.path.replace(/^.*rules\//, "").replace(/\.yaml$/, ""), reader);
    this.instruments.push(parts);
    for (const [id, path] of parts.paths) this.owners.set(id, { file, path });
    for (const { key, term, path } of parts.terms) {
      const first = this.terms.get(key);
      if (first) this.reportTwice(term.id, `first in ${first.instrument}`, path, reader);
      this.terms.set(key, term);
      this.owners.set(key, { file, path });
    }
    for (const { group, path } of parts.groups) {
      if (this.groups.has(group.id)) this.reportTwice(group.id, "a group has one list of versions", path, reader);
      this.groups.set(group.id, group);
    }
  }

  private reportTwice(id: string, hint: string, path: Path, reader: EntryReader): void {
    reader.report({ code: "duplicate-id", message: `\`${id}\` is defined twice`, hint }, [...path, "id"]);
  }

  /** Links regimes, turns lost files into holes, and checks that every name leads somewhere. */
  finish(): book.RuleBook {
    const regimes = new Map<State, book.Regime>();
    for (const manifest of this.manifests) regimes.set(manifest.id, this.regime(manifest));
    const { facts, constraints, sources, unions, probes, terms, groups } = this;
    const listings = this.instruments.flatMap((i) => i.listings);
    const result: book.RuleBook = {
      facts,
      constraints,
      sources,
      regimes,
      unions,
      probes,
      terms,
      groups,
      listings,
    };
    const links = lintLinks(result, (owner) => {
      const found = this.owners.get(owner);
      return found && placeOf(found.file, found.path);
    });
    this.problems.push(...links);
    this.stopOnProblems();
    return result;
  }

  private regime({ reader, raw, id }: RegimeManifest): book.Regime {
    const own = this.instruments.filter((i) => i.instrument.regime === id);
    const lost = this.lostFiles(raw, reader);
    const listed = new Set(raw.instruments.map((i) => i.id));
    for (const { instrument } of own) {
      if (listed.has(instrument.id)) continue;
      const message = `\`${instrument.id}\` is not in the manifest`;
      const hint = `add it to ${reader.file.path}, so that losing the file is noticed`;
      this.problems.push({ code: "bad-shape", message, at: { file: instrument.file, line: 1, column: 1 }, hint });
    }
    return {
      id,
      title: raw.title,
      ...(raw.subject !== undefined && { subject: raw.subject }),
      instruments: own.map((i) => i.instrument),
      rules: own.flatMap((i) => i.rules),
      practice: own.flatMap((i) => i.practice),
      holes: [...own.flatMap((i) => i.holes), ...lost],
      checkedOn: reader.date(raw.checkedOn, ["checkedOn"]),
    };
  }

  private lostFiles(raw: RegimeManifest["raw"], reader: EntryReader): book.Hole[] {
    const present = new Set(this.instruments.map((i) => i.instrument.id));
    return raw.instruments.flatMap((entry, i) => {
      const path = ["instruments", i];
      const when = reader.condition(entry.when, [...path, "when"]);
      const interval = reader.interval(entry, path);
      const why = `the rule file ${entry.id}.yaml is not there`;
      return present.has(entry.id) ? [] : [{ id: `${entry.id}/lost`, why, when, ...interval }];
    });
  }
}
