import type * as z from "zod";
import type { State } from "../domain/states.ts";
import type { Path } from "../input/yaml-file.ts";
import type * as book from "./book.ts";
import { compileStates } from "./compile.ts";
import type { EntryReader } from "./entry-reader.ts";
import type { instrumentSchema } from "./schema.ts";

type Raw = z.infer<typeof instrumentSchema>;
type Entry<K extends keyof Raw> = NonNullable<Raw[K]> extends readonly (infer E)[] ? E : never;
type RawVersion = Entry<"rules">["versions"][number];
type RawException = NonNullable<Entry<"rules">["exceptions"]>[number];
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** What one rule file holds, typed, with the paths at which its named entries stand. */
export interface InstrumentParts {
  readonly instrument: book.Instrument;
  readonly terms: readonly { readonly key: string; readonly term: book.Term; readonly path: Path }[];
  readonly groups: readonly { readonly group: book.Group; readonly path: Path }[];
  readonly listings: readonly book.Listing[];
  readonly rules: readonly book.Rule[];
  readonly practice: readonly book.Practice[];
  readonly holes: readonly book.Hole[];
  /** Ids of rules, practice and holes. */
  readonly paths: ReadonlyMap<string, Path>;
}

/** The typed parts of a rule file whose shape is right; problems go to the reader. */
export function readInstrument(raw: Raw, id: string, reader: EntryReader): InstrumentParts {
  const regime = reader.state(raw.regime, ["regime"]);
  const checkedOn = reader.date(raw.checkedOn, ["checkedOn"]);
  const instrument = { id, file: reader.file.path, title: raw.title, regime, act: raw.act, checkedOn };
  const paths = new Map<string, Path>();
  for (const list of ["rules", "practice", "holes"] as const) {
    const ids = (raw[list] ?? []).map((x) => x.id);
    reader.refuseTwice(ids, (i) => [list, i, "id"]);
    ids.forEach((entry, i) => {
      paths.set(`${id}/${entry}`, [list, i]);
    });
  }
  return {
    instrument,
    paths,
    terms: (raw.terms ?? []).map((t, i) => readTerm(t, instrument, ["terms", i], reader)),
    groups: (raw.groups ?? []).map((g, i) => readGroup(g, raw.act, ["groups", i], reader)),
    listings: (raw.listings ?? []).map((l, i) => ({
      list: l.list,
      party: l.party,
      ...(l.aliases && { aliases: l.aliases }),
      ...(l.grants !== undefined && { grants: l.grants }),
      ...reader.dated(l, ["listings", i]),
      ...readSavings(l.savings, l.from, raw.act, ["listings", i], reader),
      cite: reader.cite(l.cite, raw.act, ["listings", i, "cite"]),
    })),
    rules: (raw.rules ?? []).map((r, i) => readRule(r, instrument, ["rules", i], reader)),
    practice: (raw.practice ?? []).map((p, i) => readPractice(p, instrument, ["practice", i], reader)),
    holes: (raw.holes ?? []).map((h, i) => readHole(h, instrument, ["holes", i], reader)),
  };
}

function readTerm(raw: Entry<"terms">, instrument: book.Instrument, path: Path, reader: EntryReader) {
  const isCode = /^[A-Z]{3}:/.test(raw.id);
  const regime: State = instrument.regime;
  if (!isCode && /^\d/.test(raw.id)) {
    const message = `the list code \`${raw.id}\` has no regime`;
    reader.report({ code: "missing-regime", message, hint: `write \`${regime}:${raw.id}\`` }, [...path, "id"]);
  }
  const versions = raw.versions.map((v, i) => ({
    ...reader.dated(v, [...path, "versions", i]),
    when: reader.condition(v.when, [...path, "versions", i, "when"]),
    cite: reader.cite(v.cite, instrument.act, [...path, "versions", i, "cite"]),
  }));
  reader.refuseOverlaps(versions, raw.id, path);
  const term: book.Term = { id: raw.id, title: raw.title, instrument: instrument.id, versions };
  return { key: isCode ? raw.id : `${regime}/${raw.id}`, term, path };
}

function readGroup(raw: Entry<"groups">, act: string, path: Path, reader: EntryReader) {
  const versions = raw.versions.map((v, i) => ({
    ...reader.dated(v, [...path, "versions", i]),
    members: new Set(compileStates(v.members, [...path, "versions", i, "members"], reader.report)),
    cite: reader.cite(v.cite, act, [...path, "versions", i, "cite"]),
  }));
  reader.refuseOverlaps(versions, raw.id, path);
  return { group: { id: raw.id, versions }, path };
}

function readRule(raw: Entry<"rules">, instrument: book.Instrument, path: Path, reader: EntryReader): book.Rule {
  const { act, regime, checkedOn } = instrument;
  const versions = raw.versions.map((v, i) => readVersion(v, act, [...path, "versions", i], reader));
  reader.refuseOverlaps(versions, raw.id, path);
  const exceptions = (raw.exceptions ?? []).map((e, i) => readException(e, act, [...path, "exceptions", i], reader));
  refuseDangling(raw.id, exceptions, [...path, "exceptions"], reader);
  return {
    id: `${instrument.id}/${raw.id}`,
    title: raw.title,
    regime,
    instrument: instrument.id,
    layer: raw.layer,
    applies: reader.condition(raw.applies, [...path, "applies"]),
    versions,
    exceptions,
    checkedOn,
  };
}

