import { describe, expect, it } from "vitest";
import { clockUnderAll, leaksUnderAll, nextUnderAll } from "../src/coalition/disclosure-lists.ts";
import { InputError } from "../src/domain/errors.ts";
import { renderEnvelope, renderPlan } from "../src/report/disclosure/disclosure-terminal.ts";
import {
  type DiscloseRequest,
  disclose,
  formatEnvelope,
  planDisclosure,
  summariseDisclosure,
} from "../src/workbench/disclose.ts";
import { parseEnvelope } from "../src/workbench/disclose-envelope.ts";
import { parseSecret } from "../src/workbench/disclose-secret.ts";
import { createWorkbench } from "../src/workbench.ts";
import { clothWorld, machineFor, sealed, secretText } from "./disclosure-world.ts";
import { inventedWorld } from "./invented-world.ts";

function plan(request: Omit<DiscloseRequest, "case">, members: readonly string[], asOf = "2024-06-01") {
  const workbench = createWorkbench(inventedWorld());
  return planDisclosure({ case: workbench.question("cloth", { members, asOf }), ...request }, workbench.library);
}

const problemsOf = (act: () => unknown): InputError["problems"] => {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("candidates, from public information alone", () => {
  it("leave out members in the open, the target, who is ruled out, and whose law shows the control", () => {
    const candidates = ["DEU", "USA", "France", "CHN", "JPN", "KOR", "ITA"];
    const { frame } = plan({ candidates, ruledOut: ["ITA"] }, ["JPN"]);
    expect(frame.candidates).toEqual(["DEU", "FRA", "KOR"]);
    expect(frame.removed).toEqual([
      { state: "CHN", why: "target", rules: [] },
      { state: "ITA", why: "ruled-out", rules: [] },
      { state: "JPN", why: "disclosed", rules: [] },
      { state: "USA", why: "law-shows", rules: ["usa/looms/ban"] },
    ]);
  });

  it("keep a state whose law is still open as long as a membership is a promise, and not once it means law in force", () => {
    const candidates = ["DEU", "FRA", "JPN"];
    expect(plan({ candidates }, ["USA"], "2022-06-01").frame.candidates).toEqual(candidates);
    const inForce = plan({ candidates, means: "in-force" }, ["USA"], "2022-06-01").frame;
    expect(inForce.removed).toEqual([{ state: "JPN", why: "law-contradicts", rules: [] }]);
    // Where no text of a state's law is held, nothing contradicts it.
    expect(inForce.candidates).toEqual(["DEU", "FRA"]);
    expect(plan({ candidates, means: "in-force" }, ["USA"]).frame.candidates).toEqual(candidates);
  });

  it("are the suppliers where nobody is named", () => {
    expect(plan({}, ["USA"]).frame.candidates).toEqual(["DEU", "JPN"]);
  });

  it("name every problem of the numbers at once", () => {
    const wrong = { candidates: ["DEU", "FRA"], k: 1, atMost: 3 };
    expect(problemsOf(() => plan(wrong, ["USA"])).map((p) => p.at?.file)).toEqual(["--at-most", "--k"]);
    expect(
      problemsOf(() => plan({ candidates: ["Atlantis"], ruledOut: ["Lemuria"] }, ["USA"])).map((p) => p.code),
    ).toEqual(["unknown-state", "unknown-state"]);
  });
});

describe("sealing", () => {
  const cut = { candidates: ["DEU", "FRA", "ITA", "KOR"], k: 4 };

  it("refuses who is no candidate, and more than the public number, without saying who", () => {
    const secret = parseSecret({ path: "s.yaml", text: "undisclosed:\n  - DEU\n  - JPN\n  - FRA\n" });
    const problems = problemsOf(() => disclose(plan(cut, ["USA"]), secret));
    expect(problems.map((p) => [p.message, p.at])).toEqual([
      ["the state that stands here is no candidate", { file: "s.yaml", line: 3, column: 5 }],
      ["more states than --at-most allows", { file: "s.yaml" }],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/JPN|Japan|DEU|FRA/);
  });

  it("refuses a cut that cannot keep its promise, whoever is a member", () => {
    const tooFew = plan({ candidates: ["DEU", "FRA"], k: 8 }, ["USA"]);
    for (const members of [[], ["DEU"]]) {
      const [problem] = problemsOf(() => disclose(tooFew, parseSecret({ path: "s.yaml", text: secretText(members) })));
      expect(problem!.message).toBe(
        "2 candidates of whom at most 1 are members make 3 memberships, and a class needs 8",
      );
    }
  });

  it("gives each of 163 memberships of eight candidates the file of its class, byte for byte", () => {
    const candidates = ["AUT", "CHE", "DEU", "FRA", "GBR", "KOR", "SWE", "TWN"];
    const eight = plan({ candidates }, ["USA"]);
    const files = new Map<string, string[]>();
    for (let bits = 0; bits < 256; bits++) {
      const members = candidates.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1);
      if (members.length > 4) continue;
      const text = formatEnvelope(disclose(eight, parseSecret({ path: "s.yaml", text: secretText(members) })));
      files.set(text, [...(files.get(text) ?? []), members.join()]);
    }
    expect([...files.values()].flat().length).toBe(163);
    for (const [text, held] of files) {
      const { memberships } = JSON.parse(text).class as { memberships: string[][] };
      expect(memberships.map((m) => m.join()).sort()).toEqual([...held].sort());
      expect(held.length).toBeGreaterThanOrEqual(8);
    }
  });

  it("puts everything into one class where even the number is to stay open", () => {
    const whole = plan({ ...cut, k: "all" }, ["USA"]);
    const texts = [[], ["KOR"], ["DEU", "ITA"]].map((m) =>
      formatEnvelope(disclose(whole, parseSecret({ path: "s.yaml", text: secretText(m) }))),
    );
    expect(new Set(texts).size).toBe(1);
    expect(JSON.parse(texts[0]!).guarantee).toMatchObject({ memberships: 11, mostOften: 4, sizes: [0, 1, 2] });
  });
});

describe("an envelope file", () => {
  const good = machineFor(["DEU", "FRA"]).envelope;
  const read = (text: string) => parseEnvelope({ path: "e.json", text });

  it("is read as it was made", () => {
    expect(formatEnvelope(read(good))).toBe(good);
  });

  it.each([
    ["a membership is taken away", (e: Envelope) => e.class.memberships.pop(), "none of the classes"],
    ["the true one stands first", (e: Envelope) => e.class.memberships.reverse(), "none of the classes"],
    ["the class is narrowed to one", (e: Envelope) => e.class.memberships.splice(1), "none of the classes"],
    ["candidates stand in another order", (e: Envelope) => e.candidates.reverse(), "in the order of their codes"],
    [
      "the promise is another one",
      (e: Envelope) => Object.assign(e.guarantee, { mostOften: 1 }),
      "the guarantee is not that",
    ],
    [
      "it promises more than the space has",
      (e: Envelope) => Object.assign(e, { k: 4000 }),
      "cannot be cut into classes",
    ],
    ["it says more than an envelope may", (e: Envelope) => Object.assign(e, { seats: 2 }), "unknown field `seats`"],
  ])("is refused when %s", (_, spoil, message) => {
    const envelope = JSON.parse(good);
    spoil(envelope);
    expect(problemsOf(() => read(JSON.stringify(envelope)))[0]!.message).toContain(message);
  });
});

interface Envelope {
  readonly candidates: string[];
  readonly class: { readonly memberships: string[][] };
  readonly guarantee: object;
}

describe("what holds under every membership", () => {
  const workbench = createWorkbench(inventedWorld());
  const under = (members: readonly string[]) => workbench.assess("cloth", { members, candidates: ["DEU", "FRA"] });
  const [alone, withJapan] = [under(["USA"]), under(["USA", "JPN"])];

  it("puts leaks of all memberships first and says of the others under how many", () => {
    const leaks = leaksUnderAll([alone.leaks, withJapan.leaks]);
    const partial = leaks.filter((l) => l.because.endsWith("under 1 of 2 memberships"));
    expect(partial.length).toBeGreaterThan(0);
    expect(leaks.length).toBeGreaterThan(partial.length);
    expect(leaks.slice(-partial.length)).toEqual(partial);
    for (const l of partial) expect(l.size.share.low).toBe(0);
    expect(leaks.map((l) => l.rank)).toEqual(leaks.map((_, i) => i + 1));
  });

  it("keeps of the clock what every membership meets", () => {
    expect(withJapan.clock.map((e) => e.rule)).toEqual(["usa/looms/ban", "jpn/looms/fine"]);
    expect(clockUnderAll([alone.clock, withJapan.clock]).map((e) => e.rule)).toEqual(["usa/looms/ban"]);
  });

  it("counts for a candidate what it adds at least, and keeps one that some memberships have already", () => {
    const withGermany = under(["USA", "DEU"]);
    expect(withGermany.next.map((n) => n.state)).toEqual(["FRA"]);
    const next = nextUnderAll([withJapan.next, withGermany.next]);
    expect(next.map((n) => n.state).sort()).toEqual(["DEU", "FRA"]);
    const potential = (a: typeof alone) => a.next.find((n) => n.state === "FRA")!.gains.potential.after;
    expect([potential(withJapan), potential(withGermany)]).toEqual([1, 0]);
    expect(next.find((n) => n.state === "FRA")!.gains.potential).toEqual({ before: 0, after: 0 });
  });
});

describe("the pages", () => {
  it("say what an envelope promises, against whom, and what it does not protect", async () => {
    const envelope = sealed(clothWorld(), secretText(["DEU", "FRA"]));
    const page = renderEnvelope(envelope, { width: 100, colour: false });
    await expect(page).toMatchFileSnapshot("../src/report/disclosure/golden/envelope.txt");
  });

  it("are the same for every membership of a class", () => {
    const pages = [
      ["DEU", "FRA"],
      ["JPN", "KOR"],
    ].map((m) => renderEnvelope(sealed(clothWorld(), secretText(m)), { width: 70, colour: true }));
    expect(pages[1]).toBe(pages[0]);
  });

  it("show how memberships would be cut, before anybody is a member", async () => {
    const candidates = ["AUT", "CHE", "DEU", "FRA", "GBR", "KOR", "TWN", "USA", "SWE"];
    const summary = summariseDisclosure(plan({ candidates }, ["JPN"]));
    await expect(renderPlan(summary, { width: 100, colour: false })).toMatchFileSnapshot(
      "../src/report/disclosure/golden/plan.txt",
    );
    const none = summariseDisclosure(plan({ candidates: ["DEU", "FRA"] }, ["JPN"]));
    expect(renderPlan(none, { width: 100, colour: false })).toContain("No envelope can be made so.");
  });
});
