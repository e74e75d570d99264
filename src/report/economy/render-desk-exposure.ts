import type { Range } from "../../domain/ranges.ts";
import type { DeskResult } from "../../economy/desk.ts";
import type { Dependence, PartnerTrade, WorldSupply } from "../../economy/exposure.ts";
import { cleanText } from "../clean-text.ts";
import { numberRange, percentText } from "../format.ts";
import type { PageStyle } from "../terminal/page-style.ts";
import { drawTable } from "../terminal/table.ts";
import { paragraph } from "../terminal/text-layout.ts";
import { dollars, firstOf, partyName, rowsShown } from "./desk-words.ts";

/** From which rise of members' part by the state its row is shown apart. */
const ADDS = 0.05;

/** How the state depends on the target: imports, and products that the target holds. */
export function renderExposure(d: DeskResult, style: PageStyle): string[] {
  const [state, target] = [partyName(d.question.state), partyName(d.question.target)];
  return [
    style.colours.bold(`What ${state} depends on ${target} for`),
    ...importTable(d, style),
    ...reportedTable(d, style),
    ...(d.exposure.world.length > 0 ? ["", ...worldTable(d, style)] : []),
  ];
}

function importTable(d: DeskResult, style: PageStyle): string[] {
  const { imports } = d.exposure;
  if (imports.length === 0) return ["No imports by product are held."];
  const { rows, rest } = rowsShown(imports, 8, style.all);
  const table = {
    columns: [
      { title: "imports, HS code", wrapFrom: 16 },
      { title: "year" },
      { title: "by customs", align: "right" as const },
      { title: "of its imports", align: "right" as const },
      { title: "next seller" },
      { title: "classes in the code", wrapFrom: 20 },
    ],
    rows: rows.map((i) => [i.code, i.period, dollars(i.usd), partOf(i), nextOf(i), firstOf(d.codes[i.code] ?? [], 2)]),
  };
  return [...drawTable(table, style), ...rest];
}

function partOf(i: PartnerTrade): string {
  return `${share(i.share)} (of ${i.partners} held)`;
}

function nextOf(i: PartnerTrade): string {
  return i.next ? `${partyName(i.next.state)} ${share(i.next.share)}` : "none held";
}

function share(x: number): string {
  return percentText({ low: x, high: x });
}

function reportedTable(d: DeskResult, style: PageStyle): string[] {
  const found = d.exposure.reported;
  if (found.length === 0) return [];
  const { rows, rest } = rowsShown(found, 8, style.all);
  const table = {
    columns: [
      { title: "as a source gives it", wrapFrom: 30 },
      { title: "period" },
      { title: "part", align: "right" as const },
      { title: "source", wrapFrom: 16 },
    ],
    rows: rows.map((r) => [cleanText(r.what), r.period, `${numberRange(r.value!)}%`, r.source]),
  };
  return ["", ...drawTable(table, style), ...rest];
}

function worldTable(d: DeskResult, style: PageStyle): string[] {
  const { rows, rest } = rowsShown(d.exposure.world, 14, style.all);
  const years = (x: Dependence) => (x.yearsToBuild ? numberRange(x.yearsToBuild.value) : "not known");
  const table = {
    columns: [
      { title: `half or more with ${partyName(d.question.target)}`, wrapFrom: 24 },
      { title: "stage" },
      { title: "year" },
      { title: "of the world", align: "right" as const },
      { title: "own", align: "right" as const },
      { title: "net imports of use", align: "right" as const, wrapFrom: 11 },
      { title: "years to build", align: "right" as const, wrapFrom: 9 },
      { title: "substitutes", wrapFrom: 16 },
    ],
    rows: rows.map((x) => [
      x.name,
      x.stage,
      x.period,
      percentText(x.target),
      percentText(x.state),
      x.importReliance ? percentText(x.importReliance.value) : "not known",
      years(x),
      x.substitutes?.text ?? "not known",
    ]),
  };
  return [...drawTable(table, style), ...rest];
}

/** What the target depends on members for, the state with them. */
export function renderLeverage(d: DeskResult, style: PageStyle): string[] {
  const { target, state, isMember, members } = d.question;
  const who = isMember || members.length === 0 ? members.join(" ") : `${members.join(" ")} and ${state}`;
  return [
    style.colours.bold(`What ${partyName(target)} depends on ${who} for`),
    ...purchaseTable(d, style),
    ...supplyTable(d, style),
  ];
}

function purchaseTable(d: DeskResult, style: PageStyle): string[] {
  const { purchases } = d.leverage;
  if (purchases.length === 0) return ["No imports of the target by product are held."];
  const { isMember, state } = d.question;
  const { rows, rest } = rowsShown(purchases, 8, style.all);
  const table = {
    columns: [
      { title: "it imports, HS code", wrapFrom: 16 },
      { title: "year" },
      { title: "from members", align: "right" as const },
      { title: "part", align: "right" as const },
      ...(isMember ? [] : [{ title: `with ${state}`, align: "right" as const }]),
      { title: "classes in the code", wrapFrom: 20 },
    ],
    rows: rows.map((p) => [
      p.code,
      p.period,
      dollars(p.usd),
      share(p.share),
      ...(isMember ? [] : [share(p.shareWithState)]),
      firstOf(d.codes[p.code] ?? [], 2),
    ]),
  };
  return [...drawTable(table, style), ...rest];
}

function supplyTable(d: DeskResult, style: PageStyle): string[] {
  const { world } = d.leverage;
  const { isMember, state, target } = d.question;
  if (world.length === 0) return paragraph("No product is held of which they have half outside it.", style.width);
  const added = (x: WorldSupply) => (x.withState?.low ?? 0) - (x.membersOutside?.low ?? 0);
  const strong = world.filter((x) => added(x) >= ADDS);
  const lead = isMember
    ? []
    : paragraph(
        `${world.length} products of which ${partyName(target)} makes under a quarter and they hold half of the rest or more; ${partyName(state)} adds 5 points or more in ${strong.length}.`,
        style.width,
      );
  const order = isMember
    ? world
    : [...strong].sort((a, b) => added(b) - added(a)).concat(world.filter((x) => !strong.includes(x)));
  const { rows, rest } = rowsShown(order, 12, style.all);
  const outside = (r: Range | null) => percentText(r);
  const table = {
    columns: [
      { title: "product", wrapFrom: 24 },
      { title: "stage" },
      { title: "year" },
      { title: "target's own", align: "right" as const },
      { title: "members, of the rest", align: "right" as const, wrapFrom: 12 },
      ...(isMember ? [] : [{ title: `with ${state}`, align: "right" as const }]),
    ],
    rows: rows.map((x) => [
      x.name,
      x.stage,
      x.period,
      percentText(x.target),
      outside(x.membersOutside),
      ...(isMember ? [] : [outside(x.withState)]),
    ]),
  };
  return ["", ...lead, ...drawTable(table, style), ...rest];
}
