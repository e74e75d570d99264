import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchTable } from "./bench-table.ts";

const ROOT = join(import.meta.dirname, "..");
const ROWS = 100_000;
const REGIMES = "USA,JPN,NLD,EUU,KOR,TWN,GBR,CHN";

/** What a catalogue of that length under eight regimes may take. */
const LIMITS = { seconds: 60, megabytes: 400 };

/** Tells the peak resident memory of a process on its third channel as it ends. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));',
)}`;

/** A catalogue of 100,000 rows under eight regimes, as a whole process from file to file. */
export async function run(): Promise<BenchTable> {
  const folder = mkdtempSync(join(tmpdir(), "entente-catalogue-"));
  const load = loadavg()[0] ?? 0;
  try {
    const rows = VARIANTS.map(([what, facts, ending]): (string | number)[] => {
      const file = join(folder, "catalogue.csv");
      writeFileSync(file, catalogue(facts));
      const { seconds, megabytes } = checkProcess(file, join(folder, `results.${ending}`));
      const within = seconds <= LIMITS.seconds && megabytes <= LIMITS.megabytes;
      return [what, seconds, megabytes, Math.round(ROWS / seconds), within ? "within" : "OVER"];
    });
    return {
      name: "catalogue",
      columns: ["catalogue", "s", "peak MB", "rows/s", "limits are"],
      rows,
      notes: [
        `\`entente check catalogue.csv --regimes ${REGIMES} --out results.*\`: ${ROWS} rows, each with parameters of its own, one run each.`,
        `Limits: ${LIMITS.seconds} s and ${LIMITS.megabytes} MB. Load average before the runs ${load.toFixed(1)} on ${availableParallelism()} cores.`,
        "Results with all their reasons (`--out results.jsonl`, `--json`) take several times as long and are not timed here.",
        "No peer reads such a file against these laws; the decision alone stands beside its peers in `law`.",
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether every fact is given, or the end user and the content are left open. */
type Known = "all" | "some";

const VARIANTS: readonly (readonly [what: string, facts: Known, ending: string])[] = [
  ["every fact given, table of results", "all", "csv"],
  ["end user and content not known, table of results", "some", "csv"],
];

const KINDS = ["litho-scanner", "dry-etch-conductor", "cvd-plasma", "ald", "wafer-inspection", "ion-implanter", "cmp"];
const SELLERS = ["NLD", "JPN", "USA", "KOR", "DEU", "TWN", "GBR", "CHN"];
const BUYERS = ["CHN", "KOR", "TWN", "USA", "SGP", "ARE"];
const PLANTS = ["mature-ic", "advanced-logic", "advanced-dram", "unknown-node"];

/** Rows that differ from one another in their parameters; the same for every run. */
function catalogue(known: Known): string {
  const open = known === "some";
  const head =
    "id,asOf,activity,from,origin,destination,exporter.headquarters,endUser.headquarters,facility.location,facility.makes," +
    "endUser.lists,endUser.authorisations,endUser.military,persons.us,content.us,content.usIc,madeWith.usTechnology," +
    "item.family,item.kind,item.part,litho.wavelength,litho.na,litho.overlay,etch.aspectRatio\n";
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const from = SELLERS[i % 8]!;
    const to = BUYERS[(i >> 3) % 6]!;
    const kind = KINDS[(i * 31) % 7]!;
    const scanner = kind === "litho-scanner";
    const user = open ? ",,," : "none,none,no,";
    const content = open ? ",," : `${(i * 7) % 30} %,yes,yes`;
    const litho = scanner ? `193 nm,1.35,${(0.5 + (i % 4000) / 1000).toFixed(3)} nm` : ",,";
    const etch = kind === "dry-etch-conductor" ? ((i % 900) / 10).toFixed(1) : "";
    const parties = `${from},${from},${to},${from},${to},${to},${PLANTS[(i >> 5) % 4]}`;
    return `P-${i},2025-01-15,export,${parties},${user}${from === "USA" ? "yes" : "no"},${content},chip-tool,${kind},no,${litho},${etch}\n`;
  });
  return head + lines.join("");
}

function checkProcess(file: string, out: string): { readonly seconds: number; readonly megabytes: number } {
  const start = performance.now();
  const { status, error, stderr, output } = spawnSync(
    process.execPath,
    ["--import", TELL_PEAK, join(ROOT, "bin/entente.js"), "check", file, "--regimes", REGIMES, "--out", out],
    { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"] },
  );
  const seconds = (performance.now() - start) / 1000;
  if (error || status !== 0) throw new Error(`the check ended with ${status}: ${error?.message ?? stderr}`);
  return { seconds, megabytes: Number(output[3] ?? 0) / 1024 };
}
