import { parse } from "yaml";
import type { Leak } from "../src/closure/assessment.ts";
import { CellEngine, type CellQuestion } from "../src/closure/cell-engine.ts";
import type { ClassContext } from "../src/closure/class-context.ts";
import { applyChange, type LawChange } from "../src/closure/leak-change.ts";
import type { RuleBook } from "../src/law/book.ts";
import { compileCondition } from "../src/law/compile.ts";
import type { Condition, Facts } from "../src/law/condition.ts";

/** The condition that the words of a change stand for, read as a rule file would be. */
function conditionOf(text: string, book: RuleBook): Condition {
  return compileCondition(parse(`{ ${text} }`), book.facts, [], (problem) => {
    throw new Error(`${text}: ${problem.message}`);
  });
}

/** The question once the changes are made in its whole rule book, from what the result says of them alone. */
function afterChanges(question: CellQuestion, changes: readonly LawChange[]): CellQuestion {
  let { book, members, adopt } = question;
  for (const change of changes) {
    if (change.change === "join") members = [...members, change.state];
    else if (change.change === "adopt") adopt = [...adopt, { rule: change.rule, state: change.state }];
    else if (change.change === "words") {
      book = applyChange(book, question.date, change, conditionOf(change.becomes, book));
    } else book = applyChange(book, question.date, change);
  }
  return { ...question, book, members, adopt };
}

const RANK = { open: 0, undetermined: 0, gated: 1, "closed-in-practice": 2, closed: 3 } as const;

/**
 * What is wrong with the claim of a leak: cells that were no leak, that the change does not bring to where it says, or that the
 * further change does not close. Every regime is judged anew under the changed book.
 */
export function faultsOf(leak: Leak, question: CellQuestion, contexts: readonly ClassContext[]): string[] {
  const { mend } = leak;
  if (!mend) return [];
  const before = new CellEngine(question);
  const after = new CellEngine(afterChanges(question, mend.changes));
  const closed = mend.closing && new CellEngine(afterChanges(question, [...mend.changes, mend.closing]));
  const wanted = RANK[mend.after];
  const goal = leak.grade === "gated" ? 2 : 1;
  const faults = mend.mends === wanted >= goal ? [] : ["it says that it mends and does not, or the other way round"];
  for (const name of leak.cells) {
    const low = (engine: CellEngine) => engine.cell(leak.state, leak.probe, factsOf(name, contexts)).low;
    if (low(before) !== RANK[leak.grade]) faults.push(`${name} was ${low(before)} and not ${leak.grade}`);
    if (low(after) <= low(before)) faults.push(`${name} is no better after the change`);
    if (low(after) < wanted) faults.push(`${name} is ${low(after)} after the change and not ${mend.after}`);
    if (closed && low(closed) < 2) faults.push(`${name} is not closed by the further change`);
  }
  return faults;
}

function factsOf(name: string, contexts: readonly ClassContext[]): Facts {
  const [id, variant = ""] = name.split("/");
  const item = contexts.find((c) => c.cls.id === id)?.items.find((i) => i.id === variant);
  if (!item) throw new Error(`no item ${name}`);
  return item.facts;
}
