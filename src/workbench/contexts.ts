import type { Case } from "../closure/case.ts";
import type { ClassContext, LawItem } from "../closure/class-context.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import { remember } from "../domain/remember.ts";
import type { State } from "../domain/states.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, placeOf } from "../input/yaml-file.ts";
import type { RuleBook } from "../law/book.ts";
import type { Facts } from "../law/condition.ts";
import { readFacts } from "../law/rule-cases.ts";
import { descendants } from "../supply/class-tree.ts";
import type { Goal, Item, Pack, TechnologyClass } from "../supply/pack.ts";
import { type ShareOfYear, type SharesAt, shareHistory, sharesAt, yearsAround } from "../supply/shares-at.ts";
import type { MergedPacks } from "./store.ts";

/** Items that are the same to the law are one object, so that the law is asked once. */
const KNOWN = new WeakMap<Pack, Map<string, Facts>>();
const NOTHING_KNOWN: Facts = {};

/** Facts of items are read in the vocabulary of the rules: their problems carry the place in items.yaml. */
type ItemReader = (item: Item, facts: Item["facts"], path: Path) => Facts;

function itemReader(book: RuleBook, pack: Pack, files: readonly TextFile[], problems: Problem[]): ItemReader {
  const known = remember(KNOWN, pack, () => new Map<string, Facts>());
  return (item, facts, path) => {
    const file = files.find((f) => f.path === item.file);
    const index = pack.items.filter((i) => i.file === item.file).indexOf(item);
    const found = readFacts(facts, book, ["items", index, ...path], (p, at) =>
      problems.push({ ...p, ...(file && { at: placeOf(file, at) }) }),
    );
    return remember(known, JSON.stringify(Object.entries(found).sort()), () => found);
  };
}

const SHARES = new WeakMap<Pack, Map<string, SharesAt>>();

function sharesIn(pack: Pack, cls: string, year: number): SharesAt {
  const ofPack = remember(SHARES, pack, () => new Map<string, SharesAt>());
  return remember(ofPack, `${cls} ${year}`, () => sharesAt(pack, cls, year));
}

const HISTORY = new WeakMap<Pack, Map<string, readonly ShareOfYear[]>>();

function historyOf(pack: Pack, cls: string, target: State): readonly ShareOfYear[] {
  const ofPack = remember(HISTORY, pack, () => new Map<string, readonly ShareOfYear[]>());
  return remember(ofPack, `${cls} ${target}`, () => shareHistory(pack, cls, target));
}

/**
 * The classes that are shown or that a goal needs, with their shares at the case's year and what they are to the law.
 * Throws InputError when items or the case's variants are wrong.
 */
export function buildContexts(
  c: Case,
  book: RuleBook,
  { pack, files }: MergedPacks,
  shown: readonly TechnologyClass[],
  goals: readonly Goal[],
): ClassContext[] {
  const inGoals = new Set(goals.flatMap((g) => g.needs.flatMap((n) => n.any.flatMap((a) => a.classes))));
  const wanted = pack.classes.filter((x) => shown.includes(x) || inGoals.has(x.id));
  const items = new Map(pack.items.map((i) => [i.class, i]));
  const problems: Problem[] = [];
  const year = Number(c.asOf.slice(0, 4));
  const read = itemReader(book, pack, files, problems);
  const contexts = wanted.map((cls): ClassContext => {
    const item = items.get(cls.id);
    const vintages = yearsAround(pack, cls.id, year).map((y) => sharesIn(pack, cls.id, y));
    return {
      cls,
      shares: sharesIn(pack, cls.id, year),
      vintages,
      ownOverTime: historyOf(pack, cls.id, c.target),
      items: cls.leaf || item ? lawItems(item, c.variants[cls.id], read) : itemsBelow(pack, cls.id, items, read),
      hs6: item?.hs6 ?? [],
    };
  });
  for (const [id, variants] of Object.entries(c.variants)) {
    const item = items.get(id);
    for (const v of variants) {
      if (item?.variants.some((x) => x.id === v)) continue;
      const guess = nearest(v, item?.variants.map((x) => x.id) ?? []);
      problems.push({
        code: "unknown-name",
        message: `class \`${id}\` has no variant \`${v}\``,
        at: c.place?.(["variants", id]) ?? { file: c.file },
        ...(guess && { hint: `did you mean \`${guess}\`?` }),
      });
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return contexts;
}

/** A class with sub-classes is to the law what its leaves are: how it splits into them is unknown. */
function itemsBelow(pack: Pack, id: string, items: ReadonlyMap<string, Item>, read: ItemReader): LawItem[] {
  const below = descendants(pack, id).flatMap((c) => (c.leaf ? lawItems(items.get(c.id), undefined, read) : []));
  return below.length === 0
    ? lawItems(undefined, undefined, read)
    : [...new Map(below.map((x) => [x.facts, x])).values()];
}

/** A class as the law sees it: its variants, or one item; without an item nothing is known of it. */
function lawItems(item: Item | undefined, only: readonly string[] | undefined, read: ItemReader): LawItem[] {
  if (!item) return [{ id: "", name: "", facts: NOTHING_KNOWN }];
  const own = read(item, item.facts, ["facts"]);
  const variants = item.variants.filter((v) => only === undefined || only.includes(v.id));
  if (variants.length === 0) return [{ id: "", name: "", facts: own }];
  return variants.map((v) => ({
    id: v.id,
    name: v.name,
    facts: read(item, { ...item.facts, ...v.facts }, ["variants", item.variants.indexOf(v), "facts"]),
    ...(v.share && { size: v.share }),
  }));
}
