/** Terminal escape sequences: CSI, OSC and the other string sequences, and two-byte escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\-_a-z]?/g;
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Control characters, and invisible format characters (direction overrides) except the joiners that scripts need. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

/** Data text made safe to show: one line, without escape sequences, control or direction characters. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(ESCAPES, "").replace(BREAKS, " ").replace(INVISIBLE, "").trim();
}
