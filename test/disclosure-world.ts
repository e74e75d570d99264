import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Envelope } from "../src/coalition/disclosure-envelope.ts";
import { InputError } from "../src/domain/errors.ts";
import { renderHtml } from "../src/report/html/render-html.ts";
import { renderClassesCsv } from "../src/report/render-csv.ts";
import { renderJson } from "../src/report/render-json.ts";
import { renderMarkdown } from "../src/report/render-markdown.ts";
import { renderTerminal } from "../src/report/terminal/render-terminal.ts";
import { type DiscloseRequest, disclose, formatEnvelope, planDisclosure } from "../src/workbench/disclose.ts";
import { parseSecret } from "../src/workbench/disclose-secret.ts";
import type { Overrides } from "../src/workbench/question.ts";
import type { Store } from "../src/workbench/store.ts";
import { createWorkbench } from "../src/workbench.ts";
import { changed, inventedWorld } from "./invented-world.ts";

const SMALL_PACK = {
  "packs/cloth/pack.yaml": changed(
    "packs/cloth/pack.yaml",
    "classes.csv: 2, shares.csv: 5",
    "classes.csv: 1, shares.csv: 4",
  )["packs/cloth/pack.yaml"]!,
  "packs/cloth/classes.csv": `id,name,parent,type,group,stage,basis,source,note
looms,Looms,,tool,weaving,making,headquarters,survey,
`,
  "packs/cloth/shares.csv": `class,supplier,state,value,low,high,period,source,kind,note
looms,USA,USA,50,,,2024,survey,measured,
looms,JPN,JPN,20,,,2024,survey,measured,
looms,DEU,DEU,10,,,2024,survey,measured,
looms,CHN,CHN,20,,,2024,survey,measured,
`,
  "packs/cloth/items.yaml": `items:
  - { class: looms, hs6: ["844600"], facts: { item.kind: loom }, source: survey }
`,
};

/** One class of the invented world, the USA alone in the open: Germany, France, Japan and Korea may be members. */
export function clothWorld(): Store {
  const open = changed("cases/cloth.yaml", "members: [USA, JPN]", "members: [USA]")["cases/cloth.yaml"]!;
  return inventedWorld({
    ...SMALL_PACK,
    "cases/cloth.yaml": open.replace(/^minimum:.*\n/m, "candidates: [DEU, FRA, JPN, KOR, ITA]\n"),
  });
}

export const CUT: Omit<DiscloseRequest, "case"> = { candidates: ["DEU", "FRA", "JPN", "KOR"], k: 4 };

/** A machine of somebody who serves readers: everything on it, the secret too, so that a leak could be planted. */
export interface Machine {
  readonly open: Store;
  readonly secret: string;
  readonly envelope: string;
}

export function secretText(undisclosed: readonly string[]): string {
  return `undisclosed: [${undisclosed.join(", ")}]\n`;
}

/** The envelope that `entente --cleared disclose` would write for a membership. */
export function sealed(open: Store, secret: string, cut: Omit<DiscloseRequest, "case"> = CUT): Envelope {
  const workbench = createWorkbench(open);
  const plan = planDisclosure({ case: workbench.question("cloth"), ...cut }, workbench.library);
  return disclose(plan, parseSecret({ path: "secret/cloth.yaml", text: secret }));
}

export function machineFor(undisclosed: readonly string[], cut = CUT): Machine {
  const open = clothWorld();
  const secret = secretText(undisclosed);
  return { open, secret, envelope: formatEnvelope(sealed(open, secret, cut)) };
}

/** What a reader without clearance asks. */
export interface ReaderQuestion {
  readonly overrides: Overrides;
  readonly format: "json" | "md" | "csv" | "html" | "terminal";
  readonly require: string;
}

