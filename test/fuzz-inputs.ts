import { InputError, type Problem } from "../src/domain/errors.ts";
import type { TextFile } from "../src/input/text-file.ts";
import type { RuleBook } from "../src/law/book.ts";
import { parseRuleBook } from "../src/law/parse-book.ts";
import { runRuleCases } from "../src/law/rule-cases.ts";
import { inventedPack } from "../src/supply/invented-pack.ts";
import { parsePack } from "../src/supply/parse-pack.ts";
import { createWorkbench } from "../src/workbench.ts";
import { inventedWorld } from "./invented-world.ts";
import { mulberry32, type Random } from "./random.ts";

/** How the program would end on a mutated input: done, an expectation fails, wrong input with a place, or a defect of ours. */
export type FuzzOutcome =
  | { readonly exit: 0 | 1 | 2 }
  | { readonly exit: 3; readonly why: string; readonly file: TextFile };

/** What is put to the program, with one of its files to be mutated. */
interface Target {
  readonly files: readonly TextFile[];
  /** 0 or 1 as the command would exit; throws on wrong input. */
  readonly run: (files: readonly TextFile[]) => 0 | 1 | Promise<0 | 1>;
}

const cite = (at: string) => `{ at: ${at}, source: gazette, evidence: text }`;

/** Law that uses every part of the language, so that mutations meet each of them. */
const ORDER = `title: Looms and lathes
regime: JPN
act: Loom Order
terms:
  - id: subject-to-the-order
    title: what the order reaches
    versions: [{ from: 2020-01-01, when: { from: JPN }, cite: ${cite("art. 1")} }]
  - id: JPN:1.a
    title: fine looms
    versions:
      - { from: 2020-01-01, until: 2025-01-01, when: &fine { item.kind: loom, loom.pitch: { above: 1.5 nm, atMost: 2.4 nm } }, cite: ${cite("art. 2")} }
      - { from: 2025-01-01, when: *fine, cite: ${cite("art. 2")} }
groups:
  - { id: JPN:near, versions: [{ from: 2020-01-01, members: [NLD, KOR], cite: ${cite("art. 3")} }] }
listings:
  - { list: JPN:users, party: "A & B: weavers", from: 2021-01-01, cite: ${cite("list")} }
rules:
  - id: looms
    title: "Looms: a licence"
    layer: list
    applies: { activity: { in: [export, servicing] } }
    versions:
      - from: 2023-01-01
        announced: 2022-12-01
        status: [{ from: 2024-01-01, status: stayed, cite: ${cite("press")} }, { from: 2025-01-01, status: in-force, cite: ${cite("press")} }]
        when: { any: [{ matches: [JPN:1] }, { not: { destination: { inGroup: JPN:near } }, item.kind: lathe }] }
        effect: licence-required
        policy: case-by-case
        cite: ${cite("art. 4")}
    exceptions:
      - { id: near, overrides: looms, when: { destination: { sameAs: from } }, effect: no-licence, cite: ${cite("art. 5")} }
      - { id: again, overrides: near, from: 2024-01-01, when: { item.kind: { notIn: [loom] } }, effect: prohibited, cite: ${cite("art. 6")} }
practice:
  - { id: seldom, title: Seldom granted, from: 2024-01-01, when: { destination: CHN }, decision: refused, cite: ${cite("press")} }
holes:
  - { id: annex, from: 2020-01-01, when: { item.kind: lathe }, why: not held }
checkedOn: 2026-01-01
`;

const MANIFEST = `regime: JPN
title: invented
subject: subject-to-the-order
instruments: [{ id: jpn/order, from: 2020-01-01, when: { item.kind: loom } }]
checkedOn: 2026-01-01
`;

const CASES = `cases:
  - title: the day before
    asOf: 2022-12-31
    facts: { activity: export, from: JPN, destination: CHN, item.kind: loom, loom.pitch: 2 nm }
    expect: { verdict: no-licence }
  - title: on the day
    asOf: 2023-01-01
    facts: { activity: export, from: JPN, destination: CHN, item.kind: loom, loom.pitch: { atMost: 2 nm, above: 1.6 nm } }
    expect: { verdict: licence-required, policy: case-by-case, rules: [jpn/order/looms] }
  - title: what nobody said
    asOf: 2023-01-01
    facts: { activity: export, from: JPN, destination: CHN }
    expect: { verdict: undetermined, missing: [item.kind] }
`;

const CODES = "  item.classified: { type: set, role: item, open: true, doc: codes that somebody assigned }\n";

