import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { IsoDate } from "../src/domain/dates.ts";
import { parseState } from "../src/domain/states.ts";
import type { Condition, Facts } from "../src/law/condition.ts";
import { judge, type RegimeAnswer } from "../src/law/judge.ts";
import { evaluate, type Scene, versionAt } from "../src/law/kleene.ts";
import { readFacts } from "../src/law/rule-cases.ts";
import { createWorkbench } from "../src/workbench.ts";
import { FOREIGN_PRODUCT_ROUTES, type LicenceCase, type Question, questionOf } from "./licence-mapping.ts";

const UPSTREAM = process.env.ENTENTE_UPSTREAM;
const { book } = createWorkbench(join(import.meta.dirname, "..")).library.book();

/** Questions that the law held here leaves open, with the reason. */
const UNANSWERED: Readonly<Record<string, string>> = {};

/** Questions whose expected answer we hold wrong: our answer, and why (docs/licence-cases.md). */
const WRONG: Readonly<Record<string, { readonly ours: Readonly<Record<string, unknown>>; readonly why: string }>> = {};

/** The answer in the words of the questions; only what a question asks is filled in. */
type Answer = Readonly<Record<string, unknown>>;

function factsOf(question: Question): Facts {
  const problems: string[] = [];
  const facts = readFacts(question.facts, book, [], (p) => problems.push(p.message));
  expect(problems).toEqual([]);
  return facts;
}

function answer(c: LicenceCase): Answer {
  const question = questionOf(c);
  const facts = factsOf(question);
  const date = c.as_of as IsoDate;
  const scene: Scene = { book, regime: question.regime, date, facts };
  const { ask } = question;
  switch (ask.kind) {
    case "term":
      return truth(evaluate({ op: "term", name: ask.term }, scene));
    case "routes": {
      const routes = Object.entries(FOREIGN_PRODUCT_ROUTES).filter(
        ([, term]) => evaluate({ op: "term", name: term }, scene) === true,
      );
      return { subject: routes.length > 0, rules: routes.map(([paragraph]) => paragraph) };
    }
    case "matches":
      return { controlled: evaluate({ op: "matches", codes: [ask.code] }, scene) };
    case "listed":
      return listed(scene);
    case "group":
      return { answer: evaluate({ op: "in-group", fact: "destination", groups: [ask.group] }, scene) };
    case "treated-as":
      return { answer: inTheSameGroups(String(facts.destination), String(parseState(ask.state)), date) };
    case "performance": {
      const tpp = facts["chip.tpp"] as { low: number; high: number };
      return { tpp: tpp.low === tpp.high ? tpp.low : null };
    }
    case "licence":
      return licence(judge(book, question.regime, date, facts), scene);
  }
}

function truth(v: boolean | null): Answer {
  return { subject: v, answer: v === null ? "unknown" : v ? "yes" : "no" };
}

/** List paragraphs of the regime that the item falls under by its own words. */
function listed(scene: Scene): Answer {
  const codes = [...book.terms.keys()].filter(
    (key) =>
      key.startsWith(`${scene.regime}:`) &&
      versionAt(book.terms.get(key)!.versions, scene.date) !== undefined &&
      evaluate({ op: "matches", codes: [key] }, scene) === true,
  );
  const names = codes.map((code) => code.slice(4));
  return {
    listed: codes.length > 0,
    entry: names,
    para: names.map((name) => name.replace(/^6-17-/, "").replace(/\.(\d+)$/, "($1)")),
    cls: names.map((name) => name.replace(/^row-(\d+)\.(\d)$/, "$1($2)")),
    not_for: upkeepIsLeftOut(scene) ? "tool qualification or maintenance" : null,
  };
}

/** Whether the same technology, when it serves the upkeep of tools, falls under nothing. */
function upkeepIsLeftOut(scene: Scene): boolean {
  const upkeep = { ...scene, facts: { ...scene.facts, "technology.toolUpkeep": true } };
  return evaluate({ op: "matches", codes: ["EUU:3E505"] }, upkeep) === false;
}

/** Whether every US group that is held on the day holds both states or neither. */
function inTheSameGroups(a: string, b: string, date: IsoDate): boolean {
  const held = [...book.groups].flatMap(([id, group]) => {
    const version = id.startsWith("USA:") ? versionAt(group.versions, date) : undefined;
    return version ? [version.members] : [];
  });
  return held.length > 5 && held.every((members) => members.has(a as never) === members.has(b as never));
}

