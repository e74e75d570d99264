import pc from "picocolors";
import { longDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import type { Gap, GapsResult } from "../../law/gaps/gaps-result.ts";
import { cleanText } from "../clean-text.ts";
import { count } from "../format.ts";
import { flow, paragraph } from "../terminal/text-layout.ts";
import { groupsByWeight, type Hole, type HoleGroup, holesOf } from "./gap-holes.ts";
import { clauseWords, detailWords, GAP_KIND_WORDS, regionWords, shortWords } from "./gap-words.ts";

const LEAST = 50;
const MOST = 120;
/** Holes of one group that are shown unless all are asked for, groups, and classes of one group. */
const HOLES_SHOWN = 4;
const GROUPS_SHOWN = 24;
const CLASSES_SHOWN = 8;

export interface GapsPageOptions {
  readonly width: number;
  readonly colour: boolean;
  /** Every region, and those that are undetermined. */
  readonly all: boolean;
}

/** Gaps as a page for a terminal: each hole once, with the classes in which it is the same; control first, know-how last. */
export function renderGapsTerminal(r: GapsResult, { width: asked, colour, all }: GapsPageOptions): string {
  const width = Math.min(MOST, Math.max(LEAST, asked));
  const { bold, dim } = pc.createColors(colour);
  const [first, ...rest] = flow(
    ["Entente", "gaps between laws", r.between.join(" "), `goods to ${stateName(r.target)}`, longDate(r.asOf)],
    width,
    { gap: 3 },
  );
  const groups = groupsByWeight(holesOf(all ? [...r.gaps, ...r.undetermined] : r.gaps));
  const shown = all ? groups : groups.slice(0, GROUPS_SHOWN);
  const sections = [
    [bold(first!), ...rest],
    summaryLines(r, width),
    ...shown.map((g) => groupLines(g, width, all, bold, dim)),
    moreLines(groups.length - shown.length, r, all, width),
    ["NOT MODELLED", ...r.notModelled.flatMap((n) => paragraph(n, width, "  ", 4))],
  ];
  return `${sections
    .filter((s) => s.length > 0)
    .map((s) => s.join("\n"))
    .join("\n\n")}\n`;
}

function summaryLines(r: GapsResult, width: number): string[] {
  const kinds = (Object.keys(GAP_KIND_WORDS) as Gap["kind"][]).filter((k) => (r.counts[k] ?? 0) > 0);
  const found = (gaps: readonly Gap[]) => `${count(holesOf(gaps).length, "hole")} (${count(gaps.length, "region")})`;
  const classes = `${r.classes.length} ${r.classes.length === 1 ? "class" : "classes"}`;
  return [
    ...paragraph(
      `${found(r.gaps)} in ${classes}. A hole is a region that is the same in several classes. For each class, transaction and pair of states the regions of a kind are disjoint and together complete.`,
      width,
    ),
    ...kinds.flatMap((k) => {
      const gaps = (k === "undetermined" ? r.undetermined : r.gaps).filter((g) => g.kind === k);
      return paragraph(`${k}: ${found(gaps)}: ${GAP_KIND_WORDS[k]}`, width, "  ", 4);
    }),
  ];
}

function groupLines(
  group: HoleGroup,
  width: number,
  all: boolean,
  bold: (text: string) => string,
  dim: (text: string) => string,
): string[] {
  const [{ gap: g, classes }] = group;
  const states = g.controlledBy.map((c) => c.state).join(", ");
  const against = g.notBy.join() === states ? "" : ` and not ${g.notBy.join(", ")}`;
  const goods = g.goods === "foreign" ? ", made abroad" : "";
  const what = classes.length === 1 ? classes[0]! : `in ${classes.length} classes`;
  const [head, ...rest] = paragraph(
    `${what}: ${states}${against} (${g.kind}, ${g.layer}, ${g.probe}${goods})`,
    width,
    "",
    2,
  );
  const shown = all ? group : group.slice(0, HOLES_SHOWN);
  const more = group.length - shown.length;
  return [
    bold(head!),
    ...rest.map(bold),
    ...(classes.length === 1 ? [] : paragraph(classWords(classes, all), width, "  in   ", 7)),
    ...paragraph(clauseWords(g), width, "  by   ", 7).map(dim),
    ...g.stopsShort.flatMap((s) => paragraph(`${s.state}: ${shortWords(s, g)}`, width, "  not  ", 7).map(dim)),
    ...shown.flatMap((h) => holeLines(h, width)),
    ...(more > 0 ? [`    and ${count(more, "hole")} more: --all shows them`] : []),
  ];
}

function classWords(classes: readonly string[], all: boolean): string {
  const shown = all || classes.length <= CLASSES_SHOWN + 1 ? classes : classes.slice(0, CLASSES_SHOWN);
  const more = classes.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} others` : ""}`;
}

function holeLines({ gap: g }: Hole, width: number): string[] {
  const detail = detailWords(g);
  return [
    ...paragraph(regionWords(g.region), width, "    ", 6),
    ...(detail === undefined ? [] : paragraph(detail, width, "      ", 8)),
    ...paragraph(`such as ${witnessWords(g)}`, width, "      ", 8),
  ];
}

/** The witness in the parameters of its region, all of it in the JSON. */
function witnessWords(g: Gap): string {
  const named = Object.entries(g.witness).filter(([name]) => name in g.region || name.startsWith("litho."));
  const shown = named.length > 0 ? named : [["any item of the class", undefined] as const];
  return shown
    .map(([name, v]) => (v === undefined ? name : `${name} ${cleanText(Array.isArray(v) ? v.join(" ") : String(v))}`))
    .join("; ");
}

function moreLines(groups: number, r: GapsResult, all: boolean, width: number): string[] {
  const hidden = all ? 0 : r.undetermined.length;
  return [
    ...(groups > 0
      ? paragraph(`${count(groups, "group")} more not shown: --class names a class, --all shows all`, width)
      : []),
    ...(hidden > 0
      ? paragraph(
          `${count(hidden, "undetermined region")} not shown, neither gaps nor controls: --all shows them`,
          width,
        )
      : []),
  ];
}
