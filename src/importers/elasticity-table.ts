import type { Problem } from "../domain/errors.ts";
import type { Source } from "../domain/sourced.ts";
import type { ElasticitySet } from "../economy/elasticities.ts";
import { parseCsv, placeOfCell } from "../input/csv-file.ts";
import type { TextFile } from "../input/text-file.ts";
import { hashOf } from "./base-draft.ts";

const FILE = "icio_trade_elasticities.csv";
export const SERVICES = "services";
/** What the file calls the aggregate of services. */
export const SERVICES_UPSTREAM = "Services (aggregate)";

/** The eight sets of the file: six estimates of the literature, and two that are none. */
const SETS: readonly Omit<ElasticitySet, "theta">[] = [
  { id: "BSY", title: "Bagwell, Staiger and Yurukoglu (2021)", kind: "published" },
  { id: "CP", title: "Caliendo and Parro (2015)", kind: "published" },
  { id: "FGO", title: "Fontagné, Guimbard and Orefice (2022)", kind: "published" },
  { id: "GYY", title: "Giri, Yi and Yilmazkuday (2021)", kind: "published" },
  { id: "LL", title: "Lashkaripour and Lugovskyy (2023)", kind: "published" },
  { id: "Shap", title: "Shapiro (2016)", kind: "published" },
  {
    id: "IS",
    title: "estimated by the compiler on the trade of the same tables, no published estimate",
    kind: "assumed",
  },
  { id: "U4", title: "4 in every sector", kind: "assumed" },
];

/** The sets by sector of the file, and where they come from. Faults go to `problems`. */
export function readElasticities(files: readonly TextFile[], accessed: string, problems: Problem[]) {
  const file = files.find((f) => f.path.endsWith(FILE));
  if (!file) {
    const hint = "give the folder that holds it and the trade tables";
    problems.push({ code: "missing-file", message: `\`${FILE}\` is missing`, hint });
    return undefined;
  }
  const columns = { required: ["sector", "sector_name", ...SETS.map((s) => s.id)], optional: [] };
  const { rows, problems: found } = parseCsv(file, columns);
  problems.push(...found);
  const sectors = rows.map(({ cells }) => (cells.sector === SERVICES_UPSTREAM ? SERVICES : cells.sector!));
  for (const row of rows)
    for (const { id } of SETS)
      if (!(Number(row.cells[id]) > 0)) {
        const message = `elasticity \`${row.cells[id]}\` of \`${row.cells.sector}\``;
        problems.push({ code: "bad-value", message, hint: "a number above 0", at: placeOfCell(file, row, id) });
      }
  const sets = SETS.map((set): ElasticitySet => ({ ...set, theta: rows.map(({ cells }) => Number(cells[set.id])) }));
  const source: Source = {
    id: "trade-elasticities",
    producer: "the authors named at each set; brought to the sectors of the tables by A. Lashkaripour (tariffwar)",
    title: "Trade elasticities by sector, eight sets",
    url: "https://github.com/ahmadlp/tariffwar",
    accessed,
    licence: "no licence stated; figures only",
    sha256: hashOf(file),
  };
  return { sectors, names: rows.map(({ cells }) => cells.sector_name!), sets, source };
}
