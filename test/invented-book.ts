import { InputError } from "../src/domain/errors.ts";
import type { TextFile } from "../src/input/text-file.ts";
import type { RuleBook } from "../src/law/book.ts";
import { parseRuleBook } from "../src/law/parse-book.ts";

/** Lists that every rule book needs, all of them invented; `files` of a test replace them path by path. */
const LISTS: Readonly<Record<string, string>> = {
  "rules/facts.yaml": `facts:
  activity: { type: one-of, role: transaction, values: [export, servicing], doc: what is done }
  authorisation.granted: { type: date, role: claim, doc: authorised on that day }
  enRoute.since: { type: date, role: claim, doc: under way since }
  order.day: { type: date, role: transaction, doc: no claim }
  from: { type: state, role: transaction, doc: where it leaves }
  destination: { type: state, role: transaction, doc: where it goes }
  endUser.headquarters: { type: state, role: party, doc: where the parent sits }
  endUser.lists: { type: set, role: party, open: true, doc: lists that name the end user }
  endUser.party: { type: text, role: party, doc: its name }
  facility.makes: { type: set, role: party, values: [fine, coarse], doc: what the plant makes }
  military: { type: boolean, role: judgement, doc: somebody judged it so }
  item.kind: { type: one-of, role: item, values: [lathe, loom, press], doc: what it is }
  item.classified: { type: set, role: item, open: true, doc: codes that somebody assigned }
  loom.pitch: { type: quantity, role: item, unit: nm, min: 0, doc: invented }
  loom.threads: { type: quantity, role: item, unit: count, min: 0, doc: invented }
  litho.wavelength: { type: quantity, role: item, unit: nm, min: 0, doc: wavelength }
  litho.na: { type: quantity, role: item, unit: ratio, min: 0, doc: aperture }
  chip.tpp: { type: quantity, role: item, unit: TPP, min: 0, doc: performance }
  chip.density: { type: quantity, role: item, unit: TPP/mm2, min: 0, doc: performance over area }
  chip.macTops.4: { type: quantity, role: item, unit: MacTOPS, min: 0, doc: rate }
  chip.macTops.8: { type: quantity, role: item, unit: MacTOPS, min: 0, doc: rate }
  chip.macTops.16: { type: quantity, role: item, unit: MacTOPS, min: 0, doc: rate }
  chip.macTops.32: { type: quantity, role: item, unit: MacTOPS, min: 0, doc: rate }
  chip.macTops.64: { type: quantity, role: item, unit: MacTOPS, min: 0, doc: rate }
  chip.dies: { type: quantity, role: item, unit: count, min: 1, doc: dies }
  chip.applicableArea: { type: quantity, role: item, unit: mm2, min: 0, doc: area }
`,
  "rules/sources.yaml": `sources:
  - { id: gazette, producer: invented, title: An invented gazette, licence: none }
`,
  "rules/unions.yaml": `unions:
  - id: EUU
    title: An invented union
    members: [{ state: NLD, from: 2010-01-01 }, { state: GBR, from: 2010-01-01, until: 2021-01-01 }]
    cite: { act: treaty, at: art. 1, source: gazette, evidence: text }
`,
  "rules/probes.yaml": `probes:
  - { id: plain, title: plain, doc: invented, facts: { activity: export, from: $supplier, destination: $target } }
`,
};

/** A book of invented law: the lists above, then `files` by path; a path with an empty text is left out. */
export function inventedBook(files: Readonly<Record<string, string>>): RuleBook {
  return parseRuleBook(inventedFiles(files));
}

function inventedFiles(files: Readonly<Record<string, string>>): TextFile[] {
  return Object.entries({ ...LISTS, ...files }).flatMap(([path, text]) => (text === "" ? [] : [{ path, text }]));
}

/** What is wrong with such files, as `file:line:column code`, in the order in which it is reported. */
export function problemsOf(files: Readonly<Record<string, string>>): string[] {
  try {
    inventedBook(files);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map((p) => `${[p.at?.file, p.at?.line, p.at?.column].filter(Boolean).join(":")} ${p.code}`);
  }
}

/** The manifest of the invented Japanese regime with these instruments, each from 2020-01-01. */
export function manifest(...instruments: readonly string[]): string {
  const lines = instruments.map((id) => `  - { id: jpn/${id}, from: 2020-01-01 }`);
  const list = lines.length > 0 ? `\n${lines.join("\n")}` : " []";
  return `regime: JPN\ntitle: invented\ninstruments:${list}\ncheckedOn: 2031-01-01\n`;
}

/** An instrument of the invented Japanese regime; `body` follows its head. */
export function instrument(body: string): string {
  return `title: invented order\nregime: JPN\nact: Order 1\ncheckedOn: 2031-01-01\n${body}`;
}

/** A citation in flow style. */
export function cite(at: string, evidence = "text"): string {
  return `{ at: ${at}, source: gazette, evidence: ${evidence} }`;
}
