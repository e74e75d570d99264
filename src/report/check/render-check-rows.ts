import type { CheckDigest, RegimeResult, TransactionResult } from "../../law/check-result.ts";
import type { PartyListing } from "../../law/party-lists.ts";
import { csvCell } from "../render-csv.ts";

const TEXTS = new WeakMap<RegimeResult, string>();

/** One result as one line of JSON, without a line break; what a regime says of equal facts is written out once. */
export function resultJson(r: TransactionResult): string {
  const regimes = r.regimes.map((x) => {
    const known = TEXTS.get(x);
    if (known !== undefined) return known;
    const text = JSON.stringify(x);
    TEXTS.set(x, text);
    return text;
  });
  const { id, asOf, verdict, party, ask } = r;
  const head = JSON.stringify({ id, asOf, verdict, ...(party && { party }) }).slice(0, -1);
  return `${head},"regimes":[${regimes.join(",")}]${ask === undefined ? "" : `,"ask":${JSON.stringify(ask)}`}}`;
}

/** What stands before the first result of the one JSON document. */
export const DOCUMENT_HEAD = `{"schema":"entente/check@1","results":[`;

/** What stands after its last result. */
export function documentEnd(digest: CheckDigest, notModelled: readonly string[]): string {
  return `\n],"digest":${JSON.stringify(digest)},"notModelled":${JSON.stringify(notModelled)}}\n`;
}

const COLUMNS = ["id", "as_of", "verdict", "policy", "by_regime", "rules", "cites", "missing", "listed"];

/** The header line of the table of results. */
export const RESULTS_HEAD = `${COLUMNS.join(",")}\n`;

interface RegimeCells {
  readonly verdict: string;
  readonly rules: readonly string[];
  readonly cites: readonly string[];
  readonly missing: readonly string[];
}

const CELLS = new WeakMap<RegimeResult, RegimeCells>();

/**
 * One result as a line of the table (RFC 4180): the strictest verdict, the policy of the first regime that has it, each
 * regime's own verdict, and the rules that require something with their clauses; lists are joined by `; `.
 */
export function resultRow(r: TransactionResult): string {
  const parts = r.regimes.map(cellsOf);
  const all = (of: (c: RegimeCells) => readonly string[]) => [...new Set(parts.flatMap(of))].join("; ");
  const policy = r.regimes.find((x) => x.verdict === r.verdict && x.policy !== undefined)?.policy ?? "";
  const cells = [
    r.id,
    r.asOf,
    r.verdict,
    policy,
    parts.map((c) => c.verdict).join("; "),
    all((c) => c.rules),
    all((c) => c.cites),
    all((c) => c.missing),
    [...new Set(r.party?.listings.map(listedText))].join("; "),
  ];
  return `${cells.map(csvCell).join(",")}\n`;
}

function listedText({ list, listed, effect }: PartyListing): string {
  return `${list}=${listed}${effect === "listed" ? "" : ` (${effect})`}`;
}

function cellsOf(x: RegimeResult): RegimeCells {
  const known = CELLS.get(x);
  if (known) return known;
  const cells = {
    verdict: `${x.regime}=${x.verdict}`,
    rules: x.because.map((b) => b.rule),
    cites: x.because.map((b) => `${b.cite.act} ${b.cite.at}`),
    missing: x.missing,
  };
  CELLS.set(x, cells);
  return cells;
}
