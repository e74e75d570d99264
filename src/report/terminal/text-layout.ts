import { cleanText } from "../clean-text.ts";

let segmenter: Intl.Segmenter | undefined;
/** Texts of which each character stands for itself and is one column wide: Latin letters, dashes, lines and blocks. */
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2500-\u25a9]*$/;
/** Characters that terminals show two columns wide: East Asian wide and full-width forms, and emoji. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\u200c\u200d]/u;

function graphemeWidth(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

function graphemes(text: string): string[] {
  if (PLAIN.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (s) => s.segment);
}

/** Columns that plain text (no escape sequences) takes on a terminal. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return graphemes(text).reduce((sum, g) => sum + graphemeWidth(g), 0);
}

/** Text filled with spaces to `width` columns; longer text stays as it is. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + fill : fill + text;
}

/**
 * Data text cleaned and broken into lines of at most `width` columns (the first of `firstWidth`), at spaces where possible; at least
 * one line.
 */
export function wrap(text: string, width: number, firstWidth = width): string[] {
  const lines: string[] = [];
  const room = () => (lines.length === 0 ? firstWidth : width);
  let line = "";
  for (const word of cleanText(text).split(/ +/)) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (displayWidth(joined) <= room()) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = hardBreak(word, room(), width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1)!;
  }
  return [...lines, line];
}

/** A word that is too long for a line, cut after a slash or hyphen near the end of the line, else between graphemes. */
function hardBreak(word: string, firstWidth: number, width: number): string[] {
  const pieces: string[] = [""];
  for (const g of graphemes(word)) {
    const last = pieces.at(-1)!;
    const room = pieces.length === 1 ? firstWidth : width;
    if (last === "" || displayWidth(last) + graphemeWidth(g) <= room) {
      pieces[pieces.length - 1] = last + g;
      continue;
    }
    const cut = Math.max(last.lastIndexOf("/"), last.lastIndexOf("-")) + 1;
    const keep = cut > last.length / 2 ? cut : last.length;
    pieces[pieces.length - 1] = last.slice(0, keep);
    pieces.push(last.slice(keep) + g);
  }
  return pieces;
}

/** Pieces set side by side, `gap` columns apart, in lines of at most `width` columns; a piece that is too long is broken. */
export function flow(pieces: readonly string[], width: number, { gap = 2, indent = "" } = {}): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const joined = last === undefined ? undefined : last + " ".repeat(gap) + cleanText(piece);
    if (joined !== undefined && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...wrap(piece, width - indent.length).map((l) => indent + l));
  }
  return lines;
}

/** A paragraph whose first line starts with `first` and whose others are indented by `indent` columns. */
export function paragraph(text: string, width: number, first = "", indent = displayWidth(first)): string[] {
  const margin = " ".repeat(indent);
  return wrap(text, width - Math.max(indent, displayWidth(first))).map((l, i) => (i === 0 ? first : margin) + l);
}
