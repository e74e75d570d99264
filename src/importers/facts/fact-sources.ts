import { createHash } from "node:crypto";
import type { Source } from "../../domain/sourced.ts";

const LICENCE = "all rights reserved by the publisher; single figures are cited as facts";

/** Sources without an address, by a part of their wording. */
const WORDED: readonly (readonly [string, Omit<Source, "accessed">])[] = [
  [
    "quoting the State Department list",
    {
      id: "page-state-department-carrier-list",
      producer: "not recorded",
      title: "Article that quotes the State Department's list of 5G clean carriers",
      citation: "Chinese article of 2020, address not kept",
      licence: LICENCE,
    },
  ],
  [
    "exportcompliancedaily.com",
    {
      id: "page-exportcompliancedaily-com",
      producer: "exportcompliancedaily.com",
      title: "Abstract on Chinese equipment in European networks",
      citation: "abstract, address not kept",
      licence: LICENCE,
    },
  ],
  [
    "plot_exhibit1.py",
    {
      id: "page-aspi-appendix-copy",
      producer: "Australian Strategic Policy Institute, read in a second hand",
      title: "Critical Technology Tracker, two-decade report of August 2024: shares of high-impact research",
      citation: "figures as a public chart script (plot_exhibit1.py) quotes them",
      url: "https://www.aspi.org.au/report/aspis-two-decade-critical-technology-tracker",
      published: "2024-08",
      licence: LICENCE,
    },
  ],
];

/** The source that a fact names: an address, a file of a public repository, or one of the wordings that are known. */
export function factSource(text: string, accessed: string): Source | undefined {
  const worded = WORDED.find(([part]) => text.includes(part));
  if (worded) return { ...worded[1], accessed };
  if (/^https?:\/\//.test(text)) return pageSource(text, accessed);
  const file = /^([\w.-]+\/[\w.-]+)@([0-9a-f]{40}):(.+)$/.exec(text);
  if (!file) return undefined;
  const [, repository, commit, path] = file as unknown as [string, string, string, string];
  return {
    id: `page-${slug(repository)}-${digest(text)}`,
    producer: repository,
    title: `Public repository, ${path}`,
    url: `https://github.com/${repository}/tree/${commit}/${path}`,
    accessed,
    licence: "as the repository states",
  };
}

function pageSource(url: string, accessed: string): Source {
  const { hostname, pathname } = new URL(url);
  const host = hostname.replace(/^(www\d*|m|en|amp)\./, "");
  const words = slug(decodeURIComponentSafe(pathname)).replaceAll("-", " ").slice(0, 90).trim();
  return {
    id: `page-${slug(host)}-${digest(url)}`,
    producer: host,
    title: words === "" ? `Page of ${host}` : `Page: ${words}`,
    url,
    accessed,
    licence: LICENCE,
  };
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}

/** Lower-case words joined by hyphens. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
