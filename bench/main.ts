// `npm run bench [NAME ...]`: runs the benchmarks, prints a table for each, writes the same to bench/results/NAME.json.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nearest } from "../src/domain/errors.ts";
import { type BenchTable, printTable } from "./bench-table.ts";

const FOLDER = import.meta.dirname;
const NOT_A_BENCHMARK = new Set(["main.ts", "bench-table.ts", "cover-instances.ts", "processor-time.ts"]);

const known = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !NOT_A_BENCHMARK.has(file))
  .map((file) => file.slice(0, -3))
  .sort();

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
for (const name of unknown) {
  const guess = nearest(name, known);
  const hint = guess ? `did you mean \`${guess}\`?` : `there are ${known.join(", ")}`;
  process.stderr.write(`no benchmark is called \`${name}\`\n  hint: ${hint}\n`);
}
if (unknown.length > 0) process.exitCode = 2;
else for (const name of asked.length > 0 ? asked : known) await runBenchmark(name);

async function runBenchmark(name: string): Promise<void> {
  const { run } = (await import(`./${name}.ts`)) as { run: () => Promise<BenchTable> };
  const table = await run();
  printTable(table);
  const results = join(FOLDER, "results");
  mkdirSync(results, { recursive: true });
  const machine = { node: process.version, platform: process.platform, arch: process.arch };
  writeFileSync(join(results, `${name}.json`), `${JSON.stringify({ ...table, machine }, null, 2)}\n`);
}
