import type { Coverage } from "../../closure/assessment.ts";
import type { Range } from "../../domain/ranges.ts";
import { NOT_KNOWN, percentText } from "../format.ts";
import { type Html, html } from "./markup.ts";

const LANES = [
  { part: "closed", name: "law", y: 3 },
  { part: "closedOrPractice", name: "practice", y: 11 },
  { part: "controlled", name: "licence", y: 19 },
] as const;
const LANE_HEIGHT = 6;
const HEIGHT = 28;
const GRID = [0, 25, 50, 75, 100];

/** The fills that charts of the page share, once a page. Patterns differ without colour. */
export function chartDefinitions(): Html {
  return html`<svg class="definitions" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="fill-practice" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-back" width="5" height="5"/><rect class="hatch-line" width="2.6" height="5"/></pattern>
<pattern id="fill-licence" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="hatch-back" width="4" height="4"/><circle class="hatch-line" cx="2" cy="2" r="1"/></pattern>
</defs></svg>`;
}

/**
 * One class as three lanes on an axis from 0 to 100 %: by law, with practice, controlled. The block is the low bound, the line with
 * its cap runs to the high bound; the band behind is what members supply. Positions are per cent, so that text keeps its size.
 */
export function coverageBar(coverage: Coverage, members: Range, threshold: number, known = true): Html {
  const words = (r: Range) => (known ? percentText(r, { threshold }) : NOT_KNOWN);
  const label = [
    `by law ${words(coverage.closed)}`,
    `with practice ${words(coverage.closedOrPractice)}`,
    `controlled ${words(coverage.controlled)}`,
    `members supply ${words(members)}`,
  ].join(", ");
  return html`<svg class="bar" width="100%" height="${HEIGHT}" role="img" aria-label="${label}">${band(members)}${gridLines(threshold)}${LANES.map(
    ({ part, name, y }) => lane(coverage[part], name, y),
  )}</svg>`;
}

function per(share: number): string {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 10000) / 100}%`;
}

function band({ low, high }: Range): Html {
  const certain = low > 0 && html`<rect class="members" x="0" y="0" width="${per(low)}" height="${HEIGHT}"/>`;
  const range =
    high > low &&
    html`<rect class="members-range" x="${per(low)}" y="0" width="${per(high - low)}" height="${HEIGHT}"/>`;
  const edge = high > 0 && html`<line class="members-edge" x1="${per(high)}" x2="${per(high)}" y1="0" y2="${HEIGHT}"/>`;
  return html`${certain}${range}${edge}`;
}

function gridLines(threshold: number): Html {
  const lines = GRID.map((x) => html`<line class="grid" x1="${x}%" x2="${x}%" y1="0" y2="${HEIGHT}"/>`);
  return html`${lines}<line class="threshold" x1="${per(threshold)}" x2="${per(threshold)}" y1="0" y2="${HEIGHT}"/>`;
}

function lane({ low, high }: Range, name: string, y: number): Html {
  const middle = y + LANE_HEIGHT / 2;
  const block = low > 0 && html`<rect class="${name}" x="0" y="${y}" width="${per(low)}" height="${LANE_HEIGHT}"/>`;
  const whisker =
    high > low &&
    html`<line class="whisker" x1="${per(low)}" x2="${per(high)}" y1="${middle}" y2="${middle}"/><line class="whisker" x1="${per(high)}" x2="${per(high)}" y1="${y}" y2="${y + LANE_HEIGHT}"/>`;
  return html`${block}${whisker}`;
}

/** The axis above the bars, with the threshold marked. */
export function coverageAxis(threshold: number): Html {
  const marks = GRID.map((x) => {
    const anchor = x === 0 ? "start" : x === 100 ? "end" : "middle";
    const minor = x % 50 === 0 ? "" : "minor";
    return html`<text class="${minor}" x="${x}%" y="30" text-anchor="${anchor}">${x}%</text>`;
  });
  return html`<svg class="axis" width="100%" height="34" aria-hidden="true" focusable="false"><text class="threshold-label" x="${per(threshold)}" y="12" text-anchor="end">asked: ${per(threshold)}</text><line class="threshold" x1="${per(threshold)}" x2="${per(threshold)}" y1="2" y2="34"/>${marks}</svg>`;
}

/** What blocks, lines and bands mean, with a sample of each. */
export function coverageLegend(target: string): Html {
  const sample = (content: Html) =>
    html`<svg width="28" height="12" aria-hidden="true" focusable="false">${content}</svg>`;
  const block = (name: string) => sample(html`<rect class="${name}" x="0" y="3" width="28" height="6"/>`);
  const whisker = sample(
    html`<line class="whisker" x1="0" x2="27" y1="6" y2="6"/><line class="whisker" x1="27" x2="27" y1="2" y2="10"/>`,
  );
  const items: [Html, string][] = [
    [block("law"), "closed by law"],
    [block("practice"), "closed by law or refused in practice"],
    [block("licence"), "controlled: any licence needed"],
    [whisker, "up to the high bound"],
    [
      sample(html`<rect class="members" x="0" y="0" width="28" height="12"/>`),
      "members supply it: what they could close",
    ],
    [sample(html`<line class="threshold" x1="14" x2="14" y1="0" y2="12"/>`), "the share asked for"],
  ];
  return html`<ul class="legend">${items.map(([picture, words]) => html`<li>${picture} ${words}</li>`)}<li>per cent of the supply outside ${target}</li></ul>`;
}

/** A bar for one share in a table. */
export function shareBar({ low, high }: Range): Html {
  const range =
    high > low && html`<rect class="share-range" x="${per(low)}" y="1" width="${per(high - low)}" height="6"/>`;
  return html`<svg class="share" width="100%" height="8" aria-hidden="true" focusable="false"><rect class="share-back" x="0" y="1" width="100%" height="6"/><rect class="share-low" x="0" y="1" width="${per(low)}" height="6"/>${range}</svg>`;
}
