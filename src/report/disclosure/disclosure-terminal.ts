import pc from "picocolors";
import type { Removal } from "../../coalition/disclosure-candidates.ts";
import type { DisclosurePlanSummary, Envelope, EnvelopeFrame } from "../../coalition/disclosure-envelope.ts";
import { longDate } from "../../domain/dates.ts";
import { stateNameInText } from "../../domain/states.ts";
import { cleanText } from "../clean-text.ts";
import { count } from "../format.ts";
import { flow, paragraph } from "../terminal/text-layout.ts";

const LEAST = 50;
const MOST = 110;

export interface DisclosurePageOptions {
  readonly width: number;
  readonly colour: boolean;
}

/** What an envelope promises, against whom, and what it does not protect: a function of the envelope, so it may be shown around. */
export function renderEnvelope(e: Envelope, options: DisclosurePageOptions): string {
  const total = e.guarantee.memberships;
  const summary =
    `One of ${total} memberships is true. Neither this page nor the envelope says which, and no answer made from the ` +
    "envelope does.";
  return page(options, e, summary, [
    { title: "WHAT IT PROMISES", lines: promises(e) },
    { title: "AGAINST WHOM", lines: attacker(e) },
    { title: "WHAT IT DOES NOT PROTECT", lines: [...exposures(e), ...ALWAYS_EXPOSED] },
  ]);
}

/** How memberships would be cut into classes, before anybody is a member. */
export function renderPlan(p: DisclosurePlanSummary, options: DisclosurePageOptions): string {
  const { frame } = p;
  const summary =
    p.classes === "none"
      ? "No envelope can be made so."
      : `${count(p.memberships, "membership")} are possible as far as the public can tell. Settle this before anybody joins: ` +
        "what is changed afterwards gives something away.";
  return page(options, frame, summary, [{ title: "HOW THEY ARE CUT", lines: cuts(p) }]);
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

function page(
  { width: asked, colour }: DisclosurePageOptions,
  frame: EnvelopeFrame,
  summary: string,
  sections: readonly Section[],
): string {
  const width = Math.min(MOST, Math.max(LEAST, asked));
  const { bold } = pc.createColors(colour);
  const target = stateNameInText(frame.target);
  const head = ["Entente", "undisclosed members", `${cleanText(frame.case)} -> ${target}`, longDate(frame.asOf)];
  const [first, ...rest] = flow(head, width, { gap: 3 });
  const label = (name: string, text: string) => paragraph(text, width, `${name.padEnd(12)}`, 12);
  const blocks = [
    [bold(first!), ...rest],
    paragraph(summary, width),
    [
      ...label("Disclosed", frame.disclosed.join(", ")),
      ...label(
        "Candidates",
        `${frame.candidates.join(", ")}: at most ${frame.atMost} of these ${frame.candidates.length}`,
      ),
      ...removalLines(frame.removed).flatMap((line, i) => label(i === 0 ? "Left out" : "", line)),
    ],
    ...sections.map((s) => [bold(s.title), ...s.lines.flatMap((l) => paragraph(l, width, "  - ", 4))]),
  ];
  return `${blocks.map((b) => b.join("\n")).join("\n\n")}\n`;
}

const REMOVAL_ORDER = ["target", "disclosed", "ruled-out", "law-contradicts"] as const;

const REMOVAL_WORDS: Readonly<Record<(typeof REMOVAL_ORDER)[number], string>> = {
  target: "the target",
  disclosed: "in the open",
  "ruled-out": "ruled out by what is public",
  "law-contradicts": "whose law leaves open what a member would control",
};

/** One line for each reason; whose law shows the control stands apart, with the rules. */
function removalLines(removed: readonly Removal[]): string[] {
  const grouped = REMOVAL_ORDER.flatMap((why) => {
    const states = removed.filter((r) => r.why === why).map((r) => r.state);
    return states.length === 0 ? [] : [`${states.join(", ")}: ${REMOVAL_WORDS[why]}`];
  });
  const shown = removed.filter((r) => r.why === "law-shows");
  return [...grouped, ...shown.map((r) => `${r.state}: its law already shows the control (${r.rules.join(", ")})`)];
}

function percentOf(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)}%`;
}

function numberWords(sizes: readonly number[]): string {
  const [least, most] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
  if (least === most) return least === 1 ? "1 state" : `${least} states`;
  return sizes.length === most - least + 1 ? `${least} to ${most} states` : `${sizes.join(", ")} states`;
}

function promises({ guarantee: g, k, candidates }: Envelope): string[] {
  return [
    `Each candidate is in at most ${g.mostOften} of the ${g.memberships} memberships (${percentOf(g.mostOften, g.memberships)}); ` +
      `half is the most that is allowed, and ${k} memberships the fewest.`,
    `Had another of the ${g.memberships} been true, this file would have the same bytes, and so would every answer from it: ` +
      "figures, digests, errors, exit codes, exports. The work done for an answer is the same too.",
    `The ${count(candidates.length, "candidate")} and the cut into classes rest on public law and figures alone. The true membership chose the class, ` +
      "and nothing else.",
  ];
}

function attacker({ guarantee: g, candidates, atMost }: Envelope): string[] {
  const n = candidates.length;
  const most = g.sizes.at(-1) ?? 0;
  const alike =
    2 * atMost <= n
      ? `Who holds every candidate for equally likely, before, gives none of them more than ${most} in ${n} after (${percentOf(most, n)}).`
      : "Who holds every membership for equally likely, before, gives no candidate more than one half after. Who thought that " +
        "most candidates are members may go on thinking so.";
  return [
    "Somebody who has this file, all answers to any questions they like, the program with its source, the rules and the figures; " +
      "and who knows how classes are made.",
    "Between two memberships of the class they learn nothing: what they thought of one against the other before, they think after.",
    alike,
    "Who already thinks one candidate far likelier than the others goes on thinking so: choose candidates that are alike in this.",
  ];
}

/** What this very envelope leaves in sight. */
function exposures({ guarantee: g }: Envelope): string[] {
  const { memberships, largestPart } = g.afterOneIsKnown;
  const sizes = numberWords(g.sizes);
  return [
    g.sizes.length === 1
      ? `The number of undisclosed members: the class holds memberships of ${sizes} only. \`--k all\` hides it.`
      : `The number of undisclosed members is ${sizes}, as the class shows.`,
    `The others, once one undisclosed member is known: ${count(memberships, "membership")} may be all that are left, with another state in up to ` +
      `${percentOf(largestPart, 1)} of them.`,
  ];
}

