import pc from "picocolors";
import { type IsoDate, longDate } from "../../domain/dates.ts";
import type { Verdict } from "../../domain/verdicts.ts";
import type { CheckDigest, RegimeResult, TransactionResult } from "../../law/check-result.ts";
import type { PartyMatches } from "../../law/party-lists.ts";
import { cleanText } from "../clean-text.ts";
import { count } from "../format.ts";
import type { PageStyle } from "../terminal/page-style.ts";
import { drawTable } from "../terminal/table.ts";
import { paragraph } from "../terminal/text-layout.ts";
import { citeWords, listingWords, savingWords, VERDICT_SHORT, VERDICT_WORDS, verdictWords } from "./check-words.ts";

/** How wide a page may be, and whether it has colours. */
export interface CheckPageOptions {
  readonly width: number;
  readonly colour: boolean;
}

/** Verdicts counted over the results of a file. */
export interface CheckTally {
  readonly total: number;
  readonly overall: Readonly<Record<Verdict, number>>;
  readonly byRegime: Readonly<Record<string, Readonly<Record<Verdict, number>>>>;
  /** The days by which the law was read, the earliest and the latest. */
  readonly days: readonly [IsoDate, IsoDate];
}

const LEAST = 50;
const MARGIN = 12;
const STRICTEST_FIRST: readonly Verdict[] = [
  "prohibited",
  "licence-required",
  "undetermined",
  "no-licence",
  "not-subject",
];

function styleOf({ width, colour }: CheckPageOptions): PageStyle {
  return { width: Math.max(LEAST, width), colours: pc.createColors(colour), all: true };
}

/** One transaction's answer as a page for a terminal, ending in a line break. */
export function renderTransaction(r: TransactionResult, options: CheckPageOptions): string {
  const style = styleOf(options);
  const { bold, dim } = style.colours;
  const regimes = r.regimes.map((x) => x.regime).join(", ");
  return [
    `${bold(cleanText(r.id))}  ${dim(`by the law of ${longDate(r.asOf)}, ${regimes}`)}`,
    ...paragraph(overallWords(r), style.width).map((l) => bold(l)),
    ...(r.party ? partyLines(r.party, style.width) : []),
    ...r.regimes.flatMap((x) => drawRegime(x, style)),
    ...(r.ask === undefined ? [] : ["", ...paragraph(`${r.ask} (entente ask)`, style.width, "next to find out: ")]),
    "",
  ].join("\n");
}

/** What lists say of the end user's name, a line for each listed name. */
export function partyLines({ party, listings }: PartyMatches, width: number): string[] {
  const line = (text: string) => paragraph(text, width, `${"end user".padEnd(MARGIN)}`, MARGIN);
  if (listings.length === 0) return line(`${cleanText(party)}: on none of the lists held (not a clearance)`);
  return [...groupListings(listings)].flatMap(([words, lists]) => line(`${words}: ${lists.join(", ")}`));
}

/** Listings of the same name with the same clause on one line. */
function groupListings(listings: PartyMatches["listings"]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const x of listings) {
    const words = listingWords(x);
    groups.set(words, [...(groups.get(words) ?? []), x.list]);
  }
  return groups;
}

function overallWords(r: TransactionResult): string {
  const strictest = r.regimes.filter((x) => x.verdict === r.verdict);
  if (r.verdict === "not-subject") return "not subject to any of these laws by the rules held (not a clearance)";
  if (r.verdict === "no-licence") return VERDICT_WORDS["no-licence"];
  return `${VERDICT_WORDS[r.verdict]}: ${strictest.map((x) => x.regime).join(", ")}`;
}

