import type { DeskEpisode, DeskResult } from "../../economy/desk.ts";
import type { EpisodeSeries, Phase } from "../../economy/episodes.ts";
import { cleanText } from "../clean-text.ts";
import { numberRange } from "../format.ts";
import type { PageStyle } from "../terminal/page-style.ts";
import { paragraph } from "../terminal/text-layout.ts";
import { digits, partyName } from "./desk-words.ts";

const PHASES: readonly Phase[] = ["before", "across", "during", "after"];
const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  before: "before",
  across: "begin or end",
  during: "during",
  after: "after",
};

/** Series of an episode that a page shows without `--all`. */
const SERIES = 4;

/** Past measures by the target, on the state or by it, and what trade did before and after. */
export function renderEpisodes(d: DeskResult, style: PageStyle): string[] {
  const heading = style.colours.bold("What happened before");
  const { state, target } = d.question;
  if (d.episodes.length === 0) {
    const text = `No episode is held with ${partyName(target)} or ${partyName(state)} as the one who acted, or with ${partyName(state)} as the one who was hit.`;
    return [heading, ...paragraph(text, style.width)];
  }
  return [heading, ...d.episodes.flatMap((e) => episode(e, style))];
}

function episode(e: DeskEpisode, style: PageStyle): string[] {
  const span = e.ended === null ? `since ${e.began}` : `${e.began} to ${e.ended}`;
  const on = e.hit === null ? "all buyers" : partyName(e.hit);
  const later = e.later ? "; after the day asked" : "";
  const series = seriesInOrder(e.series);
  const shown = style.all ? series : series.slice(0, SERIES);
  const rest = series.length - shown.length;
  const findings = style.all ? e.findings : [];
  return [
    ...paragraph(`${cleanText(e.title)}: ${partyName(e.sender)} on ${on}, ${span}${later}`, style.width, " "),
    ...paragraph(`${cleanText(e.what)} [${e.source}]`, style.width, "   "),
    ...(shown.length === 0 ? ["   Trade before and after: not known."] : shown.flatMap((s) => seriesLines(s, style))),
    ...findings.flatMap((f) =>
      paragraph(`${cleanText(`${f.metric}: ${f.text}`)} (${f.period}) [${f.source}]`, style.width, "   "),
    ),
    ...(rest > 0 ? [`   ${rest} more series with --all.`] : []),
  ];
}

/** Series that hold a before and a during first. */
function seriesInOrder(list: readonly EpisodeSeries[]): EpisodeSeries[] {
  const rank = (s: EpisodeSeries) => {
    if (s.change) return 0;
    return s.points.some((p) => p.phase === "before") && s.points.some((p) => p.phase === "during") ? 1 : 2;
  };
  return [...list].sort((a, b) => rank(a) - rank(b));
}

function seriesLines(s: EpisodeSeries, style: PageStyle): string[] {
  const flow = s.state !== undefined && s.partner !== undefined ? ` (${s.partner} to ${s.state})` : "";
  const phases = PHASES.flatMap((phase) => {
    const points = s.points.filter((p) => p.phase === phase);
    if (points.length === 0) return [];
    const words = points.map((p) => `${p.period} ${digits(p.value)}${p.kind === "reported" ? "" : ` ${p.kind}`}`);
    return [`${PHASE_WORDS[phase]} ${words.join(", ")}`];
  });
  const change = s.change
    ? `; ${numberRange({ low: s.change.ratio.low * 100, high: s.change.ratio.high * 100 })}% from ${s.change.from} to ${s.change.to}`
    : "";
  const sources = [...new Set(s.points.map((p) => p.source))].join(", ");
  return paragraph(
    `${cleanText(s.metric)}${flow}, ${s.unit}: ${phases.join("; ")}${change} [${sources}]`,
    style.width,
    "   ",
    5,
  );
}
