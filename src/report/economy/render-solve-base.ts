import pc from "picocolors";
import { parseState, stateName } from "../../domain/states.ts";
import type { NamedSolve, SolveRangeResult } from "../../economy/base-pack-result.ts";
import type { OutcomeRange } from "../../economy/elasticities.ts";
import { cleanText } from "../clean-text.ts";
import { drawTable } from "../terminal/table.ts";
import { paragraph } from "../terminal/text-layout.ts";
import { renderSolve, type SolvePageOptions } from "./render-solve.ts";

const PUBLISHED = "published sets of trade elasticities";

/** What a scenario does on a named base, as a page for a terminal, ending in a line break. */
export function renderNamedSolve(r: NamedSolve, options: SolvePageOptions): string {
  const width = Math.max(60, options.width);
  const { base } = r;
  const note = [
    ...base.assumptions.flatMap((text) => paragraph(`Assumed: ${text}`, width)),
    ...paragraph(`Licence: ${base.licence}.${base.notice ? ` ${base.notice}` : ""}`, width),
    "",
  ];
  const how =
    r.schema === "entente/solve@1" ? `trade elasticities of ${r.elasticities.title}` : `${r.sets.length} ${PUBLISHED}`;
  const head = [...paragraph(`${base.title}; ${how}`, width), ""];
  const page = r.schema === "entente/solve@1" ? renderSolve(r, options).trimEnd().split("\n") : rangePage(r, options);
  return [...head, ...page, ...note].join("\n");
}

function rangePage(r: SolveRangeResult, options: SolvePageOptions): string[] {
  const width = Math.max(60, options.width);
  const colours = pc.createColors(options.colour);
  const failed = r.sets.filter((set) => set.termination !== "converged");
  const sets = r.sets.map((set) => `${set.id}: ${set.title}`).join("; ");
  if (failed.length > 0) {
    const ids = failed.map((set) => set.id).join(", ");
    return [...paragraph(`${colours.bold("NO EQUILIBRIUM FOUND")} with ${ids}. No range is given.`, width), ""];
  }
  const drawn = r.bootstrap;
  return [
    `Change against the solved base, in per cent: lowest to highest over the ${PUBLISHED}`,
    "",
    ...rangeTable(r.ranges, { width, colours }),
    "",
    ...(drawn ? bandPart(drawn, { width, colours }) : []),
    ...paragraph(`Sets: ${sets}.`, width),
    ...paragraph(`Not modelled: ${r.notModelled.join("; ")}.`, width),
  ];
}

type Drawn = NonNullable<SolveRangeResult["bootstrap"]>;
interface Style {
  readonly width: number;
  readonly colours: ReturnType<typeof pc.createColors>;
}

function bandPart({ draws, seed, failed, bands }: Drawn, style: Style): string[] {
  if (failed > 0)
    return [...paragraph(`${failed} of ${draws} draws found no equilibrium: no bands are given.`, style.width), ""];
  return [
    `From the 5th to the 95th of a hundred over ${draws} draws (seed ${seed})`,
    "",
    ...rangeTable(bands, style),
    "",
  ];
}

function rangeTable(ranges: readonly OutcomeRange[], { width, colours }: Style): string[] {
  return drawTable(
    {
      columns: [
        { title: "per cent", wrapFrom: 14 },
        { title: "real wage", align: "right", wrapFrom: 10 },
        { title: "welfare, exact", align: "right", wrapFrom: 10 },
        { title: "welfare, linear", align: "right", wrapFrom: 10 },
      ],
      rows: ranges.map((c) => [
        nameOf(c.id),
        between(c.realWage, 1),
        between(c.welfareExact, 1),
        between(c.welfareLinear, 0),
      ]),
    },
    { width, colours, all: true },
  );
}

function nameOf(id: string): string {
  const state = parseState(id);
  return cleanText(state === undefined ? id : `${id} ${stateName(state)}`);
}

function between({ low, high }: { readonly low: number; readonly high: number }, of: number): string {
  return `${perCent(low - of)} to ${perCent(high - of)}`;
}

function perCent(fraction: number): string {
  const text = (100 * fraction).toFixed(3);
  return /^-0\.0+$/.test(text) ? text.slice(1) : text;
}