const world = inventedWorld();
const RULES: readonly TextFile[] = [
  ...world.rules().flatMap(({ path, text }) => {
    if (path === "rules/facts.yaml") return [{ path, text: `${text}${CODES}` }];
    return /^rules\/[a-z]+\.yaml$/.test(path) ? [{ path, text }] : [];
  }),
  { path: "rules/jpn/regime.yaml", text: MANIFEST },
  { path: "rules/jpn/order.yaml", text: ORDER },
];
const CASE_FILE: TextFile = { path: "rules/jpn/order.cases.yaml", text: CASES };
const book: RuleBook = parseRuleBook(RULES);

const isCases = ({ path }: TextFile) => path.endsWith(".cases.yaml");

function runCasesOf(files: readonly TextFile[], rules: RuleBook): 0 | 1 {
  const { results, problems } = runRuleCases(files.find(isCases)!, rules);
  if (problems.length > 0) throw new InputError(problems);
  return results.every((result) => result.failures.length === 0) ? 0 : 1;
}

/** The same transactions in each format that is read, with quotes, intervals, sets and codes. */
const TRANSACTIONS: readonly TextFile[] = [
  {
    path: "sales.csv",
    text: `id,title,asOf,activity,from,destination,item.kind,loom.pitch,item.classified
a,"fine, for ""near"" mills",2023-06-01,export,JPN,CHN,loom,2 nm,
b,old,2022-06-01,export,JPN,NLD,lathe,,
c,unknown,2025-06-01,servicing,JPN,JPN,,<= 2.4 nm,JPN:1.a; JPN:1
`,
  },
  {
    path: "sales.jsonl",
    text: `{"id":"a","asOf":"2023-06-01","activity":"export","from":"JPN","destination":"CHN","item.kind":"loom","loom.pitch":"2 nm"}
{"id":"b","asOf":"2022-06-01","facts":{"activity":"export","from":"JPN","destination":"NLD","item.kind":"lathe"}}

{"id":3,"title":"intervals","from":"JPN","loom.pitch":{"atMost":"2 nm","above":"1.6 nm"},"item.classified":["JPN:1.a","JPN:1"]}
`,
  },
  {
    path: "sales.json",
    text: `{ "transactions": [
  { "id": "a", "asOf": "2023-06-01", "activity": "export", "from": "Japan", "destination": "CN", "item.kind": "loom", "loom.pitch": "2 nm" },
  { "id": "b", "facts": { "activity": "servicing", "from": "JPN", "destination": null, "item.classified": ["JPN:1.a"] } }
] }
`,
  },
  {
    path: "sales.yaml",
    text: `- { id: a, asOf: 2023-06-01, activity: export, from: JPN, destination: CHN, item.kind: loom, loom.pitch: 2 nm }
- id: b
  asOf: 2025-06-01
  facts: { activity: export, from: JPN, destination: NLD, loom.pitch: { below: 2.4 nm } }
- &same { id: c, from: JPN, destination: JPN, item.kind: lathe }
`,
  },
];

/** Transactions as `check` reads them, each answer written out whole. */
async function runCheck(files: readonly TextFile[]): Promise<0> {
  const { pack, packNames, cases } = world;
  const workbench = createWorkbench({ rules: () => RULES, packNames, pack, cases });
  for (const file of files) JSON.stringify(await workbench.check(file, { regimes: ["JPN"] }));
  return 0;
}

/** Rule files, cases of rules, packs, whole questions, and transactions. Each is what a command does with the same files. */
const TARGETS: readonly Target[] = [
  { files: [...RULES, CASE_FILE], run: (files) => runCasesOf(files, parseRuleBook(files.filter((f) => !isCases(f)))) },
  { files: [CASE_FILE], run: (files) => runCasesOf(files, book) },
  {
    files: inventedPack(),
    run: (files) => {
      parsePack(files);
      return 0;
    },
  },
  { files: [...world.rules(), ...world.pack("cloth"), ...world.cases()], run: assessWorld },
  { files: TRANSACTIONS, run: runCheck },
];

function assessWorld(files: readonly TextFile[]): 0 {
  const under = (folder: string) => files.filter((f) => f.path.startsWith(`${folder}/`));
  const workbench = createWorkbench({
    rules: () => under("rules"),
    packNames: () => ["cloth"],
    pack: (name) => under(`packs/${name}`),
    cases: () => under("cases"),
  });
  JSON.stringify(workbench.assess(under("cases")[0]!.path));
  return 0;
}

/** How many kinds of input there are; item 0 is of the first of them, item 1 of the second, and so on. */
export const KINDS = TARGETS.length;