const ALWAYS_EXPOSED = [
  "A state that acts: a rule in a gazette, a licence refused, a statement or a leak gives its state away, whatever is hidden here.",
  "That the envelope was made again: a new class says that the membership changed. Use `--earlier FILE`, so that the cut stays the " +
    "same; two different cuts of one membership can be laid over each other until one is left.",
  "Alliances taken together: each envelope keeps its promise alone, and a state that tends to be in both is likelier in both.",
  "Whatever people with clearance say, and copies and backups of the secret file.",
];

function cuts(p: DisclosurePlanSummary): string[] {
  const { frame, ofNobody: g } = p;
  if (p.classes === "none" || !g) return [`${p.why ?? ""}.`, `${p.hint ?? ""}.`];
  const half = "In each of them every candidate is in at most half.";
  if (p.classes === "whole") {
    return [
      `One class of all ${p.memberships}: even the number of undisclosed members stays open, from nobody to ${frame.atMost}.`,
      half,
      `An answer goes through ${count(p.memberships, "membership")}.`,
    ];
  }
  const n = frame.candidates.length;
  const twice = 2 * frame.atMost >= n;
  return [
    `Candidates stand in a circle in the order of their codes. A class is a membership with its ${n} rotations` +
      `${twice ? ", and their complements where these are possible too" : ""}: ${n}${twice ? ` or up to ${2 * n}` : ""} memberships each.`,
    `Nobody, one state alone, and patterns with fewer than ${frame.k} rotations share one class of ${g.memberships}.`,
    half,
    "A class by rotation shows how many states are undisclosed; `--k all` would hide the number and make ranges wider.",
    `An answer goes through the ${n} to ${Math.max(twice ? 2 * n : n, g.memberships)} memberships of a class.`,
  ];
}
