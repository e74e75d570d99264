import pc from "picocolors";
import { parseState, stateName } from "../../domain/states.ts";
import type { SolveResult } from "../../economy/solve.ts";
import { cleanText } from "../clean-text.ts";
import { drawTable } from "../terminal/table.ts";
import { paragraph } from "../terminal/text-layout.ts";

/** How wide, and whether in colour. */
export interface SolvePageOptions {
  readonly width: number;
  readonly colour: boolean;
}

/** What a scenario does to each country, as a page for a terminal, ending in a line break. */
export function renderSolve(r: SolveResult, options: SolvePageOptions): string {
  const style = { width: Math.max(60, options.width), colours: pc.createColors(options.colour), all: true };
  const { bold } = style.colours;
  const how = `${r.iterations} steps, largest imbalance of trade ${r.residual.toExponential(1)} of value added`;
  if (r.termination !== "converged") {
    const reached = r.termination === "diverged" ? "the iteration left all bounds" : "the limit of steps was reached";
    return [
      ...paragraph(`${bold("NO EQUILIBRIUM FOUND")}: ${reached} (${how}). No figures are given.`, style.width),
      "",
    ].join("\n");
  }
  const table = drawTable(
    {
      columns: [
        { title: "per cent", wrapFrom: 14 },
        { title: "real wage", align: "right" },
        { title: "welfare, exact", align: "right", wrapFrom: 8 },
        { title: "welfare, linear", align: "right", wrapFrom: 8 },
        { title: "terms of trade", align: "right", wrapFrom: 8 },
        { title: "volume of trade", align: "right", wrapFrom: 8 },
        { title: "wage", align: "right" },
        { title: "prices", align: "right" },
      ],
      rows: r.countries.map((c) => [
        nameOf(c.id),
        ...[
          c.realWage - 1,
          c.welfareExact - 1,
          c.welfareLinear,
          c.termsOfTrade,
          c.volumeOfTrade,
          c.wage - 1,
          c.price - 1,
        ].map(perCent),
      ]),
    },
    style,
  );
  return [
    `Change against the solved base; ${how}`,
    "",
    ...table,
    "",
    ...paragraph(
      "real wage: wage over prices. Welfare, exact: wages, tariff revenue and deficit over prices; linear: terms and volume of trade at base flows (Caliendo and Parro 2015).",
      style.width,
    ),
    ...paragraph(`Not modelled: ${r.notModelled.join("; ")}.`, style.width),
    "",
  ].join("\n");
}

function nameOf(id: string): string {
  const state = parseState(id);
  return cleanText(state === undefined ? id : `${id} ${stateName(state)}`);
}

function perCent(fraction: number): string {
  const text = (100 * fraction).toFixed(3);
  return /^-0\.0+$/.test(text) ? text.slice(1) : text;
}
