/** What the law says of a transaction. `no-licence` never reads as clearance. */
export const VERDICTS = ["not-subject", "no-licence", "licence-required", "prohibited", "undetermined"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Licensing policies, strictest first; where several apply the strictest wins. */
export const POLICIES = ["denial", "presumption-of-denial", "case-by-case", "approval"] as const;
export type Policy = (typeof POLICIES)[number];

export function strictest(policies: Iterable<Policy>): Policy | undefined {
  let best: number = POLICIES.length;
  for (const p of policies) best = Math.min(best, POLICIES.indexOf(p));
  return POLICIES[best];
}

/** Grades of a cell, strongest control first. */
export const GRADES = ["closed", "closed-in-practice", "gated", "open", "undetermined"] as const;
export type Grade = (typeof GRADES)[number];

/** How the operative words of a rule are known, strongest first. */
export const EVIDENCE = ["text", "official-summary", "secondary", "inferred"] as const;
export type Evidence = (typeof EVIDENCE)[number];

export function weakest(evidence: Iterable<Evidence>): Evidence | undefined {
  let worst = -1;
  for (const e of evidence) worst = Math.max(worst, EVIDENCE.indexOf(e));
  return EVIDENCE[worst];
}

/** How a control reaches the exporter: the supplier's own law, its Union's, or another member's law abroad. */
export type Reach = "own" | "union" | "foreign";

/** Layers of control. */
export const LAYERS = ["list", "end-user", "end-use", "services", "foreign-product", "de-minimis"] as const;
export type Layer = (typeof LAYERS)[number];

/** Status of a rule on a day, apart from its text. */
export const STATUSES = ["announced", "in-force", "stayed", "lapsed"] as const;
export type Status = (typeof STATUSES)[number];