function readVersion(raw: RawVersion, act: string, path: Path, reader: EntryReader): book.RuleVersion {
  const version: Draft<book.RuleVersion> = {
    ...reader.dated(raw, path),
    status: (raw.status ?? []).map((s, i) => ({
      from: reader.date(s.from, [...path, "status", i, "from"]),
      status: s.status,
      cite: reader.cite(s.cite, act, [...path, "status", i, "cite"]),
    })),
    when: reader.condition(raw.when, [...path, "when"]),
    effect: raw.effect,
    ...readSavings(raw.savings, raw.from, act, path, reader),
    cite: reader.cite(raw.cite, act, [...path, "cite"]),
  };
  if (raw.policy) version.policy = raw.policy;
  for (const key of ["firstSign", "announced", "published", "lastDelivery"] as const) {
    const text = raw[key];
    if (text !== undefined) version[key] = reader.date(text, [...path, key]);
  }
  for (const key of ["firstSignSource", "lastDeliverySource"] as const) {
    const text = raw[key];
    if (text === undefined) continue;
    reader.knownSource(text, [...path, key]);
    version[key] = text;
  }
  return version;
}

function readException(raw: RawException, act: string, path: Path, reader: EntryReader): book.Exception {
  return {
    id: raw.id,
    overrides: raw.overrides,
    effect: raw.effect,
    ...(raw.policy && { policy: raw.policy }),
    ...reader.interval(raw, path),
    when: reader.condition(raw.when, [...path, "when"]),
    ...readSavings(raw.savings, raw.until, act, path, reader),
    cite: reader.cite(raw.cite, act, [...path, "cite"]),
    place: reader.place(path),
  };
}

/** What an entry that begins (a version, a listing) or ends (an exception) leaves to earlier law. */
function readSavings(
  raw: RawVersion["savings"],
  begins: string | undefined,
  act: string,
  path: Path,
  reader: EntryReader,
): { readonly savings?: readonly book.Saving[] } {
  if (!raw) return {};
  if (begins === undefined) {
    const message = "an exception that does not end saves nothing";
    const hint = "savings let it go on after its `until`";
    reader.report({ code: "bad-shape", message, hint }, [...path, "savings"]);
  }
  raw.forEach(({ until }, i) => {
    if (until === undefined || begins === undefined || begins < until) return;
    const message = `the saving ends on \`${until}\`, before it could begin`;
    const hint = `what it saves from begins on \`${begins}\``;
    reader.report({ code: "bad-date", message, hint }, [...path, "savings", i, "until"]);
  });
  reader.refuseTwice(
    raw.map((s) => s.id),
    (i) => [...path, "savings", i, "id"],
  );
  return { savings: raw.map((s, i) => readSaving(s, act, [...path, "savings", i], reader)) };
}

function readSaving(
  raw: NonNullable<RawVersion["savings"]>[number],
  act: string,
  path: Path,
  reader: EntryReader,
): book.Saving {
  const { before, onOrBefore } = raw;
  const bounds = { ...(before !== undefined && { before }), ...(onOrBefore !== undefined && { onOrBefore }) };
  if (Object.keys(bounds).length !== 1) {
    const hint = "such as `before: 2024-09-07` or `onOrBefore: 2023-10-17`";
    reader.report({ code: "bad-shape", message: "a saving names one day that its claim must come before", hint }, path);
  }
  const claimed = reader.claimed(raw.claim, bounds, path);
  return {
    id: raw.id,
    title: raw.title,
    claim: raw.claim,
    holds:
      raw.when === undefined ? claimed : { op: "all", of: [claimed, reader.condition(raw.when, [...path, "when"])] },
    ...(raw.until !== undefined && { until: reader.date(raw.until, [...path, "until"]) }),
    cite: reader.cite(raw.cite, act, [...path, "cite"]),
  };
}

/** Every exception overrides the rule, or one that leads to it; none carries the rule's own id. */
function refuseDangling(rule: string, exceptions: readonly book.Exception[], path: Path, reader: EntryReader): void {
  const overridden = new Map(exceptions.map((e) => [e.id, e.overrides]));
  const ids = [rule, ...exceptions.map((e) => e.id)];
  reader.refuseTwice(ids, (i) => [...path, i - 1, "id"]);
  exceptions.forEach((e, i) => {
    const trail = new Set([e.id]);
    let above: string | undefined = e.overrides;
    while (above !== undefined && above !== rule && !trail.has(above)) {
      trail.add(above);
      above = overridden.get(above);
    }
    if (above === rule) return;
    const message = ids.includes(e.overrides)
      ? `\`${e.id}\` never leads to the rule: it overrides itself in a circle`
      : `\`${e.overrides}\` is no rule or exception here`;
    const hint = `an exception overrides \`${rule}\` or another exception of that rule`;
    reader.report({ code: "dangling-exception", message, hint }, [...path, i, "overrides"]);
  });
}

function readPractice(
  raw: Entry<"practice">,
  instrument: book.Instrument,
  path: Path,
  reader: EntryReader,
): book.Practice {
  return {
    id: `${instrument.id}/${raw.id}`,
    title: raw.title,
    decision: raw.decision,
    ...reader.dated(raw, path),
    when: reader.condition(raw.when, [...path, "when"]),
    cite: reader.cite(raw.cite, instrument.act, [...path, "cite"]),
  };
}

function readHole(raw: Entry<"holes">, instrument: book.Instrument, path: Path, reader: EntryReader): book.Hole {
  if (raw.cite) reader.cite(raw.cite, instrument.act, [...path, "cite"]);
  return {
    id: `${instrument.id}/${raw.id}`,
    why: raw.why,
    ...reader.interval(raw, path),
    when: reader.condition(raw.when, [...path, "when"]),
  };
}
