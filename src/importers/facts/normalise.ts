import { parseState } from "../../domain/states.ts";
import { isPeriod } from "../../supply/periods.ts";
import type { Fact } from "./read-facts.ts";

/** A period as tables write it, and what the wording says beyond it. */
export interface Period {
  readonly period: string;
  readonly note?: string;
}

/** Wordings of periods that no pattern covers. */
const WORDED: Readonly<Record<string, Period>> = {
  "2023 filings": { period: "2023", note: "filed in that year" },
  "all active 2023": { period: "2023", note: "all active that year" },
  "2023 study": { period: "2023", note: "year of the study" },
  "before 2020": { period: "2019", note: "before 2020" },
  "about 2018": { period: "2018", note: "about" },
  "monthly before": { period: "2019-06", note: "a month, before the measure" },
  "after 2012-10": { period: "2012-10/2013", note: "after October 2012" },
};

/** Brings `2020Q1-Q3`, `2017-01..05`, `FY2023-24`, `2024/25` and their like to `from/to`; undefined if not understood. */
export function normalisePeriod(text: string): Period | undefined {
  const worded = WORDED[text];
  if (worded) return worded;
  const fiscal = /^FY(\d{4})(?:-(\d{2}))?$/.exec(text);
  if (fiscal) return { period: fiscal[2] ? `${fiscal[1]}/20${fiscal[2]}` : fiscal[1]!, note: "financial year" };
  const split = /^(\d{4})[/-](\d{2})$/.exec(text);
  if (split && (text.includes("/") || Number(split[2]) > 12)) return { period: `${split[1]}/20${split[2]}` };
  const months = /^(\d{4})-(\d{2})(?:\.\.|\/)(\d{2})$/.exec(text);
  if (months) return { period: `${months[1]}-${months[2]}/${months[1]}-${months[3]}` };
  const quarters = /^(\d{4})(Q\d)-(Q\d)$/.exec(text);
  if (quarters) return { period: `${quarters[1]}${quarters[2]}/${quarters[1]}${quarters[3]}` };
  const span = /^(\d{4}(?:Q\d)?|\d{4}-\d{2})(?:-|\.\.)(\d{4}(?:Q\d|-\d{2})?)$/.exec(text);
  const period = span ? `${span[1]}/${span[2]}` : text;
  return isPeriod(period) ? { period } : undefined;
}

/** Who a fact is about; of a flow the importer, with the exporter as partner. */
export interface Parties {
  readonly state: string;
  readonly partner?: string;
}

const PARTIES: Readonly<Record<string, string>> = { EU27: "EUU", EU: "EUU" };

/** `USA<-CHN`, `CHN->JPN` and `USA+CHN` as state and partner. */
export function partiesOf(text: string): Parties {
  const code = (s: string) => PARTIES[s] ?? parseState(s) ?? s;
  const flow = /^(.+)(<-|->)(.+)$/.exec(text);
  if (flow) {
    const [importer, exporter] = flow[2] === "<-" ? [flow[1]!, flow[3]!] : [flow[3]!, flow[1]!];
    return { state: code(importer), partner: code(exporter) };
  }
  const pair = /^([A-Z]{3})\+([A-Z]{3})$/.exec(text);
  if (pair) return { state: code(pair[1]!), partner: code(pair[2]!) };
  return { state: code(text) };
}

/** A value as tables write it: cells, unit, and what the unit's wording says beyond it. */
export interface Value {
  readonly cells: { readonly value?: string; readonly low?: string; readonly high?: string; readonly text?: string };
  readonly unit: string;
  readonly note?: string;
}

/** Units by the first words of the wording. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^percentage points/, "pp"],
  [/^percent/, "%"],
  [/^(tonnes)/, "t"],
  [/^USD per tonne/, "USD/t"],
  [/^(USD\/kg|USD\/t|USD bn|USD m|EUR m|GBP m|GBP bn|JPY bn|DKK m|INR bn|JPY trn)\b/, "$1"],
  [/^(PPP USD bn)/, "PPP USD bn"],
  [/^countries/, "countries"],
  [/^technologies/, "technologies"],
  [/^(stations|base stations)/, "base stations"],
  [/^million$/, "million persons"],
  [/^(KSMs|APIs|substances)/, "substances"],
  [/^articles/, "papers"],
  [/^months/, "months"],
  [/^count$/, "count"],
];

/** Units of findings in words. */
const WORDS = /^(position|list|date|dates|measure|finding|event|rank|regions|area|description|members|value)\b/;

/** Reads value and unit: `more than` and `less than` become ranges of a share or words; undefined for an unknown unit. */
export function normaliseValue(fact: Fact): Value | undefined {
  const { value, unit } = fact;
  if (WORDS.test(unit)) return { cells: { text: String(value) }, unit: "text" };
  if (value === "") return undefined;
  if (fact.low === undefined && typeof value === "string")
    return { cells: { text: `${value} ${unit}`.trim() }, unit: "text" };
  if (/^times/.test(unit))
    return { cells: { text: `${/more than/.test(unit) ? "more than " : ""}${value} times` }, unit: "text" };
  const known = UNITS.find(([pattern]) => pattern.test(unit));
  if (!known) return undefined;
  const [pattern, symbol] = known;
  const base = symbol === "$1" ? pattern.exec(unit)![1]! : symbol;
  const rest = unit.replace(pattern, "").trim();
  const extra = rest.replaceAll(/^\(|\)$/g, "");
  const noted = extra === "" ? {} : { note: extra };
  if (fact.low !== undefined && fact.high !== undefined) {
    return { cells: { low: String(fact.low), high: String(fact.high) }, unit: base, ...noted };
  }
  if (/more than|\bover\b/.test(rest) && base === "%")
    return { cells: { low: String(value), high: "100" }, unit: base, ...noted };
  if (/less than/.test(rest) && base === "%") return { cells: { low: "0", high: String(value) }, unit: base, ...noted };
  if (/more than|exceeds/.test(rest)) return { cells: { text: `more than ${value}` }, unit: "text", ...noted };
  return { cells: { value: String(value) }, unit: base, ...noted };
}
