import { cleanText } from "../clean-text.ts";

const MARKUP = Symbol("markup");

/** Markup that is safe to write as it is; only `html` and `rawMarkup` make it. */
export interface Html {
  readonly [MARKUP]: string;
}

/** What a template may hold: markup, text (escaped), or lists of both; null and false leave nothing. */
export type Part = Html | string | number | null | false | readonly Part[];

/** A template whose holes are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return rawMarkup(strings.reduce((text, s, i) => text + writePart(parts[i - 1] ?? null) + s));
}

/** Text that is markup already: style sheets and the finished page, never data. */
export function rawMarkup(markup: string): Html {
  return { [MARKUP]: markup };
}

/** The markup as a string. */
export function writeMarkup(h: Html): string {
  return h[MARKUP];
}

function writePart(part: Part): string {
  if (part === null || part === false) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeHtml(part);
  return isList(part) ? part.map(writePart).join("") : part[MARKUP];
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Data text for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (c) => ENTITIES[c]!);
}

/** Parts with a separator between them. */
export function joinParts(parts: readonly Part[], separator: Part): Part[] {
  return parts.flatMap((p, i) => (i === 0 ? [p] : [separator, p]));
}

/** A sentence whose `words in backticks` are set as code. */
export function prose(text: string): Part[] {
  return cleanText(text)
    .split(/(`[^`]*`)/)
    .map((piece) => (/^`[^`]*`$/.test(piece) ? html`<code>${piece.slice(1, -1)}</code>` : keepSpaces(piece)));
}

/** Text between two parts keeps the spaces at its ends. */
function keepSpaces(piece: string): Html {
  const space = (there: boolean) => (there ? " " : "");
  return html`${rawMarkup(space(piece.startsWith(" ")))}${piece}${rawMarkup(space(piece.length > 1 && piece.endsWith(" ")))}`;
}
