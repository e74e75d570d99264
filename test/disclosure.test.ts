import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { renderTerminal } from "../src/report/terminal/render-terminal.ts";
import { createWorkbench } from "../src/workbench.ts";
import {
  type Answering,
  answering,
  CUT,
  clothWorld,
  firstDifference,
  type Machine,
  machineFor,
  type Reply,
  sealed,
  secretText,
  thousandQuestions,
} from "./disclosure-world.ts";

/** The class of Germany and France among Germany, France, Japan and Korea: two neighbours in the circle. */
const CLASS = [
  ["DEU", "FRA"],
  ["FRA", "JPN"],
  ["JPN", "KOR"],
  ["DEU", "KOR"],
];
const MACHINES = CLASS.map((members) => machineFor(members));
const QUESTIONS = thousandQuestions();

describe("a thousand questions to machines that differ in who the undisclosed members are", () => {
  it("are a thousand, of every format, and some are wrong", () => {
    expect(new Set(QUESTIONS.map((q) => JSON.stringify(q))).size).toBe(1000);
  });

  it("are answered with the same bytes under every membership of the class", async () => {
    expect(await firstDifference(answering, MACHINES, QUESTIONS)).toBeUndefined();
  }, 180_000);

  it("are answered alike by the eight machines of a class of the usual size, too", async () => {
    const candidates = ["AUT", "DEU", "FRA", "GBR", "ITA", "JPN", "KOR", "TWN"];
    const one = machineFor(["DEU", "FRA"], { candidates });
    const memberships: string[][] = JSON.parse(one.envelope).class.memberships;
    expect(memberships.length).toBe(8);
    const machines = memberships.map((m) => machineFor(m, { candidates }));
    expect(new Set(machines.map((m) => m.secret)).size).toBe(8);
    expect(new Set(machines.map((m) => m.envelope)).size).toBe(1);
    expect(await firstDifference(answering, machines, QUESTIONS.slice(0, 24))).toBeUndefined();
  });

  it("have answers of every exit code, and answers that depend on who is a member", async () => {
    const ask = answering(MACHINES[0]!);
    const codes = new Set<number>();
    const verdicts = new Set<string>();
    for (const question of QUESTIONS.filter((_, i) => i % 7 === 0)) {
      const reply = await ask({ ...question, format: "json" });
      codes.add(reply.code);
      if (reply.code < 2)
        verdicts.add(JSON.parse(reply.out).answer.because[0].includes("depends") ? "depends" : "agreed");
    }
    expect([...codes].sort()).toEqual([0, 1, 2]);
    expect([...verdicts].sort()).toEqual(["agreed", "depends"]);
  });
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const trueMembers = (m: Machine) => [...m.secret.matchAll(/[A-Z]{3}/g)].map(([s]) => s);
const changing =
  (change: (reply: Reply, machine: Machine) => Reply): Answering =>
  (machine) => {
    const ask = answering(machine);
    return async (question) => change(await ask(question), machine);
  };

/** Ways in which a process that could see the secret would give it away, each through one channel. */
const LEAKS: Readonly<Record<string, Answering>> = {
  "a digest that takes in the secret": changing((r, m) => ({
    ...r,
    out: r.out.replace(/"envelope": "[0-9a-f]+"/, `"envelope": "${sha256(m.envelope + m.secret)}"`),
  })),
  "a hint that knows the members": changing((r, m) => ({
    ...r,
    err:
      r.err.includes("unknown-state") && trueMembers(m).includes("JPN") ? `${r.err}\n  hint: JPN is a member` : r.err,
  })),
  "an exit code that follows the true answer": (machine) => {
    const ask = answering(machine);
    const cleared = createWorkbench(machine.open);
    return async (question) => {
      const reply = await ask(question);
      if (reply.code === 2) return reply;
      const members = [...(question.overrides.members ?? ["USA"]), ...trueMembers(machine)];
      const { verdict } = cleared.assess("cloth", { ...question.overrides, members }).answer;
      return { ...reply, code: verdict === question.require ? 0 : 1 };
    };
  },
  "rows in an order that the truth decides": changing((r, m) => {
    const rows = r.out.split("\n");
    return trueMembers(m).includes("DEU")
      ? r
      : { ...r, out: [...rows.slice(0, 1), ...rows.slice(1).reverse()].join("\n") };
  }),
  "an envelope with the true membership first": ({ open, secret, envelope }) => {
    const { class: cls, ...rest } = JSON.parse(envelope);
    const truth = trueMembers({ open, secret, envelope });
    const isTrue = (m: readonly string[]) => truth.every((s) => m.includes(s));
    const memberships = [...cls.memberships].sort((a, b) => Number(isTrue(b)) - Number(isTrue(a)));
    return answering({ open, secret, envelope: JSON.stringify({ ...rest, class: { ...cls, memberships } }) });
  },
  "an envelope with a comment of its secret": ({ open, secret, envelope }) =>
    answering({ open, secret, envelope: `${envelope}# ${sha256(secret)}\n` }),
};

describe("a leak that is planted", () => {
  it.each(Object.entries(LEAKS))("is caught: %s", async (_, leak) => {
    const found = await firstDifference(leak, MACHINES, QUESTIONS);
    expect(found).toBeDefined();
    expect(found!.replies[0]).not.toEqual(found!.replies[1]);
  });
});

describe("the envelope file", () => {
  it("is the same bytes for every membership of each class, and another for each class", () => {
    const open = clothWorld();
    const states = CUT.candidates!;
    const byText = new Map<string, string[]>();
    for (let bits = 0; bits < 2 ** states.length; bits++) {
      const chosen = states.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1);
      if (chosen.length > 2) continue;
      // The order in which the secret names them, and its layout, are no part of the envelope.
      const texts = [secretText(chosen), secretText([...chosen].reverse()).replace("[", "[ ")].map((secret) =>
        JSON.stringify(sealed(open, secret)),
      );
      expect(texts[1]).toBe(texts[0]);
      byText.set(texts[0]!, [...(byText.get(texts[0]!) ?? []), chosen.join("+")]);
    }
    expect([...byText.values()].map((c) => c.sort()).sort()).toEqual([
      ["", "DEU", "DEU+JPN", "FRA", "FRA+KOR", "JPN", "KOR"],
      ["DEU+FRA", "DEU+KOR", "FRA+JPN", "JPN+KOR"],
    ]);
    for (const [text, memberships] of byText) {
      const listed = JSON.parse(text).class.memberships.map((m: string[]) => m.join("+"));
      expect(listed.sort()).toEqual(memberships);
    }
  });

  it("holds nothing that is not public but its class", () => {
    expect(Object.keys(JSON.parse(MACHINES[0]!.envelope))).toEqual([
      "schema",
      "case",
      "asOf",
      "target",
      "disclosed",
      "candidates",
      "removed",
      "atMost",
      "k",
      "class",
      "guarantee",
      "digest",
    ]);
  });
});

/** Lists and marks that are merged by rules of their own, tested apart. */
const MERGED = [
  "rows",
  "suppliers",
  "leaks",
  "clock",
  "next",
  "sources",
  "assumptions",
  "because",
  "digest",
  "undisclosed",
  "members",
];

/** Places where the answer for all memberships states something that does not hold under one of them. */
function contradictions(under: unknown, all: readonly unknown[], path: readonly string[]): string[] {
  if (all.every((x) => JSON.stringify(x) === JSON.stringify(under))) return [];
  if (typeof under !== "object" || under === null) {
    // Unknown is what an answer may always say; counts of classes are those that every membership reaches.
    const isLess = path.includes("reach") && all.every((x) => Number(x) >= Number(under));
    return under === null || under === "undetermined" || isLess ? [] : [path.join(".")];
  }
  const { low, high } = under as { low?: number; high?: number };
  if (low !== undefined && high !== undefined) {
    const ranges = all as readonly { low: number; high: number }[];
    return ranges.every((r) => low <= r.low && r.high <= high) ? [] : [path.join(".")];
  }
  const keys = new Set([under, ...all].flatMap((x) => Object.keys(x as object)));
  return [...keys]
    .filter((key) => !(MERGED.includes(key) && Number.isNaN(Number(key))))
    .flatMap((key) =>
      contradictions(
        (under as never)[key] ?? null,
        all.map((x) => (x as never)[key] ?? null),
        [...path, key],
      ),
    );
}

describe("an answer from an envelope", () => {
  const open = clothWorld();
  const workbench = createWorkbench(open);
  const envelope = { path: "e.json", text: MACHINES[0]!.envelope };
  const coverageOf = (a: Awaited<ReturnType<typeof workbench.assessUnder>>, id: string) =>
    a.classes.find((c) => c.id === id)!.coverage.plain!.outsideTarget;

  it("is the hull over the class, worked by hand: 50 of 80 are the USA's, 20 Japan's, 10 Germany's whose law is not held", async () => {
    const a = await workbench.assessUnder(envelope, "cloth", { asOf: "2026-06-01" });
    // Closed: Germany might; Japan asks for licences. Controlled: at the least by Germany's silence, at the most by all.
    expect(coverageOf(a, "looms").closed).toEqual({ low: 0.625, high: 0.75 });
    expect(coverageOf(a, "looms").controlled).toEqual({ low: 0.625, high: 0.875 });
    const jpn = a.classes.find((c) => c.id === "looms")!.suppliers.find((s) => s.state === "JPN")!;
    expect(jpn.cells.plain).toMatchObject({ grade: "undetermined", holes: ["who the undisclosed members are"] });
  });

  it("names the disclosed members only, and says how many memberships it holds under", async () => {
    const a = await workbench.assessUnder(envelope, "cloth");
    expect(a.question.members).toEqual(["USA"]);
    expect(a.question.undisclosed).toEqual({ candidates: ["DEU", "FRA", "JPN", "KOR"], memberships: 4 });
    expect(a.digest.envelope).toBe(sha256(envelope.text));
    const page = renderTerminal(a, { width: 100, colour: false, all: false });
    expect(page.split("\n")[0]).toContain("USA and undisclosed states");
  });

  it("holds the answer of every membership of the class, on every day", async () => {
    for (const asOf of ["2022-03-01", "2024-06-01", "2026-06-01"]) {
      const under = await workbench.assessUnder(envelope, "cloth", { asOf });
      for (const undisclosed of CLASS) {
        const one = workbench.assess("cloth", { asOf, members: ["USA", ...undisclosed] });
        for (const cls of one.classes) {
          const all = under.classes.find((c) => c.id === cls.id)!;
          for (const part of ["closed", "closedOrPractice", "controlled"] as const) {
            const [inner, outer] = [cls.coverage.plain!.outsideTarget[part], all.coverage.plain!.outsideTarget[part]];
            expect(outer.low).toBeLessThanOrEqual(inner.low);
            expect(outer.high).toBeGreaterThanOrEqual(inner.high);
          }
          expect(all.potential.low).toBeLessThanOrEqual(cls.potential.low);
          expect(all.potential.high).toBeGreaterThanOrEqual(cls.potential.high);
        }
        if (under.answer.verdict !== "undetermined") expect(one.answer.verdict).toBe(under.answer.verdict);
        for (const part of ["closed", "closedOrPractice", "controlled", "potential"] as const) {
          expect(one.answer.reach[part]).toBeGreaterThanOrEqual(under.answer.reach[part]);
        }
      }
    }
  });

  it("takes nothing from one membership that another contradicts", async () => {
    for (const asOf of ["2024-06-01", "2026-06-01"]) {
      const under = await workbench.assessUnder(envelope, "cloth", { asOf });
      const all = CLASS.map((undisclosed) => workbench.assess("cloth", { asOf, members: ["USA", ...undisclosed] }));
      expect(contradictions(under, all, [])).toEqual([]);
    }
  });

  it("refuses a target that may be a member, whoever is one", async () => {
    await expect(workbench.assessUnder(envelope, "cloth", { target: "KOR" })).rejects.toThrow(
      "`KOR` is the target and a candidate of the envelope",
    );
  });
});
