import { createHash } from "node:crypto";
import * as z from "zod";
import { InputError, type Problem } from "../../domain/errors.ts";
import { parseState } from "../../domain/states.ts";
import type { TextFile } from "../../input/text-file.ts";
import type { Cells } from "../csv-text.ts";
import { MINERALS_PACK } from "../minerals-pack.ts";
import { draftPack } from "../pack-draft.ts";
import type { Imported, ImportInput } from "../pack-import.ts";
import { type ShareCells, shareOfTotal } from "../share-of-total.ts";

const FILE = "iea.json";
const SOURCE = "iea-cm-explorer";
const YEAR = "2024";

/** Plausible numbers of supply series (mineral and stage). */
const SERIES_BOUNDS = [10, 40] as const;

/** A class of its own, or figures beside the class that another source counts. */
interface Target {
  readonly class: string;
  readonly as: "shares" | "figures";
  readonly name?: string;
  readonly group?: string;
  readonly basis?: "mine" | "refinery";
  readonly note?: string;
}

/** Where each supply series goes; a series that is not here is refused. */
const SERIES: Readonly<Record<string, Target>> = {
  "Copper mining": { class: "copper-mine", as: "figures" },
  "Copper refining": { class: "copper-refinery", as: "figures" },
  "Cobalt mining": { class: "cobalt-mine", as: "figures" },
  "Cobalt refining": {
    class: "cobalt-refinery",
    as: "shares",
    name: "Cobalt, refining",
    group: "battery-minerals",
    basis: "refinery",
  },
  "Lithium mining": { class: "lithium-mine", as: "figures" },
  "Lithium refining": {
    class: "lithium-refinery",
    as: "shares",
    name: "Lithium chemicals, refining",
    group: "battery-minerals",
    basis: "refinery",
  },
  "Nickel mining": { class: "nickel-mine", as: "figures" },
  "Nickel refining": {
    class: "nickel-refinery",
    as: "shares",
    name: "Nickel, refining",
    group: "battery-minerals",
    basis: "refinery",
  },
  "Graphite mining": { class: "graphite-mine", as: "figures" },
  "Graphite refining": {
    class: "graphite-refinery",
    as: "shares",
    name: "Battery-grade graphite, production",
    group: "battery-minerals",
    basis: "refinery",
    note: "battery-grade graphite, natural and synthetic together",
  },
  "Rare Earth Elements mining": {
    class: "magnet-rare-earths-mine",
    as: "shares",
    name: "Magnet rare earths, mining",
    group: "rare-earths",
    basis: "mine",
    note: "the four magnet rare earths alone; all rare earths are in rare-earths-mine",
  },
  "Rare Earth Elements refining": {
    class: "rare-earths-refinery",
    as: "shares",
    name: "Rare earths, separation and refining",
    group: "rare-earths",
    basis: "refinery",
    note: "the four magnet rare earths",
  },
};

/** What goes into what, among the classes of this source. */
const EDGES = [
  ["cobalt-mine", "cobalt-refinery"],
  ["graphite-mine", "graphite-refinery"],
  ["lithium-mine", "lithium-refinery"],
  ["nickel-mine", "nickel-refinery"],
  ["rare-earths-mine", "rare-earths-refinery"],
  ["magnet-rare-earths-mine", "rare-earths-refinery"],
].map(([from, to]): Cells => ({ from: from!, to: to!, source: SOURCE }));

/** Parts of the file that are left out: demand and scenarios are no shares of supply. */
const IGNORED = ["totalDemand", "cleantechByTech", "cleantechByMineral", "byTechnology"];

const STATES: Readonly<Record<string, string>> = { "Democratic Republic of Congo": "COD" };

const byYear = z.record(z.string(), z.number().nonnegative());
/** Footnotes of the workbook stand among the countries, without a number. */
const country = z.record(z.string(), z.number().nonnegative().nullable());
const seriesSchema = z.strictObject({
  countries: z.record(z.string(), country),
  total: byYear,
  top3Share: byYear.optional(),
});
const schema = z.looseObject({ source: z.string(), supply: z.record(z.string(), z.record(z.string(), seriesSchema)) });
type Series = z.infer<typeof seriesSchema>;

/**
 * Brings the mining and refining shares of the IEA's critical minerals data into the pack `minerals`: refining as classes,
 * mining beside the classes of the geological survey as figures. Throws InputError with everything that is not known.
 */
