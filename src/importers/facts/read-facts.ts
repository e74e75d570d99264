import * as z from "zod";
import type { Place, Problem } from "../../domain/errors.ts";
import { parseCsv } from "../../input/csv-file.ts";
import type { TextFile } from "../../input/text-file.ts";

/** One collected fact as it was noted, before anything is made of it. */
export interface Fact {
  /** `5g`, `medicines`, ..., `curated`. */
  readonly set: string;
  readonly issue: string;
  readonly subject: string;
  readonly metric: string;
  readonly party: string;
  readonly period: string;
  readonly value: string | number;
  readonly low?: number;
  readonly high?: number;
  readonly unit: string;
  readonly source: string;
  readonly confidence: string;
  readonly note: string;
  readonly at: Place;
}

/** The sets that are read, with the plausible numbers of rows. */
const SETS: Readonly<Record<string, readonly [number, number]>> = {
  "5g.jsonl": [150, 600],
  "medicines.jsonl": [80, 400],
  "ai-quantum-bio.jsonl": [70, 400],
  "coercion.jsonl": [100, 500],
  "cooperation.jsonl": [300, 1500],
  "curated_facts.csv": [60, 300],
};

/** Sets that belong to no pack of this importer. */
export const IGNORED_SETS = ["targets.jsonl"];

const schema = z.strictObject({
  issue: z.string(),
  subject: z.string(),
  metric: z.string(),
  state_or_party: z.string(),
  period: z.string(),
  value: z.union([z.string(), z.number()]),
  low: z.number().optional(),
  high: z.number().optional(),
  unit: z.string(),
  source: z.string().min(1),
  confidence: z.enum(["high", "medium", "low"]),
  note: z.string(),
});

const CURATED = {
  required: "id,topic,metric,geography,period,value,unit,original_source,where_read,url,note".split(","),
  optional: [],
};

/** Every fact of the sets in their order; sets that are missing, of odd size or of another shape are problems. */
export function readFacts(files: readonly TextFile[], problems: Problem[]): Fact[] {
  return Object.entries(SETS).flatMap(([name, [least, most]]) => {
    const file = files.find((f) => f.path.endsWith(`/${name}`));
    if (!file) {
      problems.push({ code: "missing-file", message: `\`${name}\` is missing`, hint: "give the folder of fact sets" });
      return [];
    }
    const facts = name.endsWith(".csv") ? readCurated(file, problems) : readLines(file, name, problems);
    if (facts.length < least || facts.length > most) {
      const message = `${facts.length} facts where ${least} to ${most} are plausible`;
      problems.push({ code: "bad-value", message, at: { file: file.path } });
    }
    return facts;
  });
}

function readLines(file: TextFile, name: string, problems: Problem[]): Fact[] {
  const set = name.replace(/\.jsonl$/, "");
  return file.text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    const at = { file: file.path, line: i + 1, column: 1 };
    const parsed = schema.safeParse(parseJson(line));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      problems.push({ code: "bad-shape", message: `${issue.message} at \`${issue.path.join(".")}\``, at });
      return [];
    }
    const { state_or_party: party, low, high, ...rest } = parsed.data;
    const range = low === undefined || high === undefined ? {} : { low, high };
    return [{ set, party, ...rest, ...range, at }];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readCurated(file: TextFile, problems: Problem[]): Fact[] {
  const { rows, problems: found } = parseCsv(file, CURATED);
  problems.push(...found);
  return rows.map((row) => {
    const c = row.cells as Record<string, string>;
    const number = /^-?\d+(\.\d+)?$/.test(c.value!) ? Number(c.value) : c.value!;
    return {
      set: "curated",
      issue: c.topic!,
      subject: c.id!,
      metric: c.metric!,
      party: c.geography!,
      period: c.period!,
      value: number,
      unit: c.unit!,
      source: c.url!,
      confidence: "medium",
      note: [c.original_source, c.note].filter(Boolean).join("; "),
      at: { file: file.path, line: row.line, column: 1 },
    };
  });
}
