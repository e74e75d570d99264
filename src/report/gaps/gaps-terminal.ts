import pc from "picocolors";
import { longDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import type { Gap, GapsResult } from "../../law/gaps/gaps-result.ts";
import { cleanText } from "../clean-text.ts";
import { count } from "../format.ts";
import { flow, paragraph } from "../terminal/text-layout.ts";
import { clauseWords, detailWords, GAP_KIND_WORDS, regionWords, shortWords } from "./gap-words.ts";

const LEAST = 50;
const MOST = 120;
/** Regions of one group that are shown unless all are asked for, and groups. */
const REGIONS_SHOWN = 4;
const GROUPS_SHOWN = 24;

export interface GapsPageOptions {
  readonly width: number;
  readonly colour: boolean;
  /** Every region, and those that are undetermined. */
  readonly all: boolean;
}

/** Gaps as a page for a terminal: by class, transaction, controlling rule and states that stop short. */
export function renderGapsTerminal(r: GapsResult, { width: asked, colour, all }: GapsPageOptions): string {
  const width = Math.min(MOST, Math.max(LEAST, asked));
  const { bold, dim } = pc.createColors(colour);
  const [first, ...rest] = flow(
    ["Entente", "gaps between laws", r.between.join(" "), `goods to ${stateName(r.target)}`, longDate(r.asOf)],
    width,
    { gap: 3 },
  );
  const groups = [...groupsOf(all ? [...r.gaps, ...r.undetermined] : r.gaps).values()];
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
  const classes = `${r.classes.length} ${r.classes.length === 1 ? "class" : "classes"}`;
  return [
    ...paragraph(
      `${count(r.gaps.length, "region")} in ${classes}. For each class, transaction and pair of states the regions of a kind are disjoint and together complete.`,
      width,
    ),
    ...kinds.flatMap((k) => paragraph(`${r.counts[k]} ${k}: ${GAP_KIND_WORDS[k]}`, width, "  ", 4)),
  ];
}

/** Gaps that one rule makes in one transaction against the same states. */
function groupsOf(gaps: readonly Gap[]): Map<string, Gap[]> {
  const groups = new Map<string, Gap[]>();
  for (const g of gaps) {
    const key = [g.class, g.kind, g.probe, g.controlledBy.map((c) => c.rule).join(), g.notBy.join()].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), g]);
  }
  return groups;
}

function groupLines(
  gaps: readonly Gap[],
  width: number,
  all: boolean,
  bold: (text: string) => string,
  dim: (text: string) => string,
): string[] {
  const [first] = gaps;
  const g = first!;
  const states = g.controlledBy.map((c) => c.state).join(", ");
  const against = g.notBy.join() === states ? "" : ` and not ${g.notBy.join(", ")}`;
  const [head, ...rest] = paragraph(
    `${g.class}: ${states}${against} (${g.kind}, ${g.layer}, ${g.probe})`,
    width,
    "",
    2,
  );
  const shown = all ? gaps : gaps.slice(0, REGIONS_SHOWN);
  const more = gaps.length - shown.length;
  return [
    bold(head!),
    ...rest,
    ...paragraph(clauseWords(g), width, "  by   ").map(dim),
    ...g.stopsShort.flatMap((s) => paragraph(`${s.state}: ${shortWords(s, g)}`, width, "  not  ").map(dim)),
    ...shown.flatMap((x) => regionLines(x, width)),
    ...(more > 0 ? [`    and ${count(more, "region")} more: --all shows them`] : []),
  ];
}

function regionLines(g: Gap, width: number): string[] {
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
