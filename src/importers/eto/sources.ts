import type { Source } from "../../domain/sourced.ts";
import { slug } from "./classes.ts";
import { PUBLISHER } from "./manifest.ts";

/** Turns what a release writes as the source of a figure into a source of the pack; undefined for a wording not known. */
export function sourceOf(text: string, release: string, accessed: string): Source | undefined {
  const common = { accessed, licence: PUBLISHER.licence };
  const tech =
    /^CSET analysis of TechInsights data \((\d{4})\)\. Data used .* published by TechInsights on (.+)\.$/.exec(text);
  if (tech) {
    return {
      id: `${release}-techinsights-${tech[1]}`,
      producer: "CSET, from TechInsights data",
      title: `Shares of ${tech[1]} by supplier, TechInsights data as of ${tech[2]}`,
      citation: "country and firm shares by headquarters, as released by CSET/ETO",
      url: PUBLISHER.releases,
      ...common,
    };
  }
  const report = /^\[CSET\]\((\S+)\)(?: \(citing (.+)\))?$/.exec(text);
  if (report) {
    const cited = report[2];
    return {
      id: `${release}-cset-report${cited ? `-${slug(cited).split("-").slice(0, 2).join("-")}` : ""}`,
      producer: "CSET",
      title: "The Semiconductor Supply Chain: Assessing National Competitiveness (January 2021)",
      ...(cited ? { citation: `citing ${cited}` } : {}),
      url: report[1]!,
      ...common,
    };
  }
  const sales = /^Worldwide semiconductor sales(?: for (\w+))?/.exec(text);
  if (sales) {
    return {
      id: `${release}-wsts-${sales[1] ?? "total"}`,
      producer: "WSTS and SIA",
      title: `World semiconductor sales, ${sales[1] ? `${sales[1]} products` : "all products"}`,
      url: "https://perma.cc/Y773-9T3A",
      ...common,
    };
  }
  if (/^\[?Semiconductor Industry Association/.test(text)) {
    const title = "Capacity, sales and materials by state and stage, as released by CSET/ETO";
    return { id: `${release}-sia`, producer: "SIA", title, url: "https://perma.cc/GT6R-SWEM", ...common };
  }
  return undefined;
}
