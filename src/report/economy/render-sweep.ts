import pc from "picocolors";
import type { BaseNote } from "../../economy/base-pack-result.ts";
import type { StableCoalition } from "../../economy/stability.ts";
import type { Transfers } from "../../economy/terms-transfers.ts";
import { cleanText } from "../clean-text.ts";
import { drawTable } from "../terminal/table.ts";
import { paragraph } from "../terminal/text-layout.ts";

/** How wide, and whether in colour. */
export interface SweepPageOptions {
  readonly width: number;
  readonly colour: boolean;
}

/** What of a finished sweep the page shows. */
export interface SweepPage {
  readonly base?: BaseNote;
  readonly elasticities?: { readonly id: string; readonly title: string };
  readonly total: number;
  readonly members: readonly { readonly id: string; readonly income: number }[];
  readonly coalitions: readonly { readonly termination: string }[];
  readonly security: { readonly low: number; readonly high: number };
  readonly terms?: readonly {
    readonly change: number | null;
    readonly gain: number | null;
    readonly breakEven: number | null;
  }[];
  readonly transfers?: { readonly low: Transfers; readonly high: Transfers };
  readonly stability?: {
    readonly internal: string;
    readonly leave: readonly string[];
  };
  readonly stable?: { readonly stable: readonly StableCoalition[]; readonly unknown: readonly number[] };
  readonly notModelled: readonly string[];
}

const MOST_LISTED = 12;

/** The terms of the coalition of all and the stable coalitions, as a page for a terminal, ending in a line break. */
export function renderSweep(r: SweepPage, options: SweepPageOptions): string {
  const style = { width: Math.max(60, options.width), colours: pc.createColors(options.colour), all: true };
  const failed = r.coalitions.filter((c) => c.termination !== "converged").length;
  const range = perCentRange(r.security);
  const columns = ["income", "change", "gain of being in", "break-even security", "receives, low", "receives, high"];
  const table = drawTable(
    {
      columns: [
        { title: "member", wrapFrom: 10 },
        ...columns.map((title) => ({ title, align: "right" as const, wrapFrom: 10 })),
      ],
      rows: r.members.map(({ id, income }, m) => [
        cleanText(id),
        money(income),
        ...[r.terms?.[m]?.change, r.terms?.[m]?.gain, r.terms?.[m]?.breakEven].map(money),
        ...[r.transfers?.low, r.transfers?.high].map((t) =>
          t?.status === "balanced" ? money(t.members[m]?.receives) : "-",
        ),
      ]),
    },
    style,
  );
  const say = (text: string) => paragraph(text, style.width);
  const found = r.stable?.stable ?? [];
  return [
    ...say(
      `${style.colours.bold(`${r.total} coalitions of ${r.members.length} members`)}; ${failed === 0 ? "each has an equilibrium" : `${failed} without an equilibrium, their figures unknown`}. Below: the coalition of all, in the money of the base, a year.`,
    ),
    "",
    ...table,
    "",
    ...say(
      "change: equivalent variation against the base year. Gain of being in: against the same coalition without the member. Break-even: what being in must be worth to it in security; below 0 it gains without.",
    ),
    ...(r.transfers ? say(transferSentence("low", r.security.low, r.transfers.low)) : []),
    ...(r.transfers && r.security.high !== r.security.low
      ? say(transferSentence("high", r.security.high, r.transfers.high))
      : []),
    ...(r.stability ? say(internalSentence(r.stability, range)) : []),
    "",
    ...say(
      found.length === 0
        ? `No coalition is stable at a security value of ${range} of income${unknownText(r)}.`
        : `Stable at a security value of ${range} of income, the same for all: ${found.length} of ${r.total}${unknownText(r)}.`,
    ),
    ...found
      .slice(0, MOST_LISTED)
      .flatMap((s) => say(`  ${namesText(s.members)}: ${perCentRange({ low: s.from, high: s.to })}`)),
    ...(found.length > MOST_LISTED ? say(`  and ${found.length - MOST_LISTED} more (--json)`) : []),
    "",
    ...(r.base ? baseLines(r.base, r.elasticities).flatMap(say) : []),
    ...say(`Not modelled: ${r.notModelled.join("; ")}.`),
    "",
  ].join("\n");
}

function baseLines(base: BaseNote, elasticities: SweepPage["elasticities"]): string[] {
  return [
    `Base: ${base.title}; millions of US dollars.`,
    ...(elasticities
      ? [`Elasticities: ${elasticities.id}, ${elasticities.title}; other sets give other figures.`]
      : []),
    ...base.assumptions.map((text) => `Assumed: ${text}`),
    `Licence: ${base.licence}.${base.notice ? ` ${base.notice}` : ""}`,
  ];
}

function transferSentence(which: "low" | "high", value: number, t: Transfers): string {
  const at = `At the ${which} security value (${perCent(value)} of income)`;
  if (t.status === "unknown") return `${at}: transfers unknown, for want of an equilibrium.`;
  if (t.status === "shortfall")
    return `${at}: no transfers keep all in; ${money(t.shortfall)} are missing (${money(t.needed)} needed, ${money(t.available)} available).`;
  return t.total === 0
    ? `${at}: nobody is worse off inside, no transfers needed.`
    : `${at}: ${money(t.total)} must change hands at the least; shown with those who gain paying in proportion.`;
}

function internalSentence({ internal, leave }: NonNullable<SweepPage["stability"]>, range: string): string {
  if (internal === "always") return `At ${range} nobody would leave it without transfers.`;
  const who = leave.map(cleanText).join(", ");
  return `Without transfers, at some security value of ${range}, better off outside: ${who || "unknown"}.`;
}

function unknownText({ stable }: SweepPage): string {
  const count = stable?.unknown.length ?? 0;
  return count === 0 ? "" : ` (of ${count} it is not known)`;
}

function namesText(members: readonly string[]): string {
  return members.length === 0 ? "nobody" : members.map(cleanText).join(", ");
}

function perCentRange({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? perCent(low) : `${perCent(low)} to ${perCent(high)}`;
}

function perCent(fraction: number): string {
  return `${round(100 * fraction)}%`;
}

function money(value: number | null | undefined): string {
  return value === null || value === undefined ? "unknown" : round(value);
}

/** Four significant digits, small noise as 0. */
function round(value: number): string {
  if (Math.abs(value) < 1e-9) return "0";
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)));
}