/** What a kind of input comes to without a mutation. */
export function runWhole(kind: number): 0 | 1 | Promise<0 | 1> {
  const { files, run } = TARGETS[kind]!;
  return run(files);
}

/** The mutated input of that number: the same number, the same input and outcome. */
export async function fuzzOnce(number: number): Promise<FuzzOutcome> {
  const random = mulberry32(number);
  const target = TARGETS[number % TARGETS.length]!;
  const at = Math.floor(random() * target.files.length);
  const file = { ...target.files[at]!, text: mutate(target.files[at]!.text, random) };
  try {
    return { exit: await target.run(target.files.with(at, file)) };
  } catch (error) {
    if (!(error instanceof InputError)) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { exit: 3, why, file };
    }
    const placeless = error.problems.find((p) => !hasPlace(p));
    if (error.problems.length > 0 && !placeless) return { exit: 2 };
    return { exit: 3, why: `no place: ${placeless?.message ?? "refused without a problem"}`, file };
  }
}

function hasPlace({ at }: Problem): boolean {
  return at?.line !== undefined && at.line >= 1;
}

/** One to four changes: bytes, lines, swaps, truncation, and values of another type. */
function mutate(text: string, random: Random): string {
  let mutated = text;
  const times = 1 + Math.floor(random() * 4);
  for (let i = 0; i < times; i++) mutated = pick(MUTATIONS, random)(mutated, random);
  return mutated;
}

const VALUES = [
  "",
  "null",
  "~",
  "true",
  "no",
  "-1",
  "1e400",
  ".nan",
  "0x1F",
  "2020-13-45",
  "99999-01-01",
  "[]",
  "{}",
  "[[1], {a: [b]}]",
  "{ in: [] }",
  "{ atMost: 2 }",
  "{ above: 5 nm, atMost: 1 nm }",
  "{ sameAs: from }",
  "{ __proto__: { a: 1 } }",
  "constructor",
  "toString",
  "*nobody",
  "&a [*a]",
  "!!binary aGk=",
  '"\\u0000"',
  "|\n  text",
  "'open",
  "é\u2028\u{1f600}\ufeff",
  "CHN",
  "JPN:1",
  "subject-to-the-order",
  "9".repeat(400),
  "x".repeat(5000),
  "[".repeat(2000),
  "{a: ".repeat(500),
];

const MUTATIONS: readonly ((text: string, random: Random) => string)[] = [
  function flipByte(text, random) {
    const bytes = Buffer.from(text);
    if (bytes.length === 0) return text;
    const at = Math.floor(random() * bytes.length);
    bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
    return bytes.toString();
  },
  function deleteLine(text, random) {
    const lines = text.split("\n");
    lines.splice(Math.floor(random() * lines.length), 1);
    return lines.join("\n");
  },
  function doubleLine(text, random) {
    const lines = text.split("\n");
    const at = Math.floor(random() * lines.length);
    return lines.toSpliced(at, 0, lines[at]!).join("\n");
  },
  function swapLines(text, random) {
    const lines = text.split("\n");
    const [a, b] = [Math.floor(random() * lines.length), Math.floor(random() * lines.length)];
    return lines.with(a, lines[b]!).with(b, lines[a]!).join("\n");
  },
  function truncate(text, random) {
    return text.slice(0, Math.floor(random() * text.length));
  },
  function indent(text, random) {
    const lines = text.split("\n");
    const at = Math.floor(random() * lines.length);
    return lines.with(at, pick([" ", "\t", "  - "], random) + lines[at]!).join("\n");
  },
  function replaceValue(text, random) {
    return replaceOne(text, /(?<=[:,[] ?)[^\s,[\]{}:#]+/g, random, pick(VALUES, random));
  },
  function replaceKey(text, random) {
    return replaceOne(
      text,
      /[A-Za-z.]+(?=: )/g,
      random,
      pick(["", "__proto__", "from", "when", "all", "1", "a.b"], random),
    );
  },
  function swapWords(text, random) {
    const words = text.match(/[A-Za-z0-9.-]+/g) ?? [""];
    return replaceOne(text, /[A-Za-z0-9.-]+/g, random, pick(words, random));
  },
  function insertValue(text, random) {
    const at = Math.floor(random() * (text.length + 1));
    return text.slice(0, at) + pick(VALUES, random) + text.slice(at);
  },
];

function replaceOne(text: string, pattern: RegExp, random: Random, value: string): string {
  const found = [...text.matchAll(pattern)];
  const match = found[Math.floor(random() * found.length)];
  return match ? text.slice(0, match.index) + value + text.slice(match.index + match[0].length) : text;
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}