function licence(found: RegimeAnswer, scene: Scene): Answer {
  const required = found.findings.filter((f) => f.atLeast > 0);
  const suspended = found.suspended.length > 0;
  const asked = { "no-licence": "no", "not-subject": "no", "licence-required": "yes", prohibited: "yes" } as const;
  const needed = found.verdict === "undetermined" ? "undetermined" : asked[found.verdict];
  return {
    licence: needed,
    answer: needed === "no" && suspended ? "no (not enforced)" : needed,
    policy: found.policy?.replaceAll("-", " "),
    outcome: found.verdict === "undetermined" && found.missing.length > 0 ? "incomplete" : found.verdict,
    exceptions: found.verdict === "prohibited" ? "none" : null,
    reasons: required.map((f) => `${f.cite.act} ${f.cite.at}`),
    exception_candidates: candidates(scene),
    authorisation: found.policy === "approval" ? "general licence" : null,
  };
}

const CANDIDATES: Readonly<Record<string, readonly [term: string, name: string][]>> = {
  USA: [
    ["gbs", "GBS"],
    ["lvs-500", "LVS ($500)"],
    ["lvs-3000", "LVS ($3000)"],
    ["lvs-5000", "LVS ($5000)"],
  ],
  JPN: [["small-value-1000000", "small value (1,000,000 yen)"]],
};

function candidates(scene: Scene): string[] {
  return (CANDIDATES[scene.regime] ?? [])
    .filter(([name]) => evaluate({ op: "term", name } as Condition, scene) === true)
    .map(([, name]) => name);
}

/** Paragraphs behind the short names of reasons for control. */
const REASONS: Readonly<Record<string, string>> = { NS2: "742.4(a)(2)" };

/** Holds one key of the expectation against the answer. */
function agrees(key: string, expected: unknown, ours: Answer): boolean {
  const got = ours[key];
  switch (key) {
    case "why":
      return true;
    case "reasons":
      return (expected as string[]).every((reason) => {
        const paragraph = REASONS[reason] ?? reason.replace(/^[A-Z]+ /, "");
        return (got as string[]).some((cited) => cited.includes(paragraph));
      });
    case "exception_candidates":
      return sameNames(expected as string[], got as string[]);
    case "entry":
    case "para":
    case "cls":
      return (got as string[]).includes(expected as string);
    case "rules":
      return JSON.stringify(got) === JSON.stringify(expected);
    case "answer":
      return /^no \((stayed|suspended)\)$/.test(String(expected)) ? got === "no (not enforced)" : got === expected;
    case "authorisation":
      return got === "general licence" && /^OGEL/.test(String(expected));
    default:
      return got === expected;
  }
}

/** A candidate without its limit stands for the one with it. */
function sameNames(expected: readonly string[], got: readonly string[]): boolean {
  const bare = (name: string, like: string) => (like.includes("(") ? name : name.replace(/ \(.*/, ""));
  const names = got.map((name, i) => bare(name, expected.find((e) => name.startsWith(e.split(" ")[0]!)) ?? String(i)));
  return [...names].sort().join("; ") === [...expected].sort().join("; ");
}

function disagreements(c: LicenceCase, expected: Readonly<Record<string, unknown>>): string[] {
  const ours = answer(c);
  return Object.entries(expected)
    .filter(([key, value]) => !agrees(key, value, ours))
    .map(([key, value]) => `${key}: expected ${JSON.stringify(value)}, got ${JSON.stringify(ours[key])}`);
}

describe.skipIf(!UPSTREAM)("licence questions with known answers (skipped without ENTENTE_UPSTREAM)", () => {
  const cases: LicenceCase[] = UPSTREAM
    ? readFileSync(join(UPSTREAM, "..", "cases", "licence.jsonl"), "utf8")
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line) as LicenceCase)
    : [];

  it("are 68, and each unanswered or wrong one is among them", () => {
    expect(cases.length).toBe(68);
    const ids = new Set(cases.map((c) => c.id));
    expect([...Object.keys(UNANSWERED), ...Object.keys(WRONG)].filter((id) => !ids.has(id))).toEqual([]);
  });

  it.each(cases.filter((c) => !(c.id in UNANSWERED) && !(c.id in WRONG)).map((c) => [c.id, c] as const))(
    "%s",
    (_, c) => {
      expect(disagreements(c, c.expected)).toEqual([]);
    },
  );

  it.each(cases.filter((c) => c.id in WRONG).map((c) => [c.id, c] as const))(
    "%s: our answer, not the expected",
    (_, c) => {
      expect(disagreements(c, WRONG[c.id]!.ours)).toEqual([]);
      expect(disagreements(c, c.expected)).not.toEqual([]);
    },
  );

  it("leaves exactly these unanswered", () => {
    const open = cases.filter((c) => c.id in UNANSWERED && disagreements(c, c.expected).length > 0);
    expect(open.map((c) => c.id).sort()).toEqual(Object.keys(UNANSWERED).sort());
  });
});
