import type { IsoDate } from "../../domain/dates.ts";
import { longDate } from "../../domain/dates.ts";
import { cleanText } from "../clean-text.ts";
import { count } from "../format.ts";
import { paragraph } from "../terminal/text-layout.ts";

interface HoleLines {
  readonly from?: IsoDate;
  readonly until?: IsoDate;
  readonly why: string;
  readonly concerns: readonly { readonly fact: string; readonly values: readonly string[] }[];
}

interface StateLines {
  readonly state: string;
  readonly title: string;
  readonly holes: readonly HoleLines[];
}

const MOST = 120;

/** Law of which no text is held, state by state; states whose holes read the same are named together. */
export function renderHolesTerminal(states: readonly StateLines[], width: number): string {
  const room = Math.min(MOST, width);
  const alike = new Map<string, StateLines[]>();
  for (const s of states) {
    const key = JSON.stringify(s.holes.map(({ from, until, why, concerns }) => [from, until, why, concerns]));
    alike.set(key, [...(alike.get(key) ?? []), s]);
  }
  const total = states.reduce((sum, s) => sum + s.holes.length, 0);
  const sections = [
    paragraph(
      `${count(total, "hole")} in the law of ${count(states.length, "state")}: there, answers are undetermined.`,
      room,
    ),
    ...[...alike.values()].map((same) => section(same, room)),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function section(same: readonly StateLines[], width: number): string[] {
  const [first] = same;
  const head = same.length === 1 ? `${first!.state}: ${cleanText(first!.title)}` : same.map((s) => s.state).join(" ");
  const lines = first!.holes.flatMap((h) => [
    ...paragraph(`${span(h)}: ${h.why}`, width, "  ", 4),
    ...paragraph(`could concern ${concernWords(h)}`, width, "    ", 6),
  ]);
  return [...paragraph(head, width), ...(lines.length > 0 ? lines : ["  none known"])];
}

function span({ from, until }: HoleLines): string {
  if (from && until) return `${longDate(from)} to ${longDate(until)}`;
  if (from) return `since ${longDate(from)}`;
  return until ? `before ${longDate(until)}` : "always";
}

/** Values that fit in a line or two; the rest is a number. */
const SHOWN = 8;

function concernWords({ concerns }: HoleLines): string {
  if (concerns.length === 0) return "anything";
  const words = concerns.map(({ fact, values }) => {
    const more = values.length > SHOWN ? ` and ${values.length - SHOWN} more` : "";
    return values.length === 0 ? fact : `${fact} ${values.slice(0, SHOWN).join(", ")}${more}`;
  });
  return words.join("; ");
}
