import type { ErrorCode, Problem } from "../domain/errors.ts";
import type { Pack, Share } from "./pack.ts";
import { yearOf } from "./periods.ts";
import { SHARE_SUM_LIMIT } from "./read-shares.ts";

/** One finding on a pack: a `fault` makes `entente data verify` fail, a `note` is only said. */
export interface Finding extends Problem {
  readonly severity: "fault" | "note";
  readonly pack: string;
}

/**
 * What is wrong with a pack that can be read: lost rows and tables, sources without a place to find them, hashes,
 * licences without their notice, sums of firms, figures from the future. Extended packs are in `others`.
 */
export function verifyPack(pack: Pack, others: readonly Pack[] = []): Finding[] {
  const findings: Finding[] = pack.warnings.map((w) => ({ ...w, severity: "fault", pack: pack.id }));
  const add = (severity: Finding["severity"], code: ErrorCode, message: string, hint: string) =>
    findings.push({ severity, pack: pack.id, code, message, hint });
  verifySources(pack, add);
  verifyLicence(pack, add);
  verifyShares(pack, add);
  verifyBounds(pack, add);
  verifyExtended(pack, others, add);
  return findings;
}

type Add = (severity: Finding["severity"], code: ErrorCode, message: string, hint: string) => void;

function verifySources(pack: Pack, add: Add): void {
  for (const s of pack.sources.values()) {
    if (s.url === undefined && s.citation === undefined) {
      add("fault", "missing-source", `source \`${s.id}\` has neither url nor citation`, "say where it can be found");
    }
    if (s.url !== undefined && !URL.canParse(s.url)) {
      add(
        "fault",
        "bad-value",
        `\`${s.url}\` of source \`${s.id}\` is no address`,
        "write the whole address, with https://",
      );
    }
    if (s.sha256 !== undefined && !/^[0-9a-f]{64}$/.test(s.sha256)) {
      add(
        "fault",
        "bad-value",
        `\`${s.sha256}\` of source \`${s.id}\` is no SHA-256`,
        "64 digits of lower-case hexadecimal",
      );
    }
    if (s.accessed !== undefined && s.accessed > pack.checkedOn) {
      add("fault", "bad-date", `source \`${s.id}\` was read after \`checkedOn\``, "set `checkedOn` to the last check");
    }
  }
  const used = usedSources(pack);
  for (const id of pack.sources.keys()) {
    if (!used.has(id)) add("note", "unknown-source", `source \`${id}\` is not used`, "drop it, or cite it");
  }
}

/** Ids of the sources that any row, item or goal of the pack cites. */
function usedSources(pack: Pack): Set<string> {
  const rows = [pack.classes, pack.shares, pack.edges, pack.figures, pack.trade, pack.memberships, pack.items].flat();
  const used = new Set(rows.map((row) => row.source));
  for (const need of pack.goals.flatMap((g) => g.needs)) {
    used.add(need.source);
    for (const alternative of need.any) if (alternative.source !== undefined) used.add(alternative.source);
  }
  return used;
}

function verifyLicence(pack: Pack, add: Add): void {
  const bound = [...pack.sources.values()].filter((s) => /\bNC\b|non-?commercial/i.test(s.licence));
  if (bound.length > 0 && pack.notice === undefined) {
    const ids = bound.map((s) => `\`${s.id}\``).join(", ");
    add("fault", "bad-shape", `${ids} limits use, and the pack has no notice`, "add `notice`: every output prints it");
  }
}

function verifyShares(pack: Pack, add: Add): void {
  const byClass = Map.groupBy(pack.shares, (s) => s.class);
  for (const c of pack.classes) {
    if (c.leaf && !byClass.has(c.id)) {
      add("note", "bad-value", `leaf class \`${c.id}\` has no shares: its supply is unknown`, "add rows to shares.csv");
    }
  }
  for (const [key, rows] of Map.groupBy(pack.shares.filter(isKnownFirm), (s) => `\`${s.class}\` in ${s.period}`)) {
    const lows = Map.groupBy(rows, (s) => s.supplier).values();
    const sum = [...lows].reduce((total, same) => total + Math.min(...same.map((s) => s.value!.low)), 0);
    if (sum <= SHARE_SUM_LIMIT) continue;
    add(
      "fault",
      "bad-sum",
      `firms of ${key} add up to ${(sum * 100).toFixed(1)}%`,
      "check the rows against the source",
    );
  }
}

function isKnownFirm(share: Share): boolean {
  return share.level === "firm" && share.value !== null;
}

function verifyBounds(pack: Pack, add: Add): void {
  const last = yearOf(pack.checkedOn);
  for (const s of pack.shares) {
    if (yearOf(s.period) > last) {
      add(
        "fault",
        "bad-date",
        `share of \`${s.supplier}\` in \`${s.class}\` is of ${s.period}`,
        "shares are of the past",
      );
    }
  }
  for (const f of pack.figures) {
    if (f.value === null && f.text === undefined) {
      add("note", "bad-value", `figure \`${f.id}\` is unknown`, "an empty value is unknown, never zero");
    }
    if (f.unit === "text" && f.text === undefined) {
      add("fault", "bad-shape", `figure \`${f.id}\` has the unit text and no words`, "fill the column `text`");
    }
  }
}

function verifyExtended(pack: Pack, others: readonly Pack[], add: Add): void {
  const present = new Set([pack, ...others].map((p) => p.id));
  for (const id of pack.extends) {
    if (!present.has(id))
      add("note", "unknown-name", `pack \`${id}\`, which it extends, is not there`, "load it as well");
  }
  if (pack.extends.length === 0 || !pack.extends.every((id) => present.has(id))) return;
  const known = new Set([pack, ...others].flatMap((p) => p.classes.map((c) => c.id)));
  const named = [...pack.figures.flatMap((f) => f.class ?? []), ...pack.items.map((i) => i.class)];
  for (const id of new Set(named.filter((n) => !known.has(n)))) {
    add("fault", "unknown-class", `\`${id}\` is no class of the pack or of those it extends`, "check the spelling");
  }
}
