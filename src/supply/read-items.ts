import type * as z from "zod";
import { nearest, type Problem } from "../domain/errors.ts";
import { exact, type Range, round } from "../domain/ranges.ts";
import { parseShaped, type Shape } from "../input/shape.ts";
import type { TextFile } from "../input/text-file.ts";
import { type Path, placeOf } from "../input/yaml-file.ts";
import type { Goal, Item, TechnologyClass, Variant } from "./pack.ts";
import type { itemsSchema } from "./pack-schema.ts";
import { GOAL, ITEMS } from "./pack-shapes.ts";
import type { KnownClasses } from "./read-classes.ts";
import type { Reading } from "./table-reader.ts";

type RawItem = z.infer<typeof itemsSchema>["items"][number];
type RawVariant = NonNullable<RawItem["variants"]>[number];

/** `items.yaml`: facts, product codes and variants of classes. */
export function readItems(file: TextFile, reading: Reading, known: KnownClasses): Item[] {
  const raw = load(file, reading, ITEMS);
  const items: Item[] = [];
  const seen = new Set<string>();
  (raw?.items ?? []).forEach((item, i) => {
    if (seen.has(item.class)) {
      const message = `class \`${item.class}\` stands twice`;
      reading.problems.push({
        code: "duplicate-id",
        message,
        at: placeOf(file, ["items", i, "class"]),
        hint: "one item for a class",
      });
    }
    seen.add(item.class);
    checkSource(item.source, file, ["items", i, "source"], reading);
    const kept = checkClass(item.class, file, ["items", i, "class"], reading, known);
    const variants = (item.variants ?? []).map((v, j) => variant(v, item, file, ["items", i, "variants", j], reading));
    if (!kept) return;
    items.push({
      class: item.class,
      hs6: item.hs6 ?? [],
      facts: item.facts,
      evidence: item.evidence ?? {},
      source: item.source,
      variants,
      pack: reading.pack,
      file: file.path,
    });
  });
  return items;
}

function variant(raw: RawVariant, item: RawItem, file: TextFile, path: Path, reading: Reading): Variant {
  if (item.variants?.find((v) => v.id === raw.id) !== raw) {
    const message = `variant \`${raw.id}\` of \`${item.class}\` stands twice`;
    reading.problems.push({
      code: "duplicate-id",
      message,
      at: placeOf(file, [...path, "id"]),
      hint: "ids are unique in a class",
    });
  }
  const share = raw.share === undefined ? undefined : shareOf(raw.share);
  if (share && share.low > share.high) {
    const message = `low of variant \`${raw.id}\` is above high`;
    reading.problems.push({ code: "bad-value", message, at: placeOf(file, [...path, "share"]), hint: "swap them" });
  }
  return { id: raw.id, name: raw.name, facts: raw.facts, ...(share ? { share } : {}) };
}

function shareOf(percent: number | Range): Range {
  if (typeof percent === "number") return exact(round(percent / 100));
  return { low: round(percent.low / 100), high: round(percent.high / 100) };
}

/** `goals/<name>.yaml`: an AND/OR file over leaf classes; its id is the file's name. */
export function readGoal(
  file: TextFile,
  reading: Reading,
  known: KnownClasses,
  classes: ReadonlyMap<string, TechnologyClass>,
): Goal | undefined {
  const raw = load(file, reading, GOAL);
  if (!raw) return undefined;
  raw.needs.forEach((need, i) => {
    checkSource(need.source, file, ["needs", i, "source"], reading);
    need.any.forEach((alternative, j) => {
      const path = ["needs", i, "any", j];
      if (alternative.source !== undefined) checkSource(alternative.source, file, [...path, "source"], reading);
      if (alternative.penalty !== undefined && alternative.source === undefined) {
        const at = placeOf(file, [...path, "penalty"]);
        reading.problems.push({
          code: "missing-source",
          message: "a penalty without a source",
          at,
          hint: "give `source`",
        });
      }
      alternative.classes.forEach((id, k) => {
        const at: Path = [...path, "classes", k];
        if (!checkClass(id, file, at, reading, known) || (classes.get(id)?.leaf ?? true)) return;
        const hint = "goals use leaf classes: name its types";
        reading.problems.push({ code: "bad-value", message: `\`${id}\` has sub-classes`, at: placeOf(file, at), hint });
      });
    });
  });
  const id = file.path.replace(/^.*\//, "").replace(/\.yaml$/, "");
  return {
    id,
    title: raw.title,
    product: raw.product,
    ...(raw.probe !== undefined && { probe: raw.probe }),
    needs: raw.needs as Goal["needs"],
    pack: reading.pack,
  };
}

function load<T>(file: TextFile, reading: Reading, shape: Shape<T>): T | undefined {
  const parsed = parseShaped(file, shape);
  if (parsed.ok) return parsed.value;
  reading.problems.push(...parsed.problems);
  return undefined;
}

function checkSource(id: string, file: TextFile, path: Path, { sources, problems }: Reading): void {
  if (sources.has(id)) return;
  const meant = nearest(id, sources.keys());
  const hint = meant ? `did you mean \`${meant}\`?` : "add it to `sources` in pack.yaml";
  problems.push({
    code: "unknown-source",
    message: `\`${id}\` is no source of this pack`,
    at: placeOf(file, path),
    hint,
  });
}

/** Faults, or warnings when class rows are lost. */
function checkClass(id: string, file: TextFile, path: Path, reading: Reading, known: KnownClasses): boolean {
  if (known.ids.has(id) || known.open) return true;
  const problem: Problem = {
    code: "unknown-class",
    message: `\`${id}\` is no class of this pack`,
    at: placeOf(file, path),
  };
  const meant = nearest(id, known.ids);
  if (known.complete)
    reading.problems.push({ ...problem, hint: meant ? `did you mean \`${meant}\`?` : "see classes.csv" });
  else reading.warnings.push({ ...problem, hint: "classes.csv holds fewer rows than pack.yaml states" });
  return false;
}
