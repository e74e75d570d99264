import type * as z from "zod";
import { type IsoDate, isoDate, overlaps, parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import { parseState, type State } from "../domain/states.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, parseYaml, placeOf } from "../input/yaml-file.ts";
import type * as book from "./book.ts";
import { compileCondition, compileStates } from "./compile.ts";
import { ALWAYS, type Condition, type FactValue } from "./condition.ts";
import { declarationOf, type FactDeclaration, type FactDeclarations, parseFactValue, type Report } from "./facts.ts";
import { lintLinks } from "./lint.ts";
import { factsSchema, instrumentSchema, probesSchema, regimeSchema, sourcesSchema, unionsSchema } from "./schema.ts";

type RawCite = z.infer<typeof instrumentSchema>["listings"] extends infer L
  ? NonNullable<L> extends { cite: infer C }[]
    ? C
    : never
  : never;

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
  readonly file: TextFile;
  readonly raw: z.infer<typeof regimeSchema>;
  readonly id: State;
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Collects what the files hold; every method reports problems and goes on. */
class BookParser {
  private readonly problems: Problem[] = [];
  private facts: Map<string, FactDeclaration> = new Map();
  private readonly sources = new Map<string, Source>();
  private readonly unions: book.Union[] = [];
  private readonly probes = new Map<string, book.Probe>();
  private readonly terms = new Map<string, book.Term>();
  private readonly groups = new Map<string, book.Group>();
  private readonly listings: book.Listing[] = [];
  private readonly instruments: book.Instrument[] = [];
  private readonly rules: book.Rule[] = [];
  private readonly practice: (book.Practice & { readonly regime: State })[] = [];
  private readonly holes: (book.Hole & { readonly regime: State })[] = [];
  private readonly manifests: RegimeManifest[] = [];
  /** Where rules, terms, practice, holes and regimes stand, for problems that only show once all files are read. */
  private readonly owners = new Map<string, { readonly file: TextFile; readonly path: Path }>();

  private reporter(file: TextFile): Report {
    return (problem, path) => this.problems.push({ ...problem, at: placeOf(file, path) });
  }

  private load<T>(file: TextFile, schema: z.ZodType<T>): T | undefined {
    const parsed = parseYaml(file, schema);
    if (parsed.ok) return parsed.value;
    this.problems.push(...parsed.problems);
    return undefined;
  }

  /** A lost list of sources, unions or probes must not read as an empty one. */
  private needed<T>(file: TextFile | undefined, name: string, schema: z.ZodType<T>, hint: string): T | undefined {
    if (file) return this.load(file, schema);
    this.problems.push({ code: "missing-file", message: `\`rules/${name}\` is not there`, hint });
    return undefined;
  }

  private refuseTwice(ids: readonly string[], paths: (index: number) => Path, report: Report): void {
    ids.forEach((id, i) => {
      if (ids.indexOf(id) < i)
        report(
          { code: "duplicate-id", message: `\`${id}\` is used twice`, hint: "each id once in its list" },
          paths(i),
        );
    });
  }

  readFacts(file: TextFile | undefined): void {
    const raw = this.needed(file, "facts.yaml", factsSchema, "it declares every fact");
    for (const [name, fact] of Object.entries(raw?.facts ?? {})) {
      this.facts.set(name, { name, ...fact } as FactDeclaration);
    }
  }

  /** Without facts every condition would be reported: the cause alone helps more. */
  stopOnProblems(): void {
    if (this.problems.length > 0) throw new InputError(this.problems);
  }

  readSources(file: TextFile | undefined): void {
    const raw = this.needed(file, "sources.yaml", sourcesSchema, "it lists every source that rules cite");
    if (!file || !raw) return;
    this.refuseTwice(
      raw.sources.map((s) => s.id),
      (i) => ["sources", i, "id"],
      this.reporter(file),
    );
    for (const s of raw.sources) this.sources.set(s.id, s as Source);
  }

  readUnions(file: TextFile | undefined): void {
    const raw = this.needed(file, "unions.yaml", unionsSchema, "it says who is bound by the law of a Union");
    if (!file || !raw) return;
    const report = this.reporter(file);
    raw.unions.forEach((u, i) => {
      this.cite(u.cite, u.title, ["unions", i, "cite"], report);
      this.unions.push({
        id: this.state(u.id, ["unions", i, "id"], report),
        title: u.title,
        members: u.members.map((m, j) => ({
          state: this.state(m.state, ["unions", i, "members", j, "state"], report),
          ...this.dated(m, ["unions", i, "members", j], report),
        })),
      });
    });
  }

  readProbes(file: TextFile | undefined): void {
    const raw = this.needed(file, "probes.yaml", probesSchema, "it defines the standard transactions");
    if (!file || !raw) return;
    const report = this.reporter(file);
    this.refuseTwice(
      raw.probes.map((p) => p.id),
      (i) => ["probes", i, "id"],
      report,
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
    const raw = this.load(file, regimeSchema);
    if (!raw) return;
    const report = this.reporter(file);
    this.refuseTwice(
      raw.instruments.map((i) => i.id),
      (i) => ["instruments", i, "id"],
      report,
    );
    this.manifests.push({ file, raw, id: this.state(raw.regime, ["regime"], report) });
  }

  readInstrument(file: TextFile): void {
    const raw = this.load(file, instrumentSchema);
    if (!raw) return;
    const report = this.reporter(file);
    const id = file.path.replace(/^.*rules\//, "").replace(/\.yaml$/, "");
    const regime = this.state(raw.regime, ["regime"], report);
    const checkedOn = this.date(raw.checkedOn, ["checkedOn"], report);
    this.instruments.push({ id, file: file.path, title: raw.title, regime, act: raw.act, checkedOn });
    raw.terms?.forEach((t, i) => {
      this.owners.set(this.addTerm(t, raw.act, id, regime, ["terms", i], report), { file, path: ["terms", i] });
    });
    raw.groups?.forEach((g, i) => {
      this.addGroup(g, raw.act, ["groups", i], report);
    });
    raw.listings?.forEach((l, i) => {
      const path = ["listings", i];
      this.listings.push({
        list: l.list,
        party: l.party,
        ...this.dated(l, path, report),
        cite: this.cite(l.cite, raw.act, [...path, "cite"], report),
      });
    });
    for (const list of ["rules", "practice", "holes"] as const) {
      this.refuseTwice(
        (raw[list] ?? []).map((x) => x.id),
        (i) => [list, i, "id"],
        report,
      );
    }
    raw.rules?.forEach((r, i) => {
      const path = ["rules", i];
      this.owners.set(`${id}/${r.id}`, { file, path });
      const versions = r.versions.map((v, j) => this.ruleVersion(v, raw.act, [...path, "versions", j], report));
      this.refuseOverlaps(versions, r.id, path, report);
      const exceptions = (r.exceptions ?? []).map((e, j) =>
        this.exception(e, raw.act, file, [...path, "exceptions", j]),
      );
      const applies = this.condition(r.applies, [...path, "applies"], report);
      this.rules.push({
        id: `${id}/${r.id}`,
        title: r.title,
        regime,
        instrument: id,
        layer: r.layer,
        applies,
        versions,
        exceptions,
        checkedOn,
      });
      this.refuseDangling(r.id, exceptions, [...path, "exceptions"], report);
    });
    raw.practice?.forEach((p, i) => {
      const path = ["practice", i];
      this.owners.set(`${id}/${p.id}`, { file, path });
      this.practice.push({
        regime,
        id: `${id}/${p.id}`,
        title: p.title,
        decision: p.decision,
        ...this.dated(p, path, report),
        when: this.condition(p.when, [...path, "when"], report),
        cite: this.cite(p.cite, raw.act, [...path, "cite"], report),
      });
    });
    raw.holes?.forEach((h, i) => {
      const path = ["holes", i];
      this.owners.set(`${id}/${h.id}`, { file, path });
      if (h.cite) this.cite(h.cite, raw.act, [...path, "cite"], report);
      this.holes.push({
        regime,
        id: `${id}/${h.id}`,
        why: h.why,
        ...this.interval(h, path, report),
        when: this.condition(h.when, [...path, "when"], report),
      });
    });
  }

  /** Links regimes, turns lost files into holes, and checks that every name leads somewhere. */
  finish(): book.RuleBook {
    const regimes = new Map<State, book.Regime>();
    for (const manifest of this.manifests) regimes.set(manifest.id, this.regime(manifest));
    const result: book.RuleBook = {
      facts: this.facts,
      sources: this.sources,
      regimes,
      unions: this.unions,
      probes: this.probes,
      terms: this.terms,
      groups: this.groups,
      listings: this.listings,
    };
    this.problems.push(
      ...lintLinks(result, (owner) => {
        const found = this.owners.get(owner);
        return found && placeOf(found.file, found.path);
      }),
    );
    if (this.problems.length > 0) throw new InputError(this.problems);
    return result;
  }

  private regime({ file, raw, id }: RegimeManifest): book.Regime {
    const report = this.reporter(file);
    this.owners.set(id, { file, path: ["subject"] });
    const present = new Set(this.instruments.map((i) => i.id));
    const lost = raw.instruments.flatMap((entry, i): book.Hole[] => {
      const path = ["instruments", i];
      const when = this.condition(entry.when, [...path, "when"], report);
      const interval = this.interval(entry, path, report);
      return present.has(entry.id)
        ? []
        : [{ id: `${entry.id}/lost`, why: `the rule file ${entry.id}.yaml is not there`, when, ...interval }];
    });
    const listed = new Set(raw.instruments.map((i) => i.id));
    for (const i of this.instruments) {
      if (i.regime !== id || listed.has(i.id)) continue;
      this.problems.push({
        code: "bad-shape",
        message: `\`${i.id}\` is not in the manifest`,
        at: { file: i.file },
        hint: `add it to ${file.path}, so that losing the file is noticed`,
      });
    }
    return {
      id,
      title: raw.title,
      ...(raw.subject !== undefined && { subject: raw.subject }),
      instruments: this.instruments.filter((i) => i.regime === id),
      rules: this.rules.filter((r) => r.regime === id),
      practice: this.practice.filter((p) => p.regime === id),
      holes: [...this.holes.filter((h) => h.regime === id), ...lost],
      checkedOn: this.date(raw.checkedOn, ["checkedOn"], report),
    };
  }

  private addTerm(
    t: NonNullable<z.infer<typeof instrumentSchema>["terms"]>[number],
    act: string,
    instrument: string,
    regime: State,
    path: Path,
    report: Report,
  ): string {
    const isCode = /^[A-Z]{3}:/.test(t.id);
    if (!isCode && /^\d/.test(t.id)) {
      report(
        {
          code: "missing-regime",
          message: `the list code \`${t.id}\` has no regime`,
          hint: `write \`${regime}:${t.id}\``,
        },
        [...path, "id"],
      );
    }
    const key = isCode ? t.id : `${regime}/${t.id}`;
    if (this.terms.has(key))
      report(
        {
          code: "duplicate-id",
          message: `\`${t.id}\` is defined twice`,
          hint: `first in ${this.terms.get(key)?.instrument}`,
        },
        [...path, "id"],
      );
    const versions = t.versions.map((v, i) => ({
      ...this.dated(v, [...path, "versions", i], report),
      when: this.condition(v.when, [...path, "versions", i, "when"], report),
      cite: this.cite(v.cite, act, [...path, "versions", i, "cite"], report),
    }));
    this.refuseOverlaps(versions, t.id, path, report);
    this.terms.set(key, { id: t.id, title: t.title, instrument, versions });
    return key;
  }

  private addGroup(
    g: NonNullable<z.infer<typeof instrumentSchema>["groups"]>[number],
    act: string,
    path: Path,
    report: Report,
  ): void {
    const versions = g.versions.map((v, i) => ({
      ...this.dated(v, [...path, "versions", i], report),
      members: new Set(compileStates(v.members, [...path, "versions", i, "members"], report)),
      cite: this.cite(v.cite, act, [...path, "versions", i, "cite"], report),
    }));
    this.refuseOverlaps(versions, g.id, path, report);
    if (this.groups.has(g.id))
      report({ code: "duplicate-id", message: `\`${g.id}\` is defined twice` }, [...path, "id"]);
    this.groups.set(g.id, { id: g.id, versions });
  }

  private ruleVersion(
    v: NonNullable<z.infer<typeof instrumentSchema>["rules"]>[number]["versions"][number],
    act: string,
    path: Path,
    report: Report,
  ): book.RuleVersion {
    const version: Draft<book.RuleVersion> = {
      ...this.dated(v, path, report),
      status: (v.status ?? []).map((s, i) => ({
        from: this.date(s.from, [...path, "status", i, "from"], report),
        status: s.status,
        cite: this.cite(s.cite, act, [...path, "status", i, "cite"], report),
      })),
      when: this.condition(v.when, [...path, "when"], report),
      effect: v.effect,
      cite: this.cite(v.cite, act, [...path, "cite"], report),
    };
    if (v.policy) version.policy = v.policy;
    for (const key of ["firstSign", "announced", "published", "lastDelivery"] as const) {
      const text = v[key];
      if (text !== undefined) version[key] = this.date(text, [...path, key], report);
    }
    for (const key of ["firstSignSource", "lastDeliverySource"] as const) {
      const text = v[key];
      if (text === undefined) continue;
      this.knownSource(text, [...path, key], report);
      version[key] = text;
    }
    return version;
  }

  private exception(
    e: NonNullable<NonNullable<z.infer<typeof instrumentSchema>["rules"]>[number]["exceptions"]>[number],
    act: string,
    file: TextFile,
    path: Path,
  ): book.Exception {
    const report = this.reporter(file);
    return {
      place: () => placeOf(file, path),
      id: e.id,
      overrides: e.overrides,
      effect: e.effect,
      ...(e.policy && { policy: e.policy }),
      ...this.interval(e, path, report),
      when: this.condition(e.when, [...path, "when"], report),
      cite: this.cite(e.cite, act, [...path, "cite"], report),
    };
  }

  /** Every exception overrides the rule, or one that leads to it; none carries the rule's own id. */
  private refuseDangling(rule: string, exceptions: readonly book.Exception[], path: Path, report: Report): void {
    const overridden = new Map(exceptions.map((e) => [e.id, e.overrides]));
    const ids = [rule, ...exceptions.map((e) => e.id)];
    this.refuseTwice(ids, (i) => [...path, i - 1, "id"], report);
    exceptions.forEach((e, j) => {
      const trail = new Set([e.id]);
      let above: string | undefined = e.overrides;
      while (above !== undefined && above !== rule && !trail.has(above)) {
        trail.add(above);
        above = overridden.get(above);
      }
      if (above === rule) return;
      const hint = `an exception overrides \`${rule}\` or another exception of that rule`;
      const known = ids.includes(e.overrides);
      const message = known
        ? `\`${e.id}\` never leads to the rule: it overrides itself in a circle`
        : `\`${e.overrides}\` is no rule or exception here`;
      report({ code: "dangling-exception", message, hint }, [...path, j, "overrides"]);
    });
  }

  private refuseOverlaps(versions: readonly book.Dated[], id: string, path: Path, report: Report): void {
    versions.forEach((v, i) => {
      const other = versions.findIndex((w, j) => j < i && overlaps(v, w));
      if (other < 0) return;
      report(
        {
          code: "overlapping-versions",
          message: `versions of \`${id}\` from \`${versions[other]!.from}\` and \`${v.from}\` are in force together`,
          hint: "end the earlier one with `until`",
        },
        [...path, "versions", i],
      );
    });
  }

  private condition(raw: Record<string, unknown> | undefined, path: Path, report: Report): Condition {
    return raw === undefined ? ALWAYS : compileCondition(raw, this.facts as FactDeclarations, path, report);
  }

  private cite(raw: RawCite, act: string, path: Path, report: Report): book.Cite {
    this.knownSource(raw.source, [...path, "source"], report);
    return { ...raw, act: raw.act ?? act } as book.Cite;
  }

  private knownSource(id: string, path: Path, report: Report): void {
    if (this.sources.has(id)) return;
    const guess = nearest(id, this.sources.keys());
    report(
      {
        code: "unknown-source",
        message: `no source is called \`${id}\``,
        hint: guess ? `did you mean \`${guess}\`?` : "add it to rules/sources.yaml",
      },
      path,
    );
  }

  private state(text: string, path: Path, report: Report): State {
    const s = parseState(text);
    if (s) return s;
    report({ code: "unknown-state", message: `no state is called \`${text}\`` }, path);
    return text as State;
  }

  private date(text: string, path: Path, report: Report): IsoDate {
    const d = parseDate(text);
    if (d) return d;
    report({ code: "bad-date", message: `\`${text}\` is no calendar day`, hint: "write YYYY-MM-DD" }, path);
    return isoDate("1900-01-01");
  }

  private dated(
    raw: { readonly from: string; readonly until?: string | undefined },
    path: Path,
    report: Report,
  ): book.Dated {
    const { from, ...until } = this.interval(raw, path, report);
    return { from: from as IsoDate, ...until };
  }

  private interval(
    raw: { readonly from?: string | undefined; readonly until?: string | undefined },
    path: Path,
    report: Report,
  ): { from?: IsoDate; until?: IsoDate } {
    const out: { from?: IsoDate; until?: IsoDate } = {};
    if (raw.from !== undefined) out.from = this.date(raw.from, [...path, "from"], report);
    if (raw.until !== undefined) out.until = this.date(raw.until, [...path, "until"], report);
    if (out.from && out.until && out.until <= out.from) {
      report(
        {
          code: "bad-date",
          message: `the interval from \`${out.from}\` until \`${out.until}\` is empty`,
          hint: "`until` is the first day that no longer belongs to it",
        },
        [...path, "until"],
      );
    }
    return out;
  }
}