function drawRegime(x: RegimeResult, style: PageStyle): string[] {
  const line = (label: string, text: string) => paragraph(text, style.width, ` ${label.padEnd(MARGIN - 1)}`, MARGIN);
  const undecided = x.exceptions.filter((e) => e.applies === null);
  const reached = x.reach.filter((r) => r.subject !== false);
  return [
    "",
    ...paragraph(verdictWords(x.verdict, x.policy), style.width, `${x.regime}  `),
    ...x.because.flatMap((b) => line("because", `${b.rule}: ${b.title}; ${citeWords(b.cite)}`)),
    ...x.possible.flatMap((b) =>
      line("perhaps", `${b.rule}: ${b.title}; ${citeWords(b.cite)}; depends on ${someOf(b.missing)}`),
    ),
    ...x.exceptions
      .filter((e) => e.applies === true)
      .flatMap((e) => line("exception", `${e.id} to ${e.rule}; ${citeWords(e.cite)}`)),
    ...(undecided.length > 0 ? line("exception?", someOf(undecided.map((e) => e.id))) : []),
    ...x.savings.flatMap((s) => line(savingLabel(s), savingWords(s))),
    ...x.suspended.flatMap((s) => line(s.status, `${s.rule}; ${citeWords(s.cite)}`)),
    ...x.practice.flatMap((p) => line("practice", `${p.decision}: ${p.title}; ${citeWords(p.cite)}`)),
    ...reached.flatMap((r) => line(r.subject ? "reached by" : "reached?", reachWords(r))),
    ...(reached.length === 0 && x.reach.length > 0 ? line("no route", x.reach.map((r) => r.route).join(", ")) : []),
    ...x.nearly.flatMap((n) => line("nearly", `${n.rule}, but for ${n.failed.join(" or ")}`)),
    ...(x.missing.length > 0 ? line("not known", someOf(x.missing, 3 * SOME)) : []),
    ...x.holes.flatMap((h) => line("not held", `${h.why} (${h.id})`)),
  ];
}

function savingLabel(s: RegimeResult["savings"][number]): string {
  return s.applies === true ? "saved by" : "savings";
}

function reachWords(r: RegimeResult["reach"][number]): string {
  const clause = r.because.map((b) => `${b.title}; ${citeWords(b.cite)}`).join("; ");
  return r.missing.length > 0 ? `${clause}; depends on ${someOf(r.missing)}` : clause;
}

/** Names that a line of the page holds; the rest is counted, and `--json` has them all. */
const SOME = 4;

function someOf(names: readonly string[], most = SOME): string {
  const rest = names.length - most;
  return rest > 1 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}

/** Counts of verdicts over a catalogue as a table, the strictest first. */
export function renderTally(t: CheckTally, options: CheckPageOptions): string {
  const style = styleOf(options);
  const [from, to] = t.days;
  const shown = STRICTEST_FIRST.filter((v) => t.overall[v] > 0 || Object.values(t.byRegime).some((r) => r[v] > 0));
  const row = (name: string, of: CheckTally["overall"]) => [name, ...shown.map((v) => (of[v] === 0 ? "" : `${of[v]}`))];
  const table = drawTable(
    {
      columns: [{ title: "" }, ...shown.map((v) => ({ title: VERDICT_SHORT[v], align: "right" as const }))],
      rows: [row("strictest", t.overall), ...Object.entries(t.byRegime).map(([regime, of]) => row(regime, of))],
    },
    style,
  );
  const day = from === to ? longDate(from) : `${longDate(from)} to ${longDate(to)}, each by its own day`;
  const found = t.overall["no-licence"] + t.overall["not-subject"] > 0;
  return [
    `${style.colours.bold(count(t.total, "transaction"))}  by the law of ${day}`,
    "",
    ...table,
    ...(found ? ["", ...paragraph(CLEARANCE, style.width)] : []),
    "",
  ].join("\n");
}

const CLEARANCE =
  "None found: no licence requirement found in the rules held (not a clearance). Not subject: by the rules held.";

/** What stands at the end of every page of a check. */
export function renderCheckEnd(digest: CheckDigest, notModelled: readonly string[], options: CheckPageOptions): string {
  const style = styleOf(options);
  return [
    ...paragraph(`${notModelled.join("; ")}. Not legal advice.`, style.width, "Not modelled: ", 2),
    style.colours.dim(`rules ${digest.rules.slice(0, 12)}  data ${digest.data.slice(0, 12)}`),
    "",
  ].join("\n");
}
