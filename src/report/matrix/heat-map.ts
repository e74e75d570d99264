import type { Matrix, MatrixCell } from "../../closure/matrix.ts";
import { stateName } from "../../domain/states.ts";
import type { Grade, Layer } from "../../domain/verdicts.ts";
import { type Html, html } from "../html/markup.ts";
import { GRADE_WORDS } from "../words.ts";
import { cellMark, isPartial, type MatrixColumn, shownGrade } from "./matrix-marks.ts";

/** Room for the names of rows: so much at least, and so much a character. */
const LEAST_LABEL = 150;
const CHARACTER = 7.4;
const HEAD = 40;
const ROW = 28;
const GAP = 3;
/** Columns are as wide as the page allows, within these. */
const NARROW = 34;
const WIDE = 76;
const PAGE = 960;

const FILL: Readonly<Record<Grade, string>> = {
  closed: "law",
  "closed-in-practice": "practice",
  gated: "licence",
  undetermined: "undetermined",
  open: "",
};

/** One layer as a grid: groups down, states across. Fill and letter say the same, so that neither colour nor sight of it is needed. */
export function heatMap(m: Matrix, columns: readonly MatrixColumn[], layer: Layer): Html {
  const label = Math.ceil(Math.max(LEAST_LABEL, ...m.groups.map((g) => g.length * CHARACTER + 12)));
  const step = Math.max(NARROW, Math.min(WIDE, Math.floor((PAGE - label) / columns.length)));
  const width = label + step * columns.length;
  const height = HEAD + ROW * m.groups.length;
  const heads = columns.map((c, i) => {
    const x = label + i * step + (step - GAP) / 2;
    const more =
      c.also.length > 0 && html`<text class="more" x="${x}" y="30" text-anchor="middle">+ ${c.also.length}</text>`;
    return html`<text class="state" x="${x}" y="16" text-anchor="middle">${c.state}</text>${more}`;
  });
  const rows = m.groups.map((group, k) => {
    const y = HEAD + k * ROW;
    const cells = columns.map((c, i) => square(c.cell(group, layer), label + i * step, y, step - GAP));
    return html`<text class="group" x="0" y="${y + 17}">${group}</text>${cells}`;
  });
  return html`<div class="scroll"><svg class="heat" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="${layer}: groups of items by state">${heads}${rows}</svg></div>`;
}

/** Where the details of a cell stand on the page. */
export function cellAnchor(c: Pick<MatrixCell, "group" | "state" | "layer">): string {
  return `${c.layer}-${c.state}-${c.group}`.toLowerCase();
}

/** A cell in words. */
export function cellWords(c: MatrixCell): string {
  const shown = shownGrade(c);
  const count = c.items.filter((i) => i.grade === shown).length;
  if (isPartial(c)) return `${GRADE_WORDS[shown]} for ${count} of ${c.itemCount} items`;
  return shown === "open" || c.itemCount === 1 ? GRADE_WORDS[shown] : `${GRADE_WORDS[shown]} (${c.itemCount} items)`;
}

const SAMPLES: Readonly<Record<string, { readonly grade: Grade; readonly partial: boolean }>> = {
  C: { grade: "closed", partial: false },
  P: { grade: "closed-in-practice", partial: false },
  L: { grade: "gated", partial: false },
  "?": { grade: "undetermined", partial: false },
  "·": { grade: "open", partial: false },
  "c p l": { grade: "gated", partial: true },
};

/** A cell of the legend with this mark. */
export function sampleCell(mark: string): Html {
  const { grade, partial } = SAMPLES[mark]!;
  const box: Box = { x: 1, y: 1, width: 44, height: ROW - GAP };
  return html`<svg class="heat sample" width="46" height="27" aria-hidden="true" focusable="false">${picture(grade, partial, mark.at(-1)!, box)}</svg><span class="hidden">${mark}:</span>`;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A grade that only some items have fills the lower half. */
function picture(grade: Grade, partial: boolean, mark: string, { x, y, width, height }: Box): Html {
  const middle = x + width / 2;
  const top = partial ? y + height / 2 : y;
  const fill =
    grade !== "open" &&
    html`<rect class="${FILL[grade]}" x="${x}" y="${top}" width="${width}" height="${y + height - top}"/>`;
  const plain = grade === "closed" && !partial;
  const behind =
    grade !== "open" &&
    !plain &&
    html`<rect class="letter-back" x="${middle - 8}" y="${y + 4}" width="16" height="${height - 8}" rx="3"/>`;
  const tone = plain ? "on-law" : grade === "open" ? "none" : "";
  return html`<rect class="back" x="${x}" y="${y}" width="${width}" height="${height}"/>${fill}${behind}<rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}"/><text class="letter ${tone}" x="${middle}" y="${y + 17}">${mark}</text>`;
}

function square(c: MatrixCell, x: number, y: number, width: number): Html {
  const grade = shownGrade(c);
  const drawn = picture(grade, isPartial(c), cellMark(c), { x, y, width, height: ROW - GAP });
  const label = `${stateName(c.state)}, ${c.group}: ${cellWords(c)}`;
  if (grade === "open") return html`<g><title>${label}</title>${drawn}</g>`;
  return html`<a href="#${cellAnchor(c)}" aria-label="${label}"><title>${label}</title>${drawn}</a>`;
}