export function importIea(input: ImportInput): Imported {
  const problems: Problem[] = [];
  const file = input.files.find((f) => f.path.endsWith(FILE));
  if (!file)
    throw new InputError([
      { code: "missing-file", message: `\`${FILE}\` is missing`, hint: "give the folder that holds it" },
    ]);
  const supply = readSupply(file, problems);
  const made = supply.flatMap(([name, series]) => readSeries(name, series, file, problems));
  if (problems.length > 0) throw new InputError(problems);
  const drafted = draftPack(input.packs, {
    pack: MINERALS_PACK,
    owns: (source) => source.startsWith("iea-"),
    sources: [
      {
        id: SOURCE,
        producer: "International Energy Agency",
        title: "Critical Minerals Data Explorer: mining and refining by country, 2024",
        citation: "as stored with the licence that the file names; base year 2024, scenarios left out",
        url: "https://www.iea.org/data-and-statistics/data-tools/critical-minerals-data-explorer",
        accessed: input.accessed,
        licence: "CC BY 4.0",
        sha256: createHash("sha256").update(file.text).digest("hex"),
      },
    ],
    rows: {
      "classes.csv": made.flatMap((m): Cells[] => (m.classRow ? [m.classRow] : [])),
      "shares.csv": made.flatMap((m) => m.shares),
      "edges.csv": EDGES.filter((e) => made.some((m) => m.classRow?.id === e.to)),
      "figures.csv": made.flatMap((m) => m.figures),
    },
    checkedOn: input.accessed,
  });
  const notes = [`years after ${YEAR} are scenarios and left out`];
  return { ...drafted, report: { publisher: "iea", ignored: IGNORED, notes, changes: drafted.changes } };
}

function readSupply(file: TextFile, problems: Problem[]): [string, Series][] {
  let raw: unknown;
  try {
    raw = JSON.parse(file.text);
  } catch (e) {
    problems.push({
      code: "bad-syntax",
      message: `not well-formed JSON: ${(e as Error).message}`,
      at: { file: file.path },
    });
    return [];
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      problems.push({
        code: "bad-shape",
        message: `${issue.message} at \`${issue.path.join(".")}\``,
        at: { file: file.path },
      });
    }
    return [];
  }
  for (const key of Object.keys(parsed.data)) {
    if (["source", "supply", ...IGNORED].includes(key)) continue;
    const hint = "read or ignore it in src/importers/iea/import-iea.ts";
    problems.push({ code: "bad-shape", message: `unknown part \`${key}\``, at: { file: file.path }, hint });
  }
  const list = Object.entries(parsed.data.supply).flatMap(([mineral, stages]) =>
    Object.entries(stages).map(([stage, series]): [string, Series] => [`${mineral} ${stage}`, series]),
  );
  if (list.length < SERIES_BOUNDS[0] || list.length > SERIES_BOUNDS[1]) {
    const message = `${list.length} supply series where ${SERIES_BOUNDS.join(" to ")} are plausible`;
    problems.push({ code: "bad-value", message, at: { file: file.path } });
  }
  return list;
}

interface Made {
  readonly classRow?: Cells;
  readonly shares: readonly Cells[];
  readonly figures: readonly Cells[];
}

function readSeries(name: string, series: Series, file: TextFile, problems: Problem[]): Made[] {
  const target = SERIES[name];
  const total = series.total[YEAR];
  if (!target || total === undefined || total === 0) {
    const message = target ? `\`${name}\` has no total for ${YEAR}` : `unknown series \`${name}\``;
    const hint = "read it in src/importers/iea/import-iea.ts";
    problems.push({ code: "unknown-class", message, at: { file: file.path }, hint });
    return [];
  }
  const parts = Object.entries(series.countries).flatMap(([country, years]) => {
    if (Object.values(years).every((quantity) => quantity === null)) return [];
    const supplier = country === "Rest of world" ? "various" : (STATES[country] ?? parseState(country));
    if (supplier === undefined) {
      problems.push({
        code: "unknown-state",
        message: `\`${country}\` of \`${name}\` is no state`,
        at: { file: file.path },
      });
    }
    const quantity = years[YEAR];
    if (supplier === undefined || !quantity) return [];
    return [{ supplier, quantity, note: `${quantity.toFixed(1)} of ${total.toFixed(1)} kt` }];
  });
  const sum = parts.reduce((all, part) => all + part.quantity, 0);
  if (target.as === "figures")
    return [{ shares: [], figures: parts.map((p) => figureRow(target, p, shareOfTotal(p.quantity, sum, total))) }];
  const shares = parts.map(({ supplier, quantity, note }) => {
    const bounds = shareOfTotal(quantity, sum, total);
    return { class: target.class, supplier, ...bounds, period: YEAR, source: SOURCE, kind: "derived", note };
  });
  return [{ classRow: classRow(target), shares, figures: [] }];
}

function classRow(target: Target): Cells {
  const { class: id, name, group, basis, note } = target as Required<Target>;
  return {
    id,
    name,
    parent: "",
    type: "mineral",
    group,
    stage: id.slice(id.lastIndexOf("-") + 1),
    basis,
    source: SOURCE,
    note: note ?? "",
  };
}

function figureRow(target: Target, part: { supplier: string; note: string }, share: ShareCells): Cells {
  return {
    id: `iea-${target.class}-${part.supplier.toLowerCase()}`,
    topic: "Second count of supply",
    metric: "share of world supply as the IEA counts it",
    state: part.supplier,
    class: target.class,
    period: YEAR,
    ...share,
    unit: "%",
    source: SOURCE,
    kind: "derived",
    note: part.note,
  };
}
