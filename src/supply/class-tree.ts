import { InputError, nearest, type Problem } from "../domain/errors.ts";
import type { ClassId, Goal, Pack, TechnologyClass } from "./pack.ts";

type Tree = Pick<Pack, "classes">;

/** Classes without sub-classes, in the order of the pack: counts, n-of-m and goals use these. */
export function leaves(pack: Tree): TechnologyClass[] {
  return pack.classes.filter((c) => c.leaf);
}

/** Every class below `id`, in the order of the pack; empty for a leaf. */
export function descendants(pack: Tree, id: ClassId): TechnologyClass[] {
  const below = new Set([id]);
  // Parents may stand after their children, so go on until nothing new is found.
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const c of pack.classes) if (c.parent !== undefined && below.has(c.parent)) below.add(c.id);
  }
  return pack.classes.filter((c) => c.id !== id && below.has(c.id));
}

/** Classes of a group, parents for display included, in the order of the pack. */
export function classesOfGroup(pack: Tree, group: string): TechnologyClass[] {
  return pack.classes.filter((c) => c.group === group);
}

/**
 * What `--classes ID|GROUP|TYPE,...` means: a group or a type (`tool`, `mineral`) stands for its classes, a class for
 * itself and all below it. In the order of the pack, each once. Throws InputError with every unknown name and the nearest known one.
 */
export function resolveClasses(pack: Tree, names: readonly string[]): TechnologyClass[] {
  const ids = new Set(pack.classes.map((c) => c.id));
  const groups = new Set<string>(pack.classes.flatMap((c) => [c.group, c.type]));
  const problems: Problem[] = [];
  const chosen = new Set<TechnologyClass>();
  for (const name of names) {
    if (!ids.has(name) && !groups.has(name)) {
      const meant = nearest(name, [...ids, ...groups]);
      const hint = meant ? `did you mean \`${meant}\`?` : `groups are ${[...groups].sort().join(", ")}`;
      problems.push({ code: "unknown-class", message: `\`${name}\` is no class or group`, hint });
    }
    const below = new Set(descendants(pack, name).map((c) => c.id));
    for (const c of pack.classes) {
      if (c.id === name || below.has(c.id) || c.group === name || c.type === name) chosen.add(c);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return pack.classes.filter((c) => chosen.has(c));
}

/** The goal of that id. Throws InputError with the nearest known one. */
export function resolveGoal(pack: Pick<Pack, "goals">, id: string): Goal {
  const found = pack.goals.find((g) => g.id === id);
  if (found) return found;
  const known = pack.goals.map((g) => g.id);
  const meant = nearest(id, known);
  const hint = meant ? `did you mean \`${meant}\`?` : `goals are ${known.join(", ") || "not there"}`;
  throw new InputError([{ code: "unknown-name", message: `\`${id}\` is no goal of the loaded packs`, hint }]);
}

/** Every class that a goal names, each once, in the order of its steps. */
export function classesOfGoal(goal: Goal): ClassId[] {
  return [...new Set(goal.needs.flatMap((need) => need.any.flatMap((alternative) => alternative.classes)))];
}
