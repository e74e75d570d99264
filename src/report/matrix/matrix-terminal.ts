import pc from "picocolors";
import type { Matrix } from "../../closure/matrix.ts";
import { longDate } from "../../domain/dates.ts";
import { stateName } from "../../domain/states.ts";
import { cleanText } from "../clean-text.ts";
import { displayWidth, flow, pad, paragraph, wrap } from "../terminal/text-layout.ts";
import { EVIDENCE_MARKS } from "../words.ts";
import { cellMark, columnsOf, MARK_WORDS, type MatrixColumn, splitLayers } from "./matrix-marks.ts";

/** Names of rows get this much at most, and break beyond. */
const WIDEST = 40;
const LEAST = 50;
const MOST = 120;

/** The matrix as a page for a terminal: groups down, states across, one character for each layer; readable without colour. */
export function renderMatrixTerminal(m: Matrix, options: { readonly width: number; readonly colour: boolean }): string {
  const width = Math.min(MOST, Math.max(LEAST, options.width));
  const { bold, dim } = pc.createColors(options.colour);
  const columns = columnsOf(m);
  const { shown, open } = splitLayers(m);
  const layers = shown.map((l) => l.layer);
  const head = flow(
    ["Entente", "what each layer of law does", `goods to ${stateName(m.target)}`, longDate(m.asOf)],
    width,
    {
      gap: 3,
    },
  );
  const sections = [
    [bold(head[0]!), ...head.slice(1)],
    ...(shown.length > 0
      ? banks(m, columns, layers, width).map((lines) => lines.map((l, i) => (i < 2 ? dim(l) : l)))
      : []),
    sameAs(columns, width),
    layerLines(shown, open, width),
    ["MARKS", ...MARK_WORDS.flatMap(([mark, words]) => paragraph(words, width, `  ${pad(mark, 6)} `))],
    ruleLines(m, columns, layers, width),
    ["NOT MODELLED", ...m.notModelled.flatMap((n) => paragraph(n, width, "  ", 4))],
  ];
  return `${sections
    .filter((s) => s.length > 0)
    .map((s) => s.join("\n"))
    .join("\n\n")}\n`;
}

/** As many states side by side as fit, then the next ones below. */
function banks(m: Matrix, columns: readonly MatrixColumn[], layers: readonly string[], width: number): string[][] {
  const label = Math.min(WIDEST, Math.max(14, ...m.groups.map(displayWidth))) + 2;
  const block = Math.max(3, layers.length) + 1;
  const most = Math.max(1, Math.floor((width - label) / block));
  const out: string[][] = [];
  for (let i = 0; i < columns.length; i += most) {
    const bank = columns.slice(i, i + most);
    const line = (name: string, cells: readonly string[]) =>
      `${pad(name, label)}${cells.map((c) => pad(c, block)).join("")}`.trimEnd();
    const digits = layers.map((_, k) => String(k + 1)).join("");
    out.push([
      line(
        "",
        bank.map((c) => (c.also.length > 0 && layers.length > 3 ? `${c.state}*` : c.state)),
      ),
      line(
        "layer",
        bank.map(() => digits),
      ),
      ...m.groups.flatMap((group) => {
        const marks = bank.map((c) => layers.map((layer) => cellMark(c.cell(group, layer))).join(""));
        const [first, ...rest] = wrap(group, label - 2);
        return [line(first!, marks), ...rest.map((l) => `  ${l}`)];
      }),
    ]);
  }
  return out;
}

function sameAs(columns: readonly MatrixColumn[], width: number): string[] {
  return columns
    .filter((c) => c.also.length > 0)
    .flatMap((c) => paragraph(`${c.also.join(" ")} read the same in every cell`, width, `* ${c.state}: `, 4));
}

function layerLines(shown: Matrix["layers"], open: Matrix["layers"], width: number): string[] {
  const goods = (l: Matrix["layers"][number]) =>
    l.goods === "own" ? "the state's own goods" : "goods made in a third state";
  return [
    "LAYERS",
    ...shown.flatMap((l, i) => paragraph(`${l.layer}: ${goods(l)} to: ${l.title} (${l.probe})`, width, `  ${i + 1} `)),
    ...(open.length > 0
      ? paragraph(`${open.map((l) => l.layer).join(", ")}: no rule of this layer requires anything here`, width, "  - ")
      : []),
  ];
}

/** The rules behind the certain cells, by state and layer. */
function ruleLines(m: Matrix, columns: readonly MatrixColumn[], layers: readonly string[], width: number): string[] {
  const lines = columns.flatMap((c) =>
    layers.flatMap((layer, k) => {
      const cites = m.groups
        .map((g) => c.cell(g, layer))
        .filter((cell) => cell.some !== "open")
        .flatMap((cell) => cell.cites);
      const marked = new Map(cites.map((x) => [x.rule, `${cleanText(x.rule)}${EVIDENCE_MARKS[x.evidence]}`]));
      if (marked.size === 0) return [];
      return paragraph([...marked.values()].sort().join(", "), width, `  ${c.state} ${k + 1}  `);
    }),
  );
  return lines.length === 0 ? [] : ["RULES BEHIND THEM († secondary source, ‡ text not read)", ...lines];
}
