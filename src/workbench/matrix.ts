import type { ClassContext } from "../closure/class-context.ts";
import { calcMatrix, LAYER_PROBES, type Matrix, type MatrixCell, type MatrixGroup } from "../closure/matrix.ts";
import { parseCase, unknownState } from "../closure/parse-case.ts";
import { type IsoDate, parseDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { parseState, type State } from "../domain/states.ts";
import { LAYERS } from "../domain/verdicts.ts";
import type { RuleBook } from "../law/book.ts";
import { resolveClasses } from "../supply/class-tree.ts";
import type { Pack } from "../supply/pack.ts";
import { buildContexts } from "./contexts.ts";
import { ENGINE } from "./engine.ts";
import { hashText } from "./hash.ts";
import { libraryKnownOn, unknownLaw } from "./known-library.ts";
import type { Library } from "./store.ts";

/** What may be asked of the matrix; texts are checked together, so all problems come at once. */
export interface MatrixOptions {
  /** The case whose packs, target and cast are used. */
  readonly case: string;
  /** Left out: the oldest day on which the law of the states shown was last compared with its sources. */
  readonly asOf?: string;
  /** Only law that could be known by that day counts. */
  readonly knownOn?: string;
  readonly target?: string;
  /** Left out: every state of which a rule book is held, the target apart. */
  readonly states?: readonly string[];
  readonly probe?: string;
  /** Class ids, groups or types. */
  readonly classes: readonly string[];
  /** A row for each class instead of each group. */
  readonly all: boolean;
}

/** What each layer of each state's law does to each group of items on a day. Throws InputError with every problem. */
export function answerMatrix(options: MatrixOptions, library: Library): Matrix {
  const { book, hash } = libraryKnownOn(library, options.knownOn).book();
  const base = parseCase(library.caseFile(options.case));
  const { asOf, target, states } = readQuestion(options, book, base.target);
  const merged = library.merged(base.packs);
  if (!merged) {
    const message = `none of the packs \`${base.packs.join(", ")}\` is there`;
    throw new InputError([{ code: "unknown-name", message, hint: "packs are folders under packs/" }]);
  }
  const leaves = resolveClasses(merged.pack, options.classes).filter((c) => c.leaf);
  const contexts = buildContexts({ ...base, asOf }, book, merged, leaves, []);
  const groups = options.all ? contexts.map(classRow) : groupRows(contexts, merged.pack);
  const setting = { book, date: asOf, target, cast: base.cast };
  const rows = calcMatrix({ ...setting, groups, states, ...(options.probe !== undefined && { probe: options.probe }) });
  return {
    schema: "entente/matrix@1",
    asOf,
    target,
    groups: groups.map((g) => g.id),
    states,
    layers: LAYERS.map((layer) => {
      const { probe, goods } = LAYER_PROBES[layer];
      const asked = options.probe ?? probe;
      return { layer, probe: asked, goods, title: book.probes.get(asked)!.title };
    }),
    rows,
    sources: sourcesOf(rows, book),
    digest: { rules: hash, data: merged.hash, engine: hashText(ENGINE) },
    notModelled: [
      ...unknownLaw(options.knownOn),
      ...gaps(contexts),
      ...(merged.missing.length > 0 ? [`packs that are not there: ${merged.missing}`] : []),
    ],
  };
}

function readQuestion(
  options: MatrixOptions,
  book: RuleBook,
  defaultTarget: State,
): { readonly asOf: IsoDate; readonly target: State; readonly states: readonly State[] } {
  const problems: Problem[] = [];
  const state = (text: string, file: string): State => {
    const s = parseState(text);
    if (!s) problems.push({ ...unknownState(text), at: { file } });
    return s ?? (text as State);
  };
  const target = options.target === undefined ? defaultTarget : state(options.target, "--target");
  const held = [...book.regimes.keys()].filter((s) => s !== target).sort();
  const states = options.states ? [...new Set(options.states.map((s) => state(s, "--states")))] : held;
  const asOf =
    options.asOf === undefined ? (oldestCheck(states, book) ?? oldestCheck(held, book)) : parseDate(options.asOf);
  if (!asOf) {
    problems.push({
      code: "bad-date",
      message: options.asOf === undefined ? "no date is given" : `\`${options.asOf}\` is no calendar day`,
      hint: "write YYYY-MM-DD",
      at: { file: "--as-of" },
    });
  }
  problems.push(
    ...probeProblems(
      options.probe === undefined ? Object.values(LAYER_PROBES).map((l) => l.probe) : [options.probe],
      book,
    ),
  );
  if (!asOf || problems.length > 0) throw new InputError(problems);
  return { asOf, target, states };
}

function probeProblems(probes: readonly string[], book: RuleBook): Problem[] {
  return [...new Set(probes)].flatMap((probe): Problem[] => {
    if (book.probes.has(probe)) return [];
    const guess = nearest(probe, book.probes.keys());
    const hint = guess ? `did you mean \`${guess}\`?` : `probes: ${[...book.probes.keys()].join(", ")}`;
    return [{ code: "unknown-probe", message: `no probe is called \`${probe}\``, hint, at: { file: "--probe" } }];
  });
}

function oldestCheck(states: readonly State[], book: RuleBook): IsoDate | undefined {
  return states.flatMap((s) => book.regimes.get(s)?.checkedOn ?? []).sort()[0];
}

function itemsOf(ctx: ClassContext): MatrixGroup["items"] {
  return ctx.items.map((i) => ({
    id: i.id === "" ? ctx.cls.id : `${ctx.cls.id}/${i.id}`,
    name: i.name === "" ? ctx.cls.name : `${ctx.cls.name}, ${i.name}`,
    facts: i.facts,
  }));
}

function classRow(ctx: ClassContext): MatrixGroup {
  return { id: ctx.cls.id, items: itemsOf(ctx) };
}

/** By group as the packs order them; groups that they do not order come last. */
function groupRows(contexts: readonly ClassContext[], pack: Pack): MatrixGroup[] {
  const order = [...new Set([...(pack.groups ?? []), ...contexts.map((x) => x.cls.group)])];
  return order
    .map((id) => ({ id, items: contexts.filter((x) => x.cls.group === id).flatMap(itemsOf) }))
    .filter((g) => g.items.length > 0);
}

function sourcesOf(rows: readonly MatrixCell[], book: RuleBook): Matrix["sources"] {
  const ids = new Set(rows.flatMap((r) => r.cites.map((c) => c.source)));
  return [...ids].sort().flatMap((id) => {
    const source = book.sources.get(id);
    return source ? [{ ...source, from: "rules" }] : [];
  });
}

/** What the table leaves out, and classes of which the law is asked without knowing a fact. */
function gaps(contexts: readonly ClassContext[]): string[] {
  const blank = contexts.filter((x) => x.items.every((i) => Object.keys(i.facts).length === 0)).map((x) => x.cls.name);
  return [
    "rules that apply only to a transaction none of the layers' probes stands for",
    "content rules that stand in the definition of what a regime reaches, and not in a rule of their own",
    ...(blank.length > 0 ? [`what these classes are to the law is not described: ${blank.join(", ")}`] : []),
  ];
}
