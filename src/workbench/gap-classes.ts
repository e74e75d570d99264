import type { Case } from "../closure/case.ts";
import type { ClassContext } from "../closure/class-context.ts";
import type { IsoDate } from "../domain/dates.ts";
import { InputError, nearest, type Problem } from "../domain/errors.ts";
import type { Facts, FactValue } from "../law/condition.ts";
import type { GapClass } from "../law/gaps/gap.ts";
import { resolveClasses } from "../supply/class-tree.ts";
import { buildContexts } from "./contexts.ts";
import { hashText } from "./hash.ts";
import type { Library } from "./store.ts";

/** The classes that are compared, and the classes of packs that are of each kind. */
export interface GapClasses {
  readonly classes: readonly GapClass[];
  readonly packClasses: ReadonlyMap<string, readonly string[]>;
  readonly hash: string;
}

/**
 * The classes of these names: kinds of items (`epitaxy`, `chip`), or classes, groups or types of the case's packs with all that
 * the packs know of them; every kind where none is named. Throws InputError with every unknown name.
 */
export function readGapClasses(library: Library, base: Case, date: IsoDate, names?: readonly string[]): GapClasses {
  const { book } = library.book();
  const merged = library.merged(base.packs);
  const contexts = merged
    ? buildContexts(
        { ...base, asOf: date },
        book,
        merged,
        merged.pack.classes.filter((c) => c.leaf),
        [],
      )
    : [];
  const { kinds, packClasses } = kindsOf(contexts, book.facts.get("item.kind")?.values ?? []);
  const hash = merged?.hash ?? hashText("");
  if (names === undefined) return { classes: kinds, packClasses, hash };
  const problems: Problem[] = [];
  const byId = new Map(contexts.map((x) => [x.cls.id as string, x]));
  const chosen = names.flatMap((name): GapClass[] => {
    const kind = kinds.find((k) => k.id === name);
    if (kind) return [kind];
    try {
      const leaves = merged ? resolveClasses(merged.pack, [name]).filter((c) => c.leaf) : [];
      return leaves.map((c) => ({ id: c.id, item: commonFacts(byId.get(c.id)!) }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
    const known = [...kinds.map((k) => k.id), ...byId.keys()];
    const guess = nearest(name, known);
    const hint = guess ? `did you mean \`${guess}\`?` : `kinds: ${kinds.map((k) => k.id).join(", ")}`;
    problems.push({
      code: "unknown-class",
      message: `\`${name}\` is no kind, class or group`,
      hint,
      at: { file: "--class" },
    });
    return [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return { classes: [...new Map(chosen.map((c) => [c.id, c])).values()], packClasses, hash };
}

/** What holds of all variants of a class: what tells them apart is a parameter. */
function commonFacts({ items }: ClassContext): Facts {
  const [first, ...rest] = items.map((i) => i.facts);
  const same = (name: string, value: FactValue) => rest.every((f) => JSON.stringify(f[name]) === JSON.stringify(value));
  return Object.fromEntries(Object.entries(first ?? {}).filter(([name, value]) => same(name, value)));
}

/** The broad field of kinds that rules know and no class of the packs has; all others of them are tools for making chips. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ["mask-blank", "chip-material"],
  ["euv-pellicle", "chip-material"],
  ["computer", "other"],
  ...[
    "aluminium antimony bismuth cobalt copper fluorspar gallium germanium graphite-natural indium lithium magnesium",
    "manganese molybdenum nickel niobium platinum-group rare-earths rare-earth-magnets silicon tantalum tellurium tin",
    "titanium tungsten vanadium",
  ].flatMap((line) => line.split(" ").map((kind): [string, string] => [kind, "mineral"])),
]);

/** Kinds of items: those of the packs with their family, then those that only rules know. */
function kindsOf(
  contexts: readonly ClassContext[],
  declared: readonly string[],
): { readonly kinds: readonly GapClass[]; readonly packClasses: ReadonlyMap<string, readonly string[]> } {
  const pairs = contexts.flatMap((x) =>
    x.items.flatMap(({ facts }) => {
      const [family, kind] = [facts["item.family"], facts["item.kind"]];
      return typeof family === "string" && typeof kind === "string" ? [{ family, kind, cls: x.cls.id as string }] : [];
    }),
  );
  const kinds = new Map<string, GapClass>();
  const packClasses = new Map<string, string[]>();
  for (const { family, kind, cls } of pairs) {
    const families = new Set(pairs.filter((p) => p.kind === kind).map((p) => p.family));
    const id = kind === "other" ? family : families.size > 1 ? `${family}/${kind}` : kind;
    kinds.set(id, { id, item: { "item.family": family, "item.kind": kind } });
    const classes = packClasses.get(id) ?? [];
    packClasses.set(id, classes.includes(cls) ? classes : [...classes, cls]);
  }
  const covered = new Set(pairs.map((p) => p.kind));
  for (const kind of declared) {
    if (covered.has(kind)) continue;
    const family = FAMILIES.get(kind) ?? "chip-tool";
    kinds.set(kind, { id: kind, item: { "item.kind": kind, "item.family": family } });
  }
  return { kinds: [...kinds.values()], packClasses };
}
