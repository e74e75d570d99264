import type { Command } from "commander";
import { InputError, type Problem } from "../domain/errors.ts";
import { readFolder } from "../input/read-folder.ts";
import { parseRuleBook } from "../law/parse-book.ts";
import { runRuleCases } from "../law/rule-cases.ts";

/** `entente cases [DIR|FILE ...]`: runs rule cases. */
export function addCases(program: Command, done: (code: number) => void): void {
  program
    .command("cases [paths...]")
    .description("run rule cases and assessment expectations")
    .action((paths: string[]) => {
      const root = process.cwd();
      const book = parseRuleBook(readFolder(root, "rules", (p) => p.endsWith(".yaml")));
      const files = (paths.length > 0 ? paths : ["rules"]).flatMap((p) => readFolder(root, p, (f) => f.endsWith(".cases.yaml")));
      const problems: Problem[] = [];
      let failed = 0;
      let passed = 0;
      for (const file of files) {
        const run = runRuleCases(file, book);
        problems.push(...run.problems);
        for (const r of run.results) {
          if (r.failures.length === 0) passed++;
          else {
            failed++;
            process.stdout.write(`FAILED ${r.file}: ${r.title}\n${r.failures.map((f) => `  ${f}\n`).join("")}`);
          }
        }
      }
      if (problems.length > 0) throw new InputError(problems);
      process.stdout.write(`${passed} passed, ${failed} failed\n`);
      done(failed > 0 ? 1 : 0);
    });
}
