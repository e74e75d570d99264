import pc from "picocolors";
import { longDate, parseDate } from "../../domain/dates.ts";
import type { DeskResult } from "../../economy/desk.ts";
import type { ClassSales, CodeSales, LostSales } from "../../economy/lost-sales.ts";
import { cleanText } from "../clean-text.ts";
import { count, money, percentText } from "../format.ts";
import type { PageStyle } from "../terminal/page-style.ts";
import { drawTable } from "../terminal/table.ts";
import { paragraph } from "../terminal/text-layout.ts";
import { atMost, controlWords, digits, dollars, firstOf, partyName, rowsShown } from "./desk-words.ts";
import { renderEpisodes } from "./render-desk-episodes.ts";
import { renderExposure, renderLeverage } from "./render-desk-exposure.ts";

/** How wide, whether in colour, and whether every row is shown. */
export interface DeskPageOptions {
  readonly width: number;
  readonly colour: boolean;
  readonly all: boolean;
}

/** One state's desk as a page for a terminal, ending in a line break. */
export function renderDesk(d: DeskResult, options: DeskPageOptions): string {
  const colours = pc.createColors(options.colour);
  const style: PageStyle = { width: Math.max(60, options.width), colours, all: options.all };
  const sections = [
    head(d, style),
    lost(d, style),
    opened(d, style),
    reported(d, style),
    renderExposure(d, style),
    renderLeverage(d, style),
    renderEpisodes(d, style),
    end(d, style),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function head(d: DeskResult, style: PageStyle): string[] {
  const { state, target, members, isMember, asOf, subject, classes, adopts } = d.question;
  const day = parseDate(asOf);
  const adopted = adopts.length > 0 ? adopts.join(", ") : "no rule";
  const alone = isMember && members.length === 1 ? "It stands alone." : undefined;
  const who = isMember
    ? (alone ?? `A member of ${members.join(" ")}.`)
    : `No member of ${members.join(" ")}; “if it joined” takes it to adopt ${adopted}.`;
  return [
    style.colours.bold(`Desk of ${partyName(state)}, target ${partyName(target)}, ${day ? longDate(day) : asOf}`),
    ...paragraph(
      `${who} Classes: ${count(classes, "class", "classes")} of ${cleanText(subject)} (case ${d.question.case}).`,
      style.width,
    ),
  ];
}

function lost(d: DeskResult, style: PageStyle): string[] {
  const { state, target, isMember } = d.question;
  const { now, joined, firms } = d.lost;
  const total = (l: LostSales) =>
    l.classes.length === 0
      ? "no class that it supplies is controlled"
      : `${count(l.classes.length, "class", "classes")}; closed: ${atMost(l.closed)}; closed or under licence: ${atMost(l.controlled)} (a year, in the codes held)`;
  return [
    style.colours.bold(`Sales that ${partyName(state)} stands to lose`),
    ...paragraph(`As it is: ${total(now)}.`, style.width),
    ...(isMember ? [] : paragraph(`If it joined: ${total(joined)}.`, style.width)),
    ...codeTable(joined.codes, "law", style),
    ...unknownCodes(joined, style),
    ...(joined.classes.length > 0 ? ["", ...classTable(d, style)] : []),
    ...(firms.length > 0 ? ["", ...firmTable(d, style)] : []),
    ...(d.sales.length > 0 ? ["", ...salesTable(d, style)] : noSales(target, style)),
  ];
}

function noSales(target: string, style: PageStyle): string[] {
  return paragraph(`No trade with ${partyName(target)} is held: its sales are not known.`, style.width);
}

function codeTable(codes: readonly CodeSales[], law: "law" | "no law", style: PageStyle): string[] {
  if (codes.length === 0) return [];
  const { rows, rest } = rowsShown(codes, 8, style.all);
  const columns = [
    { title: "HS code" },
    { title: "year" },
    { title: "by customs", align: "right" as const },
    ...(law === "law" ? [{ title: "control" }] : []),
    { title: "classes in the code", wrapFrom: 24 },
  ];
  const cells = rows.map((c) => [
    c.code,
    c.period,
    dollars(c.usd),
    ...(law === "law" ? [controlWords(c.control)] : []),
    firstOf(c.classes, 3),
  ]);
  return [...drawTable({ columns, rows: cells }, style), ...rest];
}

function unknownCodes(l: Omit<LostSales, "classes">, style: PageStyle): string[] {
  const said = [
    ...(l.codesUnknown.length > 0 ? [`no trade held for HS ${l.codesUnknown.join(", ")}`] : []),
    ...(l.classesUncoded.length > 0 ? [`no product code held for ${firstOf(l.classesUncoded, 3)}`] : []),
  ];
  return said.length === 0 ? [] : paragraph(`Besides, not known and not nothing: ${said.join("; ")}.`, style.width);
}

/** Classes by what the state sells of them to the whole world, of which the target buys an unknown part. */
function classTable(d: DeskResult, style: PageStyle): string[] {
  const sold = (c: ClassSales) => c.worldSales?.high ?? -1;
  const { rows, rest } = rowsShown(
    [...d.lost.joined.classes].sort((a, b) => sold(b) - sold(a)),
    6,
    style.all,
  );
  const table = {
    columns: [
      { title: "controlled class", wrapFrom: 24 },
      { title: "HS code" },
      { title: "share times market, to all", align: "right" as const, wrapFrom: 14 },
      { title: "control", wrapFrom: 12 },
    ],
    rows: rows.map((c) => [
      c.name,
      c.hs6.join(" ") || "not known",
      c.worldSales ? money(c.worldSales) : "not known",
      controlWords(c.control),
    ]),
  };
  return [...drawTable(table, style), ...rest];
}

function firmTable(d: DeskResult, style: PageStyle): string[] {
  const to = partyName(d.question.target);
  const { rows, rest } = rowsShown(d.lost.firms, 8, style.all);
  const table = {
    columns: [
      { title: "firm" },
      { title: "sells to all", align: "right" as const },
      { title: `of it to ${to}`, align: "right" as const },
      { title: "which comes to (assumed)", align: "right" as const, wrapFrom: 12 },
      { title: "controlled classes", wrapFrom: 20 },
    ],
    rows: rows.map((f) => [
      f.name,
      money(f.worldSales),
      f.exposure ? `${percentText(f.exposure.value)} (${f.exposure.period})` : "not known",
      f.toTarget ? money(f.toTarget) : "not known",
      firstOf(f.classes, 2),
    ]),
  };
  return [...drawTable(table, style), ...rest];
}

function salesTable(d: DeskResult, style: PageStyle): string[] {
  const to = partyName(d.question.target);
  const { rows, rest } = rowsShown(d.sales, 6, style.all);
  const table = {
    columns: [
      { title: `all sales to ${to}, HS heading`, wrapFrom: 20 },
      { title: "year" },
      { title: "by customs", align: "right" as const },
      { title: "of its exports", align: "right" as const },
      { title: "next buyer" },
    ],
    rows: rows.map((s) => [
      s.code,
      s.period,
      dollars(s.usd),
      `${percentText({ low: s.share, high: s.share })} (to ${s.partners} held)`,
      s.next ? `${partyName(s.next.state)} ${percentText({ low: s.next.share, high: s.next.share })}` : "none held",
    ]),
  };
  return [...drawTable(table, style), ...rest];
}

function opened(d: DeskResult, style: PageStyle): string[] {
  const { withdrawn, replaced } = d.openings;
  const [state, target] = [partyName(d.question.state), partyName(d.question.target)];
  return [
    style.colours.bold(`Markets that open to ${state}`),
    ...paragraph(
      `Where other members withdraw from ${target}, in classes that ${state} supplies: closed: ${atMost(withdrawn.closed)}; closed or under licence: ${atMost(withdrawn.controlled)} (a year, in the codes held).`,
      style.width,
    ),
    ...codeTable(withdrawn.codes, "law", style),
    ...unknownCodes(withdrawn, style),
    ...paragraph(
      `Where they keep out goods of ${target} in the same classes: ${atMost(replaced.controlled)}.`,
      style.width,
    ),
    ...codeTable(replaced.codes, "no law", style),
  ];
}

function reported(d: DeskResult, style: PageStyle): string[] {
  const heading = style.colours.bold("As reported");
  if (d.reported.length === 0) return [heading, "No document is held that gives figures for this pair."];
  const sources = new Map(d.sources.map((s) => [s.id, s]));
  return [
    heading,
    ...d.reported.flatMap((r) => {
      const source = sources.get(r.source);
      const value = r.value ? `${digits(r.value)} ${r.unit}` : "not known";
      const where = source ? `${source.producer}: ${source.title}` : r.source;
      return [
        ...paragraph(`${r.what}: ${value}, ${r.period}, ${r.kind}`, style.width, " "),
        ...paragraph([r.note, where].filter(Boolean).join(". "), style.width, "   "),
      ];
    }),
  ];
}

function end(d: DeskResult, style: PageStyle): string[] {
  const { rules, data, engine } = d.digest;
  return [
    ...paragraph(
      "By customs: all that is counted in a code, of which the classes are a part; a range begins at nothing for that. “Held” are the economies whose trade is held: parts of trade are parts of the trade with them.",
      style.width,
    ),
    ...paragraph(`Assumed: ${d.assumptions.map(cleanText).join("; ")}.`, style.width),
    ...paragraph(`Not modelled: ${d.notModelled.map(cleanText).join("; ")}.`, style.width),
    ...paragraph(`Sources of the tables: ${tableSources(d).join(", ")}.`, style.width),
    ...d.notices.flatMap((n) => paragraph(n, style.width)),
    ...paragraph(
      `${count(d.sources.length, "source")}, in full in --json. Digest: rules ${rules.slice(0, 12)}, data ${data.slice(0, 12)}, engine ${engine.slice(0, 12)}.`,
      style.width,
    ),
  ];
}

/** Where trade, shares, markets and what is known of replacing a product come from; reported figures and episodes name theirs beside them. */
function tableSources(d: DeskResult): string[] {
  const { now, joined, firms } = d.lost;
  const { withdrawn, replaced } = d.openings;
  const rows = [
    ...[d.sales, now.classes, now.codes, joined.classes, joined.codes, firms, withdrawn.codes, replaced.codes],
    ...[d.exposure.imports, d.exposure.world, d.leverage.purchases, d.leverage.world],
  ].flat();
  const known = d.exposure.world.flatMap((x) => [x.importReliance, x.yearsToBuild, x.substitutes]);
  const named = [
    ...rows.flatMap((r) => r.sources),
    ...firms.flatMap((f) => f.exposure?.sources ?? []),
    ...known.flatMap((k) => k?.source ?? []),
  ];
  return [...new Set(named)].sort();
}