/** All that comes back to a reader: exit code, output, messages. */
export interface Reply {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export type Answering = (machine: Machine) => (question: ReaderQuestion) => Promise<Reply>;

const FORMATS = {
  json: renderJson,
  md: renderMarkdown,
  csv: renderClassesCsv,
  html: renderHtml,
  terminal: (a: Parameters<typeof renderJson>[0]) => renderTerminal(a, { width: 100, colour: false, all: false }),
};

/** The uncleared process as it is: it takes the envelope and the open store, and nothing else of the machine. */
export const answering: Answering = ({ open, envelope }) => {
  const workbench = createWorkbench(open);
  const file = { path: "cloth.envelope.json", text: envelope };
  return async ({ overrides, format, require }) => {
    try {
      const a = await workbench.assessUnder(file, "cloth", overrides);
      return { code: a.answer.verdict === require ? 0 : 1, out: FORMATS[format](a), err: "" };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { code: 2, out: "", err: error.message };
    }
  };
};

const DAYS = ["2021-06-01", "2022-03-01", "2024-06-01", "2026-06-01"];
const PROBES = ["plain", "servicing", "parts", "civil-fab"];
const THRESHOLDS = [0.25, 0.5, 0.625, 0.9, 1];
const MEMBERS = [undefined, ["USA", "JPN"], ["DEU"], ["USA", "KOR", "FRA"]];
const CLASSES = [["looms"], ["tool"], ["weaving"]];
const ADOPT = [undefined, ["usa/looms/ban=JPN"], ["jpn/looms/fine=DEU"]];
const VERDICTS = ["closed", "closed-in-practice", "partly", "open", "undetermined"];
const WRONG: readonly Overrides[] = [
  { members: ["USA", "Japann"] },
  { asOf: "2024-02-30" },
  { target: "JPN" },
  { target: "KOR", members: ["KOR"] },
  { probe: "plan", threshold: 2 },
  { classes: ["loms"] },
  { adopt: ["usa/looms/bann=FRA"] },
];

/** A thousand different questions, every second with wrong input. */
export function thousandQuestions(): ReaderQuestion[] {
  const formats = Object.keys(FORMATS) as (keyof typeof FORMATS)[];
  const at = <T>(list: readonly T[], i: number): T => list[i % list.length]!;
  return Array.from({ length: 1000 }, (_, i): ReaderQuestion => {
    const members = at(MEMBERS, Math.floor(i / 200));
    const adopt = at(ADOPT, Math.floor(i / 100));
    const asked: Overrides = {
      threshold: at(THRESHOLDS, Math.floor(i / 2)) - i / 1e5,
      asOf: at(DAYS, Math.floor(i / 50)),
      probe: at(PROBES, Math.floor(i / 10)),
      classes: at(CLASSES, Math.floor(i / 7)),
      candidates: ["ITA"],
      ...(members && { members }),
      ...(adopt && { adopt }),
    };
    const format = i % 10 === 8 ? at(formats, Math.floor(i / 10)) : "json";
    return {
      overrides: i % 2 === 1 ? { ...asked, ...at(WRONG, Math.floor(i / 2)) } : asked,
      format,
      require: at(VERDICTS, Math.floor(i / 2)),
    };
  });
}

/** The first question that tells two machines apart, with what it said on the first and on another one. */
export async function firstDifference(
  answer: Answering,
  machines: readonly Machine[],
  questions: readonly ReaderQuestion[],
): Promise<{ readonly question: ReaderQuestion; readonly replies: readonly [Reply, Reply] } | undefined> {
  const readers = machines.map(answer);
  for (const question of questions) {
    const [first, ...rest] = await Promise.all(readers.map((ask) => ask(question)));
    const other = rest.find((r) => r.code !== first!.code || r.out !== first!.out || r.err !== first!.err);
    if (other) return { question, replies: [first!, other] };
  }
  return undefined;
}

/** Writes a store as folders, for the program itself. */
export function writeWorld(open: Store, root: string): void {
  for (const file of [...open.rules(), ...open.packNames().flatMap((p) => open.pack(p)), ...open.cases()]) {
    mkdirSync(dirname(join(root, file.path)), { recursive: true });
    writeFileSync(join(root, file.path), file.text);
  }
}
